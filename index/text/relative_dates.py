"""Pure: the times that a text counts from the day it was said: "yesterday", "two weeks ago", "上周三", "on Tuesday".

A week, a month or a year ago names no day, and "the weekend" or "in recent days" no more than about when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple

from index.records import Period
from index.text.date_words import (
    AGO,
    COUNTS,
    DAYS,
    HAN_DAYS,
    HAN_RELATIVE,
    LAST_WORD,
    NOT_DAYS_AFTER,
    NOT_DAYS_BEFORE,
    OF_MONTH,
    PART_OF_DAY,
    PARTS,
    RECENT,
    RELATIVE,
    THE_MONTH,
    THIS_WORD,
    UNITS,
)

Kind = Literal["day", "month", "year", "relative", "about", "since", "until", "range"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A date named in a text."""

    start: int  # code points of the text
    end: int
    period: Period
    kind: Kind


def counted(text: str, today: datetime, lang: str) -> Iterator[Mention]:
    """The times in a folded text that are counted from today (midnight, UTC), in no order; they may overlap."""
    pattern = _patterns()
    for name, phrase in pattern.named:
        for match in phrase.finditer(text):
            if match.group() != "hier" or lang in ("", "fr"):  # "here" in German and Dutch
                yield Mention(match.start(), match.end(), _relative(name, today), "about" if name in ABOUT else "relative")
    for match in pattern.part.finditer(text):
        which = "last month" if re.fullmatch(RELATIVE["last month"], match["month"]) else "this month"
        part = part_named(match["part"])
        period = part_of(_relative(which, today), part)
        if period.start > stamp(today):  # "at the end of the month" is the month before, where this one has not come so far
            period = part_of(_relative("last month", today), part)
        yield Mention(match.start(), match.end(), period, "about")
    for phrase in pattern.ago:
        for match in phrase.finditer(text):
            count, unit = _count(match), _unit(match["unit"])
            yield Mention(match.start(), match.end(), _as_precise(_back(today, count, unit), unit), "relative")
    for phrase in pattern.recent:
        for match in phrase.finditer(text):
            then = _back(today, _count(match), _unit(match["unit"]))
            yield Mention(match.start(), match.end(), Period(stamp(then), stamp(today + timedelta(days=1))), "range")
    for match in pattern.weekday.finditer(text):
        if match["last"] or match["this"] or match["late"] or not _is_name(text, match):
            back = (today.weekday() - _weekdays()[match["day"]]) % 7 or 7 * bool(match["last"] or match["late"])
            yield Mention(match.start(), match.end(), whole_day(today - timedelta(days=back)), "relative")
    for match in pattern.han_weekday.finditer(text):
        index = next(names.index(match[name]) for name, names in HAN_DAYS.items() if match[name]) % 7
        weeks = next((weeks for name, weeks in (("before", 2), ("last", 1), ("this", 0)) if match[name]), None)
        back = (today.weekday() - index) % 7 if weeks is None else today.weekday() - index + 7 * weeks
        yield Mention(match.start(), match.end(), whole_day(today - timedelta(days=back)), "relative")


def part_of(month: Period, part: str) -> Period:
    """The first ten days of a month, the middle ten, or the rest; or a half of it. `part`: a key of datewords.PARTS."""
    first = datetime.fromtimestamp(month.start, UTC)
    low, high = {"early": (1, 11), "mid": (11, 21), "late": (21, None), "first": (1, 16), "second": (16, None)}[part]
    return Period(stamp(first.replace(day=low)), stamp(first.replace(day=high)) if high else month.end)


def part_named(words: str) -> str:
    """The part of a month that words of datewords.PARTS name."""
    return next(name for name, pattern in PARTS.items() if re.fullmatch(pattern, words.strip(" -")))


def day_of(said: Period) -> datetime | None:
    """The day that relative words count from; None if the text is dated less precisely."""
    if said.end - said.start > 86_400:
        return None
    return datetime.fromtimestamp(said.start, UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def whole_day(day: datetime) -> Period:
    """The day that begins then."""
    return Period(stamp(day), stamp(day + timedelta(days=1)))


def stamp(moment: datetime) -> int:
    """Seconds since 1970, UTC."""
    return int(moment.timestamp())


def number(words: str) -> int:
    """A small number, in figures or in words of any language here.

    >>> number("12"), number("quinze"), number("十二"), number("三十一")
    (12, 15, 12, 31)
    """
    if words.isdecimal():
        return int(words)
    if words in COUNTS:
        return COUNTS[words]
    tens, _, ones = words.rpartition("十")
    return (COUNTS.get(tens, 1) * 10 if "十" in words else 0) + COUNTS.get(ones, 0)


ABOUT = ("weekend", "last weekend", "recent days", "recent weeks")


def _relative(name: str, today: datetime) -> Period:
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    tomorrow, saturday = today + timedelta(days=1), today - timedelta(days=(today.weekday() - 5) % 7)
    last_saturday = saturday - timedelta(days=7 * (today.weekday() > 4))
    first, after = {
        "today": (today, tomorrow),
        "yesterday": (today - timedelta(days=1), today),
        "before": (today - timedelta(days=2), today - timedelta(days=1)),
        "this week": (week, week + timedelta(days=7)),
        "last week": (week - timedelta(days=7), week),
        "week before": (week - timedelta(days=14), week - timedelta(days=7)),
        "weekend": (saturday, saturday + timedelta(days=2)),
        "last weekend": (last_saturday, last_saturday + timedelta(days=2)),
        "recent days": (today - timedelta(days=7), tomorrow),
        "recent weeks": (today - timedelta(days=30), tomorrow),
        "this month": (month, (month + timedelta(days=32)).replace(day=1)),
        "last month": (last_month, month),
        "this year": (today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)),
        "last year": (today.replace(year=today.year - 1, month=1, day=1), today.replace(month=1, day=1)),
    }[name]
    return Period(stamp(first), stamp(after))


def _count(match: re.Match[str]) -> int:
    """How many units; a dual of Arabic counts itself, a unit without a number is one."""
    words = match.groupdict().get("n")
    return number(words) if words else 2 if match["unit"].endswith("ين") else 1


def _unit(words: str) -> str:
    """hour, day, week, fortnight, month or year."""
    return next(unit for unit, pattern in UNITS.items() if re.match(pattern, words))


def _as_precise(day: datetime, unit: str) -> Period:
    """The month, year, week or day around a day: "114 years ago" names no day."""
    if unit == "year":
        return Period.parse(f"{day.year:04}")
    if unit == "month":
        return Period.parse(f"{day.year:04}-{day.month:02}")
    if unit in ("week", "fortnight"):
        return Period(stamp(day - timedelta(days=3)), stamp(day + timedelta(days=4)))
    return whole_day(day)


def _back(today: datetime, count: int, unit: str) -> datetime:
    """`count` units before today."""
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return today.replace(year=max(1, months // 12), month=months % 12 + 1, day=min(today.day, 28))
    if unit == "year":
        return today.replace(year=max(1, today.year - count), day=min(today.day, 28))
    return today - timedelta(days=count // 24 if unit == "hour" else count * {"week": 7, "fortnight": 14}.get(unit, 1))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a bare weekday is a part of a name: "Black Friday", "the Sunday Times"."""
    return bool(re.search(NOT_DAYS_BEFORE, text[: match.start()]) or re.match(NOT_DAYS_AFTER, text[match.end() :]))


class _Patterns(NamedTuple):
    named: list[tuple[str, re.Pattern[str]]]  # what `_relative` knows
    part: re.Pattern[str]
    ago: list[re.Pattern[str]]
    recent: list[re.Pattern[str]]
    weekday: re.Pattern[str]
    han_weekday: re.Pattern[str]


@cache
def _weekdays() -> dict[str, int]:
    """Folded name -> 0 (Monday) .. 6."""
    return {name: i for names in DAYS.values() for i, alts in enumerate(names.split()) for name in alts.split("|")}


@cache
def _patterns() -> _Patterns:
    days = "|".join(sorted(_weekdays(), key=len, reverse=True))
    months = f"{RELATIVE['last month']}|{RELATIVE['this month']}|{THE_MONTH}"
    return _Patterns(
        named=[(name, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for name, words in RELATIVE.items()]
        + [(name, re.compile(words)) for name, words in HAN_RELATIVE.items()],
        part=re.compile(rf"(?<!\w)(?P<part>{'|'.join(PARTS.values())}) (?:{OF_MONTH})?(?P<month>{months})(?!\w)"),
        ago=[re.compile(phrase) for phrase in AGO],
        recent=[re.compile(phrase) for phrase in RECENT],
        weekday=re.compile(
            rf"(?<!\w)(?:(?P<last>{LAST_WORD}) |(?P<this>{THIS_WORD}) )?"
            rf"(?P<day>{days})(?:{PART_OF_DAY})?(?: (?P<late>{LAST_WORD}))?(?!\w)"
        ),
        han_weekday=re.compile(
            r"(?:(?P<before>上上个?|先々週の?|지지난주 ?)|(?P<last>上个?|先週の?|지난주 ?)"
            r"|(?P<this>本|这个?|今週の?|이번 ?주 ?))?"
            r"(?<![下来每几一二三两四五六七八九十\d])(?<!来週の)(?:(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])|(?P<ja>[月火水木金土日])曜日?(?!学)|(?P<ko>[월화수목금토일])요일)"
        ),
    )
