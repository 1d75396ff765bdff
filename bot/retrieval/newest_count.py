"""Pure: of a running count the newest report of the same event answers, with the older one beside it, each under its day.

    "How many people died in the measles outbreak?"
    ->  Latest report found, 2020-01-01: "81 had lost their lives."   Older report, 2019-12-07: "To date, 53 deaths."

Only of what becomes of people, who are counted as they are found: the number is larger than one of the older article's, and out
later, in an article whose title and text are about all that the question names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.phrases import say
from bot.questions.question import Question
from bot.retrieval.asked_thing import asked_units
from bot.retrieval.candidates import Candidate, has_name, sentences_of
from bot.verification import vocabulary
from bot.verification.quantities import FACTOR, figures
from index.records import Hit, Passage
from index.text.names import content_stems

HITS = 5  # that may hold a newer count, in any of their passages
BEST = 3  # sentences that may hold the older count
LATE = 120 * 86_400  # seconds between reports of one event
ALIKE = 2  # words that their titles share at least
BELOW = 100.0  # what is no count of the event is not shown beside it


def newest_first(question: Question, ranked: Sequence[Candidate], hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """Sentences, best first, with the newest count before an older one; as they were where there is no newer one.

    It is looked for in every sentence of the first hits, read or not.
    """
    units = asked_units(question) & vocabulary.FATES if question.answer == "count" else frozenset()
    older = next((c for c in ranked[:BEST] if _counts(c, units)), None) if units else None
    if older is None:
        return tuple(ranked)
    later = [one for hit in hits[:HITS] for passage in hit.passages for one in sentences_of(passage, 0)]
    before = [one for one in (*later, older) if one.passage.article_id == older.passage.article_id]
    least = min(count for one in before for count in _counts(one, units))
    newer = [
        (one.passage.published.start, count, one)
        for one in later
        if one.passage.published and _goes_on(question, one.passage, older.passage)
        for count in _counts(one, units)
        if least < count <= FACTOR * least
    ]
    if not newer:
        return tuple(ranked)
    newest = max(newer, key=lambda found: found[:2])[2]
    best = ranked[0].score
    told = [_dated(newest, "newest_report", question, best + 1), _dated(older, "older_report", question, best)]
    rest = (replace(c, score=c.score - BELOW) for c in ranked if all(c.text != one.text for one in told))
    return (*told, *rest)


def _counts(candidate: Candidate, units: frozenset[str]) -> list[float]:
    """The numbers of those who are asked for."""
    return [figure.low for figure in figures(candidate.text, candidate.passage.lang) if figure.unit in units]


def _goes_on(question: Question, new: Passage, old: Passage) -> bool:
    """Whether a report is later, and of the same event as far as titles and names tell."""
    if (
        not (new.published and old.published)
        or not 0 < new.published.start - old.published.start <= LATE
        or new.lang != old.lang
    ):
        return False
    named = all(has_name(new, name, question.lang) for name in question.names)
    return named and len(content_stems(new.title, new.lang) & content_stems(old.title, old.lang)) >= ALIKE


def _dated(candidate: Candidate, phrase: str, question: Question, score: float) -> Candidate:
    heading = say(phrase, question.lang, date=str(candidate.passage.published)[:10])
    return replace(candidate, heading=heading, score=score)
