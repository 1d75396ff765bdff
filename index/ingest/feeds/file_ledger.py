"""What is remembered of watched feeds, in the file feeds.db of a library's folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryError
from index.ingest.feeds.feed_state import FeedState, Seen, plain
from index.private_files import make_private
from index.storage.sqlite.connections import for_reading, writable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
  url TEXT PRIMARY KEY, outlet TEXT, tried INTEGER, succeeded INTEGER, items INTEGER, errors INTEGER, failures INTEGER,
  error TEXT, due INTEGER, closed INTEGER, etag TEXT, modified TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS seen (
  feed TEXT, entry TEXT, mark TEXT, etag TEXT, modified TEXT, tries INTEGER, PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
"""
_LOOKS = """
ALTER TABLE seen ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seen ADD COLUMN look INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seen ADD COLUMN whole TEXT NOT NULL DEFAULT '';
"""
_MIGRATIONS = (_SCHEMA, _LOOKS)  # the i-th leads from schema i to i + 1
FILE = "feeds.db"


class FileLedger:
    """See `Ledger`."""

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        """Open, create or migrate. Without `write` what cannot be written is read as it stands."""
        self._folder = folder
        with _errors(folder):
            if not write and not writable(folder / FILE):
                self._db = for_reading(folder / FILE)
                return
            make_private(folder / FILE)
            self._db = sqlite3.connect(folder / FILE, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._migrate(folder)

    def _migrate(self, folder: Path) -> None:
        if self._version() > len(_MIGRATIONS):
            raise LibraryError(f"{folder / FILE} was made by a newer version of this program: update it")
        if self._version() < len(_MIGRATIONS):
            self._db.execute("BEGIN IMMEDIATE")  # another process may do the same: then there is nothing left to do
            try:
                steps = _MIGRATIONS[self._version() :]
                for statement in ";".join(steps).split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def state(self, url: str) -> FeedState:
        with _errors(self._folder):
            row = self._db.execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone()
        return FeedState(*row) if row else FeedState(url)

    def states(self) -> list[FeedState]:
        with _errors(self._folder):
            return [FeedState(*row) for row in self._db.execute("SELECT * FROM feeds ORDER BY url")]

    def seen(self, url: str) -> dict[str, Seen]:
        with _errors(self._folder):
            rows = self._db.execute(
                "SELECT entry, mark, etag, modified, tries, taken, look, whole FROM seen WHERE feed = ?", (url,)
            )
            return {entry: Seen(*rest) for entry, *rest in rows}

    def note(self, state: FeedState, seen: Mapping[str, Seen]) -> None:
        row = tuple(plain(getattr(state, name)) for name in FeedState.__slots__)
        with _errors(self._folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.execute(f"INSERT OR REPLACE INTO feeds VALUES ({', '.join('?' * len(row))})", row)
                self._db.executemany(
                    "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        (state.url, *map(plain, (name, s.mark, s.etag, s.modified, s.tries, s.taken, s.look, s.entry)))
                        for name, s in seen.items()
                    ],
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self._db.close()


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        opened = "unable to open" not in str(error) and not isinstance(error, OSError)
        todo = "It only remembers what feeds were read: delete it to start anew." if opened else "Check its permissions."
        raise LibraryError(f"{folder / FILE} cannot be used ({error}). {todo}") from error
