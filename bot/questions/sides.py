"""Pure: the two sides of a question that sets things beside each other, each a question that can be searched by itself.

sides("Which killed more people, Hurricane Osk or Typhoon Tavi?")
->  "Which killed more people, Hurricane Osk?", "Which killed more people, Typhoon Tavi?"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.questions.words import Word
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon

SMALL = 3  # words that are no names, of a name of several words: "Minister of Ports Osei"


def sides(question: str, words: Sequence[Word], lang: str) -> tuple[str, ...]:
    """Two questions, one for each side; none where the question does not compare, or names no two things."""
    lexicon = Lexicon(lang)
    if not lexicon.asks_to_compare.search(Folded(question).text):
        return ()
    runs = _runs(question, words, lang)
    for (_, first), (second, last) in pairwise(runs):
        between = words[first + 1 : second]
        joined = [word for word in between if fold(word.text) in lexicon.between_sides]
        if joined:
            start = runs[[end for _, end in runs].index(first)][0]
            return (
                _without(question, joined[0].start, words[last].end),
                _without(question, words[start].start, joined[-1].end),
            )
    return ()


def _runs(question: str, words: Sequence[Word], lang: str) -> list[tuple[int, int]]:
    """(first, last) places in `words` of names, those of one name together: no comma stands in one."""
    joins = Lexicon(lang).between_sides
    runs: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if not word.name:
            continue
        gap = words[runs[-1][1] + 1 : place] if runs else ()
        apart = not runs or "," in question[words[runs[-1][1]].end : word.start] or len(gap) >= SMALL
        if not apart and not any(fold(w.text) in joins or w.content for w in gap):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _without(question: str, start: int, end: int) -> str:
    """The question without a stretch of it, nor a small word that then stands there twice: "de de"."""
    return re.sub(r"\b(\w+) \1\b", r"\1", " ".join(f"{question[:start]} {question[end:]}".split()))
