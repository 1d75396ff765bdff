"""The SQLite file itself: opening, migrating, one writer at a time, errors. What is in it is `writer.py`'s business.

Connections are one a thread, in WAL mode: readers never wait for the writer. One process writes at a time, and holds the lock
(`writing`) for a batch and not longer, so that two ingesters take turns.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from index.errors import Busy, Damaged, LibraryError
from index.private_files import make_private
from index.storage.sqlite.connections import Connections, for_reading, writable
from index.storage.sqlite.schema import MIGRATIONS, begun
from index.storage.tables.database import WAIT, Row, set_meta

if TYPE_CHECKING:
    from filelock import BaseFileLock

T = TypeVar("T")
DATABASE = "library.db"
LOCK = "writer.lock"
EMBEDDING_LOCK = "embedding.lock"
DERIVED = ("chroma", "flat")  # folders of what is made from the articles: the vectors, which have no words


class Database:
    """The SQLite file in a library's folder. Methods may be called from any thread."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open, create or migrate. Raises LibraryError if the folder cannot be used or is newer than this program."""
        self.folder = folder
        self.path = folder / DATABASE
        self._connections = Connections(self._connected)
        self._writer = threading.RLock()
        self._depth = 0
        self._opened = False
        try:
            self._look(create)
            self.read_only = self.path.exists() and not writable(self.path)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self.read_only:
                make_private(self.path)
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be used as a library: {error.strerror}. Check its permissions, or choose another "
                "folder with --library."
            ) from error
        with self.errors():
            self._migrate()
        self._opened = True

    def _look(self, create: bool) -> None:
        """LibraryError where there is no library and none is to be made, or where one was and its articles are gone."""
        if self.path.is_dir() or self.folder.is_file():
            what = f"{self.path} is a folder" if self.path.is_dir() else f"{self.folder} is a file"
            raise LibraryError(f"{what}: a library is a folder with a file library.db. Choose another with --library.")
        size = self.path.stat().st_size if self.path.exists() else None
        derived = [name for name in DERIVED if (self.folder / name).is_dir() and any((self.folder / name).iterdir())]
        if derived and (size == 0 or (size is None and not create)):
            what = "is empty" if size == 0 else "is missing"
            raise LibraryError(
                f"{self.path} {what}: the articles that {derived[0]}/ beside it was made of are lost. Put a copy of the file "
                f"in its place, or {'remove it and ' if size == 0 else ''}ingest the articles again."
            )
        if size is None and not create:
            raise LibraryError(f'There is no library in {self.folder}. Make one with "dragoman ingest PATH…".')

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._connections.here

    def _connected(self) -> sqlite3.Connection:
        db = for_reading(self.path) if self.read_only else self._for_writing()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA mmap_size = 8589934592")  # pages are read in place: a search costs a third less
        return db

    def _for_writing(self) -> sqlite3.Connection:
        # What is lost while a service runs, as by a disk that is taken away, stays lost: an empty file would take its place.
        mode = "rw" if self._opened else "rwc"
        uri = f"{self.path.resolve().as_uri()}?mode={mode}"
        db = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
        if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with self.writing():  # of two that make a library at once, SQLite refuses one without waiting
                db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        return db

    def _migrate(self) -> None:
        version = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            known = len(MIGRATIONS)
            raise LibraryError(
                f"{self.folder} was written by a newer Dragoman (schema {version}, known here: {known}). Update it."
            )
        if version < len(MIGRATIONS) and self.read_only:
            raise LibraryError(
                f"{self.folder} was written by an older Dragoman and cannot be brought up to date: it may only be read. "
                f"Make it writable once, or copy it, and name the copy with --library."
            )
        if (there := begun(self.db, version)) != version:
            raise LibraryError(
                f"{self.path} says that it is of schema {version}, but has tables of {there}: its number was changed. "
                f'Run: sqlite3 "{self.path}" "PRAGMA user_version = {there}", or use a copy of the library.'
            )
        if version < len(MIGRATIONS):
            with self.writing():
                version = self.db.execute("PRAGMA user_version").fetchone()[0]  # another process may have been faster
                for step in range(version, len(MIGRATIONS)):
                    self.db.executescript(f"BEGIN IMMEDIATE;{MIGRATIONS[step]};PRAGMA user_version = {step + 1};COMMIT;")

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the writer's lock, for a batch and not longer. Raises Busy, naming the holder, after `wait` seconds."""
        from filelock import FileLock, Timeout

        with self._writer:
            if self._depth:  # already ours
                yield
                return
            if self.read_only:
                raise LibraryError(f"{self.folder} cannot be written: it may only be read. Choose another with --library.")
            lock = FileLock(self.folder / LOCK, timeout=wait)
            holder = self.folder / f"{LOCK}.holder"
            try:
                lock.acquire()
            except Timeout:
                who = _read(holder) or "another process"
                raise Busy(f"{self.folder} is being written by {who}. Try again when it is done.") from None
            except OSError as error:
                raise LibraryError(
                    f"{self.folder} cannot be written: {error.strerror}. Choose another with --library."
                ) from error
            try:
                self._depth = 1
                _write(holder, f"process {os.getpid()} ({Path(sys.argv[0]).name})")
                yield
            finally:
                self._depth = 0
                lock.release()

    def embedding_lock(self) -> BaseFileLock | None:
        """The lock of who embeds what waits, held until it is released or its process ends; None: somebody else has it."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / EMBEDDING_LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return None
        except OSError as error:
            raise LibraryError(f"{self.folder} cannot be written: {error.strerror}. Choose another with --library.") from error
        return lock

    LISTED = "SELECT value FROM json_each(?)"

    def listed(self, values: Sequence[str]) -> str:
        """Texts as one value, so that the statement stays prepared: a third less time for 200 rows."""
        return json.dumps(list(values))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query."""
        with self.errors():
            return self.db.execute(sql, values).fetchall()

    def among(self, sql: str, values: Sequence[int] | Sequence[str]) -> list[Row]:
        """The rows of `… IN ({})`."""
        given = json.dumps(values if not len(values) or isinstance(values[0], str) else [int(value) for value in values])
        return self.rows(sql.format(self.LISTED), (given,))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever others write meanwhile. Nothing may be written inside."""
        with self.errors():
            db = self.db
            db.execute("BEGIN")
            try:
                yield
            finally:
                db.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside, or nothing. The caller holds `writing()`."""
        with self.errors():
            db = self.db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def again(self, do: Callable[[], T]) -> T:
        """What a function gives: there is no connection to lose."""
        return do()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Translate SQLite's errors: one line that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            why = str(error)
            if "malformed" in why or "not a database" in why:
                raise damaged(self.path, why) from error
            if "full" in why:
                todo = f"The disk of {self.folder} is full. Nothing is lost: free some space and run the same command again."
            elif "disk I/O" in why:
                todo = (
                    f"{self.path}: the disk did not do what was asked ({why}). Nothing is lost: check its free space and "
                    f"its health, and run the same command again."
                )
            elif "readonly" in why or "unable to open" in why:
                todo = f"{self.path} cannot be opened or written. Check its permissions, or choose another with --library."
            else:
                todo = f"{self.path}: {why}"
            raise LibraryError(todo) from error

    @property
    def generation(self) -> int:
        """How many writes there have been."""
        return int(self.meta("generation", "0"))

    @property
    def indexed(self) -> int:
        """The generation up to which Chroma's folder holds everything."""
        return int(self.meta("indexed", "0"))

    def meta(self, key: str, default: str) -> str:
        """A value of the meta table: generation, indexed, embedder, dimension, terms."""
        with self.errors():
            row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            return str(row[0]) if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Write a value of the meta table. The caller holds `writing()`."""
        with self.transaction() as db:
            set_meta(db, key, value)


def damaged(path: Path, why: str) -> Damaged:
    """The error of a file that SQLite cannot read."""
    return Damaged(f"{path} is damaged ({why}). Run: dragoman doctor --library {path.parent}")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError:
        return  # it only serves a message
