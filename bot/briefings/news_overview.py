"""A question without a topic: "What happened this week?" is answered with what each event of that time begins with.

question -> without chips and dates, nothing but words for news -> window -> the events of a briefing -> their titles and first
sentences

So is one for a place and a time: "What happened in Russia in January 2019?", by the events that are about the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.notes import span
from bot.briefings import briefing
from bot.briefings.event_writer import Wording
from bot.phrases import say
from bot.questions.question import Question
from bot.records import Beat, BriefingEvent, Note, Sentence, Source
from index.index import Index
from index.records import Chip, Extent, Filter, Period, Scope
from index.search.question_filters import narrowed
from index.text import quotation_marks
from index.text.places import places, without

DAY = 86_400
WEEK = 7 * DAY  # what is looked back over, where the question names no time
EVENTS = 5  # that are told, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a stretch of time brought, in verified sentences of its articles."""

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    articles: tuple[str, ...]  # ids, those of the first event first
    chips: tuple[Chip, ...]
    generator: str
    prompt: str


def overview(
    index: Index,
    question: Question,
    lang: str,
    *,
    most: int | None = None,
    scope: Scope = Scope(),
    wording: Wording | None = None,
) -> Overview | None:
    """At most `most` events; None where the question has a topic beside a place, or where that time brought nothing.

    Raises LibraryError, ModelError.
    """
    if not question.asks_for_news or index.empty:
        return None
    results = index.results(question.text, k=1, scope=scope)
    dated = question.reworded(results.bare)
    bare, named = dated.without_dates(), [date.period for date in dated.dates]
    chips = tuple(replace(chip, relaxed=False) for chip in results.chips)
    within = narrowed(scope.filter, chips)
    said = bare.kind == "said"
    where = _where(bare) if named and not said and not bare.asks_for_news_alone else ()
    if not (bare.asks_for_news_alone or where) or within is None or (said and not (named or chips)):  # "Who said that?"
        return None
    beat = Beat(name="", language=lang, length=most or EVENTS, places=where)
    inside = replace(scope, filter=within)
    for period in _periods(within, named, index.extent(scope=inside), question.context.now):
        made = briefing.brief(index, beat, period, scope=inside, wording=wording)
        if made.events:
            break
    headlines = [event.statements[0] if said and event.statements else titled(event) for event in made.events]
    if not headlines:
        return None
    sentences, sources = _renumbered(headlines, made.sources)
    notes = [Note(kind="searched", text=say("overview", lang, dates=span(period), articles=made.articles))]
    if chips or where:
        asked_for = "; ".join([*(question.text[chip.start : chip.end] for chip in chips), *where])
        notes.insert(0, Note(kind="narrowed", text=say("narrowed", lang, words=quotation_marks.unquoted(asked_for))))
    return Overview(
        sentences=sentences, sources=sources, notes=(*notes, *made.notes), chips=chips,
        articles=tuple(id for event in made.events for id in event.article_ids)[:20],
        generator=made.generator, prompt=made.prompt,
    )  # fmt: skip


def titled(event: BriefingEvent) -> Sentence:
    """What an event begins with, under the title that its own article has: a first sentence seldom tells the news alone."""
    title, first = event.title, event.headline
    own = title is not None and any(citation.number == title.number for citation in first.citations)
    return replace(first, heading=title.text) if title and own and not first.heading else first


def _where(question: Question) -> tuple[str, ...]:
    """The places that a question for news names; () where it names anything else."""
    text, lang = question.text, question.lang
    if not question.reworded(without(text, lang)).asks_for_news_alone:
        return ()
    return tuple(dict.fromkeys(text[place.start : place.end] for place in places(text, lang)))


def _periods(within: Filter, named: Sequence[Period], there: Extent, now: Period) -> list[Period]:
    """The time that is asked for, then with a day more, since what happened is told on the next; else the last week."""
    if within.window:
        return [within.window]
    if named:
        start, end = min(period.start for period in named), max(period.end for period in named)
        return [Period(start, end), Period(start, end + DAY)]
    return [latest_days(there, now)]


def latest_days(there: Extent, now: Period) -> Period:
    """The week up to the last day on which something is known to have come out: what is of a month may be of its first."""
    end = now.end if there.latest is None else min(there.latest, now.end)
    return Period(end - WEEK, end)


def _renumbered(
    cited_sentences: Sequence[Sentence], sources: Sequence[Source]
) -> tuple[tuple[Sentence, ...], tuple[Source, ...]]:
    """The sentences and the sources that they cite, numbered in the order in which they are cited."""
    numbers: dict[int, int] = {}
    for sentence in cited_sentences:
        for citation in sentence.citations:
            numbers.setdefault(citation.number, len(numbers) + 1)
    by_number = {source.number: source for source in sources}
    sentences = tuple(
        replace(cited, citations=tuple(replace(c, number=numbers[c.number]) for c in cited.citations))
        for cited in cited_sentences
    )
    return sentences, tuple(replace(by_number[old], number=new) for old, new in numbers.items())
