"""Pure: the dates that a text names, as UTC intervals with the precision the words have.

    "mid-September", "el miércoles pasado", "since 18 October" + the day it was said  ->  Mentions

By the tables of the text's language (index/text/data); in a language that has none, by figures and what dateparser finds. What
a phrase leaves open stays open: "18/10" without a year is the latest such day that is not in the future,
and "on Wednesday" cannot be placed by a text that is itself dated by the month only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from index.records import Period
from index.text.calendar import weekdays_in
from index.text.fold import Folded, fold
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.lexicon_tables import NEVER
from index.text.relative_dates import Kind, counted, day_of, number, part_named, part_of, stamp, whole_day
from index.text.relative_dates import Mention as Mention

FIRST, LAST = -62_135_596_800, 253_402_300_799  # the years 1 and 9999: an open end


def mentions(text: str, published: Period, lang: str = "") -> list[Mention]:
    """The dates named in `text`, in its order, without overlaps. `published`: when the text was written or the question asked.

    >>> [str(m.period) for m in mentions("What happened in mid-September?", Period.parse("2023-10-20"), "en")]
    ['2023-09-11T00:00:00Z/2023-09-21T00:00:00Z']
    """
    lang = lang or identify(text, "en")
    lexicon, folded = Lexicon(lang), Folded(text)
    named = _apart(_known(folded.text, published, lexicon))
    if named:
        joined = _ranges(folded.text, named, lexicon)
        dated = [replace(m, start=folded.at(m.start), end=folded.at(m.end)) for m in joined]
    else:
        dated = _apart(_others(text, published, lexicon))
    return [_bounded(text, mention, published, lexicon) for mention in dated]


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """In the order of the text; of those that overlap, the one that begins first, and of those the longest."""
    apart: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return apart


def without_weekdays_of_days(text: str, named: Sequence[Mention], lang: str) -> list[Mention]:
    """Without the weekday that stands right before the day it is: "on Sunday 27 October" is one day, whatever its year."""
    lexicon = Lexicon(lang)
    between = lexicon.pattern(r"[\s,]*(?:(?:{date_articles})\s*)?")
    of_a_day = {
        i
        for i, (first, then) in enumerate(pairwise(named))
        if first.kind == "relative"
        and then.kind == "day"
        and between.fullmatch(fold(text[first.end : then.start]))
        and weekdays_in(text[first.start : first.end], lang)
    }
    return [mention for i, mention in enumerate(named) if i not in of_a_day]


def window(question: str, asked: Period, lang: str = "") -> tuple[Period | None, bool]:
    """The time a question is about, and whether it insists on it ("since Monday", "before 2020"). (None, False): no date."""
    named = mentions(question, asked, lang)
    if not named:
        return None, False
    bounds = [m.period for m in named if m.kind in ("since", "until", "range")]
    if bounds:
        period = Period(max(p.start for p in bounds), min(p.end for p in bounds))
        return (period, True) if period.start < period.end else (None, False)
    return Period(min(m.period.start for m in named), max(m.period.end for m in named)), False


_ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d?)(?:-(?P<d>\d\d?))?(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(?P<a>[0-3]?\d)[./](?P<b>[0-3]?\d)[./](?P<y>(?:19|20)\d\d)(?!\d)")
# Patterns over folded text; the tables in braces are the language's.
_START = r"(?:(?<!\w)|(?<=\s{glued}))"
_NAMED = _START + (
    r"(?:(?P<prep>{date_prepositions}|{range_to}) )?(?:(?P<article>{date_articles})\s?)?"
    r"(?P<core>(?:(?P<d1>[0-3]?\d)(?:{ordinal_marks})?\.?,? (?:{date_of})?)?"
    r"(?:(?P<part>{month_parts})[ -](?:{of_the_month})?)?"
    r"(?:(?P<month>{months})|(?P<short>{months_short}))\b\.?(?: (?P<d2>[0-3]?\d)(?:{ordinal_marks})?\b(?!\s*(?:%|:)))?"
    r"(?:,? (?:{date_of})?(?P<year>(?:19|20)\d\d)\b(?: {year_mark})?)?)"
)
_YEAR = _START + r"{year_lead} (?P<y>(?:19|20)\d\d)(?:\s?[-–—]\s?(?P<y2>(?:19|20)\d\d))?\b(?![-/.]\d)"
_YEARS = (
    _START
    + r"{range_from} (?:{date_articles}\s?)?(?P<y>(?:19|20)\d\d)\s?(?:{range_to}|[-–—])\s?(?P<y2>(?:19|20)\d\d)\b(?![-/.]\d)"
)
_YEAR_PART = _START + r"(?P<part>{year_parts})(?: (?:{date_of})?(?P<year>(?:19|20)\d\d)\b(?: {year_mark})?)?(?!\w)"
_SINCE = r"(?<!\w)(?:(?P<after>{date_after})|{date_since})[ ,.]*(?:{date_link} +)*$"
_UNTIL = r"(?<!\w)(?:(?P<before>{date_before})|{date_until})[ ,.]*(?:{date_link} +)*$"
_FROM = r"(?<!\w){range_from}\s*(?:{date_articles}\s?)?"
_TO = r"\s*(?:{range_to}|[-–—])\s*(?:{date_articles}\s?)?"
_DAY_TO = r"(?P<d>[0-3]?\d)(?:{ordinal_marks})?\.?"
_TAIL = r"\s?[-–—]\s?(?P<d>[0-3]?\d)\b(?:, ?(?P<y>(?:19|20)\d\d)\b)?"
_TAIL_UNSPACED = r"\s?(?:[-–—]|{range_to})\s?(?P<d>[0-3]?\d)(?:{day_mark}|\b)"


def _known(text: str, published: Period, lexicon: Lexicon) -> Iterator[Mention]:
    today = day_of(published)
    for match in _ISO.finditer(text):
        yield from _dated(match, int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None)
    for match in _SLASHED.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 or second > 12 or first == second or lexicon.lang != "en":  # 10/11 in English may be either: no guess
            d, m = (second, first) if second > 12 else (first, second)
            yield from _dated(match, int(match["y"]), m, d)
    for match in lexicon.date_in_figures.finditer(text):
        yield from _in_figures(match, published, lexicon)
    if lexicon.months:
        for match in lexicon.pattern(_NAMED).finditer(text):
            yield from _named(text, match, published, lexicon)
        for match in lexicon.pattern(_YEAR).finditer(text):
            yield from _years(match, match.start("y"))
        for match in lexicon.pattern(_YEARS).finditer(text) if lexicon.rows("range_from") else ():
            yield from _years(match, match.start())
    for match in lexicon.pattern(_YEAR_PART).finditer(text) if lexicon.rows("year_parts") else ():
        yield _year_part(match, published, lexicon)
    if today is not None:
        yield from counted(text, today, lexicon)


def _years(match: re.Match[str], start: int) -> Iterator[Mention]:
    """A year, or the years from one through another, where they are in order; `start`: where what names them begins."""
    first, last = Period.parse(match["y"]), Period.parse(match["y2"] or match["y"])
    if first.start < last.end:
        kind: Kind = "range" if match["y2"] else "year"
        yield Mention(start, match.end("y2" if match["y2"] else "y"), Period(first.start, last.end), kind)


def _dated(match: re.Match[str], year: int, month: int | None, day: int | None) -> Iterator[Mention]:
    try:
        period = Period.parse(
            "-".join(f"{part:02}" if i else f"{part:04}" for i, part in enumerate((year, month, day)) if part)
        )
    except ValueError:  # the 31st of February
        return
    yield Mention(match.start(), match.end(), period, "day" if day else "month" if month else "year")


def _in_figures(match: re.Match[str], published: Period, lexicon: Lexicon) -> Iterator[Mention]:
    """A date whose parts are marked, not named: "2023年9月13日", "去年9月", "九月中旬", "9월", "15 bm."."""
    group = {name: value for name, value in match.groupdict().items() if value}
    if "alone" in group:
        yield from _dated(match, int(group["alone"]), None, None)
        return
    now, words = datetime.fromtimestamp(published.start, UTC), group.get("d") or group.get("word_d")
    day = number(words, lexicon) if words else None
    if "this_month" in group or "last_month" in group:
        months = now.year * 12 + now.month - 1 - ("last_month" in group)
        yield from _dated(match, months // 12, months % 12 + 1, day)
        return
    month = number(group.get("m") or group["word_m"], lexicon)
    yeared = not {"y", "last", "this"}.isdisjoint(group)
    if "word_m" in group and not (yeared or words or "whole" in group or "part" in group):
        return  # "三月" alone may be three months, or a name
    year = int(group["y"]) if "y" in group else now.year - ("last" in group) if yeared else _latest(published, month, day)
    for mention in _dated(match, year, month, day):
        period = part_of(mention.period, part_named(group["part"], lexicon)) if "part" in group else mention.period
        yield replace(mention, period=period)


def _named(text: str, match: re.Match[str], published: Period, lexicon: Lexicon) -> Iterator[Mention]:
    """A month by its name, with or without day, part and year."""
    month = lexicon.months[match["month"]] if match["month"] else lexicon.months_short[match["short"]]
    day = int(match["d1"] or match["d2"]) if match["d1"] or match["d2"] else None
    year = int(match["year"]) if match["year"] else None
    start = match.start("core")
    if lexicon.not_date_before.search(text[max(0, start - 40) : start]):
        return
    if not (day or year or match["part"]) and not _is_month(text, match, lexicon):
        return
    for mention in _dated(match, _latest(published, month, day) if year is None else year, month, day):
        period = part_of(mention.period, part_named(match["part"], lexicon)) if match["part"] and not day else mention.period
        yield replace(mention, start=start, period=period)


def _is_month(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a month's name alone means it: not "the March family", "on Mars", "said to May", "el mar"."""
    if match["short"]:
        return False
    if match["month"] not in lexicon.months_ambiguous:
        return True
    if not match["prep"] or match["article"]:
        return False
    begun = lexicon.pattern(_FROM).search(text, 0, match.start())
    return bool(lexicon.date_prepositions.fullmatch(match["prep"]) or begun)


def _year_part(match: re.Match[str], published: Period, lexicon: Lexicon) -> Mention:
    """A quarter or a half of a year, the latest that has begun where no year is named."""
    name = lexicon.year_parts.fullmatch(match["part"])
    part = str(name.lastgroup) if name else "q1"
    months = 3 if part[0] == "q" else 6
    first = months * (int(part[1]) - 1) + 1
    year = int(match["year"]) if match["year"] else _latest(published, first, None)
    start, last = Period.parse(f"{year}-{first:02}"), Period.parse(f"{year}-{first + months - 1:02}")
    return Mention(*match.span(), Period(start.start, last.end), "range")


def _latest(published: Period, month: int, day: int | None) -> int:
    """The year of the latest such day, or month, that is not in the future."""
    now = datetime.fromtimestamp(published.start, UTC)
    return now.year if (month, day or 1) <= (now.month, now.day if day else 31) else now.year - 1


def _ranges(text: str, dates: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions with those joined that are the two ends of one range: "between 1 and 5 March", "March 1-5"."""
    joined: list[Mention] = []
    for mention in dates:
        if joined and (both := _joined(text, joined[-1], mention, lexicon)):
            joined[-1] = both
        else:
            joined.append((mention.kind == "day" and _days(text, mention, lexicon)) or mention)
    return joined


def _joined(text: str, first: Mention, second: Mention, lexicon: Lexicon) -> Mention | None:
    """ "From 5 May to 3 June" as one range; the year of its end is that of its beginning where that has none."""
    pair = lexicon.pattern(_FROM + "$").search(text[max(0, first.start - 40) : first.start])
    if not pair or not lexicon.pattern(_TO).fullmatch(text, first.end, second.start):
        return None
    start = first.period.start
    if start >= second.period.end or not re.search(r"\d{4}", text[first.start : first.end]):
        then, day = (datetime.fromtimestamp(period.start, UTC) for period in (first.period, second.period))
        year = day.year - ((then.month, then.day) > (day.month, day.day))
        start = stamp(then.replace(year=year, day=min(then.day, 28) if then.month == 2 else then.day))
    if start >= second.period.end:
        return None
    begin = first.start - (pair.endpos - pair.start())
    return Mention(begin, second.end, Period(start, second.period.end), "range")


def _days(text: str, mention: Mention, lexicon: Lexicon) -> Mention | None:
    """A range of days within one month: "between 1 and 5 March", "12-14 September", "March 1-5"."""
    before, day = text[max(0, mention.start - 40) : mention.start], datetime.fromtimestamp(mention.period.start, UTC)
    pair = lexicon.pattern(_FROM + _DAY_TO + _TO + "$").search(before) or _DASHED.search(before)
    if pair and 0 < int(pair["d"]) <= day.day:
        start = stamp(day.replace(day=int(pair["d"])))
        return Mention(mention.start - (len(before) - pair.start()), mention.end, Period(start, mention.period.end), "range")
    tail = lexicon.pattern(_TAIL_UNSPACED if lexicon.unspaced else _TAIL).match(text, mention.end)
    if tail and day.day < int(tail["d"]) <= 31:
        year = int(tail.groupdict().get("y") or day.year)
        try:
            last = whole_day(day.replace(year=year, day=int(tail["d"])))
        except ValueError:  # the 31st of April
            return None
        return Mention(mention.start, tail.end(), Period(stamp(day.replace(year=year)), last.end), "range")
    return None


_DASHED = re.compile(r"(?<![\w.,/–—-])(?P<d>[0-3]?\d)\.?\s?[-–—]\s?$")


def _others(text: str, published: Period, lexicon: Lexicon) -> list[Mention]:
    """In a language that has no lists here: what dateparser finds in it."""
    if lexicon.months or lexicon.date_in_figures is not NEVER or not re.search(r"\w", text):
        return []
    from dateparser.search import search_dates

    today = day_of(published)
    base = (today or datetime.fromtimestamp(published.start, UTC)).replace(tzinfo=None)
    settings: Any = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False}
    try:
        dates = search_dates(text, languages=[lexicon.lang], settings=settings) or []
    except ValueError:  # a language it does not know
        return []
    other_dates: list[Mention] = []
    at = 0
    for words, moment in dates:
        start = text.find(words, at)
        if start >= 0 and re.search(r"[^\W\d]{4}", words):  # bare numbers and short words are no dates
            at = start + len(words)
            numbers = [int(number) for number in re.findall(r"\d+", words)]
            period = _precise(moment.replace(tzinfo=UTC), base.replace(tzinfo=UTC), numbers)
            if period and (numbers or today):
                other_dates.append(Mention(start, at, period, "day" if numbers else "relative"))
    return other_dates


def _precise(moment: datetime, base: datetime, numbers: list[int]) -> Period | None:
    """The day, month or year that dateparser means: what the words do not say it takes from `base`. None for durations."""
    if not set(numbers) <= {moment.day, moment.month, moment.year}:
        return None  # "48 hours", "13 years"
    if not numbers:
        near = abs((moment - base).days) <= 8  # "Sunday", "yesterday"; further off it is a month
        return whole_day(moment.replace(hour=0, minute=0, second=0, microsecond=0)) if near else Period.parse(f"{moment:%Y-%m}")
    if moment.day in numbers:
        return whole_day(moment.replace(hour=0, minute=0, second=0, microsecond=0))
    return Period.parse(f"{moment.year:04}" if moment.month == base.month else f"{moment:%Y-%m}")


def _bounded(text: str, mention: Mention, published: Period, lexicon: Lexicon) -> Mention:
    """The mention with "since" or "until" in front of it taken into account. Its place is one of the text, not folded."""
    near = max(0, mention.start - 40)
    before = Folded(text[near : mention.start])
    if match := lexicon.pattern(_SINCE if not lexicon.unspaced else "{date_since}$").search(before.text):
        start = mention.period.end if match.groupdict().get("after") else mention.period.start
        end = max(published.end, mention.period.end)
        if start < end:
            return Mention(near + before.at(match.start()), mention.end, Period(start, end), "since")
    if not lexicon.unspaced and (match := lexicon.pattern(_UNTIL).search(before.text)):
        end = mention.period.start if match["before"] else mention.period.end
        return Mention(near + before.at(match.start()), mention.end, Period(FIRST, end), "until")
    return mention
