"""Where a text holds words exactly: only white space, quotation marks, dashes and ligatures may be of another kind. Pure.

    Verbatim("the “last  oﬃce” – closed").find('"last office" - closed')  -> (4, 26)

Letters, capitals, accents and figures have to be the same: anything else is another quotation. Vowel signs of Arabic and
Hebrew may stand or not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from index.text.fold import OTHERWISE, UNSEEN, same_form
from index.text.quotation_marks import CLOSERS, OPENERS
from index.text.terms import UNSPACED

Span = tuple[int, int]

_MARKS = f"\"＂'‘’‚‛`´{OPENERS}{CLOSERS}"
_DASHES = "‐‑‒–—―−"
# Vowel signs of Hebrew and Arabic, which are written or not, and the stroke that lengthens a line of Arabic
_UNWRITTEN = "\u0591-\u05bd\u0640\u064b-\u0652\u0670"
_UNSEEN = re.compile(f"[{UNSEEN}{_UNWRITTEN}]")
_OTHERWISE = re.compile(
    rf"(?P<space>\s+)|(?P<mark>[{re.escape(_MARKS)}])|(?P<dash>[{_DASHES}])|(?P<unseen>{_UNSEEN.pattern})|(?P<form>{OTHERWISE})"
)
_GAP = re.compile(r"(?:(?<!\s)\s+)?(?:[\[(]\s*(?:\.\.\.|…)\s*[\])]|\.\.\.|…)\s*")
_UNSPACED = re.compile(f"[{UNSPACED}]")


class Verbatim:
    """A text as its words are compared, and where each of them stands in the text itself."""

    __slots__ = ("_origins", "_starts", "text")

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []  # where each piece begins in `self.text`
        self._origins: list[tuple[int, int, bool]] = []  # [start, end) of it in the text; whether it is the same there
        pieces: list[str] = []
        size = at = 0
        for match in _OTHERWISE.finditer(text):
            for piece, start, end, same in (
                (text[at : match.start()], at, match.start(), True),
                (_alike(match), match.start(), match.end(), False),
            ):
                if piece:
                    self._starts.append(size)
                    self._origins.append((start, end, same))
                    pieces.append(piece)
                    size += len(piece)
            at = match.end()
        self._starts.append(size)
        self._origins.append((at, len(text), True))
        pieces.append(text[at:])
        self.text = "".join(pieces)

    def find(self, words: str, start: int = 0) -> Span | None:
        """[start, end) of the words in the text, from a place in it on; None if they are not there as whole words."""
        wanted = alike(words)
        at = self._at(start) - 1
        while wanted and (at := self.text.find(wanted, at + 1)) >= 0:
            end = at + len(wanted)
            if not (self._cuts(at) or self._cuts(end) or self._drops_a_minus(at)):
                return self._origin(at, last=False), self._origin(end - 1, last=True)
        return None

    def search(self, pattern: re.Pattern[str]) -> Span | None:
        """[start, end) in the text of what a pattern for words as they are compared (`alike`) matches; None if nothing."""
        match = pattern.search(self.text)
        if match is None or match.start() == match.end():
            return None
        return self._origin(match.start(), last=False), self._origin(match.end() - 1, last=True)

    def find_parts(self, words: str, start: int = 0) -> list[Span]:
        """The spans of words with gaps (…), all of them in this order; none if one is missing."""
        spans: list[Span] = []
        for part in _GAP.split(words):
            if not part.strip():
                continue
            span = self.find(part, spans[-1][1] if spans else start)
            if span is None:
                return []
            spans.append(span)
        return spans

    def _cuts(self, at: int) -> bool:
        """Whether a place is inside a word."""
        before, after = self.text[at - 1 : at], self.text[at : at + 1]
        return before.isalnum() and after.isalnum() and not _UNSPACED.match(before) and not _UNSPACED.match(after)

    def _drops_a_minus(self, at: int) -> bool:
        """Whether a number begins here of which the sign stands before it: "-12" is not "12", while "10-12" holds both."""
        return self.text[at : at + 1].isdecimal() and self.text[at - 1 : at] == "-" and not self.text[at - 2 : at - 1].isalnum()

    def _origin(self, position: int, *, last: bool) -> int:
        """Where the character at a position begins, or ends, in the text itself."""
        piece = bisect_right(self._starts, position) - 1
        start, end, same = self._origins[piece]
        offset = position - self._starts[piece]
        return (start + offset + last) if same else (end if last else start)

    def _at(self, origin: int) -> int:
        """The position of a place of the text itself."""
        piece = max(0, bisect_right(self._origins, (origin, 1 << 60, True)) - 1)
        start, _, same = self._origins[piece]
        return self._starts[piece] + (max(0, origin - start) if same else 0)  # before it: what is not seen


def alike(text: str) -> str:
    """A text as words are compared.

    >>> alike("„Der  Rat“ – oﬃziell") == alike('"Der Rat" - oﬀiziell'.replace("ﬀ", "ff"))
    True
    """
    return " ".join(_OTHERWISE.sub(_alike, text).split())


def _alike(match: re.Match[str]) -> str:
    if match["space"]:
        return " "
    if match["mark"]:
        return "'"
    if match["dash"]:
        return "-"
    return _UNSEEN.sub("", same_form(match["form"])) if match["form"] else ""


@lru_cache(maxsize=64)
def verbatim(text: str) -> Verbatim:
    """A Verbatim, kept while its article is read."""
    return Verbatim(text)


def locate(words: str, text: str) -> Span | None:
    """Where a text holds words exactly."""
    return verbatim(text).find(words)
