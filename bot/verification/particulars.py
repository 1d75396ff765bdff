"""Pure: the particulars of a sentence that its source has to have: numbers and what they count, dates, names, places, links.

    "Arrieta paid 15 million in Vienna" + words in which Robledo pays 1.5 million in Berlin -> what is not there, piece by piece

Each function takes a Claim and returns the pieces that are not in its source. What a passage says with other words is no
stranger: a day it calls "Wednesday", a number it spells out, a government it calls Moscow, four countries it lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Literal

from bot.verification import quantities, vocabulary
from bot.verification.evidence import CitedPassage, EvidenceSpan, Span, resolved
from index.quotes import is_pronoun
from index.records import Period
from index.text import places
from index.text.dates import Mention, mentions
from index.text.fold import Folded, fold
from index.text.language import BEYOND_LATIN
from index.text.lexicon import Lexicon
from index.text.names import WORD, holds_name, names_in
from index.text.numbers import numbers_in, numeral_spans

Reach = Literal["words", "sentences", "particulars"]
DAY = 86_400
WEEK = 7 * DAY
_MONTH_AND_DAY = re.compile(r"(?<=\b\d{4})-\d\d(?:-\d\d)?\b")  # of a heading: no numbers that its source tells
OPENING = 3  # words of a sentence in which its subject may be "he"
SMALL = 2  # "one" and "two" in words are often no numbers
SPELLED = 12  # up to which newspapers spell numbers out


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence with the words it stands on, and their sources."""

    text: str
    lang: str
    words: tuple[EvidenceSpan, ...]
    sources: tuple[CitedPassage, ...]  # those of the words, in their order, each once
    shown: tuple[tuple[str, str], ...] = ()  # all passages that the model saw, with their languages
    quotes: tuple[str, ...] = ()  # what it quotes word for word: that says the same on both sides

    def stretches(self, reach: Reach = "words") -> list[tuple[str, str]]:
        """(text, its language) of the words, or of the sentences that hold them.

        "particulars": the sentences; but where a model named no words, the whole passage is as good as the nearest sentence.
        """
        by_number = {source.number: source for source in self.sources}
        spans: dict[tuple[int, Span], None] = {}
        for words in self.words:
            passage = by_number[words.number].passage
            weak = (passage.start, passage.end) if not words.pointed_at else words.sentence
            spans[words.number, {"words": words.span, "sentences": words.sentence, "particulars": weak}[reach]] = None
        return [(by_number[n].text[a:b], by_number[n].passage.lang) for n, (a, b) in spans]

    def beside_quotes(self, text: str) -> str:
        """A text of either side without what the sentence quotes."""
        for quote in self.quotes:
            text = text.replace(quote, " ")
        return text

    def held(self) -> list[tuple[str, str]]:
        """The passages with their headings and the names of those who are called "he" in the words."""
        named = {source.number: [] for source in self.sources}  # type: dict[int, list[str]]
        for words in self.words:
            source = next(source for source in self.sources if source.number == words.number)
            named[words.number].append(resolved(source, words.sentence))
        return [(f"{s.heading}\n{s.passage.text}\n{' '.join(named[s.number])}", s.passage.lang) for s in self.sources]


# Links -----------------------------------------------------------------------------------------------------------------------

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]“”\"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|io|gov|edu|ru|cn)\b(?:/\S*)?",
    re.I,
)


def strange_links(claim: Claim) -> list[str]:
    """Addresses that no source has."""
    held = [f"{s.passage.title} {s.passage.outlet} {s.passage.url} {s.text}".lower() for s in claim.sources]
    links = (match.group().rstrip(".,;") for match in _LINK.finditer(claim.text))
    return [link for link in links if not any(link.lower() in text for text in held)]


# Numbers ---------------------------------------------------------------------------------------------------------------------


def strange_numbers(claim: Claim) -> list[str]:
    """Numbers that neither the sentences of its words nor their heading have. Those of dates are left to `strange_dates`."""
    near = [*claim.stretches("particulars"), *((_MONTH_AND_DAY.sub("", s.heading), s.passage.lang) for s in claim.sources)]
    known = frozenset().union(*(numbers_in(text, lang) for text, lang in near))
    listed = {count for text, _ in near for count in _listed(text)}
    dated = [(m.start, m.end) for m in _mentions(claim.text, claim.sources, claim.lang)]
    derived = _sums(known) | _totals(near) if all(words.pointed_at for words in claim.words) else set()
    since = {float(year) - value for source in claim.sources if (year := _year(source)) for value in known}
    apart = _days_apart(claim)
    unread = any(not Lexicon(lang).numerals for _, lang in near)  # its numbers in words
    found = []
    for start, end, readings in numeral_spans(claim.text, claim.lang):
        values = _grouped(readings)
        in_words = not re.search(r"\d", claim.text[start:end])
        if (in_words and min(values) <= SMALL) or any(a < end and start < b for a, b in dated):
            continue
        if (unread and min(values) <= SPELLED) or (in_words and _share(_next_word(claim.text, end), claim.lang)):
            continue
        if values & (known | derived) or (in_words and values & listed) or _without_scale(values, known):
            continue
        if _rounded(values, claim.text[:start], claim.lang, known) or _a_share(values, claim.text[end:], claim.lang, near):
            continue
        behind = claim.text[end:]
        if not (
            values & since or _same_length(values, behind, claim.lang, near) or _counted(values, behind, claim.lang, apart)
        ):
            found.append(claim.text[start:end])
    return found


def _sums(known: frozenset[float]) -> set[float]:
    """What two numbers of a source come to, together or one less the other: 33 passengers and 6 crew, 8 of 11 districts."""
    return {abs(a + sign * b) for a, b in combinations(known, 2) for sign in (1, -1)}


def _totals(near: Sequence[tuple[str, str]]) -> set[float]:
    """What three to five numbers that follow one another come to: eight passengers, six crew and three passers-by."""
    rows = [[max(values) for _, _, values in numeral_spans(text, lang)] for text, lang in near]
    return {sum(row[i : i + n]) for row in rows for n in (3, 4, 5) for i in range(len(row) - n + 1)}


def _grouped(readings: frozenset[float]) -> frozenset[float]:
    """Of "5,000" the five thousand, not the five: where a source means that, its figure has both readings, too."""
    largest = max(readings)
    return readings - {largest / 1000} if 0 < largest < 1e6 else readings


CLOSE = 0.03  # share by which a number told as "almost" so much may be off


def _rounded(values: frozenset[float], before: str, lang: str, known: frozenset[float]) -> bool:
    """Whether a number is called a round one and is near one of the source: "almost 4,000" for 3,900."""
    stretch = Folded(before[-24:]).text.rstrip()
    called = any(match.end() == len(stretch) for match in Lexicon(lang).about.finditer(stretch))
    return called and any(abs(value - other) <= CLOSE * value for value in values for other in known)


def _a_share(values: frozenset[float], behind: str, lang: str, near: Sequence[tuple[str, str]]) -> bool:
    """Whether per cent tell a part that the source has in words: "25 percent" for "a quarter"."""
    if _unit_at(behind, lang) != "percent":
        return False
    parts = (_share(word, other) for text, other in near for word in WORD.findall(text))
    return any(abs(value - 100 * part) < 0.5 for part in parts if part for value in values)


def _share(word: str, lang: str) -> float:
    """What part of a whole a word names; 0 if it names none: "quarters" 0.25."""
    shares = Lexicon(lang).shares
    return shares.get(fold(word), 0.0) or shares.get(fold(word).removesuffix("s"), 0.0)


def _next_word(text: str, end: int) -> str:
    """The word behind a place of a text; "" if none follows."""
    match = WORD.match(text, end + 1)
    return match.group() if match else ""


_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}
ROUNDED = 0.1  # share by which a length of time in another unit may be off


def _same_length(values: frozenset[float], behind: str, lang: str, near: Sequence[tuple[str, str]]) -> bool:
    """Whether a number with what stands behind it is a length of time that the source has in another unit: "seven days"."""
    unit = _unit_at(behind, lang)
    lengths = [
        value * _DAYS[other_unit]
        for text, other in near
        for _, end, some in (*numeral_spans(text, other), *_single_units(text, other))
        if (other_unit := _unit_at(text[end:], other)) in _DAYS and other_unit != unit
        for value in some
    ]
    return unit in _DAYS and any(abs(v * _DAYS[unit] - length) <= ROUNDED * length for v in values for length in lengths)


_SLACK = {"days": 0.0, "weeks": 0.0, "months": 15.0, "years": 60.0}  # days by which a length between two dates may be off


def _counted(values: frozenset[float], behind: str, lang: str, apart: set[float]) -> bool:
    """Whether a number with its unit is the time between two dates: "ten days before" for 30 July and 9 August."""
    unit = _unit_at(behind, lang)
    return unit in _SLACK and any(abs(v * _DAYS[unit] - days) <= _SLACK[unit] for v in values for days in apart)


def _days_apart(claim: Claim) -> set[float]:
    """Days from each date of the sentence to each other one of it, or of what it stands on."""
    near = [(claim.text, claim.lang), *claim.stretches("sentences")]
    mine, *theirs = (
        [period.start for mention in _mentions(text, claim.sources, lang) for period in _dates_of(mention, text)]
        for text, lang in near
    )
    return {abs(one - other) / DAY for one in mine for other in chain(mine, *theirs) if one != other}


def _unit_at(text: str, lang: str) -> str:
    """The unit that a text begins with; "" if it begins with none."""
    unit = vocabulary.unit(text[:24], lang)
    return unit[0] if unit and not re.search(r"\w", text[: unit[1]]) else ""


def _single_units(text: str, lang: str) -> list[tuple[int, int, frozenset[float]]]:
    """Places of a text where one unit of time may stand without a number: "a week"."""
    folded = Folded(text)
    spans = [folded.span(match) for match in Lexicon(lang).measures.finditer(folded.text) if match.lastgroup in _DAYS]
    return [(start, start, frozenset({1.0})) for start, _ in spans]


def _without_scale(values: frozenset[float], known: frozenset[float]) -> bool:
    """Whether a number is there with its "million" left to another one: "9 million, instead of 6"."""
    return any(
        1 <= value / scale < 1000 and value / scale in known and any(k >= scale and k % scale == 0 for k in known)
        for value in values
        for scale in (1e3, 1e6, 1e9)
    )


_LIST = re.compile(r"(?:[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}, ){1,8}[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}")


def _listed(text: str) -> set[float]:
    """How many things a text may list: "in France, Germany, Italy, and Spain" are four."""
    return {float(match.group().count(", ") + extra) for match in _LIST.finditer(text) for extra in (1, 2)}


def miscounted(claim: Claim) -> list[str]:
    """Numbers that its words have, but of something else: miles for kilometres, the missing for the dead."""
    known = [f for text, lang in claim.stretches("particulars") for f in quantities.figures(text, lang)]
    found = []
    for mine in quantities.figures(claim.text, claim.lang):
        same = [figure for figure in known if figure.low <= mine.high and mine.low <= figure.high]  # "about 400" is 400, too
        for kinds in (vocabulary.MEASURES, vocabulary.FATES):
            unit, units = _kind(mine, kinds), [_kind(figure, kinds) for figure in same]
            if unit and units and all(units) and unit not in units:
                found.append(f"{mine.low:g} {unit}")
    return found


def _kind(figure: quantities.Figure, kinds: frozenset[str]) -> str:
    """What of these a figure counts; "" if nothing of them."""
    return next((kind for kind in (figure.unit.partition(" of ")[0], figure.group) if kind in kinds), "")


# Dates -----------------------------------------------------------------------------------------------------------------------


def strange_dates(claim: Claim) -> list[str]:
    """Days, months and years that the passage does not name, if only as "on Wednesday"."""
    named, above = (
        [p for s, text in texts for m in _mentions(text, [s], s.passage.lang) for p in _dates_of(m, text)]
        for texts in ([(s, s.passage.text) for s in claim.sources], [(s, s.heading) for s in claim.sources])
    )
    days = [p for p in named + above if p.end - p.start == DAY]
    named += [Period(p.start + WEEK, p.end + WEEK) for p in days]  # "on Thursday" may be the next
    named += [Period(p.start + n * DAY, p.end + n * DAY) for p in days for n in _days_later(claim)]
    found = []
    for mention in _mentions(claim.text, claim.sources, claim.lang):
        known = named if mention.kind == "relative" else named + above  # no heading says "on Tuesday"
        if not any(
            end.start < other.end and other.start < end.end for end in _dates_of(mention, claim.text) for other in known
        ):
            found.append(claim.text[mention.start : mention.end])
    return found or _other_day(claim)


def _other_day(claim: Claim) -> list[str]:
    """The one day of a sentence, if its own words name days and not this one: Friday's strike, of words about Tuesday's."""
    mine = [m for m in _mentions(claim.text, claim.sources, claim.lang) if _is_day(m)]
    theirs = [(m, text) for text, lang in claim.stretches("sentences") for m in _mentions(text, claim.sources, lang)]
    if len(mine) != 1 or not any(_is_day(m) for m, _ in theirs) or not all(words.pointed_at for words in claim.words):
        return []
    days = [Period(start, start + DAY) for m, text in theirs for p in _dates_of(m, text) for start in (p.start, p.end - DAY)]
    days += [Period(p.start + n * DAY, p.end + n * DAY) for p in days for n in (7, *_days_later(claim))]
    known = any(one.start < other.end and other.start < one.end for one in _dates_of(mine[0], claim.text) for other in days)
    return [] if known else [claim.text[mine[0].start : mine[0].end]]


def _is_day(mention: Mention) -> bool:
    """Whether a date is one day."""
    return mention.kind in ("day", "relative") and mention.period.end - mention.period.start == DAY


def _days_later(claim: Claim) -> set[int]:
    """Days that its words count from another day, forth and back: "four days later", "a week before"."""
    lengths = [
        value * _DAYS[unit]
        for text, lang in claim.stretches("sentences")
        for _, end, values in (*numeral_spans(text, lang), *_single_units(text, lang))
        if (unit := _unit_at(text[end:], lang)) in ("days", "weeks")
        for value in values
    ]
    return {sign * round(length) for length in lengths for sign in (1, -1)}


def _dates_of(mention: Mention, text: str) -> list[Period]:
    """What a date may mean: without a year that of its source, or the next one."""
    ends = _ends(mention)
    if mention.kind not in ("day", "month") or re.search(r"\d{4}", text[mention.start : mention.end]):
        return ends
    return ends + [later for period in ends if (later := _a_year_later(period))]


def _a_year_later(period: Period) -> Period | None:
    """The same day or month of the next year; None for a 29 February."""
    year, rest = str(period)[:4], str(period)[4:]
    try:
        return Period.parse(f"{int(year) + 1:04}{rest}")
    except ValueError:
        return None


def _ends(mention: Mention) -> list[Period]:
    """The period of a date; of "since 1992", "after 1991" its first moment, of "until" its last, with what it borders on."""
    period = mention.period
    first, last = Period(period.start - 1, period.start + 1), Period(period.end - 1, period.end + 1)
    return {"since": [first], "until": [last], "range": [first, last]}.get(mention.kind, [period])


def _year(source: CitedPassage) -> int:
    """The year in which a source came out; 0 if it has no date."""
    published = source.passage.published
    return int(str(published)[:4]) if published and str(published)[:4].isdecimal() else 0


def _mentions(text: str, sources: Sequence[CitedPassage], lang: str) -> list[Mention]:
    """The dates of a text, as if it had been written with its source."""
    said = next((s.passage.published for s in sources if s.passage.published), None)
    return [m for m in mentions(text, said or Period(0, 1), lang) if said or m.kind in ("day", "month", "year")]


# Names -----------------------------------------------------------------------------------------------------------------------


def strange_names(claim: Claim) -> list[str]:
    """Names and places that neither the passage has, nor its heading, nor those it calls "he".

    Of a name of several words one that is known vouches for the others, if some passage has them. Across languages, and in one
    that writes its nouns like names, a single capital is none: "Gobierno", "Militärlabor".
    """
    held = claim.held()
    known = frozenset().union(*(places.codes(text, other) for text, other in held))
    found = [claim.text[p.start : p.end] for p in places.places(claim.text, claim.lang) if not _is_known(p.code, known)]
    plain = not Lexicon(claim.lang).capital_nouns and all(lang == claim.lang for _, lang in held)
    spelled = not any(_in_other_letters(claim.text, source.passage.text) for source in claim.sources)
    for run in name_runs(claim.text, claim.lang) if spelled else ():
        strange = [name for name in run if not _holds(name, held, claim.lang)]
        if len(strange) < len(run):
            strange = [name for name in strange if not _holds(name, claim.shown, claim.lang)] if plain else []
        elif len(run) == 1 and not plain:
            strange = []
        found += [" ".join(strange)] if strange else []
    return found + [name for name in (_exchanged(claim) if spelled else ()) if name not in found]


def _in_other_letters(text: str, other: str) -> bool:
    """Whether two texts are in different scripts: each language spells foreign names in its own way ("Mochow", "Мохов")."""
    return _beyond_latin(text) != _beyond_latin(other)


def _beyond_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(char >= BEYOND_LATIN for char in letters) > len(letters)


def _exchanged(claim: Claim) -> list[str]:
    """Names of two words and more that stand elsewhere in the passage, where the words name somebody else in their place.

    Words that open with "she" may be about anybody named before.
    """
    near = claim.stretches("sentences")
    opens = any(is_pronoun(word, lang) for text, lang in near for word in WORD.findall(text)[:OPENING])
    if opens or not all(words.pointed_at for words in claim.words):
        return []
    theirs = [(run, lang) for text, lang in claim.stretches() for run in name_runs(text, lang) if len(run) > 1]
    here = [(claim.text, claim.lang)]
    if all(any(_holds(name, here, lang) for name in run) for run, lang in theirs):
        return []
    by_number = {source.number: source for source in claim.sources}
    near += [(resolved(by_number[words.number], words.sentence), claim.lang) for words in claim.words]
    mine = [run for run in name_runs(claim.text, claim.lang) if len(run) > 1]
    return [" ".join(run) for run in mine if not any(_holds(name, near, claim.lang) for name in run)]


def name_runs(text: str, lang: str) -> list[tuple[str, ...]]:
    """Names that stand together, as of one person: (("Mara", "Olsen"), ("Brandt",)). Places and units ("Tagen") left out."""
    runs: list[tuple[str, ...]] = []
    last = -9
    left = places.without(text)
    named = set(names_in(left, lang))
    for match in WORD.finditer(left):
        word = re.sub(r"['’]s?$", "", match.group())
        if word not in named or Lexicon(lang).measures.fullmatch(fold(word)):
            continue
        if runs and match.start() - last == 1:
            runs[-1] = (*runs[-1], word)
        else:
            runs.append((word,))
        last = match.end()
    return runs


def _holds(name: str, texts: Sequence[tuple[str, str]], lang: str) -> bool:
    """Whether some text has a name, if only with other capitals: El País, "El país"."""
    return any(holds_name(name, text, same_lang=other == lang) or fold(name) in fold(text) for text, other in texts)


def _is_known(code: str, known: frozenset[str]) -> bool:
    """Whether a place is among known ones: Moscow is Russia's government, and the reverse."""
    country, _, city = code.partition("/")
    return code in known or (country in known and not (city and any(k.startswith(f"{country}/") for k in known)))
