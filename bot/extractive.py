"""The embedded default generator: answers with the articles' own sentences, chosen and cited, with no language model.

Evidence -> best sentences -> whole quotations and speakers kept -> no repetition -> in the articles' order -> Drafts
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import asking, marks, words
from bot.evidence import Candidate, Evidence
from bot.records import Turn
from bot.rewrite import standalone
from index.quotes import Statement
from index.records import Article
from index.split import sentences as split_sentences
from index.statements import read

if TYPE_CHECKING:
    import threading

BUDGET = 900  # characters quoted in an answer; one sentence may always be shown
CAP = 1200  # never more than this
# How far below the best a sentence may score, in log-odds, and still be shown. Measured on XQuAD (en, es, de, mixed): with 2
# the answer is in the two sentences in .859 of questions, with 4 in .871, without a limit in .873.
SECOND = 4.0
LATER = 2.0
OPEN = 8.0  # of what somebody said, where a question names no topic
SURE = 0.7  # confidence from which a speaker's name is put beside the pronoun
NEAR = 0.75  # share of the shorter one's words in common: the same sentence again


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence of an answer before it is verified."""

    text: str = ""  # empty where it is an article's own words: those of `span`
    cites: tuple[int, ...] = ()  # numbers of the passages it stands on, from 1
    span: tuple[int, int] | None = None  # code points of the first cited passage's article
    heading: str = ""
    asides: tuple[tuple[int, str], ...] = ()  # (code point of the article, words of it that stand elsewhere: who "he" is)


class Extractive:
    """Quotes. `article` finds the stored text, for the words around a passage's border."""

    name = "extractive"
    prompt = ""

    def __init__(
        self,
        article: Callable[[str, int], Article | None],
        said: Callable[[Article], Sequence[Statement]] = read,
    ) -> None:
        self._article, self._said = article, said

    def rewrite(self, question: str, history: Sequence[Turn], lang: str, *, stop: threading.Event | None = None) -> str:
        """By rule: what an earlier question was about, behind a question that leans on it."""
        return standalone(question, history, lang)

    def generate(self, question: str, evidence: Evidence, lang: str, *, stop: threading.Event | None = None) -> Iterator[Draft]:
        """The sentences that answer, in the order of the articles."""
        for chosen in self.choose(evidence):
            yield self.draft(chosen, evidence)

    def choose(self, evidence: Evidence) -> list[Candidate]:
        """The sentences to show, widened to whole quotations, grouped by article, each article in its order."""
        chosen: list[Candidate] = []
        total = 0
        limit, budget = (evidence.most, CAP) if evidence.most else (wanted(evidence.question), BUDGET)
        best = evidence.candidates[0].score if evidence.candidates else 0.0
        everything = asking.asks_for_everything(evidence.question, evidence.lang)
        for candidate in in_turn(evidence):
            reach = OPEN if everything and candidate.close.spoken else SECOND if len(chosen) < 2 else LATER
            if len(chosen) == limit:
                break
            if best - candidate.score > reach:
                continue
            wide = self.widened(candidate)
            if any(repeats(wide, other) for other in chosen):
                continue
            size = wide.end - wide.start
            if size > CAP or (chosen and total + size > budget):
                continue
            chosen.append(wide)
            total += size
        if any(c.heading for c in chosen):  # one occasion after the other
            return chosen
        order = {key: n for n, key in enumerate(dict.fromkeys((c.passage.article_id, c.passage.version) for c in chosen))}
        return sorted(chosen, key=lambda c: (order[c.passage.article_id, c.passage.version], c.start))

    def widened(self, candidate: Candidate) -> Candidate:
        """With the neighbours that it needs: the rest of a quotation, and who said it."""
        article = self._article(candidate.passage.article_id, candidate.passage.version)
        if article is None:
            return candidate
        start, end = widen(article.text, candidate.start, candidate.end, candidate.passage.lang)
        return replace(candidate, start=start, end=end, text=article.text[start:end])

    def draft(self, chosen: Candidate, evidence: Evidence) -> Draft:
        """A candidate as a draft, with a name beside the pronoun of its speaker where the article tells who that is."""
        article = self._article(chosen.passage.article_id, chosen.passage.version)
        asides = speakers(article, chosen.start, chosen.end, self._said(article)) if article else ()
        number = evidence.passages.index(chosen.passage) + 1
        return Draft(cites=(number,), span=(chosen.start, chosen.end), asides=asides, heading=chosen.heading)


def speakers(article: Article, start: int, end: int, said: Sequence[Statement] | None = None) -> tuple[tuple[int, str], ...]:
    """(where, name) of the first pronoun in the span that speaks and that the article names elsewhere, if that is sure.

    `said`: who says what in the article; None: it is read now.
    """
    found: dict[int, str] = {}
    for one in read(article) if said is None else said:
        if one.speaker_end is None or one.speaker_start is None or not start <= one.speaker_start < one.speaker_end <= end:
            continue
        name = one.speaker_resolved
        if not _PRONOUN.fullmatch(one.speaker) or not name or name not in article.text or one.confidence < SURE:
            continue
        if not words.holds_name(name.split()[-1], article.text[start:end], same_lang=True):
            found[one.speaker_end] = name
    return tuple(sorted(found.items())[:1])


def in_turn(evidence: Evidence) -> list[Candidate]:
    """The candidates, best first; where a reason is asked for and the best gives none, the sentence after it comes second."""
    ranked = list(evidence.candidates)
    if ranked and asking.kind(evidence.question) == "why" and not asking.explains(ranked[0].text):
        best = ranked[0]
        after = [c for c in ranked if c.passage.article_id == best.passage.article_id and c.start >= best.end]
        if after:
            following = min(after, key=lambda c: c.start)
            ranked.remove(following)
            ranked.insert(1, replace(following, score=best.score))
    return ranked


def wanted(question: str) -> int:
    """Sentences that an answer needs at most: a fact needs one or two, what somebody said more."""
    return {"said": 5, "other": 3}.get(asking.kind(question), 2)


def repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences overlap or say the same in nearly the same words."""
    same = (one.passage.article_id, one.passage.version) == (other.passage.article_id, other.passage.version)
    if same and one.start < other.end and other.start < one.end:
        return True
    a, b = (words.content(c.text, c.passage.lang) for c in (one, other))
    return len(a & b) >= NEAR * max(1, min(len(a), len(b)))


def widen(text: str, start: int, end: int, lang: str = "", limit: int = 600) -> tuple[int, int]:
    """The span with the neighbouring sentences of its paragraph that complete a quotation or name its speaker.

    The result is one contiguous span of `text` that begins and ends on sentence borders and is at most `limit` long, unless the
    span already was longer.
    """
    first, last = paragraph(text, start, end)
    spans = [(first + a, first + b) for a, b in split_sentences(text[first:last], lang)]
    inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
    if not inside:
        return start, end
    low, high = inside[0], inside[-1]
    for _ in range(4):
        step = _step(text, spans, low, high)
        new_low, new_high = low + min(0, step), high + max(0, step)
        if not step or new_low < 0 or new_high >= len(spans) or spans[new_high][1] - spans[new_low][0] > limit:
            break
        low, high = new_low, new_high
    return min(start, spans[low][0]), max(end, spans[high][1])


def _step(text: str, spans: list[tuple[int, int]], low: int, high: int) -> int:
    """-1: needs the sentence before; 1: the one after; 0: complete."""
    piece = text[spans[low][0] : spans[high][1]]
    if not marks.balanced(piece):
        before = high + 1 < len(spans) and marks.balanced(text[spans[low][0] : spans[high + 1][1]])
        after = low > 0 and marks.balanced(text[spans[low - 1][0] : spans[high][1]])
        return 1 if before else -1 if after else 0
    if (
        marks.DOUBLE.match(piece)
        and not words.names(marks.DOUBLE.sub("", _outside(piece)))
        and not _PRONOUN.search(_outside(piece))
    ):
        following = text[spans[high + 1][0] : spans[high + 1][1]] if high + 1 < len(spans) else ""
        if following and asking.says(following) and len(following) < 200:
            return 1
    return 0


_PRONOUN = re.compile(r"\b(?:he|she|they|él|ella|ellos|il|elle|ils|er|sie|ele|ela)\b", re.I)


def _outside(piece: str) -> str:
    """A text without what is quoted in it."""
    return re.sub('[“«„‹][^“”«»„‹›]*[”»“›]|"[^"]*"', " ", piece)


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that a span stands in."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last
