"""The records that travel through the library: Article -> Passage -> Hit, and the Filter that narrows a search.

All are frozen. Offsets are Unicode code points of `Article.text`, half open: `text[start:end]`. Times are whole seconds since
1970 in UTC. An empty string means "not known"; None is kept for dates, where "unknown" and "any" are different answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:  # numpy costs .1 s, and --help needs none of it
    from numpy.typing import ArrayLike


FIRST, LAST = -62_135_596_800, 253_402_300_799  # the first and the last second of the years that datetime knows, 1 to 9999
EARLIEST = -30_610_224_000  # 1000-01-01: the open beginning of a window, which still prints with four digits
Furniture = tuple[int, int, Literal["caption", "copy", "credit", "closing"]]  # start, end, kind; see `credits.furniture`


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A UTC interval [start, end): a date together with its precision. "2023-10" spans the month.

    >>> str(Period.parse("2023-10")), str(Period.parse("2023-10-18T07:30:00+02:00"))
    ('2023-10', '2023-10-18T05:30:00Z')
    >>> str(Period.parse("2023-W42-3")), str(Period.parse("20231018")), str(Period.parse("2023-W42"))
    ('2023-10-18', '2023-10-18', '2023-10-16T00:00:00Z/2023-10-23T00:00:00Z')
    """

    start: int  # seconds since 1970, inclusive
    end: int  # seconds since 1970, exclusive

    @classmethod
    def parse(cls, text: str) -> Period:
        """From ISO 8601: year, month, week, day, or a time with or without zone (without: UTC). ValueError if it is none."""
        try:
            period = cls._parsed(text.strip())
        except OverflowError:
            raise ValueError(f"{text[:40]!r} is out of range") from None
        if not FIRST <= period.start < period.end <= LAST:  # in UTC: 9999-12-31T23:59-14:00 is of the year 10000
            raise ValueError(f"{text[:40]!r} is out of range")
        return period

    @classmethod
    def now(cls) -> Period:
        """This second."""
        start = int(datetime.now(UTC).timestamp())
        return cls(start, start + 1)

    @classmethod
    def between(cls, since: Period | None, until: Period | None) -> Period | None:
        """From the beginning of one through the end of the other; open where one is None, and None where both are.

        >>> str(Period.between(Period.parse("2023"), None))
        '2023-01-01T00:00:00Z/9999-12-31T23:59:59Z'
        """
        if since is None and until is None:
            return None
        return cls(since.start if since else EARLIEST, until.end if until else LAST)

    @classmethod
    def _parsed(cls, text: str) -> Period:
        if match := re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", text):
            year, month, day = (int(part) if part else None for part in match.groups())
            first = datetime(year or 1, month or 1, day or 1, tzinfo=UTC)
            if day:
                after = first + timedelta(days=1)
            elif month:
                after = (first + timedelta(days=32)).replace(day=1)
            else:
                after = datetime(first.year + 1, 1, 1, tzinfo=UTC) if first.year < 9999 else datetime.fromtimestamp(LAST, UTC)
            return cls(int(first.timestamp()), int(after.timestamp()))
        moment = datetime.fromisoformat(text)
        if match := re.fullmatch(r"\d{4}(?:-?W\d\d(-?\d)?|\d{4})", text):
            days = 7 if "W" in text and not match[1] else 1
            return cls(start := int(moment.replace(tzinfo=UTC).timestamp()), start + days * 86_400)
        start = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        return cls(start, start + 1)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a second."""
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        """The shortest ISO form that parses back to this interval; "a/b" where there is none."""
        first, after = (datetime.fromtimestamp(t, UTC) for t in (self.start, self.end))
        start, end = (f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z" for moment in (first, after))
        for text in (start[:4], start[:7], start[:10]):
            if Period.parse(text) == self:
                return text
        return start if self.end - self.start == 1 else f"{start}/{end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article. `text` never changes for a given (id, version)."""

    id: str  # the row's id, else the canonical URL, else the file's path
    text: str  # character for character what came in; every offset counts in it
    title: str = ""
    outlet: str = ""  # who published it: "Infobae"
    agency: str = ""  # whose report it is, from the credit line: "AFP", "EFE, Europa Press"
    authors: tuple[str, ...] = ()
    published: Period | None = None  # with its precision
    date_source: str = (
        ""  # where `published` came from: row | text | metadata | page | url | feed | file; "too late": left out, years ahead
    )
    lang: str = ""  # BCP 47, lower case primary tag: "en", "es"
    url: str = ""
    version: int = 1  # counted by the library, from 1
    origin: str = ""  # id of the story this is a copy of (its own id when it is the first)
    told_by_feed: bool = field(
        default=False, compare=False
    )  # these are the words of a feed, which may be a summary; not stored
    placed: bool = field(
        default=False, compare=False
    )  # its id is only the name of its file, which another file may have, too; not stored

    @property
    def hash(self) -> str:
        """Content hash: decides between "same" and "changed". Title and text only."""
        return hashlib.blake2b(f"{self.title}\0{self.text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def details_hash(self) -> str:
        """Hash of everything else that came in: tells whether a known article's metadata changed."""
        published = str(self.published or "")
        details = (self.outlet, self.agency, self.authors, published, self.date_source, self.lang, self.url)
        return hashlib.blake2b(repr(details).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article, with all that a citation shows."""

    id: str  # hash(article id, version, start, end); see `passage_id`
    article_id: str
    version: int
    start: int  # code points of Article.text
    end: int
    text: str  # Article.text[start:end]
    title: str = ""
    outlet: str = ""
    agency: str = ""
    lang: str = ""
    url: str = ""
    published: Period | None = None
    origin: str = ""
    aside: tuple[Furniture, ...] = ()  # what of it is no prose: captions and the closing line, offsets as `start`


def passage_id(article_id: str, version: int, start: int, end: int) -> str:
    """The id of a passage, 32 hex digits. The place counts, not the content: copies of one text are different passages."""
    return hashlib.blake2b(
        f"{article_id}\0{version}\0{start}\0{end}".encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article found: its best passage, and why. A search returns one Hit an article (one a story, where copies exist)."""

    passage: Passage
    more: tuple[Passage, ...] = ()  # further passages of the same article that were found, best first
    score: float  # comparable within one search only; higher is better
    lexical_rank: int | None = None  # 1 is best; None: not found this way
    vector_rank: int | None = None
    cosine: float | None = None  # of question and passage, -1..1, as the model gives it
    copies: tuple[str, ...] = ()  # ids of other articles that carry the same story

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that were found of it, best first."""
        return (self.passage, *self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What may be found. Empty means "any". Within a field the values are alternatives; the fields must all hold."""

    langs: frozenset[str] = frozenset()  # "en", "es"
    outlets: frozenset[str] = frozenset()  # compared without case and accents
    authors: frozenset[str] = frozenset()  # likewise
    sources: frozenset[str] = (
        frozenset()
    )  # outlets, or whose reports they ran ("EFE", "EFE, Europa Press"), as the library has them
    ids: frozenset[str] = frozenset()  # article ids
    window: Period | None = None  # publication overlaps it; undated articles do not match

    def __bool__(self) -> bool:
        return bool(self.langs or self.outlets or self.authors or self.sources or self.ids or self.window)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What part of a library a question may see, and as of when. Handed on whole from the interface to the storage."""

    filter: Filter | None = None  # what the caller lets through; never relaxed
    as_of: Period | None = None  # when it is asked: hides what was published or changed after it; None: now, hides nothing
    without: frozenset[str] = frozenset()  # kinds of chips, or the words of single ones, that are not read from the question

    def only(
        self,
        *,
        langs: Iterable[str] = (),
        outlets: Iterable[str] = (),
        ids: Iterable[str] = (),
        window: Period | None = None,
    ) -> Scope:
        """The same scope with these in its filter, in place of what it had of them."""
        own = self.filter or Filter()
        filter = replace(
            own,
            langs=frozenset(langs) or own.langs,
            outlets=frozenset(outlets) or own.outlets,
            ids=frozenset(ids) or own.ids,
            window=window or own.window,
        )
        return replace(self, filter=filter)


ChipKind = Literal["outlet", "author", "language", "dates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """Something that a question asks for beside its topic, read from its words: an outlet, an author, a language, a time."""

    kind: ChipKind
    start: int  # code points of the question: the words it was read from
    end: int
    filter: Filter  # what it lets through
    relaxed: bool = False  # it would have left nothing on the topic, so it was not applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search found, and what it took from the question."""

    hits: list[Hit]
    chips: tuple[Chip, ...] = ()  # in the question's order
    filter: Filter | None = None  # what was applied: the caller's, and that of the chips that are not relaxed
    matter: str = ""  # the question without the words of those chips
    bare: str = ""  # without the words of any, also of those that were relaxed or that the caller took back

    def words(self, question: str, *, relaxed: bool) -> list[str]:
        """The words of the chips that were, or were not, relaxed."""
        return [question[chip.start : chip.end] for chip in self.chips if chip.relaxed is relaxed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much there is to be searched."""

    articles: int
    dates: Period | None  # first to last publication; None: nothing is dated
    languages: tuple[str, ...]  # most articles first
    latest: int | None = None  # UTC seconds: the end of the last day, of a month's date its first, on which one came out


class Embeddings(Protocol):
    """What turns text into vectors: LangChain's method names, so that its objects fit as they are."""

    def embed_documents(self, texts: list[str]) -> ArrayLike:
        """One vector a text, all of one dimension. Called by `Index.add` with a batch of passages."""
        ...

    def embed_query(self, text: str) -> ArrayLike:
        """The vector of a question. Called once a search."""
        ...


Change = Literal["new", "changed", "same", "deleted"]


@dataclass(slots=True, kw_only=True)
class AddReport:
    """What `Index.add` did, counted in articles."""

    new: int = 0
    changed: int = 0  # known id, other title or text: a new version
    same: int = 0
    deleted: int = 0  # skipped: the user had deleted this id
    passages: int = 0  # written
    queued: int = 0  # put in line instead, for workers
    waiting: int = 0  # passages and titles of the library that are still to be embedded, when this was last looked at
    failed: list[str] = field(default_factory=list)  # of what was given, one line each: "where: why"
    failed_more: int = 0  # items that failed and are only counted in a line of `failed`
    set_aside: list[str] = field(default_factory=list)  # of the library, whoever gave them, and what to do, a line each

    def count(self, change: Change, passages: int = 0) -> None:
        """One article more, of which so many passages were written."""
        setattr(self, change, getattr(self, change) + 1)
        self.passages += passages

    def include(self, other: AddReport) -> None:
        """All that another report counts, too."""
        for name in ("new", "changed", "same", "deleted", "passages", "queued", "failed_more"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failed += other.failed
        self.set_aside += other.set_aside
