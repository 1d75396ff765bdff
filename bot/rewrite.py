"""Pure: a question that leans on the conversation -> one that can be searched by itself, with no model.

Only questions that lean are touched (a pronoun without its noun, an ellipsis, a few words), and only the user's own earlier
questions are carried over: a new topic stays clean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import words
from bot.records import Turn
from index.terms import fold

_PRONOUNS = {
    "en": "he she they it him her them his hers their its this that these those there then one ones same",
    "es": "el ella ellos ellas eso esto esa ese esos esas le les lo la su sus alli ahi entonces mismo misma",
    "fr": "il elle ils elles lui leur eux son sa ses cela ca ce y en la-bas alors meme",
    "de": "er sie es ihm ihr ihn ihnen sein seine seinen ihre ihren das dies dort dann davon dazu darauf",
    "pt": "ele ela eles elas isso isto esse essa lhe lhes seu sua seus suas la ali entao mesmo",
}
# Words that also serve as articles or dummy subjects lean only where nothing else of substance stands in the question.
_WEAK = frozenset(
    ["el", "la", "lo", "le", "les", "es", "it", "this", "that", "there", "en", "y", "ce", "sie", "das", "la-bas", "la", "su"]
)
_OPENING = re.compile(
    r"^\W*(?:and|but|so|also|what about|how about|why|who else|anything else|more|y|pero|tambien|e|que hay de|por que|"
    r"quien mas|et|mais|aussi|pourquoi|und|aber|auch|warum|wieso|mas|tambem|e quanto a)\b"
)


def leans(question: str, lang: str) -> bool:
    """Whether a question cannot be understood without what was said before."""
    folded = fold(question)
    tokens = re.findall(r"[\w'-]+", folded)
    substance = [t for t in words.content(question, lang) if not t.isdigit()]
    pronouns = set(_PRONOUNS.get(lang, _PRONOUNS["en"]).split())
    if _OPENING.search(folded) and len(substance) <= 4:
        return True
    if any(t in pronouns - _WEAK for t in tokens) and not words.names(question, lang):
        return True
    if any(t in pronouns & _WEAK for t in tokens) and len(substance) <= 2 and not words.names(question, lang):
        return True
    return len(substance) <= 1 and not words.names(question, lang)


def standalone(question: str, history: Sequence[Turn], lang: str) -> str:
    """The question, with what it leans on behind it in brackets; unchanged where it does not lean."""
    earlier = [turn.content for turn in history if turn.role == "user"][-4:]
    if not earlier or not leans(question, lang):
        return question
    for asked in reversed(earlier):
        topic = carried(asked, question, lang)
        if topic:
            return f"{question.rstrip()} ({topic})"
    return question


def carried(earlier: str, question: str, lang: str) -> str:
    """The words of an earlier question that a later one takes over, in their order; "" if that one only leaned itself.

    Who the later question names replaces the first name of the earlier one: "and what did Lavrov answer?" after a question
    about Blinken is not about Blinken.
    """
    if leans(earlier, lang) and not words.names(earlier, lang):
        return ""
    have = words.content(question, lang)
    own = words.names(question, lang)
    earlier_names = words.names(earlier, lang)
    dropped = earlier_names[0] if own and earlier_names else ""
    kept = []
    for match in words.WORD.finditer(earlier):
        word = match.group()
        stems = words.content(word, lang)
        if stems and not stems & have and word != dropped:
            kept.append(word)
    return " ".join(kept)
