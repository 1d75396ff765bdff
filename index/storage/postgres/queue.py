"""What waits to be read, beside a library in its database: the schema `dragoman_queue`, with Procrastinate's tables in it.

    put:    items and, in the same transaction, the job that names them
    take:   an item's tries are counted before anything is done with it, so that one that ends its worker is known by its count
    bury:   what could not be read moves to `dead_letters`, with the reason; retry: and back

An item is in line once, however often it is put there: its key is a hash of what it is called, and what came last counts.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import LibraryError
from index.storage.postgres.connection import PostgresPool, lock_key
from index.storage.records import DeadLetter, QueueDepth, QueueItem

if TYPE_CHECKING:
    from index.address import ServerAddress
    from index.storage.postgres.connection import Connection

SIZE = 4  # connections of one process at most, beside those of Procrastinate's
PLACE = "SET search_path = dragoman_queue"
TASK, QUEUE = "read", "dragoman"
ALIVE = 60  # seconds after which a worker that was not heard of does not count
COLUMNS = "key, kind, name, id, body"

SCHEMA = """
CREATE TABLE items (                   -- what is to be read
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,            -- hash of what it is called
  kind TEXT NOT NULL,                  -- file | url | article
  name TEXT NOT NULL,                  -- path, address, or an article's id
  id TEXT NOT NULL,                    -- what a file's article is to be called
  body BYTEA NOT NULL,                 -- a file's bytes; an article as JSON
  host TEXT NOT NULL,                  -- that is asked for it, "" where none is
  tries INTEGER NOT NULL DEFAULT 0     -- how often it was taken up
);
CREATE TABLE dead_letters (            -- what could not be read, or not whole
  number BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, body BYTEA NOT NULL, host TEXT NOT NULL,
  tries INTEGER NOT NULL,
  why TEXT NOT NULL,
  at DOUBLE PRECISION NOT NULL
)
"""
MIGRATIONS = (SCHEMA,)  # MIGRATIONS[i] leads from version i to i + 1; the table `version` says where a database is


class Queue:
    """Items in line, and dead letters. Safe in threads; LibraryError where the database cannot be reached or written."""

    def __init__(self, address: ServerAddress) -> None:
        """Open, create or migrate. LibraryError also where Procrastinate is not installed, or the tables are newer."""
        _installed()
        self.address = address
        self.pool = PostgresPool(address, size=SIZE, configure=_prepare)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()

    # In

    def put(self, items: Sequence[QueueItem], host: str = "") -> int:
        """Put items in line, as one job; how many were not there yet. Jobs of one `host` are done one after the other.

        Of items that are called the same the last one counts; a dead letter of that name is forgotten.
        """
        rows = list({_key(item): item for item in items}.items())
        columns = [
            [key for key, _ in rows],
            [item.kind for _, item in rows],
            [_clean(item.name) for _, item in rows],
            [_clean(item.id) for _, item in rows],
            [item.body for _, item in rows],
        ]
        with self.pool.transaction() as db:
            db.execute("DELETE FROM dead_letters WHERE key = ANY(%s)", (columns[0],))
            db.execute(  # no update: a worker may have the old one, and would take the new one off with it
                "DELETE FROM items USING unnest(%s::text[], %s::bytea[]) AS new (key, body) "
                "WHERE items.key = new.key AND items.body <> new.body",
                (columns[0], columns[4]),
            )
            made = db.execute(
                f"INSERT INTO items ({COLUMNS}, host) SELECT *, %s FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], "
                "%s::bytea[]) ON CONFLICT (key) DO NOTHING RETURNING number",
                (host, *columns),
            ).fetchall()
            self._defer(db, sorted(number for (number,) in made), host)
        return len(made)

    def retry(self, numbers: Sequence[int] | None = None) -> int:
        """Put dead letters (None: all) in line again, with no try counted; how many there were."""
        which = None if numbers is None else [*numbers]
        with self.pool.transaction() as db:
            moved = db.execute(
                f"WITH gone AS (DELETE FROM dead_letters WHERE %s::bigint[] IS NULL OR number = ANY(%s::bigint[]) RETURNING *) "
                f"INSERT INTO items (number, {COLUMNS}, host) OVERRIDING SYSTEM VALUE SELECT number, {COLUMNS}, host FROM gone "
                "ON CONFLICT (key) DO NOTHING RETURNING number, host",
                (which, which),
            ).fetchall()
            for number, host in moved:  # each by itself: it has failed before
                self._defer(db, [number], host)
        return len(moved)

    def forget(self, numbers: Sequence[int] | None = None) -> int:
        """Throw dead letters (None: all) away; how many there were."""
        which = None if numbers is None else [*numbers]
        with self.pool.connection() as db:
            sql = "DELETE FROM dead_letters WHERE %s::bigint[] IS NULL OR number = ANY(%s::bigint[])"
            return db.execute(sql, (which, which)).rowcount

    def _defer(self, db: Connection, numbers: Sequence[Any], host: Any) -> None:
        """Make a job of items, in the transaction that `db` is in."""
        from procrastinate import App, SyncPsycopgConnector

        if numbers:
            app = App(connector=SyncPsycopgConnector())  # never opened: the connection is given
            job = app.configure_task(TASK, allow_unknown=True, queue=QUEUE, lock=host or None, connection=db)
            job.defer(numbers=[*numbers])

    # Out

    def take(self, numbers: Sequence[int]) -> list[QueueItem]:
        """Those of the items that are still there, each counted as tried once more, before anything is done with it."""
        with self.pool.connection() as db:
            rows: list[Any] = db.execute(
                "UPDATE items SET tries = tries + 1 WHERE number = ANY(%s) RETURNING kind, name, id, body, number, tries",
                ([*numbers],),
            ).fetchall()
        return [QueueItem(*row) for row in sorted(rows, key=lambda row: int(row[4]))]

    def done(self, numbers: Sequence[int]) -> None:
        """Take items off."""
        with self.pool.connection() as db:
            db.execute("DELETE FROM items WHERE number = ANY(%s)", ([*numbers],))

    def bury(self, number: int, why: str) -> None:
        """Move an item to the dead letters."""
        with self.pool.connection() as db:
            db.execute(
                f"WITH gone AS (DELETE FROM items WHERE number = %s RETURNING *) INSERT INTO dead_letters "
                f"(number, {COLUMNS}, host, tries, why, at) SELECT number, {COLUMNS}, host, tries, %s, %s FROM gone "
                "ON CONFLICT (key) DO NOTHING",
                (number, _clean(why), time.time()),
            )

    # What there is

    def depth(self) -> QueueDepth:
        """How much there is to do."""
        with self.pool.connection() as db:
            row: Any = db.execute(
                "SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'), "
                "(SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)), "
                "(SELECT count(*) FROM dead_letters)",
                (ALIVE,),
            ).fetchone()
        return QueueDepth(*row)

    def letters(self, most: int = 100) -> list[DeadLetter]:
        """Dead letters, the newest first."""
        with self.pool.connection() as db:
            rows: list[Any] = db.execute(
                "SELECT number, kind, name, why, tries, at::bigint FROM dead_letters ORDER BY at DESC, number LIMIT %s", (most,)
            ).fetchall()
        return [DeadLetter(*row) for row in rows]

    # Tables

    def _migrate(self) -> None:
        """Make what there is not, ours and Procrastinate's; forwards only, in one transaction, one process at a time."""
        from procrastinate.schema import SchemaManager

        folder = Path(SchemaManager.get_migrations_path())
        theirs = sorted(file.name for file in folder.glob("*.sql"))
        if self._stands() == (len(MIGRATIONS), theirs[-1]):
            return
        with self.pool.transaction() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key("queue.migration"),))
            # Not to_regnamespace(): what it did not find a moment ago it may still not find.
            if not db.execute("SELECT FROM pg_namespace WHERE nspname = 'dragoman_queue'").fetchall():
                db.execute("CREATE SCHEMA dragoman_queue")  # an administrator may have made it: then we need no right to do so
            db.execute("CREATE TABLE IF NOT EXISTS version (version INTEGER NOT NULL, procrastinate TEXT NOT NULL)")
            db.execute("INSERT INTO version SELECT 0, '' WHERE NOT EXISTS (SELECT 1 FROM version)")
            row: Any = db.execute("SELECT version, procrastinate FROM version").fetchone()
            version, last = row
            if version > len(MIGRATIONS) or last > theirs[-1]:
                raise LibraryError(
                    f"The queue in {self.address} was made by a newer Dragoman or Procrastinate. Update this one."
                )
            for script in MIGRATIONS[version:]:
                db.execute(script)
            scripts = (
                [(folder / name).read_text("utf-8") for name in theirs if name > last] if last else [SchemaManager.get_schema()]
            )
            for text in scripts:
                db.execute(text)
            db.execute("UPDATE version SET version = %s, procrastinate = %s", (len(MIGRATIONS), theirs[-1]))

    def _stands(self) -> tuple[int, str]:
        """Which version there is, and the last migration of Procrastinate's."""
        with self.pool.connection() as db:
            if db.execute("SELECT to_regclass('dragoman_queue.version')").fetchall()[0][0] is None:
                return 0, ""
            row: Any = db.execute("SELECT version, procrastinate FROM version").fetchone()
        return tuple(row)


def _prepare(db: Connection) -> None:
    db.execute(PLACE)


def _installed() -> None:
    try:
        import procrastinate  # noqa: F401
    except ImportError as error:
        raise LibraryError(f"{error.name} is not installed: pip install '.[postgres]' in Dragoman's folder") from None


def _key(item: QueueItem) -> str:
    """The same for items that are called the same."""
    name = f"{item.kind}\0{item.name}\0{item.id}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name, digest_size=16).hexdigest()


def _clean(text: str) -> str:
    """A text as PostgreSQL holds it."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
