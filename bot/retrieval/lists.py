"""Pure: several things that are asked for, in place of the sentences that are nearest to the question.

one report each    "Which plane crashes were reported in 2019?"    the sentence that each report of one begins with
under each other   "What risks does the bank see?"                 the lines behind a dash (`marked_lines.py`)
in a row           "Which states sued?"                            that sentence, and the next that sets things in a row
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.questions.question import Question
from bot.retrieval.candidates import BELOW, Candidate
from bot.retrieval.marked_lines import runs
from bot.retrieval.overviews import first_sentence, of_the_time
from bot.retrieval.reading import SentenceReader, alone
from index.records import Article, Hit
from index.text.enumerations import items
from index.text.names import WORD, holds_name
from index.text.places import places

LOOKED_AT = 20  # hits that may tell one of the things
MOST = 8  # lines
SEVERAL = 2  # reports that make a list
# What tells whether a report is of the matter: log-odds of the trained reader for its title, and so much for how far its hit is
# below the best one, as a share of it; as near as FAR below the nearest is enough. Of 31 lists over articles of ours it lets
# through, at 3.5 and at 4, all reports that tell one of the things for 20 and 22, with 4.1 and 4.5 lines a list.
SLOPE, FAR = 10.0, 3.8
LEAST = -4.7  # the same of each report that is listed
NEAREST = -2.9  # and of the nearest: below it no title is one of what is listed
UNSURE = -2.0  # of the second nearest: so much above it, so much surer is it that there is an answer
WORDS = 4  # of a title that tells what its report is of
# How far the best of their titles may be below their best sentence, in the reader's log-odds, where their first sentences are
# listed: it tells as much then; where not, the reports are of one matter, and what is asked for stands in them.
AS_MUCH = 2.0
ALIKE = 2.5  # the same of another's best sentence below the best one, down to which it is listed
BESIDE_LEAD = 3  # sentences of each of these that are read beside its first
UNREAD = -4.0
IN_A_ROW = 6  # things that one sentence names, from which it may answer alone
CLOSE = 0.95  # the reader's log-odds below the best, down to which it does: for each time as many things, in e-folds
OF_THE_BEST = 0.85  # score of its article's hit, as a share of the best one's
EACH_MORE = 1.5  # log-odds for each time as many things in a row, in e-folds
BESIDE = 2.0  # log-odds below the best sentence, down to which one that sets things in a row has the next one beside it
GAP = 3  # characters between the two


@dataclass(frozen=True, slots=True)
class Listed:
    """What is told of several things."""

    lines: tuple[Candidate, ...] = ()  # best first
    second: float = UNREAD  # log-odds that the second nearest of their titles tells one of the things

    @property
    def surer(self) -> float:
        """What that adds to the log-odds of an answer."""
        return max(0.0, self.second - UNSURE)


def in_a_row_first(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Sentences, best first, where several things are asked for: one that sets things in a row is as much better as it has."""
    told = (replace(c, score=c.score + EACH_MORE * math.log(max(1, items(c.text, c.passage.lang) - 1))) for c in ranked)
    return tuple(sorted(told, key=lambda c: -c.score))


def gathered(
    question: Question,
    ranked: Sequence[Candidate],
    hits: Sequence[Hit],
    article: Callable[[str, int], Article | None],
    reader: SentenceReader,
) -> Listed:
    """What answers a question for several things in place of its best sentences; no lines where those do.

    `ranked`: the sentences that were read, best first. `article`: finds a hit's article by its id and version.
    """
    if not ranked or not hits or not hits[0].score:
        return Listed()
    best = _best(ranked)
    share = _shares(hits)
    under = _under_each_other(ranked, hits, share, best)
    if under:
        return Listed(under)
    found = _of_reports(question, ranked, hits, article, reader)
    row = [c for c in ranked if _in_a_row(c, share.get(c.passage.article_id, 0.0), best)]
    return Listed() if row and _best(row) >= found.second else found


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
    share = _shares(hits)
    near = {id for id in share if share[id] >= OF_THE_BEST} | {ranked[0].passage.article_id}
    told = _beside_each_other([c for c in ranked if c.passage.article_id in near])
    return (*told, *(replace(c, score=c.score - BELOW) for c in ranked if c.passage.article_id not in near))


def _shares(hits: Sequence[Hit]) -> dict[str, float]:
    """The scores of articles in the search, as a share of the best one's."""
    return {hit.passage.article_id: hit.score / (hits[0].score or 1.0) for hit in hits}


# One report each -------------------------------------------------------------------------------------------------------------


def _of_reports(
    question: Question,
    ranked: Sequence[Candidate],
    hits: Sequence[Hit],
    article: Callable[[str, int], Article | None],
    reader: SentenceReader,
) -> Listed:
    """The first sentence of each report that tells one of the things, the nearest first, or its best one where they are of one
    matter; none where one report has them all."""
    share = _shares(hits)
    looked = [hit for hit in hits[:LOOKED_AT] if of_the_time(question, hit.passage.published)]
    odds = alone(question, [_title(hit, ranked, article) for hit in looked], [hit.passage.published for hit in looked], reader)
    near = [own + SLOPE * (share[hit.passage.article_id] - 1) for hit, own in zip(looked, odds, strict=True)]
    top = max(near, default=LEAST)
    order = [i for i in sorted(range(len(looked)), key=lambda i: -near[i]) if near[i] >= max(LEAST, top - FAR)]
    leads = {i: lead for i in order[:MOST] if (lead := _lead(looked[i], ranked, article))}
    if len(leads) < SEVERAL or top < NEAREST:
        return Listed()
    second = near[order[SEVERAL - 1]]
    ids = {lead.passage.article_id for lead in leads.values()}
    below = _best([c for c in ranked if c.passage.article_id in ids]) - max(odds[i] for i in leads)
    if below <= AS_MUCH and not _of_one(question, list(leads.values())):
        return Listed(tuple(leads.values()), second)
    return Listed(_best_of_each(question, [(lead, _beside(lead, ranked)) for lead in leads.values()], reader), second)


def _of_one(question: Question, leads: Sequence[Candidate]) -> bool:
    """Whether the reports are of one whom the question names: "Which races has Osk won?". A place has many things."""
    known = [(place.start, place.end) for place in places(question.text, question.lang)]
    named = [w.text for w in question.words if w.name and not any(start <= w.start < end for start, end in known)]
    titles = [(lead.passage.title, lead.passage.lang == question.lang) for lead in leads]
    return any(sum(holds_name(name, title, same_lang=same) for title, same in titles) >= SEVERAL for name in named)


def _beside(lead: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The best sentences of a report beside its first."""
    mine = (c for c in ranked if c.passage.article_id == lead.passage.article_id and c.start != lead.start)
    return list(islice(mine, BESIDE_LEAD))


def _best_of_each(
    question: Question, reports: Sequence[tuple[Candidate, list[Candidate]]], reader: SentenceReader
) -> tuple[Candidate, ...]:
    """Of each report the sentence that tells most of what is asked for; none where only one report tells much."""
    some = [sorted((lead, *others), key=lambda c: c.start) for lead, others in reports]
    texts = [(lead.passage.title, [" ".join(c.text.split()) for c in of]) for (lead, _), of in zip(reports, some, strict=True)]
    told = [
        max(zip(of, map(float, values), strict=True), key=lambda pair: pair[1])
        for of, values in zip(some, reader.read_sentences(question.text, texts), strict=True)
    ]
    top = max(odds for _, odds in told)
    alike = tuple(candidate for candidate, odds in told if odds >= top - ALIKE)
    return alike if len(alike) >= SEVERAL else ()


def _title(hit: Hit, ranked: Sequence[Candidate], article: Callable[[str, int], Article | None]) -> str:
    """What tells by itself what a report is of: its title, or where that has too few words the sentence that it begins with."""
    title = hit.passage.title
    lead = None if len(WORD.findall(title)) >= WORDS else _lead(hit, ranked, article)
    return lead.text if lead else title


def _lead(hit: Hit, ranked: Sequence[Candidate], article: Callable[[str, int], Article | None]) -> Candidate | None:
    """The sentence that a report begins with, or if that tells nothing its best one; none that gives a machine instructions,
    which `article` leaves out."""
    id, version = hit.passage.article_id, hit.passage.version
    whole = article(id, version)
    if whole is None:
        return None
    lead = first_sentence(hit, whole)
    safe = lead and whole.text[lead.start : lead.end] == lead.text
    return lead if safe else next((c for c in ranked if c.passage.article_id == id), None)


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
