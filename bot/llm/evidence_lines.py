"""Pure: the lines of a reply in which a model copies the words that its sentence stands on, taken out as they stream.

    The harbour reopened on Monday. [1]        ->  The harbour reopened on Monday. [1] [500]
    > Norwick reopened at noon on Monday           words 500: (1, "Norwick reopened at noon on Monday")

A line of words becomes one more mark of the sentence above it, so that what cuts a reply into sentences need not know of it.
Marks from FIRST on are words; passages are numbered from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FIRST = 500  # the mark of the first line of words
MOST = 400  # lines of words in a reply

_LINE = re.compile(r"[ \t]*(?:[-*•][ \t]*)?(?:>|&gt;)[ \t>]*")
_MAY_BEGIN = re.compile(r"[ \t]*(?:[-*•][ \t]*)?(?:&(?:g(?:t)?)?)?")  # what may still become such a line
_NUMBER = re.compile(r"^[\[(]?(\d{1,2})[\])]?\s*[:.]?\s+(?=\D)|^\[(\d{1,2})\]\s*|\s*\[(\d{1,2})\]\s*[.]?$")


class EvidenceLines:
    """The text of a reply without its lines of words. `words` has those read so far."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces
        self.words: list[tuple[int, str]] = []  # (number of the passage, 0 if the line has none; the words)

    def __iter__(self) -> Iterator[str]:
        waiting = ""  # a line break and what stands behind it, until it is known whether words follow
        inside = False  # a line of words
        for piece in self._pieces:
            waiting += piece
            while waiting:
                if inside:
                    line, end, rest = waiting.partition("\n")
                    if not end:
                        break
                    yield self._mark(line)
                    waiting, inside = "\n" + rest, False
                    continue
                text, line_break, rest = _at_line_break(waiting)
                if text:
                    yield text
                    waiting = line_break + rest
                    continue
                line = rest.lstrip("\n")
                if begin := _LINE.match(line):
                    waiting, inside = line[begin.end() :], True
                elif _MAY_BEGIN.fullmatch(line):
                    break
                else:
                    yield line_break + rest[: len(rest) - len(line)] + line[:1]
                    waiting = line[1:]
        yield self._mark(waiting) if inside else waiting

    def _mark(self, line: str) -> str:
        """The mark that a line of words becomes; nothing where it has none."""
        match = _NUMBER.search(line.strip())
        text = _NUMBER.sub("", line.strip(), count=1).strip()
        if not re.search(r"\w", text) or len(self.words) == MOST:
            return ""
        number = next((int(group) for group in match.groups() if group), 0) if match else 0
        self.words.append((number, text))
        return f" [{FIRST + len(self.words) - 1}]"

    def told_apart(self, marks: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
        """(the passages that a sentence cites, the words it stands on with the number of their passage) of its marks."""
        cites = [mark for mark in marks if not FIRST <= mark < FIRST + len(self.words)]
        words = [self.words[mark - FIRST] for mark in marks if FIRST <= mark < FIRST + len(self.words)]
        only = cites[0] if len(cites) == 1 else 0
        named = tuple((number or only, text) for number, text in words)
        return tuple(dict.fromkeys([*cites, *(number for number, _ in named if number)])), named


def _at_line_break(text: str) -> tuple[str, str, str]:
    """(what stands before the first line break, the line break, what stands behind it); ("", "", text) at a text's beginning.

    Where there is none, all of it is text.
    """
    before, line_break, rest = text.partition("\n")
    return (before, line_break, rest) if line_break or before else ("", "", text)
