"""Pure: a quotation in an article, where an editor changed letters in it or beside it and said so in brackets.

in a draft    “[a]n old story”, “he want[ed] it”, “[L]’école”: the article may have other letters there
in an article “[a]n old story”, “a old [sic] story”: the brackets, and the note, are no part of what was said
"""

from __future__ import annotations

import re
from bisect import bisect_left

from index.text.verbatim import Verbatim, alike

Span = tuple[int, int]

NOTE = "sic"  # Latin, in every language
LETTER = r"[^\W\d_]"
_MARKED = re.compile(
    rf"(?<!{LETTER})\[(?P<case>{LETTER})\](?=['’]?{LETTER})"  # another case: [a]n, [L]’école
    rf"|(?<!{LETTER})\[(?P<head>{LETTER}{{2,5}})\](?={LETTER})"  # [re]open
    rf"|(?<={LETTER})\[(?P<tail>{LETTER}{{0,5}})\]"  # want[ed]
)
_UNSAID = re.compile(rf"(?P<note>(?<!\s)\s*[\[(]{NOTE}[.!]?[\])])|{_MARKED.pattern}", re.I)
_CASE, _HEAD, _TAIL = "\ue000", "\ue001", "\ue002"  # stand in front of letters; the last one for them
_OPEN = re.compile(f"{_CASE}(.)|{_HEAD}([^{_HEAD}]*){_HEAD}|{_TAIL}")


def marked(quote: str) -> str:
    """A quotation of a draft with marks for the letters that its writer changed; any other bracket stands for left out words.

    >>> marked("[a]n old story") == "[a]n old story", marked("[The port] is") == "[The port] is"
    (False, True)
    """
    return _MARKED.sub(_mark, quote)


def _mark(match: re.Match[str]) -> str:
    if match["case"]:
        return _CASE + match["case"]
    return f"{_HEAD}{match['head']}{_HEAD}" if match["head"] else _TAIL


def is_marked(piece: str) -> bool:
    """Whether letters of a piece of `marked` were changed."""
    return _OPEN.search(piece) is not None


def located(piece: str, text: str) -> Span | None:
    """Where a text has a piece of `marked`, whatever the letters that were changed; None if it is not there as whole words."""
    written = alike(piece)
    pattern, at = r"(?<!\w)", 0
    for match in _OPEN.finditer(written):
        pattern += re.escape(written[at : match.start()])
        letter, head = match[1], match[2]
        pattern += f"(?i:{re.escape(letter)})" if letter else f"(?:{re.escape(head)})?" if head else rf"{LETTER}*"
        at = match.end()
    return Verbatim(text).search(re.compile(rf"{pattern}{re.escape(written[at:])}(?!\w)"))


class Said:
    """An article's text as it was said: without notes and without the brackets round letters, and where that stands in it."""

    __slots__ = ("_ends", "_shifts", "changed", "text")

    def __init__(self, text: str) -> None:
        self._ends: list[int] = []  # of what was taken out, in `self.text`
        self._shifts: list[int] = []  # characters taken out up to there
        kept: list[str] = []
        at = size = out = 0
        for match in _UNSAID.finditer(text):
            letters = match["case"] or match["head"] or match["tail"] or ""
            for piece, cut in ((text[at : match.start()], 1 if letters else len(match[0])), (letters, 1 if letters else 0)):
                kept.append(piece)
                size += len(piece)
                out += cut
                self._ends.append(size)
                self._shifts.append(out)
            at = match.end()
        kept.append(text[at:])
        self.text, self.changed = "".join(kept), bool(out)

    def origin(self, span: Span) -> Span:
        """Where a span of `self.text` stands in the article."""
        return span[0] + self._shift(span[0] + 1), span[1] + self._shift(span[1])

    def _shift(self, end: int) -> int:
        at = bisect_left(self._ends, end)
        return self._shifts[at - 1] if at else 0
