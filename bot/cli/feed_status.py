"""What `dragoman stats` says of each watched feed: when it last answered, what it brought, what fails."""

from __future__ import annotations

import time

from bot.rendering.json_rows import Json
from index.index import Index
from index.ingest.feeds.ledger import states
from index.records import Period
from index.text.printable import line


def rows(index: Index) -> list[Json]:
    """A row for each feed that was ever watched; `age` is in seconds since it last answered."""
    now = int(time.time())
    return [
        {
            "url": feed.url,
            "outlet": feed.outlet,
            "last_success": _moment(feed.succeeded),
            "age": now - feed.succeeded if feed.succeeded else None,
            "items": feed.items,
            "errors": feed.errors,
            "error": feed.error,
            "next": _moment(feed.due),
        }
        for feed in states(index.folder)
    ]


def _moment(seconds: int) -> str | None:
    return str(Period(seconds, seconds + 1)) if seconds else None


def text(feed: Json) -> str:
    last = f"{feed['last_success']} ({_age(feed['age'])} ago)" if isinstance(feed["age"], int) else "never"
    counts = f"{_counted(feed['items'], 'item')}, {_counted(feed['errors'], 'error')}"
    error = f"; failing: {line(str(feed['error']))}" if feed["error"] else ""
    return f"feed       {line(str(feed['url']))}  last success {last}, {counts}{error}"


def _counted(count: object, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _age(seconds: int) -> str:
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} s"
