"""Pure: the lengths of time that a text names."""

from __future__ import annotations

from collections.abc import Iterator

from bot.verification import vocabulary
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.numbers import numeral_spans

DAYS_OF = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}


def lengths_of_time(text: str, lang: str) -> Iterator[tuple[float, str]]:
    """(number, unit of `DAYS_OF`) of each, and one of each unit, which may stand without a number: "a week".

    >>> list(lengths_of_time("The strike ended after four days", "en"))
    [(4.0, 'days'), (1.0, 'days')]
    """
    for _, end, values in (*numeral_spans(text, lang), *_single_units(text, lang)):
        if (unit := vocabulary.unit_at(text[end:], lang)) in DAYS_OF:
            yield from ((value, unit) for value in values)


def _single_units(text: str, lang: str) -> list[tuple[int, int, frozenset[float]]]:
    """Places of a text where one unit of time may stand without a number: "a week"."""
    folded = Folded(text)
    spans = [folded.span(match) for match in Lexicon(lang).measures.finditer(folded.text) if match.lastgroup in DAYS_OF]
    return [(start, start, frozenset({1.0})) for start, _ in spans]
