"""Pure: the lines of an interview or a debate, each with its speaker in front: "LEE: We shall see."

A text counts as a transcript where one label opens two paragraphs and another opens one, and the paragraphs between are few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from index.text.lexicon import Lexicon
from index.text.person_names import PARTICLES

LABEL = re.compile(r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?:[ \u00a0][^\W\d_a-zß-öø-ÿ][\w.’'-]*){0,3}):\s+(?=\S)")

SENTENCE_ENDS = (".", "!", "?", "…", "”", '"')  # of a line: what never ends so is a caption, "Photograph: Arden Post"


class Line(NamedTuple):
    """Offsets of the label and of what is said behind it."""

    name: tuple[int, int]
    said: tuple[int, int]


def lines(text: str, language: Lexicon, paragraphs: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines in which somebody speaks; none if the text is no transcript. `taken`: quotations that are known already."""
    turns = []
    for start, end in paragraphs:
        label = LABEL.match(text, start, min(end, start + 60))
        if label is not None and _may_be_name(label["name"], language):
            turns.append(Line(label.span("name"), (label.end(), end)))
    names = Counter(text[slice(*line.name)] for line in turns)
    if len(names) < 2 or max(names.values()) < 2 or len(turns) < 4:
        return []
    speak = {text[slice(*line.name)] for line in turns if text[slice(*line.said)].rstrip().endswith(SENTENCE_ENDS)}
    known = {name for name, count in names.items() if count > 1 and name in speak}
    kept = [line for line in turns if text[slice(*line.name)] in known]
    return [line for line in kept if not any(start < line.said[1] and line.said[0] < end for start, end in taken)]


def _may_be_name(label: str, language: Lexicon) -> bool:
    """Whether a label may be somebody's: not "Photo", not "WHAT TO KNOW"."""
    small = language.auxiliaries | language.clause_breaks | language.determiners | language.prepositions
    return label.lower() not in language.no_speakers and small.isdisjoint(set(label.lower().split()) - PARTICLES)


def answers(text: str, language: Lexicon, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is said in the answers of an interview, "R: Yes."; none where fewer than two questions are marked: "P: And now?"."""
    question, answer = _label(language.question_labels), _label(language.answer_labels)
    asked = sum(question.match(text, start, end) is not None for start, end in paragraphs)
    spans = [(match.end(), end) for start, end in paragraphs if (match := answer.match(text, start, end))]
    return spans if min(asked, len(spans)) > 1 else []


@cache
def _label(words: frozenset[str]) -> re.Pattern[str]:
    """A label and its mark at the head of a paragraph: "Q:", "Respuesta." """
    return re.compile(rf"(?:{'|'.join(sorted(words)) or '(?!)'})\s?[.:]\s+(?=\S)")
