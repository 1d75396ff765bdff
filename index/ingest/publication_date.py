"""When a page says it was published, with the precision it says it in, and where it says so.

    parse("18 de octubre de 2023")  ->  the day      of_url("/2023/10/talks")  ->  the month
    of_page(tree, url)              ->  (Period, "metadata" | "page" | "url")

A date is never made more precise than it was written: a month in a URL is a month, and midnight to the second is a day.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.records import Period
from index.text.lexicon import Lexicon, every_row
from index.text.printable import line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?|/(\d\d?)/(\d\d?)|(\d\d)(\d\d))?"
    r"(?:(?:[T_]|,?\s+)(\d\d?)(?::?(\d\d))(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
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
    text, zone = _zoned(_HALF_DAY.sub(_of_24_hours, text))
    period = _local(text, lang)
    return _shifted(period, zone) if zone and period and period.end - period.start == 1 else period


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
    if not re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", text):
        return None  # "yesterday", "3 hours ago": the day of reading is not known here
    if re.match(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3} \d{4}", text):
        try:
            return _moment(parsedate_to_datetime(text))
        except (ValueError, TypeError, OverflowError):
            pass
    return _in_words(text, lang)


_HALF_DAY = re.compile(r"(?<!\d)(\d\d?)[:.](\d\d)(?:[:.](\d\d))?\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)
_OFFSET = r"(?:(?:GMT|UTC|UT)\s?)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?"
_ZONED = re.compile(  # behind a time, or a time and a word: "07:30 Uhr MESZ"
    r"(?P<text>.*(?<!\d)\d\d?[:.h時]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?)(?P<word> [^\W\d]{1,8}\.?)??,?\s?"
    rf"(?:{_OFFSET}|[(\[]?(?P<name>[A-Za-z]{{1,5}}|[A-Z][a-z]+(?:/[A-Z][A-Za-z_-]+){{1,2}})[)\]]?)(?:\s?\([^()]*\))?"
)
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
    known = _zones().get(name.upper())
    return (match["text"], known) if known is not None else (text, None)


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


# --- a page ------------------------------------------------------------------------------------------------------------------

_META = """
    article:published_time article:published og:published_time og:article:published_time datepublished date.published
    parsely-pub-date sailthru.date bt:pubdate cxenseparse:recs:publishtime publish-date publish_date publishdate
    publication_date publication-date pubdate published published_time published-date published_at article.published
    article_date_original originalpublicationdate displaydate dc.date.issued dcterms.issued dc.issued dcterms.date
    dc.date dcterms.created dc.date.created dc.created citation_publication_date citation_date prism.publicationdate
    rbpubdate gentime vr:published_time shareaholic:article_published_time date datecreated created releasedate
""".split()  # in the order of trust; compared in lower case
_MODIFIED = "article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified lastmod".split()


def of_page(tree: HtmlElement, url: str = "", lang: str = "") -> tuple[Period | None, str]:
    """The publication date of a page, and where it was found: "metadata", "page" (what readers see), "url"; or (None, "")."""
    metadata = _metadata(tree)
    for value in _few(_published_values(tree, metadata)):
        if period := parse(value, lang):
            return period, "metadata"
    in_url = of_url(url)
    for value in _few(_visible_values(tree)):
        if (period := parse(value, lang)) and (not in_url or _about(period, in_url)):
            return period, "page"
    if in_url and in_url.end - in_url.start <= 86_400:
        return in_url, "url"
    searched = _searched(tree)
    if searched and (not in_url or searched.overlaps(in_url)):
        return searched, "page"
    if in_url:
        return in_url, "url"
    for name in _MODIFIED:
        for value in metadata.get(name, [])[:3]:
            if period := parse(value, lang):
                return period, "metadata"
    return None, ""


def without_date(value: object) -> str:
    """Says of something that was read that what stands in place of its date can be none."""
    return f"read, but without its date {in_its_place(value)}"


def in_its_place(value: object) -> str:
    """What stands in place of a date, as it can be shown: short, on one line, quoted."""
    return repr(line(str(value))[:40])


def said(tree: HtmlElement) -> str:
    """What the metadata of a page have where a date should stand: the first of it with a number."""
    values = (" ".join(value.split()) for value in _published_values(tree, _metadata(tree)))
    return next((value for value in values if re.search(r"\d", value)), "")


def _few(values: Iterator[str], most: int = 16) -> Iterator[str]:
    """The first distinct values: reading words as a date takes milliseconds, and a page may hold ten thousand."""
    return iter(list(dict.fromkeys(islice(values, 200)))[:most])


def _about(period: Period, other: Period, days: int = 3) -> bool:
    """A page shows many dates; the one within days of the URL's is its own."""
    slack = days * 86_400
    return period.start < other.end + slack and other.start < period.end + slack


def _metadata(tree: HtmlElement) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = (element.get("content") or element.get("value") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and value:
                values.setdefault(name, []).append(value)
    return values


def _published_values(tree: HtmlElement, metadata: dict[str, list[str]]) -> Iterator[str]:
    for article in linked_data(tree):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if isinstance(value := article.get(key), str):
                yield value
    for name in _META:
        yield from metadata.get(name, [])
    for element in tree.iter():
        if isinstance(element.tag, str) and "datepublished" in (element.get("itemprop") or "").lower().split():
            yield element.get("content") or element.get("datetime") or element.text_content()


_UNWRAPPED = re.compile(r"^\s*(?:<!--|(?://)?\s*<!\[CDATA\[)|(?:-->|(?://)?\s*\]\]>)\s*$")


def linked_data(tree: HtmlElement) -> list[dict[str, object]]:
    """The JSON-LD objects (schema.org) that describe an article, best first: those typed as an article before web pages."""
    articles: list[dict[str, object]] = []
    pages: list[dict[str, object]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = _UNWRAPPED.sub("", (script.text or "")[:1_000_000]).rstrip(" ;\r\n\t")
        todo: list[object] = []
        for text in (raw, re.sub(r",(?=\s*[}\]])", "", raw)):  # as written, then without commas before a brace
            try:
                todo = [json.loads(text, strict=False)]
                break
            except (ValueError, RecursionError):
                continue
        while todo:
            item = todo.pop()
            if isinstance(item, list):
                todo.extend(reversed(item[:1000]))
            elif isinstance(item, dict):
                kinds = str(item.get("@type", ""))
                is_article = re.search(r"Article|Posting|Report", kinds)
                if "datePublished" in item or (
                    "headline" in item and (is_article or re.search(r"Review\b|VideoObject", kinds))
                ):
                    (articles if is_article else pages).append(item)
                todo.extend(
                    value
                    for key, value in item.items()
                    if key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
                )
    return articles + pages


def _visible_values(tree: HtmlElement) -> Iterator[str]:
    """<time> elements: those marked as publication first, then those beside the headline."""
    times = [element for element in tree.iter("time") if not _aside(element)]
    marked = [
        element
        for element in times
        if element.get("pubdate") is not None or re.search(r"publi|entry-date|posted", _marks(element))
    ]
    for element in marked or times[:1]:
        if not re.search(r"updated|modified|modificad|actualiz", _marks(element)) or element.get("pubdate") is not None:
            yield element.get("datetime") or element.text_content()
            yield element.text_content()


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


def _aside(element: HtmlElement) -> bool:
    """Whether an element stands among comments, related stories or in the page's frame."""
    return any(
        above.tag in ("aside", "nav", "footer")
        or (
            above.tag not in ("body", "html", "main", "article")
            and re.search(r"comment|related|sidebar|recommend|most-read|widget", _marks(above))
        )
        for above in [element, *islice(element.iterancestors(), 30)]
    )


def _searched(tree: HtmlElement) -> Period | None:
    """What htmldate makes of the words of the page. Its first of a month may be a guess: then only the month is kept."""
    from htmldate import find_date

    tree = copy.deepcopy(tree)
    for element in [
        element for element in tree.iter("time", "span", "p", "div", "li", "ul", "aside", "nav", "footer") if _aside(element)
    ]:
        if element.getparent() is not None:
            element.drop_tree()
    try:
        date = find_date(tree, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    if not date:
        return None
    if not date.endswith("-01"):
        return Period.parse(date)
    year, month, _ = date.split("-")
    words = tree.text_content()[:200_000]
    digits = rf"{year}[-/.年]\s?0?{int(month)}[-/.月]\s?0?1(?!\d)|0?1[-/.]0?{int(month)}[-/.]{year}|0?{int(month)}/0?1/{year}"
    spelled = (
        rf"(?:0?1(?:st|er|\.|º|°|ero)?\s+(?:de\s+)?[^\W\d]{{3,12}}\.?|[^\W\d]{{3,12}}\.?\s+0?1(?:st)?),?\s+(?:de\s+)?{year}"
    )
    if re.search(rf"(?<!\d)(?:{digits}|{spelled})", words):
        return Period.parse(date)
    return Period.parse(f"{year}-{month}") if month != "01" else Period.parse(year)
