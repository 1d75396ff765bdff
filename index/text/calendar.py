"""Pure: the weekdays that a text names.

weekdays_in("on Sundays", "en") == {7}
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD


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
