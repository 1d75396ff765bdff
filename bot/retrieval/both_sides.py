"""A question that sets two things beside each other: one search for each side, and what they found as one.

"Which killed more people, Hurricane Osk or Typhoon Tavi?"  ->  the best sentences on Osk, then those on Tavi
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.question import Question
from bot.retrieval.candidates import Candidate
from bot.retrieval.retrieve import Retrieved

EACH = 2  # sentences of a side at most
CLOSE = 1.0  # log-odds below a side's best, down to which its second sentence is shown too
FIRST = 10.0  # score of each side's best: neither stands behind the other


def both_sides(question: Question, plain: Retrieved, search: Callable[[Question], Retrieved]) -> Retrieved:
    """What was found for each side, merged; what the plain search found where the question has no sides or one is not there.

    `search`: one search for one question.
    """
    found = [search(question.reworded(side)) for side in (() if plain.spoken else question.sides)]
    if not found or any(one.spoken or not one.holds for one in found):
        return plain
    chosen = [candidate for one in found for candidate in _best(one.evidence.candidates)]
    if len({(c.passage.article_id, c.start) for c in chosen}) < len(found):
        return plain
    rest = [c for c in plain.evidence.candidates if not any(_same(c, other) for other in chosen)]
    passages = dict.fromkeys([c.passage for c in chosen])
    for one in (*found, plain):
        passages |= dict.fromkeys(one.evidence.passages)
    hits = list(plain.hits)
    hits += [hit for one in found for hit in one.hits if all(hit.passage.article_id != h.passage.article_id for h in hits)]
    low = min((c.score for c in chosen), default=FIRST) - 100
    evidence = replace(
        plain.evidence, passages=tuple(passages), candidates=(*chosen, *(replace(c, score=low) for c in rest)),
        probability=max(one.evidence.probability for one in found), most=EACH * len(found),
    )  # fmt: skip
    return replace(plain, evidence=evidence, hits=tuple(hits))


def _best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """A side's best sentence, and the second where it is nearly as good and of the same article."""
    best = candidates[0]
    near = [c for c in candidates[1:EACH] if best.score - c.score <= CLOSE and c.passage.article_id == best.passage.article_id]
    return [replace(c, score=FIRST - place, cover=()) for place, c in enumerate([best, *near])]


def _same(one: Candidate, other: Candidate) -> bool:
    return one.passage.article_id == other.passage.article_id and one.start < other.end and other.start < one.end
