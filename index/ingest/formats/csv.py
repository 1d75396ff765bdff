"""A CSV file -> rows with the field names of JSONL."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache

from index.errors import SourceError
from index.ingest.formats.encoding import decode
from index.text.fold import fold
from index.text.lexicon import Lexicon, languages

CELL = 16 * 2**20  # characters of one cell


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
        columns = _columns()
        names = [columns.get(fold(name.strip()), "") for name in next(reader, [])]
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


@cache
def _columns() -> dict[str, str]:
    """Folded heading in any language -> field."""
    tables = [Lexicon(lang).csv_columns for lang in languages()]
    return {fold(word): field for table in tables for field, words in table.items() for word in words.split()}
