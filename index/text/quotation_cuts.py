"""Pure: what a stretch of a text cuts of the quotations that it lies in.

    'Trump tweeted: "Wow! Thousands are here. I will be, too."'   [Thousands are here.]  ->  '[…] "', '" […]'

The middle of a tweet has no marks of its own, and would be told as the paper's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text.quotation_marks import CLOSERS, OPENERS, Quote, balanced, quotes, unpaired

CUT = "[…]"
_PARTNER = {"«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "」": "「", "『": "』", "』": "『", '"': '"', "„": "“"}


@dataclass(frozen=True, slots=True)
class Cut:
    """What a stretch lacks at its two ends: an opening mark of what was quoted before it, a closing one of what goes on."""

    before: str = ""  # '[…] "'
    after: str = ""  # '" […]'
    unclosed: bool = False  # what is quoted ends nowhere in the text, as in an excerpt: its marks are shown, and nothing is cut

    def __bool__(self) -> bool:
        return bool(self.before or self.after) and not self.unclosed

    def shown(self, words: str) -> str:
        """The words with the marks that they lack, and dots where words are left out."""
        return f"{self.before}{words}{self.after}"


def cut(text: str, start: int, end: int, lang: str = "") -> Cut:
    """What text[start:end] cuts of the quotations of its paragraph. Only what is plainly quoted counts: both marks are there.

    >>> text = 'He said: "It is cold. It is late. Go home." Then he left.'
    >>> cut(text, text.index("It is late"), text.index(" Go home")).shown("It is late.")
    '[…] "It is late." […]'
    >>> bool(cut(text, 0, text.index(" Then"))), bool(cut(text, text.index("Then"), len(text)))
    (False, False)
    """
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    before = after = ""
    for quote in around(text, start, end, lang):
        opening, closing = ("“", "”") if quote.family == "archive" else (text[quote.start], text[quote.end - 1])
        if quote.start < start < quote.end - 1:
            before = f"{CUT} {opening}" if _words(text[quote.start + 1 : start]) else opening
        if quote.start < end - 1 and end < quote.end:
            after = f"{closing} {CUT}" if _words(text[end : quote.end - 1]) else closing
    words = text[start:end]
    if (
        not balanced(words) and not before and not after
    ):  # of several paragraphs each begins with a mark, and the last alone ends
        opens, closes = words[:1] in OPENERS + '"', words[-1:] in CLOSERS + '"'
        after = f"{_PARTNER.get(words[0], '”')} {CUT}" if opens and not closes else ""
        before = f"{CUT} {_PARTNER.get(words[-1], '“')}" if closes and not opens else ""
        if not before and not after and (mark := _left_open(words)):
            return Cut(after=f"{_PARTNER.get(mark, '”')} {CUT}", unclosed=True)
    return Cut(before, after)


def _left_open(words: str) -> str:
    """The one mark of some words that has no partner, where it opens what they end with: 'He said: "Kevin is glad.'"""
    left = unpaired(words)
    if len(left) != 1:
        return ""
    mark, rest = words[left[0]], words[left[0] + 1 :]
    opens = mark in OPENERS or (mark == '"' and not words[: left[0]].rstrip(" ")[-1:].isdigit())
    return (
        mark if opens and (rest[:1].strip() or mark == "«") and words[left[0] - 1 : left[0]].isspace() and _words(rest) else ""
    )


def around(text: str, start: int, end: int, lang: str = "") -> list[Quote]:
    """The quotations that begin or end outside a stretch of their paragraph, with both marks, none inside another."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    paragraph = text[first : len(text) if last < 0 else last]
    found = [
        Quote(quote.start + first, quote.end + first, quote.family)
        for quote in quotes(paragraph, lang=lang)
        if not quote.depth and quote.family != "single" and _sure(quote)
    ]
    return [q for q in found if q.start < end and start < q.end and (q.start < start or end < q.end)]


def _sure(quote: Quote) -> bool:
    """Whether both its marks stand there, and nothing about it was guessed."""
    return quote.closed and quote.opened and not quote.repaired and not quote.continues


def _words(text: str) -> bool:
    return re.search(r"\w", text) is not None
