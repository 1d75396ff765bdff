"""Pure: the capitals that a question typed in a hurry lacks, as the articles found for it write its words.

    cased("what did robledo say in karsund", ["... Elena Robledo flew to Karsund ..."])  ->  "what did Robledo say in Karsund"

What is asked is read by its names, and names are known by their capitals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.questions.question_kind import kind
from index.text.fold import fold
from index.text.names import WORD

SHORTEST = 3  # letters of a word that is looked at


def hurried(question: str, lang: str) -> bool:
    """Whether a question is all in small letters or all in capitals; where it asks what was said, but for its first letter."""
    rest = question[1:] if kind(question, lang) == "said" else question
    return rest.islower() or question.isupper()


def cased(question: str, texts: Iterable[str]) -> str:
    """The question with a capital on each word that the texts write with one inside a sentence, and never without.

    A question all in capitals is put in small letters first.
    """
    question = question.lower() if question.isupper() else question
    asked = {match.group() for match in WORD.finditer(question) if len(match.group()) >= SHORTEST}
    known = {fold(word) for word in asked}
    forms: Counter[str] = Counter()
    small: set[str] = set()
    for text in texts:
        if _like_a_title(text):
            continue
        for match in WORD.finditer(text):
            word, key = match.group(), fold(match.group())
            if key not in known:
                continue
            if word[0].islower():
                small.add(key)
            elif re.search(r"[\w,;]\s+$", text[max(0, match.start() - 3) : match.start()]):  # not at a sentence's start
                forms[word] += 1
    names: dict[str, str] = {}
    for form, _ in forms.most_common():
        if fold(form) not in small:
            names.setdefault(fold(form), form)
    return WORD.sub(lambda match: _like(match.group(), names.get(fold(match.group()), "")), question)


def _like_a_title(text: str) -> bool:
    """Whether nearly all words have a capital, as in English headlines: then capitals tell nothing."""
    words = [word for word in WORD.findall(text) if len(word) > SHORTEST]
    capital = len([word for word in words if word[0].isupper()])
    return 4 * capital > 3 * len(words)


def _like(word: str, name: str) -> str:
    """The word with the capitals of the name: its own accents stay."""
    if not name:
        return word
    return word.upper() if name.isupper() and len(name) > 1 else word[0].upper() + word[1:]
