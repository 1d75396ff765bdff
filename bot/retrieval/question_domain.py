"""Whether a question is one for news at all: "how long does an egg take to boil" is out of domain, whatever an article is like.

    question -> the embedded model's vector -> logistic regression -> log-odds that a reader asks it of a news archive

What the articles found have of its words cannot tell: something is always near. The model card stands in
`question_domain.json`; `python scripts/train_question_domain.py` makes it again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.retrieval.packed import unpacked
from bot.retrieval.word_coverage import TokenEmbeddings
from index.records import Embeddings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURE = 0.0  # log-odds from which a question is for news, and nothing is taken from those of an answer
LEAST = 3  # words of a last sentence
NONE = -4.0  # of that, from which on what names nobody, and nothing answers, is talk
STEEP, MOST = 2.0, 6.0  # that is taken for each, and at most: an archive may have an article on boiling eggs

_BORDER = re.compile(r"(?<=[.!:;])\s+")


@dataclass(frozen=True, slots=True)
class DomainWeights:
    """The regression."""

    vector: NDArray[np.float32]  # (384,)
    bias: float


def doubt(question: str, embeddings: Embeddings) -> float:
    """What a question that may be none for news takes from the log-odds of an answer: 0 or less.

    Of several sentences ("Thanks. Something else: how big is the fine?") the whole counts, or the last if that is more of one.
    Vectors of another model than the embedded one say nothing here: then nothing is taken.
    """
    if not isinstance(embeddings, TokenEmbeddings):
        return 0.0
    whole = log_odds(question, embeddings)
    last = _BORDER.split(question)[-1]
    if whole < SURE and last != question and len(last.split()) >= LEAST:
        whole = max(whole, log_odds(last, embeddings))
    return max(-MOST, min(0.0, STEEP * (whole - SURE)))


def none_for_news(question: str, embeddings: Embeddings) -> bool:
    """Whether a message that names nobody is hardly a question for news, but talk, or a question to another machine."""
    return doubt(question, embeddings) <= NONE


def log_odds(question: str, embeddings: TokenEmbeddings) -> float:
    """Of a question being one for news; SURE where the vectors are another model's."""
    vector, made = embeddings.embed_tokens([question], query=True)[0].vector, weights()
    return float(vector @ made.vector) + made.bias if vector.shape == made.vector.shape else SURE


@cache
def weights() -> DomainWeights:
    """The shipped ones."""
    row = json.loads((files("bot.retrieval") / "question_domain.json").read_text(encoding="utf-8"))
    return DomainWeights(unpacked(row["vector"]), row["bias"])
