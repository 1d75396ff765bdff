"""Which storage a library is kept in. Today a folder, always; later its address decides."""

from __future__ import annotations

from pathlib import Path

from index.storage.protocol import Storage
from index.text.publishers import SHIPPED, Publishers


def open_storage(folder: Path, *, create: bool = True, publishers: Publishers = SHIPPED) -> Storage:
    """Open or (with `create`) make the storage in a folder. LibraryError if it cannot be used or is newer than this program.

    `publishers`: which names of outlets mean one, in filters.
    """
    from index.storage.sqlite.store import SqliteStorage

    return SqliteStorage(folder, create=create, publishers=publishers)


def is_library(folder: Path) -> bool:
    """Whether there is a library in a folder."""
    from index.storage.sqlite.database import DATABASE

    return (folder / DATABASE).exists()


def salvage(folder: Path) -> list[str]:
    """Make a new database of what can be read of a damaged one. What was done, one line each; LibraryError if it is nothing."""
    from index.storage.sqlite import salvage

    return salvage.salvage(folder)
