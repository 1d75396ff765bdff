"""A question that asks two things, or sets two beside each other: one search for each, and what they found as one.

"Which killed more people, Hurricane Osk or Typhoon Tavi?"  ->  the best sentences on Osk, then those on Tavi
"Who won the cup, and by how much?"                         ->  the best sentences on the one, then those on the other
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.questions.question import Question
from bot.retrieval.asked_thing import NUMBERS, held
from bot.retrieval.candidates import BELOW, Candidate, has_name
from bot.retrieval.evidence import Evidence
from bot.retrieval.instructions_left_out import LeftOut
from bot.retrieval.retrieve import FOUND, Retrieved
from bot.retrieval.sentence_standing import share_of_names
from bot.verification.same_matter import of_long_ago
from index.index import Index
from index.records import Hit, Results, Scope

EACH = 2  # sentences of a side at most
CLOSE = 1.0  # log-odds below a side's best, down to which its second sentence is shown too
FURTHER = 2.5  # the same where its best is shown already, and hardly answers
HOLDING = 4.0  # below a side's best, down to which a sentence with the figure asked for stands before it
NAMED = 2.5  # log-odds that it is worth that a sentence names its side
LIKELY = 0.1  # probability from which a side's sentence with its figure answers
UNLIKELY = -2.0  # log-odds of the trained reader, below which a sentence does not answer
FIRST = 10.0  # score of each side's best: neither stands behind the other


class ScopedSearch(Protocol):
    """One search for one question (`retrieve`)."""

    def __call__(self, question: Question, *, scope: Scope, results: Results | None = None) -> Retrieved: ...


def both(question: Question, search: ScopedSearch, index: Index, scope: Scope) -> Retrieved:
    """What was found for each of the two, merged; what the plain search found where there are no two, or not both are there.

    Of two things asked one is enough: the other is told as not found. `search`: one search for one question in one scope.
    """
    results = index.results(question.text, k=FOUND, scope=scope) if question.sides or question.parts else None
    if results and (told := _sides(question, search, results, scope) or _parts(question, search, results, scope)):
        return told
    return search(question, scope=scope, results=results)


def _sides(question: Question, search: ScopedSearch, results: Results, scope: Scope) -> Retrieved | None:
    """What was found for two sides; None where there are none, one is not there, or one sentence is the best for both."""
    sides = [question.side(text) for text in question.sides]
    found: list[Retrieved] = []
    for side in sides:
        own = tuple(name for name in side.names if not any(name in other.names for other in sides if other is not side))
        theirs = [name for other in sides for name in other.names if other is not side and name not in side.names]
        found.append(_figure_first(search(side, scope=scope), own, theirs))
        if not _there(found[-1], own):
            return None
    if len({(c.passage.article_id, c.start) for one in found for c in _best(one)[:1]}) < max(2, len(found)):
        return None
    return _told(question, found, found, results, scope)


def _figure_first(found: Retrieved, own: Sequence[str], theirs: Sequence[str]) -> Retrieved:
    """With the sentence first that has the figure asked for, of those nearly as good and of articles with a side's own names.

    Of these one that names the side itself, or whose title does, and not the other side, too, nor is of a time long ago.
    """
    asked, ranked = found.evidence.question, found.evidence.candidates
    near = [c for c in ranked if c.score >= ranked[0].score - HOLDING and _holds_figure(asked, own, c)]

    def names_it(c: Candidate) -> float:
        same = c.passage.lang == asked.lang
        mine = share_of_names(own, c.text, same_lang=same) + share_of_names(own, c.passage.title, same_lang=same) / 2
        past = of_long_ago(c) and not asked.dates
        return mine - (share_of_names(theirs, c.text, same_lang=same) if theirs else 0.0) - past

    if not near:
        return found
    first = max(near, key=lambda c: c.score + NAMED * names_it(c))
    told = (replace(first, score=ranked[0].score), *(c for c in ranked if c is not first))
    return replace(found, evidence=replace(found.evidence, candidates=told))


def _holds_figure(asked: Question, own: Sequence[str], candidate: Candidate) -> bool:
    """Whether a sentence has the figure that a side asks for, in an article that has its names."""
    told = asked.answer in NUMBERS and held(asked, candidate.text, candidate.passage.lang) == 1.0
    return told and all(has_name(candidate.passage, name, asked.lang) for name in own)


def _there(found: Retrieved, own: Sequence[str]) -> bool:
    """Whether a side is answered; one with its figure need not be as likely: half of a comparison is a strange question."""
    evidence = found.evidence
    likely = bool(own and evidence.candidates) and evidence.probability >= LIKELY
    return found.holds or (likely and _holds_figure(evidence.question, own, evidence.candidates[0]))


def _parts(question: Question, search: ScopedSearch, results: Results, scope: Scope) -> Retrieved | None:
    """What was found for the two things asked, within what the whole question is narrowed to; None where neither is there."""
    within = replace(scope, filter=results.filter)
    found = [search(question.reworded(part.searched), scope=within) for part in question.parts]
    there = [one for one in found if one.holds]
    if not there:
        return None
    lacking = [
        p.asked for p, one in zip(question.parts, found, strict=True) if not one.holds and not _answered_by(there[0], one)
    ]
    return replace(_told(question, there, found, results, scope), unfound=tuple(lacking))


def _told(
    question: Question, there: Sequence[Retrieved], found: Sequence[Retrieved], results: Results, scope: Scope
) -> Retrieved:
    """What was found of each that is there, as found for the whole question."""
    return replace(
        there[0], searched=question.text, scope=scope, results=results, hits=_hits(found),
        spoken=all(one.spoken for one in there), evidence=replace(_merged(there[0].evidence, there, found), question=question),
        left_out=LeftOut(
            tuple(dict.fromkeys(hit for one in found for hit in one.left_out.articles)),
            tuple(dict.fromkeys(hit for one in found for hit in one.left_out.sentences)),
        ),
    )  # fmt: skip


def _merged(base: Evidence, shown: Sequence[Retrieved], others: Sequence[Retrieved]) -> Evidence:
    """The best sentences of each that is shown, in their order and once, before what else was read for `base`."""
    chosen: list[Candidate] = []
    for one in shown:
        chosen += [c for c in _best(one, chosen) if not any(_same(c, other) for other in chosen)]
    low = min(c.score for c in chosen) - BELOW
    rest = [replace(c, score=low) for c in base.candidates if not any(_same(c, other) for other in chosen)]
    passages = dict.fromkeys(c.passage for c in chosen) | dict.fromkeys(c.passage for c in rest)
    for one in (*shown, *others):
        passages |= dict.fromkeys(one.evidence.passages)
    return replace(
        base, passages=tuple(passages), candidates=(*chosen, *rest), most=EACH * len(shown),
        probability=max(one.evidence.probability for one in shown),
    )  # fmt: skip


def _hits(found: Sequence[Retrieved]) -> tuple[Hit, ...]:
    """The hits of several searches, an article once, where it was found first."""
    first: dict[str, Hit] = {}
    for hit in (hit for one in found for hit in one.hits):
        first.setdefault(hit.passage.article_id, hit)
    return tuple(first.values())


def _best(found: Retrieved, shown: Sequence[Candidate] = ()) -> list[Candidate]:
    """The best sentence of what was found, and the second where it is nearly as good and of the same article.

    Of one that is `shown` already for the other, and hardly answers this, the second need not be as good.
    """
    best, *others = found.evidence.candidates[:EACH]
    others = [] if found.evidence.question.by and _holds_figure(found.evidence.question, (), best) else others
    close = FURTHER if any(_same(best, other) for other in shown) and _reading(best) < 0 else CLOSE
    near = [c for c in others if best.score - c.score <= close and c.passage.article_id == best.passage.article_id]
    return [replace(c, score=FIRST - place, cover=(), heading="") for place, c in enumerate([best, *near])]


def _answered_by(shown: Retrieved, found: Retrieved) -> bool:
    """Whether what is shown for one of two things asked tells the other, too: it is the best for both, and may answer."""
    mine, theirs = found.evidence.candidates[:1], shown.evidence.candidates[:1]
    return bool(mine and theirs) and _same(mine[0], theirs[0]) and _reading(mine[0]) >= UNLIKELY


def _reading(candidate: Candidate) -> float:
    return candidate.read or 0.0


def _same(one: Candidate, other: Candidate) -> bool:
    return one.passage.article_id == other.passage.article_id and one.start < other.end and other.start < one.end
