"""Pure: words of news that mean one thing in several languages: what is counted, and what is planned and then happens.

Small general tables, a kind by the same name in each language (`index/text/data`), for comparing reports across languages
(`disagreements.py`) and a sentence with its source. What they lack is missed, not mistaken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.text.fold import Folded
from index.text.lexicon import Lexicon

# Kinds of `counted` that are what became of people, and those that are nobody.
BECAME = frozenset(("dead", "injured", "missing", "arrested"))
THINGS = frozenset(
    "jobs ships containers houses missiles drones votes doses tanks aircraft vehicles flights schools hospitals villages "
    "countries trees households".split()
)
PEOPLE = frozenset(
    "crew soldiers people protesters passengers refugees civilians children women police journalists students miners workers "
    "tourists migrants hostages fighters firefighters families delegates".split()
)
COUNTED = BECAME | THINGS | PEOPLE
DOING = frozenset("evacuated homeless rescued trapped infected released protesting living employed voting".split())
FATES = BECAME | DOING  # "12 people died" counts the dead
DURATIONS = frozenset(("hours", "minutes", "days", "weeks", "months", "years"))
MONEY = frozenset(("dollars", "euros", "pounds", "crowns", "roubles", "yuan"))
MEASURES = (
    DURATIONS
    | MONEY
    | frozenset(
        "tonnes miles kilometres metres hectares inches kilograms degrees percent litres gallons barrels feet yards acres "
        "grams".split()
    )
)
# Kinds of `outcomes`, each with its opposite.
OPPOSITES = {
    "convicted": "acquitted", "confessed": "denied", "died": "survived", "arrested": "freed", "left": "stayed",
    "held": "called_off", "accepted": "refused", "won": "lost", "found": "missing", "real": "fake", "opened": "closed",
    "allowed": "banned", "rose": "fell", "succeeded": "failed", "hurt": "unhurt",
}  # fmt: skip
OPPOSITES |= {other: kind for kind, other in OPPOSITES.items()}
AHEAD = 100  # characters between "will" and its verb, which German puts at the end


def unit(text: str, lang: str) -> tuple[str, int, int] | None:
    """(what the first such word of a text counts, where the word begins, where it ends).

    >>> unit("tripulantes a bordo", "es")
    ('crew', 0, 11)
    """
    folded, lexicon = Folded(text), Lexicon(lang)
    matches = [match for table in (lexicon.counted, lexicon.measures) if (match := table.search(folded.text))]
    if not matches:
        return None
    first = min(matches, key=lambda match: match.start())
    return str(first.lastgroup), *folded.span(first)


def unit_at(text: str, lang: str) -> str:
    """The unit that a text begins with; "" if it begins with none."""
    first = unit(text[:24], lang)
    return first[0] if first and not re.search(r"\w", text[: first[1]]) else ""


def fate(before: str, after: str, lang: str) -> str:
    """What becomes of those whose number stands between two stretches of text: the nearest word that tells; "" if none does.

    >>> fate("The quake killed ", " people and injured 40", "en")
    'dead'
    """
    left, right = Folded(before).text, Folded(after).text
    near = [(len(left) - match.end(), kind) for kind, match in _fates(left, lang)]
    near += [(match.start(), kind) for kind, match in _fates(right, lang)]
    return min(near, default=(0, ""))[1]


def _fates(flat: str, lang: str) -> list[tuple[str, re.Match[str]]]:
    tables = Lexicon(lang).counted, Lexicon(lang).fates
    matches = [(str(match.lastgroup), match) for table in tables for match in table.finditer(flat)]
    return [(kind, match) for kind, match in matches if kind in FATES]


@lru_cache(maxsize=5_000)
def fates(text: str, lang: str) -> frozenset[str]:
    """What a text says people do or suffer."""
    return frozenset(kind for kind, _ in _fates(Folded(text).text, lang))


@lru_cache(maxsize=5_000)
def causes(text: str, lang: str) -> frozenset[str]:
    """What a text says befell.

    >>> sorted(causes("Das Hochwasser nach dem Unwetter", "de"))
    ['flood', 'storm']
    """
    return frozenset(str(match.lastgroup) for match in Lexicon(lang).causes.finditer(Folded(text).text))


@lru_cache(maxsize=5_000)
def deeds(text: str, lang: str) -> frozenset[str]:
    """What a text says is done, of the things that are done in numbers.

    >>> sorted(deeds("Vantor streicht Stellen", "de"))
    ['cut']
    """
    return frozenset(str(match.lastgroup) for match in Lexicon(lang).deeds.finditer(Folded(text).text))


@lru_cache(maxsize=5_000)
def outcomes(text: str, lang: str) -> frozenset[str]:
    """What acts come to in a text.

    >>> sorted(outcomes("La jueza lo absolvió.", "es"))
    ['acquitted']
    """
    return frozenset(str(match.lastgroup) for match in Lexicon(lang).outcomes.finditer(Folded(text).text))


@lru_cache(maxsize=5_000)
def says_no(text: str, lang: str) -> bool:
    """Whether a text denies something.

    >>> says_no("They didn’t go.", "en"), says_no("They refused to go.", "en")
    (True, False)
    """
    return bool(Lexicon(lang).negation.search(Folded(text).text))


# What is planned, and what has happened --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Happening:
    """A word for something that happens."""

    kind: str  # "visit", "release", …
    start: int  # code points of the text
    end: int


def ahead(text: str, lang: str) -> bool:
    """Whether a stretch of text speaks of the future."""
    lexicon = Lexicon(lang)
    return bool(lexicon.planned.search(Folded(text).text) or lexicon.planned_endings.search(text))


@lru_cache(maxsize=5_000)
def planned(text: str, lang: str) -> tuple[Happening, ...]:
    """What a sentence says will, may or is to happen; nothing where it also denies something or says that it happened."""
    folded, lexicon = Folded(text), Lexicon(lang)
    if _denies(folded.text, lexicon):
        return ()
    done = {match.lastgroup for match in lexicon.happened.finditer(folded.text)}
    marks = [end for _, end in folded.finditer(lexicon.planned)] + [m.end() for m in lexicon.planned_endings.finditer(text)]
    matches = [(str(m.lastgroup), *folded.span(m)) for m in lexicon.happenings.finditer(folded.text) if m.lastgroup not in done]
    return tuple(
        Happening(kind, start, end)
        for kind, start, end in matches
        if any(mark - (end - start) <= start <= mark + AHEAD for mark in marks)
    )


@lru_cache(maxsize=5_000)
def happened(text: str, lang: str) -> tuple[Happening, ...]:
    """What a sentence says has happened; nothing where it also denies something.

    >>> [h.kind for h in happened("Lavrov llegó este miércoles a Pionyang", "es")]
    ['visit']
    """
    folded, lexicon = Folded(text), Lexicon(lang)
    if _denies(folded.text, lexicon):
        return ()
    first: dict[str, Happening] = {}
    for match in lexicon.happened.finditer(folded.text):
        kind = str(match.lastgroup)
        first.setdefault(kind, Happening(kind, *folded.span(match)))
    return tuple(first.values())


def _denies(flat: str, lexicon: Lexicon) -> bool:
    return any(table.search(flat) for table in (lexicon.negation, lexicon.denial, lexicon.refusal))
