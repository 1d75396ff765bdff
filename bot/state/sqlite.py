"""state.db in a library's folder: the file, its tables, one short transaction a write.

Nothing here is ever under the library's writer lock. Each thread has its own connection, in WAL mode; a write is one BEGIN
IMMEDIATE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.state.database import Held, Row, Value
from index.errors import Busy, LibraryError
from index.private_files import make_private
from index.storage.sqlite.connections import Connections, for_reading, writable

FILE = "state.db"

SCHEMA = """
CREATE TABLE claims (                  -- a question taken up: one row, and so one answer, whatever is delivered twice
  key TEXT PRIMARY KEY,                -- team, channel and ts of the message, or what identifies a click or command
  team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL, "user" TEXT NOT NULL,
  private INTEGER NOT NULL,            -- whether only its user sees the answer
  stage TEXT NOT NULL,                 -- claimed | starting | streaming | finishing | done
  message TEXT NOT NULL,               -- ts of the message that is being written, or of the last one
  payload TEXT NOT NULL,               -- while finishing: the message as it has to be in the end
  at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX claims_open ON claims (stage) WHERE stage != 'done';
CREATE INDEX claims_thread ON claims (team, channel, thread);
CREATE TABLE answers (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
  question TEXT NOT NULL, reply TEXT NOT NULL,
  since INTEGER, until INTEGER,        -- the window asked for
  sentences TEXT NOT NULL,             -- [[text, [[number, article, version, start, end, quote]]]]
  messages TEXT NOT NULL,              -- as sent, to be shared
  at REAL NOT NULL
);
CREATE INDEX answers_thread ON answers (team, channel, thread, n);
CREATE TABLE feedback (
  answer TEXT NOT NULL, "user" TEXT NOT NULL, value INTEGER NOT NULL, at REAL NOT NULL,
  PRIMARY KEY (answer, "user")
) WITHOUT ROWID;
"""
BRIEFINGS = """
CREATE TABLE briefings (               -- what was told, so that the next one tells what is new
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  beat TEXT NOT NULL,
  since INTEGER NOT NULL, until INTEGER NOT NULL,
  body TEXT NOT NULL,                  -- the Briefing as JSON
  at REAL NOT NULL
);
CREATE INDEX briefings_beat ON briefings (beat, until);
CREATE TABLE slots (                   -- one delivery of one scheduled briefing to one target, claimed before it is sent
  beat TEXT NOT NULL, slot INTEGER NOT NULL, target TEXT NOT NULL,
  stage TEXT NOT NULL,                 -- claimed | sending | sent | failed | missed; "sending" after a crash: unknown
  briefing TEXT NOT NULL,              -- id of the briefing, "" until it is made
  message TEXT NOT NULL,               -- Message-ID, Slack ts or path: where it went
  error TEXT NOT NULL,
  at REAL NOT NULL,
  PRIMARY KEY (beat, slot, target)
) WITHOUT ROWID;
"""
WEB = """
CREATE TABLE web_answers (             -- answers that have an address on the page
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,                 -- name of the token it was asked with
  parent TEXT NOT NULL,                -- id of the answer it follows, or ""
  body TEXT NOT NULL,                  -- the Answer as JSON
  at REAL NOT NULL
);
CREATE INDEX web_answers_at ON web_answers (at);
"""
SLACK = """
CREATE TABLE channels (                -- what people set for a channel with /dragoman settings and subscribe
  team TEXT NOT NULL, channel TEXT NOT NULL,
  name TEXT NOT NULL,                  -- follow_ups | language | beat:NAME
  value TEXT NOT NULL,
  PRIMARY KEY (team, channel, name)
) WITHOUT ROWID;
ALTER TABLE feedback ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN question TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN reply TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN sources TEXT NOT NULL DEFAULT '[]';
CREATE INDEX feedback_at ON feedback (at);
"""
MIGRATIONS = (
    SCHEMA,
    BRIEFINGS,
    WEB,
    SLACK,
)  # MIGRATIONS[i] leads from schema i to i + 1; PRAGMA user_version says where a file is


class StateFile:
    """See `StateDatabase`: the file and its connections. Safe in threads."""

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        """Open, create or migrate. LibraryError if the folder cannot be written or the file is newer than this program.

        Without `write` what cannot be written is read; a file that is not there has nothing in it.
        """
        self.path = folder / FILE
        self.place = str(folder)
        self.read_only = not write and not writable(self.path)
        self._connections = Connections(self._connected)
        try:
            if self.read_only:
                self._check()
                return
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            todo = "Check the folder's permissions and free space."
            if "not a database" in str(error) or "malformed" in str(error):
                todo = "It has conversations and briefings, no articles: put a copy in its place, or move it away."
            why = (error.strerror if isinstance(error, OSError) else "") or error
            raise LibraryError(f"Cannot open {self.path}: {why}. {todo}") from error

    @contextmanager
    def lock(self, name: str, busy: str) -> Iterator[Held]:
        """Hold the folder's lock of that name, which ends with the process; Busy with those words if another holds it."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.path.with_name(f"{name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Busy(busy) from None
        try:
            yield lambda: True
        finally:
            lock.release()

    def close(self) -> None:
        self._connections.close()

    def read(self, query: str, values: Sequence[Value] = ()) -> list[Row]:
        if self.read_only and not self.path.exists():
            return []
        return self._connections.here.execute(query, values).fetchall()

    def _connected(self) -> sqlite3.Connection:
        if self.read_only:
            return for_reading(self.path)
        make_private(self.path)
        db = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)  # timeout: busy_timeout
        db.execute("PRAGMA journal_mode = WAL")
        return db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One short transaction that takes its write lock at once."""
        if self.read_only:
            raise LibraryError(f"{self.path} cannot be written: it may only be read.")
        db = self._connections.here
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _check(self) -> None:
        """LibraryError if what may only be read is of another schema."""
        version = int(rows[0][0]) if (rows := self.read("PRAGMA user_version")) else len(MIGRATIONS)
        self._refuse_newer(version)
        if version < len(MIGRATIONS):
            raise LibraryError(
                f"{self.path} was made by an older Dragoman and cannot be brought up to date: it may only be read. Make it "
                "writable once, or copy the library."
            )

    def _refuse_newer(self, version: int) -> None:
        if version > len(MIGRATIONS):
            raise LibraryError(f"{self.path} was made by a newer Dragoman (schema {version}). Update this one.")

    def _migrate(self) -> None:
        with self.writing() as db:
            version: int = db.execute("PRAGMA user_version").fetchone()[0]
            self._refuse_newer(version)
            for script in MIGRATIONS[version:]:
                for statement in filter(str.strip, script.split(";\n")):
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
