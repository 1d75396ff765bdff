"""A statement before its speaker is resolved, the ways in which one is found, and how often each is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.quotes.tokens import Kind, Place, Reading, Token

How = Literal[
    "after", "before", "goes on", "goes on after report", "goes on after narration", "paragraphs",
    "next paragraph", "next paragraph after report", "announced", "headline", "colon", "colon of one", "speech of",
    "subject before", "alone", "mixed", "indirect", "inside",
]  # fmt: skip  # how a speaker was found
# How often the speaker was right on PolNeAR's training articles, by the way it was found (scripts/eval_quotes.py --ways).
CONFIDENCE: dict[How, float] = {
    "after": 0.95, "before": 0.93, "goes on": 0.95, "goes on after report": 0.85, "goes on after narration": 0.6,
    "paragraphs": 0.95, "next paragraph": 0.6, "next paragraph after report": 0.65, "announced": 0.7, "headline": 0.8,
    "colon": 0.65, "colon of one": 0.75, "speech of": 0.7,
    "subject before": 0.3, "alone": 0.1, "mixed": 0.9, "indirect": 0.85, "inside": 0.8,
}  # fmt: skip
PLACES: dict[Place, float] = {
    "left": 1.0, "right": 1.0, "relative": 0.95, "according": 1.0, "shared": 0.95, "guess": 0.7, "impersonal": 0.0,
    "nobody": 0.0, "": 1.0,
}  # fmt: skip
NO_CUE: frozenset[How] = frozenset(("subject before", "alone"))  # ways of finding a speaker that are guesses


@dataclass(slots=True)
class UnresolvedStatement:
    """A statement before its speaker is resolved."""

    start: int
    end: int
    kind: Kind
    how: How
    sentence: int  # where it stands
    reading: Reading | None = None
    source: int = -1  # the sentence whose tokens `reading` counts in
    quote: int = -1  # number of the piece, if it is one


def direct(token: Token, how: How, number: int, reading: Reading | None, source: int | None = None) -> UnresolvedStatement:
    """A quotation, found in sentence `number`; `source`: the sentence of its reading, where that is another."""
    return UnresolvedStatement(
        token.start, token.end, "direct", how, number, reading, number if source is None else source, token.quote
    )
