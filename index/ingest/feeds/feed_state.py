"""What is remembered of watched feeds: `feeds.db` in a library's folder, or tables of its database. `watcher.py` writes it.

Validators (ETag, Last-Modified) and state a feed, and what was seen of each of its entries. Without it feeds are read anew, and
nothing comes twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.address import Address, ServerAddress
from index.errors import LibraryError
from index.private_files import make_private
from index.storage.sqlite.connections import for_reading, writable


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the Ledger knows of a feed. Times are seconds since 1970, 0 for never."""

    url: str
    outlet: str = ""  # its name, as far as known
    tried: int = 0
    succeeded: int = 0  # the last time that it answered, also with "not modified"
    items: int = 0  # articles taken from it
    errors: int = 0  # pages and visits that failed, all told
    failures: int = 0  # visits that failed in a row
    error: str = ""  # why the last visit failed; "" if it did not
    due: int = 0  # when it is visited next
    closed: int = 0  # until when its server asked to be left alone (Retry-After)
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one entry of a feed."""

    mark: str = ""  # hash of the entry; "" if its page has to be tried again
    etag: str = ""  # of its page
    modified: str = ""
    tries: int = 0  # visits in which its page failed
    taken: int = 0  # when its page was read, seconds since 1970
    look: int = 0  # when its page is looked at again, likewise; 0: not any more
    entry: str = ""  # the entry without its text, as JSON, while its page is still looked at: it may have left the feed by then


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
_FILE = "feeds.db"


class Ledger(Protocol):
    """What is remembered. For one thread; several processes may use it. LibraryError where it cannot be read or written."""

    def state(self, url: str) -> FeedState:
        """Of one feed; a blank one if it is new."""
        ...

    def states(self) -> list[FeedState]:
        """Of all feeds that were ever visited, by URL."""
        ...

    def seen(self, url: str) -> dict[str, Seen]:
        """What was seen of a feed, by entry."""
        ...

    def note(self, state: FeedState, seen: Mapping[str, Seen]) -> None:
        """What a visit changed, in one transaction."""
        ...

    def close(self) -> None:
        """Give back the file or the connections."""
        ...


def open_ledger(library: Address) -> Ledger:
    """What is remembered of a library's feeds, made if there is nothing yet."""
    if isinstance(library, ServerAddress):
        from index.ingest.feeds.server_ledger import ServerLedger

        return ServerLedger(library)
    return FileLedger(library)


class FileLedger:
    """feeds.db."""

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        """Open, create or migrate. Without `write` what cannot be written is read as it stands."""
        self._folder = folder
        with _errors(folder):
            if not write and not writable(folder / _FILE):
                self._db = for_reading(folder / _FILE)
                return
            make_private(folder / _FILE)
            self._db = sqlite3.connect(folder / _FILE, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._migrate(folder)

    def _migrate(self, folder: Path) -> None:
        if self._version() > len(_MIGRATIONS):
            raise LibraryError(f"{folder / _FILE} was made by a newer version of this program: update it")
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


def states(library: Address) -> list[FeedState]:
    """What is known of the feeds of a library; [] if none was ever watched."""
    if not isinstance(library, ServerAddress) and not (library / _FILE).exists():
        return []
    ledger = open_ledger(library) if isinstance(library, ServerAddress) else FileLedger(library, write=False)
    with closing(ledger):
        return ledger.states()


def plain(value: object) -> object:
    """Strangers' text as databases take it: without NUL and lone surrogates."""
    return value.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else value


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        opened = "unable to open" not in str(error) and not isinstance(error, OSError)
        todo = "It only remembers what feeds were read: delete it to start anew." if opened else "Check its permissions."
        raise LibraryError(f"{folder / _FILE} cannot be used ({error}). {todo}") from error
