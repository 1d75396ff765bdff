"""Which sentences speak to a machine that reads an article, and tell it what to say: two trained parts, in any language.

    sentence -> rows of the embedding table -> gate, a convolution over three tokens: 1 sentence of news in 20 passes
             -> the encoder's lower eight layers with a low-rank adapter -> log-odds (`answer_reader.log_odds`)

The gate costs a hundredth of what the layers do. `instructions.npz` holds both: docs/instruction-reader.md says what they were
trained on; `scripts/train_instructions.py` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.e5_tokenizer import Unigram

Floats = NDArray[np.float32]

SHIPPED = Path(__file__).with_name("instructions.npz")
WINDOW = 128  # tokens of a sentence that are read
SCALE = 8.0  # of the embedding table's rows, as the gate was trained on them


def tokens(tokenizer: Unigram, sentence: str) -> list[int]:
    """Ids of a sentence, as a passage."""
    ids = tokenizer.encode(f"passage: {sentence}").ids[: WINDOW - 2]
    return [tokenizer.start, *ids, tokenizer.end]


@dataclass(frozen=True)
class InstructionGate:
    """A convolution over three tokens, its channels' largest and mean values, and a linear layer over these."""

    window: Floats  # (384, 3 channels): of the token before, the token itself, the one after
    bias: Floats  # (channels,)
    head: Floats  # (2 channels,)
    threshold: float

    @classmethod
    def of(cls, arrays: Mapping[str, Floats]) -> InstructionGate:
        """From a file's arrays. KeyError or ValueError where they are none of a gate."""
        window, bias, head = (arrays[f"gate.{name}"] for name in ("window", "bias", "head"))
        if window.shape[::2] != (3, len(bias)) or head.shape != (2 * len(bias),):
            raise ValueError(f"no gate is {window.shape} by {head.shape}")
        return cls(np.hstack(list(window * SCALE)), bias, head, float(arrays["gate.threshold"]))

    def passing(self, sentences: Sequence[Floats]) -> list[bool]:
        """Whether each sentence, (tokens, 384) of the embedding table, may be an instruction.

        One product for all: many small ones keep every processor busy with waiting for the others.
        """
        if not sentences:
            return []
        ends = np.cumsum([len(rows) for rows in sentences])
        return [self._odds(of) > self.threshold for of in np.split(np.concatenate(sentences) @ self.window, ends[:-1])]

    def _odds(self, products: Floats) -> float:
        """Of one sentence, from (tokens, 3 channels)."""
        before, at, after = np.hsplit(products, 3)
        seen = at + self.bias
        seen[1:] += before[:-1]
        seen[:-1] += after[1:]
        seen = np.maximum(seen, 0)
        return float(np.concatenate([seen.max(axis=0), seen.mean(axis=0)]) @ self.head)
