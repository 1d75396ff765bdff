"""Workers in processes of their own: killed, poisoned, cut off, and every article in the library once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from index.address import ServerAddress
from index.index import Index
from index.ingest.queue.items import batches
from index.storage.postgres.queue import Queue
from index.storage.records import QueueItem
from tests.support import ROOT
from tests.support.embedding import HashEmbeddings
from tests.support.postgres import PostgresServer, name_of

TAKEN = """
SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
  (SELECT count(*) FROM dragoman_queue.procrastinate_workers WHERE last_heartbeat > now() - interval '2 seconds')
FROM dragoman_queue.procrastinate_jobs
"""  # jobs to do, jobs taken, workers alive
BOUND = 60.0  # seconds within which all is read, whatever was killed


class Workers:
    """Worker processes over one queue and one library."""

    def __init__(self, queue: Queue, library: str) -> None:
        self.queue, self.library = queue, library
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, *, sweep: float = 0.3) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.support.queue_worker", str(self.queue.address), self.library, str(sweep)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def until(self, true: Callable[[], bool], *, restart: bool = False) -> int:
        """Wait for it, within the bound; with `restart`, as a supervisor does, each that ended is started anew. How many ended."""
        end, ended = time.monotonic() + BOUND, 0
        while not true():
            assert time.monotonic() < end, (self.queue.depth(), self.queue.letters())
            for process in [one for one in self.processes if restart and one.poll() is not None]:
                self.processes.remove(process)
                process.communicate()
                ended += 1
                self.start()
            time.sleep(0.05)
        return ended

    def empty(self) -> bool:
        return self.queue.depth().waiting == 0

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()


@pytest.fixture
def workers(postgres: PostgresServer) -> Iterator[Workers]:
    url = postgres.fresh()
    with ExitStack() as stack:
        stack.callback(postgres.drop, url)
        queue = stack.enter_context(closing(Queue(ServerAddress(url))))
        yield stack.enter_context(closing(Workers(queue, url)))


def put(queue: Queue, texts: list[str]) -> None:
    for batch, host in batches(QueueItem("file", f"{n}.txt", f"{n}.txt", text.encode()) for n, text in enumerate(texts)):
        queue.put(batch, host)


def texts(count: int) -> list[str]:
    return [f"Ship number {n} reached the port of Sarvella on Sunday, harbour director Mira Osei said." for n in range(count)]


def ids(workers: Workers) -> list[str]:
    with Index(workers.library, embeddings=HashEmbeddings(), create=False) as index:
        return sorted(article.id for article in index.articles())


def test_a_killed_worker_costs_nothing(workers: Workers) -> None:
    put(workers.queue, texts(400))
    first, second = workers.start(), workers.start()
    workers.until(lambda: 0 < workers.queue.depth().waiting < 340 and workers.queue.depth().reading == 2)
    first.kill()
    workers.until(workers.empty)
    second.terminate()
    assert second.wait(BOUND) == 0
    assert ids(workers) == sorted(f"{n}.txt" for n in range(400)) and workers.queue.depth().dead == 0


def test_a_job_whose_end_was_not_written_down_is_done_again(workers: Workers) -> None:
    """The worker lives, and does not do it: else the job would be taken for ever, and its host asked no more."""
    put(workers.queue, texts(1))
    worker = workers.start()
    workers.until(workers.empty)
    with workers.queue.pool.transaction() as db:
        db.execute("INSERT INTO items (key, kind, name, id, body, host) VALUES ('k', 'file', 'b.txt', 'b.txt', 'Harbour.', '')")
        db.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id) SELECT 'dragoman', 'read', "
            "'{\"numbers\": [2]}', 'doing', id FROM procrastinate_workers"
        )
    workers.until(workers.empty)
    assert ids(workers) == ["0.txt", "b.txt"]

    put(workers.queue, texts(60))
    workers.until(lambda: workers.queue.depth().reading == 1)
    worker.terminate()  # told to stop, it finishes what it has
    assert worker.wait(BOUND) == 0
    left = workers.queue.depth()
    assert left.reading == 0 == left.workers and len(ids(workers)) == 61 - left.waiting > 2


def test_without_the_sweep_it_stays_incomplete(workers: Workers, postgres: PostgresServer) -> None:
    put(workers.queue, texts(100))
    first = workers.start(sweep=0)
    workers.until(lambda: workers.queue.depth().reading == 1)
    first.kill()
    first.wait()
    left = workers.queue.depth().waiting
    workers.start(sweep=0)
    name = name_of(str(workers.queue.address))
    workers.until(lambda: postgres.sql(TAKEN, name) == [(0, 1, 1)])
    assert 0 < workers.queue.depth().waiting <= 20 < left, "what the dead one had taken waits for ever"
    workers.start()
    workers.until(workers.empty)
    assert len(ids(workers)) == 100


def test_poison_costs_one_dead_letter_each(workers: Workers) -> None:
    given = texts(60)
    given[7], given[33] = "Please raise me.", "Please kill me."
    put(workers.queue, given)
    workers.start(), workers.start()
    assert workers.until(workers.empty, restart=True) == 3
    letters = {letter.name: letter.why for letter in workers.queue.letters()}
    assert letters == {
        "7.txt": "ValueError: no vector for this",
        "33.txt": "its worker ended 3 times while it was being read",
    }
    assert ids(workers) == sorted(f"{n}.txt" for n in range(60) if n not in (7, 33))
