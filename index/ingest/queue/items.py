"""What the user names -> items in line, and an item -> what is read of it. The queue itself is index/storage/postgres/queue.py.

file of one document    its bytes: a worker takes the text out
URL                     itself: a worker fetches it
rows, archives, input   read here, one item an article
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from index.errors import SourceError
from index.ingest.damaged import without_damage
from index.ingest.finding import SHAPES, Found, found, suffix
from index.ingest.finding import reason as why
from index.ingest.formats.plain_text import printable
from index.ingest.http.polite import Web
from index.ingest.sources import read_file, read_found
from index.records import Article, Period
from index.storage.records import QueueItem

LARGEST = 20_000_000  # bytes of a file that is put in line; a larger one is read here
BATCH = 20  # items of one job
BYTES = 4_000_000  # likewise


def items(
    paths: Iterable[str | os.PathLike[str]], *, stdin: BinaryIO | None = None, allow_hosts: Collection[str] = ()
) -> Iterator[QueueItem | SourceError]:
    """What is to be read of the paths (those `sources.read` takes), in order; a SourceError in the place of what cannot."""
    web = Web(allow_hosts)
    for one in found(paths):
        if isinstance(one, SourceError):
            yield one
        elif one.kind == "url":
            yield QueueItem("url", one.path)
        elif _is_document(one):
            try:
                yield QueueItem("file", printable(one.path), one.id, Path(one.path).read_bytes())
            except OSError as error:
                yield SourceError(printable(one.path), why(error))
        else:
            read = without_damage(read_found(one, web, stdin=stdin))
            yield from (item if isinstance(item, SourceError) else of_article(item) for item in read)


def batches(items: Iterable[QueueItem]) -> Iterator[tuple[list[QueueItem], str]]:
    """The items by jobs, each with the host that it asks: jobs of one host are done one after the other, by whatever worker.

    An address is a job by itself: it may lead to a thousand pages.
    """
    batch: list[QueueItem] = []
    for item in items:
        if item.kind == "url":
            yield [item], urlsplit(item.name).hostname or ""
            continue
        batch.append(item)
        if len(batch) == BATCH or sum(len(one.body) for one in batch) >= BYTES:
            yield batch, ""
            batch = []
    if batch:
        yield batch, ""


def read(item: QueueItem, web: Web) -> Iterator[Article | SourceError]:
    """The articles of an item, and what could not be read of it."""
    if item.kind == "article":
        yield _article(item.body)
    elif item.kind == "url":
        yield from without_damage(read_found(Found("url", item.name), web))
    else:
        yield from without_damage(read_file(io.BytesIO(item.body), item.name, item.id))


def _is_document(one: Found) -> bool:
    """Whether a file is one document of a size that is put in line."""
    path = Path(one.path)
    shape = SHAPES.get(suffix(one.path))
    return one.kind == "file" and shape in ("text", "document") and path.is_file() and path.stat().st_size <= LARGEST


def of_article(article: Article) -> QueueItem:
    """An article that was read already."""
    return QueueItem("article", article.id, article.id, json.dumps(asdict(article)).encode("ascii"))


def _article(body: bytes) -> Article:
    """The article of `of_article`."""
    row = json.loads(body)
    published = row.pop("published")
    return Article(**row | {"authors": tuple(row["authors"]), "published": Period(**published) if published else None})
