"""Pure: plain text -> an Article with what the text says of itself: headline, date. Conservative: better none than wrong."""

from __future__ import annotations

import codecs
import re
import unicodedata
from datetime import UTC, datetime

from index.errors import SourceError
from index.records import Article, Period
from index.text.credits import agency
from index.text.date_words import DAYS, MONTHS
from index.text.language import identify
from index.text.sentences import DATE_HEADER, DATE_LABEL, ISO_DATE

ENCODING_HELP = "not UTF-8 (or UTF-16 with a byte order mark): convert it, for example with iconv -f WINDOWS-1252 -t UTF-8"

_DATE_LINE = re.compile(
    r"(?:(?P<weekday>[^\W\d]+(?:-feira)?),?\s+(?:den\s+|le\s+)?)?"
    r"(?:(?P<day>\d{1,2})(?:\.|º|er|st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?P<month>[^\W\d]{3,12}),?\s+(?:del?\s+)?(?P<year>\d{4})"
    r"|(?P<month2>[^\W\d]{3,12})\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4}))"
)


def article(data: bytes, where: str, id: str, *, markdown: bool = False) -> Article | SourceError:
    """The whole text as one article, character for character, or why it is none."""
    try:
        text = decode(data)
    except UnicodeError:
        return SourceError(where, ENCODING_HELP)
    if not text.strip():
        return SourceError(where, "empty: there is no text in it")
    date = dateline(text)
    return Article(
        id=id,
        text=text,
        title=headline(text, markdown=markdown),
        agency=agency(text),
        published=date,
        date_source="text" if date else "",
        lang=identify(text[:4000]),
    )


def printable(name: str) -> str:
    """The name with everything escaped that is not printable: control characters, undecodable bytes, direction marks.

    >>> printable("a\\nb")
    'a\\\\nb'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


def decode(data: bytes) -> str:
    """The characters of UTF-8, or of UTF-16 with a byte order mark; the mark is not text. UnicodeError for the rest."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(codecs.BOM_UTF32_LE):
        text = data.decode("utf-16")
    else:
        text = data.decode("utf-8-sig")
    if "\0" in text[:1000]:
        raise UnicodeError("NUL characters: a binary file, or UTF-16 without a byte order mark")
    return text


def headline(text: str, *, markdown: bool = False) -> str:
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
    return first if alone and short and not date_line(first) else ""


def dateline(text: str) -> Period | None:
    """The date that a text gives itself in its first 300 characters.

    Either a header, "date 2023-10", or a line that is a date and nothing else, "Friday, January 4, 2019". A date inside a
    sentence is when something happened, not when it was published.
    """
    head = text[:300]
    if match := DATE_HEADER.match(head):
        return _period(match[1])
    lines = re.split(r"\r\n|\n|\r", head)
    if len(text) > len(head):
        lines.pop()  # may be cut
    return next((found for line in lines if (found := date_line(line))), None)


def date_line(line: str) -> Period | None:
    """The day (or for ISO dates month, or moment) that a line consists of, after "date:"; None if there is anything else in it.

    >>> str(date_line("Viernes, 4 de enero de 2019")), date_line("Monday, January 4, 2019")  # that was a Friday
    ('2019-01-04', None)
    """
    line = re.sub(rf"^{DATE_LABEL}\s*:\s*", "", line.strip(), flags=re.IGNORECASE)
    if re.fullmatch(ISO_DATE, line):
        return _period(line)
    match = _DATE_LINE.fullmatch(_folded(line)) if len(line) < 60 else None
    if not match:
        return None
    month = _number(MONTHS, match["month"] or match["month2"]) + 1
    period = _period(f"{match['year'] or match['year2']}-{month:02}-{int(match['day'] or match['day2']):02}") if month else None
    if period and match["weekday"]:
        weekday = datetime.fromtimestamp(period.start, UTC).weekday()
        if _number(DAYS, match["weekday"]) != weekday:
            return None  # no weekday, or another: one of the two is wrong
    return period


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except (ValueError, OverflowError):
        return None


def _number(names: dict[str, str], word: str) -> int:
    """Place of a month or weekday in its list in any language, -1 if it is in none."""
    for listed in names.values():
        for place, alternatives in enumerate(listed.split()):
            if word in alternatives.split("|"):
                return place
    return -1


def _folded(text: str) -> str:
    """Lower case without accents, as the tables of `dates` are."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
