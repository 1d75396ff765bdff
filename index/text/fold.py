"""The one way in which words are made comparable: lower case, no accents, one apostrophe, ß as ss. Pure.

`fold` is for words that are looked up; `Folded` is for patterns over a text, whose matches must be found again in the text
itself, since folding may change its length ("ß" -> "ss", "…" -> "...").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ـ": "",
    "’": "'", "ʼ": "'", "‘": "'", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "", "\u2010": "-", "\u2011": "-",
})  # fmt: skip


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without accents: "Pekín" -> "pekin". The vowel signs of Indic scripts stay, and Hangul stays whole.

    >>> fold("Äußerte"), fold("aujourd’hui"), fold("Łódź")
    ('ausserte', "aujourd'hui", 'lodz')
    """
    return _fold(word)


def _fold(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text.translate(LETTERS))
    bare = "".join(char for char in text if not unicodedata.combining(char)).lower().translate(LETTERS)
    return unicodedata.normalize("NFC", bare) if any("\u1100" <= char <= "\u11ff" for char in bare) else bare


class Folded:
    """A text as patterns read it, and where each of its characters stands in the text itself.

    >>> text = "Was äußerte Olsen?"
    >>> folded = Folded(text)
    >>> match = re.search("ausserte", folded.text)
    >>> text[slice(*folded.span(match))]
    'äußerte'
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self._starts: list[int] | None = None
        if text.isascii():
            self.text = text.lower()
            return
        pieces = [(start, _character(cluster)) for start, cluster in _clusters(text)]
        self.text = "".join(piece for _, piece in pieces)
        if len(pieces) != len(self.text) or len(pieces) != len(text):
            self._starts = [start for start, piece in pieces for _ in piece] + [len(text)]

    def at(self, position: int) -> int:
        """The code point of the text that a position of `self.text` stands for."""
        return position if self._starts is None else self._starts[position]

    def span(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """[start, end) of a match over `self.text`, in code points of the text; (-1, -1) for a group that took no part."""
        start, end = match.span(group)
        return (start, end) if start < 0 else (self.at(start), self.at(end))

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """The spans, in code points of the text, of all matches."""
        return (self.span(match) for match in pattern.finditer(self.text))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """(start, a character with the marks that follow it)."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not unicodedata.combining(text[position]):
            yield start, text[start:position]
            start = position


@lru_cache(maxsize=20_000)
def _character(cluster: str) -> str:
    return _fold(cluster)
