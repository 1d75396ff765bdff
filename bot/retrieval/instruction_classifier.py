"""Sentences that give a machine instructions in words that no row of `injection.toml` has: "Dear summarising software, …".

    passage -> sentences with words of some kinds together (`instruction_words.toml`) -> the embedded model's vector of each ->
    logistic regression over the vector and the kinds -> those above the threshold, and those that are surely one

Few sentences of news have such words together, 2 in 100, so few are embedded; what an answer is made of is embedded anyway. The
model card stands in `instruction_weights.json`; `python scripts/train_instructions.py` makes it again.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.retrieval.packed import unpacked
from bot.retrieval.prompt_injection import folded, instructions, shown_letters
from bot.retrieval.word_coverage import TokenEmbeddings
from index.records import Embeddings
from index.text.language import scripts_say
from index.text.lexicon_tables import folded_pattern
from index.text.passages import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("machine", "answer", "instruction", "alone", "reader")
LONGEST = 600  # characters of a sentence
SURE = 2.0  # log-odds above which it is one: no sentence of 5,000 real articles but a handful, two of three known instructions
SCALE = 0.05  # of a kind beside the coordinates of a vector of length 1

Kinds = tuple[bool, ...]  # of KINDS


@dataclass(frozen=True, slots=True)
class Suspect:
    """A sentence whose words may be an instruction."""

    text: str
    kinds: Kinds


@dataclass(frozen=True, slots=True)
class Instructions:
    """What of a text gives a machine instructions, each on one line. Nothing does: false."""

    sure: str = ""  # the first
    doubtful: tuple[str, ...] = ()  # sentences that may be one, in their order

    def __bool__(self) -> bool:
        return bool(self.sure or self.doubtful)


@dataclass(frozen=True, slots=True)
class Weights:
    """The regression: what each coordinate and each feature adds to the log-odds."""

    vector: NDArray[np.float32]  # (384,)
    kinds: NDArray[np.float32]  # (features,) of `features`, times SCALE
    bias: float
    threshold: float  # log-odds above which a sentence may be an instruction


def instructions_in(texts: Sequence[tuple[str, str]], embeddings: Embeddings) -> list[Instructions]:
    """What gives a machine instructions in each (text, language): by rule, which is sure, or by likeness."""
    found = {text: Instructions(instructions(text)) for text, _ in texts}
    rest = [(text, lang) for text, lang in texts if not found[text]]
    found |= zip((text for text, _ in rest), alike(rest, embeddings), strict=True)
    return [found[text] for text, _ in texts]


def alike(texts: Sequence[tuple[str, str]], embeddings: Embeddings) -> list[Instructions]:
    """The sentences of each (text, language) that are like known instructions to machines.

    Vectors of another model than the embedded one say nothing here: then nothing is found.
    """
    of = [suspects(text, lang) for text, lang in texts]
    flat = list(dict.fromkeys(suspect for some in of for suspect in some))
    if not flat or not isinstance(embeddings, TokenEmbeddings):
        return [Instructions()] * len(texts)
    read = embeddings.embed_tokens([suspect.text for suspect in flat])
    odds = {suspect: log_odds(one.vector, suspect.kinds) for suspect, one in zip(flat, read, strict=True)}
    return [
        Instructions(
            sure=next((suspect.text for suspect in some if odds[suspect] > SURE), ""),
            doubtful=tuple(suspect.text for suspect in some if weights().threshold < odds[suspect] <= SURE),
        )
        for some in of
    ]


def log_odds(vector: NDArray[np.float32], kinds: Kinds) -> float:
    """Of a sentence being an instruction, from its unit vector, (384,), and the kinds of words that it has."""
    import numpy as np

    made = weights()
    if vector.shape != made.vector.shape:
        return -np.inf
    return float(vector.astype(np.float32) @ made.vector + np.array(features(kinds), np.float32) @ made.kinds + made.bias)


def features(kinds: Kinds) -> list[float]:
    """What is weighed beside the vector, 0 or SCALE each: the kinds of words, and pairs of them."""
    machine, answer, told, alone, reader = kinds
    pairs = (machine and reader, machine and alone, answer and alone, told and reader, machine and answer)
    return [SCALE * kind for kind in (*kinds, *pairs)]


# Which sentences -------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4_000)
def suspects(text: str, lang: str) -> tuple[Suspect, ...]:
    """The sentences of a text that have words of some kinds together."""
    made = []
    for line in shown_letters(text).splitlines():
        for start, end in sentences(line, lang):
            sentence = " ".join(line[start:end].split())[:LONGEST]
            if suspicious(kinds := kinds_of(sentence, lang)):
                made.append(Suspect(sentence, kinds))
    return tuple(made)


def suspicious(kinds: Kinds) -> bool:
    """Whether a sentence may speak to a machine: one is named, or what it was told; and what it is to do or to leave."""
    machine, answer, told, alone, reader = kinds
    return (machine and (answer or alone or reader)) or (told and (answer or alone)) or (answer and alone)


def kinds_of(sentence: str, lang: str) -> Kinds:
    """The kinds of words that it has in the language, among the article's, English and what its letters tell, that has most."""
    plain = folded(sentence)
    langs = dict.fromkeys((lang, "en", *scripts_say(sentence)))
    found = [tuple(bool(pattern.search(plain)) for pattern in _words()[one]) for one in langs if one in _words()]
    return max(found, key=sum)


@cache
def _words() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads((files("index.text") / "data" / "instruction_words.toml").read_text(encoding="utf-8"))
    return {lang: tuple(re.compile(folded_pattern(words[kind])) for kind in KINDS) for lang, words in table.items()}


# The regression --------------------------------------------------------------------------------------------------------------


@cache
def weights() -> Weights:
    """The shipped ones."""
    row = json.loads((files("bot.retrieval") / "instruction_weights.json").read_text(encoding="utf-8"))
    return Weights(unpacked(row["vector"]), unpacked(row["kinds"]), row["bias"], row["threshold"])
