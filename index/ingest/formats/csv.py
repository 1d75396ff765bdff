"""A table as text (CSV, TSV) -> rows with the field names of JSONL.

    text -> without Excel's "sep=;" -> the row of headings, among the first lines -> record by record

A quotation mark that opens a cell and never closes it, or closes it in another row, is a stray one: then its line is read by
itself, and no row is lost in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from index.errors import SourceError
from index.ingest.formats import fields
from index.ingest.formats.encoding import decode
from index.ingest.publication_date import parse

CELL = 16 * 2**20  # characters of one cell
LINES = 2_000  # of one cell
PREAMBLE = 10  # lines that may stand before the headings
SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)[;,\t|]*\"?[;,\t|]*\s*", re.IGNORECASE)


def rows(data: bytes, where: str) -> Iterator[tuple[int, dict[str, object] | SourceError]]:
    """(line, row) of every row that can be read, at last a word about stray quotation marks.

    Raises SourceError if no column of text is named.
    """
    try:
        lines = list(io.StringIO(decode(data), newline=""))
    except UnicodeError as error:
        raise SourceError(where, str(error)) from None
    csv.field_size_limit(CELL)
    at, separator, headings = _heading_row(lines, where)
    names = fields.columns(headings)
    stray = 0
    while at < len(lines):
        line = at + 1
        try:
            cells, used, whole = _record(lines, at, separator, names)
        except csv.Error:
            raise SourceError(f"{where}:{line}", f"a cell of more than {CELL // 2**20} MB") from None
        at += used
        stray = stray or (0 if whole or separator == "\t" else line)  # tables with tabs use no quotation marks
        if cells == headings:
            continue
        row: dict[str, object] = {}
        for name, value in zip(names, _fitted(cells, names, separator), strict=False):
            if name and value.strip() and name not in row:
                row[name] = value
        if row:
            yield line, row
    if stray:
        why = "a quotation mark opens a cell here and is not closed in its row: such lines were read each by itself"
        yield stray, SourceError(f"{where}:{stray}", why)


def _heading_row(lines: Sequence[str], where: str) -> tuple[int, str, list[str]]:
    """(the line after it, the separator, the headings). SourceError if no line names a column of text."""
    start, separators = 0, SEPARATORS
    if lines and (match := _SEP_LINE.fullmatch(lines[0])):
        start, separators = 1, match[1]
    for at in range(start, min(len(lines), start + PREAMBLE)):
        best: tuple[int, int, str, list[str]] = (0, 0, "", [])
        for separator in separators:
            headings = next(csv.reader([lines[at]], delimiter=separator), [])
            names = fields.columns(headings)
            if "text" in names:
                best = max(best, (sum(map(bool, names)), len(names), separator, headings))
        if best[0]:
            return at + 1, best[2], best[3]
    first = next((line.strip() for line in lines[start:] if line.strip()), "")[:80]
    raise SourceError(where, f'no heading row: the first line names no column "text" (or "body", "content"), but "{first}"')


def _record(lines: Sequence[str], at: int, separator: str, names: Sequence[str]) -> tuple[list[str], int, bool]:
    """The cells of the record that begins with a line, how many lines it has, and whether its quotation marks are closed."""
    line = lines[at]
    if len(line) > CELL:
        raise csv.Error("field larger than field limit")
    if '"' not in line:
        return line.rstrip("\r\n").split(separator), 1, True
    following = range(at, min(len(lines), at + LINES))
    found = None
    for escape in (None, "\\") if '\\"' in line else (None,):
        reader = csv.reader(
            (lines[n] for n in following), delimiter=separator, escapechar=escape, doublequote=not escape, strict=True
        )
        try:
            cells = next(reader)
        except csv.Error as error:
            if "field larger" in str(error):
                raise
            continue
        swallowed = lines[at + 1 : at + reader.line_num]
        if not any(_is_record(one, separator, names) for one in swallowed) and (
            len(cells) <= len(names) or not any(cells[len(names) :])
        ):
            return cells, reader.line_num, True
        if not swallowed:
            found = cells, 1, True
    return found or ([_unquoted(cell) for cell in line.rstrip("\r\n").split(separator)], 1, False)


def _is_record(line: str, separator: str, names: Sequence[str]) -> bool:
    """Whether a line that a quoted cell runs into is a row of its own: as many cells, and a date or number where they stand."""
    cells = [cell.strip() for cell in line.split(separator)]
    if len(cells) != len(names) or '"' in line:
        return False
    marks = [cell for name, cell in zip(names, cells, strict=True) if name in ("date", "id", "url")]
    return any(cell.isdecimal() or cell.startswith("http") or (cell and parse(cell)) for cell in marks)


def _unquoted(cell: str) -> str:
    cell = cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
    return cell.replace('"', "", 1) if cell.startswith('"') and cell.count('"') % 2 else cell


def _fitted(cells: list[str], names: Sequence[str], separator: str) -> list[str]:
    """As many cells as there are headings: a text that was cut at its own commas, because nobody quoted it, is put together."""
    extra = len(cells) - len(names)
    if extra <= 0 or not any(cell.strip() for cell in cells[len(names) :]):
        return cells
    at = names.index("text")
    return [*cells[:at], separator.join(cells[at : at + extra + 1]), *cells[at + extra + 1 :]]
