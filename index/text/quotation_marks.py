"""Pure: quotation marks. What a reader (or a regular expression) sees as quoted has to be in the article, word for word.

    shown(text)       the words of an article on one line, with marks that pair up inside it, so that no two sentences put side
                      by side ever seem to quote what stands between them
    unquoted(text)    the same with no double marks at all, for titles and questions inside our own words
    quotations(text)  the strings between marks
    plain(text)       marks and white space made alike, for looking a quotation up

Only double marks are touched: ' and its curly forms are apostrophes too often.
"""

from __future__ import annotations

import re

OPENERS = "“«„‹‟〝「『"
CLOSERS = "”»›〞」』"
DOUBLE = re.compile(f'["＂{OPENERS}{CLOSERS}]')
_SINGLE = "'‘’‚‛`´"
_ALIKE = re.compile(f'["＂{OPENERS}{CLOSERS}{_SINGLE}]')
_QUOTED = re.compile('[“«„‹「『]([^“”«»„‹›「」『』]+?)[”»›“」』]|"([^"]+?)"')


def plain(text: str) -> str:
    """Quotation marks and white space made alike: two texts are the same words when this is equal.

    >>> plain('„Der  Rat“') == plain('"Der Rat"')
    True
    """
    return " ".join(_ALIKE.sub("'", text).split())


def quotations(text: str) -> list[str]:
    """The strings that a reader takes for quoted, in order."""
    return [(a or b).strip() for a, b in _QUOTED.findall(text)]


def unquoted(text: str) -> str:
    """On one line, with single marks in place of double ones."""
    return " ".join(DOUBLE.sub("’", text).split())


def shown(text: str) -> str:
    """On one line, with paired marks: straight ones become “ ”, a German closer “ becomes ”, »A« becomes «A».

    A mark without a partner is dropped; inside a pair it becomes an apostrophe, which `plain` takes for the same mark, so that
    every quotation visible in the result is, by `plain`, a stretch of `text`. Inches keep their mark: 6" becomes 6″.

    >>> shown('He said "yes" and “never')
    'He said “yes” and never'
    """
    text = " ".join(text.split())
    partner = _pairs(text)
    out: list[str] = []
    end = -1  # of the outermost pair open here
    for i, char in enumerate(text):
        if not DOUBLE.match(char):
            out.append(char)
        elif i in partner:
            end = max(end, partner[i])
            out.append(_face(char, text[partner[i]], opens=partner[i] > i))
        elif i < end:
            out.append("’")
        elif char in '"”' and text[i - 1 : i].isdigit():
            out.append("″")
    return " ".join("".join(out).split())


def balanced(text: str) -> bool:
    """Whether every double mark of the text has its partner in it."""
    return len(_pairs(text)) == len(DOUBLE.findall(text))


def _face(char: str, other: str, *, opens: bool) -> str:
    """How a paired mark is shown: the kind is taken from whichever of the two is not straight."""
    kind = other if char in '"＂' else char
    for marks in ("«»", "‹›", "「」", "『』"):
        if kind in marks:
            return marks[0] if opens else marks[1]
    return "“" if opens else "”"


def _pairs(text: str) -> dict[int, int]:
    """Index of each paired double mark -> index of its partner, both ways. A closer takes the nearest mark still open."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    for match in DOUBLE.finditer(text):
        i, char = match.start(), match.group()
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        left = not before or before.isspace() or before in "([{—–-¿¡:/" or i - 1 in stack
        right = not after or after.isspace() or after in ")]}.,;:!?…—–-/"
        if _opens(char, left and not right, right and not left, text[stack[-1]] if stack else ""):
            stack.append(i)
        elif stack:
            j = stack.pop()
            partner[i], partner[j] = j, i
    return partner


def _opens(char: str, left: bool, right: bool, last: str) -> bool:
    """Whether a mark opens: the same sign opens in one language and closes in another, so the neighbours decide.

    `left`: it hugs what follows; `right`: it hugs what stands before; neither: unclear. `last`: the mark that is open, or "".
    """
    if char in "„‟〝「『〞」』":
        return char in "„‟〝「『"
    if char == "“":  # closes a German quotation
        return left or last != "„"
    if char == "”":  # opens a Swedish one
        return left and not last
    if left or right:
        return left
    return char in "«‹" if char in "«‹»›" else last not in ('"', "＂")
