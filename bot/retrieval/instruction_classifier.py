"""Sentences that give a machine instructions, in words that no row of `injection.toml` has: "Dear summarising software, …".

    text -> patterns: surely one
         -> its sentences, those in another guise too -> the embedded model's trained reader of instructions
            (`index.embedding.instruction_reader`) -> log-odds -> surely one, or one that may be

Patterns are read first: they see what a sentence alone does not show, the marks and turns of a chat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.retrieval.prompt_injection import forms, instructions, shown_letters
from index.records import Embeddings
from index.text.passages import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 600  # characters of a sentence
SURE = 8.0  # log-odds from which it is one: 1 of 16,000 sentences of real articles
DOUBTFUL = 1.0  # from which it may be one: 1 in 800 of these


@runtime_checkable
class InstructionReader(Protocol):
    """An embedding model that can also tell a sentence that gives instructions. The embedded default one does."""

    def instruction_odds(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """(n,) log-odds; -inf: nothing like it."""
        ...


@dataclass(frozen=True, slots=True)
class Instructions:
    """What of a text gives a machine instructions, each on one line. Nothing does: false."""

    sure: str = ""  # the first
    doubtful: tuple[str, ...] = ()  # sentences that may be one, in their order

    def __bool__(self) -> bool:
        return bool(self.sure or self.doubtful)


def instructions_in(
    texts: Sequence[tuple[str, str]], embeddings: Embeddings, likely: Callable[[str], bool] = lambda sentence: True
) -> list[Instructions]:
    """What gives a machine instructions in each (text, language): by pattern, which is sure, or by what was learnt of those
    sentences that are `likely` to matter.

    An embedding model that cannot read them finds nothing: the patterns alone are left.
    """
    found = {text: Instructions(instructions(text)) for text, _ in texts}
    rest = [(text, lang) for text, lang in texts if not found[text]]
    if isinstance(embeddings, InstructionReader):
        found |= zip((text for text, _ in rest), _learnt(rest, embeddings, likely), strict=True)
    return [found[text] for text, _ in texts]


def _learnt(texts: Sequence[tuple[str, str]], reader: InstructionReader, likely: Callable[[str], bool]) -> list[Instructions]:
    of = [list(filter(likely, read_alone(text, lang))) for text, lang in texts]
    flat = list(dict.fromkeys(sentence for some in of for sentence in some))
    odds = dict(zip(flat, reader.instruction_odds(flat).tolist(), strict=True))
    return [
        Instructions(
            sure=next((sentence for sentence in some if odds[sentence] >= SURE), ""),
            doubtful=tuple(sentence for sentence in some if DOUBTFUL <= odds[sentence] < SURE),
        )
        for some in of
    ]


@lru_cache(maxsize=4_000)
def read_alone(text: str, lang: str) -> tuple[str, ...]:
    """The sentences of a text, and of what it says in another guise, each on one line."""
    made = []
    for shown in (shown_letters(text), *forms(text)[1:]):
        for line in shown.splitlines():
            made += [" ".join(line[start:end].split())[:LONGEST] for start, end in sentences(line, lang)]
    return tuple(filter(None, made))
