"""The embedded default generator: answers with the articles' own sentences, chosen and cited, with no language model.

Evidence -> best sentences -> whole quotations and speakers kept -> no repetition -> the best one first -> Drafts
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.names_beside import speakers
from bot.questions.question import Question
from bot.questions.sentence_kind import explains
from bot.records import Draft, Turn
from bot.retrieval.asked_thing import held
from bot.retrieval.candidates import Candidate, has_name
from bot.retrieval.context import outside, widen
from bot.retrieval.evidence import Evidence
from bot.verification.vocabulary import says_no
from index.quotes import Statement
from index.quotes.quotation import read
from index.records import Article
from index.text.names import content_stems, names_in

if TYPE_CHECKING:
    import threading

BUDGET = 640  # characters quoted in an answer; one sentence may always be shown. With 420, two seeds lost a second span
ROOMY = 900  # the same of what somebody said, and of reasons, which often stand behind the deed
CAP = 1200  # never more than this
# How far below the best a sentence may score, in log-odds, and still be shown: on 129 questions of ours up to three such hold
# what is asked for .85, two whatever they score .81, in as many words.
REACH = 2.5
# The same of each article's best where several things are asked for; where one article has them all, the next is 4.7 below.
EACH = 4.0
DOUBT = 0.1  # chance that what is asked stands in none of those shown, below which no more are
# Chance that one more sentence is the one that holds it, for each of its characters, from which it is worth reading: a long one
# has to be likelier. On 319 questions the words of half the answers fall by a tenth to a fifth, and no more is missing.
WORTH = 0.08 / 150
OPEN = 8.0  # of what somebody said, where a question names no topic
NEAR = 0.75  # share of the shorter one's words in common: the same sentence again


class Extractive:
    """Quotes. `article` finds the stored text, for the words around a passage's border."""

    name = "extractive"
    prompt = ""

    def __init__(
        self,
        article: Callable[[str, int], Article | None],
        statements_in: Callable[[Article], Sequence[Statement]] = read,
    ) -> None:
        self._article, self._said = article, statements_in

    def rewrite(self, question: Question, history: Sequence[Turn], *, stop: threading.Event | None = None) -> str:
        """As the rules have it."""
        return question.text

    def generate(self, evidence: Evidence, lang: str, *, stop: threading.Event | None = None) -> Iterator[Draft]:
        """The sentences that answer: the best one, then the others in the order of the articles."""
        for chosen in self.choose(evidence):
            yield self.draft(chosen, evidence)

    def choose(self, evidence: Evidence) -> list[Candidate]:
        """The sentences to show, widened to whole quotations, grouped by article, each article in its order."""
        chosen: list[Candidate] = []
        total = 0
        everything, kind = evidence.question.everything, evidence.question.kind
        several = evidence.question.several and not evidence.most
        every = bool(evidence.most) or everything or several  # each counts, whatever the others hold
        roomy = kind in ("said", "why") or several
        limit, budget = (evidence.most, CAP) if evidence.most else (wanted(evidence.question), ROOMY if roomy else BUDGET)
        listed = bool(evidence.looked_at and evidence.most)
        best = evidence.candidates[0].score if evidence.candidates else 0.0
        ranked = of_each(evidence) if several else in_turn(evidence)
        likely, doubt = likelihoods(ranked), 1.0
        seen: set[str] = set()
        for candidate in ranked:
            new = several and candidate.passage.article_id not in seen
            seen.add(candidate.passage.article_id)
            reach = OPEN if everything and candidate.close.spoken else EACH if new else REACH
            if len(chosen) == limit:
                break
            if best - candidate.score > reach:
                continue
            if chosen and not every and doubt < DOUBT:
                continue
            wide = self.widened(candidate)
            if any(repeats(wide, other, listed=listed) for other in chosen):
                continue
            size, chance = wide.end - wide.start, likely.get((candidate.passage.article_id, candidate.start), 0.0)
            if size > CAP:
                continue
            read = len(outside(wide.text)) if kind == "said" else size  # somebody's words are as long as they are
            if chosen and not every and (chance < WORTH * read or adds_nothing(candidate, chosen[0], evidence.question)):
                continue
            if chosen and total + size > budget:  # what comes after is worse, however short
                break
            chosen.append(wide)
            doubt -= chance
            total += size
        if evidence.most or any(c.heading for c in chosen):  # one occasion, or one thing asked, after the other
            return chosen
        order = {key: n for n, key in enumerate(dict.fromkeys((c.passage.article_id, c.passage.version) for c in chosen))}
        told = sorted(chosen, key=lambda c: (order[c.passage.article_id, c.passage.version], c.start))
        if every or kind == "why":
            return told
        return sorted(told, key=lambda c: c is not chosen[0])  # what was asked stands first

    def widened(self, candidate: Candidate) -> Candidate:
        """With the neighbours that it needs: the rest of a quotation, and who said it."""
        article = self._article(candidate.passage.article_id, candidate.passage.version)
        if article is None or candidate.cut:
            return candidate
        start, end = widen(article.text, candidate.start, candidate.end, candidate.passage.lang)
        return replace(candidate, start=start, end=end, text=article.text[start:end])

    def draft(self, chosen: Candidate, evidence: Evidence) -> Draft:
        """A candidate as a draft, with a name beside a pronoun or a surname where the article tells who that is."""
        article = self._article(chosen.passage.article_id, chosen.passage.version)
        asides = speakers(article, chosen.start, chosen.end, self._said(article)) if article else ()
        number = evidence.passages.index(chosen.passage) + 1
        return Draft(cites=(number,), span=(chosen.start, chosen.end), asides=asides, heading=chosen.heading)


def likelihoods(candidates: Sequence[Candidate]) -> dict[tuple[str, int], float]:
    """How likely each sentence is to hold the answer, if one does: by its article and place. The scores are log-odds."""
    best = max((c.score for c in candidates), default=0.0)
    odds = [math.exp(c.score - best) for c in candidates]
    return {(c.passage.article_id, c.start): value / sum(odds) for c, value in zip(candidates, odds, strict=True)}


def in_turn(evidence: Evidence) -> list[Candidate]:
    """The candidates, best first; where a reason is asked for and the best gives none, the sentence after it comes second."""
    ranked = list(evidence.candidates)
    if ranked and evidence.question.kind == "why" and not explains(ranked[0].text, ranked[0].passage.lang):
        best = ranked[0]
        after = [c for c in ranked if c.passage.article_id == best.passage.article_id and c.start >= best.end]
        if after:
            following = min(after, key=lambda c: c.start)
            ranked.remove(following)
            ranked.insert(1, replace(following, score=best.score))
    return ranked


def of_each(evidence: Evidence) -> list[Candidate]:
    """The best of each article, best first, before the others."""
    best: dict[str, Candidate] = {}
    for candidate in evidence.candidates:
        best.setdefault(candidate.passage.article_id, candidate)
    return [*best.values(), *(c for c in evidence.candidates if best[c.passage.article_id] is not c)]


def wanted(question: Question) -> int:
    """Sentences that an answer needs at most: what somebody said takes more, and several things."""
    return 5 if question.kind == "said" or question.several else 3


def adds_nothing(candidate: Candidate, first: Candidate, question: Question) -> bool:
    """Whether a sentence is beside the point once another is shown: it lacks the figure, day or name that is asked for and
    stands there, or its article lacks a name of the question which the first one's has.
    """
    told, there = (held(question, c.text, c.passage.lang) or 0.0 for c in (candidate, first))
    if told < there:
        return True
    if candidate.passage.article_id == first.passage.article_id:
        return False
    named = [name for name in question.names if has_name(first.passage, name, question.lang)]
    return not all(has_name(candidate.passage, name, question.lang) for name in named)


def repeats(candidate: Candidate, other: Candidate, *, listed: bool = False) -> bool:
    """Whether two sentences overlap or say the same in nearly the same words.

    `listed`: each may say the same of somebody else, "Lee ended her campaign" and "Osk ended his campaign".
    """
    same = (candidate.passage.article_id, candidate.passage.version) == (other.passage.article_id, other.passage.version)
    if candidate.heading != other.heading and says_no(candidate.text, candidate.passage.lang) != says_no(
        other.text, other.passage.lang
    ):
        return False  # what was denied on one day, and has happened on another
    if same and candidate.start < other.end and other.start < candidate.end:
        return True
    if listed and not same and _names(candidate) - _names(other) and _names(other) - _names(candidate):
        return False
    a, b = (content_stems(c.text, c.passage.lang) for c in (candidate, other))
    return len(a & b) >= NEAR * max(1, min(len(a), len(b)))


def _names(candidate: Candidate) -> frozenset[str]:
    return frozenset(names_in(candidate.text, candidate.passage.lang))
