"""Pure: the particulars of a drafted sentence that have to stand in its sources: numbers, dates, names, links, who speaks.

"Arrieta paid 15 million in Vienna" + a passage where Robledo pays 1.5 million in Berlin -> what is not there, piece by piece
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.questions import question_kind
from bot.verification import quantities as counts
from bot.verification import vocabulary
from index.quotes import UNCLEAR, Statement, statements
from index.records import Passage
from index.text import places
from index.text.calendar import months_in, weekdays_in
from index.text.dates import Mention, mentions
from index.text.fold import fold
from index.text.names import WORD, content_stems, holds_name, names_in
from index.text.numbers import numbers_in, numerals_in

Span = tuple[int, int]  # code points of an article's text, half open

SURE = 0.7  # confidence from which a pronoun's speaker counts as named
BEFORE, AFTER = 400, 200  # characters around the words a sentence stands on, where its particulars have to be


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage and the whole text of its article."""

    number: int
    passage: Passage
    text: str  # of the article; `passage.text` is a slice of it


@dataclass(frozen=True, slots=True)
class Support:
    """The stretch of one source that a sentence stands on."""

    number: int
    span: Span
    score: float  # 0..1


_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]“”\"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|io|gov|edu|ru|cn)\b(?:/\S*)?",
    re.I,
)


def strangers(text: str, cited: Sequence[Source], lang: str) -> list[str]:
    """Numbers, dates, names, places and links of a sentence that no source it cites has."""
    found: list[str] = []
    held = [f"{s.passage.title} {s.passage.outlet} {s.passage.agency} {s.passage.published or ''} {s.text}" for s in cited]
    for link in (m.group().rstrip(".,;") for m in _LINK.finditer(text)):
        if not any(link.lower() in f"{h} {s.passage.url}".lower() for h, s in zip(held, cited, strict=True)):
            found.append(link)
    text = _LINK.sub(" ", text)
    for day in _days(text, cited, lang):
        if any(_told(day, source) for source in cited):
            text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    known = frozenset().union(*(numbers_in(h, s.passage.lang) for h, s in zip(held, cited, strict=True)))
    found += [piece for piece, values in figures(text, lang) if not values & known]
    for kind, named_in in (("month", months_in), ("weekday", weekdays_in)):
        shown = frozenset().union(*(named_in(h, s.passage.lang) for h, s in zip(held, cited, strict=True)))
        found += [f"{kind} {number}" for number in sorted(named_in(text, lang) - shown)]
    found += unknown_places(text, held)
    for name in names(text, lang, held):
        if not any(holds_name(name, h, same_lang=s.passage.lang == lang) for h, s in zip(held, cited, strict=True)):
            found.append(name)
    return found


def misplaced(
    text: str, support: Sequence[Support], spoken: Sequence[Support], sources: Mapping[int, Source], lang: str
) -> list[str]:
    """What the article has, but not beside the words that a sentence stands on: somebody else did or said this, or of another.

    `spoken`: the sentences that hold what it quotes; its support, where it quotes nothing.
    """
    near, here = (
        [
            (
                f"{of.passage.outlet} {of.passage.agency} {of.text[max(0, s.span[0] - before) : s.span[1] + after]}",
                of.passage.lang,
            )
            for s in stretches
            for of in [sources[s.number]]
        ]
        for stretches, before, after in ((support, BEFORE, AFTER), (spoken, 0, 0))
    )
    around = [t for t, _ in near]
    found = [name for name in names(text, lang, around) if not _held(name, near, lang)]
    found += unknown_places(text, around)
    known = frozenset().union(*(numbers_in(t, other) for t, other in near))
    days = [day for s in support for day in _days(text, [sources[s.number]], lang) if _told(day, sources[s.number])]
    for piece, values in figures(text, lang):
        at = text.find(piece)
        if not values & known and not any(day.start <= at < day.end for day in days):
            found.append(piece)
    # Somebody who is not in the very sentence may be meant by its "he", but not where it names another one.
    absent = [group for group in people(text, lang, around) if not any(_held(name, here, lang) for name in group)]
    others = [
        group
        for of, other in here
        for group in people(of, other, [text])
        if not any(holds_name(name, text, same_lang=other == lang) for name in group)
    ]
    if absent and others:
        found += [" ".join(group) for group in absent if not _says(group, text, spoken, sources, lang)]
    mine, there = places.codes(text), frozenset().union(*(places.codes(of) for of, _ in here))
    if there - mine:  # likewise the ministers of two countries are not those of two others
        found += unknown_places(text, [of for of, _ in here])
    return list(dict.fromkeys(found))


def _says(group: tuple[str, ...], text: str, stretches: Sequence[Support], sources: Mapping[int, Source], lang: str) -> bool:
    """Whether what a sentence stands on is said by a person whom its article calls "he" there, and names before."""
    mine = content_stems(text, lang)
    for stretch in stretches:
        source = sources[stretch.number]
        other = source.passage.lang
        start, end = stretch.span
        heard = [s for s in statements(source.text, lang=other) if s.start < end and start < s.end]
        if heard and lang == other:
            best = max(heard, key=lambda s: len(mine & content_stems(source.text[s.start : s.end], other)))
            if best.confidence >= SURE and _same_person(" ".join(group), best, same=True):
                return True
    return False


def other_speaker(text: str, support: Sequence[Support], sources: Mapping[int, Source], lang: str) -> list[str]:
    """Whom a sentence lets say what, in its source, somebody else says."""
    found: list[str] = []
    for said in _speech(text, lang):
        name = said.speaker_resolved or said.speaker
        for stretch in support:
            source = sources[stretch.number]
            start, end = stretch.span
            heard = [
                s
                for s in _speech(source.text[start:end], source.passage.lang)
                if names_in(f"x {s.speaker_resolved or s.speaker}")
            ]
            if heard and not any(_same_person(name, s, same=source.passage.lang == lang) for s in heard):
                found.append(name)
    return list(dict.fromkeys(found))


def _speech(text: str, lang: str) -> list[Statement]:
    """The statements of a text whose speaker is somebody with a name."""
    return [
        s
        for s in statements(text, lang=lang)
        if s.confidence >= UNCLEAR and names_in(f"x {s.speaker_resolved or s.speaker}", lang) and not places.places(s.speaker)
    ]


def _same_person(name: str, said: Statement, *, same: bool) -> bool:
    there = f"{said.speaker} {said.speaker_resolved} {said.role}"
    return any(holds_name(part, there, same_lang=same) for part in names_in(f"x {name}"))


def figures(text: str, lang: str) -> list[tuple[str, frozenset[float]]]:
    """The numerals of a sentence with their possible values. "one" and "two" in words are often no numbers and are left out."""
    return [(piece, values) for piece, values in numerals_in(text, lang) if re.search(r"\d", piece) or min(values) > 2]


def miscounted(text: str, lang: str, evidence: str, other: str) -> list[str]:
    """Figures of a sentence that its evidence has, but of another thing: euros for dollars, the injured for the dead."""
    known = counts.figures(evidence, other)
    found = []
    for mine in counts.figures(text, lang):
        of = {kind for f in known if f.low == mine.low for kind in _kinds(f)}
        if (units := _kinds(mine)) and of and not units & of:
            found.append(f"{mine.low:g} {min(units)}")
    return found


def _kinds(figure: counts.Figure) -> frozenset[str]:
    """What a figure counts, as far as the tables know it: what became of them, and who they are."""
    return frozenset({figure.unit.partition(" of ")[0], figure.group}) & _KNOWN_UNITS


_KNOWN_UNITS = vocabulary.COUNTED | vocabulary.MEASURES


# Names -----------------------------------------------------------------------------------------------------------------------


def names(text: str, lang: str, known: Sequence[str]) -> list[str]:
    """The names of a text, without places; in German, whose nouns look like names, without those that have no name's place."""
    left = places.without(text)
    found = [name for name in names_in(left, lang) if not _ELIDED.match(name) and not _OFFICES.fullmatch(fold(name))]
    if lang == "de":
        found = [name for name in found if not _noun(name, left) or any(name in text for text in known)]
    return found


# Offices and what they are for, which some languages write like names and others do not: "Mayor", "ministre des Transports".
_OFFICES = re.compile(
    r"dr|drs?a|doctor\w*|docteur\w*|doktor\w*|\w*(?:fuhrer|chef|leiter|sprecher|meister|anwalt)(?:in)?|minist\w+|"
    r"secretar\w+|president\w*|prasident\w*|mayor(?:ess)?|alcaldes?a?|maire|burgermeister\w*|prefeit\w+|prefe[ct]t?\w*|"
    r"prafekt\w*|governor|gobernador\w*|gouverneur\w*|governador\w*|inspe[ck]t\w+|dire[ck]t\w+|chancellor|canciller|chancelier|"
    r"kanzler\w*|chanceler|ambassad\w+|embajador\w*|embaixador\w*|botschafter\w*|general|professor\w*|profesor\w*|"
    r"deput\w+|senat\w+|"
    r"judge|jueza?|juge|richter\w*|juiz\w*|captain|capitan\w*|hauptmann|engineer|spokes\w+|portavoz|sprecher\w*|"
    r"finan[czs]\w*|transport\w*|verkehrs?\w*|interior|interieur|innen\w*|justi[czt]\w*|salud|sante|saude|"
    r"gesundheits?\w*|health|"
    r"educa\w+|bildungs?\w*|agricultur\w*|landwirtschafts?\w*|defen[cs]\w+|verteidigungs?\w*|economi\w*|wirtschafts?\w*|"
    r"exteriores|affaires|etrangeres|foreign|auswartige\w*|negocios|estrangeiros|energi\w*|trabajo|travail|trabalho|labou?r|"
    r"environment|environnement|ambiente|umwelt\w*|cultur\w*|kultur\w*|ministry|consejer\w+|conselheir\w+"
)
_ELIDED = re.compile(r"(?:[dlnsjmtc]|qu)['’][a-zà-ÿ]", re.I)  # L'avocate


def people(text: str, lang: str, known: Sequence[str]) -> list[tuple[str, ...]]:
    """Names that stand together, as of one person: (("Mara", "Olsen"), ("Brandt",))."""
    groups: list[tuple[str, ...]] = []
    last = -9
    left = places.without(text)
    named = set(names(text, lang, known))
    for match in WORD.finditer(left):
        word = re.sub(r"['’]s?$", "", match.group())
        if word not in named:
            continue
        if groups and match.start() - last == 1:
            groups[-1] = (*groups[-1], word)
        else:
            groups.append((word,))
        last = match.end()
    return [group for group in groups if not all(question_kind.is_saying(word, lang) for word in group)]


_BEFORE_NOUN = re.compile(
    r"(?:^|\s)(?:de[rmns]|die|das|ein\w*|kein\w*|mein\w*|sein\w*|ihr\w*|unser\w*|dies\w*|jed\w*|alle\w*|viele\w*|"
    r"mehr\w*|nach|vor|seit|"
    r"mit|ohne|wegen|zu[mr]?|im|am|vom|beim|bis|\w+(?:e[nrsm]?|zig|zehn)|zwei|drei|vier|funf|sechs|sieben|acht|neun|"
    r"zehn|elf|zwolf|\d+)\s+$",
    re.I,
)


_AGENT = re.compile(r"(?:erin|tin|orin|ister|eister|anwalt|prasident|kanzler|chef|sprecher)$")  # Richterin Oona Fry


def _noun(name: str, text: str) -> bool:
    at = text.find(name)
    if at == 0 and _AGENT.search(fold(name)):
        return True
    return bool(at < 0 or _BEFORE_NOUN.search(fold(text[max(0, at - 20) : at]).replace("ß", "ss")))


def _held(name: str, texts: Sequence[tuple[str, str]], lang: str) -> bool:
    return any(holds_name(name, text, same_lang=other == lang) for text, other in texts)


def unknown_places(text: str, held: Sequence[str]) -> list[str]:
    """Places of a sentence that no text has: neither they themselves nor, for a country, one of its cities or people."""
    known = frozenset().union(*map(places.codes, held))
    return [text[p.start : p.end] for p in places.places(text) if p.code not in known]


# Dates -----------------------------------------------------------------------------------------------------------------------


def _days(text: str, cited: Sequence[Source], lang: str) -> list[Mention]:
    """The days that a sentence names with their month."""
    said = next((s.passage.published for s in cited if s.passage.published), None)
    return [m for m in mentions(text, said, lang) if m.kind == "day"] if said else []


def _told(day: Mention, source: Source) -> bool:
    """Whether a source names a day, if only as "this Wednesday"."""
    said = source.passage.published
    return said is not None and any(m.period == day.period for m in mentions(source.text, said, source.passage.lang))
