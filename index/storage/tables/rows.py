"""The rows of the tables as Python sees them, by the names of their columns, and what text becomes in them."""

from __future__ import annotations

import json
import time
import zlib
from typing import NamedTuple

from index.records import Article, Period
from index.storage.records import CandidateArticle
from index.text.fold import fold


class VersionRow(NamedTuple):
    """A row of `versions`: one version of an article without its text."""

    article: int  # row
    version: int
    title: str
    outlet: str
    outlet_key: str  # folded
    agency: str
    authors: str  # a JSON list
    authors_key: str  # "|folded|names|"
    published_from: int | None
    published_to: int | None
    date_source: str
    lang: str
    url: str
    hash: str
    about: str  # Article.details_hash
    added: int
    current: int = 1
    opening: int = 0  # the row of its first passage; the others follow
    titled: int = 0  # whether that is the title alone

    @classmethod
    def of(cls, article: Article, n: int, version: int, *, opening: int, titled: bool) -> VersionRow:
        """The newest version of article row `n`, taken in now."""
        published = article.published
        return cls(
            article=n,
            version=version,
            title=sql_text(article.title),
            outlet=sql_text(article.outlet),
            outlet_key=fold(sql_text(article.outlet)),
            agency=sql_text(article.agency),
            authors=json.dumps(article.authors),
            authors_key="".join(f"|{fold(sql_text(author))}" for author in article.authors) + "|",
            published_from=published.start if published else None,
            published_to=published.end if published else None,
            date_source=sql_text(article.date_source),
            lang=sql_text(article.lang),
            url=sql_text(article.url),
            hash=article.hash,
            about=article.details_hash,
            added=int(time.time()),
            opening=opening,
            titled=int(titled),
        )


INSERT_VERSION = (
    f"INSERT INTO versions ({', '.join(VersionRow._fields)}) VALUES ({', '.join('?' * len(VersionRow._fields))})"
    f" ON CONFLICT (article, version) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in VersionRow._fields[2:])}"
)


class ArticleRow(NamedTuple):
    """What an Article is read from: `articles`, `versions` and `texts` joined."""

    n: int
    id: str
    text: bytes  # see `packed`
    title: str
    outlet: str
    agency: str
    authors: str
    published_from: int | None
    published_to: int | None
    date_source: str
    lang: str
    url: str
    version: int
    origin: str

    @property
    def article(self) -> Article:
        """The record, its text unpacked."""
        return Article(
            id=self.id, text=unpacked(self.text), title=self.title, outlet=self.outlet, agency=self.agency,
            authors=tuple(json.loads(self.authors)), published=period(self.published_from, self.published_to),
            date_source=self.date_source, lang=self.lang, url=self.url, version=self.version, origin=self.origin,
        )  # fmt: skip


SELECT_ARTICLE = (
    "SELECT a.n, a.id, t.text, v.title, v.outlet, v.agency, v.authors, v.published_from, v.published_to, v.date_source,"
    " v.lang, v.url, v.version, a.origin FROM articles a"
    " JOIN versions v ON v.article = a.n JOIN texts t ON t.article = a.n AND t.version = v.version"
)
WAITING = 0  # the generation of a passage that has no vector yet
# One row an article: its newest version, unless deleted.
CURRENT = "articles a JOIN versions v ON v.article = a.n AND v.version = a.version AND a.deleted IS NULL"
# One row a passage `p`: its article's newest version, by number: for `current = 1` SQLite would look at all articles each time.
ITS_VERSION = "JOIN articles a ON a.n = p.article JOIN versions v ON v.article = a.n AND v.version = a.version"


class KnownRow(NamedTuple):
    """An article row and what tells whether its article has changed."""

    n: int
    id: str
    version: int
    deleted: int | None
    hash: str | None
    about: str | None


class CandidateRow(NamedTuple):  # made by the hundred for each question
    """What ranking needs to know of a passage, without its text."""

    n: int
    id: str
    article: int  # row
    keys: int  # how many the lexical index has of it
    captioned: float = 0.0  # share of it that is captions, 0..1


class CandidateArticleRow(NamedTuple):
    """An article that candidates are from, and where its passages lie."""

    n: int
    opening: int  # the row of its title where that is a passage of its own, else of its first passage
    titled: bool  # it is the title's
    record: CandidateArticle

    @property
    def first(self) -> int:
        """The row of its first passage: the rows of an article follow each other."""
        return self.opening + self.titled


def period(start: int | None, end: int | None) -> Period | None:
    """Two columns as a Period; None where the first is NULL."""
    return None if start is None or end is None else Period(start, end)


def sql_text(text: str) -> str:
    """Text that databases take: lone surrogates become U+FFFD, NUL becomes a visible mark."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{SYMBOL FOR NULL}")


def packed(text: str) -> bytes:
    """A text as it is stored: compressed bytes, since SQL stops at NUL or takes none, and a lone surrogate is no SQL text."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(data: bytes) -> str:
    """The text of `packed`."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
