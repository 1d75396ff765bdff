"""Pure: plain text -> an Article with what the text says of itself: headline, date. Conservative: better none than wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from index.errors import SourceError
from index.ingest.formats import encoding, tables
from index.ingest.formats.text_head import text_head
from index.records import Article, Period
from index.text.credits import agency
from index.text.fold import fold
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.sentences import ISO_DATE, date_header

# Over folded text; the tables in braces are the language's.
_DATE_LINE = (
    r"(?:(?P<weekday>{weekdays}),?\s+(?:{date_articles}\s+)?)?"
    r"(?:(?P<day>\d{1,2})(?:{ordinal_marks}|\.)?\s+(?:{date_of})?(?P<month>{months}|(?:{months_short})\.?),?\s+(?:{date_of})?(?P<year>\d{4})"
    r"(?:\s{year_mark})?"
    r"|(?P<month2>{months}|(?:{months_short})\.?)\s+(?P<day2>\d{1,2})(?:{ordinal_marks})?,?\s+(?P<year2>\d{4}))"
)
# "LIMA, 3 March 2026 (Nordwire) - ": a place, a day, who reports, and what sets all this apart from the report.
# A full stop alone sets nothing apart: "Mara Olsen, 3 March 2026. She died at home."
_APART = re.compile(r"\s*(?:(?P<agency>\([^()\n]{2,40}\))\s*[.:]?\s?(?:--|[-–—])?|[.:]?\s?(?:--|[-–—]))(?=\s|$)")
FILED = 120  # characters of a line in which all that stands
PLACE = 4  # words


def article(data: bytes, where: str, id: str, *, markdown: bool = False) -> Article | SourceError:
    """The text as one article, or why it is none: character for character, but for its head and its tables (tables.py)."""
    try:
        text = encoding.decode(data)
    except UnicodeError:
        return SourceError(where, encoding.HELP)
    if b"\0" in data[:1000] and not encoding.wide(data):  # a binary file
        return SourceError(where, encoding.HELP)
    if not text.strip():
        return SourceError(where, "empty: there is no text in it")
    lang = identify(text[:4000])
    head = text_head(text, lang, date_line)
    body = text[head.end :].lstrip("\r\n") if head.end else text
    date = head.published or dateline(body, lang)
    return Article(
        id=id,
        text=tables.named(body),
        title=head.title or headline(body, lang, markdown=markdown),
        outlet=head.outlet,
        authors=head.authors,
        agency=agency(text),
        published=date,
        date_source="text" if date else "",
        lang=lang,
        url=head.url,
    )


def printable(name: str) -> str:
    """The name with everything escaped that is not printable: control characters, undecodable bytes, direction marks.

    >>> printable("a\\nb")
    'a\\\\nb'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


def headline(text: str, lang: str = "en", *, markdown: bool = False) -> str:
    """A first line that stands alone like a headline: short, a blank line after it, no full stop at its end; else "".

    >>> headline("Talks in Selwyn\\n\\nThe ministers met."), headline("# Talks\\nThe ministers met.", markdown=True)
    ('Talks in Selwyn', 'Talks')
    """
    first, *rest = re.split(r"\r\n|\n|\r", text.lstrip()[:2000], maxsplit=2)
    first = first.strip()
    if markdown and (match := re.match(r"#{1,2}\s+(.*?)\s*#*$", first)):
        return match[1]
    alone = len(rest) == 2 and not rest[0].strip() and bool(rest[1].strip())
    short = len(first) <= 200 and len(first.split()) > 1 and first[-1] not in ".。।:;,۔…"
    return first if alone and short and not date_line(first, lang) else ""


def dateline(text: str, lang: str = "en") -> Period | None:
    """The date that a text gives itself in its first 300 characters.

    Either a header, "date 2023-10", or a line that is a date and nothing else, "Friday, January 4, 2019", or where and when a
    report was filed, "LIMA, 3 March 2026 (Nordwire) -". A date inside a sentence is when something happened, not when it was
    published.
    """
    head = text[:300]
    if match := date_header(lang).match(head):
        return _period(match[1])
    lines = re.split(r"\r\n|\n|\r", head)
    whole = lines[:-1] if len(text) > len(head) else lines  # the last may be cut
    if date := next((date for line in whole if (date := date_line(line, lang))), None):
        return date
    return next((date for line in lines if (date := _filed(line, lang))), None)


def _filed(line: str, lang: str) -> Period | None:
    """The day that a line begins with behind a place, before its report."""
    for apart in _APART.finditer(line[:FILED]):
        for head in (line[: apart.start()], f"{line[: apart.start()]} {apart['agency'] or ''}".strip()):
            if day := _placed(head.lstrip(), lang):
                return day
    return None


def _placed(head: str, lang: str) -> Period | None:
    """The day of "LIMA, 3 March 2026"."""
    lexicon = Lexicon(lang)
    for comma in [match.start() for match in re.finditer(r",|\s\(", head)]:
        words = re.split(r"[\s,]+", head[:comma].strip())
        capital = all(word[:1].isupper() or len(word) <= 3 for word in words) and head[:1].isalpha()
        if not capital or len(words) > PLACE or ":" in head or any(fold(word) in lexicon.weekdays for word in words):
            return None
        day = lexicon.pattern(r"^(?:{date_articles}|a)\s+").sub("", head[comma:].strip(" ,()"))
        if period := date_line(day, lang):
            return period
    return None


def date_line(line: str, lang: str = "en") -> Period | None:
    """The day (or for ISO dates month, or moment) that a line consists of, after "date:"; None if there is anything else in it.

    >>> str(date_line("Viernes, 4 de enero de 2019", "es")), date_line("Monday, January 4, 2019")  # that was a Friday
    ('2019-01-04', None)
    """
    lexicon = Lexicon(lang)
    folded = lexicon.pattern(r"^(?:{date_labels}|date)\s*:\s*").sub("", fold(line.strip()))
    if re.fullmatch(ISO_DATE, folded, re.IGNORECASE):
        return _period(folded.upper())
    match = lexicon.pattern(_DATE_LINE).fullmatch(folded) if len(line) < 60 and lexicon.months else None
    if not match:
        return None
    name = (match["month"] or match["month2"]).rstrip(".")
    month = lexicon.months.get(name) or lexicon.months_short[name]
    period = _period(f"{match['year'] or match['year2']}-{month:02}-{int(match['day'] or match['day2']):02}")
    if period and match["weekday"]:
        weekday = datetime.fromtimestamp(period.start, UTC).weekday()
        if lexicon.weekdays[match["weekday"]] != weekday:
            return None  # one of the two is wrong
    return period


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except (ValueError, OverflowError):
        return None
