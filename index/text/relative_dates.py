"""Pure: the times that a text counts from the day it was said: "yesterday", "two weeks ago", "上周三", "on Tuesday".

A week, a month or a year ago names no day, and "the weekend" or "in recent days" no more than about when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from index.records import Period
from index.text.lexicon import Lexicon

Kind = Literal["day", "month", "year", "relative", "about", "since", "until", "range"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A date named in a text."""

    start: int  # code points of the text
    end: int
    period: Period
    kind: Kind


_PART = (
    r"(?<!\w)(?P<part>{month_parts}) (?:{of_the_month})?"
    r"(?:(?P<last>{relative_dates.last_month})|{relative_dates.this_month}|{the_month})(?!\w)"
)
_WEEKDAY = (
    r"(?<!\w)(?:(?P<last>{weekday_last}) |(?P<this>{weekday_this}) )?"
    r"(?P<day>{weekdays})(?:s?(?:{parts_of_day}))?(?: (?P<late>{weekday_last}))?(?!\w)"
)


def counted(text: str, today: datetime, lexicon: Lexicon) -> Iterator[Mention]:
    """The times in a folded text that are counted from today (midnight, UTC), in no order; they may overlap."""
    for match in lexicon.relative_dates.finditer(text):
        name = str(match.lastgroup)
        yield Mention(*match.span(), _relative(name, today), "about" if name in ABOUT else "relative")
    for pattern in lexicon.ago:
        for match in pattern.finditer(text):
            count, unit = _count(match, lexicon), _unit(match, lexicon)
            yield Mention(*match.span(), _as_precise(_back(today, count, unit), unit), "relative")
    for pattern in lexicon.ahead:
        for match in pattern.finditer(text):
            count, unit = _count(match, lexicon), _unit(match, lexicon)
            yield Mention(*match.span(), _as_precise(_back(today, -count, unit), unit), "relative")
    for pattern in lexicon.within:
        for match in pattern.finditer(text):
            then = _back(today, _count(match, lexicon), _unit(match, lexicon))
            yield Mention(*match.span(), Period(stamp(then), stamp(today + timedelta(days=1))), "range")
    if lexicon.unspaced:
        yield from _weekdays_of_weeks(text, today, lexicon)
    else:
        yield from _parts_of_months(text, today, lexicon)
        yield from _weekdays(text, today, lexicon)


def _parts_of_months(text: str, today: datetime, lexicon: Lexicon) -> Iterator[Mention]:
    """ "At the end of the month": of the month before, where this one has not come so far."""
    for match in lexicon.pattern(_PART).finditer(text):
        part = part_named(match["part"], lexicon)
        period = part_of(_relative("last_month" if match["last"] else "this_month", today), part)
        if period.start > stamp(today):
            period = part_of(_relative("last_month", today), part)
        yield Mention(*match.span(), period, "about")


def _weekdays(text: str, today: datetime, lexicon: Lexicon) -> Iterator[Mention]:
    """ "On Tuesday", "Tuesday last week": the latest before today, or today."""
    for match in lexicon.pattern(_WEEKDAY).finditer(text):
        if match["last"] or match["this"] or match["late"] or not _is_name(text, match, lexicon):
            past = bool(match["last"] or match["late"])
            back = (today.weekday() - lexicon.weekdays[match["day"]]) % 7 or 7 * past
            yield Mention(*match.span(), whole_day(today - timedelta(days=back)), "relative")


def _weekdays_of_weeks(text: str, today: datetime, lexicon: Lexicon) -> Iterator[Mention]:
    """Weekdays of this calendar week, the last or the one before that, as Chinese, Japanese and Korean count."""
    for match in lexicon.weekday_phrase.finditer(text):
        weekday = lexicon.weekdays[match["day"]]
        weeks = next((weeks for weeks in (2, 1, 0) if match[f"week{weeks}"]), None)
        back = (today.weekday() - weekday) % 7 if weeks is None else today.weekday() - weekday + 7 * weeks
        yield Mention(*match.span(), whole_day(today - timedelta(days=back)), "relative")


def part_of(month: Period, part: str) -> Period:
    """The first ten days of a month, the middle ten, or the rest; or a half of it. `part`: a name of `month_parts`."""
    first = datetime.fromtimestamp(month.start, UTC)
    low, high = {"early": (1, 11), "mid": (11, 21), "late": (21, None), "first": (1, 16), "second": (16, None)}[part]
    return Period(stamp(first.replace(day=low)), stamp(first.replace(day=high)) if high else month.end)


def part_named(words: str, lexicon: Lexicon) -> str:
    """The part of a month that words name: early, mid, late, first or second."""
    match = lexicon.month_parts.fullmatch(words.strip(" -"))
    return str(match.lastgroup) if match else ""


def day_of(published: Period) -> datetime | None:
    """The day that relative words count from; None if the text is dated less precisely."""
    if published.end - published.start > 86_400:
        return None
    return datetime.fromtimestamp(published.start, UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def whole_day(day: datetime) -> Period:
    """The day that begins then."""
    return Period(stamp(day), stamp(day + timedelta(days=1)))


def stamp(moment: datetime) -> int:
    """Seconds since 1970, UTC."""
    return int(moment.timestamp())


def number(words: str, lexicon: Lexicon) -> int:
    """A small number, in figures or in words; 0 if it is none.

    >>> number("douze", Lexicon("fr")), number("十二", Lexicon("zh")), number("三十一", Lexicon("zh"))
    (12, 12, 31)
    """
    if words.isdecimal():
        return int(words)
    if (value := lexicon.counts.get(words) or lexicon.numerals.get(words)) is not None:
        return value
    ten = next((word for word, value in lexicon.counts.items() if value == 10), "")
    if not ten or ten not in words:
        return 0
    tens, _, ones = words.partition(ten)
    return lexicon.counts.get(tens, 1) * 10 + lexicon.counts.get(ones, 0)


ABOUT = ("weekend", "last_weekend", "recent_days", "recent_weeks")


def _relative(name: str, today: datetime) -> Period:
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    next_month = (month + timedelta(days=32)).replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    tomorrow, saturday = today + timedelta(days=1), today - timedelta(days=(today.weekday() - 5) % 7)
    last_saturday = saturday - timedelta(days=7 * (today.weekday() > 4))
    first, after = {
        "today": (today, tomorrow),
        "yesterday": (today - timedelta(days=1), today),
        "before_yesterday": (today - timedelta(days=2), today - timedelta(days=1)),
        "tomorrow": (tomorrow, today + timedelta(days=2)),
        "after_tomorrow": (today + timedelta(days=2), today + timedelta(days=3)),
        "next_week": (week + timedelta(days=7), week + timedelta(days=14)),
        "next_month": (next_month, (next_month + timedelta(days=32)).replace(day=1)),
        "next_year": (today.replace(year=today.year + 1, month=1, day=1), today.replace(year=today.year + 2, month=1, day=1)),
        "earlier_this_week": (week, tomorrow),
        "earlier_this_month": (month, tomorrow),
        "earlier_this_year": (today.replace(month=1, day=1), tomorrow),
        "this_week": (week, week + timedelta(days=7)),
        "last_week": (week - timedelta(days=7), week),
        "week_before_last": (week - timedelta(days=14), week - timedelta(days=7)),
        "weekend": (saturday, saturday + timedelta(days=2)),
        "last_weekend": (last_saturday, last_saturday + timedelta(days=2)),
        "recent_days": (today - timedelta(days=7), tomorrow),
        "recent_weeks": (today - timedelta(days=30), tomorrow),
        "this_month": (month, next_month),
        "last_month": (last_month, month),
        "this_year": (today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)),
        "last_year": (today.replace(year=today.year - 1, month=1, day=1), today.replace(month=1, day=1)),
    }[name]
    return Period(stamp(first), stamp(after))


def _count(match: re.Match[str], lexicon: Lexicon) -> int:
    """How many units; a dual counts itself, a unit without a number is one."""
    groups = match.groupdict()
    if groups.get("two"):
        return 2
    return number(groups["n"], lexicon) if groups.get("n") else 1


def _unit(match: re.Match[str], lexicon: Lexicon) -> str:
    """hour, day, week, fortnight, month or year."""
    groups = match.groupdict()
    unit = lexicon.time_units.fullmatch(groups.get("two") or groups["unit"])
    return str(unit.lastgroup) if unit else "day"


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


def _is_name(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a bare weekday is a part of a name: "Black Friday", "the Sunday Times"."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :]
    return bool(lexicon.not_weekday_before.search(before) or lexicon.not_weekday_after.match(after))
