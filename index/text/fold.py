"""The one way in which words are made comparable: lower case, no accents, one apostrophe, ß as ss. Pure.

`fold` is for words that are looked up; `Folded` is for patterns over a text, whose matches must be found again in the text
itself, since folding may change its length ("ß" -> "ss", "…" -> "...").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What is not seen: soft hyphens, joiners, marks of direction, variation selectors (Unicode's default-ignorable code points).
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U000e0020-\U000e007f"
)
# Another form of the same letters: ligatures, digraphs, presentation forms, full and half width, squares, Hangul in its parts.
# Superscripts, subscripts, circles and fractions are none: 2⁵ is not 25.
OTHER_FORM = (
    "\u0132\u0133\u013f\u0140\u0149\u01c4-\u01cc\u01f1-\u01f3\u0587\u2024-\u2026\u2100-\u211f\u2121-\u2138\u2160-\u217f\u3300-\u33ff"
    "\uf900-\ufaff\ufb00-\ufdff\ufe10-\ufefc\uff01-\uff9f\uffe0-\uffe6"
)
_MARK = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u3099\u309a\uff9e\uff9f"
OTHERWISE = rf"\w[{_MARK}]+|[{OTHER_FORM}][{_MARK}]*|[\u1100-\u11ff]+"  # a letter and its marks, or letters of another form
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_UNSEEN_OR_OTHER = re.compile(rf"([{UNSEEN}])|{OTHERWISE}")

LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ـ": "",
    "’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-",
})  # fmt: skip
LETTERS |= {
    code: "" for first, last in re.findall(r"(.)(?:-(.))?", UNSEEN) for code in range(ord(first), ord(last or first) + 1)
}


def same_form(text: str) -> str:
    """The text without what is not seen, each letter in its common form: NFKC where that keeps the meaning.

    >>> same_form("oﬃ\u00adcieel 2⁵"), same_form("１２５００円")
    ('officieel 2⁵', '12500円')
    """
    return _UNSEEN_OR_OTHER.sub(_form, text)


def _form(match: re.Match[str]) -> str:
    return "" if match[1] else unicodedata.normalize("NFKC", match[0])


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without accents: "Pekín" -> "pekin". The vowel signs of Indic scripts stay, and Hangul stays whole.

    >>> fold("Äußerte"), fold("aujourd’hui"), fold("Łódź")
    ('ausserte', "aujourd'hui", 'lodz')
    """
    return fold_text(word)


def fold_text(text: str) -> str:
    """The same of a text that comes once, and need not be remembered."""
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
        pieces: list[str] = []
        starts: list[int] = []
        done = 0
        for match in _BEYOND_ASCII.finditer(text):
            start, end = match.span()
            start -= bool(start > done and unicodedata.combining(text[start]))  # its letter stands before it
            pieces.append(text[done:start].lower())
            starts += range(done, start)
            for at, cluster in _clusters(text[start:end]):
                pieces.append(_character(cluster))
                starts += [start + at] * len(pieces[-1])
            done = end
        pieces.append(text[done:].lower())
        starts += range(done, len(text) + 1)
        self.text = "".join(pieces)
        if starts != list(range(len(text) + 1)):
            self._starts = starts

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
    return fold_text(cluster)
