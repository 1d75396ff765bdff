"""What has to be written of the articles that were given: what is new, and what says more or something else than is stored.

readable, some BATCH characters at a time -> known? deleted, the same -> rereading: less, the same, another, changed
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping

from index.errors import SourceError
from index.ingest.provenance import checked
from index.ingest.rereading import completed, kept, renamed, reread
from index.records import AddReport, Article, Period
from index.storage.protocol import Storage
from index.storage.records import KnownArticle
from index.text.publishers import Publishers

BATCH = 48_000  # characters prepared and written at a time: some 70 passages
LATEST = 0.25  # seconds after which what was read is not kept waiting for more
VERSIONS = 10  # older ones that an article is compared with


def to_write(
    articles: Iterable[Article | SourceError], report: AddReport, given: list[str], storage: Storage, publishers: Publishers
) -> Iterator[list[Article]]:
    """The articles that have to be written, some BATCH characters at a time. Counts the others. `given`: the ids of all."""
    now = Period.now()
    seen: set[str] = set()  # ids that this run gave
    for readable in _readable(articles, report):
        batch: list[Article] = []
        recent: dict[str, Article] = {}  # of the batch: not written yet
        known = storage.known([article.id for article in readable])
        for article, lines in (checked(one, publishers, now) for one in readable):
            before, again = known.get(article.id), article.id in seen
            seen.add(article.id)
            if before and before.deleted:
                report.count("deleted")
            elif before and (before.hash, before.details) == (article.hash, article.details_hash):
                report.count("same")
            elif settled := _settled(article, before, recent, report, storage, again=again):
                report.failed += lines
                batch.append(settled)
                recent[settled.id] = settled
            else:
                report.count("same")
        given += dict.fromkeys([article.id for article in readable] + list(recent))
        if batch:
            yield batch


def _settled(
    article: Article,
    before: KnownArticle | None,
    recent: Mapping[str, Article],
    report: AddReport,
    storage: Storage,
    *,
    again: bool,
) -> Article | None:
    """The article as it is to be written; None if the library has all that it says. See `rereading`."""
    stored = recent.get(article.id) or storage.article(article.id)
    if stored is None:
        return article
    older = [one for version in range(1, stored.version) if (one := storage.article(article.id, version))]
    if article.id in recent and (written := storage.article(article.id)):
        older.append(written)
    match reread(article, stored, older[-VERSIONS:], again=again):
        case "less":
            return None
        case "same":
            same = kept(article, stored)
            unchanged = same.details_hash == stored.details_hash and (before is None or before.details)
            return None if unchanged and same.hash == stored.hash else same
        case "another":
            own = renamed(article)
            if article.outlet != stored.outlet:
                report.failed.append(f"{article.id}: from {article.outlet}, not {stored.outlet}: kept as {own.id}")
            return None if own.id in recent or storage.known([own.id]) else own
        case "changed":
            return completed(article, stored) if article.url or article.told_by_feed else article


def _readable(articles: Iterable[Article | SourceError], report: AddReport) -> Iterator[list[Article]]:
    """The articles that have a text, some BATCH characters at a time, or what came in LATEST seconds. Notes what failed."""
    batch: list[Article] = []
    size, end = 0, time.monotonic() + LATEST
    for article in articles:
        if isinstance(article, SourceError):
            report.failed.append(str(article))
            report.failed_more += article.items - 1
        elif not article.text.strip():
            report.failed.append(f"{article.id}: the text is empty")
        else:
            batch.append(article)
            size += len(article.text)
        if batch and (size >= BATCH or time.monotonic() >= end):
            yield batch
            batch, size, end = [], 0, time.monotonic() + LATEST
    if batch:
        yield batch
