"""What the trained reader makes of the sentences found: it reads the question and a passage together, as the cosine does not.

It costs as much as embedding the same text, so only the passages of the sentences that look best without it are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.questions.question import Question
from bot.retrieval.candidates import Candidate, sentence_spans
from bot.retrieval.sentence_standing import standing
from bot.retrieval.weights import NEARNESS, READING
from index.records import Passage, Period

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


BEFORE = 2 * 86_400  # seconds that a report may come after what it tells of
UNREADABLE = -20.0  # log-odds of a text that has no token
PASSAGES = 3  # that are read for a question: on 380 questions of ours and deskqa as good as 4 or 5


@runtime_checkable
class SentenceReader(Protocol):
    """An embedding model that can also tell which sentence answers a question. The embedded default one does."""

    def read_sentences(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> Sequence[NDArray[np.float32]]:
        """For each passage, a heading and its sentences, the log-odds that each of them answers, (sentences,)."""
        ...


def with_readings(question: Question, ranked: Sequence[Candidate], reader: SentenceReader) -> tuple[Candidate, ...]:
    """The candidates, best first, with what a reader makes of those that are best without it, best first with it."""
    read = readings(question, ranked, reader)
    least = min((value for value in read if value is not None), default=0.0)
    scored = [
        replace(c, read=value, score=READING * (least if value is None else value) + NEARNESS * (c.score - off) + off)
        for c, value, off in zip(ranked, read, [standing(question, c) for c in ranked], strict=True)
    ]
    return tuple(sorted(scored, key=lambda c: -c.score))


def readings(question: Question, ranked: Sequence[Candidate], reader: SentenceReader) -> list[float | None]:
    """Of each candidate, best first, the log-odds that it answers the question; None where its passage is not read.

    A report of the time that is asked about seldom names it: it is read for the question without that time.
    """
    passages = best_passages(ranked)
    spans = [sentence_spans(passage.text, passage.lang) for passage in passages]
    texts = [
        (passage.title, [" ".join(passage.text[a:b].split()) for a, b in of])
        for passage, of in zip(passages, spans, strict=True)
    ]
    known: dict[tuple[str, int], float] = {}
    asked = [_in_its_time(question, passage.published) for passage in passages]
    for words in dict.fromkeys(asked):
        mine = [i for i, one in enumerate(asked) if one == words]
        for i, values in zip(mine, reader.read_sentences(words, [texts[i] for i in mine]), strict=True):
            places = [passages[i].start + a for a, _ in spans[i]]
            known |= {(passages[i].id, at): float(v) for at, v in zip(places, values, strict=True) if v > float("-inf")}
    return [known.get((c.passage.id, c.start)) for c in ranked]


def alone(question: Question, texts: Sequence[str], published: Sequence[Period | None], reader: SentenceReader) -> list[float]:
    """The log-odds that each text answers, by itself: a title, of a report of that time."""
    asked = [_in_its_time(question, out) for out in published]
    odds = dict[int, float]()
    for words in dict.fromkeys(asked):
        mine = [i for i, one in enumerate(asked) if one == words]
        read = reader.read_sentences(words, [("", [texts[i]]) for i in mine])
        odds |= {i: max(UNREADABLE, float(values[0])) for i, values in zip(mine, read, strict=True)}
    return [odds[i] for i in range(len(texts))]


def best_passages(ranked: Sequence[Candidate]) -> list[Passage]:
    """The passages of the best sentences, which are read."""
    return list({c.passage.id: c.passage for c in ranked}.values())[:PASSAGES]


def _in_its_time(question: Question, published: Period | None) -> str:
    """The question as it is asked of a report of that time."""
    if published is None or not question.dates:
        return question.text
    return question.without_dates(Period(published.start - BEFORE, published.end)).text
