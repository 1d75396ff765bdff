"""Opens what is remembered of a library's feeds: a file beside it, or tables of its database."""

from __future__ import annotations

from contextlib import closing

from index.address import Address, ServerAddress
from index.ingest.feeds.feed_state import FeedState, Ledger
from index.ingest.feeds.file_ledger import FILE, FileLedger


def open_ledger(library: Address) -> Ledger:
    """What is remembered of a library's feeds, made if there is nothing yet."""
    if isinstance(library, ServerAddress):
        from index.ingest.feeds.server_ledger import ServerLedger

        return ServerLedger(library)
    return FileLedger(library)


def states(library: Address) -> list[FeedState]:
    """What is known of the feeds of a library; [] if none was ever watched."""
    if not isinstance(library, ServerAddress) and not (library / FILE).exists():
        return []
    ledger = open_ledger(library) if isinstance(library, ServerAddress) else FileLedger(library, write=False)
    with closing(ledger):
        return ledger.states()
