"""Language means: the part of a vector that says only "this is Spanish", to be taken away before languages are compared.

Multilingual models put the passages of one language near one another, so that a question prefers its own language whatever the
content. Subtracting each language's mean removes most of that (Yang et al. 2021, "A Simple and Effective Method To Eliminate
the Self Language Bias in Multilingual Representations", arXiv:2109.04727). The means come from the library where it holds
enough passages of a language, else from `means.npz`, which ships with the program (made by scripts/means.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SHIPPED = Path(__file__).with_name("means.npz")
PRIOR = 30  # the shipped mean weighs as much as so many passages of the library
QUESTION = 0.5  # share of the question mean that is taken from a question: all of it costs 1.5 points, none 2 (scripts/LOG.md)


@dataclass(frozen=True, slots=True)
class Means:
    """What to subtract, by language (BCP 47 primary tag). The key "" is the mean of all, for languages not listed."""

    passages: Mapping[str, Floats]  # (dimension,) each
    questions: Mapping[str, Floats]

    def centred(self, vectors: Floats, langs: Sequence[str]) -> Floats:
        """Unit vectors (n, dimension) of passages without their language's mean. Without any means: as they are."""
        if not self.passages:
            return vectors
        if not len(langs):
            return vectors
        place = {lang: i for i, lang in enumerate(dict.fromkeys(langs))}
        table = np.stack([self.passages.get(lang, self.passages[""]) for lang in place])
        return unit(vectors - table[[place[lang] for lang in langs]])

    def question(self, vector: Floats, lang: str) -> Floats:
        """Unit vector (dimension,) of a question without its share of the question mean."""
        if not self.questions:
            return vector
        return unit(vector - QUESTION * self.questions.get(lang, self.questions[""]))

    def with_library(self, sums: Mapping[str, tuple[Floats, int]]) -> Means:
        """These means moved towards those of a library: language -> (sum of its passages' unit vectors, how many).

        (n · library mean + PRIOR · shipped mean) / (n + PRIOR): a lone passage minus itself would be nothing.
        A model of which no means are shipped: the library's own, towards the mean of all its passages.
        """
        total = sum(n for _, n in sums.values())
        if not total:
            return self
        overall: Floats = (np.stack([s for s, _ in sums.values()]).sum(axis=0) / total).astype(np.float32)
        passages = dict(self.passages or {"": overall})
        for lang, (s, n) in sums.items():
            passages[lang] = ((s + PRIOR * passages.get(lang, passages[""])) / (n + PRIOR)).astype(np.float32)
        return Means(passages, self.questions)


NONE = Means({}, {})


@cache
def shipped(embedder: str, dimension: int) -> Means:
    """The means that ship for an embedding model, by its recorded name; NONE for a model we have not measured."""
    with np.load(SHIPPED) as kept:
        if str(kept["embedder"]) != embedder or kept["passages"].shape[1] != dimension:
            return NONE
        langs = [str(lang) for lang in kept["langs"]]
        passages, questions = (kept[name].astype(np.float32) for name in ("passages", "questions"))
    return Means(dict(zip(langs, passages, strict=True)), dict(zip(langs, questions, strict=True)))


@cache
def fingerprint() -> str:
    """Changes when the shipped means do: what was centred by the old ones has to be centred anew."""
    return hashlib.blake2b(SHIPPED.read_bytes(), digest_size=8).hexdigest()


def unit(vectors: Floats) -> Floats:
    """Scaled to length one along the last axis."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, 1e-9)
    return scaled
