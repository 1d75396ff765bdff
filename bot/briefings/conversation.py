"""Talking about a briefing: its numbering is understood. "More on 2", "who else reports this?", "what did Moscow answer?"

question + Briefing -> understood (pure) -> more of an event, its reports, or a question put to its articles first
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from bot.briefings import event_questions
from bot.briefings.claim_quoting import again
from bot.event_stream import EventStream
from bot.phrases import say
from bot.records import Answer, AskRequest, Briefing, BriefingEvent, Event, Note, Sentence, Source, Turn
from index.index import Index
from index.records import Period, Scope
from index.search.recent_reports import Report
from index.text import quotation_marks
from index.text.fold import Folded
from index.text.language import identify
from index.text.lexicon import Lexicon, languages
from index.text.printable import line

if TYPE_CHECKING:
    import threading

DAY = 86_400
JOINED = 2  # function words before a number that stands alone


@dataclass(frozen=True, slots=True)
class Understood:
    """What is wanted of a briefing."""

    kind: Literal["more", "reports", "ask", "absent"]  # absent: of a number that it has not
    number: int = 0  # of the event; 0: of none alone. Where it is absent, of that talked about before
    question: str = ""  # without the number, where it has to be answered


def understood(question: str, briefing: Briefing, last: int = 0) -> Understood:
    """What a question wants of a briefing. `last`: the number that was talked about before, 0 for none.

    >>> understood("más sobre el 2", Briefing(id="", beat="", lang="es", since=0, until=0, events=()))
    Understood(kind='absent', number=0, question='')
    """
    numbers = {event.number for event in briefing.events}
    # "más sobre el 2" is too short to tell its language: the briefing's own is tried first, then the others.
    tried = (_read(question, lang, numbers, last) for lang in dict.fromkeys((briefing.lang, *languages())))
    return next(filter(None, tried), Understood("ask", last, question))


def speaks_of(question: str, briefing: Briefing, history: Sequence[Turn]) -> bool:
    """Whether a message asks for more of a briefing, or names one of its numbers."""
    last = talked_about(briefing, history)
    return understood(question, briefing, last).kind != "ask" or understood(question, briefing).number > 0


def talked_about(briefing: Briefing, history: Sequence[Turn]) -> int:
    """The number of the event that the turns so far were about; 0 for none."""
    last = 0
    for turn in history:
        if turn.role == "user":
            last = understood(turn.content, briefing, last).number
    return last


def _read(question: str, lang: str, numbers: Collection[int], last: int) -> Understood | None:
    """What is wanted, by the words of one language; None if they say nothing of it."""
    words, flat = Lexicon(lang), Folded(question)
    named = words.talk_number.search(flat.text)
    said = _value(named["n"], words) if named else 0
    number = said if said in numbers else 0
    before = re.findall(r"\w+", flat.text[: named.start()]) if named else []
    alone = bool(named and said and len(before) <= JOINED and all(word in words.stopwords for word in before))  # "and 2?"
    if said and not number and (alone or words.talk_more.search(flat.text) or words.talk_reports.search(flat.text)):
        return Understood("absent", last)
    if words.talk_reports.search(flat.text) and (number or last):
        return Understood("reports", number or last)
    whole_command = words.talk_more.fullmatch(words.talk_that.sub("", flat.text.rstrip(" ?.!")))
    if (alone or words.talk_more.search(flat.text)) and (number or (last and whole_command)):
        return Understood("more", number or last)
    if not named or not number:
        return None
    return Understood("ask", number, question[: flat.at(named.start())].strip() or question)


def _value(text: str, words: Lexicon) -> int:
    """A numeral or an ordinal in words as a number; 0 if it is none."""
    return int(text) if text.isdecimal() else int(words.ordinals.get(text) or words.numerals.get(text) or 0)


class Answerer(Protocol):
    """What answers a question: a Bot."""

    index: Index
    language: str

    def events(self, request: AskRequest, stop: threading.Event) -> Generator[Event, None, None]: ...


class Talk:
    """A conversation about one briefing. `stream` is called as a Bot's; what the last question was about is kept here."""

    def __init__(self, bot: Answerer, briefing: Briefing, last: int = 0) -> None:
        self.bot = bot
        self.briefing = briefing
        self.last = last  # number of the event talked about, 0 for none

    @classmethod
    def after(cls, bot: Answerer, briefing: Briefing, history: Sequence[Turn]) -> Talk:
        """A conversation that goes on: what its turns were about is known."""
        return cls(bot, briefing, talked_about(briefing, history))

    def stream(self, request: AskRequest) -> EventStream:
        """The answer of the event's articles; where they have none, of the briefing's; then of the whole library."""
        return EventStream(lambda stop: self.events(request, stop))

    def events(self, request: AskRequest, stop: threading.Event) -> Generator[Event, None, None]:
        """What `stream` iterates; see `Bot.events`."""
        wanted = understood(request.question, self.briefing, self.last)
        self.last = wanted.number
        if wanted.kind == "absent":
            yield Event("done", self._absent(request))
            return
        event = next((event for event in self.briefing.events if event.number == wanted.number), None)
        if event and wanted.kind != "ask":
            yield from _replayed(self._of(event, wanted.kind, request))
            return
        everything = frozenset(id for one in self.briefing.events for id in one.article_ids)
        for ids in (frozenset(event.article_ids) if event else frozenset(), everything):
            if ids and request.scope.filter is None:
                inside = AskRequest(
                    wanted.question, request.history, scope=request.scope.only(ids=ids), language=request.language
                )
                answer = _last(self.bot.events(inside, stop))
                if answer.outcome != "no_evidence" or (event and wanted.question != request.question):  # its number was named
                    yield from _replayed(answer)
                    return
        yield from self.bot.events(request, stop)

    def _absent(self, request: AskRequest) -> Answer:
        """That the briefing has no such number, and which it has."""
        lang = request.language or self.bot.language or self.briefing.lang
        numbers = ", ".join(str(event.number) for event in self.briefing.events)
        note = Note(kind="reply", text=say("no_such_number", lang, numbers=numbers or "–"))
        return Answer(
            id=uuid.uuid4().hex, question=request.question, searched="", lang=lang, outcome="unclear", notes=(note,),
            as_of=request.scope.as_of,
        )  # fmt: skip

    def _of(self, event: BriefingEvent, kind: str, request: AskRequest) -> Answer:
        """More of an event, or who reports it, each by its first sentence."""
        index, briefing = self.bot.index, self.briefing
        reach = Period(briefing.since - 3 * DAY, briefing.until)
        reports = index.reports(reach, scope=Scope().only(ids=event.article_ids))
        sources: list[Source] = []
        question = request.question
        lang = request.language or self.bot.language or identify(question, default=briefing.lang) or briefing.lang
        of = event_questions.further if kind == "more" else event_questions.voices
        sentences: Sequence[Sentence] = of(event, reports, index, briefing.lang, sources)
        notes = _alone(event, lang) if kind == "reports" else ()
        if not sentences:  # everything was told: it is told again
            notes = (Note(kind="source", text=say("nothing_more", lang)),)
            shown_sentences = (event.headline, *event.sentences, *event.statements, *event.disputed)
            sentences = [s for sentence in shown_sentences if (s := again(sentence, index, briefing.lang, sources))]
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            searched=question,
            lang=lang,
            outcome="answered" if sentences else "no_evidence",
            sentences=tuple(sentences),
            sources=tuple(replace(s, copies=_copies(s, reports)) for s in sources),
            retrieved=event.article_ids[:20],
            notes=notes,
        )


def _alone(event: BriefingEvent, lang: str) -> tuple[Note, ...]:
    """That nobody else reports an event, where one outlet does."""
    if len(event.outlets) != 1:
        return ()
    return (Note(kind="source", text=say("nobody_else", lang, outlet=quotation_marks.unquoted(line(event.outlets[0])))),)


def _copies(source: Source, reports: Sequence[Report]) -> int:
    """How many other articles carry a source's story."""
    origins = {report.article.id: report.article.origin for report in reports}
    return max(0, list(origins.values()).count(origins.get(source.article_id, "")) - 1)


def _last(events: Iterator[Event]) -> Answer:
    """The answer at the end of a pipeline whose events nobody is shown."""
    return next(event.data for event in events if isinstance(event.data, Answer))


def _replayed(answer: Answer) -> Iterator[Event]:
    """An answer that was made at once, as the events of one that comes bit by bit."""
    shown: set[int] = set()
    for sentence in answer.sentences:
        for source in answer.sources:
            if source.number not in shown and any(c.number == source.number for c in sentence.citations):
                shown.add(source.number)
                yield Event("source", source)
        yield Event("sentence", sentence)
    yield Event("done", answer)
