"""Whether a title tells news: "Port of Karsund closes for a week", and not "Inside the port", "My life as a pilot".

    a title's vector, as the embedded model made it -> logistic regression -> log-odds that it tells what happened

No words are looked at, so it holds for any language that the model knows. The model card stands in `title_weights.json`;
`python scripts/train_titles.py` makes it again.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.packed import unpacked

TELLS = -0.5  # log-odds from which a title may tell news: 96 of 100 that do have more


@dataclass(frozen=True, slots=True)
class TitleWeights:
    """The regression."""

    model: str  # whose vectors it is for
    vector: NDArray[np.float32]  # (384,)
    bias: float


def odds(title: NDArray[np.float32] | None, embedder: str) -> float:
    """Log-odds that a title tells news; infinite where it has no vector or another model's: nothing speaks against it."""
    made = weights()
    if title is None or embedder != made.model or title.shape != made.vector.shape:
        return math.inf
    return float(title @ made.vector) + made.bias


@cache
def weights() -> TitleWeights:
    """The shipped ones."""
    row = json.loads((files("bot.briefings") / "title_weights.json").read_text(encoding="utf-8"))
    return TitleWeights(row["model"], unpacked(row["vector"]), row["bias"])
