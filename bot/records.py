"""What a question becomes: AskRequest in, Answer out, Events on the way. Every interface shows the same typed Answer.

All are frozen. Offsets are code points of the cited article's text, as in `index.records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.records import Chip, Period, Scope
from index.text.printable import clean

# "small_talk": no question was asked; "unclear": one that names nothing to look for. Either has one Note, of kind "reply".
Outcome = Literal["answered", "partial", "no_evidence", "small_talk", "unclear"]
Status = Literal[
    "quoted", "verified", "unconfirmed"
]  # an article's words; a model's, confirmed by a judge; a model's, unconfirmed
Label = Literal["new", "developed", "corrected", "withdrawn", "superseded"]
Caution = Literal["satire", "doubtful"]  # all that report an event are such; the settings call an outlet doubtful


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation. The interface owns the history; the Bot keeps nothing between questions."""

    role: Literal["user", "assistant"]
    content: str

    @classmethod
    def of(cls, turn: Turn | Mapping[str, object]) -> Turn:
        """A turn as it is, or from {"role": "user" or "assistant", "content": text}. ValueError if it is neither."""
        if isinstance(turn, Turn):
            return turn
        role, content = (turn.get(name) if isinstance(turn, Mapping) else None for name in ("role", "content"))
        if (role != "user" and role != "assistant") or not isinstance(content, str):
            raise ValueError('a turn of the history has to be {"role": "user" or "assistant", "content": text}')
        return cls(role, content)


@dataclass(frozen=True, slots=True, init=False)
class AskRequest:
    """A question with all that its answer depends on: what was said before, and what part of the library may be seen."""

    question: str
    history: tuple[Turn, ...]  # the turns before it, oldest first
    scope: Scope
    language: str  # of our own words; "": as the Bot is set

    def __init__(
        self,
        question: str,
        history: Iterable[Turn | Mapping[str, object]] = (),
        *,
        scope: Scope = Scope(),
        language: str = "",
    ) -> None:
        """`history`: Turns, or {"role", "content"} mappings as chat APIs have them. ValueError for anything else."""
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "history", tuple(Turn.of(turn) for turn in history))
        object.__setattr__(self, "scope", scope)
        object.__setattr__(self, "language", language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that the answer cites, numbered as in the text: [1]."""

    number: int
    article_id: str
    version: int
    title: str
    outlet: str
    agency: str
    lang: str
    url: str
    published: Period | None
    copies: int = 0  # other articles that carry the same story


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One contiguous stretch of a stored article: what a sentence stands on."""

    number: int  # of its Source
    article_id: str
    version: int
    start: int
    end: int
    quote: str  # article.text[start:end], character for character


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an answer that nothing stopped. `status` says how far it is verified; see docs/verification.md."""

    text: str  # without the [n] marks; the renderer puts them behind it
    citations: tuple[Citation, ...]  # never empty in `Answer.sentences`
    lang: str = ""  # of the words: the article's for a quotation, the question's otherwise
    heading: str = ""  # above the first words of an occasion: "At the UN Security Council, 2024-05-14"
    status: Status = "quoted"
    stands_in: bool = False  # an article's words where a model's were left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence of an answer before it is verified."""

    text: str = ""  # empty where it is an article's own words: those of `span`
    cites: tuple[int, ...] = ()  # numbers of the passages it stands on, from 1
    words: tuple[tuple[int, str], ...] = ()  # what it stands on: (number of the passage or 0, the words as copied from it)
    span: tuple[int, int] | None = None  # code points of the first cited passage's article
    heading: str = ""
    asides: tuple[tuple[int, str], ...] = ()  # (code point of the article, words of it that stand elsewhere: who "he" is)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something said beside the answer: a conflict, a premise the articles do not share, instructions found in an article."""

    kind: Literal[
        "searched",
        "premise",
        "conflict",
        "superseded",
        "withheld",
        "injection",
        "relaxed",
        "narrowed",
        "generator",
        "rewrite",
        "reply",
        "undated",
        "source",
        "alone",  # one outlet's claim, not found in what others report on the event: whose it is, and no warning
    ]
    text: str  # in the question's language
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question. `str(answer)` is its text in short; `bot.rendering` has the forms that interfaces show."""

    id: str  # unique to this answer
    question: str  # as asked
    searched: str  # as searched: differs from `question` where the history was needed
    lang: str  # the language of our own words
    outcome: Outcome
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    retrieved: tuple[str, ...] = ()  # up to 20 article ids, best first, also when abstaining
    chips: tuple[Chip, ...] = ()  # what `searched` asks for beside its topic; `Bot.ask(without={chip.kind})` takes one back
    plan: tuple[str, ...] = ()  # what a chat model had searched beside it, for a question of several parts
    generator: str = "extractive"  # or "openai:gpt-…"
    prompt: str = ""  # "answer@1f3a…": name and hash of the prompt, where a model wrote
    as_of: Period | None = None
    timings: dict[str, float] = field(default_factory=dict)  # seconds a stage: search, evidence, write
    withheld: dict[str, int] = field(default_factory=dict)  # reason -> sentences of a model that it stopped

    def __str__(self) -> str:
        shown = [f"{s.heading}:\n{_with_words(s)}" if s.heading else _with_words(s) for s in self.sentences]
        shown += [f"{note.text} {marks(note.citations)}".strip() for note in self.notes]
        shown += [f"[{s.number}] {', '.join(filter(None, (s.title, s.outlet, s.url)))}" for s in self.sources]
        return clean("\n".join(shown))

    def narrowed(self) -> dict[str, str]:
        """What was applied of `chips`: the kind, and the question's words for it."""
        words: dict[str, list[str]] = {}
        for chip in self.chips:
            if not chip.relaxed:
                words.setdefault(chip.kind, []).append(self.searched[chip.start : chip.end])
        return {kind: "; ".join(found) for kind, found in words.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """What happens while an answer is made, in this order: status*, (source | sentence)*, done.

    `data` is a str for status, a Source (before the first sentence that cites it), a Sentence, and the Answer for done.
    """

    kind: Literal["status", "sentence", "source", "done"]
    data: str | Sentence | Source | Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What a newsroom wants to be told about, when and where: one `[beats.NAME]` table of dragoman.toml.

    An article belongs to the beat when it is from its outlets and in its languages (empty: any) and about one of its topics,
    people or places (all empty: everything).
    """

    name: str
    topics: tuple[str, ...] = ()  # in words, in any language
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # words: what a title or lead has all of one of them is left out
    sections: tuple[str, ...] = ()  # of outlets, as their addresses name them: "world"; and service, newsletter, satire
    minimum_outlets: int = 1  # independent ones that have to report an event
    window: int = 86_400  # seconds looked back where no briefing went before
    schedule: str = ""  # cron expression; empty: only by command
    timezone: str = "UTC"  # IANA name; of the schedule and of the days that the briefing names
    grace: int = 21_600  # seconds after a slot in which a missed briefing is still made
    length: int = 8  # events at most
    language: str = "en"  # of our own words
    targets: tuple[str, ...] = ()  # "folder:PATH", "feed:PATH", "mail:ADDRESS", "slack:CHANNEL"


def asked(beat: str) -> str:
    """The name under which a briefing is kept that somebody asked for: the beat's own schedule does not notice it."""
    return f"{beat} (asked)" if beat else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """An article of the window about an event, cited or not: a mark in the briefing's picture."""

    article_id: str
    outlet: str
    published: Period  # as precise as it is known
    copy: bool = False  # it carries the text of another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """An article's title, as its outlet put it: shown as one, not as a sentence that was checked."""

    text: str  # one line
    number: int  # of its Source
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingEvent:
    """One thing that happened, as its independent reports tell it. Every sentence is verified like an answer's."""

    number: int  # in the briefing, from 1
    id: str  # the same in later briefings about the same event
    label: Label
    headline: Sentence  # what happened, in one sentence: the lead beneath the title
    title: Title | None = None  # the clearest one of its articles; None where none is fit to be shown
    dateline: str = ""  # from where the lead's article reports: "SELWYN"
    story: str = ""  # the id of the first event of its running story; its own, where it begins one
    sentences: tuple[Sentence, ...] = ()  # what happened
    statements: tuple[Sentence, ...] = ()  # who said what
    disputed: tuple[Sentence, ...] = ()  # claim and denial, or figures that differ
    before: tuple[Sentence, ...] = ()  # what was known, where the label says that it changed
    happened: Period | None = None
    published: Period | None = None  # from its first to its last report in the window
    article_ids: tuple[str, ...] = ()  # all its articles of the window, copies too, the cited ones first
    origins: int = 0  # independent reports; ten copies of one wire story are one
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    coverage: tuple[Coverage, ...] = ()  # those of `article_ids` that have a date, the earliest first
    caution: Caution | None = None  # what has to be said of who reports it


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What is new on a beat in a window. `str(briefing)` is its text in short; `bot.rendering` has what interfaces show."""

    id: str
    beat: str
    lang: str  # of our own words
    since: int  # UTC seconds: the window is [since, until)
    until: int
    timezone: str = "UTC"  # IANA name: the clock by which times are shown
    previous: str = ""  # id of the briefing before, whose news is known
    events: tuple[BriefingEvent, ...] = ()  # most important first; empty on a quiet day
    quiet: tuple[Sentence, ...] = ()  # watched stories without news
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    articles: int = 0  # articles of the window on the beat
    looked_at: int = 0  # articles of the window, on it or not
    generator: str = "extractive"
    prompt: str = ""
    timings: dict[str, float] = field(default_factory=dict)  # seconds a stage

    def __str__(self) -> str:
        shown = [
            f"{event.number}. "
            + (f"{event.title.text} [{event.title.number}]\n   " if event.title else "")
            + _with_words(event.headline)
            + "".join(f"\n   {_with_words(s)}" for s in (*event.sentences, *event.statements, *event.disputed))
            for event in self.events
        ]
        shown += [f"[{s.number}] {', '.join(filter(None, (s.title, s.outlet, s.url)))}" for s in self.sources]
        return clean("\n".join(shown))


def _with_words(sentence: Sentence) -> str:
    """A sentence with its marks; unconfirmed, it says so, and the article's own words stand beneath it."""
    shown = f"{sentence.text} {marks(sentence.citations)}"
    if sentence.status != "unconfirmed":
        return shown
    return f"{shown} (unconfirmed)" + "".join(f"\n> {' '.join(c.quote.split())}" for c in sentence.citations)


def marks(citations: Iterable[Citation]) -> str:
    """The numbers of the sources cited, each once: [1][3]."""
    return "".join(f"[{number}]" for number in dict.fromkeys(citation.number for citation in citations))
