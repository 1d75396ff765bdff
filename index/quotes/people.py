"""Pure: everybody an article names: full names with the surnames, given names, offices and pronouns that may stand for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

from index.quotes.job_titles import is_office, is_office_of, is_said_of
from index.quotes.roles import roles
from index.text.lexicon import Lexicon
from index.text.name_cases import nominative
from index.text.person_names import (
    FAMILY_FIRST,
    FEMALE,
    GIVEN,
    INNER_PARTICLES,
    JOINED_ARTICLE,
    MALE,
    PARTICLES,
    WORD,
    parts,
    plain,
    same_person,
    skeleton,
)
from index.text.places import places as known_places

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇ"
PARTICLE = rf"(?:{'|'.join(sorted(INNER_PARTICLES))})"
NAME = rf"(?:[{UPPER}]\.|[{UPPER}][\w’'-]+)"
FURTHER = rf"(?:{PARTICLE}[ \u00a0]){{0,2}}(?:{JOINED_ARTICLE})?{NAME}"
RUN = re.compile(rf"\b{NAME}(?:[ \u00a0]{FURTHER})*")  # capitalised words and the particles between
SENTENCE_END = re.compile(r"(?:^|[.!?\n“\"«„]) ?$")
ELIDED = re.compile(r"[^\W\d_][’'][a-zß-öø-ÿ]")  # L’entraîneur
MOST = 1000  # people of one article


Gender = Literal["f", "m", ""]


@dataclass(slots=True)
class Person:
    """Somebody named in the article."""

    name: str  # the fullest form
    places: list[int] = field(default_factory=list)  # where named, by any form
    roles: list[str] = field(default_factory=list)  # as written: "the Russian foreign minister"
    owned_roles: list[str] = field(default_factory=list)  # what it is to another: "its owner"; companies are, too
    gender: Gender = ""
    body: bool = False  # an organisation, by its name
    often: int = 0  # how often the article has `name`
    human: bool = False  # a person beyond doubt, and not a body or a place: by given name, title or office
    called: bool = False  # by its last word alone, as people are and bodies are not


@dataclass(slots=True)
class People:
    """Everybody an article names, and its table of surnames."""

    language: Lexicon
    persons: list[Person] = field(default_factory=list)
    by_word: dict[str, list[Person]] = field(default_factory=dict)
    by_given: dict[str, list[Person]] = field(default_factory=dict)  # "Enrique" alone, where one Enrique is named in full
    alone: list[Person] = field(default_factory=list)  # given names of nobody who is named in full: "Andrew"
    names: set[str] = field(default_factory=set)  # words with a capital inside sentences, too, and never without; lower case

    def find(self, name: str, *, given: bool = True) -> Person | None:
        """The one person a full name or a surname can mean here, with `given` also a given name; None if nobody or several."""
        lang = self.language.lang
        words = [word for word in parts(name, lang) if word not in PARTICLES]
        if not words:
            return None
        matches = [
            person for person in self.by_word.get(words[-1], []) if len(words) == 1 or same_person(person.name, name, lang)
        ]
        if not matches and len(words) == 1:
            matches = self.by_word.get(skeleton(words[0]), [])
            if not matches and given:
                matches = [person for person in self.by_given.get(words[0], []) if person.human]
        return matches[0] if len(matches) == 1 else None

    def by_role(self, phrase: str, before: int) -> Person | None:
        """The one person, or owner, said so far to be "the minister", "la ministra de Educación"; None if there are several."""
        fitting = [
            person
            for person in self.persons
            if person.places
            and person.places[0] < before
            and any(is_said_of(phrase, role, self.language) for role in (*person.roles, *person.owned_roles))
        ]
        one = fitting[0] if len(fitting) == 1 else None
        return one if one is None or one.owned_roles or not one.body else None

    def at(self, offset: int) -> Person | None:
        """The person who is named right there."""
        return next((person for person in self.persons if person.human and offset in person.places), None)

    def interviewed(self, before: int) -> Person | None:
        """The one person named in front of the first answer of an interview; None if there are more."""
        named = [person for person in self.persons if person.human and person.places and person.places[0] < before]
        return named[0] if len(named) == 1 else None

    def nearest(self, before: int, gender: str = "", reach: int = 600) -> Person | None:
        """The person named last before an offset, if the gender allows it and nobody else is as near."""
        best: tuple[int, Person] | None = None
        for person in self.persons:
            if not person.human:
                continue
            at = bisect_left(person.places, before)
            fits = not (gender and person.gender and person.gender != gender)
            near = at > 0 and before - person.places[at - 1] <= reach
            if fits and near and (best is None or person.places[at - 1] > best[0]):
                best = person.places[at - 1], person
        return best[1] if best else None


@cache
def no_names(language: Lexicon) -> frozenset[str]:
    """Words that a capital at the head of a sentence does not make a part of a name: "Tras", "Comentó Paz"."""
    small = (
        language.determiners
        | language.prepositions
        | language.clause_breaks
        | language.conjunctions
        | language.pronouns
        | language.time_nouns
        | language.adverbs
    )
    if not language.elides_subject:
        return small
    verbs = frozenset(form for form, cue in language.speech_verbs.items() if cue.shape == "finite")
    return small | (verbs - language.surname_verbs)


def people(text: str, language: Lexicon, glued: Mapping[str, int] = MappingProxyType({})) -> People:
    """Everybody the text names in full.

    `glued`: words to cut (`clauses.lost_spaces`).
    """
    table = People(language)
    lang = language.lang
    runs: dict[str, list[int]] = {}
    for match in RUN.finditer(text):
        runs.setdefault(match.group(), []).append(match.start())
        opens = SENTENCE_END.search(text, max(0, match.start() - 3), match.start()) is not None
        table.names.update(map(str.lower, match.group().split()[opens:]))
    surnames = {run.rpartition(" ")[2] for run in runs if " " in run and PARTICLES.isdisjoint(run.split())}
    singles: list[tuple[str, list[int]]] = []
    near: dict[str, list[Person]] = {}
    for run, places in runs.items():
        skip = _skipped(run, text, places[0], surnames, runs, language) if " " in run else 0
        for shift, name in _names(run[skip:], language, glued):
            shift += skip
            occurrences = [place + shift for place in places]
            if len([word for word in parts(name, lang) if word not in PARTICLES]) < 2:
                singles.append((name, occurrences))
            else:
                _add(table, near, _in_nominative(name, language) if language.name_endings else name, occurrences)
    alone = {name.lower(): min(occurrences) for name, occurrences in reversed(singles)}
    for person in table.persons:
        words = [word for word in parts(person.name, lang) if word not in PARTICLES]
        if not words:
            continue
        later = alone.get(words[0], len(text)) > person.places[0] or len(person.places) > 1  # not "Diana" of "Diana Chronicles"
        if len(words[0]) > 2 and later and words[0] not in FAMILY_FIRST and language.bodies.isdisjoint(words):
            table.by_given.setdefault(words[0], []).append(person)
        # Spanish names have two surnames, and either may stand alone: "Miguel Ángel Mancera Espinosa" is Mancera.
        known = plain(words[0]) in GIVEN or words[0] in FAMILY_FIRST
        for word in dict.fromkeys([words[-1], *(words[1:] if known else ()), *(words[:1] if words[0] in FAMILY_FIRST else ())]):
            if len(word) > 2 and (known or alone.get(word, len(text)) > person.places[0]):
                table.by_word.setdefault(word, []).append(person)
                if skeleton(word) != word:
                    table.by_word.setdefault(skeleton(word), []).append(person)
    table.names.difference_update(WORD.findall(text))
    given: dict[str, Person] = {}
    for name, occurrences in singles:
        named = table.find(name)
        if named is None and plain(name.lower()) in GIVEN and name.lower() in table.names:
            given.setdefault(name, Person(name, human=True, gender=_gender_of(plain(name.lower())))).places.extend(occurrences)
        if named is not None:
            named.places += occurrences
            named.called |= named.name.endswith(f" {name}") and not _with_article(name, occurrences, text, language)
    table.alone = [*given.values()]
    for person in table.persons:
        person.places.sort()
        for role in roles(person.name, person.places, text, language):
            owned = role.split()[0].lower() in language.possessives
            (person.owned_roles if owned else person.roles).append(role)
        person.gender = person.gender or _gender(person, text, language)
        person.body = not language.bodies.isdisjoint(parts(person.name, lang)) or person.name.isupper()
        person.human = not person.body and _is_human(person, text, language)
    return table


def _in_nominative(name: str, language: Lexicon) -> str:
    """Сергей Лавров for "Сергеем Лавровым": a given name in another case shows that the surname is in it, too."""
    first, _, rest = name.partition(" ")
    given = nominative(first, language.lang)
    oblique = given != first and plain(given.lower()) in GIVEN and plain(first.lower()) not in GIVEN
    return f"{given} {nominative(rest, language.lang)}" if oblique else name


def _skipped(run: str, text: str, place: int, surnames: Set[str], runs: Mapping[str, Sequence[int]], language: Lexicon) -> int:
    """Length of what stands in front of a name in a run of capitals: an office's domain, or what somebody is to the one named.

    "Defensa " in: the minister "de Defensa Ana Ruiz"; "Esposa de " in "Esposa de Ruiz".
    """
    words = run.replace("\u00a0", " ").split(" ")
    if _opens_sentence(words, text, runs, language):
        return len(words[0]) + 1
    if text[place - 1 : place] in (" ", "'", "’") and is_office_of(text[max(0, place - 50) : place], language):
        given = next((n for n, word in enumerate(words) if n and plain(word.lower()) in GIVEN), 0)
        alone = next((n for n in range(1, len(words) - 1) if " ".join(words[n:]) in runs), 0)
        domain = words[0].lower() in language.office_domains or known_places(words[0], language.lang)
        cut = given or alone or (1 if len(words) > 2 and domain else 0)
    elif len(words) > 2 and words[0].lower() in language.speech_nouns and words[1] in language.author_prepositions:
        cut = 2  # "Tweet von Ann Lee"
    elif len(words) > 2 and words[1] in language.kin_joins:
        rest = 3 if words[2] in PARTICLES and len(words) > 3 else 2
        other = words[-1] in surnames or words[-1].isupper() or (words[0] in runs and words[-1] in runs)
        office = words[0].lower() in language.offices
        given = next((n for n, word in enumerate(words) if n > 1 and plain(word.lower()) in GIVEN), 0) if office else 0
        cut = given or (rest if office or words[0].lower() in language.kin or (len(words) == rest + 1 and other) else 0)
    elif len(words) > 2 and words[-2].lower() in language.bodies - GIVEN and words[-1] in runs:  # "In the Post Lee wrote"
        cut = len(words) - 1
    elif len(words) > 2 and _describes_next(words, language):  # "Burmistrz Lipna Ewa Gil", "Actress Ann Lee"
        given = next((n for n, word in enumerate(words[:-1]) if n and plain(word.lower()) in GIVEN), 0)
        at = int(language.capital_nouns and words[0].lower() in language.definite_articles)  # "Die Unternehmerin Svea Gil"
        bare = language.no_articles or (language.capital_nouns and is_office(words[at].lower(), language))
        cut = given or (at + 1) * bare
    else:
        return 0
    return sum(len(word) + 1 for word in words[:cut]) if cut and plain(words[0].lower()) not in GIVEN else 0


def _describes_next(words: Sequence[str], language: Lexicon) -> bool:
    """Whether a run of capitals begins with what somebody is: an office, or an article and a noun where nouns have capitals."""
    first = words[0].lower()
    titled = first in language.titles and words[1].lower() in language.offices  # "Presidential Spokesperson Ann Lee"
    article = language.capital_nouns and len(words) > 3 and first in language.definite_articles
    return is_office(first, language) or titled or article


def _opens_sentence(words: Sequence[str], text: str, runs: Mapping[str, Sequence[int]], language: Lexicon) -> bool:
    """Whether the first word has its capital from the sentence that it begins, wherever the run stands: "Maybe Google"."""
    places, alone = runs.get(" ".join(words), ()), runs.get(" ".join(words[1:]), ())
    if not alone or not places or not all(SENTENCE_END.search(text, max(0, place - 3), place) for place in places):
        return False
    first = words[0].lower().replace("’", "'")
    if first in language.auxiliaries:
        return alone[0] < places[0]  # "Will ChatGPT" behind ChatGPT; a Will whose surname alone comes later keeps it
    small = no_names(language)
    return plain(first) not in GIVEN and (first in small or re.search(rf"(?<!\w){re.escape(first)}(?!\w)", text) is not None)


@cache
def _head_words(language: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Words that a name does not begin with; those of them that are given names, too, and may: June."""
    common = no_names(language) | language.name_openers
    months = (common & language.name_months) - language.titles - PARTICLES
    return (common | language.titles | PARTICLES) - months, months


def _names(run: str, language: Lexicon, glued: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The names in a run of capitalised words, with their offsets in it: without titles, cut after "'s" and at lost spaces."""
    heads, months = _head_words(language)
    oblique = language.oblique_endings
    start, at = -1, 0
    words = run.replace("\u00a0", " ").split(" ")
    titled = next((n for n in range(min(len(words) - 2, 5) - 1, 0, -1) if words[n].lower().rstrip(".") in language.titles), 0)
    at = sum(len(word) + 1 for word in words[:titled])  # "Turkish President Ann Lee" is Ann Lee
    words = words[titled:]
    for number, word in enumerate(words):
        end = at + len(word)
        low = word.lower().rstrip(".")
        if start < 0 and ELIDED.match(word):
            at = end + 1
            continue
        if start < 0:
            place = oblique and len(words) - number > 2 and low.endswith(oblique)  # "президент России Владимир Путин"
            if place or low in heads or (low in months and len(words) < 2):
                at = end + 1
                continue
        spoken_to = low in language.dative_articles and start >= 0 and words[number - 1].lower() not in PARTICLES
        if spoken_to:  # "sagte Ann Lee den Nordnachrichten", but "van den Berg"
            yield start, run[start : at - 1]
            start, at = -1, end + 1
            continue
        start = at if start < 0 else start
        cut = glued[word] if word in glued else len(word) - 2 if word.endswith(("’s", "'s")) else -1
        if cut >= 0:
            yield start, run[start : at + cut]
            start = -1
        at = end + 1
    if start >= 0 and len(run) - start < 60:
        yield start, run[start:]


def _add(table: People, near: dict[str, list[Person]], name: str, places: list[int]) -> None:
    """Adds a full name to the person it belongs to, or as somebody new. `near`: persons by the words of their names."""
    lang = table.language.lang
    keys = [skeleton(word) for word in parts(name, lang)[1:] if word not in PARTICLES]
    for known in [person for key in keys for person in near.get(key, ())]:
        longer, shorter = sorted((parts(known.name, lang), parts(name, lang)), key=len, reverse=True)
        if len(shorter) > 1 and longer[-len(shorter) :] == shorter and longer[0] not in GIVEN and longer != shorter:
            known.places += places  # "BBC Mundo Lucía Dammert" and "Lucía Dammert"
            known.name = min(known.name, name, key=len)
            return
        if known.name == name or same_person(known.name, name, lang):
            known.places += places
            if longer[: len(shorter)] == shorter and len(longer) > len(shorter):
                # A headline's "Ann Lee Tells", "Ann Lee Show": what is added once, or by two words, is seldom a surname.
                long_is_new = len(parts(name, lang)) > len(parts(known.name, lang))
                rare, common = (len(places), known.often) if long_is_new else (known.often, len(places))
                if (len(longer) - len(shorter) > 1 or rare == 1 < common) == long_is_new:
                    return
                known.name, known.often = name, len(places)
            elif len(parts(name, lang)) > len(parts(known.name, lang)):
                known.name, known.often = name, len(places)
            return
    if len(table.persons) >= MOST:
        return
    new = Person(name, places, often=len(places))
    table.persons.append(new)
    for key in keys:
        near.setdefault(key, []).append(new)


def _is_human(person: Person, text: str, language: Lexicon) -> bool:
    words = parts(person.name, language.lang) or ("",)
    if person.roles:
        return True
    if plain(words[0]) in GIVEN:
        return not _with_article(person.name, person.places, text, language)
    start = person.places[0]
    before = text[max(0, start - 20) : start].split()
    return bool(before) and before[-1].lower().rstrip(".") in language.person_titles


def _with_article(name: str, places: Sequence[int], text: str, language: Lexicon) -> bool:
    """Whether a name always has an article, where people have none: "the Diana Chronicles"."""
    articles = tuple(f"{article} " for article in language.definite_articles)
    return not language.male_articles and all(
        text[max(0, place - 8) : place].lower().endswith(articles) for place in places if text.startswith(name, place)
    )


def _gender_of(given: str) -> Gender:
    """Of a given name; "" where both have it, or it is none that we know."""
    return "" if (given in FEMALE) == (given in MALE) else "f" if given in FEMALE else "m"


def _gender(person: Person, text: str, language: Lexicon) -> Gender:
    given = plain((*parts(person.name, language.lang), "")[0])
    known = _gender_of(given)
    if known:
        return known
    article = re.match(r"\w+", person.roles[0].lower()) if person.roles else None
    if article is not None and article[0] in language.male_articles:
        return "m"
    if article is not None and article[0] in language.female_articles:
        return "f"
    for place in person.places[:4]:
        before = text[max(0, place - 40) : place].lower().split()
        if before and before[-1] in language.female_signs:
            return "f"
        if before and before[-1] in language.male_signs:
            return "m"
        if not language.female_words.isdisjoint(before[-4:]):
            return "f"
        if not language.male_words.isdisjoint(before[-4:]):
            return "m"
    return ""
