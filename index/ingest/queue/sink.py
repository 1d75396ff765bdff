"""Where watched feeds go instead of into the library: in line, for workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.address import ServerAddress
from index.errors import SourceError
from index.ingest.queue.items import batches, of_article
from index.records import AddReport, Article
from index.storage.records import QueueItem


class ItemLine(Protocol):
    """The queue of a library."""

    address: ServerAddress

    def put(self, items: Sequence[QueueItem], host: str = "") -> int:
        """Put items in line, as one job; how many were not there yet. LibraryError if it cannot be written."""
        ...


@dataclass(frozen=True, slots=True)
class QueueSink:
    """See `protocols.ArticleSink`. What was fetched is put in line; a worker embeds and stores it."""

    line: ItemLine

    @property
    def folder(self) -> ServerAddress:
        return self.line.address

    def add(self, articles: Iterable[Article | SourceError], /) -> AddReport:
        report = AddReport()

        def read() -> Iterator[QueueItem]:
            for article in articles:
                if isinstance(article, SourceError):
                    report.failed.append(str(article))
                    report.failed_more += article.items - 1
                else:
                    yield of_article(article)

        for batch, host in batches(read()):
            report.queued += self.line.put(batch, host)
        return report
