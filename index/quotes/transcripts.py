"""Pure: the lines of an interview or a debate, each with its speaker in front: "LEE: We shall see."

A text counts as a transcript where one label opens two paragraphs and another opens one, and the paragraphs between are few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

LABEL = re.compile(r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?:[ \u00a0][^\W\d_a-zß-öø-ÿ][\w.’'-]*){0,3}):\s+(?=\S)")
NO_SPEAKERS = frozenset(
    "q a question answer note update updated photo read more related source sources correction video watch also pregunta"
    " respuesta foto fuente nota p r".split()
)


QUESTION = re.compile(r"(?:P|Q|Pregunta|Question|Frage|Pergunta|Domanda)\s?[.:]\s+(?=\S)")
ANSWER = re.compile(r"(?:R|A|Respuesta|Answer|Réponse|Antwort|Resposta|Risposta)\s?[.:]\s+(?=\S)")


class Line(NamedTuple):
    """Offsets of the label and of what is said behind it."""

    name: tuple[int, int]
    said: tuple[int, int]


def lines(text: str, paragraphs: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines in which somebody speaks; none if the text is no transcript. `taken`: quotations that are known already."""
    found = []
    for start, end in paragraphs:
        label = LABEL.match(text, start, min(end, start + 60))
        if label is not None and label["name"].lower() not in NO_SPEAKERS:
            found.append(Line(label.span("name"), (label.end(), end)))
    names = Counter(text[slice(*line.name)] for line in found)
    if len(names) < 2 or max(names.values()) < 2 or len(found) < 4:
        return []
    known = {name for name, count in names.items() if count > 1}
    kept = [line for line in found if text[slice(*line.name)] in known]
    return [line for line in kept if not any(start < line.said[1] and line.said[0] < end for start, end in taken)]


def answers(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is said in the answers of an interview, "R: Yes."; none where fewer than two questions are marked: "P: And now?"."""
    asked = sum(QUESTION.match(text, start, end) is not None for start, end in paragraphs)
    found = [(match.end(), end) for start, end in paragraphs if (match := ANSWER.match(text, start, end))]
    return found if min(asked, len(found)) > 1 else []
