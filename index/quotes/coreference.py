"""Pure: whom a speaker's phrase means at its place: "he", "the minister", "Lavrov", or nothing at all (Spanish "dijo").

resolve -> a name: the article's full form | a description: the one person described so | a pronoun or nothing: the
person who spoke or was the subject last, if the gender allows it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from index.quotes.job_titles import is_office_of, role_words
from index.quotes.masking import ParsedSentence
from index.quotes.noun_phrases import looks_like_verb, starts_without_subject
from index.quotes.people import PARTICLE, RUN, UPPER, Gender, People, Person
from index.quotes.tokens import Token
from index.text.lexicon import Lexicon
from index.text.person_names import INNER_PARTICLES, JOINED_ARTICLE

CAPITALS = re.compile(
    rf"(?<!\w)[{UPPER}][\w.’'-]*(?:\s+(?:{PARTICLE}\s+){{0,2}}(?:{JOINED_ARTICLE})?[{UPPER}][\w.’'-]*)*$"
)  # the capitalised words a phrase ends with
ANYTHING = 0.5  # "el estudio señala … Subraya": right too seldom to be shown as the speaker
LOOK_BACK = 4  # sentences
APPOSED = 40  # characters behind "The minister" where its name may stand: "The minister, Ann Lee, came"
MOST_TURNS = 60  # speakers so far that are looked at
LONGEST = 300  # characters of a phrase that may hold a name


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a phrase means."""

    person: Person | None  # somebody the article names in full
    name: str  # that person's full name; the phrase itself for bodies and documents; "" where nothing is certain
    certainty: float  # 0..1, as a factor of the statement's confidence


@dataclass(slots=True)
class ResolvedSpeaker:
    """A speaker already resolved: (sentence, person)."""

    sentence: int
    person: Person | None
    phrase: str


class Topic(NamedTuple):
    """The phrase that a sentence begins with: offset, text ("" if none), and whether it is the subject of a verb of speech."""

    at: int = -1
    phrase: str = ""
    speaks: bool = False


def resolve(
    phrase: str,
    place: int,
    sentence: int,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
    language: Lexicon,
    several: bool = False,
) -> Referent:
    """Whom `phrase` (as written; "" if the sentence has no subject) means at offset `place` of sentence number `sentence`.

    `turns`: the speakers so far. `topics`: for a sentence's number its `topics_of`. `several`: the verb is a plural.
    """
    words = phrase.lower().replace("’", "'").split()
    head = words[0].split("'")[0] if words else ""
    if len(words) <= 1 and (not words or head in language.he or head in language.she):
        gender: Gender = "f" if head in language.she else "m" if head in language.he else ""
        return _antecedent(place, sentence, gender, turns, topics, table, language, several)
    if len(words) == 1 and head in language.they | language.first_person | language.pronouns | language.neutral_words:
        return Referent(None, "", 1.0)
    return named(phrase, place, table, language)


def named(phrase: str, place: int, table: People, language: Lexicon, *, given: bool = True) -> Referent:
    """A name or a description, without looking at what was said before. `given`: a given name alone will do."""
    words = phrase.split()
    if not words or len(phrase) > LONGEST:
        return Referent(None, phrase, 0.0 if not words else 1.0)
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
            words = tail[0].split()
            for n in range(1, len(words) - 1):
                person = table.find(" ".join(words[n:]))
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
            within = _behind_office(tail[0].split(), table, language)
            if within is not None:
                return Referent(within, within.name, 1.0)
            if len(tail[0].split()) == 1 and _surname_of_several(tail[0], table):
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


def _behind_office(words: Sequence[str], table: People, language: Lexicon) -> Person | None:
    """The person at the end of a run of capitals that an office or a place begins: "Burmistrz Lipna Ewa Gil"."""
    if words[0].lower() not in language.offices and not words[0].lower().endswith(language.oblique_endings):
        return None
    people = (table.find(" ".join(words[n:])) for n in range(1, len(words) - 1))
    return next((person for person in people if person is not None), None)


def _surname_of_several(word: str, table: People) -> bool:
    return len(table.by_word.get(word.lower(), [])) > 1


def _antecedent(
    place: int,
    sentence: int,
    gender: str,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
    language: Lexicon,
    several: bool,
) -> Referent:
    """The person a pronoun or a missing subject stands for: who spoke or was the subject last."""
    body: Referent | None = None
    for back in range(sentence, max(-1, sentence - LOOK_BACK - 1), -1):
        for turn in islice(reversed(turns), MOST_TURNS):
            if turn.sentence < back:
                break
            if turn.sentence != back or (turn.phrase.lower() in language.they or turn.phrase.lower() in language.first_person):
                continue
            if turn.person is not None and not turn.person.body:
                if several:
                    continue
                if _fits(turn.person, gender):
                    if _has_rival(turn.person, place, gender, table):
                        return Referent(None, "", 0.9)
                    return Referent(turn.person, turn.person.name, 0.9 if back >= sentence - 2 else 0.8)
            elif (
                turn.phrase[:1].isupper()
                and turn.person is None
                and back >= sentence - 2
                and not _has_article(turn.phrase, language)
            ):
                if gender or _surname_of_several(turn.phrase.split()[-1], table):
                    return Referent(None, "", 0.9 if gender else 0.6)
                return Referent(None, turn.phrase, 0.8)
            elif (
                turn.phrase
                and turn.person is None
                and body is None
                and (gender or _is_plural(turn.phrase, language) == several)
            ):
                body = Referent(None, turn.phrase, ANYTHING)
        for at, topic, speaks in topics(back):
            if not topic or at >= place:
                continue
            referent = named(topic, at + len(topic) + APPOSED, table, language, given=speaks)
            person = referent.person
            somebody = person is not None and (not gender or person.human or person.called or back >= sentence - 1)
            if somebody and person is not None and not person.body and not several and _fits(person, gender):
                if _has_rival(person, place, gender, table):
                    return Referent(None, "", 0.9)
                return Referent(person, person.name, 0.85 if person.human else 0.7)
            if speaks and language.elides_subject and not gender and back >= sentence - 1 and _is_bare_name(topic, language):
                return Referent(None, topic, 0.8)  # "AMLO respondió con gracia. “…”, señaló."
    if body is not None and not gender:
        return body
    person = None if several else table.nearest(place, gender, 400)
    return Referent(person, person.name, ANYTHING) if person is not None else Referent(None, "", 0.6 if gender else 0.0)


def _is_bare_name(phrase: str, language: Lexicon) -> bool:
    """One or two words with capitals, that are nobody named in full."""
    words = phrase.split()
    return len(words) < 3 and all(word[0].isupper() for word in words) and not _has_article(phrase, language)


def _is_plural(phrase: str, language: Lexicon) -> bool:
    """By its article: "las audiciones" did not say "dijo"."""
    return phrase.split()[0].lower() in language.plural_determiners


def _has_article(phrase: str, language: Lexicon) -> bool:
    return phrase.split()[0].lower() in language.determiners


def _has_rival(person: Person, place: int, gender: str, table: People) -> bool:
    """Whether a man, or a woman, has been named since somebody of whom the text does not tell that "he" may be meant."""
    if not gender or (person.human and person.gender):
        return False
    other = table.nearest(place, gender, 400)
    return other is not None and other is not person and other.gender == gender


def _fits(person: Person, gender: str) -> bool:
    return not gender or person.gender in ("", gender)


def _is_long(token: Token) -> bool:
    """Whether a quotation is more than a name in quotation marks."""
    return token.quote >= 0 and token.end - token.start > 40


def topic(tokens: Sequence[Token], language: Lexicon) -> tuple[int, int] | None:
    """Tokens of the phrase a sentence begins with, when it may be its subject: a name, or an article and what follows."""
    n = 0
    while n < len(tokens) and (tokens[n].low in language.conjunctions or tokens[n].low in language.adverbs):
        n += 1
    fronted = n < len(tokens) and (tokens[n].low in language.prepositions or language.asked_participles.match(tokens[n].low))
    if fronted:  # "After a week, the minister", "Asked about it, the minister"
        comma = next((k for k in range(n, min(n + 16, len(tokens))) if tokens[k].low == "," or _is_long(tokens[k])), -1)
        if comma < 0 or tokens[comma].quote >= 0:
            return None
        fronted = any(token.low in language.offices for token in tokens[n:comma])
        n = comma + 1
    start = n
    if start >= len(tokens) or tokens[start].low in language.neutral_words:
        return None
    if starts_without_subject(tokens, start, language):
        return None
    article = tokens[start].low in language.determiners
    while n < len(tokens) and n - start < 10:
        token = tokens[n]
        if (
            token.quote >= 0
            or not token.low[:1].isalnum()
            or token.low in language.clause_breaks
            or looks_like_verb(tokens, n, language)
            or (language.capital_nouns and n > start and not token.capital and tokens[n - 1].capital)
        ):
            break
        inside = token.low in language.inner_prepositions or token.low in language.determiners
        inside = inside or (
            token.low in INNER_PARTICLES and n + 1 < len(tokens) and tokens[n + 1].capital
        )  # Mohammad bin Salman
        if not (token.capital or inside or role_words(token.low, language) or article) or (
            token.low in language.prepositions and not inside
        ):
            break
        n += 1
    while n > start and (tokens[n - 1].low in language.inner_prepositions or tokens[n - 1].low in language.determiners):
        n -= 1
    if (
        n <= start
        or (
            fronted and not article and n < len(tokens) and tokens[n].low == ","
        )  # "With the mayor, Ann Lee, and others he came"
        or (article and n == start + 1)
        or tokens[start].low in language.prepositions
        or tokens[start].low in language.clause_breaks
    ):
        return None
    return start, n


def topics_of(text: str, sentence: ParsedSentence, language: Lexicon) -> list[Topic]:
    """The phrase that a sentence begins with, and those that reports in it begin with: "It said that Ann Lee left"."""
    found: list[Topic] = []
    for first, after in ((0, len(sentence.tokens)), *(reading.content for reading in sentence.readings if reading.that)):
        phrase = topic(sentence.tokens[first:after], language)
        if phrase is None:
            continue
        shifted = (first + phrase[0], first + phrase[1])
        start, end = sentence.span(shifted)
        if start is not None:
            found.append(Topic(start, text[start:end], any(reading.subject == shifted for reading in sentence.readings)))
    return found
