"""Pure: the numbers in a text, in figures or words, by their values.

    numbers_in("más de mil contenedores", "es") == numbers_in("more than 1,000 containers", "en")

text -> words and figures with what each may be worth -> runs of neighbours that make one number -> values
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD

HUNDRED, THOUSAND, MYRIAD = 100, 1000, 10_000
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_GAP = re.compile(r"[ \t\u00a0\u202f\u2009]{1,3}|-")
CURRENCY = re.compile("[$£€¥₽₹]")
_MONEY_BEFORE = re.compile(rf"{CURRENCY.pattern}\s?$")


# teen: ten behind a digit, added to it; money: a scale behind a sum
Kind = Literal["figure", "word", "teen", "scale", "dozen", "fraction", "link", "money"]


@dataclass(frozen=True, slots=True)
class NumeralPart:
    """A word or figure of a number."""

    start: int  # code points
    end: int
    value: float
    kind: Kind
    readings: frozenset[float] = frozenset()  # of a figure: "12.000" may be 12000 or 12


@lru_cache(maxsize=20_000)
def numbers_in(text: str, lang: str = "") -> frozenset[float]:
    """The values of the numerals of a text, in figures or words: "1,000" and "mil" and "1.000" are all 1000.

    "12.000" gives both 12000 and 12, because the language of the separator is not always known.
    """
    return frozenset(value for _, values in numerals_in(text, lang) for value in values)


@lru_cache(maxsize=20_000)
def numerals_in(text: str, lang: str = "") -> tuple[tuple[str, frozenset[float]], ...]:
    """Each numeral of a text as written, with its possible values: "1.5 million", "mil doscientos", "7 500" are one each.

    >>> [(piece, sorted(values)) for piece, values in numerals_in("half a million people, three dozen ships, 5bn euros", "en")]
    [('half a million', [500000.0]), ('three dozen', [36.0]), ('5bn', [5000000000.0])]
    """
    return tuple((text[start:end], values) for start, end, values in numeral_spans(text, lang))


@lru_cache(maxsize=20_000)
def numeral_spans(text: str, lang: str = "") -> tuple[tuple[int, int, frozenset[float]], ...]:
    """Where each numeral of a text stands, [start, end) in code points, with its possible values."""
    numbers = (number for run in _runs(text, _parts(text, Lexicon(lang))) for number in _numbers(run))
    spans = ((number[0].start, number[-1].end, _values(text, number)) for number in numbers)
    return tuple((start, end, values) for start, end, values in spans if values)


def _parts(text: str, lexicon: Lexicon) -> list[NumeralPart]:
    """The words and figures that numbers are made of, in their order, without idioms ("mil gracias")."""
    parts = [part for match in WORD.finditer(text) for part in _parts_of(text, match, lexicon)]
    if not any(part.kind in ("word", "teen", "scale") for part in parts):
        return parts
    idioms = list(Folded(text).finditer(lexicon.number_idioms))
    return [part for part in parts if not any(first < part.end and part.start < last for first, last in idioms)]


def _parts_of(text: str, match: re.Match[str], lexicon: Lexicon) -> Iterator[NumeralPart]:
    start, end = match.span()
    if lexicon.place_values and not match.group()[0].isdecimal():
        yield from _by_places(text, start, end, lexicon)
        return
    for value, kind, readings in _reading(match.group(), lexicon.lang):
        if kind != "money":
            yield NumeralPart(start, end, value, kind, readings)
        elif _before_is_money(text, start):
            yield NumeralPart(start, end, value, "scale")


@lru_cache(maxsize=50_000)
def _reading(word: str, lang: str) -> tuple[tuple[float, Kind, frozenset[float]], ...]:
    """What one word or figure of a text may be of a number: (value, kind, readings of a figure)."""
    token, lexicon = fold(word), Lexicon(lang)
    if token[:1].isdecimal() and re.fullmatch(r"\d+(?:[.,]\d+)*", token):
        readings = _readings(token)
        return ((min(readings), "figure", readings),)
    if token in lexicon.scale_abbreviations:
        return ((lexicon.scale_abbreviations[token], "scale", frozenset()),)
    if token in lexicon.money_scales:
        return ((lexicon.money_scales[token], "money", frozenset()),)
    if token in lexicon.weekdays:
        return ()
    return tuple((part.value, part.kind, frozenset[float]()) for part in _word_parts(token, 0, 0, lexicon))


def _by_places(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[NumeralPart]:
    """The parts in a run of characters without spaces, where each is a digit or multiplies what is before it: "三千六百名",
    and "万" right behind figures. A digit alone counts only before what is counted: 三人, not 三星.
    """
    values, digits = lexicon.place_values, lexicon.place_digits
    at = start
    while start > 0 and text[start - 1].isdecimal() and at < end and text[at] in values:
        yield NumeralPart(at, at + 1, values[text[at]], "scale")
        at += 1
    while at < end:
        last = at
        while last < end and (text[last] in values or text[last] in digits):
            last += 1
        run = text[at:last]
        counted = text.startswith(tuple(lexicon.counters), last)
        placed = any(sign in digits for sign in run) and any(sign in values for sign in run)
        begins = run[:1] in digits or values.get(run[:1]) == 10
        other = text[last : last + 1] in lexicon.date_behind or text[max(0, at - 1) : at] in lexicon.rank_before
        if run and begins and (placed or counted) and not other:
            yield NumeralPart(at, last, _placed(run, values, digits), "word")
        at = max(last, at + 1)


def _placed(run: str, values: Mapping[str, int], digits: Mapping[str, int]) -> float:
    """The value of digits and places: 二万五千 is 25,000."""
    total = section = digit = 0
    for sign in run:
        if sign in digits:
            digit = digits[sign]
        elif values[sign] < MYRIAD:
            section, digit = section + (digit or 1) * values[sign], 0
        else:
            total, section, digit = (total + section + digit) * values[sign], 0, 0
    return float(total + section + digit)


def _before_is_money(text: str, start: int) -> bool:
    """Whether figures with a currency before them stand right before a place: "£5m" are millions, "5m" metres."""
    figures = re.search(r"\d[\d.,]*\s?$", text[max(0, start - 20) : start])
    return bool(figures and _MONEY_BEFORE.search(text[max(0, start - 20) : start][: figures.start()]))


def _word_parts(token: str, start: int, end: int, lexicon: Lexicon) -> Iterator[NumeralPart]:
    """The parts of one word, which may be several: "quatre-vingt-dix", "dreiundzwanzig", "duecentomila"; "ten-year" is ten."""
    if part := _word(token, start, end, lexicon):
        yield part
        return
    pieces = _cut(token.split("-"), lexicon) if "-" in token else []
    if not pieces and lexicon.numerals_glued:
        pieces = _glued(token, lexicon)
    yield from (part for piece in pieces if (part := _word(piece, start, end, lexicon)))


def _word(token: str, start: int, end: int, lexicon: Lexicon) -> NumeralPart | None:
    if token in lexicon.numerals:
        value = lexicon.numerals[token]
        kind: Kind = "scale" if value >= THOUSAND else "teen" if token in lexicon.teens else "word"
        return NumeralPart(start, end, value, kind)
    if token in lexicon.dozens:
        return NumeralPart(start, end, lexicon.dozens[token], "dozen")
    if token in lexicon.fractions:
        return NumeralPart(start, end, lexicon.fractions[token], "fraction")
    if token in lexicon.numeral_links:
        return NumeralPart(start, end, 0, "link")
    value = lexicon.ordinals.get(token, 0)
    return NumeralPart(start, end, value, "word") if value > 2 else None  # "second" and "segunda" have other meanings


def _cut(words: list[str], lexicon: Lexicon) -> list[str]:
    """The longest words of the table that a row of words begins with, hyphens between: "quatre-vingt", "dix-sept"."""
    pieces: list[str] = []
    while words:
        size = next((n for n in range(len(words), 0, -1) if _word("-".join(words[:n]), 0, 0, lexicon)), 0)
        if not size:
            return pieces  # "ten-year"
        pieces.append("-".join(words[:size]))
        words = words[size:]
    return pieces


def _glued(token: str, lexicon: Lexicon) -> list[str]:
    """The words that one word is made of and nothing else; [] if there are none."""
    if len(token) < 6:
        return []
    known = lexicon.numerals.keys() | lexicon.numeral_links | lexicon.fractions.keys()
    best: list[list[str] | None] = [[]] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for start in range(end):  # the longest last word first
            before = best[start]
            if before is not None and token[start:end] in known:
                best[end] = [*before, token[start:end]]
                break
    return best[-1] or []


def _runs(text: str, parts: list[NumeralPart]) -> Iterator[list[NumeralPart]]:
    """Parts that stand next to each other, without links at either end."""
    run: list[NumeralPart] = []
    for part in parts:
        near = run and (part.start <= run[-1].end or _GAP.fullmatch(text, run[-1].end, part.start))
        if run and not near:
            yield _trimmed(run)
            run = []
        run.append(part)
    yield _trimmed(run)


def _trimmed(run: list[NumeralPart]) -> list[NumeralPart]:
    while run and run[-1].kind == "link":
        run = run[:-1]
    while run and run[0].kind == "link":
        run = run[1:]
    return run


def _numbers(run: list[NumeralPart]) -> Iterator[list[NumeralPart]]:
    """A run cut where one number ends and the next begins: "five, six" apart from "five hundred and six"."""
    number: list[NumeralPart] = []
    for i, part in enumerate(run):
        if part.kind == "link":
            after = run[i + 1]
            joins = number and "fraction" in (after.kind, number[-1].kind)
            if number and not joins and (after.kind == "figure" or number[-1].kind == "figure"):
                yield number
                number = []
            continue
        if number and not _goes_on(number, part):
            yield number
            number = []
        if part.kind == "fraction" and run[i - 1].value == 1:
            number = []  # "eine halbe Million": the article, not "one and a half"
        number.append(part)
    if number:
        yield number


def _goes_on(number: list[NumeralPart], part: NumeralPart) -> bool:
    """Whether a part belongs to the number before it."""
    last = number[-1]
    if part.kind == "figure":
        return last.kind == "figure"
    if last.kind == "figure" or part.kind in ("scale", "fraction"):
        return part.kind in ("scale", "fraction", "dozen")
    if part.kind == "teen":
        return last.kind == "word" and last.value < 10
    if part.kind == "dozen":
        return last.kind == "word" and last.value < HUNDRED
    if last.kind in ("dozen", "fraction"):
        return False
    if last.kind == "scale":
        return part.value < last.value
    if part.value == HUNDRED:
        return last.value < HUNDRED
    if last.value < 10 <= part.value:
        return part.value >= 20 and part.value % 10 == 0  # dreiundzwanzig
    return _room(last.value) > part.value


def _room(value: float) -> float:
    """What may be added to a number word: below 100 to a hundred, below 10 to tens; up to 19 to 60 and 80, as French does."""
    if value >= HUNDRED:
        return HUNDRED
    return 20 if value in (60, 80) else 10 if value >= 20 and value % 10 == 0 else 0


def _values(text: str, number: Sequence[NumeralPart]) -> frozenset[float]:
    """What a number may be worth."""
    first, rest = number[0], number[1:]
    if first.kind != "figure":
        if len(number) == 1 and (first.kind in ("fraction",) or first.value == 1):
            return frozenset()  # "half" and "one" alone are no quantities
        return frozenset({composed([(part.value, part.kind) for part in number])})
    if any(part.kind == "figure" for part in rest):
        piece = text[first.start : number[-1].end]
        whole = {float(re.sub(r"\D", "", piece))} if _GROUPED.fullmatch(piece) else set()
        if whole and re.search(r"\D0", piece):  # "860 000": no number begins with 0, so it is one and not two
            return frozenset(whole)
        return frozenset(whole.union(*(part.readings for part in number)))
    kinds = [(part.value, part.kind) for part in rest]
    return frozenset(composed([(value, "word"), *kinds]) for value in first.readings)


def composed(parts: Sequence[tuple[float, str]]) -> float:
    """The value of the parts of a number.

    >>> composed([(2, "word"), (100, "word"), (1000, "scale")]), composed([(1, "word"), (0.5, "fraction"), (10**6, "scale")])
    (200000.0, 1500000.0)
    """
    total = current = scale = 0.0
    for value, kind in parts:
        if kind == "scale":
            if not current and total:  # "mil millones"
                total, scale = total * value, value
            else:
                total, current, scale = total + (current or 1.0) * value, 0.0, value
        elif kind == "dozen" or (value == HUNDRED and current):
            current = (current or 1.0) * value
        elif kind == "fraction" and scale and not current:  # "un millón y medio"
            total += value * scale
        else:
            current += value
    return total + current


def _readings(token: str) -> frozenset[float]:
    """The values that figures may have in one language or another."""
    token = "".join(c if c in ".," else str(unicodedata.decimal(c)) for c in token)
    grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", token)
    values: set[float] = set()
    if grouped:
        values.add(float(token.replace(grouped[1], "").replace(",", ".")))
    if len(re.findall("[.,]", token)) <= 1:
        values.add(float(token.replace(",", ".")))
    return frozenset(values or {float(re.sub("[.,]", "", token))})
