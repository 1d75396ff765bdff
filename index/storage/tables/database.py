"""What the tables lie in, as those ask for it who read and write them: SQLite's file, or a PostgreSQL database.

SQL here is what both understand: "?" for a value, ON CONFLICT for what may be there already, CASE in place of functions that
only one of them has. Numbers are integers where SQLite has no booleans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

Value = str | int | float | bytes | None | list[str]
Row = tuple[Any, ...]
T = TypeVar("T")
WAIT = 60.0  # seconds a second writer waits for the first one's batch


class Statements(Protocol):
    """An open transaction."""

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Result:
        """Do one statement."""
        ...

    def executemany(self, query: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Do one statement for many rows."""
        ...


class Result(Protocol):
    """What a statement gave."""

    def fetchone(self) -> Any:
        """Its next row; None when there is none."""
        ...

    def fetchall(self) -> list[Any]:
        """Its rows."""
        ...


class Tables(Protocol):
    """A database with a library's tables. Methods may be called from any thread; errors are those of `index.errors`."""

    LISTED: str
    """SQL that gives the rows of a list of texts: `id IN ({LISTED})` with `listed(ids)` for its one value."""

    def listed(self, values: Sequence[str]) -> Any:
        """A list of texts as one value."""
        ...

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query; inside a transaction of the same thread, as that sees them."""
        ...

    def among(self, sql: str, values: Sequence[int] | Sequence[str]) -> list[Row]:
        """The rows of `… IN ({})`, whose values are all integers or all texts. They go in as one value."""
        ...

    def writing(self, wait: float = WAIT) -> AbstractContextManager[None]:
        """The writer's lock; Busy after `wait` seconds."""
        ...

    def transaction(self) -> AbstractContextManager[Statements]:
        """All that is written inside, or nothing. The caller holds the writer's lock."""
        ...

    def again(self, do: Callable[[], T]) -> T:
        """What a function gives that writes, which is called once more where the connection to the database was lost."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """What is read inside is of one moment, whatever others write meanwhile."""
        ...

    @property
    def generation(self) -> int:
        """How many writes there have been."""
        ...

    def meta(self, key: str, default: str) -> str:
        """A value of the meta table."""
        ...


def set_meta(db: Statements, key: str, value: str) -> None:
    """Write a value of the meta table inside a transaction."""
    db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))
