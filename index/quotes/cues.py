"""Words that announce speech: what a language's table holds (`english.py`, `romance.py`, `others.py`) and how it is written.

Frames, one letter each, in the order they are tried:
    c  a clause, with or without "that", or the speaker's own words        said (that) …, said: “…”
    t  the same after the person addressed                                 told reporters that …
    d  the speaker's own words only, or a clause after "that"              shouted: “…”
    v  an infinitive                                                       promised to …, refused to …
    o  a noun phrase: what was praised, demanded, denied                   criticised the meeting
    n  a name given to somebody, in quotation marks                        called him a “…”
    p  a noun phrase after a preposition                                   warned of …, called for …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb form that announces speech."""

    lemma: str
    sense: str  # asserts | denies | asks | promises | …
    frames: str  # letters, see above
    shape: str = "finite"  # finite | ing | part | base (infinitive, or a form that is also a noun)


@dataclass(frozen=True)
class Language:
    """The words of one language that the walk through a sentence needs. All lower case."""

    cues: dict[str, Cue]
    that: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    perfect: frozenset[str] = frozenset()  # auxiliaries one of which must stand before a participle
    clitics: frozenset[str] = frozenset()  # unstressed pronouns right before a verb, that are no subject
    adverbs: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()  # with which a subject behind its verb may begin
    prepositions: frozenset[str] = frozenset()
    adjuncts: frozenset[str] = frozenset()  # prepositions that may stand between a verb and the subject behind it
    inside: frozenset[str] = frozenset()  # prepositions that may stay inside a speaker's description: "of", "de"
    breaks: frozenset[str] = frozenset()  # conjunctions and relatives that end a clause
    conjunctions: frozenset[str] = frozenset()  # and, but: may join two speakers or two verbs
    pronouns: frozenset[str] = frozenset()  # personal pronouns that may be a subject
    relatives: frozenset[str] = frozenset()
    according: tuple[tuple[str, ...], ...] = ()  # "according to"
    viewpoint: tuple[str, ...] = ()  # "for X, it is clear: “…”", at the head of a sentence with a quotation
    own_view: tuple[tuple[str, ...], ...] = ()  # "in his view": whose, the sentences before tell
    speech: frozenset[str] = frozenset()  # nouns whose "of" names a speaker: "the answer of X was: “…”"
    when: frozenset[str] = frozenset()  # weekdays, months, "yesterday"
    subjunctive: frozenset[str] = frozenset()  # verbs that show reported speech without "that": German "er habe", "sie sei"
    doubtful: frozenset[str] = frozenset()  # verbs that announce nothing before one of `doubtful_before`: "contar con"
    doubtful_before: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()  # forms that are nouns behind a preposition: "de cuenta"
    verb_endings: tuple[str, ...] = ()  # by which a verb is told where a table of verbs has it not
    preterites: tuple[str, ...] = ()  # by which a verb right behind a quotation is known for one of speech
    pieces: re.Pattern[str] | None = None  # parts of a word that are tokens: l'|hôpital, a|-t-il
    indirect: bool = False  # whether speech without quotation marks is looked for
    inverts: bool = False  # a subject may stand behind its verb anywhere, and what is reported begins with "that"
    elides_subject: bool = False  # "dijo" alone is a sentence
    capital_nouns: bool = False  # German: every noun is written like a name
    no_articles: bool = False  # Russian: a description may begin with any noun
    mends_spaces: bool = False  # names that a lost space has glued to the next word are cut

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words that a capital at the head of a sentence does not make a part of a name: "Tras", "Comentó Paz"."""
        small = (
            self.determiners | self.prepositions | self.breaks | self.conjunctions | self.pronouns | self.when | self.adverbs
        )
        verbs = [form for form, cue in self.cues.items() if cue.shape == "finite"] if self.elides_subject else ()
        return small | frozenset(verbs) - {"lee"}

    @cached_property
    def phrases(self) -> dict[str, list[tuple[str, ...]]]:
        """`according` and `own_view` by their first words, in their order."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in (*self.own_view, *self.according):
            found.setdefault(phrase[0], []).append(phrase)
        return found


def words(of: str) -> frozenset[str]:
    """A set from words between spaces."""
    return frozenset(of.split())


def table(text: str, forms: Callable[[str], Iterable[tuple[str, str]]]) -> dict[str, Cue]:
    """The cues of a list of lemmas, a line "sense frames: lemma lemma …" each. `forms`: (form, shape) of a lemma.

    A form that two groups share keeps the first sense and gains the second's frames.
    """
    cues: dict[str, Cue] = {}
    for sense, frames, lemmas in _groups(text):
        for lemma in lemmas:
            name = lemma.partition("-")[0]
            for form, shape in forms(lemma):
                old = cues.get(form)
                if old is None:
                    cues[form] = Cue(name, sense, frames, shape)
                elif old.lemma == name:
                    more = "".join(letter for letter in frames if letter not in old.frames)
                    cues[form] = Cue(old.lemma, old.sense, old.frames + more, old.shape)
    return cues


def _groups(text: str) -> list[tuple[str, str, list[str]]]:
    groups: list[tuple[str, str, list[str]]] = []
    for line in text.strip().splitlines():
        if ":" in line:
            head, _, lemmas = line.partition(":")
            sense, frames = head.split()
            groups.append((sense, frames, lemmas.split()))
        else:
            groups[-1][2].extend(line.split())
    return groups
