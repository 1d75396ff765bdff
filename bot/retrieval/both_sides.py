"""A question that asks two things, or sets two beside each other: one search for each, and what they found as one.

"Which killed more people, Hurricane Osk or Typhoon Tavi?"  ->  the best sentences on Osk, then those on Tavi
"Who won the cup, and by how much?"                         ->  the best sentences on the one, then those on the other
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.questions.question import Question
from bot.retrieval.candidates import BELOW, Candidate
from bot.retrieval.evidence import Evidence
from bot.retrieval.instructions_left_out import LeftOut
from bot.retrieval.retrieve import FOUND, Retrieved
from index.index import Index
from index.records import Hit, Results, Scope

EACH = 2  # sentences of a side at most
CLOSE = 1.0  # log-odds below a side's best, down to which its second sentence is shown too
FURTHER = 2.5  # the same where its best is shown already, and hardly answers
UNLIKELY = -2.0  # log-odds of the trained reader, below which a sentence does not answer
FIRST = 10.0  # score of each side's best: neither stands behind the other


class ScopedSearch(Protocol):
    """One search for one question (`retrieve`)."""

    def __call__(self, question: Question, *, scope: Scope, results: Results | None = None) -> Retrieved: ...


def both(question: Question, search: ScopedSearch, index: Index, scope: Scope) -> Retrieved:
    """What was found for each of the two, merged; what the plain search found where there are no two, or not both are there.

    Of two things asked one is enough: the other is told as not found. `search`: one search for one question in one scope.
    """
    results = index.results(question.text, k=FOUND, scope=scope) if question.parts else None
    if results and (told := _parts(question, search, results, scope)):
        return told
    plain = search(question, scope=scope, results=results)
    found = [search(question.reworded(side), scope=scope) for side in (() if plain.spoken else question.sides)]
    if not found or any(one.spoken or not one.holds for one in found):
        return plain
    if len({(c.passage.article_id, c.start) for one in found for c in _best(one)}) < len(found):
        return plain
    return replace(plain, evidence=_merged(plain.evidence, found, [plain]), hits=_hits([plain, *found]))


def _parts(question: Question, search: ScopedSearch, results: Results, scope: Scope) -> Retrieved | None:
    """What was found for the two things asked, within what the whole question is narrowed to; None where neither is there."""
    within = replace(scope, filter=results.filter)
    found = [search(question.reworded(part.searched), scope=within) for part in question.parts]
    there = [one for one in found if one.holds]
    if not there:
        return None
    named = [p.asked for p, one in zip(question.parts, found, strict=True) if not one.holds and not _answered_by(there[0], one)]
    return replace(
        there[0], searched=question.text, scope=scope, results=results, hits=_hits(found), unfound=tuple(named),
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
