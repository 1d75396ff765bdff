"""Pure: whether a sentence is of the sort that a question asks for: a date, a reason, somebody's words."""

from __future__ import annotations

import re
from typing import Literal

from index.text.calendar import has_time, months_in, weekdays_in
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon

DatePart = Literal["weekday", "month", "year"]
_YEAR = re.compile(r"\b1\d{3}\b|\b20\d\d\b")


def has_date(text: str, lang: str, parts: frozenset[DatePart]) -> bool:
    """Whether a text in `lang` has these parts of a date; where there are none, any time."""
    there = {"weekday": weekdays_in(text, lang), "month": months_in(text, lang), "year": _YEAR.search(text)}
    return all(there[part] for part in parts) if parts else has_time(text, lang)


def explains(text: str, lang: str) -> bool:
    """Whether a sentence gives a reason in so many words."""
    return bool(Lexicon(lang).gives_reason.search(Folded(text).text))


def is_saying(word: str, lang: str) -> bool:
    """Whether a word is one that reports speech: "said", "according"."""
    return bool(Lexicon(lang).saying.fullmatch(fold(word)))


def says(text: str, lang: str) -> bool:
    """Whether a sentence reports speech: a verb of saying, "according to", or a quotation."""
    return bool(Lexicon(lang).saying.search(Folded(text).text) or re.search('[“”«»„"]', text))
