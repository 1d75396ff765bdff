"""Pure: what the numbers of a sentence count, and whether two of them contradict each other.

"Seventeen sailors were on board" + "Fourteen sailors were on board" -> two figures of one unit that cannot both be right
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.verification import vocabulary
from index.quotes import Statement, statements
from index.records import Period
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, names_in
from index.text.numbers import numeral_spans

FACTOR = 10  # figures further apart than this count different things
SEVERAL = 3
FACTOR_OF_FATES = 100  # the same for the dead, the hurt and the missing of one event: who lies about them exaggerates


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    low: float
    high: float
    unit: str  # a kind of `vocabulary.py`, or the stem of the noun
    near: frozenset[str]  # stems of the words around it
    names: frozenset[str]  # around it, who says it left aside
    group: str = ""  # who they are, where the unit says what became of them: "miners", of the dead
    ahead: bool = False  # a number of something in the future
    purpose: frozenset[str] = frozenset()  # stems of what it is for: "40 million dollars for schools"
    words: str = ""  # as its text has it: "Seventeen"


_SCALES = frozenset((100.0, 1000.0, 1e6, 1e9))


@lru_cache(maxsize=2_000)
def figures(text: str, lang: str) -> tuple[Figure, ...]:
    """The counts and measures of a sentence; no dates, times, ranks, parts or rates.

    >>> [(f.low, f.unit) for f in figures("Seventeen sailors were on board, not fourteen.", "en")]
    [(17.0, 'crew')]
    """
    spans = numeral_spans(text, lang)
    if not spans:
        return ()
    lexicon = Lexicon(lang)
    dated = [(m.start, m.end) for m in mentions(text, Period(0, 1), lang)]
    figures_read, last = [], -99
    for start, end, values in spans:
        between, last = Folded(text[last:start]).text.strip() if last >= 0 else "", end
        if between and lexicon.part_of.fullmatch(between):  # four of six
            continue
        before, after = Folded(text[max(0, start - 24) : start]).text, Folded(text[end : end + 60]).text
        if any(a < end and start < b for a, b in dated) or _is_part(before, after, lexicon):
            continue
        if lexicon.ordinal.fullmatch(Folded(text[start:end]).text) or re.fullmatch(r"(?:1[89]|20)\d\d", text[start:end]):
            continue
        if not re.search(r"\d", text[start:end]) and values & _SCALES:  # "millions of people"
            continue
        counted, group = _unit(text, start, end, lang)
        if not counted or _names_a_model(text, start, end, lang):
            continue
        value = max(values, key=lambda v: (v % 1 == 0 or "," in text[start:end], v))  # "40.000" are thousands
        if value <= 2:  # "one of", "two or three": words more than counts
            continue
        low, high = value, value
        if _ends_with(lexicon.at_least, before):
            high = value * 2
        elif _ends_with(lexicon.at_most, before):
            low = value / 2
        elif _ends_with(lexicon.about, before):
            low, high = value * 0.85, value * 1.15
        around = _clause(text, start, end)
        held = frozenset(n for n in names_in(text[slice(*around)], lang) if n not in attributed(text, lang))
        nouns = lexicon.capital_nouns  # there a name is as likely a noun, and says what is counted
        beside = " ".join(
            w
            for w in WORD.findall(text[around[0] : start] + " " + text[end : around[1]])
            if (nouns or w not in held) and not vocabulary.unit(w, lang)
        )
        near = frozenset(s for s in content_stems(beside, lang) if not s[0].isdigit())
        figures_read.append(
            Figure(
                low, high, counted, near, held, group=group, purpose=_purpose(text[end : around[1]], lang),
                ahead=vocabulary.ahead(text[max(around[0], start - 45) : start], lang), words=text[start:end],
            )
        )  # fmt: skip
    return tuple(figures_read)


def _names_a_model(text: str, start: int, end: int, lang: str) -> bool:
    """Whether a number is part of a name: "a Boeing 707 freighter", "flight MH 17", but not "In Paris 12 people"."""
    named = re.search(r"\w+[ -][A-Z][\w-]+[ -]$", text[max(0, start - 40) : start])
    counts = vocabulary.unit_at(text[end:], lang)
    return bool(named and text[start:end].isdigit() and not counts and not Lexicon(lang).capital_nouns)


def _is_part(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a number between two folded stretches is a part, an addition, a rank or a rate: another quantity."""
    behind = after.lstrip()
    return bool(
        re.search(r"[-–]\s*$", before)
        or _ends_with(lexicon.part_before, before)
        or re.match(r"[:–-]", behind)
        or lexicon.part_after.match(behind)
        or lexicon.rate.match(behind)
    )


def _ends_with(pattern: re.Pattern[str], before: str) -> bool:
    """Whether a stretch of text ends with words of a pattern."""
    stretch = before.rstrip()
    return any(match.end() == len(stretch) for match in pattern.finditer(stretch))


def _purpose(after: str, lang: str) -> frozenset[str]:
    """Stems of what a sum is for: "40 million dollars for schools"."""
    stretch = Folded(re.split(r"[.;]", after)[0]).text
    match = Lexicon(lang).purpose.search(stretch)
    words = re.match(r"\s+((?:\w+\s+){0,2}\w{3,})", stretch[match.end() :]) if match and match.start() <= 31 else None
    return content_stems(words[1], lang) if words else frozenset()


_STOPS = re.compile(r"[.,;:()“”«»\"]")


def _unit(text: str, start: int, end: int, lang: str) -> tuple[str, str]:
    """What the number before `end` counts, and of whom: what became of them if the text says so, a word of the tables within
    reach, else the stem of the next noun; "" if unclear."""
    reach = _STOPS.split(text[end : end + 40])[0]
    fate = vocabulary.fate(_STOPS.split(text[max(0, start - 25) : start])[-1], _STOPS.split(text[end : end + 60])[0], lang)
    if not fate and Lexicon(lang).capital_nouns:  # "nahm die Polizei am Samstag 90 Demonstranten fest"
        fate = vocabulary.fate(text[slice(*_clause(text, start, end))], "", lang)
    word = re.match(r"\s+([^\W\d_]{3,})", reach)
    stem = next(iter(content_stems(word[1], lang) if word else ()), "")
    known = vocabulary.unit(reach, lang)
    if known:
        name, at, last = known
        if name in vocabulary.MEASURES:
            behind = Folded(text[end + last :]).text.lstrip()
            of = Lexicon(lang).counted_of.match(behind)
            thing = re.match(r"\s*(\w+)", behind[of.end() :]) if of else None
            return f"{name} of {thing[1]}" if thing else name, ""
        if name == "protesters":  # "20,000 protesters marched", "7,000 protesters"
            return fate or "protesting", name
        if name in vocabulary.FATES:  # "31 traders died", "12 dead"
            return name, stem if stem and at > 1 else ""
        return (fate, name) if fate and name not in vocabulary.THINGS else (name, "")
    if not stem and fate and _told_of(text[:start], lang):  # "killed eleven, among them a child"
        return fate, ""
    return (fate, stem) if fate and stem else (stem, "")


def _told_of(before: str, lang: str) -> bool:
    """Whether a word that tells what becomes of people stands right before a number, or before "at least" and the like."""
    lexicon, flat = Lexicon(lang), Folded(before[-40:]).text.rstrip()
    for pattern in (lexicon.at_least, lexicon.at_most, lexicon.about):
        flat = next((flat[: m.start()].rstrip() for m in pattern.finditer(flat) if m.end() == len(flat)), flat)
    return any(m.end() == len(flat) and m.lastgroup in vocabulary.FATES for m in lexicon.counted.finditer(flat))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around a number up to the next stop on either side, 80 characters at most."""
    left = max([m.end() for m in re.finditer(r"[;:–—]|\. ", text[:start])] + [start - 80, 0])
    stop = re.search(r"[;:–—]|\. ", text[end:])
    return left, min(end + (stop.start() if stop else 80), end + 80, len(text))


@lru_cache(maxsize=2_000)
def attributed(text: str, lang: str) -> frozenset[str]:
    """The words of those who say what a sentence reports."""
    statements_in = said_in(text, lang)
    return frozenset(
        word
        for statement in statements_in
        for word in re.findall(r"[^\W_]+", f"{statement.speaker} {statement.speaker_resolved} {statement.role}")
    )


@lru_cache(maxsize=2_000)
def said_in(text: str, lang: str) -> tuple[Statement, ...]:
    return tuple(statements(text, lang=lang))


def agree(a: Figure, b: Figure) -> bool:
    if a.low <= b.high and b.low <= a.high:
        return True
    small, large = sorted((a.low, b.low))
    for digits in (1, 2, 3):  # 1,164 rounded is 1,200
        scale = 10 ** max(0, len(str(int(large))) - digits)
        if round(small / scale) == round(large / scale) and (small % scale == 0 or large % scale == 0):
            return True
    return False


def clash(a: Figure, b: Figure, *, same_lang: bool = True, one_event: bool = False) -> bool:
    """Whether two figures count the same and cannot both be right. Across languages words around them cannot be compared.

    `one_event`: both are of a fire, say, so that fewer words have to agree.
    """
    several = min(a.low, b.low) >= SEVERAL  # "one died in hospital" is no count of all
    factor = FACTOR_OF_FATES if a.unit in vocabulary.FATES and several else FACTOR
    if a.unit != b.unit or agree(a, b) or not 1 / factor <= (a.low or 0.1) / (b.low or 0.1) <= factor:
        return False
    if a.ahead != b.ahead or not _same_group(a.group, b.group, same_lang=same_lang):
        return False
    if same_lang and a.purpose and b.purpose and not a.purpose & b.purpose:
        return False
    return not same_lang or len(a.near & b.near) >= _needed(a.unit) - (
        one_event and a.unit in vocabulary.COUNTED | vocabulary.FATES
    )


def _same_group(word: str, other: str, *, same_lang: bool) -> bool:
    """Whether those counted may be the same people: "people" are anybody, miners are no tourists."""
    if not word or not other or "people" in (word, other) or word == other:
        return True
    return not same_lang and not (word in vocabulary.COUNTED and other in vocabulary.COUNTED)


def _needed(unit: str) -> int:
    """How many words two figures have to share around them: miles of what? The dead of one event need one or none."""
    if unit in vocabulary.DURATIONS or unit == "percent":
        return 4
    if unit in vocabulary.FATES:
        return 1
    return 2 if unit == "people" or unit not in vocabulary.COUNTED else 1
