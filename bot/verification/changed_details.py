"""Pure: what a copy of a report has changed: a sentence that is another's word for word but for a figure, a month or a name.

"some 900 kilograms escaped from a cracked pipe" + "some 90 kilograms escaped from a cracked pipe" -> it is 900, or 90
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

from bot.verification.same_matter import ReportedSentence
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.numbers import numbers_in

Told = TypeVar("Told", bound=ReportedSentence)
ALIKE = 0.75  # share of two sentences' words that are the same, in the same order
MOST = 3  # words of a detail


def changed_detail(ours: ReportedSentence, others: Iterable[Told]) -> Told | None:
    """The sentence of another article with the words of `ours` and another figure, month or name; None if there is none."""
    mine, lang = _words(ours.text, ours.passage.lang), ours.passage.lang
    found = None
    for other in others if mine else ():
        theirs = _words(other.text, other.passage.lang)
        if other.passage.lang != lang or not len(mine) / 2 <= len(theirs) <= len(mine) * 2:
            continue
        if [fold(word) for word in theirs] == [fold(word) for word in mine]:
            return None
        if _differ(mine, theirs, lang):
            found = found or other
    return found


def _differ(mine: list[str], theirs: list[str], lang: str) -> bool:
    matcher = SequenceMatcher(None, [fold(word) for word in mine], [fold(word) for word in theirs], autojunk=False)
    if matcher.ratio() < ALIKE:
        return False
    changes = [(mine[a:b], theirs[c:d]) for kind, a, b, c, d in matcher.get_opcodes() if kind == "replace"]
    return any(max(len(a), len(b)) <= MOST and _details(a, b, lang) for a, b in changes)


def _details(some: list[str], others: list[str], lang: str) -> bool:
    """Whether both are figures, months, weekdays or names, and not the same."""
    a, b = (numbers_in(" ".join(words), lang) for words in (some, others))
    if a or b:
        return bool(a and b and not a & b)
    lexicon = Lexicon(lang)
    for known in (lexicon.months, lexicon.weekdays):
        if all(any(fold(word) in known for word in words) for words in (some, others)):
            return True
    return not lexicon.capital_nouns and all(word[:1].isupper() for word in (*some, *others))


def _words(text: str, lang: str) -> list[str]:
    if Lexicon(lang).unspaced:
        return [part for run in WORD.findall(text) for part in ([run] if run[0].isdigit() else run)]
    return WORD.findall(text)
