"""Pure: whose words a statement is, as somebody may ask for them: "Blinken", "Serguéi Lavrov", "the State Department".

What a speaker is found by (`speaker_keys`) is loose on purpose: one spelling-blind word in common. `speaks` then decides, and
is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.quotes.extraction import PRONOUNS, UNCLEAR, Statement
from index.quotes.job_titles import OFFICES
from index.quotes.people import BODIES, RUN
from index.text.person_names import FAMILY_FIRST, PARTICLES, TITLES, parts, same_person, skeleton

_EMPTY = frozenset("the a an el la los las un una its their his her de del of y and".split())
CAMPAIGNS = frozenset("campaign camp administration regime team staff aides campaña administración régimen equipo".split())
SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|press secretary|official|statement|portavoz|vocer[oa]|comunicado)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def speaker_keys(name: str) -> frozenset[str]:
    """What a speaker is stored and looked up by: the spelling-blind form of each word of a name, of the words otherwise.

    >>> sorted(speaker_keys("Foreign Minister Serguéi Lavrov")), sorted(speaker_keys("the parties"))
    (['lavrov', 'sergei'], ['parties'])
    """
    return frozenset(key for word in _words(name) for part in (word, *word.split("-")) if (key := skeleton(part)))


def asked_keys(name: str) -> frozenset[str]:
    """What somebody who is asked about is looked up by: without the given name, which too many share."""
    words = _words(name)
    return frozenset(key for word in (words[1:] or words) if (key := skeleton(word)))


def speaks(asked: str, statement: Statement, *, surname: bool = False) -> bool:
    """Whether a statement is of the one who is asked about: "Blinken", "Serguéi Lavrov", "the State Department".

    A full name is the speaker's only where `same_person` has no doubt; with `surname` also where the article has no more than
    that (see `alone`). A surname may be that of several people: whoever asks so gets them all, each under the full name.
    """
    name = statement.speaker_resolved or statement.speaker
    if statement.confidence < UNCLEAR or not name or name.lower() in PRONOUNS:
        return False
    wanted = [skeleton(word) for word in _words(asked)]
    if not wanted:
        return False
    if not _personal(asked):
        if _personal(name) and not SPEAKS_FOR.search(f"{statement.speaker} {statement.role}"):
            return False
        return set(wanted) <= {skeleton(word) for word in (*_words(name), *_words(statement.speaker))}
    bare = _name_of(name)
    have_words = [skeleton(word) for word in _words(bare)] if bare else []
    if not have_words:
        return False
    if len(wanted) == 1:
        family = have_words[:1] if have_words[0] in FAMILY_FIRST else []
        return wanted[0] in (*family, have_words[-1], *have_words[1:])
    if same_person(asked, bare) or have_words[-len(wanted) :] == wanted:  # "Army Capt. Ann Lee"
        return True
    return surname and len(have_words) == 1 and have_words[0] == wanted[-1]


def alone(asked: str, said: Iterable[Statement]) -> bool:
    """Whether nobody else among the speakers has the surname of the one who is asked about: then it may stand for the name."""
    others = {statement.speaker_resolved for statement in said} - {""}
    surname = skeleton((_words(asked) or [""])[-1])
    shared = [name for name in others if len(words := _words(name)) > 1 and skeleton(words[-1]) == surname]
    return all(same_person(asked, name) is not False for name in shared)


def _words(name: str) -> list[str]:
    """The words that tell whom a name means: those of the name, or all of a description."""
    named = [word for word in parts(name) if word not in PARTICLES]
    if _personal(name) and named:
        return named
    bare = (word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(name))
    return [word for word in bare if word not in _EMPTY]


def _personal(name: str) -> bool:
    """Whether the words are a name, with titles or without, and no description: "Secretary Blinken", not "the White House"."""
    words = _WORD.findall(name)
    proper = [word for word in words if word.lower() not in TITLES | OFFICES | PARTICLES]
    article = bool(words) and words[0].lower() in _EMPTY
    body = any(word.lower() in BODIES | CAMPAIGNS for word in words)
    return bool(proper) and not body and all(not word[0].islower() for word in proper) and not (article and len(proper) < 2)


def _name_of(phrase: str) -> str:
    """The name at the head of a speaker as written: none in "Clinton campaign", where the name only tells whose."""
    for match in RUN.finditer(phrase):
        words = [word for word in parts(match.group()) if word not in PARTICLES]
        after = phrase[match.end() : match.end() + 24]
        if words and not re.match(r"['’]s\b|\. [A-ZÁÉÍÓÚÑ]| [^\W\d_A-ZÁÉÍÓÚÑ]+", after):
            return match.group()
        if words and re.match(r" (?:and|y|e|who|que|himself|herself|in|on|of|at|from|en|de)\b", after):
            return match.group()
    return phrase if not re.search("[A-Za-z]", phrase) else ""
