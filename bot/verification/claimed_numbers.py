"""Pure: the numbers of a sentence, and what they count, that its source does not have.

    "Arrieta paid 15 million" + words in which Arrieta pays 1.5 million -> ["15 million"]

What a passage says with other words is no stranger: a number that it spells out or that is told as a round one, a sum of two of
its own, a share of a whole, a length of time in another unit, four countries that it lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from bot.verification import quantities, vocabulary
from bot.verification.claim import Claim
from bot.verification.claimed_dates import days_apart, mentions_beside
from bot.verification.durations import DAYS_OF, lengths_of_time
from bot.verification.evidence import CitedPassage
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.numbers import numbers_in, numeral_spans

_MONTH_AND_DAY = re.compile(r"(?<=\b\d{4})-\d\d(?:-\d\d)?\b")  # of a heading: no numbers that its source tells
SMALL = 2  # "one" and "two" in words are often no numbers
SPELLED = 12  # up to which newspapers spell numbers out


def strange_numbers(claim: Claim) -> list[str]:
    """Numbers that neither the sentences of its words nor their heading have. Those of dates are left to `strange_dates`."""
    near = [*claim.stretches("particulars"), *((_MONTH_AND_DAY.sub("", s.heading), s.passage.lang) for s in claim.sources)]
    known = frozenset().union(*(numbers_in(text, lang) for text, lang in near))
    listed = {count for text, _ in near for count in _listed(text)}
    dated = [(m.start, m.end) for m in mentions_beside(claim.text, claim.sources, claim.lang)]
    derived = _sums(known) | _totals(near) if claim.pointed_at else set()
    since = {float(year) - value for source in claim.sources if (year := _year(source)) for value in known}
    apart = days_apart(claim)
    unread = any(not Lexicon(lang).numerals for _, lang in near)  # its numbers in words
    found = []
    for start, end, readings in numeral_spans(claim.text, claim.lang):
        values = _grouped(readings)
        in_words = not re.search(r"\d", claim.text[start:end])
        if (in_words and min(values) <= SMALL) or any(a < end and start < b for a, b in dated):
            continue
        if (unread and min(values) <= SPELLED) or (in_words and _share(_next_word(claim.text, end), claim.lang)):
            continue
        if values & (known | derived) or (in_words and values & listed) or _without_scale(values, known):
            continue
        if _rounded(values, claim.text[:start], claim.lang, known) or _a_share(values, claim.text[end:], claim.lang, near):
            continue
        behind = claim.text[end:]
        if not (
            values & since or _same_length(values, behind, claim.lang, near) or _counted(values, behind, claim.lang, apart)
        ):
            found.append(claim.text[start:end])
    return found


def _sums(known: frozenset[float]) -> set[float]:
    """What two numbers of a source come to, together or one less the other: 33 passengers and 6 crew, 8 of 11 districts."""
    return {abs(a + sign * b) for a, b in combinations(known, 2) for sign in (1, -1)}


def _totals(near: Sequence[tuple[str, str]]) -> set[float]:
    """What three to five numbers that follow one another come to: eight passengers, six crew and three passers-by."""
    rows = [[max(values) for _, _, values in numeral_spans(text, lang)] for text, lang in near]
    return {sum(row[i : i + n]) for row in rows for n in (3, 4, 5) for i in range(len(row) - n + 1)}


def _grouped(readings: frozenset[float]) -> frozenset[float]:
    """Of "5,000" the five thousand, not the five: where a source means that, its figure has both readings, too."""
    largest = max(readings)
    return readings - {largest / 1000} if 0 < largest < 1e6 else readings


CLOSE = 0.03  # share by which a number told as "almost" so much may be off


def _rounded(values: frozenset[float], before: str, lang: str, known: frozenset[float]) -> bool:
    """Whether a number is called a round one and is near one of the source: "almost 4,000" for 3,900."""
    stretch = Folded(before[-24:]).text.rstrip()
    called = any(match.end() == len(stretch) for match in Lexicon(lang).about.finditer(stretch))
    return called and any(abs(value - other) <= CLOSE * value for value in values for other in known)


def _a_share(values: frozenset[float], behind: str, lang: str, near: Sequence[tuple[str, str]]) -> bool:
    """Whether per cent tell a part that the source has in words: "25 percent" for "a quarter"."""
    if vocabulary.unit_at(behind, lang) != "percent":
        return False
    parts = (_share(word, other) for text, other in near for word in WORD.findall(text))
    return any(abs(value - 100 * part) < 0.5 for part in parts if part for value in values)


def _share(word: str, lang: str) -> float:
    """What part of a whole a word names; 0 if it names none: "quarters" 0.25."""
    shares = Lexicon(lang).shares
    return shares.get(fold(word), 0.0) or shares.get(fold(word).removesuffix("s"), 0.0)


def _next_word(text: str, end: int) -> str:
    """The word behind a place of a text; "" if none follows."""
    match = WORD.match(text, end + 1)
    return match.group() if match else ""


ROUNDED = 0.1  # share by which a length of time in another unit may be off


def _same_length(values: frozenset[float], behind: str, lang: str, near: Sequence[tuple[str, str]]) -> bool:
    """Whether a number with what stands behind it is a length of time that the source has in another unit: "seven days"."""
    unit = vocabulary.unit_at(behind, lang)
    lengths = [
        value * DAYS_OF[other_unit]
        for text, other in near
        for value, other_unit in lengths_of_time(text, other)
        if other_unit != unit
    ]
    return unit in DAYS_OF and any(abs(v * DAYS_OF[unit] - length) <= ROUNDED * length for v in values for length in lengths)


_SLACK = {"days": 0.0, "weeks": 0.0, "months": 15.0, "years": 60.0}  # days by which a length between two dates may be off


def _counted(values: frozenset[float], behind: str, lang: str, apart: set[float]) -> bool:
    """Whether a number with its unit is the time between two dates: "ten days before" for 30 July and 9 August."""
    unit = vocabulary.unit_at(behind, lang)
    return unit in _SLACK and any(abs(v * DAYS_OF[unit] - days) <= _SLACK[unit] for v in values for days in apart)


def _without_scale(values: frozenset[float], known: frozenset[float]) -> bool:
    """Whether a number is there with its "million" left to another one: "9 million, instead of 6"."""
    return any(
        1 <= value / scale < 1000 and value / scale in known and any(k >= scale and k % scale == 0 for k in known)
        for value in values
        for scale in (1e3, 1e6, 1e9)
    )


_LIST = re.compile(r"(?:[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}, ){1,8}[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}")


def _listed(text: str) -> set[float]:
    """How many things a text may list: "in France, Germany, Italy, and Spain" are four."""
    return {float(match.group().count(", ") + extra) for match in _LIST.finditer(text) for extra in (1, 2)}


def miscounted(claim: Claim) -> list[str]:
    """Numbers that its words have, but of something else: miles for kilometres, the missing for the dead."""
    known = [f for text, lang in claim.stretches("particulars") for f in quantities.figures(text, lang)]
    found = []
    for mine in quantities.figures(claim.text, claim.lang):
        same = [figure for figure in known if figure.low <= mine.high and mine.low <= figure.high]  # "about 400" is 400, too
        for kinds in (vocabulary.MEASURES, vocabulary.FATES):
            unit, units = _kind(mine, kinds), [_kind(figure, kinds) for figure in same]
            if unit and units and all(units) and unit not in units:
                found.append(f"{mine.low:g} {unit}")
    return found


def _kind(figure: quantities.Figure, kinds: frozenset[str]) -> str:
    """What of these a figure counts; "" if nothing of them."""
    return next((kind for kind in (figure.unit.partition(" of ")[0], figure.group) if kind in kinds), "")


def _year(source: CitedPassage) -> int:
    """The year in which a source came out; 0 if it has no date."""
    published = source.passage.published
    return int(str(published)[:4]) if published and str(published)[:4].isdecimal() else 0
