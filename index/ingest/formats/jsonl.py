"""Pure: one row of JSONL or CSV -> an Article.

The fields are `id, title, text, date, source (or outlet), url, lang, authors, agency`. Only `text` is required, null means
absent, unknown fields are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from index.errors import SourceError
from index.ingest import publication_date
from index.ingest.formats.encoding import HELP as ENCODING_HELP
from index.ingest.formats.plain_text import printable
from index.ingest.http.urls import canonical
from index.records import Article, Period
from index.text.credits import agency
from index.text.language import identify


def of_line(line: str | bytes, where: str, fallback_id: str) -> Iterator[Article | SourceError]:
    """The article of one line of JSONL, or why there is none; both when only its date could not be read."""
    try:
        row = json.loads(line if isinstance(line, str) else line.decode("utf-8"))
        if not isinstance(row, dict):
            raise ValueError('not a JSON object: a row looks like {"text": "..."}')
    except UnicodeDecodeError:
        yield SourceError(where, ENCODING_HELP)
    except json.JSONDecodeError as error:
        if error.doc[:8].count("\0") > 2:
            yield SourceError(where, ENCODING_HELP)
            return
        yield SourceError(where, f"not a JSON object on one line: {error.msg} at column {error.colno}")
    except RecursionError:
        yield SourceError(where, "not a JSON object on one line: nested too deeply")
    except ValueError as error:
        digits = "Exceeds the limit" in str(error)  # Python's words for it name a setting of its own
        yield SourceError(where, "a number of more than 4,300 digits" if digits else str(error))
    else:
        yield from of_row(row, where, fallback_id)


def of_row(row: dict[str, object], where: str, fallback_id: str) -> Iterator[Article | SourceError]:
    """The article of one row. `fallback_id` is its id if it has neither `id` nor `url`."""
    try:
        article = _article(row, fallback_id)
    except ValueError as error:
        yield SourceError(where, str(error))
        return
    yield article
    if row.get("date") and not article.published:
        example = "write it like 2023-10-18, 2023-10 or 2023-10-18T07:30Z"
        yield SourceError(where, f"read, but without its date {printable(str(row['date'])[:40])!r}: {example}")


def _article(row: dict[str, object], fallback_id: str) -> Article:
    """Check the fields. ValueError says which one is wrong."""
    text = _string(row, "text")
    if not text.strip():
        raise ValueError('"text" is missing or empty')
    id = row.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        raise ValueError(f'"id" must be a string or a number, not {_kind(id)}')
    url = _string(row, "url").strip()
    title = _string(row, "title")
    date = _date_of(row)
    return Article(
        id=printable("" if id is None else str(id).strip()) or printable(canonical(url)) or fallback_id,
        text=text,
        title=title.strip(),
        outlet=(_string(row, "source") or _string(row, "outlet")).strip(),
        agency=_string(row, "agency").strip() or agency(text),
        authors=_strings(row, "authors"),
        published=date,
        date_source="row" if date else "",
        lang=_lang(row) or identify(f"{title}\n{text[:4000]}"),
        url=url,
    )


def _lang(row: dict[str, object]) -> str:
    """The primary tag of "en-GB" or "en_GB"; "" for what is no tag, such as "English"."""
    tag = re.split("[-_]", _string(row, "lang").strip().lower())[0]
    return tag if re.fullmatch("[a-z]{2,3}", tag) else ""


def _string(row: dict[str, object], field: str) -> str:
    """The field, "" if absent or null. ValueError for another type, and for a lone surrogate, which no file could store."""
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f'"{field}" must be a string, not {_kind(value)}')
    return _clean(field, value)


def _strings(row: dict[str, object], field: str) -> tuple[str, ...]:
    """A list of strings, or one string."""
    value = row.get(field)
    if value is None or isinstance(value, str):
        return (_string(row, field).strip(),) if value else ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f'"{field}" must be a list of strings, not {_kind(value)}')
    return tuple(name for item in value if (name := _clean(field, item).strip()))


def _clean(field: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(
            f'"{field}" holds half of a character (a lone surrogate \\ud800-\\udfff): correct the export'
        ) from None
    return value


def _kind(value: object) -> str:
    """JSON's name of a value's type."""
    names = {bool: "true/false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), "null")


def _date_of(row: dict[str, object]) -> Period | None:
    """The date in ISO 8601, else in any form that pages and feeds write it in; None if absent or unreadable."""
    text = _string(row, "date").strip()
    try:
        return Period.parse(text)
    except (ValueError, OverflowError):
        return publication_date.parse(text, _lang(row)) if text else None
