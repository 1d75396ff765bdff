"""A CSV file -> rows with the field names of JSONL."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from index.errors import SourceError
from index.ingest.formats.encoding import decode

CELL = 16 * 2**20  # characters of one cell

_COLUMNS = {
    "id": "id", "title": "title", "headline": "title", "titulo": "title", "título": "title", "text": "text", "body": "text",
    "content": "text", "article": "text", "texto": "text", "date": "date", "published": "date", "published_at": "date",
    "publish_date": "date", "fecha": "date", "source": "source", "outlet": "source", "publisher": "source", "fuente": "source",
    "url": "url", "link": "url", "lang": "lang", "language": "lang", "idioma": "lang", "author": "authors",
    "authors": "authors",
}  # fmt: skip


def rows(data: bytes, where: str) -> Iterator[dict[str, object]]:
    """The rows of a CSV file with the field names of JSONL: a column "headline" is "title", "body" is "text", and so on.

    Separator comma, semicolon or tab, whichever the heading has most of. Raises SourceError if there is no text column.
    """
    try:
        text = decode(data)
    except UnicodeError as error:
        raise SourceError(where, str(error)) from None
    heading = text.partition("\n")[0]
    separator = max(",;\t|", key=heading.count)
    csv.field_size_limit(CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [_COLUMNS.get(name.strip().lower(), "") for name in next(reader, [])]
        if "text" not in names:
            raise SourceError(where, 'the first line names no column "text"')
        for values in reader:
            row: dict[str, object] = {}
            for name, value in zip(names, values, strict=False):
                if name and value.strip() and name not in row:
                    row[name] = value
            if row:
                yield row
    except csv.Error as error:
        why = f"a cell of more than {CELL // 2**20} MB" if "field larger" in str(error) else f"not readable as CSV: {error}"
        raise SourceError(f"{where}:{reader.line_num}", why) from None
