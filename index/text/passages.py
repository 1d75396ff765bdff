"""Pure: an article's text -> passages, the stretches that are embedded, found and cited.

A passage is a run of whole sentences within a budget of tokens, so that a citation never begins or ends in the middle of one,
and small enough for the embedding model's window. Linear in the length of the text. What a page repeats beside its pictures is
in none: the second copy of a caption and a bare credit ("Photo: EFE") would be found in the story's place. One copy of each
caption stays, among the prose around it, never as a passage alone where there is prose: the library remembers where.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.records import Furniture
from index.text import token_count
from index.text.credits import furniture
from index.text.sentences import LINE_BREAK, UNSPACED, Span, sentences

__all__ = ["sentences", "split"]

SURE = 0.97  # of the limits: some tokens to spare for what nobody thought of
PART = 500_000  # characters
Count = Callable[[Sequence[str]], list[int]]

# Scripts whose words are not set apart by spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
_WORDLESS = re.compile(f"[{UNSPACED}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_BLANK = re.compile(r"\s+")
_CLAUSE = re.compile(r"[,;:、，；：،؛—–](?=\s)\s*|[、，；：]|[.!?…؟۔)\]}”»](?=\s)\s*")


def split(
    text: str,
    *,
    lang: str = "",
    budget: int = 200,
    count: Count | None = None,
    window: int = 512,
    aside: Sequence[Furniture] | None = None,
) -> list[Span]:
    """Spans of the passages: consecutive sentences, at most `budget` tiktoken tokens each, and at most `window` by `count`.

    Repeated captions and bare credits are left out; `aside` is `furniture(text)`, where that is known. `count` is the embedding
    model's own counting (specials included). A sentence over the limit is cut at clauses, else between words, else between
    characters. Passages end at a paragraph where one ends near the limit, and the last is not left tiny.
    ValueError if the budget is under 16 or the window under 64: below that a single character may not fit.
    """
    if budget < 16 or window < 64:
        raise ValueError(f"budget must be at least 16 and window at least 64 tokens, not {budget} and {window}")
    limits = [(token_count.count, budget)] + ([(count, window)] if count else [])
    spans: list[Span] = []
    skipped = furniture(text) if aside is None else aside
    for first, after in _parts(text):
        sentence_spans = sentences(text[first:after], lang)
        for stretch in _stretches([(first + start, first + end) for start, end in sentence_spans], skipped):
            units, sizes = _units(text, stretch, limits)
            spans += _fitted(text, _pack(text, units, sizes), units, sizes, limits)
    return spans


def _parts(text: str) -> list[Span]:
    """The text whole; a dump in parts, cut at white space: 5 million sentences took 900 MB."""
    parts: list[Span] = []
    at = 0
    while len(text) - at > 2 * PART:
        blank = next((cut for mark in "\n " if (cut := text.rfind(mark, at + PART // 2, at + PART)) > 0), at + PART - 1)
        parts.append((at, blank + 1))
        at = parts[-1][1]
    return [*parts, (at, len(text))]


def _stretches(spans: list[Span], aside: Sequence[Furniture]) -> list[list[Span]]:
    """The sentences in runs with nothing to skip between them; all of them in one if nothing else is there."""
    skipped = [(start, end) for start, end, kind in aside if kind in ("copy", "credit")]
    if not skipped:
        return [spans]
    runs: list[list[Span]] = [[]]
    at = 0
    for start, end in spans:
        while at < len(skipped) and skipped[at][1] <= start:
            at += 1
            runs.append([])
        inside = at < len(skipped) and skipped[at][0] <= start and end <= skipped[at][1]
        if not inside:
            runs[-1].append((start, end))
    return [run for run in runs if run] or [spans]


def _measure(texts: list[str], limits: list[tuple[Count, int]]) -> list[float]:
    """Size of each text as a share of what is allowed: 1.0 is full by the stricter of the limits."""
    shares = [[n / limit for n in counting(texts)] for counting, limit in limits]
    return [max(share) for share in zip(*shares, strict=True)]


def _units(text: str, spans: list[Span], limits: list[tuple[Count, int]]) -> tuple[list[Span], list[float]]:
    """Sentences and their sizes; those that are too long in pieces. A size includes the gap before, so that sizes add up."""
    ends = [0] + [end for _, end in spans]
    sizes = _measure([text[before:end] for before, (_, end) in zip(ends, spans, strict=False)], limits)
    units: list[Span] = []
    out: list[float] = []
    for span, size in zip(spans, sizes, strict=True):
        if size <= 1:
            units.append(span)
            out.append(size)
        else:
            pieces = _broken(text, span, limits)
            units += pieces
            out += _measure([text[start:end] for start, end in pieces], limits)
    return units, out


def _pack(text: str, units: list[Span], sizes: list[float]) -> list[tuple[int, int]]:
    """Group the units into runs [first, after) whose sizes add up to at most 1."""
    paragraph = [i == 0 or LINE_BREAK.search(text, units[i - 1][1], units[i][0]) is not None for i in range(len(units))]
    runs: list[tuple[int, int]] = []
    first, filled = 0, 0.0
    for i, size in enumerate(sizes):
        if i > first and filled + size > 1:
            cut, kept = i, filled
            while cut > first and kept >= 0.7 and not paragraph[cut]:
                cut -= 1
                kept -= sizes[cut]
            if cut == first or kept < 0.7:
                cut = i  # no paragraph ends near the limit
            runs.append((first, cut))
            first, filled = cut, sum(sizes[cut:i])
        filled += size
    if units:
        runs.append((first, len(units)))
    if len(runs) > 1 and filled < 0.35:
        _balance(runs, sizes, paragraph)
    return runs


def _balance(runs: list[tuple[int, int]], sizes: list[float], paragraph: list[bool]) -> None:
    """Move the last border so that the last two runs are about equal, at a paragraph if one is near the middle."""
    (first, _), (_, end) = runs[-2:]
    total = sum(sizes[first:end])
    best, best_cost, left = runs[-1][0], 2.0, 0.0
    for cut in range(first + 1, end):
        left += sizes[cut - 1]
        if left <= 1 and total - left <= 1:
            cost = abs(2 * left - total) - (0.2 if paragraph[cut] else 0)
            if cost < best_cost:
                best, best_cost = cut, cost
    runs[-2:] = [(first, best), (best, end)]


def _fitted(
    text: str, runs: list[tuple[int, int]], units: list[Span], sizes: list[float], limits: list[tuple[Count, int]]
) -> list[Span]:
    """Spans of the runs. Added sizes are nearly always an upper bound; the rare run that does not fit after all is halved."""
    fitted: list[Span] = []
    for first, after in runs:
        span = units[first][0], units[after - 1][1]
        if _surely_fits(units[first:after], sizes[first:after]) or _measure([text[slice(*span)]], limits)[0] <= 1:
            fitted.append(span)
        elif after - first > 1:
            middle = (first + after) // 2
            fitted += _fitted(text, [(first, middle), (middle, after)], units, sizes, limits)
        else:
            fitted += _broken(text, span, limits)
    return fitted


def _surely_fits(units: list[Span], sizes: list[float]) -> bool:
    """Whether a run need not be counted once more, which is half of the time of splitting.

    Tokens do not reach across white space, so the sizes add up but for a line break drawn to the full stop before it: one token
    less. Between characters without a space (Chinese) anything may be merged in another way.
    """
    return sum(sizes) <= SURE and all(left[1] < right[0] for left, right in pairwise(units))


def _broken(text: str, span: Span, limits: list[tuple[Count, int]]) -> list[Span]:
    """Cut one long sentence into pieces of about equal size, each within the limits."""
    start, end = span
    left = _measure([text[start:end]], limits)[0]
    pieces: list[Span] = []
    while start < end:
        want = max(1, int((end - start) / max(1, math.ceil(left))))
        while True:
            cut = _cut(text, start, start + want, end)
            stop = start + len(text[start:cut].rstrip())
            size = _measure([text[start:stop]], limits)[0]
            if size <= 1 or cut == start + 1:
                break
            want = min(int(0.95 * want / size), cut - start - 1) or 1
        pieces.append((start, stop))
        left -= size
        blank = _BLANK.match(text, cut, end)
        start = blank.end() if blank else cut
        if left <= 1 and start < end:  # sizes do not add up exactly: look again before the last piece
            left = _measure([text[start : min(end, start + 8 * want)]], limits)[0]
    return pieces


def _cut(text: str, start: int, limit: int, end: int) -> int:
    """The best place in (start, limit] to cut: after a clause, else before a space, else between characters as read."""
    if limit >= end:
        return end
    near = start + (limit - start) * 6 // 10
    clauses = [match.end() for match in _CLAUSE.finditer(text, near, limit) if match.end() > start]
    if clauses:
        return clauses[-1]
    space = next((at for at in range(limit, start, -1) if text[at].isspace()), start)
    if space > start and (space >= near or not _WORDLESS.match(text, limit)):
        return space
    for at in range(limit, max(start, limit - 32), -1):
        if not _joins(text[at - 1], text[at]):
            return at
    return limit


def _joins(left: str, right: str) -> bool:
    """Whether a cut between the two would split what a reader sees as one character (approximately Unicode's UAX 29)."""
    if unicodedata.category(right)[0] == "M" or "\u200d" in (left, right) or (left, right) == ("\r", "\n"):
        return True
    if unicodedata.combining(left) == 9 or "\U0001f3fb" <= right <= "\U0001f3ff":  # virama; skin tone
        return True
    if "\U0001f1e6" <= left <= "\U0001f1ff" and "\U0001f1e6" <= right <= "\U0001f1ff":  # flags
        return True
    if "\u1100" <= left <= "\u11ff" and "\u1160" <= right <= "\u11ff":  # Hangul in parts
        return True
    return right in "\u0e33\u0eb3" or left in "เแโใไເແໂໃໄ"  # Thai and Lao vowels around their consonant
