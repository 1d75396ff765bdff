"""One SQLite connection a thread, closed when its thread ends: a server that answers each question in a new thread would else
run out of file descriptors, of which a connection takes two or three."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from weakref import WeakSet


class _Held:
    """A thread's connection. Only its thread holds this, so that it goes when the thread does.

    The connection itself would not: it and its cache of statements hold each other until the garbage collector comes by.
    """

    def __init__(self, db: sqlite3.Connection, guard: threading.RLock) -> None:
        self.db = db
        self._guard = guard

    def __del__(self) -> None:
        with self._guard:  # SQLite writes what is in the log into the file meanwhile: whoever closes all waits for that
            self.db.close()


class Connections:
    """The connections of all threads to one file. Methods may be called from any thread."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """`connect` opens one with `check_same_thread` off: another thread may close it."""
        self._connect = connect
        self._local = threading.local()
        self._open: WeakSet[_Held] = WeakSet()
        self._guard = threading.RLock()  # once more in one thread: the last to hold a connection may be who closes all

    @property
    def here(self) -> sqlite3.Connection:
        """This thread's connection, opened at its first use. What is read from it has to be read before the thread ends."""
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _Held(self._connect(), self._guard)
            with self._guard:
                self._open.add(held)
        return held.db

    def close(self) -> None:
        """Close those of all threads. Whoever asks again gets a new one."""
        with self._guard:
            for held in self._open:
                held.db.close()
            self._open.clear()
        self._local = threading.local()


def writable(file: Path) -> bool:
    """Whether a file, there or not, can be written. Said by the system, which knows of file systems mounted for reading."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def for_reading(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, where nothing can be written.

    SQLite reads a journal beside the file only where it can make, or finds, the index of that journal. Where it cannot,
    the file is read as it stands: nobody is writing it, or a journal would be there.
    """
    db = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None, check_same_thread=False
    )
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        db.close()
        uri = f"{path.resolve().as_uri()}?immutable=1"
        db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    return db
