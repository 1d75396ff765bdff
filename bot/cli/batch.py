"""Many questions in, one row each out: the form in which anyone can measure Dragoman.

A row in is a JSON object with `id` and `question`, optionally `history` ([{"role", "content"}]) and `as_of` (a date); unknown
fields are ignored, so that question sets can be given as they are. Rows are answered in order, each on its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.records import Turn
from index.errors import SourceError
from index.records import Period


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row of a batch."""

    id: str | int
    question: str
    history: tuple[Turn, ...] = ()
    as_of: Period | None = None


def rows(file: str) -> Iterator[BatchRow | SourceError]:
    """The questions of a JSONL file ("-": standard input), and a SourceError for each row that is none.

    SourceError is raised, not yielded, when the file itself cannot be read.
    """
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"{file}:{number}")
    except OSError as error:
        raise SourceError(file, f"cannot be read ({error.strerror})") from error


def _row(line: bytes, where: str) -> BatchRow | SourceError:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:  # not UTF-8, or not JSON
        return SourceError(where, f"not a JSON object: {error}")
    if not isinstance(row, dict):
        return SourceError(where, "not a JSON object")
    id, question, history, as_of = (row.get(key) for key in ("id", "question", "history", "as_of"))
    if not isinstance(id, str | int) or not isinstance(question, str) or not question.strip():
        there = ", ".join(map(str, list(row)[:8])) or "nothing"
        return SourceError(where, f'needs "id" and a "question" that is not empty; there is: {there}')
    try:
        turns = tuple(map(Turn.of, history or ()))
    except (ValueError, TypeError):
        return SourceError(where, '"history" has to be a list of {"role": "user" or "assistant", "content"}')
    try:
        return BatchRow(id, question, turns, Period.parse(as_of) if as_of else None)
    except (ValueError, AttributeError):
        return SourceError(where, f'"as_of" has to be a date as in "2023-10-18", found {as_of!r}')
