"""What is remembered of watched feeds, in the database of a library that several machines share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from index.address import ServerAddress
from index.ingest.feeds.feed_state import FeedState, Seen, plain
from index.storage.postgres.connection import PostgresPool

FEED = FeedState.__slots__
ENTRY = ("mark", "etag", "modified", "tries", "taken", "look", "whole")


class ServerLedger:
    """See `Ledger`."""

    def __init__(self, address: ServerAddress) -> None:
        self._pool = PostgresPool(address, size=2)

    def state(self, url: str) -> FeedState:
        with self._pool.connection() as db:
            rows = db.execute(f"SELECT {', '.join(FEED)} FROM feeds WHERE url = %s".encode(), (plain(url),)).fetchall()
        return FeedState(*rows[0]) if rows else FeedState(url)  # type: ignore[arg-type]

    def states(self) -> list[FeedState]:
        with self._pool.connection() as db:
            rows = db.execute(f"SELECT {', '.join(FEED)} FROM feeds ORDER BY url".encode()).fetchall()
        return [FeedState(*row) for row in rows]  # type: ignore[arg-type]

    def seen(self, url: str) -> dict[str, Seen]:
        with self._pool.connection() as db:
            sql = f"SELECT entry, {', '.join(ENTRY)} FROM seen WHERE feed = %s"
            rows = db.execute(sql.encode(), (plain(url),)).fetchall()
        return {str(entry): Seen(*rest) for entry, *rest in rows}  # type: ignore[arg-type]

    def note(self, state: FeedState, seen: Mapping[str, Seen]) -> None:
        row = [plain(getattr(state, name)) for name in FEED]
        entries = [
            list(
                map(
                    plain,
                    (key(state.url, name), state.url, name, s.mark, s.etag, s.modified, s.tries, s.taken, s.look, s.entry),
                )
            )
            for name, s in seen.items()
        ]
        with self._pool.transaction() as db:
            db.execute(_replaced("feeds", FEED).encode(), row)
            db.cursor().executemany(_replaced("seen", ("key", "feed", "entry", *ENTRY)).encode(), entries)

    def close(self) -> None:
        self._pool.close()


def key(feed: str, entry: str) -> str:
    """What an entry of a feed is found by: an index takes no name of any length."""
    return hashlib.blake2b(f"{feed}\0{entry}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def _replaced(table: str, columns: tuple[str, ...]) -> str:
    """INSERT, or UPDATE where there is a row of that first column."""
    first, *others = columns
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
        f" ON CONFLICT ({first}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in others)}"
    )
