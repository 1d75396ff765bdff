"""Pure: what is told of all that was read, in which order, and how sure that is.

one thing asked      "When did Osk resign?"         its best sentences, what decides first (`deciding.py`)
what happened        "What happened in Torvay?"     what each report of it begins with (`overviews.py`)
several things       "Which cities had strikes?"    what each report of one begins with, or the sentence with all (`lists.py`)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.questions.question import Question
from bot.retrieval import lists
from bot.retrieval.candidates import Candidate
from bot.retrieval.deciding import decisive_first, holding_first
from bot.retrieval.overviews import Reports, overview, with_leads
from bot.retrieval.reading import SentenceReader
from index.records import Article, Hit, Passage

READ = 10  # hits that sentences are taken from
CERTAIN = 0.1  # log-odds of an overview at least, where several reports have its names
REFUSED = -2.0  # log-odds of an answer where one is refused whatever the score (`plain_refusals.py`)


@dataclass(frozen=True, slots=True)
class Gathering:
    """What is told."""

    told: tuple[Candidate, ...]  # best first
    margin: float  # log-odds that it answers
    leads: tuple[Passage, ...] = ()  # that it takes from elsewhere than what was found
    most: int = 0  # sentences that may be shown; 0: as many as the question needs
    looked_at: int = 0  # articles among which a list or an overview was made; 0: it is neither


def gather(
    question: Question,
    candidates: Sequence[Candidate],
    hits: Sequence[Hit],
    article: Callable[[str, int], Article | None] | None,
    reader: SentenceReader | None,
    margin: float,
) -> Gathering:
    """`candidates`: what was read, best first; one at least. `article`: finds a hit's article by its id and version.

    `margin`: log-odds that the best sentences answer.
    """
    if question.several:
        candidates = lists.in_a_row_first(candidates)
    told = decisive_first(question, holding_first(question, candidates))
    found = overview(question, candidates, hits, article)
    if found is not None:
        return _overview(found, told, hits, margin)
    if not question.several:
        return Gathering(told, margin)
    looked = min(len(hits), READ)
    if reader is None or article is None:
        return Gathering(lists.of_near_reports(told, hits), margin, looked_at=looked)
    row = lists.gathered(question, candidates, hits, article, reader)
    if not row.lines:
        return Gathering(lists.of_near_reports(told, hits), margin, looked_at=looked)
    if margin > REFUSED:
        margin += row.surer
    lines = lists.with_lines(row.lines, told)
    return Gathering(lines, margin, _passages(lines), len(row.lines), min(len(hits), lists.LOOKED_AT))


def _overview(found: Reports, ranked: Sequence[Candidate], hits: Sequence[Hit], margin: float) -> Gathering:
    told = with_leads(found, ranked)
    if found.nothing:
        margin = min(margin, REFUSED)
    elif found.certain:
        margin = max(margin, CERTAIN)
    several = len(found.leads) > 1
    most = sum(bool(c.heading) for c in told) if several else 0
    return Gathering(told, margin, _passages(told), most, min(len(hits), READ) if several else 0)


def _passages(told: Sequence[Candidate]) -> tuple[Passage, ...]:
    return tuple(c.passage for c in told)
