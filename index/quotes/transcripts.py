"""Pure: the lines of an interview or a debate, each with its speaker in front: "LEE: We shall see."

A text counts as a transcript where one label opens two paragraphs and another opens one, and the paragraphs between are few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from index.text.lexicon import Lexicon
from index.text.person_names import PARTICLES

_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
LABEL = re.compile(rf"(?P<name>{_NAME}(?:[ \u00a0](?:\w{{1,3}}[ \u00a0])?{_NAME}){{0,3}})[ \u00a0]?:\s+(?=\S)")

SENTENCE_ENDS = (".", "!", "?", "…", "”", '"')  # of a line: what never ends so is a caption, "Photograph: Arden Post"


class Line(NamedTuple):
    """Offsets of the label and of what is said behind it."""

    name: tuple[int, int]
    said: tuple[int, int]


def lines(text: str, language: Lexicon, paragraphs: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines in which somebody speaks; none if the text is no transcript. `taken`: quotations that are known already."""
    turns = []
    asking: set[str] = set()  # labels that name nobody, and ask twice or more: the paper's own
    for start, end in paragraphs:
        if (label := LABEL.match(text, start, min(end, start + 60))) is not None:
            turns.append(Line(label.span("name"), (label.end(), end)))
            if not _may_be_name(label["name"], language):
                asking.add(label["name"])
    asked = Counter(text[slice(*line.name)] for line in turns if text[slice(*line.said)].rstrip().endswith("?"))
    others = {name for name in asking if asked[name] < 2}
    turns = [line for line in turns if text[slice(*line.name)] not in others]
    names = Counter(text[slice(*line.name)] for line in turns)
    if len(names) < 2 or max(names.values()) < 2 or len(turns) < 4:
        return []
    speak = {text[slice(*line.name)] for line in turns if text[slice(*line.said)].rstrip().endswith(SENTENCE_ENDS)}
    known = {name for name, count in names.items() if count > 1 and name in speak} - asking
    kept = [line for line in turns if text[slice(*line.name)] in known]
    return [line for line in kept if not any(start < line.said[1] and line.said[0] < end for start, end in taken)]


def _may_be_name(label: str, language: Lexicon) -> bool:
    """Whether a label may be somebody's: not "Photo", not "WHAT TO KNOW"."""
    small = language.auxiliaries | language.clause_breaks | language.determiners | language.prepositions
    return label.lower() not in language.no_speakers and small.isdisjoint(set(label.lower().split()) - PARTICLES)


def answers(text: str, language: Lexicon, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is said in the answers of an interview, "R: Yes."; none where fewer than two questions are marked: "P: And now?".

    Or behind a dash, where a paragraph that asks stands before each: what answers has no label there.
    """
    question, answer = _label(language.question_labels), _label(language.answer_labels)
    asked = sum(question.match(text, start, end) is not None for start, end in paragraphs)
    spans = [(match.end(), end) for start, end in paragraphs if (match := answer.match(text, start, end))]
    if min(asked, len(spans)) > 1:
        return spans
    spans = [
        (match.end(), end)
        for (first, stop), (start, end) in pairwise(paragraphs)
        if _ASKED.search(text, first, stop) and not _DASH.match(text, first, stop)  # else a dialogue
        if (match := _DASH.match(text, start, end)) and not _ASKED.search(text, start, end)
    ]
    return spans if len(spans) > 1 else []


_ASKED = re.compile(r"\?[*_»”\" \u00a0]*$")
_DASH = re.compile(r"[—–―-]\s*(?=\S)")


@cache
def _label(words: frozenset[str]) -> re.Pattern[str]:
    """A label and its mark at the head of a paragraph: "Q:", "Respuesta." """
    return re.compile(rf"(?:{'|'.join(sorted(words)) or '(?!)'})\s?[.:]\s+(?=\S)")
