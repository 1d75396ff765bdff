"""Pure: offices and professions, by which a text means somebody it has named: "the minister", "la mandataria"."""

from __future__ import annotations

from functools import lru_cache

from index.text.lexicon import Lexicon
from index.text.person_names import WORD


def is_office_of(before: str, language: Lexicon) -> bool:
    """Whether the words before a name are an office and "of": "el ministro de", "presidente del"."""
    words = before.lower().split()
    return len(words) > 1 and words[-1] in language.office_of and any(word in language.offices for word in words[-4:-1])


def describes(words: frozenset[str], role: frozenset[str]) -> bool:
    """Whether each word is one of the role's, or the end of one: "Ministerin" of "Finanzministerin"."""
    return words <= role or all(any(of == word or (len(word) > 7 and of.endswith(word)) for of in role) for word in words)


@lru_cache(maxsize=20_000)
def role_words(phrase: str, language: Lexicon) -> frozenset[str]:
    """The words of a description that tell whom it means: offices, and what follows "of". Empty without an office."""
    words = [word for word in WORD.findall(phrase.lower()) if len(word) > 2 and word not in language.office_fillers]
    office = language.office_descriptions.get(" ".join(words))
    if office is not None:
        return frozenset(office.split())
    if language.offices.isdisjoint(words):
        return frozenset()
    return frozenset(language.same_offices.get(word, word) for word in words)
