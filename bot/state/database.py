"""What the stores ask of a database: to read, to write in one short transaction, and to hold a lock by name.

`sqlite.py` (a file in the library's folder) and `postgres.py` (beside a library in PostgreSQL) do it. Their SQL is what both
understand: "?" for a value, ON CONFLICT for what may be there already; times are numbers, records are JSON.

The tables: `claims`, `answers`, `feedback` (conversations.py), `briefings` (briefings.py), `slots` (deliveries.py),
`web_answers` (answers.py), `channels` (channels.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Value = str | int | float | None
Row = tuple[Any, ...]
Held = Callable[[], bool]  # whether a lock is still held: one over a network may be lost with the connection


class Cursor(Protocol):
    """What a statement did."""

    @property
    def rowcount(self) -> int:
        """How many rows it wrote; of several, all together."""
        ...

    def fetchall(self) -> list[Row]:
        """The rows of RETURNING."""
        ...


class StateTransaction(Protocol):
    """A transaction."""

    def execute(self, query: str, values: Sequence[Value] = ..., /) -> Cursor:
        """Do one statement."""
        ...

    def executemany(self, query: str, rows: Iterable[Sequence[Value]], /) -> Cursor:
        """Do one statement for many rows."""
        ...


class StateDatabase(Protocol):
    """Called by the stores, from any thread. LibraryError where it cannot be read or written."""

    place: str
    """The folder or address, for messages."""

    read_only: bool
    """Whether it may only be read, and was opened for that."""

    def read(self, query: str, values: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query."""
        ...

    def writing(self) -> AbstractContextManager[StateTransaction]:
        """One short transaction: whole or, where it raises, nothing."""
        ...

    def lock(self, name: str, busy: str) -> AbstractContextManager[Held]:
        """Hold the library's lock of that name; Busy with those words if another process holds it. It ends with the process."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...
