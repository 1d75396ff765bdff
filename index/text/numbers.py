"""Pure: the numbers in a text, in figures or words, by their values.

numbers_in("más de mil contenedores", "es") == numbers_in("more than 1,000 containers", "en")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD

_SCALE = {10**2, 10**3, 10**6, 10**9}


@lru_cache(maxsize=20_000)
def numbers_in(text: str, lang: str = "") -> frozenset[float]:
    """The values of the numerals of a text, in figures or words: "1,000" and "mil" and "1.000" are all 1000.

    "12.000" gives both 12000 and 12, because the language of the separator is not always known.
    """
    return frozenset(value for _, values in numerals_in(text, lang) for value in values)


@lru_cache(maxsize=20_000)
def numerals_in(text: str, lang: str = "") -> tuple[tuple[str, frozenset[float]], ...]:
    """Each numeral of a text as written, with its possible values: "1.5 million", "mil doscientos", "7 500" are one each."""
    table, days = Lexicon(lang).numerals, Lexicon(lang).weekdays
    runs: list[list[tuple[int, int, set[float], bool]]] = []  # neighbours: start, end, values, in figures
    for match in WORD.finditer(text):
        token = fold(match.group())
        figures = bool(re.fullmatch(r"\d+(?:[.,]\d+)*", token))
        if figures:
            values = _readings(token)
        elif token not in days and (parts := [float(table[part]) for part in token.split("-") if part in table]):
            values = {_composed(parts)}
        else:
            continue
        gap = text[runs[-1][-1][1] : match.start()] if runs else "."
        if gap in (" ", "\u00a0", "\u202f") or (fold(gap).strip() in ("y", "e", "and", "et", "und") and not figures):
            runs[-1].append((match.start(), match.end(), values, figures))
        else:
            runs.append([(match.start(), match.end(), values, figures)])
    found: list[tuple[str, frozenset[float]]] = []
    for run in runs:
        piece = text[run[0][0] : run[-1][1]]
        values = set().union(*(of for *_, of, _ in run)) if len(run) == 1 else set()
        if len(run) > 1 and not run[0][3] and not any(figures for *_, figures in run):
            values.add(_composed([min(of) for *_, of, _ in run]))
        elif len(run) > 1 and run[0][3] and not any(figures for *_, figures in run[1:]):
            values |= {_composed([value, *(min(of) for *_, of, _ in run[1:])]) for value in run[0][2]}
        elif len(run) > 1:
            if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+", piece):
                values.add(float(re.sub(r"\D", "", piece)))
            values |= set().union(*(of for *_, of, _ in run))
        found.append((piece, frozenset(values)))
    return tuple(found)


def _composed(parts: Sequence[float]) -> float:
    """two hundred thousand -> 200000; mil doscientos -> 1200; 1.5 million -> 1500000."""
    total = current = 0.0
    for part in parts:
        if part >= 1000 and part in _SCALE:
            total, current = total + max(current, 1.0) * part if current or not total else total * part, 0.0
        elif part == 100 and current:
            current *= 100
        else:
            current += part
    return total + current


def _readings(token: str) -> set[float]:
    token = "".join(c if c in ".," else str(unicodedata.decimal(c)) for c in token)
    grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", token)
    values: set[float] = set()
    if grouped:
        mark = grouped[1]
        values.add(float(token.replace(mark, "").replace(",", ".")))
    if len(re.findall("[.,]", token)) <= 1:
        values.add(float(token.replace(",", ".")))
    return values or {float(re.sub("[.,]", "", token))}
