"""Pure: whose words a statement is, as somebody may ask for them: "Blinken", "Serguéi Lavrov", "the State Department".

What a speaker is found by (`speaker_keys`) is loose on purpose: one spelling-blind word in common. `speaks` then decides, and
is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile

from index.quotes.extraction import UNCLEAR, Statement
from index.quotes.people import RUN
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.person_names import FAMILY_FIRST, PARTICLES, parts, same_person, skeleton

ASKED_IN = "en"  # whose titles may stand before a name that is asked for, beside those of the statement's language

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def is_pronoun(name: str, lang: str) -> bool:
    """Whether a speaker as written is "he" or "she"."""
    language = Lexicon(lang)
    return name.lower() in language.he or name.lower() in language.she


def speaker_keys(name: str, lang: str) -> frozenset[str]:
    """What a speaker is stored and looked up by: the spelling-blind form of each word of a name, of the words otherwise.

    >>> sorted(speaker_keys("Foreign Minister Serguéi Lavrov", "en")), sorted(speaker_keys("the parties", "en"))
    (['lavrov', 'sergei'], ['parties'])
    """
    return frozenset(key for word in _words(name, lang) for part in (word, *word.split("-")) if (key := skeleton(part)))


def asked_keys(name: str) -> frozenset[str]:
    """What somebody who is asked about is looked up by: without the given name, which too many share."""
    words = _words(name, ASKED_IN)
    return frozenset(key for word in (words[1:] or words) if (key := skeleton(word)))


def speaks(asked: str, statement: Statement, *, surname: bool = False) -> bool:
    """Whether a statement is of the one who is asked about: "Blinken", "Serguéi Lavrov", "the State Department".

    A full name is the speaker's only where `same_person` has no doubt; with `surname` also where the article has no more than
    that (see `alone`). A surname may be that of several people: whoever asks so gets them all, each under the full name.
    Titles before the name that is asked for are seen in the statement's language and in English.
    """
    name, lang = statement.speaker_resolved or statement.speaker, statement.lang
    if statement.confidence < UNCLEAR or not name or is_pronoun(name, lang):
        return False
    wanted = [skeleton(word) for word in _words(asked, lang, ASKED_IN)]
    if not wanted:
        return False
    if not _personal(asked, lang, ASKED_IN):
        if _is_described(wanted, statement.role, lang):
            return True
        if _personal(name, lang) and not Lexicon(lang).voices.search(fold(f"{statement.speaker} {statement.role}")):
            return False
        beside = (name, statement.speaker, statement.role)  # "a spokesman for the coast guard"
        return set(wanted) <= {skeleton(word) for words in beside for word in _words(words, lang)}
    bare = _name_of(name, lang)
    have_words = [skeleton(word) for word in _words(bare, lang)] if bare else []
    if not have_words:
        return False
    if len(wanted) == 1:
        family = have_words[:1] if have_words[0] in FAMILY_FIRST else []
        return wanted[0] in (*family, have_words[-1], *have_words[1:])
    if same_person(asked, bare, lang, ASKED_IN) or have_words[-len(wanted) :] == wanted:  # "Army Capt. Ann Lee"
        return True
    return surname and len(have_words) == 1 and have_words[0] == wanted[-1]


def _is_described(wanted: Sequence[str], role: str, lang: str) -> bool:
    """Whether a role is what is asked for, or an office in it: "the minister" of "Norland's ports minister", "the company" of
    "the company's director", but not of "a lawyer for those whom the company dismissed" or of "the minister's wife"."""
    language = Lexicon(lang)
    small = language.inner_prepositions | language.prepositions | language.relatives | language.that
    words = [word.lower() for word in _WORD.findall(role)]
    head = list(takewhile(lambda word: word not in small, words))
    whose = [word.removesuffix("'s").removesuffix("’s") for word in head]
    if not set(wanted) <= {skeleton(word) for word in whose}:
        return False
    if skeleton(whose[-1]) in wanted:
        return True
    owners = [skeleton(bare) for bare, word in zip(whose, head, strict=True) if bare != word]
    of_a_body = any(skeleton(word) in wanted for word in language.bodies)
    return of_a_body and head[-1] in language.offices and bool(owners) and owners[-1] in wanted


def alone(asked: str, statements: Iterable[Statement]) -> bool:
    """Whether nobody else among the speakers has the surname of the one who is asked about: then it may stand for the name."""
    others = {(statement.speaker_resolved, statement.lang) for statement in statements if statement.speaker_resolved}
    surname = skeleton((_words(asked, ASKED_IN) or [""])[-1])
    shared = [(name, lang) for name, lang in others if len(words := _words(name, lang)) > 1 and skeleton(words[-1]) == surname]
    return all(same_person(asked, name, lang, ASKED_IN) is not False for name, lang in shared)


def _words(name: str, *langs: str) -> list[str]:
    """The words that tell whom a name means: those of the name, or all of a description."""
    named = [word for word in parts(name, *langs) if word not in PARTICLES]
    if named and _personal(name, *langs):
        return named
    bare = (word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(name))
    return [word for word in bare if not any(word in _small(lang) for lang in langs)]


def _personal(name: str, *langs: str) -> bool:
    """Whether the words are a name, with titles or without, and no description: "Secretary Blinken", not "the White House"."""
    words = _WORD.findall(name)
    languages = [Lexicon(lang) for lang in langs]
    proper = [
        word
        for word in words
        if word.lower() not in PARTICLES and not any(word.lower() in known.titles | known.offices for known in languages)
    ]
    article = bool(words) and any(words[0].lower() in _small(lang) for lang in langs)
    body = any(word.lower() in known.bodies | known.campaigns for word in words for known in languages)
    return bool(proper) and not body and all(not word[0].islower() for word in proper) and not (article and len(proper) < 2)


@cache
def _small(lang: str) -> frozenset[str]:
    """Words of a description that tell nothing of whom it means."""
    language = Lexicon(lang)
    return language.definite_articles | language.indefinite_articles | language.possessives | language.small_joins


def _name_of(phrase: str, lang: str) -> str:
    """The name at the head of a speaker as written: none in "Clinton campaign", where the name only tells whose."""
    language = Lexicon(lang)
    small = language.and_words | language.relatives | language.that | language.prepositions | language.reflexives
    for match in RUN.finditer(phrase):
        words = [word for word in parts(match.group(), lang) if word not in PARTICLES]
        after = phrase[match.end() : match.end() + 24]
        if words and not re.match(r"['’]s\b|\. [A-ZÁÉÍÓÚÑ]| [^\W\d_A-ZÁÉÍÓÚÑ]+", after):
            return match.group()
        following = re.match(r" (\w+)", after)
        if words and following is not None and following[1] in small:
            return match.group()
    return phrase if not re.search("[A-Za-z]", phrase) else ""
