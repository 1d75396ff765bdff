"""A URL, or the bytes of one document -> articles. Called by sources.py for every input that is not plain text or JSONL.

    url -> fetch -> document(bytes) -> html | pdf | docx | email           one article, by registry.py
                                       feed -> each entry -> its page      see `of_entry`
                                       sitemap -> each page
                                       warc -> each record                 `archive`
                                       csv | jsonl | text                  jsonl.py, plain_text.py
                                       gzip | xz -> document again

Nothing here raises for a bad item: a SourceError is yielded in its place.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO
from urllib.parse import urlsplit

from index.errors import SourceError
from index.ingest.damaged import without_damage
from index.ingest.formats import archives, csv, email, feed, jsonl, markup, plain_text, registry, sitemap, tables
from index.ingest.formats.detect import kind, why_not
from index.ingest.formats.encoding import HELP, wide
from index.ingest.formats.extracted import Entry, Extracted
from index.ingest.formats.plain_text import printable
from index.ingest.http.fetch import Fetched
from index.ingest.http.polite import Web
from index.ingest.http.urls import canonical, show
from index.ingest.rereading import words
from index.records import Article
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.publishers import SHIPPED
from index.text.sites import same_site

DEPTH = 3  # sitemap index -> sitemap -> page; a packed file counts, too
MAPS = 5  # of a sitemap index that are read at each visit: news sites begin a new one every day or month
SUMMARY_WORDS = 5  # of a feed's summary from which it can be told whether a page is about it
_NO_NAME = re.compile(r"[^-.\w]+")
PAGES = 1_000  # that one feed or sitemap may lead to


def from_url(url: str, web: Web) -> Iterator[Article | SourceError]:
    """What the user named, whatever robots.txt says; what it leads to, if robots.txt allows it."""
    try:
        got = web.get(url, named=True)
    except SourceError as error:
        yield error
        return
    yield from document(got.body, show(url), web=web, url=got.url, content_type=got.content_type, charset=got.charset)


def document(
    data: bytes, where: str, *, web: Web | None = None, id: str = "", url: str = "", content_type: str = "", charset: str = "",
    name: str = "", depth: int = DEPTH,
) -> Iterator[Article | SourceError]:  # fmt: skip
    """The articles of one document.

    `id` and `name` are a file's; `url`, `content_type` and `charset` a server's. Without `web` no link is followed: a feed in a
    file gives the text it carries.
    """
    name = name or urlsplit(url).path
    id = id or printable(canonical(url))
    try:
        if not data.strip():
            raise SourceError(where, "empty: there is nothing in it")
        match kind(data[:1000], content_type, name):
            case "packed" if depth:
                inner = archives.unpack(data, where)
                yield from document(
                    inner, where, web=web, id=id, url=url, charset=charset, name=name.rpartition(".")[0], depth=depth - 1
                )
            case "feed":
                entries = feed.feed(data, url, content_type=content_type, where=where)
                full = [entry for entry in entries if entry.url or entry.title or entry.text]
                followed = (item for entry in full[:PAGES] for item in _followed(entry, where, web, id))
                yield from jsonl.counted(followed, where, "entries")
                if bare := len(entries) - len(full):
                    yield SourceError(where, f"{bare:,} empty {'entry' if bare == 1 else 'entries'}")
                if len(full) > PAGES:
                    yield SourceError(where, f"only the first {PAGES:,} of {len(full):,} entries are read")
            case "sitemap" if web and depth:
                yield from _mapped(sitemap.sitemap(data, url, where), where, web, depth)
            case "warc":
                yield from archive(io.BytesIO(data), where, id=id)
            case "text" if email.is_message(data):
                yield from _mail(data, where, id)
            case "email":
                yield from _mail(data, where, id)
            case "csv":
                yield from jsonl.counted(_table(data, where, id), where)
            case "jsonl" | "json":
                yield from jsonl.counted(_json(data, where, id), where)
            case "text":
                text = plain_text.article(data, where, id)
                yield replace(text, url=url or text.url) if isinstance(text, Article) else text
            case _:
                found = _extracted(data, where, url, content_type, charset, name)
                if not url and not found.url:
                    found = _unplaced(found, name)
                yield _article(found, id, url)
                yield from (SourceError(where, note) for note in found.notes)
    except SourceError as error:
        yield error
    except MemoryError:
        yield SourceError(where, "it asks for too much memory")


def _mail(data: bytes, where: str, id: str) -> Iterator[Article | SourceError]:
    """The messages of a file. One without text says so only where nothing else is in it."""
    silent, found = None, False
    for number, message in enumerate(email.messages(data, where), 1):
        try:
            read = email.email(message, where)
            yield _article(read, id if number == 1 else f"{id}#{number}", "")
            yield from (SourceError(where, note) for note in read.notes)
            found = True
        except SourceError as error:
            silent = silent or error
    if silent and not found:
        yield silent


def _table(data: bytes, where: str, id: str) -> Iterator[Article | SourceError]:
    for number, (line, row) in enumerate(csv.rows(data, where), 2):
        if isinstance(row, SourceError):
            yield row
        else:
            yield from jsonl.of_row(row, f"{where}:{line}", f"{id}#{number}")


def _json(data: bytes, where: str, id: str) -> Iterator[Article | SourceError]:
    try:
        text = data.decode(wide(data) or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeError:
        raise SourceError(where, HELP) from None
    yield from jsonl.rows(text, where, id)


def archive(stream: BinaryIO, where: str, *, id: str = "") -> Iterator[Article | SourceError]:
    """The pages and PDFs of a web archive, one in memory at a time."""
    number = 0
    for number, record in enumerate(archives.warc(stream, where), 1):
        if isinstance(record, SourceError):
            yield record
        elif record.content_type in ("text/html", "application/xhtml+xml", "application/pdf"):
            yield from document(
                record.body, show(record.url), id=printable(canonical(record.url)) or f"{id}#{number}", url=record.url,
                content_type=record.content_type, charset=record.charset, depth=0,
            )  # fmt: skip
    if not number:
        yield SourceError(where, "no page in this web archive")


def entries(got: Fetched, where: str, web: Web) -> list[Entry]:
    """The entries of a feed as fetched, or the pages of a news sitemap; of a sitemap index those of its newest maps.

    Raises SourceError if it is neither, or if one of those maps cannot be had.
    """
    data = archives.unpack(got.body, where)
    if kind(data[:1000], got.content_type, urlsplit(got.url).path) == "sitemap":
        links = sitemap.sitemap(data, got.url, where)
        maps = [link for link in links if link.is_map]
        maps.sort(key=lambda link: link.modified.start if link.modified else 0, reverse=True)
        links = [link for link in links if not link.is_map]
        for link in maps[:MAPS]:
            part = web.get(link.url)
            found = sitemap.sitemap(archives.unpack(part.body, show(link.url)), part.url, show(link.url))
            links += [page for page in found if not page.is_map]
        return [Entry(id=link.url, url=link.url, title=link.title, published=link.published) for link in links[:PAGES]]
    return feed.feed(data, got.url, content_type=got.content_type, where=where)[:PAGES]


def of_entry(entry: Entry, where: str, page: Fetched | SourceError | None, base: str = "") -> Iterator[Article | SourceError]:
    """An entry of the feed `where` as an article: its page, or the entry's own text where that failed, or is longer.

    What a page says in its metadata about its date beats the feed; the feed beats a date in the page's words or URL. `base` is
    the feed's own id, for entries that have neither address nor id.
    """
    for item in without_damage(_of_entry(entry, where, page, base), show(entry.url) or where):
        yield item
        if isinstance(item, Article) and entry.undated and not item.published:
            yield jsonl.Undated(show(entry.url) or where, entry.undated)


def _of_entry(entry: Entry, where: str, page: Fetched | SourceError | None, base: str) -> Iterator[Article | SourceError]:
    found: Article | None = None
    trouble = page if isinstance(page, SourceError) else None
    if isinstance(page, Fetched):
        try:
            if not _leads_somewhere(page.url) and _leads_somewhere(entry.url):
                raise SourceError(show(entry.url), "it leads to the site's home page now")
            read = _extracted(page.body, show(entry.url), page.url, page.content_type, page.charset, urlsplit(page.url).path)
            found = _article(read, "", page.url)
            if not entry.foreign and not _tells_of(entry, found):
                found = None
                raise SourceError(show(entry.url), "its page tells of something else")
        except SourceError as error:
            trouble = error
    if found and (entry.foreign or len(found.text) >= len(entry.text)):
        if entry.published and found.date_source != "metadata" and not entry.foreign:
            found = replace(found, published=entry.published, date_source="feed")
        yield (
            found
            if entry.foreign
            else replace(
                found,
                title=found.title or entry.title,
                outlet=found.outlet or entry.outlet,
                agency=found.agency or entry.agency,
                authors=found.authors or entry.authors,
            )
        )
    elif entry.text:
        yield _of_feed(entry, base or where, found)
        if trouble:
            yield SourceError(trouble.where, f"only the feed's own text was kept: {trouble.why}")
    else:
        yield trouble or SourceError(where, f"an entry without text: {show(markup.fragment(entry.title), 80) or 'no title'}")


def _tells_of(entry: Entry, page: Article) -> bool:
    """Whether a page is the one of an entry: it has two fifths of the words of the feed's summary, its common words aside."""
    common = Lexicon(identify(entry.text, entry.lang)).stopwords
    summary = {word for word in words(entry.text) if word not in common}
    if len(summary) < SUMMARY_WORDS:
        return True
    return len(summary.intersection(words(f"{page.title} {page.text}"))) >= 0.4 * len(summary)


def _of_feed(entry: Entry, base: str, page: Article | None) -> Article:
    """An entry in the feed's own words. They stand under an address of the feed's own site only."""
    of_page = page is not None and entry.alone and same_site(page.url, entry.url)
    address = "" if entry.foreign else canonical(page.url if page and of_page else entry.url)
    key = entry.key or (entry.id or entry.url if entry.foreign else "")
    return Article(
        id=printable((address or base) + (f"#{key}" if key else "")),
        text=entry.text,
        title=entry.title,
        outlet=f"{entry.outlet} ({entry.speaker})" if entry.speaker else entry.outlet,
        agency=entry.agency,
        authors=entry.authors,
        published=entry.published,
        date_source="feed" if entry.published else "",
        lang=identify(f"{entry.title}\n{entry.text[:4000]}", entry.lang),
        url=(base if urlsplit(base).scheme in ("http", "https") else "") if entry.foreign else entry.url,
        told_by_feed=True,
    )


def _followed(entry: Entry, where: str, web: Web | None, base: str) -> Iterator[Article | SourceError]:
    page: Fetched | SourceError | None = None
    if web and page_wanted(entry):
        try:
            page = web.get(entry.url)
        except SourceError as error:
            page = error
    yield from of_entry(entry, where, page, base)


def page_wanted(entry: Entry) -> bool:
    """Whether an entry is read from its page: not where the page holds other entries, too, and the feed has a text."""
    return bool(entry.url) and (entry.alone or not entry.text)


def _mapped(links: list[sitemap.Link], where: str, web: Web, depth: int) -> Iterator[Article | SourceError]:
    """The pages of a sitemap. A date that the page does not give in its metadata is a news sitemap's."""
    for link in links[:PAGES]:
        try:
            got = web.get(link.url)
        except SourceError as error:
            yield error
            continue
        about = {"url": got.url, "content_type": got.content_type, "charset": got.charset}
        for item in document(got.body, show(link.url), web=web if link.is_map else None, depth=depth - 1, **about):
            if isinstance(item, Article) and link.published and item.date_source != "metadata":
                item = replace(item, published=link.published, date_source="feed")
            yield item
    if len(links) > PAGES:
        yield SourceError(where, f"only the first {PAGES:,} of {len(links):,} addresses are read")


def _extracted(data: bytes, where: str, url: str, content_type: str, charset: str, name: str) -> Extracted:
    """The text of a document that is one article. Raises SourceError."""
    found = kind(data[:1000], content_type, name)
    extract = registry.BY_KIND[found].extract if found in registry.BY_KIND else None
    if extract is None:
        why = why_not(data[:8], name)
        raise SourceError(where, why or f"not a kind of document that is read here ({found or content_type or 'unknown'})")
    return extract(data, where, url, charset)


def _article(found: Extracted, id: str, url: str) -> Article:
    """A page's word for its own address is its id, then the address it came from, then `id`, a file's path."""
    own = (
        found.url if urlsplit(found.url).path.strip("/") or urlsplit(found.url).query else ""
    )  # broken sites name the home page
    return Article(
        id=printable(canonical(own) or canonical(url)) or id,
        text=tables.named(found.text),
        title=found.title,
        outlet=found.outlet,
        agency=found.agency,
        authors=found.authors,
        published=found.published,
        date_source=found.date_source,
        lang=identify(f"{found.title}\n{found.text[:4000]}", found.lang),
        url=own or url,
    )


def _unplaced(found: Extracted, name: str) -> Extracted:
    """A page from a file that nothing places: it may call itself a well-known outlet, but only claims to be it."""
    if not SHIPPED.called(found.outlet):
        return found
    return replace(found, outlet=f"{found.outlet} ({_NO_NAME.sub('_', name.rpartition('/')[2]) or 'file'})")


def _leads_somewhere(url: str) -> bool:
    """Whether an address names more than a site's home page."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)
