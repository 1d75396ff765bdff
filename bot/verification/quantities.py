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
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, names_in
from index.text.numbers import numeral_spans

FACTOR = 10  # figures further apart than this count different things


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    low: float
    high: float
    unit: str  # a key of the tables in `vocabulary.py`, or the stem of the noun
    near: frozenset[str]  # stems of the words around it
    names: frozenset[str]  # around it, who says it left aside
    group: str = ""  # who they are, where the unit says what became of them: "miners", of the dead
    ahead: bool = False  # it is a number of what is to come
    purpose: frozenset[str] = frozenset()  # stems of what it is for: "40 million dollars for schools"


_MORE = re.compile(
    r"(?:more than|over|at least|mas de|al menos|por lo menos|plus de|au moins|mehr als|uber|mindestens|pelo menos|"
    r"acima de)\s*$"
)
_LESS = re.compile(
    r"(?:less than|fewer than|under|up to|at most|nearly|almost|menos de|hasta|casi|moins de|jusqu'a|pres de|"
    r"weniger als|bis zu|fast|knapp|ate|quase)\s*$"
)
_ABOUT = re.compile(
    r"(?:about|around|some|roughly|approximately|unos|unas|alrededor de|cerca de|aproximadamente|environ|quelque|"
    r"quelques|autour de|etwa|rund|ungefahr|cerca de|"
    r"aproximadamente)\s*$"
)
_PART = re.compile(  # a part, an addition, a rank, a rate: another quantity
    r"(?<!\w)(?:another|further|additional|other|otr[oa]s|autres|weitere|outr[oa]s|first|last|next|each|every|cada|chaque|"
    r"jede\w*|no\.?|not|nicht|pas|no|nao|"
    r"instead of|statt|to|than|from|between|and|to|entre|zwischen|entre|from|by|um|por)\s*$|[-–]\s*$"
)
_PART_AFTER = re.compile(
    r"^\s*(?:of\b|sur\b|von\b|de (?:\d|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|deux|trois|quatre|cinq|"
    r"six|sept|huit|dix|ell[oa]s|los|las)|d'entre|davon|des|del[ea]s|more|mas|de plus|others|otr[oa]s|per\b|a (?:day|"
    r"week|month|year)|"
    r"veces\b|times\b|fois\b|mal\b|vezes\b|al (?:dia|mes|ano)|"
    r"par\b|pro\b|por (?:dia|ano|mes)|a\.?m|p\.?m|o'clock|uhr|st\b|nd\b|rd\b|th\b|:|-)"
)  # fmt: skip
_SCALES = frozenset((100.0, 1000.0, 1e6, 1e9))
_RATE = re.compile(r"^\s*[^\W\d]+ (?:per|por|pro|par|por cada|je|auf) (?:\d|cada|cien|mil\b)")  # 250 cases per 100,000
_ORDINAL = re.compile(
    r"(?:first|second|third|\w+th|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|\w+ieme|premiere?|"
    r"seconde?|erste\w*|zweite\w*|dritte\w*|\w+te[nr]?|terceir[oa]|quart[oa])"
)


@lru_cache(maxsize=2_000)
def figures(text: str, lang: str) -> tuple[Figure, ...]:
    """The counts and measures of a sentence; no dates, times, ranks, parts or rates.

    >>> [(f.low, f.unit) for f in figures("Seventeen sailors were on board, not fourteen.", "en")]
    [(17.0, 'crew')]
    """
    spans = numeral_spans(text, lang)
    if not spans:
        return ()
    flat = vocabulary.folded(text)
    dated = [(m.start, m.end) for m in mentions(text, Period(0, 1), lang)]
    found, last = [], -99
    for start, end, values in spans:
        rest_of, last = flat[last:start].strip() in ("of", "out of", "de", "von", "sur") if last >= 0 else False, end
        if rest_of:  # four of six
            continue
        before, after = flat[max(0, start - 24) : start], flat[end : end + 60]
        if any(a < end and start < b for a, b in dated) or _PART.search(before) or _PART_AFTER.match(after):
            continue
        if _ORDINAL.fullmatch(flat[start:end]) or re.fullmatch(r"(?:1[89]|20)\d\d", text[start:end]):
            continue
        if not re.search(r"\d", text[start:end]) and values & _SCALES:  # "millions of people"
            continue
        if _RATE.match(after):
            continue
        counted, group = _unit(text, start, end, lang)
        if not counted:
            continue
        value = min(values, key=lambda v: (v % 1 != 0, v)) if len(values) > 1 and "," not in text[start:end] else max(values)
        if value <= 2:  # "one of", "two or three": words more than counts
            continue
        low, high = value, value
        if _MORE.search(before):
            high = value * 2
        elif _LESS.search(before):
            low = value / 2
        elif _ABOUT.search(before):
            low, high = value * 0.85, value * 1.15
        around = _clause(text, start, end)
        held = frozenset(n for n in names_in(text[slice(*around)], lang) if n not in attributed(text, lang))
        nouns = Lexicon(lang).capital_nouns  # there a name is as likely a noun, and says what is counted
        beside = " ".join(
            w
            for w in WORD.findall(text[around[0] : start] + " " + text[end : around[1]])
            if (nouns or w not in held) and not vocabulary.unit(w)
        )
        near = frozenset(s for s in content_stems(beside, lang) if not s[0].isdigit())
        for_what = _PURPOSE.match(vocabulary.folded(text[end : around[1]]))
        found.append(
            Figure(
                low, high, counted, near, held, group=group, ahead=vocabulary.ahead(text[max(around[0], start - 45) : start]),
                purpose=content_stems(for_what[1], lang) if for_what else frozenset(),
            )
        )  # fmt: skip
    return tuple(found)


_PURPOSE = re.compile(r"[^.;]{0,30}?(?<!\w)(?:for|para|pour|fur)\s+((?:\w+\s+){0,2}\w{3,})")
_STOPS = re.compile(r"[.,;:()“”«»\"]")


def _unit(text: str, start: int, end: int, lang: str) -> tuple[str, str]:
    """What the number before `end` counts, and of whom: what became of them if the text says so, a word of the tables within
    reach, else the stem of the next noun; "" if unclear."""
    reach = _STOPS.split(text[end : end + 40])[0]
    fate = vocabulary.fate(_STOPS.split(text[max(0, start - 25) : start])[-1], _STOPS.split(text[end : end + 60])[0])
    if not fate and Lexicon(lang).capital_nouns:  # "nahm die Polizei am Samstag 90 Demonstranten fest"
        fate = vocabulary.fate(text[slice(*_clause(text, start, end))], "")
    word = re.match(r"\s+([^\W\d_]{3,})", reach)
    stem = next(iter(content_stems(word[1], lang) if word else ()), "")
    known = vocabulary.unit(reach)
    if known:
        name, at, last = known
        if name in vocabulary.MEASURES:
            thing = re.match(r"\s+(?:of|de|du|des|d'|von)\s+(\w+)", vocabulary.folded(text[end + last :]))
            return f"{name} of {thing[1]}" if thing else name, ""
        if name in vocabulary.FATES:  # "31 traders died", "12 dead"
            return name, stem if stem and at > 1 else ""
        return (fate, name) if fate and name not in vocabulary.THINGS else (name, "")
    return (fate, stem) if fate and stem else (stem, "")


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around a number up to the next stop on either side, 80 characters at most."""
    left = max([m.end() for m in re.finditer(r"[;:–—]|\. ", text[:start])] + [start - 80, 0])
    stop = re.search(r"[;:–—]|\. ", text[end:])
    return left, min(end + (stop.start() if stop else 80), end + 80, len(text))


@lru_cache(maxsize=2_000)
def attributed(text: str, lang: str) -> frozenset[str]:
    """The words of those who say what a sentence reports."""
    said = said_in(text, lang)
    return frozenset(
        word for one in said for word in re.findall(r"[^\W_]+", f"{one.speaker} {one.speaker_resolved} {one.role}")
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
    if a.unit != b.unit or agree(a, b) or not 1 / FACTOR <= (a.low or 0.1) / (b.low or 0.1) <= FACTOR:
        return False
    if a.ahead != b.ahead or not _same_group(a.group, b.group, same_lang=same_lang):
        return False
    if same_lang and a.purpose and b.purpose and not a.purpose & b.purpose:
        return False
    return not same_lang or len(a.near & b.near) >= _needed(a.unit) - (
        one_event and a.unit in vocabulary.COUNTED | vocabulary.FATES.keys()
    )


def _same_group(one: str, other: str, *, same_lang: bool) -> bool:
    """Whether those counted may be the same people: "people" are anybody, miners are no tourists."""
    if not one or not other or "people" in (one, other) or one == other:
        return True
    return not same_lang and not (one in vocabulary.COUNTED and other in vocabulary.COUNTED)


def _needed(unit: str) -> int:
    """How many words two figures have to share around them: miles of what? The dead of one event need one or none."""
    if unit in vocabulary.DURATIONS or unit == "per cent":
        return 4
    if unit in vocabulary.FATES:
        return 1
    return 2 if unit == "people" or unit not in vocabulary.COUNTED else 1
