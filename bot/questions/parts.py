"""Pure: the two things that one question asks, each a question that can be searched by itself.

parts("Which route was Vasq flying, and where did he land?")
->  "Which route was Vasq flying?", "Where did he land? (Vasq)"

It is cut where a word that joins, or the end of a question, stands before a word that asks: "and where", "y por cuánto".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.sentence_kind import is_saying
from bot.questions.words import Word
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import JOINED

ELLIPTIC = 4  # words up to which a part has no verb of its own: "in which state", "by how many votes"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked. `searched`: the same with what it leans on, in brackets."""

    asked: str
    searched: str


def parts(question: str, words: Sequence[Word], lang: str, *, compared: bool = False) -> tuple[Part, ...]:
    """Two questions in the order asked; none where it asks one thing. `compared`: the question has two sides (`sides.py`)."""
    cut = None if compared else _cut(question, words, lang)
    if cut is None:
        return ()
    end, begin = cut
    first, second = question[:end].strip(" ,;¿?"), question[begin:].strip(" ?")
    mine = [word for word in words if word.end <= end]
    theirs = [word for word in words if word.start >= begin]
    lexicon = Lexicon(lang)
    # "On what day and in which month did …": one thing
    if mine[0].text.lower() in lexicon.prepositions and not any(word.name for word in mine):
        return ()
    # "When and where did …"
    if all(_asks(word, lexicon) or word.text.lower() in lexicon.prepositions for word in mine):
        rest = next((word.start for word in theirs if not _asks(word, lexicon)), len(question))
        first = f"{first} {question[rest:].strip(' ?')}"
        return tuple(Part(_put(text, question), _put(text, question)) for text in (first, second))
    # "How many were there, and when …?"
    leant_on = [] if any(_tells(word, lexicon) for word in mine) else _lacking(mine, theirs, lexicon)
    return (_part(first, question, leant_on), _part(second, question, _lacking(theirs, mine, lexicon)))


def _cut(question: str, words: Sequence[Word], lang: str) -> tuple[int, int] | None:
    """Where the first part ends and the second begins; None where there is one."""
    lexicon = Lexicon(lang)
    for place, word in enumerate(words[:-1]):
        nxt = words[place + 1 : place + 3]
        joins = word.text.lower() in lexicon.and_words | lexicon.between_parts
        closes = "?" in question[word.end : nxt[0].start]
        behind = nxt[nxt[0].text.lower() in lexicon.prepositions :][:1]  # "by how much"
        if not place or not (joins or closes) or not behind or not _asks(behind[0], lexicon):
            continue
        if "(" in question[: nxt[0].start]:  # what a follow-up leans on is no question of its own
            break
        if not closes and _subordinate(question, words[:place], word, behind[0], lexicon):
            return None
        return (word.start if joins else word.end), nxt[0].start
    return None


def _subordinate(question: str, before: Sequence[Word], joint: Word, second: Word, lexicon: Lexicon) -> bool:
    """Whether what follows goes on with a clause of the first question.

    "What happened when the port closed and when it reopened?", "What did she say about who paid and who knew?",
    "Did Lind explain why it closed and how it reopened?"
    """
    asked = [i for i, word in enumerate(before) if _asks(word, lexicon)]
    opens = bool(asked) and _set_before(question, before[: asked[0] + 1], lexicon)
    inner = [_asks(before[i], lexicon) for i in asked[opens:]]
    close = not opens and "," not in question[before[-1].end : joint.start]
    said = any(is_saying(word.text, lexicon.lang) for word in before)
    return _asks(second, lexicon) in inner or bool(inner and (said or close))


def _set_before(question: str, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether nothing stands before the last of some words, or what stands apart: "According to the Courier, who …"."""
    *before, asking = words
    apart = before and "," in question[before[-1].end : asking.start] and before[0].text.lower() in lexicon.prepositions
    return bool(apart) or not any(word.content for word in before)


def _asks(word: Word, lexicon: Lexicon) -> str:
    """The word that asks in it, by itself or joined to another: "où", "d'où", "qu'a-t-il"; "" where none does."""
    low = word.text.lower().replace("’", "'")
    return next((piece for piece in (low, *JOINED.split(low)[:2]) if piece in lexicon.asking_words), "")


def _tells(word: Word, lexicon: Lexicon) -> bool:
    """Whether it carries meaning, and does not only ask."""
    return word.content and not _asks(word, lexicon) and fold(word.text) not in lexicon.how_many


def _lacking(part: Sequence[Word], other: Sequence[Word], lexicon: Lexicon) -> list[str]:
    """The other part's words that a part leans on: none where it has names of its own, else the other's names.

    All that tell something where there are none, or where it is a few words: "by how much".
    """
    if any(word.name for word in part):
        return []
    have = {word.text.lower() for word in part}
    carried = [word for word in other if _tells(word, lexicon) and word.text.lower() not in have]
    names = [word for word in carried if word.name]
    return [word.text for word in (names if names and len(part) > ELLIPTIC else carried)]


def _part(text: str, question: str, leant_on: Sequence[str]) -> Part:
    asked = _put(text, question)
    return Part(asked, f"{asked} ({' '.join(leant_on)})" if leant_on else asked)


def _put(text: str, question: str) -> str:
    """A part with the marks of its question: "¿Por cuánto?"."""
    end = "" if text.endswith(")") else " ?" if re.search(r"\s\?", question) else "?"  # what a follow-up leans on is behind it
    return f"{'¿' if '¿' in question and '¿' not in text else ''}{text[:1].upper()}{text[1:]}{end}"
