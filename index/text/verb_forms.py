"""Pure: the forms of the verbs that announce speech, from a language's tables.

    "asserts c: decir afirmar"          the verbs, by sense and frames (`Lexicon.speech_verbs`)
    "ar: +a -ó -aba | -ado | -ando"     what the forms of an infinitive in -ar end in (`Lexicon.verb_endings`)
    "negar: nieg"                       a verb's other stem, which endings with "+" are put to (`Lexicon.verb_stems`)
    "decir: dice dijo | dicho"          the forms of an irregular verb; after "+" they join the regular ones (`irregular_verbs`)
    "c\\|(?=a) ç|"                       how a form is spelled where stem and ending meet (`Lexicon.verb_spelling`)

Columns, of endings and of forms: finite | participles | gerunds | infinitive | put behind a quotation without a verb ("so X").

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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

Sense = Literal[
    "", "asserts", "denies", "asks", "threatens", "warns", "promises", "refuses", "agrees", "urges", "accuses", "criticizes",
    "praises", "calls", "believes", "intends", "finds", "silent",
]  # fmt: skip
Shape = Literal["finite", "part", "ing", "base", "after"]  # base: an infinitive, or a form that is also a noun
SENSES: frozenset[str] = frozenset(get_args(Sense))
SHAPES: tuple[Shape, ...] = get_args(Shape)
FRAMES = frozenset("ctdvonp")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb form that announces speech."""

    lemma: str
    sense: Sense
    frames: str  # letters, see above
    shape: Shape = "finite"


@dataclass(frozen=True, slots=True)
class Inflection:
    """How a language's verbs make their forms."""

    endings: Mapping[str, str]
    stems: Mapping[str, str]
    irregular: Mapping[str, str]
    spelling: Sequence[tuple[re.Pattern[str], str]]
    prefixes: Sequence[str] = ()  # written before a form: Arabic "and"


def cues(groups: str, inflection: Inflection) -> dict[str, Cue]:
    """Form -> cue, of lines "sense frames: verb verb …"; a line without a colon goes on with the one before.

    A form that two verbs share is the first one's. A verb in two groups keeps the first sense and gains the second's frames.
    """
    table: dict[str, Cue] = {}
    for sense, frames, verbs in _groups(groups):
        for verb in verbs:
            for form, shape in forms(verb, inflection):
                old = table.get(form)
                if old is None:
                    table[form] = Cue(verb, sense, frames, shape)
                elif old.lemma == verb:
                    table[form] = replace(old, frames="".join(dict.fromkeys(old.frames + frames)))
    return table


def forms(verb: str, inflection: Inflection) -> Iterator[tuple[str, Shape]]:
    """(form, shape) of every form of a verb."""
    listed = inflection.irregular.get(verb)
    for form, shape in _columns(listed.removeprefix("+")) if listed is not None else ():
        yield from ((prefix + form, shape) for prefix in ("", *inflection.prefixes))
    if listed is not None and not listed.startswith("+"):
        return
    ending = max((ending for ending in inflection.endings if verb.endswith(ending)), key=len, default=None)
    if ending is None:
        return
    stem = verb[: len(verb) - len(ending)]
    other = inflection.stems.get(verb, stem)
    for mark, shape in _columns(inflection.endings[ending]):
        form = f"{other if mark[0] == '+' else stem}|{mark[1:]}"
        for pattern, spelled in inflection.spelling:
            form = pattern.sub(spelled, form)
        form = form.replace("|", "")
        yield from ((prefix + form, shape) for prefix in ("", *inflection.prefixes))


def _columns(text: str) -> Iterator[tuple[str, Shape]]:
    for column, shape in zip(text.split("|"), SHAPES, strict=False):
        yield from ((form, shape) for form in column.split())


def _groups(text: str) -> list[tuple[Sense, str, list[str]]]:
    groups: list[tuple[Sense, str, list[str]]] = []
    for line in text.strip().splitlines():
        head, colon, verbs = line.partition(":")
        if colon:
            sense, frames = head.split()
            if sense not in SENSES or not FRAMES.issuperset(frames):
                raise ValueError(f"no sense and frames of a verb: {head}")
            groups.append((cast(Sense, sense), frames, verbs.split()))
        else:
            groups[-1][2].extend(line.split())
    return groups
