"""What a judge is asked about, a sentence with the words of the passages it rests on, and what it may say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.verification.evidence import CitedPassage
from bot.verification.verify import Checked

# "likely": supported, but without the words that settle what a rule doubts
Verdict = Literal["supported", "likely", "contradicted", "unsupported", "unjudged"]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence to be judged."""

    id: str
    text: str
    passages: tuple[int, ...]
    words: tuple[str, ...]
    doubts: tuple[str, ...] = ()  # what a rule found: "number: 12 million"


def case(checked: Checked, sources: Sequence[CitedPassage]) -> Case:
    """A sentence as the judge sees it."""
    by_number = {source.number: source for source in sources}
    return Case(
        id=hashlib.blake2b(checked.text.encode(), digest_size=3).hexdigest(),
        text=checked.text,
        passages=tuple(dict.fromkeys(words.number for words in checked.words)),
        words=tuple(" ".join(by_number[w.number].text[w.span[0] : w.span[1]].split()) for w in checked.words),
        doubts=tuple(dict.fromkeys(f"{block.reason}: {block.piece}" for block in checked.blocks)),
    )
