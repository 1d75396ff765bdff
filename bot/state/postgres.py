"""The state of a library in PostgreSQL: the schema `dragoman_state` beside it in its database, shared by all machines.

Locks are PostgreSQL's advisory ones. They end with the connection that took them: at once when a process is killed, some LOST
seconds after a machine is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.state.database import Cursor, Held, Row, Value
from index.errors import LibraryError
from index.storage.postgres.connection import PostgresPool, lock_key

if TYPE_CHECKING:
    from index.address import ServerAddress
    from index.storage.postgres.connection import Connection

SIZE = 8  # connections of one process at most: one for each lock that it holds, the others for a moment each
LOST = 20  # seconds after which the server gives up a machine that does not answer
PLACE = "SET search_path = dragoman_state"

SCHEMA = """
CREATE TABLE claims (                  -- a question taken up: one row, and so one answer, whatever is delivered twice
  key TEXT PRIMARY KEY,                -- team, channel and ts of the message, or what identifies a click or command
  team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL, "user" TEXT NOT NULL,
  private INTEGER NOT NULL,            -- whether only its user sees the answer
  stage TEXT NOT NULL,                 -- claimed | starting | streaming | finishing | done
  message TEXT COLLATE "C" NOT NULL,   -- ts of the message that is being written, or of the last one
  payload TEXT NOT NULL,               -- while finishing: the message as it has to be in the end
  at DOUBLE PRECISION NOT NULL
);
CREATE INDEX claims_open ON claims (stage) WHERE stage != 'done';
CREATE INDEX claims_thread ON claims (team, channel, thread);
CREATE TABLE answers (
  n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
  question TEXT NOT NULL, reply TEXT NOT NULL,
  since BIGINT, until BIGINT,          -- the window asked for
  sentences TEXT NOT NULL,             -- [[text, [[number, article, version, start, end, quote]]]]
  messages TEXT NOT NULL,              -- as sent, to be shared
  at DOUBLE PRECISION NOT NULL
);
CREATE INDEX answers_thread ON answers (team, channel, thread, n);
CREATE TABLE feedback (
  answer TEXT NOT NULL, "user" TEXT NOT NULL, value INTEGER NOT NULL, at DOUBLE PRECISION NOT NULL,
  reason TEXT NOT NULL, question TEXT NOT NULL, reply TEXT NOT NULL, sources TEXT NOT NULL,
  PRIMARY KEY (answer, "user")
);
CREATE INDEX feedback_at ON feedback (at);
CREATE TABLE briefings (               -- what was told, so that the next one tells what is new
  n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  beat TEXT NOT NULL,
  since BIGINT NOT NULL, until BIGINT NOT NULL,
  body TEXT NOT NULL,                  -- the Briefing as JSON
  at DOUBLE PRECISION NOT NULL
);
CREATE INDEX briefings_beat ON briefings (beat, until);
CREATE TABLE slots (                   -- one delivery of one scheduled briefing to one target, claimed before it is sent
  beat TEXT NOT NULL, slot BIGINT NOT NULL, target TEXT COLLATE "C" NOT NULL,
  stage TEXT NOT NULL,                 -- claimed | sending | sent | failed | missed; "sending" after a crash: unknown
  briefing TEXT NOT NULL,              -- id of the briefing, "" until it is made
  message TEXT NOT NULL,               -- Message-ID, Slack ts or path: where it went
  error TEXT NOT NULL,
  at DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (beat, slot, target)
);
CREATE TABLE web_answers (             -- answers that have an address on the page
  n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,                 -- name of the token it was asked with
  parent TEXT NOT NULL,                -- id of the answer it follows, or ""
  body TEXT NOT NULL,                  -- the Answer as JSON
  at DOUBLE PRECISION NOT NULL
);
CREATE INDEX web_answers_at ON web_answers (at);
CREATE TABLE channels (                -- what people set for a channel with /dragoman settings and subscribe
  team TEXT NOT NULL, channel TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,      -- follow_ups | language | beat:NAME
  value TEXT NOT NULL,
  PRIMARY KEY (team, channel, name)
)
"""
MIGRATIONS = (SCHEMA,)  # MIGRATIONS[i] leads from version i to i + 1; the table `version` says where a database is


class StateServer:
    """See `StateDatabase`. Safe in threads."""

    def __init__(self, address: ServerAddress, *, write: bool = True) -> None:
        """Open, create or migrate. LibraryError if it cannot be reached or written, or is newer than this program.

        Without `write` what cannot be written is read; where there is none there is nothing in it.
        """
        self.place = str(address)
        self._pool = PostgresPool(address, size=SIZE, configure=_prepare)
        try:
            version = self._version()
            self.read_only = not write and self._all("SHOW transaction_read_only")[0][0] == "on"
            self._absent = self.read_only and not version
            if version != len(MIGRATIONS) and not self._absent:
                self._migrate()
        except BaseException:
            self.close()
            raise

    def read(self, query: str, values: Sequence[Value] = ()) -> list[Row]:
        return [] if self._absent else self._all(query, values)

    def _all(self, query: str, values: Sequence[Value] = ()) -> list[Row]:
        with self._pool.connection() as db:
            rows: list[Row] = db.execute(_query(query), _values(values)).fetchall()
        return rows

    @contextmanager
    def writing(self) -> Iterator[_Transaction]:
        with self._pool.transaction() as db:
            yield _Transaction(db)

    @contextmanager
    def lock(self, name: str, busy: str) -> Iterator[Held]:
        with self._pool.lock(f"state.{name}", busy=lambda _: busy) as db:
            db.execute(f"SET tcp_keepalives_idle = {LOST // 4}; SET tcp_keepalives_interval = {LOST // 4}")
            db.execute("SET tcp_keepalives_count = 3")

            def held() -> bool:
                try:
                    with self._pool.errors():
                        db.execute("SELECT 1")
                except LibraryError:
                    return False
                return True

            yield held

    def close(self) -> None:
        self._pool.close()

    def _version(self) -> int:
        """The schema's, 0 where there is none."""
        if self._all("SELECT to_regclass('dragoman_state.version')")[0][0] is None:
            return 0
        rows = self._all("SELECT version FROM version")
        return int(rows[0][0]) if rows else 0

    def _migrate(self) -> None:
        with self._pool.transaction() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key("state.migration"),))
            # Not to_regnamespace(): what it did not find a moment ago it may still not find.
            if not db.execute("SELECT FROM pg_namespace WHERE nspname = 'dragoman_state'").fetchall():
                db.execute("CREATE SCHEMA dragoman_state")  # an administrator may have made it: then we need no right to do so
            db.execute("CREATE TABLE IF NOT EXISTS version (version INTEGER NOT NULL)")
            db.execute("INSERT INTO version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM version)")
            version = int(str(db.execute("SELECT version FROM version").fetchall()[0][0]))
            if version > len(MIGRATIONS):
                raise LibraryError(
                    f"The state in {self.place} was made by a newer Dragoman (schema {version}). Update this one."
                )
            for script in MIGRATIONS[version:]:
                db.execute(script)
            db.execute("UPDATE version SET version = %s", (len(MIGRATIONS),))


def has_state(address: ServerAddress) -> bool:
    """Whether there is any yet. LibraryError if the server cannot be asked."""
    pool = PostgresPool(address, size=1)
    try:
        with pool.connection() as db:
            return db.execute("SELECT to_regclass('dragoman_state.version')").fetchall()[0][0] is not None
    finally:
        pool.close()


class _Transaction:
    """See `StateTransaction`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def execute(self, query: str, values: Sequence[Value] = (), /) -> Cursor:
        return self._db.execute(_query(query), _values(values))

    def executemany(self, query: str, rows: Iterable[Sequence[Value]], /) -> Cursor:
        cursor = self._db.cursor()
        cursor.executemany(_query(query), map(_values, rows))
        return cursor


def _prepare(db: Connection) -> None:
    db.execute(PLACE)


@cache
def _query(query: str) -> Any:
    """A query of the stores as psycopg takes it."""
    return query.replace("%", "%%").replace("?", "%s")


def _values(values: Sequence[Value]) -> list[Value]:
    """PostgreSQL holds no U+0000 in a text."""
    return [value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in values]
