"""Pure: whose words a stretch of an article is, and whether somebody named elsewhere is that one.

What the article says is read by `index.quotes`; names are compared across spellings, languages and alphabets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.verification import caseless_names as caseless
from bot.verification.evidence import SURE, CitedPassage, Span, said_in
from index.quotes import Statement, is_pronoun, quotes, same_person
from index.quotes.job_titles import is_office, role_words
from index.quotes.people import People, people
from index.text.lexicon import Lexicon
from index.text.names import WORD, holds_name, names_in
from index.text.person_names import FAMILY_FIRST, GENERATIONS, PARTICLES, parts

_GLUED = re.compile(r"\b[a-zà-ÿ]{1,4}['’](?=[A-ZÀ-Þ])")  # l’Agence, dell’Agenzia


def said_by(told: Sequence[Statement], start: int, end: int, source: CitedPassage, span: Span) -> str:
    """Who says a quotation in its article, named beside the words, where a text gives it to another; "" where it does not.

    Whom "he" means is read wrongly too often.

    `told`: who says what in the text; start and end: of the quotation in it; `span`: of its words in the article.
    """
    mine = [s for s in told if s.start <= start and end <= s.end and s.confidence >= SURE and is_by_name(s)]
    said = [s for s in said_in(source.text, source.passage.lang) if s.confidence >= SURE and _says_its_name(s)]
    theirs = [s for s in said if s.start <= span[0] and span[1] <= s.end]
    if theirs and mine and caseless.is_caseless(caseless.called(theirs[0])):
        return caseless.called(theirs[0]) if all(caseless.is_another(caseless.called(s), theirs[0], said) for s in mine) else ""
    mine = [one for one in mine if _is_one_person(one, source)]
    if not mine or not theirs or any(map(_is_office, theirs)):
        return ""
    return "" if any(_may_be(one, other) for one in mine for other in theirs) else caseless.called(theirs[0])


def is_given_to(names: Iterable[str], source: CitedPassage, span: Span) -> bool:
    """Whether an article plainly gives the words of a span to somebody, by one of the names.

    That one's own words, named where they are said (whom "he" means is read wrongly too often), no other's inside them, nor as
    somebody else tells it.
    """
    all_heard = heard(source, span)
    marks = [quote for quote in quotes(source.text) if quote.start <= span[0] and span[1] <= quote.end]
    begun, ended = (any(s.start <= at < s.end for s in all_heard) for at in (span[0], span[1] - 1))
    if not (begun and ended) or any(quote.depth for quote in marks):
        return False
    if not all(s.confidence >= SURE and not s.chain and (marks or s.kind == "direct") and _says_its_name(s) for s in all_heard):
        return False
    known = people(source.text, Lexicon(source.passage.lang))
    return any(all(_is_named(name, s, known) for s in all_heard) for name in names)


def is_by_name(statement: Statement) -> bool:
    """Whether a speaker has a name; in a script without capitals, whether it is no pronoun."""
    name = statement.speaker_resolved or statement.speaker
    return not is_pronoun(name, statement.lang) if caseless_words(name) else not is_unnamed(statement)


def _says_its_name(statement: Statement) -> bool:
    """Whether a speaker is written there by a surname, and not as "he", as a role, by a given name, or not at all."""
    if caseless.is_caseless(caseless.called(statement)):
        return caseless.says_its_name(statement) and is_by_name(statement)
    first, *others = parts(statement.speaker_resolved or statement.speaker, statement.lang) or ("",)
    surnames = others if others and first not in FAMILY_FIRST else [first, *others]
    written = set(surnames).intersection(parts(statement.speaker, statement.lang))
    return statement.speaker_start is not None and bool(written) and is_by_name(statement)


def _is_named(name: str, statement: Statement, known: People) -> bool:
    """Whether a name means a speaker, among all that an article knows: in full, letter for letter, or as the one Lind there."""
    if caseless.is_caseless(name):
        return caseless.means(name, statement)
    speaker = statement.speaker_resolved or statement.speaker
    lang = known.language.lang
    mine, theirs = parts(name, lang), parts(speaker, lang)
    if GENERATIONS.intersection(mine) != GENERATIONS.intersection(theirs):
        return False
    if mine == theirs or same_person(name, speaker, lang):
        return True
    one = known.find(_without_office(name, known.language), given=False)
    return one is not None and one is known.find(speaker, given=False)


def _without_office(name: str, language: Lexicon) -> str:
    """A name without what somebody is before it: "Union secretary Nwosu", "El consejero Palomar"; not "the wife of Palomar"."""
    words = name.split()
    told = [
        n for n, word in enumerate(words) if (word[0].islower() and word not in PARTICLES) or is_office(word.lower(), language)
    ]
    last = max(told, default=-1)
    bare = words[last + 1 :]
    of = PARTICLES | language.inner_prepositions | language.prepositions
    return " ".join(bare) if bare and not of.intersection((bare[0].lower(), words[last].lower())) else name


def _is_office(statement: Statement) -> bool:
    """Whether a speaker is described and not named: "the Wooster professor" may be anybody."""
    language, name = Lexicon(statement.lang), statement.speaker_resolved or statement.speaker
    return name.split()[0].lower() in language.determiners and bool(role_words(name, language))


def _is_one_person(statement: Statement, source: CitedPassage) -> bool:
    """Whether a speaker is somebody and no house: "Ford" alone is one only where the article has a person of that name."""
    if len(names_of(statement)) > 1:
        return True
    known = people(source.text, Lexicon(source.passage.lang)).find(statement.speaker_resolved or statement.speaker)
    return known is not None and (known.human or known.called)


def caseless_words(text: str) -> list[str]:
    """The words of a text in a script without capitals."""
    return [m.group() for m in WORD.finditer(text) if m.group()[0].isalpha() and m.group().upper() == m.group().lower()]


def named_in(text: str, lang: str) -> tuple[str, ...]:
    """The names in words that do not begin a sentence, also behind an article that is written in one with them."""
    return names_in("x " + _GLUED.sub("", text), lang)


def heard(source: CitedPassage, span: Span) -> list[Statement]:
    """Who says the words of a span in their article."""
    return [s for s in said_in(source.text, source.passage.lang) if s.start < span[1] and span[0] < s.end]


def is_unnamed(statement: Statement) -> bool:
    """Whether a speaker has no name in the sentence itself: then there is nobody to be wrong about."""
    return not named_in(statement.speaker_resolved or statement.speaker, statement.lang)


def names_of(statement: Statement) -> tuple[str, ...]:
    """The words of a speaker that are names; in a script without capitals all of them."""
    return tuple(caseless_words(caseless.called(statement))) or named_in(caseless.called(statement), statement.lang)


def _may_be(mine: Statement, theirs: Statement) -> bool:
    """Whether two speakers can be one: some name of the one is the other's."""
    there = described(theirs)
    if any(same_person(caseless.called(mine), name) for name in (theirs.speaker_resolved, theirs.speaker) if name):
        return True
    names = names_of(mine)
    if caseless_words(there) and any(map(caseless_words, names)):
        return all(name in there for name in names)
    return any(holds_name(name, there, same_lang=mine.lang == theirs.lang) for name in names)


def described(statement: Statement) -> str:
    """All that an article calls a speaker beside what is said."""
    return f"{statement.speaker} {statement.speaker_resolved} {statement.role} {' '.join(statement.chain)}"
