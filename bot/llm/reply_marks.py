"""Pure: the many ways in which models write a citation -> one, [1] or [1, 2], piece by piece as a reply comes.

Read are 【1†source】, 【1】, ［１］, [^1], [[1]](address), [Passage 1], [Source 1, Source 2], [cite: 1, 2], [1-3], <sup>1</sup>
and (1) at the end of a sentence in a reply that cites in no other way. Code fences round a reply go, and so do the marks that
open what a citation closes ([cite_start]). What comes out does not depend on how the reply was cut into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"(?:[^\W\d_]{1,20}[\s:._#-]{0,2}|[#№^])?\d{1,3}\^?"  # with what stands before it: "Passage 1", "cite:1", "^1"
_BETWEEN = r"\s{0,2}(?:[,;、，；&/–—-]|[^\W\d_]{1,3}\b|\s)\s{0,2}"
_NUMBERS = rf"\s?{_NUMBER}(?:{_BETWEEN}{_NUMBER}){{0,9}}\s?"
_PLAIN = r"\d{1,2}(?:\s?[,;、，–-]\s?\d{1,2}){0,9}"
_MARK = re.compile(
    rf"""
      \\?\[{{1,2}} (?P<square>{_NUMBERS}) \\?\]{{1,2}} (?:\([^()\s]{{0,200}}\))?
    | 【 (?P<lenticular>{_NUMBERS}) (?:[†:|][^】\n]{{0,60}})? 】
    | ［ (?P<wide>{_NUMBERS}) ］ | 〔 (?P<shell>{_NUMBERS}) 〕
    | <sup> \[? (?P<raised>{_NUMBERS}) \]? </sup>
    | (?P<nothing>\[cite_(?:start|end)\]\s? | ^[ \t]*(?:```|~~~)[ \t]*[\w+-]{{0,20}}[ \t]*$)
    | (?:(?<=\w)|(?<=[\w”"»’)]\s)) [(（] (?P<round>{_PLAIN}) [)）] (?=\s*(?:[.!?…。]|$)|\s+(?P<next>[^\W\d_]))
    | (?:(?<=[.!?…。”"»’])|(?<=[.!?…。”"»’]\s)) [(（] (?P<after>{_PLAIN}) [)）] (?=[ \t]*$)
    """,
    re.VERBOSE | re.MULTILINE,
)
# What may still become a mark, or belong to the one before it, at the end of what is known.
_UNFINISHED = re.compile(
    r"""(?: \\?\[{1,2}[^\[\]\n]{0,120}\\?\]{1,2}\([^()\s]{0,200} | \\?\[{1,2}[^\[\]\n]{0,120} | [【［〔(（][^】］〕)）\n]{0,190}
        | <[^>\n]{0,4} | <sup>[^<\n]{0,130} | <sup>[^<\n]{0,130}</?\w{0,3} | ^[ \t]*[`~]{1,3}[^\n]{0,30} | \s+ )$""",
    re.VERBOSE | re.MULTILINE,
)
CONTEXT = 4  # characters before a mark that decide whether it is one
LONGEST = 400  # characters that are held back at most


def plain_marks(pieces: Iterator[str]) -> Iterator[str]:
    """A reply with every citation written as [1] or [1, 2]."""
    text, at, squared = "", 0, False  # what is known, how much of it is passed on, whether it has marks in square brackets
    for piece in pieces:
        text += piece
        end = _known(text, at)
        if end > at:
            out, at, squared = _rewritten(text, at, end, squared)
            yield out
            text, at = text[max(0, at - CONTEXT) :], min(at, CONTEXT)
    yield _rewritten(text, at, len(text), squared)[0]


def _known(text: str, start: int) -> int:
    """Up to where a text can be rewritten whatever comes: up to a letter that no unfinished mark stands before."""
    if len(text) - start > LONGEST:
        return len(text)
    end = next((i for i in range(len(text) - 1, start, -1) if text[i].isalpha()), start)
    while end > start and (open_ := _UNFINISHED.search(text, start, end)):
        if text[open_.start() : end].isspace():
            break  # a letter after a space: what stands before the space is finished
        end = open_.start()
    return max(end, start)


def _rewritten(text: str, start: int, end: int, squared: bool) -> tuple[str, int, bool]:
    out = []
    at = start
    for match in _MARK.finditer(text, start):
        if match.start() >= end or match.end() > end:
            end = min(end, match.start()) if match.start() < end else end
            break
        rounded = match["round"] or match["after"]
        if rounded and (squared or (match["next"] or "").islower()):
            continue
        out.append(text[at : match.start()])
        at = match.end()
        if match["nothing"] is not None:
            continue
        squared = squared or not rounded
        inside = next(
            filter(None, (match[name] for name in ("square", "lenticular", "wide", "shell", "raised", "round", "after")))
        )
        gap = "" if match.start() == 0 or text[match.start() - 1].isspace() else " "
        out.append(f"{gap}[{', '.join(map(str, _numbers(inside)))}]")
    out.append(text[at:end])
    return "".join(out), max(at, end), squared


def _numbers(inside: str) -> list[int]:
    """The numbers of a mark, those of a range one by one."""
    numbers: list[int] = []
    for match in re.finditer(r"(\d+)(?:\s*[–—-]\s*(\d+))?", inside):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers += range(first, last + 1) if first <= last < first + 10 else [first, last]
    return list(dict.fromkeys(numbers))
