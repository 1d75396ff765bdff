"""Pure: everybody an article names: full names with the surnames, given names, offices and pronouns that may stand for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from index.quotes.job_titles import DOMAINS, KIN, OFFICES, describes, is_office_of, role_words
from index.text.lexicon import Lexicon
from index.text.person_names import (
    FAMILY_FIRST,
    FEMALE,
    GIVEN,
    MALE,
    NAMES_OF_DAYS,
    PARTICLES,
    TITLES,
    parts,
    plain,
    same_person,
    skeleton,
)
from index.text.russian_names import nominative

HE = frozenset("he him his él il er lui egli ele он".split())
SHE = frozenset("she her ella elle sie lei ela она".split())
THEY = frozenset("they them ellos ellas ils elles loro eles elas они".split())
WHO = frozenset("who which that que quien quienes qui".split())
I = frozenset("i we yo nosotros je nous ich wir".split())  # noqa: E741
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇ"
PARTICLE = r"(?:de|del|la|los|van|von|der|den|bin|ibn|al|da|das|do|dos|di|du|le|abu|ben)"
NAME = rf"(?:[{UPPER}]\.|[{UPPER}][\w’'-]+)"
RUN = re.compile(rf"\b{NAME}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}{NAME})*")  # capitalised words and the particles between
MOST = 1000  # people of one article
BODIES = frozenset(
    """university college school times post journal news party committee commission council court department ministry
    agency bank group company corporation inc association union institute foundation center centre house street city
    county united nations states kingdom republic army force forces police team club league church street airlines
    hospital museum prize award act bill week universidad colegio partido comité comisión consejo tribunal departamento
    ministerio agencia banco grupo empresa asociación unión instituto fundación centro gobierno estado estados unidos
    naciones ejército policía equipo liga iglesia hospital congreso cámara academia academy office organization
    organisation oficina organización liga foro senado secretaría fiscalía ayuntamiento junta federación sistema plaza
    ciudad calle premio ley norte sur coalición alianza frente movimiento juntos bbc cnn efe afp reuters xinhua tass ministère
    université ministério universidade ministerium universität bundestag ministero università""".split()
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """Somebody named in the article."""

    name: str  # the fullest form
    places: list[int] = field(default_factory=list)  # where named, by any form
    roles: list[str] = field(default_factory=list)  # as written: "the Russian foreign minister"
    gender: str = ""  # f | m | ""
    body: bool = False  # an organisation, by its name
    often: int = 0  # how often the article has `name`
    human: bool = False  # a person beyond doubt, and not a body or a place: by given name, title or office


@dataclass(slots=True)
class People:
    """Everybody an article names, and its table of surnames."""

    persons: list[Person] = field(default_factory=list)
    by_word: dict[str, list[Person]] = field(default_factory=dict)
    by_given: dict[str, list[Person]] = field(default_factory=dict)  # "Enrique" alone, where one Enrique is named in full

    def find(self, name: str, *, given: bool = True) -> Person | None:
        """The one person a full name or a surname can mean here, with `given` also a given name; None if nobody or several."""
        words = [word for word in parts(name) if word not in PARTICLES]
        if not words:
            return None
        found = [person for person in self.by_word.get(words[-1], []) if len(words) == 1 or same_person(person.name, name)]
        if not found and len(words) == 1:
            found = self.by_word.get(skeleton(words[0]), [])
            if not found and given:
                found = [person for person in self.by_given.get(words[0], []) if person.human]
        return found[0] if len(found) == 1 else None

    def by_role(self, phrase: str, before: int) -> Person | None:
        """The one person described so far by the head noun of "the minister", "la ministra de Educación"."""
        words = role_words(phrase)
        if not words:
            return None
        fitting = [
            p
            for p in self.persons
            if not p.body and p.places and p.places[0] < before and any(describes(words, role_words(role)) for role in p.roles)
        ]
        return fitting[0] if len(fitting) == 1 else None

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


def people(text: str, common: frozenset[str] = frozenset(), glued: Mapping[str, int] = MappingProxyType({})) -> People:
    """Everybody the text names in full.

    `common`: words that a capital at the start of a sentence does not make a name. `glued`: words to cut
    (`clauses.lost_spaces`).
    """
    table = People()
    runs: dict[str, list[int]] = {}
    for match in RUN.finditer(text):
        runs.setdefault(match.group(), []).append(match.start())
    surnames = {run.rpartition(" ")[2] for run in runs if " " in run and PARTICLES.isdisjoint(run.split())}
    singles: list[tuple[str, list[int]]] = []
    near: dict[str, list[Person]] = {}
    for run, places in runs.items():
        skip = _skipped(run, text, places[0], surnames, runs) if " " in run else 0
        for shift, name in _names(run[skip:], common, glued):
            shift += skip
            found = [place + shift for place in places]
            if len([word for word in parts(name) if word not in PARTICLES]) < 2:
                singles.append((name, found))
            else:
                _add(table, near, _in_nominative(name) if name[0] > "Ѐ" else name, found)
    for person in table.persons:
        words = [word for word in parts(person.name) if word not in PARTICLES]
        if len(words[0]) > 2 and words[0] not in FAMILY_FIRST and not BODIES & set(words):
            table.by_given.setdefault(words[0], []).append(person)
        # Spanish names have two surnames, and either may stand alone: "Miguel Ángel Mancera Espinosa" is Mancera.
        for word in dict.fromkeys([words[-1], *words[1:], *(words[:1] if words[0] in FAMILY_FIRST else ())]):
            if len(word) > 2:
                table.by_word.setdefault(word, []).append(person)
                if skeleton(word) != word:
                    table.by_word.setdefault(skeleton(word), []).append(person)
    for name, found in singles if table.persons else ():
        known = table.find(name)
        if known is not None:
            known.places += found
    for person in table.persons:
        person.places.sort()
        person.roles += _roles(person, text)
        person.gender = person.gender or _gender(person, text)
        person.body = bool(BODIES & set(parts(person.name))) or person.name.isupper()
        person.human = not person.body and _is_human(person, text)
    return table


def _in_nominative(name: str) -> str:
    """Сергей Лавров for "Сергеем Лавровым": a given name in another case shows that the surname is in it, too."""
    first, _, rest = name.partition(" ")
    given = nominative(first)
    oblique = given != first and plain(given.lower()) in GIVEN and plain(first.lower()) not in GIVEN
    return f"{given} {nominative(rest)}" if oblique else name


def _skipped(run: str, text: str, place: int, surnames: Set[str], runs: Mapping[str, object]) -> int:
    """Length of what stands in front of a name in a run of capitals: an office's domain, or what somebody is to the one named.

    "Defensa " in: the minister "de Defensa Ana Ruiz"; "Esposa de " in "Esposa de Ruiz".
    """
    words = run.replace("\u00a0", " ").split(" ")
    if text[place - 1 : place] in (" ", "'", "’") and is_office_of(text[max(0, place - 50) : place]):
        given = next((n for n, word in enumerate(words) if n and plain(word.lower()) in GIVEN), 0)
        alone = next((n for n in range(1, len(words) - 1) if " ".join(words[n:]) in runs), 0)
        cut = given or alone or (1 if len(words) > 2 and words[0].lower() in DOMAINS else 0)
    elif len(words) > 2 and words[1] in ("de", "del", "da", "do", "di", "du"):
        rest = 3 if words[2] in PARTICLES and len(words) > 3 else 2
        other = words[-1] in surnames or words[-1].isupper() or (words[0] in runs and words[-1] in runs)
        cut = rest if words[0].lower() in OFFICES or words[0].lower() in KIN or (len(words) == rest + 1 and other) else 0
    else:
        return 0
    return sum(len(word) + 1 for word in words[:cut]) if cut and plain(words[0].lower()) not in GIVEN else 0


def _names(run: str, common: frozenset[str], glued: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The names in a run of capitalised words, with their offsets in it: without titles, cut after "'s" and at lost spaces."""
    start, at = -1, 0
    words = run.replace("\u00a0", " ").split(" ")
    titled = next((n for n in range(min(len(words) - 2, 5) - 1, 0, -1) if words[n].lower() in TITLES), 0)
    at = sum(len(word) + 1 for word in words[:titled])  # "Turkish President Ann Lee" is Ann Lee
    words = words[titled:]
    for word in words:
        end = at + len(word)
        low = word.lower().rstrip(".")
        if start < 0 and (
            (low in common and (low not in NAMES_OF_DAYS or len(words) < 2)) or low in TITLES or low in PARTICLES
        ):
            at = end + 1
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
    keys = [skeleton(word) for word in parts(name)[1:] if word not in PARTICLES]
    for known in [person for key in keys for person in near.get(key, ())]:
        longer, shorter = sorted((parts(known.name), parts(name)), key=len, reverse=True)
        if len(shorter) > 1 and longer[-len(shorter) :] == shorter and longer[0] not in GIVEN and longer != shorter:
            known.places += places  # "BBC Mundo Lucía Dammert" and "Lucía Dammert"
            known.name = min(known.name, name, key=len)
            return
        if known.name == name or same_person(known.name, name):
            known.places += places
            if longer[: len(shorter)] == shorter and len(longer) > len(shorter):
                # A headline's "Ann Lee Tells", "Ann Lee Show": what is added once, or by two words, is seldom a surname.
                long_is_new = len(parts(name)) > len(parts(known.name))
                rare, common = (len(places), known.often) if long_is_new else (known.often, len(places))
                if (len(longer) - len(shorter) > 1 or rare == 1 < common) == long_is_new:
                    return
                known.name, known.often = name, len(places)
            elif len(parts(name)) > len(parts(known.name)):
                known.name, known.often = name, len(places)
            return
    if len(table.persons) >= MOST:
        return
    new = Person(name, places, often=len(places))
    table.persons.append(new)
    for key in keys:
        near.setdefault(key, []).append(new)


def _is_human(person: Person, text: str) -> bool:
    words = parts(person.name)
    if plain(words[0]) in GIVEN or person.roles:
        return True
    start = person.places[0]
    return bool(TITLED.search(text, max(0, start - 14), start))


TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Sr|Sra|Don|Doña|don|doña|President|Senator|Judge)\.?\s$")


ARTICLES = {"el": "m", "il": "m", "le": "m", "der": "m", "o": "m", "la": "f", "une": "f", "una": "f"}


def _gender(person: Person, text: str) -> str:
    given = plain(parts(person.name)[0])
    if given in FEMALE:
        return "f"
    if given in MALE:
        return "m"
    article = re.match(r"\w+", person.roles[0].lower()) if person.roles else None
    if article is not None and article[0] in ARTICLES:
        return ARTICLES[article[0]]
    for place in person.places[:4]:
        before = text[max(0, place - 40) : place].lower().split()
        if before and before[-1] in ("mrs.", "ms.", "sra.", "doña"):
            return "f"
        if before and before[-1] in ("mr.", "sr.", "don"):
            return "m"
        if {"la", "ministra", "presidenta", "she"} & set(before[-4:]):
            return "f"
        if {"el", "ministro", "presidente"} & set(before[-4:]):
            return "m"
    return ""


ROLE_BEFORE = re.compile(
    r"(?:^|[\s(“\"«,])((?:(?:el|la|the|un|una|a|il|lo|le|o|der|die)\s|l['’])"
    r"(?:(?! (?:on|during|in|at|when|durante|con|en|que)\b)[^,.;:()“”\"«»]){3,70}?)"
    r",?\s(?:[A-Z][a-z]+\.\s)?$",
    re.I,
)
ROLE_AFTER = re.compile(r"(?:\s[A-ZÀ-Þ][\w-]+)*,\s((?!and\b|y\b|who\b|que\b)[^,.;:()“”\"«»]{4,80})(?:,|\.|;|$)")


ENDS_NO_ROLE = frozenset("a al ante con de del en entre para por y e and of for from to with by against di da do à à d".split())


def _roles(person: Person, text: str) -> list[str]:
    """Descriptions beside the name: "the foreign minister, Ann Lee", "Ann Lee, mayor of Rome,"."""
    found: list[str] = []
    for place in person.places[:4]:
        line = max(text.rfind("\n", 0, place), place - 90, 0)
        before = ROLE_BEFORE.search(text, line, place)
        after = ROLE_AFTER.match(text, place + len(person.name), place + len(person.name) + 140)
        for role in (before[1] if before else "", after[1] if after else ""):
            words = role.split()
            of_another = not words or words[-1].lower() in ENDS_NO_ROLE  # "the lawyer of Ann Lee"
            if not of_another and role_words(" ".join(words[:5])) and len(words) <= 12 and role not in found:
                found.append(role)
        titled = re.search(r"(?:\b[A-Z][\w.]+\s){1,3}$", text[line:place])
        if titled and role_words(titled[0]):
            found.append(titled[0].strip())
    return found
