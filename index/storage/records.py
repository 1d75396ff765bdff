"""The records that a Storage takes and gives. Ids in, ids out: no row number of any database leaves `index.storage`.

Arrays stand side by side: place i of each belongs to the i-th id. Vectors are float32, of unit length, as the model gives them,
unless something else is said. Times are UTC seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.records import Article, Furniture, Period
from index.text.near_duplicates import Fingerprint

if TYPE_CHECKING:  # numpy costs .1 s, and --help needs none of it
    import numpy as np
    from numpy.typing import NDArray

    from index.quotes import Statement

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

ATTEMPTS = 3  # how often one text may end the process that reads or embeds it

# What is written --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Model:
    """What made the vectors. A library holds those of one model."""

    name: str
    dimension: int


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What a library knows of an article id."""

    version: int  # the newest
    deleted: int | None  # when; None: it is there
    hash: str  # `Article.hash` of the newest version; "" when deleted
    details: str  # `Article.details_hash`, likewise


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be written."""

    article: Article
    spans: Sequence[tuple[int, int]]  # of its passages, code points; (0, 0) first for the title alone, where it has one
    mark: Fingerprint
    said: Sequence[Statement] = ()
    aside: Sequence[Furniture] = ()  # `credits.furniture` of its text


# What is searched -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """A question as a storage takes it."""

    vector: Floats  # (dimension,)
    lang: str  # BCP 47 primary tag, "" when unknown
    keys: Mapping[str, str]  # key of the lexical index -> its language, or terms.NAME; see `terms.question_keys`


@dataclass(frozen=True, slots=True)
class TermMatches:
    """Which of n passages have which of a query's t keys."""

    langs: Sequence[str]  # t: the language of each key, or terms.NAME
    weights: Floats  # (t,) see `lexical.weight`
    held: Bools  # (n, t)


class CandidateArticle(NamedTuple):  # made by the hundred for each question, in a third of a dataclass's time
    """What ranking needs to know of an article, without its text."""

    id: str
    origin: str
    lang: str
    title: str
    outlet: str
    agency: str
    published: Period | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """n passages that may answer a query and the m articles they are from, with all that ranking needs."""

    ids: Sequence[str]  # n passage ids. In the place of a title that was found alone stands its article's first passage
    article: Ints  # (n,) place in `articles`
    near: Ints  # (n,) rank among the nearest vectors, 1 is best; 0: not found this way
    lexical: Ints  # (n,) likewise by words
    vectors: Floats  # (n, dimension); a row of zeros: it waits for its vector
    words: TermMatches
    length: Floats  # (n,) how many distinct keys a passage has in all
    captioned: Floats  # (n,) share of it that is captions of pictures, 0..1
    articles: Sequence[CandidateArticle]  # m
    titles: Floats  # (m, dimension) of the titles alone; a row of zeros: none


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Vectors of passages, with the words of a query in them."""

    ids: Sequence[str]  # n, those that are there
    langs: Sequence[str]  # n
    vectors: Floats  # (n, dimension); a row of zeros: it waits for its vector
    words: TermMatches


# What is reported -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VersionDates:
    """When one version of an article came out and was taken in."""

    article_id: str
    version: int
    start: int | None  # published [start, end); None: not known
    end: int | None
    added: int


@dataclass(frozen=True, slots=True)
class Openings:
    """The titles and first passages of articles: what says what they are about. In each article's order."""

    article_ids: Sequence[str]  # n
    headings: Bools  # (n,) whether it is the title alone
    langs: Sequence[str]  # n
    vectors: Floats  # (n, dimension)


# What was said ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """Which statements are looked for. Empty means any; all that is given must hold."""

    keys: frozenset[str] = frozenset()  # one of them is a key of the speaker; see `speakers.asked_keys`
    passages: Sequence[str] | None = None  # ids: it begins in one of them
    since: int | None = None  # it was said at or after this time, or published where it is not known when
    until: int | None = None  # likewise before this time
    lang: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as it is stored."""

    passage: str  # id of the one that it begins in
    statement: Statement  # speaker and occasion may be empty where its article's text has them: see `quotation.whole`
    moment: int | None  # when it was said, as far as is known


# What there is ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceNames:
    """Every name that an article has, as it was given."""

    outlets: Sequence[str]  # most articles first
    agencies: Sequence[str]
    authors: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What is in a library."""

    folder: str
    articles: int
    versions: int
    passages: int
    waiting: int  # passages and titles that are still to be embedded, and found by their words alone until then
    set_aside: Sequence[str]  # ids of articles whose embedding ended its process again and again: found by their words alone
    deleted: int
    undated: int  # articles
    dates: Period | None  # first to last publication
    languages: dict[str, int]  # passages each
    outlets: dict[str, int]  # articles each
    embedder: str
    bytes: int  # on disk


@dataclass(slots=True, kw_only=True)
class Health:
    """What `doctor` found and did."""

    ok: bool  # nothing is wrong (any more)
    passages: int = 0
    vectors: int = 0  # in the index of vectors
    waiting: int = 0  # of the passages: those still to be embedded; what is set aside waits for nothing
    set_aside: list[str] = field(default_factory=list)  # articles that are not embedded, and what to do, a line each
    problems: list[str] = field(default_factory=list)  # what is still wrong
    done: list[str] = field(default_factory=list)  # what was repaired


# What waits to be read --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing that a worker is to read."""

    kind: Literal["file", "url", "article"]
    name: str  # a file's path or the address as the user wrote it; of an article its id
    id: str = ""  # of a file: what its article is to be called
    body: bytes = b""  # of a file: its bytes; of an article: itself as JSON
    number: int = 0  # counted by the queue
    tries: int = 0  # how often it was taken up, this time included


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An item that could not be read, or not whole, and why."""

    number: int
    kind: str
    name: str
    why: str
    tries: int
    at: int  # UTC seconds


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """How much there is to do."""

    waiting: int  # items, those that are being read included
    reading: int  # batches that workers have
    workers: int  # those heard of in the last minute
    dead: int  # letters
