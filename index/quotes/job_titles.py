"""Pure: offices and professions, by which a text means somebody it has named: "the minister", "la mandataria"."""

from __future__ import annotations

from functools import lru_cache

from index.text.lexicon import Lexicon
from index.text.person_names import WORD


def is_office_of(before: str, language: Lexicon) -> bool:
    """Whether the words before a name are an office and "of": "el ministro de", "presidente del"."""
    words = before.lower().split()
    return len(words) > 1 and words[-1] in language.office_of and any(word in language.offices for word in words[-4:-1])


def is_office(word: str, language: Lexicon) -> bool:
    """Whether a word in small letters is an office, or a compound that ends in one: German "Hafenchefin"."""
    if word in language.offices:
        return True
    return language.capital_nouns and any(word[cut:] in language.offices for cut in range(2, len(word) - 3))


def is_said_of(phrase: str, role: str, language: Lexicon) -> bool:
    """Whether a description may mean whoever is said to be `role`: "the minister" a "Norland's ports minister", but not a
    "former minister", a "vice minister" or the "son of the minister"."""
    words = role_words(phrase, language)
    if not words or not describes(words, role_words(role, language)):
        return False
    head = _head(role, language)
    if not language.offices.isdisjoint(words) and not describes(words & language.offices, frozenset(head)):
        return False
    apart = {mark for mark in language.office_changes if any(_changes(word, mark, language) for word in head)}
    told = words.union(_words(phrase))
    return all(any(_changes(word, mark, language) for word in told) for mark in apart)


def _head(role: str, language: Lexicon) -> list[str]:
    """The words of a role up to what it is of: son of the mayor -> son."""
    ends = (
        language.inner_prepositions | language.prepositions | language.relatives | language.clause_breaks | language.role_breaks
    )
    words = _words(role)
    genitive = (n for n, word in enumerate(words) if n and (word in ends or word in language.definite_articles))
    return [language.same_offices.get(word, word) for word in words[: next(genitive, len(words))]]


def _words(phrase: str) -> list[str]:
    return WORD.findall(phrase.lower())


def _changes(word: str, mark: str, language: Lexicon) -> bool:
    """Whether a word is `mark`, or an office with it in front: exministro, Vizekanzler."""
    return word == mark or (word.startswith(mark) and word[len(mark) :].lstrip("-") in language.offices)


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
    if not any(is_office(word, language) for word in words):
        return frozenset()
    return frozenset(language.same_offices.get(word, word) for word in words)
