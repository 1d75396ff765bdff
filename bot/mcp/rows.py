"""What the tools give back: a citation as source, title, url, published, and the words with what stands around them.

The words follow the W3C's TextQuoteSelector (exact, prefix, suffix), by which a reader finds them again in the article. Pure.
"""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import TypedDict

from bot.records import Source
from bot.rendering.json_rows import dates, iso
from bot.rendering.links import web_address
from bot.rendering.schema import PublishedRow
from index.quotes.quotation import Quotation, speaker
from index.records import Article, Hit, Passage

AROUND = 48  # characters of prefix and suffix
Find = Callable[[str, int], Article | None]  # (id, version) -> article


class QuotedWords(TypedDict):
    """Words of an article, character for character, and what stands around them."""

    exact: str
    prefix: str
    suffix: str


class CitedWords(PublishedRow):
    """What a sentence stands on."""

    id: str
    version: int
    source: str
    title: str
    url: str
    lang: str
    quote: QuotedWords


class SearchResult(PublishedRow):
    """An article found."""

    id: str
    title: str
    url: str
    source: str
    lang: str
    text: str


class SearchResults(TypedDict):
    results: list[SearchResult]


class FetchedMetadata(PublishedRow):
    source: str
    agency: str
    authors: list[str]
    lang: str
    version: int


class FetchedArticle(TypedDict):
    id: str
    title: str
    text: str
    url: str
    metadata: FetchedMetadata


class SpokenWords(TypedDict):
    """A sentence of an answer. `status`: quoted, verified or unconfirmed."""

    text: str
    status: str
    citations: list[CitedWords]


class NoteWords(TypedDict):
    kind: str
    text: str


class AskResult(TypedDict):
    """An answer. `outcome` is no_evidence where the library does not say: then say so, too."""

    outcome: str
    answer: str
    sentences: list[SpokenWords]
    notes: list[NoteWords]


class SpokenStatement(TypedDict):
    """Who said what."""

    speaker: str
    role: str
    said_from: str | None
    said_to: str | None
    text: str
    citation: CitedWords


class SpokenStatements(TypedDict):
    quotes: list[SpokenStatement]


class VerdictRow(TypedDict):
    """A quotation of a draft: exact, misattributed, altered, elsewhere or nowhere."""

    quote: str
    verdict: str
    difference: str
    said_by: str  # whose words they are, where misattributed
    speaker: str  # whom the draft lets say exact words; "": nobody by name
    speaker_confirmed: bool | None  # whether the article plainly does too
    citation: CitedWords | None


class VerdictRows(TypedDict):
    quotations: list[VerdictRow]


class BriefEvent(TypedDict):
    """One thing that happened; `reports` counts independent ones."""

    headline: SpokenWords
    label: str
    reports: int
    outlets: list[str]
    sentences: list[SpokenWords]


class BriefResult(TypedDict):
    beat: str
    since: str
    until: str
    events: list[BriefEvent]
    notes: list[NoteWords]


def found(hit: Hit) -> SearchResult:
    passage = hit.passage
    return {
        "id": passage.article_id,
        "title": passage.title,
        "url": web_address(passage.url),
        "source": passage.outlet,
        "lang": passage.lang,
        "text": passage.text,
        **dates(passage.published),
    }


def statement(one: Quotation, find: Find) -> SpokenStatement:
    return {
        "speaker": speaker(one) or "unclear",
        "role": one.role,
        "said_from": iso(one.date.start) if one.date else None,
        "said_to": iso(one.date.end) if one.date else None,
        "text": one.text,
        "citation": cited(one.passage, one.start, one.end, one.text, find),
    }


def quoted(text: str, start: int, end: int) -> QuotedWords:
    """text[start:end] with what stands around it.

    >>> quoted("One two three.", 4, 7)
    {'exact': 'two', 'prefix': 'One ', 'suffix': ' three.'}
    """
    return {"exact": text[start:end], "prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}


def cited(source: Source | Passage, start: int, end: int, words: str, find: Find) -> CitedWords:
    """A citation of a stored article; without what is around the words where the article is gone."""
    article = find(source.article_id, source.version)
    quote: QuotedWords = quoted(article.text, start, end) if article else {"exact": words, "prefix": "", "suffix": ""}
    return {
        "id": source.article_id,
        "version": source.version,
        "source": source.outlet,
        "title": source.title,
        "url": web_address(source.url),
        "lang": source.lang,
        "quote": quote,
        **dates(source.published),
    }
