"""Pure: whom a name or a description means, wherever it stands: "Lavrov", "the minister", "Interior Minister Ann Lee"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.quotes.documents import author, governs
from index.quotes.job_titles import is_office, is_office_of, role_words
from index.quotes.people import PARTICLE, RUN, UPPER, People, Person
from index.text.lexicon import Lexicon
from index.text.person_names import JOINED_ARTICLE

CAPITALS = re.compile(
    rf"(?<!\w)[{UPPER}][\w.’'-]*(?:\s+(?:{PARTICLE}\s+){{0,2}}(?:{JOINED_ARTICLE})?[{UPPER}][\w.’'-]*)*$"
)  # the capitalised words a phrase ends with
LONGEST = 300  # characters of a phrase that may hold a name


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a phrase means."""

    person: Person | None  # somebody the article names in full
    name: str  # that person's full name; the phrase itself for bodies and documents; "" where nothing is certain
    certainty: float  # 0..1, as a factor of the statement's confidence


def named(phrase: str, place: int, table: People, language: Lexicon, *, given: bool = True) -> Referent:
    """A name or a description, without looking at what was said before. `given`: a given name alone will do."""
    words = phrase.split()
    if not words or len(phrase) > LONGEST:
        return Referent(None, phrase, 0.0 if not words else 1.0)
    wrote = author(phrase, language)
    if wrote and (found := named(wrote, place, table, language, given=given)).person is not None:
        return Referent(None, phrase, 1.0) if governs(wrote, found.person.name, language) else found
    tail = CAPITALS.search(phrase)
    office = language.offices | (language.titles if role_words(phrase, language) else frozenset())
    described = tail is not None and set(tail[0].lower().split()) - language.definite_articles <= office
    if tail is not None and not described:  # "the President" is a description, too
        before = phrase[: tail.start()].split()
        if before and before[-1].lower() in language.like_words:
            return Referent(None, tail[0], 1.0)
        if len(before) > 1 and before[-1].lower() in language.definite_articles:
            before.pop()
        joined = before and (before[-1].lower() in language.governing_words or before[-1].endswith(("'", "’")))
        if joined and is_office_of(phrase[: tail.start()], language):  # "el ministro de Defensa Ana Ruiz"
            person = _at_end(tail[0].split(), table, language, place=True)
            if person is not None:
                return Referent(person, person.name, 1.0)
        if joined:
            headed = _head_name(phrase, table, language)
            if headed is not None:
                return Referent(headed, headed.name, 1.0)
        if not joined and not tail[0].endswith(("’s", "'s")):
            person = table.find(tail[0], given=given)
            if person is not None:
                return Referent(person, person.name, 1.0)
            person = _at_end(tail[0].split(), table, language)
            if person is not None:
                return Referent(person, person.name, 1.0)
            if len(tail[0].split()) == 1 and surname_of_several(tail[0], table):
                return Referent(None, "", 1.0)
            return Referent(None, phrase, 1.0)
    if role_words(phrase, language):
        person = table.by_role(phrase, place)
        if person is not None:
            return Referent(person, person.name, 0.95)
        return Referent(None, "", 1.0)
    return Referent(None, phrase, 1.0)


def _head_name(phrase: str, table: People, language: Lexicon) -> Person | None:
    """The person whose full name a phrase begins with: "Senator Ann Lee of Minnesota"."""
    run = RUN.search(phrase)
    if run is None or not set(phrase[: run.start()].lower().split()) <= language.definite_articles:
        return None
    follows = phrase[run.end() :].split(maxsplit=1)
    if not follows or follows[0].lower() not in language.inner_prepositions:
        return None
    words = run.group().split()
    titled = max((n for n, word in enumerate(words, 1) if word.lower().rstrip(".") in language.titles), default=0)
    person = table.find(" ".join(words[titled:])) if len(words) - titled > 1 else None
    return person if person is not None and person.human else None


def _at_end(words: Sequence[str], table: People, language: Lexicon, *, place: bool = False) -> Person | None:
    """The person whose full name ends a run of capitals that an office or a place begins: "Interior Minister Ann Lee".

    `place`: only a place, or what an office is of; not the president of "the lawyer of President Ann Lee".
    """
    for n in range(1, len(words) - 1):
        if place and not (language.person_titles | language.offices).isdisjoint(word.lower() for word in words[:n]):
            return None
        person = table.find(" ".join(words[n:]))
        if person is not None and (place or person.human or is_office(words[0].lower(), language)):
            return person
    return None


def surname_of_several(word: str, table: People) -> bool:
    return len(table.by_word.get(word.lower(), [])) > 1
