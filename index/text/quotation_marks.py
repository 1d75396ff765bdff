"""Pure: quotation marks. Which stretches of a text are quoted, and how marks are shown so that nothing else seems quoted.

    quotes(text)      the quotations of an article, nested ones too, broken pairs repaired
    shown(text)       the words of an article on one line, with marks that pair up inside it, so that no two sentences put side
                      by side ever seem to quote what stands between them
    unquoted(text)    the same with no double marks at all, for titles and questions inside our own words
    quotations(text)  the strings between marks
    plain(text)       marks and white space made alike, for looking a quotation up

`shown` and `unquoted` touch only double marks: ' and its curly forms are apostrophes too often. What is shown as quoted has to
be in the article, word for word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from index.text.lexicon import Lexicon

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
    """On one line, with paired marks: straight ones become “ ”, »A« becomes «A»; „A“ stays.

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
    return not unpaired(text)


def unpaired(text: str) -> list[int]:
    """Where the double marks stand that have no partner in the text."""
    partner = _pairs(text)
    return [match.start() for match in DOUBLE.finditer(text) if match.start() not in partner]


def _face(char: str, other: str, *, opens: bool) -> str:
    """How a paired mark is shown: the kind is taken from whichever of the two is not straight.

    German „A“ and Polish „A” keep their marks.
    """
    if "„" in (char, other) and {char, other} & {"“", "”"}:
        return char
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


# ------------------------------------------------------------------------------------------- the quotations of an article

# marks (one regular expression) -> role of each by its neighbours -> a stack per paragraph -> pairs -> repairs -> Quote
#
# Conventions: “ ” in English, « » in French, Spanish, Italian, Russian and Arabic, „ “ and » « in German, „ ” in Polish, 「 」
# in Japanese, straight marks anywhere, two straight apostrophes as newspapers' archives print them, ‹ › ‘ ’ and ' for what is
# inside, or alone in British papers. A mark's shape is only a hint: translated and re-typed text mixes them up, so its
# neighbours decide where they disagree.

Family = Literal["double", "latin", "angle", "single", "corner", "white", "archive"]
MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚'「」『』]")
BREAK = re.compile(r"\n\s*")
MARKS_OF: dict[Family, str] = {
    "double": "“”„‟\"", "latin": "«»", "angle": "‹›", "single": "‘’‚'", "corner": "「」", "white": "『』",
}  # fmt: skip
FAMILY: dict[str, Family] = {mark: name for name, marks in MARKS_OF.items() for mark in marks} | {
    "''": "archive",
    "``": "archive",
}
OPENS = frozenset("“„‟«‹‘‚「『") | {"``"}
CLOSES = frozenset("”»›’」』")
BEFORE_OPENING = frozenset("([{—–-¿¡:/=…") | OPENS | frozenset("\"'")
AFTER_CLOSING = frozenset(",.;:!?)]}—–-…،؛؟/") | CLOSES | frozenset("\"'")
DEEPEST = 8  # quotations inside quotations; what opens beyond is no quotation
PARAGRAPHS_LEFT_OPEN = 5  # a quotation without its closing mark may run over this many paragraphs, not more


Role = Literal["open", "close", ""]


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation, its marks included: text[start:end]."""

    start: int
    end: int
    family: Family  # which marks
    depth: int = 0  # 0: not inside another quotation
    closed: bool = True  # False: the end is a guess
    opened: bool = True  # False: the start is a guess (the paragraph's)
    repaired: bool = False  # a surplus opening mark inside was passed over
    continues: bool = False  # the next paragraph goes on with the same speaker's words


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its closing one."""

    start: int
    family: Family
    mark: str
    inside: list[tuple[int, int]]  # pairs of the same family closed since


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: lines, where a line that is only wrapped (the next goes on in lower case) is joined.

    >>> paragraphs("One.\\nTwo is\\nwrapped.")
    [(0, 4), (5, 20)]
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for gap in BREAK.finditer(text, start):
        end = start + len(text[start : gap.start()].rstrip())
        after, before = text[gap.end() : gap.end() + 1], text[end - 1 : end]
        if gap.group().count("\n") == 1 and after.islower() and (before.isalnum() or before in ",;-"):
            continue
        if end > start:
            spans.append((start, end))
        start = gap.end()
    end = start + len(text[start:].rstrip())
    return [*spans, (start, end)] if end > start else spans


def quotes(text: str, spans: list[tuple[int, int]] | None = None, lang: str = "") -> list[Quote]:
    """All quotations in order of start, nested ones included. `spans`: the paragraphs, when the caller has them.

    `lang` tells the words that begin with an apostrophe ("’twas"), and the verbs that end a quotation without its closing mark.

    >>> [text[q.start:q.end] for text in ["“We agreed with him, “We will come,” he said."] for q in quotes(text) if not q.depth]
    ['“We agreed with him, “We will come,”']
    """
    spans = paragraphs(text) if spans is None else spans
    marks: list[list[re.Match[str]]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for mark in MARK.finditer(text):
        marks[max(0, bisect_right(starts, mark.start()) - 1)].append(mark)
    quoted: list[Quote] = []
    strays: list[tuple[int, int, int, Family]] = []  # paragraph, start and end of the mark, family
    left: list[tuple[int, _Open]] = []  # paragraph, what was not closed in it
    for number, (start, end) in enumerate(spans):
        if marks[number]:
            pairs, opened, stray = _pair(text, start, end, marks[number], Lexicon(lang))
            quoted += pairs
            left += [(number, opening) for opening in opened]
            strays += [(number, a, b, family) for a, b, family in stray]
    quoted = _repair(text, spans, quoted, left, strays, Lexicon(lang))
    return list(_nested(sorted(quoted, key=lambda q: (q.start, -q.end))))


def _pair(
    text: str, start: int, end: int, marks: list[re.Match[str]], language: Lexicon
) -> tuple[list[Quote], list[_Open], list[tuple[int, int, Family]]]:
    """The pairs of one paragraph, the opening marks left over and the closing marks that found none."""
    pairs: list[Quote] = []
    stack: list[_Open] = []
    strays: list[tuple[int, int, Family]] = []
    for mark in marks:
        family = FAMILY[mark.group()]
        role = _role(text, start, end, mark, stack, language)
        if role == "open" and len(stack) < DEEPEST:
            stack.append(_Open(mark.start(), family, mark.group(), []))
        elif role == "close":
            at = max((n for n, opening in enumerate(stack) if opening.family == family), default=-1)
            if at < 0:
                if family != "single":
                    strays.append((mark.start(), mark.end(), family))
                continue
            opened = stack[at]
            del stack[at:]
            pairs.append(Quote(opened.start, mark.end(), family))
            for outer in stack:
                if outer.family == family:
                    outer.inside.append((opened.start, mark.end()))
    return pairs, [opening for opening in stack if opening.family != "single"], strays


def _role(text: str, start: int, end: int, match: re.Match[str], stack: list[_Open], language: Lexicon) -> Role:
    """What a mark does; "": it is an apostrophe."""
    mark, family = match.group(), FAMILY[match.group()]
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    is_open = any(opening.family == family for opening in stack)
    if family == "single":
        return _single_role(text, end, match, before, after, is_open, language)
    looks_open = (before.isspace() or before in BEFORE_OPENING) and not after.isspace() and after not in ",.;:)"
    looks_closed = not before.isspace() and (after.isspace() or after in AFTER_CLOSING)
    if mark in "“‟" and stack and stack[-1].mark == "„":
        return "open" if looks_open and not looks_closed else "close"
    if mark in "«»" and stack and stack[-1].mark == "»":  # German and Danish » «
        return "close" if mark == "«" else "open"
    if mark in OPENS:
        return "close" if is_open and looks_closed and not looks_open else "open"
    if mark in CLOSES:
        return "open" if not is_open and looks_open and not looks_closed else "close"
    if looks_open == looks_closed:
        return "close" if is_open else "open"
    return "open" if looks_open else "close"


def _single_role(text: str, end: int, match: re.Match[str], before: str, after: str, is_open: bool, language: Lexicon) -> Role:
    """A single mark is an apostrophe unless it plainly opens, or closes what was opened."""
    mark = match.group()
    if mark in "‘‚" or (mark == "'" and not before.isalnum() and after.isalnum()):
        if _elision(language).match(text, match.start()):
            return ""
        return "open" if (before.isspace() or before in BEFORE_OPENING) and not after.isspace() else ""
    if not is_open or before.isspace() or after.isalnum():
        return ""
    if before == "s" and after == " ":  # the voters’ choice’: a later mark closes
        rest = text[match.end() : min(end, match.end() + 200)]
        later = re.search(r"[^\s‘]['’](?!\w)|[‘\"“”«»]", rest)
        if later and later.group()[-1] in "'’":
            return ""
    return "close"


def _repair(
    text: str,
    spans: list[tuple[int, int]],
    pairs: list[Quote],
    left: list[tuple[int, _Open]],
    strays: list[tuple[int, int, int, Family]],
    language: Lexicon,
) -> list[Quote]:
    """Closes what was left open and opens what was closed without an opening mark."""
    used: set[int] = set()
    merged: set[tuple[int, int]] = set()
    new: list[Quote] = []
    starts = {family: [q.start for q in pairs if q.family == family] for family in {mark.family for _, mark in left}}
    for at, (number, mark) in enumerate(left):
        end = spans[number][1]
        if number + 1 < len(spans) and _opens_with(text, spans[number + 1], mark.family):
            new.append(Quote(mark.start, end, mark.family, continues=True))
        elif mark.inside and not _attributions(language)[0].search(text, mark.start, mark.inside[0][0]):
            merged.add(mark.inside[0])  # “A, “B,” he said: one quotation with a surplus mark
            new.append(Quote(mark.start, mark.inside[0][1], mark.family, repaired=True))
        elif mark.inside:
            new.append(
                Quote(mark.start, _attribution_start(text, mark.start, mark.inside[0][0], language), mark.family, closed=False)
            )
        else:
            following = left[at + 1][0] if at + 1 < len(left) and left[at + 1][1].family == mark.family else len(spans)
            stray = _closing(number, following, mark.family, strays, used)
            if stray is not None and _none_between(starts[mark.family], end, stray[1]):
                used.add(stray[1])
                new.append(Quote(mark.start, stray[2], mark.family))
            else:
                new.append(Quote(mark.start, _attribution_start(text, mark.start, end, language), mark.family, closed=False))
    kept = [q for q in pairs if (q.start, q.end) not in merged]
    covered = sorted((q.start, q.end) for q in [*kept, *new])
    for number, start, end, family in strays:
        begin = spans[number][0]
        at = bisect_left(covered, (end, 0))
        if start not in used and start > begin and not (at and covered[at - 1][1] > begin):
            new.append(Quote(begin, end, family, opened=False))
    return kept + new


def _closing(
    number: int, before: int, family: Family, strays: list[tuple[int, int, int, Family]], used: set[int]
) -> tuple[int, int, int, Family] | None:
    """The stray closing mark in one of the next paragraphs, ahead of paragraph `before`."""
    first = bisect_left(strays, (number + 1, 0, 0, ""))
    for stray in strays[first : first + PARAGRAPHS_LEFT_OPEN]:
        if stray[3] == family and stray[1] not in used:
            return stray if stray[0] < min(before, number + PARAGRAPHS_LEFT_OPEN) else None
    return None


def _none_between(starts: list[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start)
    return at == len(starts) or starts[at] >= end


def _opens_with(text: str, span: tuple[int, int], family: Family) -> bool:
    match = MARK.match(text, span[0])
    return match is not None and FAMILY[match.group()] == family


@cache
def _attributions(language: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An attribution that ends a stretch of text; and the comma before one."""
    verbs = "|".join(sorted(language.quote_attributions)) or "(?!)"
    words = r"(?:\w[\w.’'-]*\s)"
    return (
        re.compile(rf"[,!?…]\s{words}{{0,4}}?(?:{verbs})\b[^.“\"«]{{0,60}}\.\s*$"),
        re.compile(rf"[,!?…]\s(?={words}{{0,3}}?(?:{verbs})\b)"),
    )


@cache
def _elision(language: Lexicon) -> re.Pattern[str]:
    """An apostrophe for letters at the head of a word: ’twas, ’80s."""
    words = "".join(rf"{re.escape(word)}\b|" for word in sorted(language.elided_words))
    return re.compile(rf"['’](?:\d0s|{words}n['’])", re.I)


def _attribution_start(text: str, start: int, end: int, language: Lexicon) -> int:
    """Where an unclosed quotation most likely ends: at the comma before the attribution, else at `end`."""
    match = _attributions(language)[1].search(text, start, end)
    return match.start() + 1 if match else end


def _nested(pairs: list[Quote]) -> Iterator[Quote]:
    """Sets the depth of each; drops what crosses an earlier quotation's border."""
    stack: list[Quote] = []
    for quote in pairs:
        while stack and stack[-1].end <= quote.start:
            stack.pop()
        if stack and quote.end > stack[-1].end:
            continue
        yield replace(quote, depth=len(stack)) if stack else quote
        stack.append(quote)
