"""What the parts of `index` ask of one another: who calls it, what it raises, which units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from index.address import Address
from index.errors import SourceError
from index.records import AddReport, Article


class WorkerLog(Protocol):
    """Say a line to those who run a worker; `trouble`: somebody should look at it."""

    def __call__(self, text: str, /, *, trouble: bool = False) -> None: ...


class ArticleSink(Protocol):
    """Where read articles go: an Index. Called by the feed watcher."""

    @property
    def folder(self) -> Address:
        """Where what belongs to the library is kept."""
        ...

    def add(self, articles: Iterable[Article | SourceError], /) -> AddReport:
        """Write them. LibraryError when the library cannot be written."""
        ...


class EmbeddedSink(Protocol):
    """Where a worker's articles go: an Index."""

    def add_embedded(self, articles: Iterable[Article | SourceError], /) -> AddReport:
        """Embed them, then write them. LibraryError when the library cannot be written, and what the model raises."""
        ...
