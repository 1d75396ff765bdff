"""The pages of a printed document -> its running text. Pure.

pages -> without those whose letters are glyph numbers -> columns one after the other -> without running heads -> paragraphs
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.text.fold import fold
from index.text.language import identify
from index.text.lexicon import Lexicon

ALIGNED = 3  # lines in which a column is seen
GUTTER = 0.4  # of a line's height, at least, between columns
WORDY = 2.5  # words a line of a column, at least: a table has fewer in its cells
SEAM = "\ue000"  # between two pages
EDGE = 2  # lines at the top and bottom of a page that may be running heads
ODD = 0.1  # of the characters, beyond which they are no letters
SPEECHLESS = 300  # characters in which every language has a function word

_RUBBISH = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]|(?:/[a-z]?\d+){3,}|\(cid:\d+\)|\bg\d{1,3}\b")

Start = tuple[float, float, str]  # x, y, text
Piece = tuple[float, float, float, float, str]  # x, y, x of the end, height, text


@dataclass(frozen=True, slots=True)
class Page:
    """A page as drawn. `pieces` are there only where it may have columns."""

    text: str
    starts: Sequence[Start] = ()
    pieces: Sequence[Piece] = ()


def article(pages: Sequence[Page]) -> tuple[str, tuple[str, ...]]:
    """The text of all pages, and a line about what could not be read."""
    unreadable = [number for number, page in enumerate(pages, 1) if is_rubbish(page.text)]
    kept = [page for number, page in enumerate(pages, 1) if number not in unreadable]
    heads = _running_heads(kept)
    text = paragraphs(f"\n{SEAM}".join(_body(page, heads).strip() for page in kept))
    if not unreadable:
        return text, ()
    if not text.strip():
        return "", ("the PDF does not say which letters its glyphs are: it can be seen, but not read, like a scan",)
    named = ", ".join(map(str, unreadable[:10])) + (" …" if len(unreadable) > 10 else "")
    which = f"page {named}" if len(unreadable) == 1 else f"pages {named}"
    return text, (f"read, but without {which}, of which the PDF does not say what letters the glyphs are",)


def is_rubbish(text: str) -> bool:
    """Whether these are the numbers of glyphs, and no letters."""
    bare = re.sub(r"\s", "", text)
    if not bare:
        return False
    if sum(len(match[0]) for match in _RUBBISH.finditer(bare)) > ODD * len(bare):
        return True
    if len(text) < SPEECHLESS or not any(char.isalpha() for char in bare):
        return False
    function_words = Lexicon(identify(text)).stopwords
    letters = sum(char.isalpha() for char in bare)
    return letters < len(bare) / 2 and bool(function_words) and not any(fold(w) in function_words for w in text.split())


# ---------------------------------------------------------------------------------------------------------------- columns


def may_have_columns(starts: Sequence[Start]) -> bool:
    """Whether text begins at one place, right of the margin, in several lines that have text on their left."""
    lines: dict[int, list[float]] = defaultdict(list)
    for x, y, _ in starts:
        lines[round(y)].append(x)
    seen = Counter(round(x) for xs in lines.values() for x in set(xs) if x > min(xs) + 1)
    return any(seen[x] + seen[x + 1] >= ALIGNED for x in list(seen))


def parted(pieces: Sequence[Piece], drawn: Sequence[Start]) -> list[Piece]:
    """The pieces, those that pypdf joined across a gap apart again, by where their texts were drawn."""
    left = min((x for x, _, _ in drawn), default=0.0)
    places: dict[int, list[float]] = defaultdict(list)
    for x, y, _ in drawn:
        places[round(y)].append(x - left)
    found: list[Piece] = []
    for piece in pieces:
        x, y, end, height, text = piece
        parts, xs = re.split(r"\s{3,}", text.strip()), sorted(set(places[round(y)]))
        if len(parts) == 1 or len(xs) != len(parts):
            found.append(piece)
            continue
        letter = (end - x) / len(text)
        found += [(at, y, at + letter * len(part), height, part) for at, part in zip(xs, parts, strict=True)]
    return found


def _columns_first(page: Page) -> str:
    """The page's text, each column whole, where its lines were drawn across the columns."""
    by_line = groupby(sorted(page.pieces, key=lambda piece: -piece[1]), key=lambda piece: round(piece[1]))
    blocks = list(_blocks([sorted(line) for _, line in by_line]))
    drawn = [_bare(line) for line in page.text.split("\n")]
    if not any(gutters and _crossed(_in_columns(block, gutters), drawn) for gutters, block in blocks):
        return page.text
    text = ""
    for gutters, block in blocks:
        columns = ["\n".join(filter(None, column)) for column in _in_columns(block, gutters)]
        text += "\n\n" + "\n\n".join(columns) + "\n\n" if gutters else columns[0] + "\n"
    return text.strip()


def _in_columns(block: list[list[Piece]], gutters: tuple[float, ...]) -> list[list[str]]:
    """The lines of each column."""
    borders = [float("-inf"), *gutters, float("inf")]
    return [
        [" ".join(piece[4].strip() for piece in line if left <= piece[0] < right) for line in block]
        for left, right in pairwise(borders)
    ]


def _crossed(columns: list[list[str]], drawn: list[str]) -> bool:
    """Whether lines as drawn run across the columns: then no reader would have read them so."""
    pairs = [(_bare(left), _bare(right)) for left, right in zip(columns[0], columns[1], strict=True)]
    return sum(any(left + right in line for line in drawn) for left, right in pairs) > len(pairs) / 2


def _bare(line: str) -> str:
    return "".join(line.split())


def _blocks(lines: list[list[Piece]]) -> Iterator[tuple[tuple[float, ...], list[list[Piece]]]]:
    """Runs of lines with the places at which their columns begin, the first excepted; () for lines that run across."""
    at = 0
    while at < len(lines):
        end, gutters = at, _starts(lines[at])
        while end + 1 < len(lines) and (both := _common(gutters, lines[end + 1])):
            end, gutters = end + 1, both
        block = lines[at : end + 1]
        if gutters and len(block) >= ALIGNED and _is_prose(block, gutters):
            yield tuple(gutters), block
        else:
            yield (), block[:1]
            end = at
        at = end + 1


def _starts(line: list[Piece]) -> list[float]:
    """Where pieces begin after a gap wider than one between words."""
    return [after[0] for before, after in pairwise(line) if after[0] - before[2] > GUTTER * before[3]]


def _common(gutters: list[float], line: list[Piece]) -> list[float]:
    """The gutters that a line has, too; all where it has no other: a column may be shorter than the one beside it."""
    own = _starts(line)
    both = [x for x in gutters if any(abs(x - y) < 1.5 for y in own)]
    return gutters if own and len(both) == len(own) else both


def _is_prose(block: list[list[Piece]], gutters: list[float]) -> bool:
    columns = _in_columns(block, tuple(gutters))
    return all(sum(len(line.split()) for line in column) >= WORDY * sum(map(bool, column)) > 0 for column in columns)


# ------------------------------------------------------------------------------------------------------------ running heads


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """What stands at the edge of a third of the pages, and of two at least, whatever the numbers in it."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_numberless(line) for edge in _edges(page) for line in edge})
    return frozenset(line for line, times in seen.items() if line and times >= max(2, len(pages) / 3))


def _edges(page: Page) -> tuple[list[str], list[str]]:
    """The lines at the top of a page, and at its bottom."""
    lines: dict[int, list[str]] = defaultdict(list)
    for _, y, text in page.starts:
        lines[round(y)].append(text)
    heights = sorted(lines, reverse=True)
    most = EDGE if len(heights) > 2 * EDGE else 1
    top, bottom = heights[:most], heights[max(most, len(heights) - most) :]
    return ["".join(lines[height]) for height in top], ["".join(lines[height]) for height in bottom]


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _body(page: Page, heads: frozenset[str]) -> str:
    """The text of a page without its running heads, each left out once: a number in the text is no page's number."""
    text = _columns_first(page) if page.pieces else page.text
    lines = text.split("\n")
    for edge in _edges(page):
        for head in (_bare(line) for line in edge if _numberless(line) in heads):
            bare = [_bare(line) for line in lines]
            if head in bare:
                del lines[bare.index(head)]
        lines.reverse()  # what stands at the bottom is looked for from the end
    return "\n".join(lines)


# --------------------------------------------------------------------------------------------------------------- paragraphs


def paragraphs(text: str) -> str:
    """Lines of a printed page joined to paragraphs: a hyphen at a line's end is closed, a short line ends its paragraph."""
    text = re.sub(r"(?<=[^\W\d_])[-\u00ad]\n\ue000?(?=[a-zß-ÿ])", "", text.replace("\r\n", "\n").replace("\0", ""))
    lines = [line.strip() for line in text.split("\n")]
    width = sorted(len(line) for line in lines if line)
    full = width[int(len(width) * 0.7)] * 0.75 if width else 0
    joined: list[list[str]] = []
    last = ""
    for line in lines:
        goes_on = line.startswith(SEAM) and line[1:2].islower()
        line = line.removeprefix(SEAM)
        if last and line and (goes_on or len(last) >= full) and not re.search(r"[.!?:»”\"]$", last):
            joined[-1].append(line)
        else:
            joined.append([line])
        last = line
    return re.sub(r"\n{2,}", "\n\n", "\n".join(map(" ".join, joined))).strip()
