"""Pure: several things that are asked for, in place of the sentences that are nearest to the question.

one report each    "Which plane crashes were reported in 2019?"    the sentence that each report of one begins with
under each other   "What risks does the bank see?"                 the lines behind a dash (`marked_lines.py`)
in a row           "Which states sued?"                            that sentence, and the next that sets things in a row
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.question import Question
from bot.retrieval.candidates import BELOW, Candidate
from bot.retrieval.marked_lines import runs
from bot.retrieval.overviews import first_sentence, of_the_time
from index.records import Article, Hit
from index.text.enumerations import items

LOOKED_AT = 10  # hits that may tell one of the things
MOST = 8  # lines
SEVERAL = 2  # reports that make a list
# What tells whether a report is of the matter: log-odds of the trained reader for the best of its sentences, and so much for
# how far its hit is below the best one, as a share of it; MATTER is enough. On 20 lists over articles it lets through 48
# of 61 reports that tell one of the things, and 23 of 159 others.
SLOPE, MATTER = 10.0, -3.2
ALIKE = 3.0  # the same below the nearest report, down to which a second one makes a list: else that one has the answer
UNREAD = -4.0
# How far the sentence that a report begins with may be below its best one, in the reader's log-odds. Where half of them tell
# as much, each report is one of the things; where not, the reports are of one matter, and what is asked for stands in them.
AS_MUCH, FAR = 1.5, 4.0
IN_A_ROW = 6  # things that one sentence names, from which it may answer alone
CLOSE = 0.95  # the reader's log-odds below the best, down to which it does: for each time as many things, in e-folds
OF_THE_BEST = 0.85  # score of its article's hit, as a share of the best one's
EACH_MORE = 1.5  # log-odds for each time as many things in a row, in e-folds
BESIDE = 2.0  # log-odds below the best sentence, down to which one that sets things in a row has the next one beside it
GAP = 3  # characters between the two


def in_a_row_first(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Sentences, best first, where several things are asked for: one that sets things in a row is as much better as it has."""
    told = (replace(c, score=c.score + EACH_MORE * math.log(max(1, items(c.text, c.passage.lang) - 1))) for c in ranked)
    return tuple(sorted(told, key=lambda c: -c.score))


def gathered(
    question: Question,
    ranked: Sequence[Candidate],
    hits: Sequence[Hit],
    article: Callable[[str, int], Article | None] | None,
) -> tuple[Candidate, ...]:
    """What answers a question for several things in place of its best sentences; none where those do.

    `ranked`: the sentences that were read, best first. `article`: finds a hit's article by its id and version.
    """
    if not question.several or article is None or not ranked or not hits or not hits[0].score:
        return ()
    best = _best(ranked)
    share = _shares(hits)
    under = _under_each_other(ranked, hits, share, best)
    if under or any(_in_a_row(c, share[c.passage.article_id], best) for c in ranked if c.passage.article_id in share):
        return under
    return _of_reports(question, ranked, hits, share, article)


def with_lines(found: Sequence[Candidate], ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What was gathered before the other sentences, which are not shown beside it (`BELOW`)."""
    top = ranked[0].score
    first = (replace(line, score=top + 1 - n / 100) for n, line in enumerate(found))
    return (*first, *(replace(c, score=c.score - BELOW) for c in ranked))


def of_near_reports(ranked: Sequence[Candidate], hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """Sentences, best first, where nothing was gathered: those of far reports are not shown beside the best (`BELOW`), and one
    that sets things in a row has the next of its article that does, too, behind it."""
    if not ranked:
        return ()
    of = _of_articles(ranked)
    share = _shares(hits)
    near = {id for id in share if share[id] >= OF_THE_BEST or _nearness(of.get(id, ()), share[id]) >= MATTER}
    near.add(ranked[0].passage.article_id)
    told = _beside_each_other([c for c in ranked if c.passage.article_id in near])
    return (*told, *(replace(c, score=c.score - BELOW) for c in ranked if c.passage.article_id not in near))


def _of_articles(ranked: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    of: dict[str, list[Candidate]] = {}
    for candidate in ranked:
        of.setdefault(candidate.passage.article_id, []).append(candidate)
    return of


def _shares(hits: Sequence[Hit]) -> dict[str, float]:
    """The scores of articles in the search, as a share of the best one's."""
    return {hit.passage.article_id: hit.score / (hits[0].score or 1.0) for hit in hits}


def _nearness(candidates: Sequence[Candidate], share: float) -> float:
    """How likely an article tells one of the things."""
    return _best(candidates) + SLOPE * (share - 1)


# One report each -------------------------------------------------------------------------------------------------------------


def _of_reports(
    question: Question,
    ranked: Sequence[Candidate],
    hits: Sequence[Hit],
    share: dict[str, float],
    article: Callable[[str, int], Article | None],
) -> tuple[Candidate, ...]:
    """A sentence of each report that tells one of the things, the nearest first; none where reports are not what is listed.

    It is the one that the report begins with, which tells what it is about; the best one where a name is asked for.
    """
    of = _of_articles(ranked)
    told, begin, nearness = list[Candidate](), 0, list[float]()
    for hit in hits[:LOOKED_AT]:
        mine = of.get(hit.passage.article_id, [])
        text = article(hit.passage.article_id, hit.passage.version)
        near = _nearness(mine, share[hit.passage.article_id])
        if not mine or text is None or near < MATTER or not of_the_time(question, text):
            continue
        lead = first_sentence(hit, text)
        below = _below_best(lead, mine) if lead else FAR
        begin += below <= AS_MUCH
        nearness.append(near)
        by_name = question.answer in ("who", "name", "where")
        told.append(mine[0] if lead is None or by_name or below > FAR else replace(lead, hit=mine[0].hit))
    alike = sum(near >= max(nearness) - ALIKE for near in nearness)
    return tuple(told[:MOST]) if alike >= SEVERAL and 2 * begin >= len(told) else ()


def _below_best(lead: Candidate, candidates: Sequence[Candidate]) -> float:
    """How far the sentence that an article begins with is below its best one, for the reader; FAR if it was not read."""
    here = (_best(candidates) - c.read for c in candidates if c.start == lead.start and c.read is not None)
    return next(here, FAR)


def _best(candidates: Sequence[Candidate]) -> float:
    """The reader's log-odds for the one that it finds best."""
    return max((c.read for c in candidates if c.read is not None), default=UNREAD)


# Of one article --------------------------------------------------------------------------------------------------------------


def _under_each_other(
    ranked: Sequence[Candidate], hits: Sequence[Hit], share: dict[str, float], best: float
) -> tuple[Candidate, ...]:
    """The lines of a near article, if they answer: one of them, or what announces them, is nearly the best that was read."""
    for hit in hits:
        if share[hit.passage.article_id] < OF_THE_BEST:
            break
        mine = [c for c in ranked if c.passage.article_id == hit.passage.article_id]
        told = list[Candidate]()
        for run in runs(hit):
            near = {c.start for c in mine if _near(c, best, len(run.lines) + 1)}
            told += run.lines if near & {run.announced_at, *run.starts} else ()
        if told:
            return tuple(told[:MOST])
    return ()


def _in_a_row(candidate: Candidate, share: float, best: float) -> bool:
    """Whether a sentence answers alone: nearly the best, of a near article, it sets many things in a row."""
    found = items(candidate.text, candidate.passage.lang) if share >= OF_THE_BEST else 0
    return found >= IN_A_ROW and _near(candidate, best, found)


def _near(candidate: Candidate, best: float, found: int) -> bool:
    return candidate.read is not None and best - candidate.read <= CLOSE * math.log(found)


def _beside_each_other(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    told = list(ranked)
    for one in (c for c in ranked if ranked[0].score - c.score <= BESIDE and items(c.text, c.passage.lang)):
        article = one.passage.article_id
        after = next((c for c in told if c.passage.article_id == article and 0 <= c.start - one.end <= GAP), None)
        if after and after.score < one.score and items(after.text, after.passage.lang):
            told.remove(after)
            told.insert(told.index(one) + 1, replace(after, score=one.score))
    return tuple(told)
