"""state.db in the library's folder: what was claimed and answered in Slack, what people thought of it, briefings, slots.

Nothing here is ever under the library's writer lock. Each thread has its own connection, in WAL mode; a write is one short
BEGIN IMMEDIATE. Answers are forgotten after a month, claims with them; feedback stays (an id, a user, +1 or -1).
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.records import Citation, Turn
from index.errors import Busy, LibraryError
from index.records import Period

FILE, LOCK = "state.db", "slack.lock"
KEPT = 30 * 86400.0  # seconds that answers and claims are kept

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
MIGRATIONS = (SCHEMA, BRIEFINGS)  # MIGRATIONS[i] leads from schema i to i + 1; PRAGMA user_version says where a file is

Stage = Literal["claimed", "starting", "streaming", "finishing", "done"]
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation. Two places never share a turn."""

    team: str
    channel: str
    thread: str  # ts of the message that the thread hangs on; "" outside threads


@dataclass(frozen=True, slots=True)
class Claim:
    """A question taken up and not finished."""

    key: str
    place: Place
    user: str
    private: bool
    stage: Stage
    message: str
    payload: Json
    at: float


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as Slack has seen it."""

    id: str
    place: Place
    question: str
    reply: str
    window: Period | None
    sentences: tuple[tuple[str, tuple[Citation, ...]], ...]
    messages: tuple[Json, ...]


class State:
    """The operational state of one library. Safe in threads; `exclusive` keeps a second Slack bot away from the same folder."""

    def __init__(self, folder: Path) -> None:
        """Open, create or migrate. LibraryError if the folder cannot be written or the file is newer than this program."""
        self.path = folder / FILE
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"Cannot open {self.path}: {error}. Check the folder's permissions and free space.") from error

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the folder for one Slack bot: what is unfinished at the start is then known to be dead. Busy if it is held."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.path.with_name(LOCK))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Busy(f"Another Slack bot runs over {self.path.parent}. Stop it first, or choose another --library.") from None
        try:
            yield
        finally:
            lock.release()

    def close(self) -> None:
        with self._guard:
            for db in self._open:
                db.close()
            self._open.clear()

    # Claims

    def claim(self, key: str, place: Place, user: str, *, private: bool = False) -> bool:
        """Take a question up; False if it was taken before."""
        row = (key, place.team, place.channel, place.thread, user, private, "claimed", "", "{}", time.time())
        with self.writing() as db:
            return db.execute("INSERT OR IGNORE INTO claims VALUES (?,?,?,?,?,?,?,?,?,?)", row).rowcount == 1

    def note(self, key: str, stage: Stage, message: str = "", payload: Json | None = None) -> None:
        """How far the answer is, before and after each step that Slack sees."""
        values = (stage, message, json.dumps(payload or {}), key)
        with self.writing() as db:
            db.execute("UPDATE claims SET stage = ?, message = ?, payload = ? WHERE key = ?", values)

    def forget(self, key: str) -> None:
        """Give a claim back: the same click may try again."""
        with self.writing() as db:
            db.execute("DELETE FROM claims WHERE key = ?", (key,))

    def unfinished(self) -> list[Claim]:
        """What was taken up and not answered, oldest first."""
        rows = self.db.execute(
            'SELECT key, team, channel, thread, "user", private, stage, message, payload, at FROM claims '
            "WHERE stage != 'done' ORDER BY at"
        )
        return [Claim(key, Place(*at), user, bool(priv), stage, ts, json.loads(payload), when)
                for key, *at, user, priv, stage, ts, payload, when in rows]  # fmt: skip

    def newest(self, place: Place) -> str:
        """The ts of our last finished message in this conversation, or ""."""
        found = self.db.execute(
            "SELECT max(message) FROM claims WHERE team = ? AND channel = ? AND thread = ? AND stage = 'done'",
            (place.team, place.channel, place.thread),
        ).fetchone()
        return found[0] or ""

    def prune(self, before: float) -> None:
        """Forget answers and finished claims older than `before` (seconds since 1970)."""
        with self.writing() as db:
            db.execute("DELETE FROM claims WHERE stage = 'done' AND at < ?", (before,))
            db.execute("DELETE FROM answers WHERE at < ?", (before,))

    # Answers

    def keep(self, answer: Kept) -> None:
        window = (answer.window.start, answer.window.end) if answer.window else (None, None)
        sentences = [
            [text, [[c.number, c.article_id, c.version, c.start, c.end, c.quote] for c in citations]]
            for text, citations in answer.sentences
        ]
        row = (answer.id, answer.place.team, answer.place.channel, answer.place.thread, answer.question, answer.reply,
               *window, json.dumps(sentences), json.dumps(answer.messages), time.time())  # fmt: skip
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO answers VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?)", row)

    def kept(self, id: str) -> Kept | None:
        row = self.db.execute(
            "SELECT team, channel, thread, question, reply, since, until, sentences, messages FROM answers WHERE id = ?", (id,)
        ).fetchone()
        if row is None:
            return None
        *place, question, reply, since, until, sentences, messages = row
        read = tuple((text, tuple(_citation(*values) for values in found)) for text, found in json.loads(sentences))
        window = None if since is None else Period(since, until)
        return Kept(id, Place(*place), question, reply, window, read, tuple(json.loads(messages)))

    def turns(self, place: Place, *, before: str = "", last: int = 4) -> tuple[Turn, ...]:
        """The last questions and answers of a conversation, oldest first.

        `before`: the id of an answer whose question is asked again: what came before it, without that question.
        """
        rows = self.db.execute(
            "SELECT question, reply FROM answers WHERE team = ? AND channel = ? AND thread = ? "
            "AND n < coalesce((SELECT n FROM answers WHERE id = ?), 9e18) "
            "AND question IS NOT (SELECT question FROM answers WHERE id = ?) ORDER BY n DESC LIMIT ?",
            (place.team, place.channel, place.thread, before, before, last),
        ).fetchall()
        return tuple(turn for q, reply in reversed(rows) for turn in (Turn("user", q), Turn("assistant", reply)))

    def briefing(self, place: Place) -> str | None:
        """The briefing whose thread this is, as the JSON that was kept; None elsewhere."""
        found = self.db.execute(
            "SELECT body FROM briefings WHERE id IN (SELECT briefing FROM slots WHERE message = ? UNION "
            "SELECT substr(id, 1, instr(id, '@') - 1) FROM answers WHERE team = ? AND channel = ? AND thread = ?) "
            "ORDER BY n DESC LIMIT 1",
            (f"{place.channel} {place.thread}", place.team, place.channel, place.thread),
        ).fetchone()
        return found[0] if found else None

    def knows(self, place: Place) -> bool:
        """Whether something was answered or told in this conversation."""
        found = self.db.execute(
            "SELECT 1 FROM answers WHERE team = ? AND channel = ? AND thread = ?", (place.team, place.channel, place.thread)
        )
        return found.fetchone() is not None or self.briefing(place) is not None

    # Feedback

    def rate(self, answer: str, user: str, value: int) -> None:
        """+1 or -1 of one user for one answer; the last word counts."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO feedback VALUES (?,?,?,?)", (answer, user, value, time.time()))

    def ratings(self, answer: str) -> dict[str, int]:
        """Users and what they thought."""
        return dict(self.db.execute('SELECT "user", value FROM feedback WHERE answer = ?', (answer,)).fetchall())

    # The file

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)  # timeout: busy_timeout
            db.execute("PRAGMA journal_mode = WAL")
            self._local.db = db
            with self._guard:
                self._open.append(db)
        return db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One short transaction that takes its write lock at once."""
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _migrate(self) -> None:
        with self.writing() as db:
            found: int = db.execute("PRAGMA user_version").fetchone()[0]
            if found > len(MIGRATIONS):
                raise LibraryError(f"{self.path} was made by a newer Dragoman (schema {found}). Update this one.")
            for script in MIGRATIONS[found:]:
                for statement in filter(str.strip, script.split(";\n")):
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _citation(number: int, article_id: str, version: int, start: int, end: int, quote: str) -> Citation:
    return Citation(number=number, article_id=article_id, version=version, start=start, end=end, quote=quote)
