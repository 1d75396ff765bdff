"""Connections of threads that have ended are closed: a server that answers in new threads never runs out of descriptors."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.state.opening import open_state
from index.errors import LibraryError
from index.storage.sqlite.connections import Connections
from index.storage.sqlite.database import Database

THREADS = 40


def descriptors() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def in_new_threads(work: Callable[[], object], times: int = THREADS) -> None:
    for _ in range(times):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(work).result()


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="descriptors are not listed here")
def test_reading_a_library_in_many_threads_leaves_no_descriptor_open(tmp_path: Path) -> None:
    with closing(Database(tmp_path)) as database:
        in_new_threads(lambda: database.generation, 1)
        before = descriptors()
        in_new_threads(lambda: database.generation)
        assert descriptors() == before


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="descriptors are not listed here")
def test_reading_the_state_in_many_threads_leaves_no_descriptor_open(tmp_path: Path) -> None:
    with closing(open_state(tmp_path)) as state:
        in_new_threads(lambda: state.briefings.latest("a beat", last=1), 1)
        before = descriptors()
        in_new_threads(lambda: state.briefings.latest("a beat", last=1))
        assert descriptors() == before


def test_closing_closes_the_connections_of_all_threads(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(lambda: database.db).result()
        own = database.db
        database.close()
        for db in (own, other):
            with pytest.raises(sqlite3.ProgrammingError, match="closed"):
                db.execute("SELECT 1")


def test_a_library_that_is_lost_while_it_is_open_is_not_made_anew(tmp_path: Path) -> None:
    with closing(Database(tmp_path)) as database:
        assert database.db
        for file in tmp_path.glob("library.db*"):
            file.unlink()
        with ThreadPoolExecutor(1) as pool, pytest.raises(LibraryError, match=r"library\.db cannot be opened"):
            pool.submit(lambda: database.generation).result()
        assert not (tmp_path / "library.db").exists()


def test_who_closes_all_waits_for_what_another_thread_is_closing(tmp_path: Path) -> None:
    """While a connection is closed its log goes into the file: whoever closes all, and then replaces the file, came in between."""
    begun, go, closed = threading.Event(), threading.Event(), threading.Event()

    class Slow(sqlite3.Connection):
        def close(self) -> None:
            if not begun.is_set():  # a second close of it does nothing, as SQLite's
                begun.set()
                assert go.wait(30)
                super().close()
                closed.set()

    connections = Connections(lambda: sqlite3.connect(tmp_path / "a.db", factory=Slow, check_same_thread=False))
    ending = threading.Thread(target=lambda: connections.here.execute("SELECT 1").fetchone())
    ending.start()
    assert begun.wait(30)
    held: list[bool] = []
    all_closed = threading.Thread(target=lambda: (connections.close(), held.append(closed.is_set())))
    all_closed.start()
    all_closed.join(0.2)
    go.set()
    all_closed.join(30)
    ending.join(30)
    assert held == [True]
