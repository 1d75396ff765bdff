"""Pure: the lines that an article sets under each other, behind a dot, a dash or a number.

"The risks are:\n- a new tariff,\n- a dry summer,\n- the election."  ->  three lines, announced by "The risks are:"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.retrieval.candidates import Candidate, sentences_of
from index.records import Hit
from index.text.enumerations import LEAST

# A dash that opens a line of dialogue is longer
_MARK = re.compile(r"\s*(?:([-*•·▪●])\s*(?=[^\W\d])|(\d{1,2})[.)]\s+(?=\S))")


@dataclass(frozen=True, slots=True)
class Run:
    """Lines with the same kind of mark, one after the other."""

    lines: tuple[Candidate, ...]  # what stands behind the marks
    starts: tuple[int, ...]  # where their sentences begin, with the marks
    announced_at: int  # where the sentence begins that stands before them and ends in a colon; -1: none does


def runs(hit: Hit) -> list[Run]:
    """The lists of an article, as far as it was found: the rest has not been read for instructions.

    They have three lines at least, or two that are announced.
    """
    found: list[Run] = []
    mark, announced = "", -1
    for start, line in sorted({c.start: c for passage in hit.passages for c in sentences_of(passage, 0)}.items()):
        its_mark = _MARK.match(line.text) if _opens(line) else None
        if its_mark is None:
            if line.text.rstrip().endswith(":"):
                mark, announced = "", start
            continue
        own = its_mark.group(1) or its_mark.group(2)
        if not found or not _follows(own, mark):
            found.append(Run((), (), announced))
        run, mark, announced = found[-1], own, -1
        found[-1] = replace(run, lines=(*run.lines, _behind(line, its_mark.end())), starts=(*run.starts, start))
    return [run for run in found if len(run.lines) >= LEAST - (run.announced_at >= 0)]


def _opens(candidate: Candidate) -> bool:
    """Whether a sentence opens a line of its passage."""
    before = candidate.passage.text[: candidate.start - candidate.passage.start].rstrip(" ")
    return before[-1:] in ("", "\n")


def _behind(line: Candidate, mark: int) -> Candidate:
    """A sentence without the mark before it."""
    return replace(line, start=line.start + mark, text=line.text[mark:], cut=True)


def _follows(mark: str, before: str) -> bool:
    """Whether a mark goes on with a list: numbers go up by one."""
    return int(mark) == int(before) + 1 if mark.isdecimal() and before.isdecimal() else mark == before
