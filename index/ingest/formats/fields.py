"""Names and values of fields as other programs write them -> those of a row here. Pure.

    columns(["Titel", "Text", "Datum"])                  -> ["title", "text", "date"]
    known({"headline": {"main": "A"}, "body": ["b"]})    -> {"title": "A", "text": "b"}
    date({"$date": 1749722400000}, "en")                 -> the moment

Nothing here raises: a value that cannot be used is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from urllib.parse import urlsplit

from index.ingest import publication_date
from index.ingest.formats.markup import fragment
from index.records import Period
from index.text.fold import fold
from index.text.lexicon import Lexicon, languages, languages_of

DEPTH = 4  # objects inside objects, that a value is looked for in
_INSIDE = ("rendered", "text", "content", "value", "main", "name", "title", "#text", "$t", "$oid", "href", "url", "domain")
_MARKUP = re.compile(
    r"</?(?:p|div|br|b|i|em|strong|span|a|ul|li|h[1-6]|script|style|figure|img)\b[^<>]*>|&#\d+;|&(?:amp|nbsp|quot);", re.I
)
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
_DOTNET = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_NO_DATE = ("1899-12-30", "1899-12-31", "1900-01-00", "1970-01-01", "0001-01-01", "0000-")  # where calendars of machines begin
_WEEK_OR_QUARTER = re.compile(r"(\d{4})[- ]?(?:W(\d\d)|Q[1-4])", re.IGNORECASE)
_TWO_DIGITS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d\d)")
TURN = 60  # years of two digits before it are of this century
_EPOCHS = ((10**8, 10**10, 1), (10**11, 10**13, 10**3), (10**14, 10**16, 10**6), (10**17, 10**19, 10**9))  # s, ms, µs, ns


# ------------------------------------------------------------------------------------------------------------------- names


def columns(names: Sequence[str], table: str = "csv_columns") -> list[str]:
    """The field that each name stands for, "" for an unknown one: by the names of one language, and the English ones."""
    return list(_columns(tuple(names), table))


@lru_cache(maxsize=1_000)
def _columns(names: tuple[str, ...], table: str) -> list[str]:
    plain = [fold(re.sub(r"[_\s]+", " ", name).strip(" \ufeff\"'")) for name in names]
    tables = _tables(table)
    english = tables["en"]
    own = max([english, *tables.values()], key=lambda table: sum(name in table or name in english for name in plain))
    return [own.get(name) or english.get(name, "") for name in plain]


@cache
def _tables(table: str) -> dict[str, dict[str, str]]:
    """Language -> folded name -> field."""
    return {lang: _table(lang, table) for lang in dict.fromkeys((*languages(), *languages_of("csv_columns")))}


@cache
def _ranks() -> dict[str, int]:
    return {word: place for place, word in enumerate(_tables("csv_columns")["en"])}


def _table(lang: str, table: str) -> dict[str, str]:
    rows: Mapping[str, str] = getattr(Lexicon(lang), table)
    return {fold(word.replace("_", " ").strip()): field for field, words in rows.items() for word in words.split()}


def known(row: Mapping[str, object]) -> dict[str, object]:
    """The fields by their names here. Of several for one the first in the order of the language's table that has a value."""
    names = list(row)
    fields: dict[str, object] = {name: row[name] for name in ("date", "id") if name in row}
    ranks = _ranks()
    paired = sorted(zip(columns(names), names, strict=True), key=lambda pair: ranks.get(pair[1].lower().replace("_", " "), 99))
    for field, name in paired:
        value = row[name]
        if not field or _says_nothing(field, value) or not _says_nothing(field, fields.get(field)):
            continue
        fields[field] = value if field in ("date", "id") else _read(field, value)
        if fields[field] in ("", ()):
            del fields[field]
    summary = str(fields.pop("summary", ""))
    text = str(fields.get("text", ""))
    if summary and (not text or (_CUT.search(text) and len(summary) > len(_CUT.sub("", text)))):
        fields["text"] = summary
    elif _CUT.search(text):
        fields["text"] = _CUT.sub("", text)
    return fields


# ------------------------------------------------------------------------------------------------------------------ values


def _says_nothing(field: str, value: object) -> bool:
    """Whether there is no value; of a date, an empty one too, and where a machine's calendar begins: as a draft has."""
    if field != "date" or not isinstance(value, str):
        return value is None
    return not value.strip() or value.strip().startswith(_NO_DATE)


def _read(field: str, value: object) -> object:
    match field:
        case "authors":
            values = value if isinstance(value, list) else [value]
            return tuple(name for item in values if (name := words(item, first=True).strip()))
        case "text" | "summary":
            return plain_text(words(value))
        case "title":
            return " ".join(plain_text(words(value)).split())
        case "source":
            name = words(value, first=True).strip()
            return urlsplit(name).netloc.removeprefix("www.") if re.match(r"https?://", name) else name
        case _:
            return words(value, first=True).strip()


def words(value: object, *, first: bool = False, depth: int = DEPTH) -> str:
    """The text in a value: of an object its text or name, of a list all of them or the first."""
    if value is None or isinstance(value, bool) or depth < 0 or value != value:  # NaN
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        parts = [part for item in value[:10_000] if (part := words(item, first=first, depth=depth - 1)).strip()]
        return (parts[0] if first else "\n".join(parts)) if parts else ""
    if isinstance(value, dict):
        inside = [value[key] for key in _INSIDE if key in value] or ([] if "type" in value else list(value.values())[:1])
        return next((part for item in inside if (part := words(item, first=first, depth=depth - 1)).strip()), "")
    return ""


def plain_text(text: str) -> str:
    """Without markup where a field holds it; any other text as it is."""
    return fragment(text) if _MARKUP.search(text) else text


# ------------------------------------------------------------------------------------------------------------------- dates


def date(value: object, lang: str = "") -> Period | None:
    """A date as text, a number (a year, 20250612, or time since 1970 in whatever unit), a list or an object."""
    if value is None or isinstance(value, bool) or value != value:
        return None
    if isinstance(value, list):
        return _joined(value[:3])
    if isinstance(value, dict):
        if "year" in value:
            return _joined([value.get(part) for part in ("year", "month", "day") if value.get(part)])
        inside = (value.get(key) for key in ("$date", "$numberLong", "seconds", "_seconds", "value", "date", "iso"))
        return next((period for item in inside if item is not None and (period := date(item, lang))), None)
    if isinstance(value, int | float):
        return _number(value)
    text = str(value).strip()
    if dotnet := _DOTNET.fullmatch(text):
        return _number(int(dotnet[1]))
    if re.fullmatch(r"\d{5,20}(?:\.\d+)?", text):
        return _number(float(text))
    return _written(text, lang)


def _written(text: str, lang: str) -> Period | None:
    text = text.strip()
    if text.startswith(_NO_DATE) or text.startswith("-"):
        return None
    if coarse := _WEEK_OR_QUARTER.fullmatch(text):
        return _week_or_quarter(coarse[1], coarse[2])
    if short := _TWO_DIGITS.fullmatch(text):
        return _two_digits(*short.groups())
    period: Period | None
    try:
        period = Period.parse(text)
    except (ValueError, OverflowError):
        period = publication_date.parse(text, lang) if text else None
    if period is None:
        return None
    year = datetime.fromtimestamp(period.start, UTC).year
    return period if 1800 <= year <= 2100 else None


def _week_or_quarter(year: str, week: str | None) -> Period | None:
    """As coarse as a month that holds the whole week, else the year."""
    try:
        monday, sunday = (datetime.fromisocalendar(int(year), int(week or 1), day) for day in (1, 7))
    except ValueError:
        return None
    return _written(f"{year}-{monday.month:02}" if week and monday.month == sunday.month else year, "")


def _two_digits(first: str, mark: str, second: str, year: str) -> Period | None:
    """12.06.25 is in June; 06/13/25, too; 05/06/25 nobody knows."""
    month_first = mark == "/" and int(second) > 12
    if mark == "/" and not month_first and int(first) <= 12:
        return None
    month, day = (first, second) if month_first else (second, first)
    century = 2000 if int(year) < TURN else 1900
    return _written(f"{century + int(year)}-{int(month):02}-{int(day):02}", "")


def _joined(parts: Sequence[object]) -> Period | None:
    numbers = [int(part) for part in parts if isinstance(part, int) and not isinstance(part, bool)]
    return _written("-".join(f"{number:02}" for number in numbers), "") if len(numbers) == len(parts) > 0 else None


def _number(value: float) -> Period | None:
    whole = int(value) if abs(value) < 10**20 else 0
    if 1800 <= whole <= 2100:
        return _written(str(whole), "")
    if 18000101 <= whole <= 21001231:
        text = str(whole)
        return _written(f"{text[:4]}-{text[4:6]}-{text[6:]}", "")
    seconds = next((whole // unit for low, high, unit in _EPOCHS if low <= whole < high), None)
    return Period(seconds, seconds + 1) if seconds is not None else None


def rows_inside(value: object, depth: int = 3) -> Iterator[dict[str, object]]:
    """The rows in a JSON document: a list of objects, one object, objects by id, or the largest list in a wrapper."""
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))
    elif isinstance(value, dict) and depth:
        if known(value).get("text"):
            yield value
            return
        inside = list(value.values())
        if inside and all(isinstance(row, dict) for row in inside) and all(known(row).get("text") for row in inside):
            yield from inside
            return
        candidates = [list(rows_inside(item, depth - 1)) for item in inside if isinstance(item, list | dict)]
        yield from max(candidates, key=len, default=[])
