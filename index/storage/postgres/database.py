"""A library's tables in a PostgreSQL database: opening, one writer at a time, and the SQL of `tables` as psycopg takes it.

rows        on a connection of the pool; once more on another, where the first one was lost
writing     an advisory lock, held by a connection: when that process or its machine dies, the server gives it back
transaction on that connection, which this thread's reading uses, too
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from index.address import ServerAddress
from index.errors import Busy, LibraryError
from index.storage.postgres import schema
from index.storage.postgres.connection import PostgresPool
from index.storage.postgres.errors import lost
from index.storage.tables.database import WAIT, Row, set_meta

if TYPE_CHECKING:
    import psycopg

    from index.storage.postgres.connection import Connection

TRUST = 1.0  # see `PostgresPool`: what is lost is done again here
AGAIN = 0.2  # seconds after which what was lost is tried again, and as long as the pool has patience
SETTINGS = (  # of each connection: an index scan goes on until it has enough of what a filter lets through
    "SET hnsw.iterative_scan = relaxed_order; SET hnsw.ef_search = 200; SET hnsw.max_scan_tuples = 100000; SET jit = off"
)
T = TypeVar("T")


class OpenTransaction:
    """A transaction, in the SQL of `tables`. Gives rows as bytes come from the server, so that vectors need no parsing."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def execute(self, query: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Do one statement."""
        return self.db.cursor(binary=True).execute(_psycopg(query), values)

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Do one statement for many rows."""
        given = list(rows)
        if given:
            self.db.cursor().executemany(_psycopg(query), given)


class PostgresDatabase:
    """See `Tables`."""

    LISTED = "SELECT unnest(?::text[])"

    def __init__(self, address: ServerAddress, *, create: bool = True) -> None:
        """Open, create or migrate. LibraryError if it cannot be reached or used, or is newer than this program."""
        self.address = address
        self.pool = PostgresPool(address, trust=TRUST, configure=_settings)
        self._local = threading.local()
        self._writer = threading.RLock()
        db = self.pool.connect()
        try:
            with self.pool.errors():
                self.read_only = bool(_only_read(db))
                if not schema.ready(db, address):
                    self._make(db, create=create)
        finally:
            db.close()

    def _make(self, db: Connection, *, create: bool) -> None:
        """Make the tables, or bring them up to date, where that may be."""
        if not schema.made(db) and (self.read_only or not create):
            raise LibraryError(f'There is no library in {self.address}. Make one with "dragoman ingest PATH…".')
        if self.read_only:
            raise LibraryError(
                f"{self.address} was written by an older Dragoman and may only be read here. Open it on its primary first."
            )
        schema.create(self.pool, db)

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()

    # Reading

    def listed(self, values: Sequence[str]) -> list[str]:
        """Texts as one value."""
        return list(values)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query."""
        here: Connection | None = getattr(self._local, "db", None)
        if here is not None:
            with self.pool.errors():
                return here.cursor(binary=True).execute(_psycopg(sql), values).fetchall()
        return self.again(lambda: self._rows(sql, values))

    def _rows(self, sql: str, values: Sequence[Any]) -> list[Row]:
        with self.pool.connection() as db:
            return db.cursor(binary=True).execute(_psycopg(sql), values).fetchall()

    def among(self, sql: str, values: Sequence[int] | Sequence[str]) -> list[Row]:
        """The rows of `… IN ({})`."""
        if not len(values):
            return []
        texts = isinstance(values[0], str)
        given = list(values) if texts else [int(value) for value in values]
        return self.rows(sql.replace("IN ({})", f"= ANY(?::{'text' if texts else 'bigint'}[])"), (given,))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside is of one moment."""
        if getattr(self._local, "db", None) is not None:
            yield
            return
        with self.pool.connection() as db:
            db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._local.db = db
            try:
                self._local.meta = dict(self.rows("SELECT key, value FROM meta"))  # asked for again and again
                yield
            finally:
                self._local.db = self._local.meta = None
                if not db.closed:
                    db.rollback()

    def again(self, do: Callable[[], T]) -> T:
        """What a function gives, which is called once more where the connection was lost, for as long as a failover takes.

        Not inside a lock or a transaction, which were lost with it.
        """
        end = time.monotonic() + self.pool.patience
        while True:
            try:
                return do()
            except LibraryError as error:
                inside = self.locked or getattr(self._local, "db", None) is not None
                if inside or not lost(error, self.address) or time.monotonic() >= end:
                    raise
                time.sleep(AGAIN)

    # Writing

    @property
    def locked(self) -> bool:
        """Whether this thread holds the writer's lock."""
        return getattr(self._local, "writer", None) is not None

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the writer's lock, for a batch and not longer. Busy, naming the holder, after `wait` seconds."""
        if self.locked:
            yield
            return
        if self.read_only:
            raise LibraryError(f"{self.address} may only be read: it is a standby, or was set to that. Name the primary.")

        def busy(holder: str) -> str:
            return f"{self.address} is being written by {holder}. Try again when it is done."

        if not self._writer.acquire(timeout=wait):
            raise Busy(busy("another thread of this process"))
        try:
            with self.pool.lock("library", wait=wait, busy=busy) as db:
                self._local.writer = db
                try:
                    yield
                finally:
                    self._local.writer = None
        finally:
            self._writer.release()

    @contextmanager
    def transaction(self) -> Iterator[OpenTransaction]:
        """All that is written inside, or nothing. The caller holds `writing()`."""
        db: Connection = self._local.writer
        with self.pool.errors(), db.transaction():
            self._local.db = db
            try:
                yield OpenTransaction(db)
            finally:
                self._local.db = None

    # What it says of itself

    @property
    def generation(self) -> int:
        """How many writes there have been."""
        return int(self.meta("generation", "0"))

    def meta(self, key: str, default: str) -> str:
        """A value of the meta table: generation, embedder, dimension, terms, statements, recipe, hnsw, schema."""
        kept: dict[str, str] | None = getattr(self._local, "meta", None)
        if kept is None:
            kept = dict(self.rows("SELECT key, value FROM meta WHERE key = ?", (key,)))
        return str(kept.get(key, default))

    def set_meta(self, key: str, value: str) -> None:
        """Write a value of the meta table. The caller holds `writing()`."""
        with self.transaction() as db:
            set_meta(db, key, value)


def _settings(db: Connection) -> None:
    db.execute(SETTINGS)


def _only_read(db: Connection) -> bool:
    row = db.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean").fetchone()
    return bool(row and row[0])


@lru_cache(maxsize=512)
def _psycopg(sql: str) -> bytes:
    """A statement of `tables` with psycopg's marks. None of ours has a question mark or a per cent sign for anything else."""
    return sql.replace("%", "%%").replace("?", "%s").encode()
