"""Schema 1: the shape of every JSON object that the commands and the HTTP API give. Types alone; mypy holds the rows to them.

Offsets are code points of an article's text, half open. Times are ISO 8601 in UTC, null where unknown. A field may be added
without a new number, never removed or given another meaning.
"""

from __future__ import annotations

from typing_extensions import TypedDict  # pydantic, which describes them to OpenAPI, cannot read typing's before Python 3.12

from bot.records import Caution, Label, Outcome, Status
from index.records import ChipKind


class PublishedRow(TypedDict):
    """When something was published: from (inclusive), to (exclusive), as precise as it is known."""

    published_from: str | None
    published_to: str | None


# Answers ---------------------------------------------------------------------------------------------------------------------


class CitationRow(TypedDict):
    """A stretch of a stored article: `quote` is its text[start:end], character for character."""

    number: int
    article_id: str
    version: int
    start: int
    end: int
    quote: str


class SentenceRow(TypedDict):
    """`status`: quoted (an article's words), verified (a model's, confirmed), unconfirmed (a model's: the reader judges)."""

    text: str
    lang: str
    heading: str
    status: Status
    stands_in: bool
    citations: list[CitationRow]


class NoteRow(TypedDict):
    """Something said beside the answer: a conflict, a refusal, what was left out."""

    kind: str
    text: str
    citations: list[CitationRow]


class SourceRow(PublishedRow):
    """An article cited, numbered as in the text: [1]."""

    number: int
    article_id: str
    version: int
    title: str
    outlet: str
    agency: str
    lang: str
    url: str
    copies: int


class ChipRow(TypedDict):
    """What a question was narrowed by, in its own words. `relaxed`: not applied, as it left nothing."""

    kind: ChipKind
    words: str
    relaxed: bool


class AnswerRow(TypedDict):
    """An answer. `plan`: what a chat model had searched beside `searched`; `timings` are seconds a stage; `withheld`: how many
    of a model's sentences were stopped, by reason.
    """

    schema: int
    id: str
    question: str
    searched: str
    lang: str
    outcome: Outcome
    sentences: list[SentenceRow]
    notes: list[NoteRow]
    sources: list[SourceRow]
    retrieved: list[str]
    chips: list[ChipRow]
    plan: list[str]
    generator: str
    prompt: str
    as_of: str | None
    timings: dict[str, float]
    withheld: dict[str, int]


class EventRow(TypedDict):
    """An event of the stream, in this order: status*, (source | sentence)*, done."""

    event: str
    data: str | SourceRow | SentenceRow | AnswerRow


# Articles and what is found of them ------------------------------------------------------------------------------------------


class ExportedArticle(PublishedRow):
    """One version of an article."""

    id: str
    version: int
    title: str
    text: str
    date_source: str
    outlet: str
    agency: str
    authors: list[str]
    lang: str
    url: str
    origin: str


class StretchRow(TypedDict):
    """A further passage of an article."""

    start: int
    end: int
    text: str


class HitRow(PublishedRow):
    """One article found, with its best passage."""

    article_id: str
    version: int
    start: int
    end: int
    text: str
    title: str
    outlet: str
    agency: str
    lang: str
    url: str
    origin: str
    copies: list[str]
    score: float
    lexical_rank: int | None
    vector_rank: int | None
    cosine: float | None
    more: list[StretchRow]


class SearchRow(TypedDict):
    """What a search found. `only`, `relaxed`: the question's words that were, or were not, applied as filters."""

    schema: int
    question: str
    only: list[str]
    relaxed: list[str]
    hits: list[HitRow]


class QuotationRow(PublishedRow):
    """Who said what. The speaker is "unclear" where the rules are not sure enough; `confidence` is from 0 to 1."""

    article_id: str
    version: int
    start: int
    end: int
    cue_start: int | None
    cue_end: int | None
    speaker: str
    speaker_start: int | None
    speaker_end: int | None
    kind: str
    confidence: float
    event: str
    event_from: str | None
    event_to: str | None
    name: str
    role: str
    verb: str
    sense: str
    addressee: str
    chain: list[str]
    lang: str
    words: str
    outlet: str
    url: str
    text: str


class QuotesRow(TypedDict):
    """Statements, newest first."""

    schema: int
    quotes: list[QuotationRow]


class ProofRow(PublishedRow):
    """A quotation of a draft: exact, misattributed (`said_by`: whose it is), altered, elsewhere (another article), nowhere.

    `speaker`: whom the draft lets say exact words, "" if nobody by name; `speaker_confirmed`: whether the article plainly does
    too, null without a speaker.
    """

    file: str  # the draft's name
    quote: str
    line: int
    start: int
    end: int
    verdict: str
    difference: str
    said_by: str
    speaker: str
    speaker_confirmed: bool | None
    article_id: str | None
    version: int | None
    source_start: int | None
    source_end: int | None
    source_text: str
    title: str
    outlet: str
    url: str


class ProofsRow(TypedDict):
    """All quotations of a draft, or of several, in their order."""

    schema: int
    file: str  # the draft's name; "" where there are several
    counts: dict[str, int]
    unconfirmed_speakers: int  # quotations whose `speaker_confirmed` is false
    quotations: list[ProofRow]


# Briefings -------------------------------------------------------------------------------------------------------------------


class BriefingCitationRow(CitationRow):
    """`doc_id` is the article's id."""

    doc_id: str


class BriefingSentenceRow(TypedDict):
    """`role`: headline, what, said, disputed, before or quiet."""

    role: str
    text: str
    lang: str
    status: Status
    citations: list[BriefingCitationRow]


class CoverageRow(PublishedRow):
    """An article about an event, cited or not."""

    article_id: str
    outlet: str
    copy: bool


class TitleRow(TypedDict):
    """An article's title, as its outlet wrote it; `number` is its source's."""

    text: str
    number: int
    lang: str


class BriefingEventRow(PublishedRow):
    """One thing that happened, as its independent reports (`origins`) tell it."""

    number: int
    id: str
    story: str
    label: Label
    title: TitleRow | None
    dateline: str | None
    caution: Caution | None
    article_ids: list[str]
    origins: int
    outlets: list[str]
    languages: list[str]
    happened_from: str | None
    happened_to: str | None
    coverage: list[CoverageRow]
    sentences: list[BriefingSentenceRow]
    before: list[BriefingSentenceRow]


class BriefingRow(TypedDict):
    """What is new on a beat in the window [since, until)."""

    schema: int
    id: str
    beat: str
    lang: str
    since: str
    until: str
    timezone: str
    previous: str | None
    articles: int
    looked_at: int
    events: list[BriefingEventRow]
    quiet: list[BriefingSentenceRow]
    sources: list[SourceRow]
    notes: list[NoteRow]
    generator: str
    prompt: str
    timings: dict[str, float]
