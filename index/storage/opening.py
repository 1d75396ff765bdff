"""Which storage a library is kept in: its address decides, a folder or a server."""

from __future__ import annotations

from pathlib import Path

from index.address import Address, ChromaAddress, ServerAddress
from index.errors import LibraryError
from index.storage.protocol import Storage
from index.text.publishers import SHIPPED, Publishers


def open_storage(
    address: Address, *, create: bool = True, publishers: Publishers = SHIPPED, chroma: ChromaAddress | None = None
) -> Storage:
    """Open or (with `create`) make the storage at an address. LibraryError if it cannot be used or is newer than this program.

    `publishers`: which names of outlets mean one, in filters. `chroma`: the server that indexes the vectors of a database.
    """
    if isinstance(address, ServerAddress):
        from index.storage.postgres.store import PostgresStorage

        return PostgresStorage(address, create=create, publishers=publishers, chroma=chroma)
    if chroma:
        raise LibraryError(
            f"A Chroma server goes with a library in PostgreSQL, and {address} is a folder, which has its own Chroma. "
            "Leave the setting chroma out."
        )
    from index.storage.sqlite.store import SqliteStorage

    return SqliteStorage(address, create=create, publishers=publishers)


def is_library(address: Address) -> bool:
    """Whether there is a library at an address. LibraryError where a server cannot be asked."""
    if isinstance(address, ServerAddress):
        from index.storage.postgres.opening import is_made

        return is_made(address)
    from index.storage.sqlite.database import DATABASE

    return (address / DATABASE).exists()


def salvage(folder: Path) -> list[str]:
    """Make a new database of what can be read of a damaged one. What was done, one line each; LibraryError if it is nothing."""
    from index.storage.sqlite import salvage

    return salvage.salvage(folder)
