"""Pure: one row of JSON or CSV -> an Article.

The fields are `id, title, text, date, source (or outlet), url, lang, authors, agency`, under these names and those that other
programs give them (fields.py). Only `text` is required, and no other field costs the row; unknown fields are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from index.errors import SourceError
from index.ingest.formats import fields
from index.ingest.formats.encoding import HELP as ENCODING_HELP
from index.ingest.formats.plain_text import printable
from index.ingest.http.urls import canonical, web_address
from index.ingest.publication_date import in_its_place, without_date
from index.records import Article, Period
from index.text.credits import agency
from index.text.language import identify

TITLE = 100  # characters: what is longer is no title


def of_line(line: str | bytes, where: str, fallback_id: str) -> Iterator[Article | SourceError]:
    """The article of one line of JSONL, or why there is none; both when only its date could not be read."""
    try:
        row = json.loads(line if isinstance(line, str) else line.decode("utf-8"))
        if not isinstance(row, dict):
            raise ValueError(NOT_A_ROW)
    except UnicodeDecodeError:
        yield SourceError(where, ENCODING_HELP)
    except json.JSONDecodeError as error:
        utf16 = error.doc[:8].count("\0") > 2
        yield SourceError(where, ENCODING_HELP if utf16 else _json_error(error))
    except (ValueError, RecursionError) as error:
        yield SourceError(where, _json_error(error))
    else:
        yield from of_row(row, where, fallback_id)


def of_row(row: dict[str, object], where: str, fallback_id: str) -> Iterator[Article | SourceError]:
    """The article of one row. `fallback_id` is its id if it has neither `id` nor `url`."""
    if exported := _exported(row):
        yield exported
        return
    given = fields.known(row)
    if not _clean(str(given.get("text", ""))).strip():
        yield Textless(where, row)
        return
    try:
        article = _article(given, fallback_id)
    except ValueError as error:
        yield SourceError(where, str(error))
        return
    yield article
    value = given.get("date")
    if value is not None and value != "" and value == value and not article.published:
        yield Undated(where, value, "write it like 2023-10-18, 2023-10 or 2023-10-18T07:30Z")


def _exported(row: dict[str, object]) -> Article | None:
    """The article of a line of our own `export`, as it was; None if the row is none."""
    names = ("id", "title", "text", "date_source", "outlet", "agency", "lang", "url")
    given = {name: value for name in names if isinstance(value := row.get(name), str)}
    if len(given) < len(names) or not row.keys() >= {"published_from", "published_to", "origin"} or not given["text"].strip():
        return None
    authors = row.get("authors")
    return Article(
        id=given["id"],
        text=given["text"],
        title=given["title"],
        date_source=given["date_source"],
        outlet=given["outlet"],
        agency=given["agency"],
        lang=given["lang"],
        url=given["url"],
        authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
        published=_interval(row["published_from"], row["published_to"]),
    )


def _interval(first: object, after: object) -> Period | None:
    try:
        start, end = (Period.parse(str(moment)).start for moment in (first, after))
        return Period(start, end) if start < end else None
    except ValueError:
        return None


class Undated(SourceError):
    """A row or an entry that was read without its date. `said` stands in place of that; `advice`: how to write it."""

    def __init__(self, where: str, said: object, advice: str = "") -> None:
        super().__init__(where, ": ".join(filter(None, (without_date(said), advice))))
        self.said = said
        self.advice = advice


class Textless(SourceError):
    """A row without a text: `why` says what it has in place of one."""

    def __init__(self, where: str, row: dict[str, object]) -> None:
        others = ", ".join(map(printable, list(row)[:8]))
        unknown = {name: value for name, value in row.items() if isinstance(value, str) and not any(fields.columns([name]))}
        longest = max(unknown, key=lambda name: len(unknown[name]), default="")
        has = f"; there are: {others}" if others else ""
        meant = f'; if it is in "{printable(longest)}", call that "text"' if len(str(row.get(longest, ""))) > TITLE else ""
        super().__init__(where, f'"text" is missing or empty{has}{meant}')


def counted(items: Iterable[Article | SourceError], where: str, what: str = "rows") -> Iterator[Article | SourceError]:
    """The items; of many rows without a date the first ones are named in one line, at the end, and of many without a text the
    first is, the others are counted."""
    undated, textless = [], list[SourceError]()
    missing = 0
    for item in items:
        if isinstance(item, Undated):
            undated.append(item)
        elif isinstance(item, Textless) and missing:
            missing += 1
            textless = [item] if missing == 2 else [_more(where, missing - 1)]
        else:
            missing += isinstance(item, Textless)
            yield item
    yield from textless
    if len(undated) == 1:
        yield undated[0]
    elif undated:
        lines = [f"line {one.where.rpartition(':')[2]} " if what == "rows" else "" for one in undated[:3]]
        named = "; ".join(line + in_its_place(one.said) for line, one in zip(lines, undated, strict=False))
        more = " …" if len(undated) > 3 else ""
        why = f"{len(undated):,} {what} were read, but without their dates ({named}{more})"
        yield SourceError(where, ": ".join(filter(None, (why, undated[0].advice))))


def _more(where: str, number: int) -> SourceError:
    return SourceError(where, f'{number:,} more rows without a "text"', items=number)


def rows(text: str, where: str, id: str, *, line: int = 1) -> Iterator[Article | SourceError]:
    """The rows of a JSON document: an array, objects one after another in any layout, or a wrapper around them."""
    number = 0
    for value, at in _values(text):
        at += line - 1
        if isinstance(value, SourceError):
            yield SourceError(f"{where}:{at}", value.why)
            continue
        inside = list(fields.rows_inside(value))
        for row in inside or ([value] if isinstance(value, dict) else []):
            number += 1
            yield from of_row(row, f"{where}:{at}", f"{id}#{number}")
        if not inside and not isinstance(value, dict):
            empty = value == [] or value == {}
            yield SourceError(f"{where}:{at}", "nothing in it" if empty else NOT_A_ROW)


def _values(text: str) -> Iterator[tuple[object, int]]:
    """(a JSON value, the line that it begins in), one after another; a SourceError for what is none, up to the next object."""
    decoder = json.JSONDecoder()
    at = 0
    listed = text.lstrip(_BETWEEN).startswith("[")
    while (match := _VALUE.search(text, at)) is not None:
        at = match.start()
        line = text.count("\n", 0, at) + 1
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            if text[at] == "[" and listed:  # an array in lines, with something wrong in it: row by row
                listed, at = False, at + 1
                continue
            yield SourceError("", _json_error(error)), line
            following = re.compile(r"^[ \t]*,?[ \t]*\{", re.MULTILINE).search(text, at + 1)
            if following is None:
                return
            at = following.end() - 1
            continue
        yield value, line


_BETWEEN = " \t\r\n,\x1e\ufeff"
_VALUE = re.compile(rf"[^{re.escape(_BETWEEN)}\]]")
NOT_A_ROW = 'not a JSON object: a row looks like {"text": "..."}'


def _json_error(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not a JSON object on one line: {error.msg.removesuffix(' at')} at column {error.colno}"
    if isinstance(error, RecursionError):
        return "not a JSON object on one line: nested too deeply"
    return "a number of more than 4,300 digits" if "Exceeds the limit" in str(error) else str(error)  # Python names a setting


def _article(given: dict[str, object], fallback_id: str) -> Article:
    """The article of fields as `fields.known` gives them, one of text among them. ValueError if no word is in it."""
    text = _clean(str(given.get("text", "")))
    if not any(char.isalpha() for char in text):
        raise ValueError('"text" holds no word')
    id = given.get("id")
    url = web_address(_clean(str(given.get("url", ""))))
    title = _clean(str(given.get("title", ""))).strip()
    lang = _lang(str(given.get("lang", "")))
    date = fields.date(given.get("date"), lang)
    authors = given.get("authors", ())
    return Article(
        id=printable(fields.words(id, first=True).strip()) or printable(canonical(url)) or fallback_id,
        text=text,
        title=title,
        outlet=_clean(str(given.get("source", ""))).strip(),
        agency=str(given.get("agency", "")).strip() or agency(text),
        authors=tuple(map(_clean, authors)) if isinstance(authors, tuple) else (),
        published=date,
        date_source="row" if date else "",
        lang=lang or identify(f"{title}\n{text[:4000]}"),
        url=url,
    )


def _lang(tag: str) -> str:
    """The primary tag of "en-GB" or "en_GB"; "" for what is no tag, such as "English"."""
    tag = re.split("[-_]", tag.strip().lower())[0]
    return tag if re.fullmatch("[a-z]{2,3}", tag) else ""


def _clean(value: str) -> str:
    """Half characters (lone surrogates, which no file could store) as U+FFFD; no NUL."""
    value = value.replace("\0", "")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
