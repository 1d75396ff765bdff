"""Connections to one PostgreSQL database: a pool that outlives a restart or a failover, locks by name, errors in one line.

    with pool.connection() as db:     one connection of the pool, autocommit: for reading, and for single statements
    with pool.transaction() as db:    all that is done inside, or nothing
    with pool.lock("feeds", busy=…):  one holder in all processes on all machines; given back when its process dies

Passwords come from PGPASSWORD, PGPASSFILE or ~/.pgpass, as libpq reads them, and are in no address and in no message of ours.
Where an address names several hosts, the one that can be written is taken, so that a promoted standby is found by itself.
"""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.address import ServerAddress
from index.errors import Busy, LibraryError
from index.storage.postgres.errors import lost, translated

if TYPE_CHECKING:
    from typing import LiteralString

    import psycopg
    from psycopg_pool import ConnectionPool

    Connection = psycopg.Connection[tuple[object, ...]]

CONNECT = 5  # seconds that one attempt to reach one host may take
PATIENCE = 20.0  # seconds that a lost server is waited for, as long as a failover takes
SIZE = 8  # connections of one process at most
OLDEST = 140_000  # server_version_num: PostgreSQL 14
SEARCHED = "dragoman, public, extensions"  # schemas: ours, then where the extension may be
PARAMETERS = {  # unless the address says something else; what libpq does not know yet is left out by its version
    "connect_timeout": CONNECT,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}


class PostgresPool:
    """A pool of connections to a library's database. Safe in threads; connects when first needed."""

    def __init__(
        self,
        address: ServerAddress,
        *,
        size: int = SIZE,
        patience: float | None = None,
        trust: float = 0.0,
        configure: Callable[[Connection], None] | None = None,
    ) -> None:
        """`size`: connections at most. `patience`: seconds that a lost server is waited for (PATIENCE).
        `trust`: seconds after its last use in which a connection is not asked whether it lives: for who tries again himself.
        `configure`: what prepares each new connection, outside a transaction.

        LibraryError if psycopg is not installed or the address cannot be read. Nothing is connected yet.
        """
        _installed()
        self.address = address
        self.size = size
        self.patience = PATIENCE if patience is None else patience
        self._check = partial(_checked, trust)
        self._prepare = partial(_prepared, address, configure)
        self.conninfo = _conninfo(address)
        self._pool: ConnectionPool[Connection] | None = None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection of the pool, in autocommit. LibraryError, Busy, Damaged in one line each."""
        with self.errors():
            pool = self._opened()
            db = self._taken(pool)
            try:
                yield db
            except Exception as error:
                if lost(error, self.address):
                    db.close()
                raise
            finally:
                db.__dict__["used"] = time.monotonic()
                pool.putconn(db)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection in a transaction: all that is done inside is written when it ends, or nothing when it raises."""
        with self.connection() as db, db.transaction():
            yield db

    @contextmanager
    def lock(self, name: str, *, wait: float = 0.0, busy: Callable[[str], str]) -> Iterator[Connection]:
        """Hold the lock of that name, whose connection is yielded; it ends with the connection, however that ends.

        After `wait` seconds Busy(busy(holder)), the holder as "process 12 (dragoman) on host", or "another process".
        """
        key = lock_key(name)
        with self.connection() as db:
            end = time.monotonic() + wait
            while not _first(db, "SELECT pg_try_advisory_lock(%s)", key):
                if time.monotonic() >= end:
                    raise Busy(busy(_holder(db, key)))
                time.sleep(min(0.05, max(0.0, end - time.monotonic())))
            try:
                yield db
            finally:
                give_back(db, "SELECT pg_advisory_unlock(%s)", key)

    def connect(self) -> Connection:
        """A connection outside the pool, for one who keeps it (LISTEN, a lock for as long as a process runs). Close it."""
        with self.errors():
            return self._new()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """psycopg's errors as those of `index.errors`: one line that says what to do."""
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise translated(error, self.address) from error

    def close(self) -> None:
        """Close all connections. The object cannot be used afterwards."""
        if self._pool is not None:
            self._pool.close(timeout=2)

    # The pool

    def _opened(self) -> ConnectionPool[Connection]:
        if self._pool is None:
            from psycopg_pool import ConnectionPool

            self._new().close()  # the reason why not is told at once; the pool only says that it waited
            logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # it tells each failed attempt; we tell the outcome
            self._pool = ConnectionPool(
                self.conninfo, min_size=0, max_size=self.size, open=True, timeout=self.patience, configure=self._prepare,
                check=self._check, kwargs={"autocommit": True}, reconnect_timeout=self.patience,
            )  # fmt: skip
            weakref.finalize(self, self._pool.close, 1)  # its threads outlive neither us nor the interpreter
        return self._pool

    def _taken(self, pool: ConnectionPool[Connection]) -> Connection:
        from psycopg_pool import PoolClosed, PoolTimeout

        try:
            try:
                return pool.getconn()
            except PoolTimeout:
                self._new().close()  # raises, with the reason, where it cannot be reached
            return pool.getconn(CONNECT)  # it is back: the pool, which tries more and more seldom, had not seen it
        except PoolTimeout:
            raise Busy(f"All {self.size} connections to {self.address} are in use. Try again in a moment.") from None
        except PoolClosed:
            raise LibraryError(f"{self.address} was closed by this process.") from None

    def _new(self) -> Connection:
        import psycopg

        db = psycopg.connect(self.conninfo, autocommit=True)
        try:
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        return db


def _prepared(address: ServerAddress, configure: Callable[[Connection], None] | None, db: Connection) -> None:
    """What every new connection goes through. No method: the pool's threads would keep its owner for ever."""
    if db.info.server_version < OLDEST:
        version = db.info.server_version
        raise LibraryError(f"{address} is PostgreSQL {version // 10_000}, and Dragoman needs 14 or newer. Update it.")
    db.execute(f"SET search_path = {SEARCHED}")
    if configure:
        configure(db)


def _checked(trust: float, db: Connection) -> None:
    """Whether a connection is alive, for the pool. Asking costs a way to the server."""
    if time.monotonic() - db.__dict__.get("used", 0.0) >= trust:
        db.execute("")


def give_back(db: Connection, unlock: LiteralString, *values: object) -> None:
    """Give locks back. Where that cannot be done the connection is closed, and they end with it: what was done stays done."""
    import psycopg

    try:
        if db.info.transaction_status:
            db.rollback()
        db.execute(unlock, values)
    except psycopg.Error:
        db.close()


def lock_key(name: str) -> int:
    """The number of an advisory lock: the same on every machine. Signed 64 bits."""
    return int.from_bytes(hashlib.blake2b(f"dragoman.{name}".encode(), digest_size=8).digest(), "big", signed=True)


def _installed() -> None:
    try:
        import psycopg
        import psycopg_pool  # noqa: F401
    except ImportError as error:
        missing = error.name or "psycopg"
        raise LibraryError(f"{missing} is not installed: pip install '.[postgres]' in Dragoman's folder") from None
    if psycopg.pq.version() < OLDEST:
        raise LibraryError("psycopg's libpq is older than 14: pip install '.[postgres]' in Dragoman's folder")


def _conninfo(address: ServerAddress) -> str:
    """libpq's parameters of an address, with ours where it says nothing."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        given = conninfo_to_dict(address.url)
    except psycopg.ProgrammingError as error:
        raise LibraryError(f"The library's address {address} cannot be read: {str(error).strip()}") from None
    if not given.get("dbname"):
        raise LibraryError(f"The library's address {address} names no database. Write it as postgresql://HOST/NAME.")
    ours: dict[str, object] = {**PARAMETERS, "application_name": _who()}
    if address.several:
        ours["target_session_attrs"] = "read-write"
    return make_conninfo(**{**ours, **given})  # type: ignore[arg-type]


def _who() -> str:
    """How this process is called in pg_stat_activity, and in the message to one that waits for it."""
    program = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    return f"process {os.getpid()} ({program[:16]}) on {socket.gethostname()}"[:63]


def _holder(db: Connection, key: int) -> str:
    sql = (
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (l.classid::bigint << 32) | l.objid::bigint = %s"
    )
    row = db.execute(sql, (key,)).fetchone()
    name = str(row[0]) if row and row[0] else ""
    return name if name.isprintable() and name else "another process"


def _first(db: Connection, sql: str, *values: object) -> object:
    row = db.execute(sql, values).fetchone()
    return row[0] if row else None
