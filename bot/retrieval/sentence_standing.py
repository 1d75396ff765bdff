"""Pure: what a sentence is where it is no prose, and what that takes from its score: captions, headings, questions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.question import Question
from bot.retrieval.candidates import CLOSING, Candidate
from index.text.fold import fold
from index.text.names import WORD, holds_name

LESS = 2.0  # log-odds that a caption is below prose as near to the question: prose tells the story, and often says the same
ASKS = 6.0  # the same of a question: it is the nearest of all, and says nothing
HEADING = 10  # words of a line without an end mark, up to which it is a heading
_QUESTION = ("?", "؟", "？")


def kind_of(candidate: Candidate) -> str:
    """What a sentence is where it is no prose: "caption", or "closing", the line that says whose report it is; else ""."""
    kinds = (kind for start, end, kind in candidate.passage.aside if start < candidate.end and candidate.start < end)
    return next(kinds, "")


def standing(question: Question, candidate: Candidate) -> float:
    """What is added to the score of a sentence that is no prose of the article's own: a caption, a heading, a question.

    Nor has one that lacks the name which is all that a question has.
    """
    if kind_of(candidate) == "caption":
        return LESS if question.asks_of_a_picture else -LESS
    if candidate.text.rstrip().endswith(_QUESTION):  # "…?”" is somebody's
        return -ASKS
    if _is_heading(candidate):
        return -LESS
    same, names = candidate.passage.lang == question.lang, question.names
    bare = question.answer == "any" and sum(word.content for word in question.words) - len(names) < 2  # "What did Olsen do?"
    return -LESS if bare and names and not share_of_names(names, candidate.text, same_lang=same) else 0.0


def is_prose(candidate: Candidate) -> bool:
    """Whether a sentence tells something by itself: no caption or closing line, no heading, no question."""
    asks = candidate.text.rstrip().endswith(_QUESTION)
    return not (kind_of(candidate) or asks or _is_heading(candidate))


def _is_heading(candidate: Candidate) -> bool:
    """Whether a sentence is the title, or a short line that ends without a mark."""
    passage, text = candidate.passage, candidate.text.rstrip(CLOSING)
    if not text[-1:].isalnum():
        return False
    if fold(" ".join(candidate.text.split())) == fold(" ".join(passage.title.split())):
        return True
    after = passage.text[candidate.end - passage.start :][:1]
    alone = after in ("", "\n") and passage.text[: candidate.start - passage.start].rstrip(" ")[-1:] in ("", "\n")
    return alone and len(WORD.findall(text)) <= HEADING


def share_of_names(names: Sequence[str], text: str, *, same_lang: bool) -> float:
    return sum(holds_name(name, text, same_lang=same_lang) for name in names) / len(names) if names else 0.0
