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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


PASSAGES = 3  # that are read for a question: on 380 questions of ours and deskqa as good as 4 or 5


@runtime_checkable
class SentenceReader(Protocol):
    """An embedding model that can also tell which sentence answers a question. The embedded default one does."""

    def read_sentences(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> Sequence[NDArray[np.float32]]:
        """For each passage, a heading and its sentences, the log-odds that each of them answers, (sentences,)."""
        ...


def with_readings(question: Question, ranked: Sequence[Candidate], reader: SentenceReader) -> tuple[Candidate, ...]:
    """The candidates, best first, with what a reader makes of those that are best without it, best first with it."""
    read = readings(question.text, ranked, reader)
    least = min((value for value in read if value is not None), default=0.0)
    scored = [
        replace(c, read=value, score=READING * (least if value is None else value) + NEARNESS * (c.score - off) + off)
        for c, value, off in zip(ranked, read, [standing(question, c) for c in ranked], strict=True)
    ]
    return tuple(sorted(scored, key=lambda c: -c.score))


def readings(question: str, ranked: Sequence[Candidate], reader: SentenceReader) -> list[float | None]:
    """Of each candidate, best first, the log-odds that it answers the question; None where its passage is not read."""
    passages = list({c.passage.id: c.passage for c in ranked}.values())[:PASSAGES]
    spans = [sentence_spans(passage.text, passage.lang) for passage in passages]
    texts = [
        (passage.title, [" ".join(passage.text[a:b].split()) for a, b in of])
        for passage, of in zip(passages, spans, strict=True)
    ]
    known = {
        (passage.id, passage.start + a): float(value)
        for passage, of, values in zip(passages, spans, reader.read_sentences(question, texts), strict=True)
        for (a, _), value in zip(of, values, strict=True)
        if value > float("-inf")
    }
    return [known.get((c.passage.id, c.start)) for c in ranked]
