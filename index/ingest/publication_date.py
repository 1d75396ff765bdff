"""When something says it was published, with the precision it says it in.

    parse("18 de octubre de 2023")  ->  the day      of_url("/2023/10/talks")  ->  the month

A date is never made more precise than it was written: a month in a URL is a month, and midnight to the second is a day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urlsplit

from index.records import Period
from index.text.lexicon import Lexicon, every_row
from index.text.printable import line

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?|/(\d\d?)/(\d\d?)|(\d\d)(\d\d))?"
    r"(?:(?:[T_]|,?\s+)(\d\d?)(?::?(\d\d))(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\d{4}-?W\d\d(?:-?[1-7])?")
_EAST_ASIAN = re.compile(
    r"(\d{4})\s*[年년.]\s*(\d{1,2})\s*[月월.]\s*(?:(\d{1,2})\s*[日일.]?)?(?:\D{0,6}(\d{1,2})[:시時](\d\d))?"
)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:\D{1,4}(\d{1,2})[:h.](\d\d))?")


def parse(text: str, lang: str = "") -> Period | None:
    """From a date as metadata, feeds and bylines write it, in any language dateparser reads. None if it is no absolute date.

    A time without a zone is taken as UTC. "3/4/2023" is the 4th of March in English and the 3rd of April elsewhere.
    """
    text = re.sub(r"<[^<>]{0,100}>|\s+", " ", text[:200]).strip(" .,;|").replace("\u2212", "-")
    text = "".join(str(ord_digit) if (ord_digit := _digit(char)) is not None else char for char in text)
    if _ISO.fullmatch(text):
        return _local(text, lang)
    if _WEEK.fullmatch(text):
        return _of_week(text)
    text, zone = _zoned(_HALF_DAY.sub(_of_24_hours, text))
    period = _local(text, lang)
    return _shifted(period, zone) if zone and period and period.end - period.start == 1 else period


def _of_week(text: str) -> Period | None:
    try:
        return Period.parse(text) if 1800 <= int(text[:4]) <= 2100 else None
    except ValueError:
        return None


def _local(text: str, lang: str) -> Period | None:
    """The same of a text whose zone is in the form of ISO, or was cut off."""
    if match := _ISO.fullmatch(text):
        year, month, day, month2, day2, month3, day3, hour, minute, second, zone = match.groups()
        return _period(year, month or month2 or month3, day or day2 or day3, hour, minute, second, zone)
    if match := _EAST_ASIAN.match(text):
        return _period(*match.groups())
    if match := _NUMERIC.match(text):
        first, mark, second_, year, hour, minute = match.groups()
        month_first = int(second_) > 12 or (lang == "en" and mark == "/" and int(first) <= 12)
        return _period(year, *((first, second_) if month_first else (second_, first)), hour, minute)
    if re.match(
        r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3} (?:(?:1[89]|20)\d\d\b|\d\d \d\d:)", text
    ):  # RFC 822: "14 May 24 10:00"
        try:
            return _moment(parsedate_to_datetime(text))
        except (ValueError, TypeError, OverflowError):
            pass
    if not re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", text):
        return None  # "yesterday", "3 hours ago": the day of reading is not known here
    return _in_words(text, lang)


_HALF_DAY = re.compile(r"(?<!\d)(\d\d?)[:.](\d\d)(?:[:.](\d\d))?\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)
_OFFSET = r"(?:(?:GMT|UTC|UT)\s?)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?"
_ZONED = re.compile(  # behind a time, or a time and a word: "07:30 Uhr MESZ"
    r"(?P<text>.*(?<!\d)\d\d?[:.h時]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?)(?P<word> [^\W\d]{1,8}\.?)??,?\s?"
    rf"(?:{_OFFSET}|[(\[]?(?P<name>[A-Za-z]{{1,5}}|[A-Z][a-z]+(?:/[A-Z][A-Za-z_-]+){{1,2}})[)\]]?)"
    r"(?:\s?\((?P<beside>[^()]*)\))?"
)
_NAME_OF_A_ZONE = re.compile("[A-Z]{3,5}")  # and no word ("h", "Uhr"): of one that is not known the day is kept alone
_YEAR_LAST = re.compile(r"(.*\d) (\d\d:\d\d:\d\d) (\S{1,9}) (\d{4})")  # as Java and date(1) write it
MOST_HOURS = 14.0  # that a zone is ahead of UTC, or behind


def _of_24_hours(match: re.Match[str]) -> str:
    hour = int(match[1])
    if not 1 <= hour <= 12:
        return match[0]
    hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    return f"{hour:02}:{match[2]}:{match[3] or '00'}"


def _zoned(text: str) -> tuple[str, float | str | None]:
    """The text without the zone behind its time, and that: in hours ahead of UTC, or its name in the IANA database."""
    if match := _YEAR_LAST.fullmatch(text):
        text = f"{match[1]} {match[4]} {match[2]} {match[3]}"
    match = _ZONED.fullmatch(text)
    if match is None:
        return text, None
    if match["sign"]:
        hours = int(match["hours"]) + int(match["minutes"] or 0) / 60
        return match["text"], -hours if match["sign"] == "-" else hours
    name = match["name"]
    if "/" in name:
        return match["text"], name
    known = _zones().get(name.upper(), _zones().get((match["beside"] or "").upper()))  # "10:00 h (CEST)": "h" is none
    if known is None and not _NAME_OF_A_ZONE.fullmatch(name):
        return text, None
    return match["text"], name if known is None else known


def _shifted(moment: Period, zone: float | str) -> Period | None:
    """A moment of a zone in UTC; of one that cannot be, its day."""
    day = Period.parse(datetime.fromtimestamp(moment.start, UTC).date().isoformat())
    if isinstance(zone, str):
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            offset = datetime.fromtimestamp(moment.start, UTC).replace(tzinfo=ZoneInfo(zone)).utcoffset()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return day
        zone = offset.total_seconds() / 3600 if offset else 0.0
    if abs(zone) > MOST_HOURS:
        return day
    start = moment.start - round(3600 * zone)
    return Period(start, start + 1)


@cache
def _zones() -> dict[str, float]:
    import tomllib
    from importlib.resources import files

    table = tomllib.loads((files("index.text") / "data" / "zones.toml").read_text(encoding="utf-8"))["hours"]
    return {str(name): float(hours) for name, hours in table.items()}


def _digit(char: str) -> int | None:
    """Arabic, Persian, Devanagari ... digits."""
    return int(char) if char.isdecimal() and not char.isascii() else None


def _period(
    year: str,
    month: str | None = None,
    day: str | None = None,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> Period | None:
    if not 1800 <= int(year) <= 2100:
        return None
    text = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    try:
        if hour is None or minute is None or not day:
            return Period.parse(text)
        offset = "+00:00" if not zone or zone.upper() in ("Z", "UTC", "GMT") else zone
        return _moment(datetime.fromisoformat(f"{text}T{hour.zfill(2)}:{minute}:{second or '00'}{offset}"))
    except (ValueError, OverflowError):
        return None


def _moment(moment: datetime) -> Period | None:
    """Midnight to the second is how a content system writes a day."""
    if not 1800 <= moment.year <= 2100 or moment.date().isoformat() == "1970-01-01":
        return None
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return Period.parse(moment.date().isoformat())
    return Period.parse(moment.replace(microsecond=0).isoformat())


def _in_words(text: str, lang: str) -> Period | None:
    """By dateparser, asked for ever fewer parts: what it would have to invent is not in the answer."""
    import dateparser

    text = _labels().sub("", text)
    # "18 de outubro de 2023 às 7h30": where the whole is not understood, the words up to the year may be.
    upto_year = re.match(r".*?(?<!\d)(?:1[89]|20)\d\d(?!\d)", text)
    for words in dict.fromkeys([text.strip(), upto_year[0].strip() if upto_year else text.strip()]):
        for parts in (["day", "month", "year"], ["month", "year"]):
            try:
                moment = dateparser.parse(
                    words,
                    languages=[lang] if lang else None,
                    settings={"REQUIRE_PARTS": parts, "RETURN_AS_TIMEZONE_AWARE": False, "PREFER_DAY_OF_MONTH": "first"},
                )
            except (ValueError, OverflowError, RecursionError, TypeError):  # a language it does not know, a year it cannot hold
                return parse(text) if lang else None
            if moment is None:
                continue
            if len(parts) == 3 and re.search(r"\d[:.h]\d\d", words):
                return _moment(moment)
            return _period(str(moment.year), str(moment.month), str(moment.day) if len(parts) == 3 else None)
    return None


@cache
def _labels() -> re.Pattern[str]:
    """ "Published on", in any language: the frame of a page is not always in the language of its text."""
    return re.compile(rf"(?i)\b(?:{every_row('publication_words')})\b:?(?: (?:{every_row('publication_on')})\b)?")


def of_url(url: str) -> Period | None:
    """The date in a URL's path: /2023/10/18/talks, /2023-10-18-talks, /20231018/, /2023/oct/18/, /2023/10/talks (a month)."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in (
        r"(?<!\d)((?:19|20)\d\d)([/_.-])(\d\d?)\2(\d\d?)(?!\d)",
        r"(?<!\d)((?:19|20)\d\d)(/)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(\d\d?)(?!\d)",
        r"(?<!\d)((?:19|20)\d\d)()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)",
        r"/((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])()(?=/|$)",
    ):
        if match := re.search(pattern, path):
            year, _, month, day = match.groups()
            month = month if month.isdigit() else str(Lexicon("en").months_short[month])
            if period := _period(year, month, day or None):
                return period
    return None


def without_date(value: object) -> str:
    """Says of something that was read that what stands in place of its date can be none."""
    return f"read, but without its date {in_its_place(value)}"


def in_its_place(value: object) -> str:
    """What stands in place of a date, as it can be shown: short, on one line, quoted."""
    return repr(line(str(value))[:40])
