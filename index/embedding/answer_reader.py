"""Which sentence of a passage answers a question: multilingual-e5-small with a low-rank adapter, trained to read both together.

    question, heading, sentences -> one run of the adapted encoder -> three numbers a token -> log-odds of each sentence

    <s> query: QUESTION </s> passage: HEADING </s> SENTENCE SENTENCE ... </s>

A sentence's score is the mean of its tokens' first number and the log of the sum of exponents of their second one: what it is
about, and whether something in it is what was asked. "Not here" is the third number of <s>. `reader.npz` is the adapter:
docs/reader.md says what it was trained on; `scripts/train_reader.py` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.e5_tokenizer import Unigram

Floats = NDArray[np.float32]
Span = tuple[int, int]

SHIPPED = Path(__file__).with_name("reader.npz")
QUESTION, HEADING = 64, 40  # tokens of the question and of the heading that are read
WINDOW = 512
MEAN, PEAK, NOT_HERE = 0, 1, 2  # columns of what comes out


def tokens(tokenizer: Unigram, question: str, heading: str, sentences: Sequence[str]) -> tuple[list[int], list[Span]]:
    """Ids of a question and a passage, and where each sentence's are; a sentence beyond the window has an empty span."""
    ids = [tokenizer.start, *tokenizer.encode(f"query: {question}").ids[:QUESTION], tokenizer.end]
    ids += [*tokenizer.encode(f"passage: {heading}").ids[:HEADING], tokenizer.end]
    spans = []
    for sentence in sentences:
        of_sentence = tokenizer.encode(sentence).ids[: WINDOW - 1 - len(ids)]
        spans.append((len(ids), len(ids) + len(of_sentence)))
        ids += of_sentence
    return [*ids, tokenizer.end], spans


def log_odds(output: Floats, spans: Sequence[Span]) -> Floats:
    """(sentences,) log-odds of each sentence against "not here", from (tokens, 3); -inf for an empty one."""
    scores = np.full(len(spans), -np.inf, np.float32)
    for i, (start, end) in enumerate(spans):
        if start < end:
            peaks = output[start:end, PEAK]
            top = peaks.max()
            scores[i] = output[start:end, MEAN].mean() + top + np.log(np.exp(peaks - top).sum()) - output[0, NOT_HERE]
    return scores
