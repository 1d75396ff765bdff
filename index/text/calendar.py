"""Pure: the months and weekdays that a text names.

months_in("im März 2024", "de") == {3}
weekdays_in("on Sundays", "en") == {7}
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD

_ISO = re.compile(r"\b\d{4}-(\d\d)(?:-\d\d)?\b")


@lru_cache(maxsize=20_000)
def months_in(text: str, lang: str) -> frozenset[int]:
    """Months named in a text, by word or in an ISO date, 1 to 12."""
    months = Lexicon(lang).months
    words = (match.group() for match in WORD.finditer(text)) if months else ()
    named = {months[fold(word)] for word in words if fold(word) in months and _is_month(word, lang)}
    return frozenset(named | {int(match[1]) for match in _ISO.finditer(text)})


def _is_month(word: str, lang: str) -> bool:
    """Not the verb "may" nor Portuguese "marco", a milestone: a capital or an accent shows the month."""
    return fold(word) not in Lexicon(lang).months_cased or word[0].isupper() or fold(word) != word


@lru_cache(maxsize=20_000)
def weekdays_in(text: str, lang: str) -> frozenset[int]:
    """Weekdays named in a text, Monday is 1."""
    days = Lexicon(lang).weekdays
    words = (_part_of_day(lang).sub("", fold(match.group())) for match in WORD.finditer(text)) if days else ()
    return frozenset(days[word] + 1 for word in words if word in days)


@cache
def _part_of_day(lang: str) -> re.Pattern[str]:
    """What a weekday may have glued to it: "Montagabend"."""
    parts = "|".join(map(re.escape, Lexicon(lang).parts_of_day))
    return re.compile(rf"(?<=\w{{4}})s?(?:{parts})s?$" if parts else r"(?!)")


def has_time(text: str, lang: str) -> bool:
    """Whether a text says when: a month, a weekday, a year, or a word such as "yesterday"."""
    return bool(
        months_in(text, lang)
        or weekdays_in(text, lang)
        or re.search(r"\b(?:1[5-9]\d\d|20\d\d)\b", text)
        or Lexicon(lang).time_words.search(fold(text))
    )
