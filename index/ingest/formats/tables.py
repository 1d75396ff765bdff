"""Pure: the rows of a table in a text -> lines that name their columns, so that a row can be quoted by itself.

    | Party        | Votes | Seats |
    |--------------|-------|-------|         ->   Party: Harbour List · Votes: 3,977 · Seats: 8
    | Harbour List | 3,977 | 8     |

Markdown's tables (trafilatura writes those of a page so), and lines of at least three that have the same number of tabs,
semicolons or commas without a space behind them. Every word is the table's own. What may be no table is left as it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import groupby

HEADING = 60  # characters of one
CELL = 200  # characters: more is a text laid out in columns
_BREAK = re.compile(r"\r\n|\n|\r")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")


def named(text: str) -> str:
    """The text with its tables told row by row.

    >>> named("| Port | Ships |\\n|---|---|\\n| Tarn | 4 |\\n\\nAll is calm.")
    'Port: Tarn · Ships: 4\\n\\nAll is calm.'
    """
    if not any(mark in text for mark in ("|", "\t", ";", ",")):
        return text
    lines = _BREAK.split(text)
    told: list[str] = []
    at = 0
    while at < len(lines):
        rows, used = _table(lines, at)
        named_rows = told_rows(rows)
        told += named_rows or lines[at : at + max(used, 1)]
        at += max(used, 1)
    return "\n".join(told) if told != lines else text


def told_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line for each row under the first, which has the headings; none if this may be no table of data.

    >>> told_rows([["", "Votes"], ["Harbour List", "3,977"]])
    ['Harbour List · Votes: 3,977']
    """
    if len(rows) < 2 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return []
    headings = [heading.rstrip(" :") for heading in rows[0]]
    if not all(headings[1:]) or len(set(headings)) < len(headings) or not all(map(_is_heading, headings)):
        return []
    if any(len(cell) > CELL for row in rows for cell in row):
        return []
    return [line for row in rows[1:] if (line := " · ".join(_cells(headings, row)))]


def _is_heading(text: str) -> bool:
    """A name, or a year: figures alone head no column."""
    return len(text) <= HEADING and (
        not text or any(map(str.isalpha, text)) or re.fullmatch(r"(?:19|20)\d\d", text) is not None
    )


def _cells(headings: Sequence[str], row: Sequence[str]) -> list[str]:
    return [f"{heading}: {cell}" if heading else cell for heading, cell in zip(headings, row, strict=True) if cell]


def _table(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins with a line, and how many lines it takes; none if none does."""
    if at + 1 < len(lines) and "|" in lines[at] and "|" in lines[at + 1] and _RULE.fullmatch(lines[at + 1]):
        end = next((n for n in range(at + 2, len(lines)) if "|" not in lines[n]), len(lines))
        rows = [_barred(lines[n]) for n in range(at, end) if n != at + 1]
        width = len(rows[0])
        return [[*row, *[""] * (width - len(row))][:width] if not any(row[width:]) else row for row in rows], end - at
    for separator in "\t;,|":
        if (cells := _parted(lines[at], separator)) and len(cells) > (2 if separator == "," else 1):
            parted = [_parted(line, separator) for line in lines[at : at + 500]]
            width, group = next((width, len(list(same))) for width, same in groupby(map(len, parted)))
            if group >= 3:
                return parted[:group], group
    return [], 0


def _barred(line: str) -> list[str]:
    """The cells of "| a | b |", without Markdown's emphasis."""
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [re.sub(r"^(\*\*|__|`)(.*)\1$", r"\2", cell.strip()).replace("\\|", "|") for cell in _BAR.split(inner)]


def _parted(line: str, separator: str) -> list[str]:
    """The cells of a line of such a table; none where a separator is a mark of prose."""
    if separator not in line or (separator != "\t" and re.search(rf"\w{re.escape(separator)} \w", line)):
        return []
    if separator == "|":
        return _barred(line)
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []
