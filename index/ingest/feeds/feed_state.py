"""What is remembered of watched feeds: validators (ETag, Last-Modified) and state a feed, and what was seen of its entries.

`ledger.py` opens where it is kept; `watcher.py` writes it. Without it feeds are read anew, and nothing comes twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


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


def plain(value: object) -> object:
    """Strangers' text as databases take it: without NUL and lone surrogates."""
    return value.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else value
