"""Pure: what a question asks for beside its topic: outlets, authors, languages, a time of publication.

    "What did Lavrov say since Monday, according to EFE?"  ->  Chips: "according to EFE", "since Monday"

Only what stands as a source is taken ("according to EFE", "in the Guardian", "the Guardian's report"), and only names that the
library has. An outlet that the question is about ("Why did Reuters strike?") and a day on which something happened ("on 13
September") are left to ranking, where they weigh: the article may be another's, or a later one. So are outlets in questions of
many clauses, each of which may have another source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.records import Chip, Filter, Period
from index.text.dates import Mention
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.outlets import words as outlet_words
from index.text.publishers import SHIPPED, Publishers
from index.text.terms import UNSPACED, skeleton

SHORT = 16  # words beside them up to which an outlet or a window is about all of a question; in a longer one, about one clause
LONGEST = 6  # words of a name that are looked up


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for."""

    chips: tuple[Chip, ...] = ()  # what it insists on, in its order
    sources: frozenset[str] = frozenset()  # outlets that clauses of it name: they weigh, since another clause may name none


@dataclass(frozen=True, slots=True)
class Names:
    """What a question may call the library's sources: folded words -> the names as the library has them."""

    sources: Mapping[tuple[str, ...], frozenset[str]]
    authors: Mapping[tuple[str, ...], frozenset[str]]
    first: frozenset[str]  # words that a name begins with


def names(sources: Iterable[str], authors: Iterable[str], publishers: Publishers = SHIPPED) -> Names:
    """The names of outlets and agencies, and of authors, with the shorter ones that people use.

    >>> sorted(names(["The Guardian - World"], []).sources)
    [('guardian',), ('guardian', 'world'), ('the', 'guardian'), ('the', 'guardian', 'world')]
    """
    known: dict[tuple[str, ...], set[str]] = {}
    for source in sources:
        for agency in {source, *source.split(", ")}:  # "EFE, Europa Press": the report of both
            for alias in (alias for name in publishers.names(agency) for alias in _aliases(name)):
                known.setdefault(alias, set()).add(source)
    people: dict[tuple[str, ...], set[str]] = {}
    for author in authors:
        words = _words(author)
        if len(words) > 1:  # a first name alone is anybody's
            people.setdefault(words, set()).add(author)
    sources_of, authors_of = ({key: frozenset(of) for key, of in found.items()} for found in (known, people))
    return Names(sources_of, authors_of, frozenset(words[0] for words in (*known, *people)))


def read(question: str, known: Names, dates: Sequence[Mention] = (), lang: str = "en") -> Asked:
    """What the question, in `lang`, asks for. `dates`: those that it names."""
    lexicon = Lexicon(lang or "en")
    folded = Folded(question)
    sources = [_placed(chip, folded) for chip in _sources(question, folded, known, lexicon)]
    found = [_placed(chip, folded) for chip in (*_authors(question, folded, known, lexicon), *_languages(folded.text, lexicon))]
    every = sorted([*found, *sources, *_dates(question, dates, lexicon)], key=lambda chip: (chip.start, chip.end))
    if len(re.findall(r"\w+", without(question, every))) <= SHORT:
        return Asked(tuple(every))
    return Asked(tuple(chip for chip in every if chip in found), frozenset().union(*(chip.filter.sources for chip in sources)))


def _placed(chip: Chip, folded: Folded) -> Chip:
    """A chip whose place in the folded question is made one in the question."""
    return replace(chip, start=folded.at(chip.start), end=folded.at(chip.end))


def narrowed(filter: Filter | None, chips: Iterable[Chip]) -> Filter | None:
    """The caller's filter and all that the chips ask for; None if the two exclude each other.

    Outlets are alternatives ("as reported by X and by Y"), and so are authors and languages; of windows what they share counts.
    """
    filter = filter or Filter()
    window = filter.window
    sets: dict[str, frozenset[str]] = {}
    for chip in chips:
        for name in ("sources", "authors", "langs"):
            sets[name] = sets.get(name, frozenset()) | getattr(chip.filter, name)
        if chip.filter.window:
            mine, theirs = chip.filter.window, window or chip.filter.window
            if not mine.overlaps(theirs):
                return None
            window = Period(max(mine.start, theirs.start), min(mine.end, theirs.end))
    both = {}
    for name, wanted in sets.items():
        given: frozenset[str] = getattr(filter, name)
        both[name] = given & wanted if given and wanted else given | wanted
        if given and wanted and not both[name]:
            return None
    return replace(filter, window=window, **both)


def without(question: str, chips: Iterable[Chip]) -> str:
    """The question without the words of its chips; as it is, where nothing would be left."""
    kept, at = [], 0
    for chip in sorted(chips, key=lambda chip: chip.start):
        kept.append(question[at : chip.start])
        at = max(at, chip.end)
    rest = re.sub(r"\s+(?=[.,?!])", "", " ".join(" ".join([*kept, question[at:]]).split())).lstrip(" ,")
    return rest if re.search(r"\w\w", rest) else question


def asks_of_a_picture(question: str, lang: str) -> bool:
    """Whether a question asks what a picture shows: then a caption says it best."""
    return bool(Lexicon(lang or "en").asks_of_picture.search(Folded(question).text))


# Outlets, agencies, authors

# Patterns over the folded question; the tables in braces are its language's.
OPEN, CLOSE = "[\"'“‘«„(]", "[\"'”’»“)]"
_LEAD = rf"\s+(?:{{source_filler}}\s+|l'|{OPEN}\s*)*$"
_BEHIND = rf"^{CLOSE}?(?:'s|’s)?\s+(?:[\w-]+\s+)?"
_SOURCE = r"(?<!\w)(?:{source_according}|(?:{source_verbs}|{source_pieces})\s+{source_by})" + _LEAD
_IN = r"(?<!\w){source_in}" + _LEAD
_REPORTS = _BEHIND + r"(?:{source_pieces}|{source_reports})(?!\w)"
_REFUSED = r"(?<!\w){source_refused}(?!\w)[^,;]{0,24}$"
_AND = rf"^{CLOSE}?\s*(?:[,;&/]\s*)?(?:(?<!\w){{source_and}}(?!\w))?\s*(?:{{source_filler}}\s+|l'|{OPEN}\s*)*$"
_WROTE = r"(?<!\w)(?:{source_pieces}|{source_verbs}|{author_written})\s+{author_by}" + _LEAD
_WRITTEN = _BEHIND + r"(?:{source_pieces}|op-ed|{author_written})(?!\w)|^\s+{author_verbs}(?!\w|\s+(?:to|a|an|au?x?)\s)"
_WRITES = r"(?<!\w){author_verbs}\s+$"
_PUBLISHED = r"(?<!\w)(?:{published}|{source_pieces})\s+(?:{published_on}\s+)*$"


def _sources(question: str, folded: Folded, known: Names, lexicon: Lexicon) -> Iterator[Chip]:
    text = folded.text
    named = list(_named(question, folded, known.sources, known.first, lexicon))
    taken = [_cue(text, start, end, lexicon) for start, end, _ in named]
    for _ in named:  # "reported by Fortune, The Verge and TechCrunch": a neighbour in a list is what its neighbour is
        for i in range(len(named) - 1):
            if (taken[i] is None) != (taken[i + 1] is None) and lexicon.pattern(_AND).search(
                text[named[i][1] : named[i + 1][0]]
            ):
                at = i if taken[i] is None else i + 1
                taken[at] = named[at][0]
    refused = [bool(lexicon.pattern(_REFUSED).search(text[:start])) for start, *_ in named]
    if any(cue is not None and not no for cue, no in zip(taken, refused, strict=True)):
        for (start, end, values), cue, no in zip(named, taken, refused, strict=True):
            if not no:  # a name beside a source may be one too ("... that Fortune alleges"): better one too many than too few
                yield Chip(kind="outlet", start=start if cue is None else cue, end=end, filter=Filter(sources=values))
    if lexicon.unspaced:  # no spaces to find names by
        around = r"(?:{source_before})?%s(?:{source_behind})?"
        for alias, values in known.sources.items():
            if len(alias) == 1 and re.match(f"[{UNSPACED}]", alias[0]):
                for match in re.finditer(lexicon.filled(around) % re.escape(alias[0]), text):
                    if len(match.group()) > len(alias[0]):
                        yield Chip(kind="outlet", start=match.start(), end=match.end(), filter=Filter(sources=values))


def _cue(text: str, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where the words begin that make the name at [start, end) a source; None: it may be what the question is about."""
    if match := lexicon.pattern(_SOURCE).search(text[:start]):
        return match.start()
    if lexicon.pattern(_REPORTS).search(text[end:]):
        return start
    if (match := lexicon.pattern(_IN).search(text[:start])) and not re.match(r"(?:'s)?\s+\w", text[end:]):
        return match.start()  # only before a pause: "in Fortune 500", "in The Age of steam", "in Time's list"
    return None


def _authors(question: str, folded: Folded, known: Names, lexicon: Lexicon) -> Iterator[Chip]:
    text = folded.text
    for start, end, values in _named(question, folded, known.authors, known.first, lexicon):
        before, after = text[:start], text[end:]
        match = lexicon.pattern(_WROTE).search(before)
        if match or lexicon.pattern(_WRITTEN).search(after) or lexicon.pattern(_WRITES).search(before):
            yield Chip(kind="author", start=match.start() if match else start, end=end, filter=Filter(authors=values))


def _named(
    question: str, folded: Folded, known: Mapping[tuple[str, ...], frozenset[str]], first: frozenset[str], lexicon: Lexicon
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where the question has one of the names, the longest first: (start, end, what they stand for)."""
    words = [(match.start(), match.end(), fold(match.group())) for match in re.finditer(r"\w+", folded.text)]
    cased = any(c.isupper() for c in question[1:])
    at = 0
    while at < len(words):
        word = words[at][2]
        if word.isascii() and word not in first:
            at += 1
            continue
        for n in range(min(LONGEST, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + n - 1][1]
            values = _called(tuple(word for *_, word in words[at : at + n]), known, lexicon)
            name = question[folded.at(start) : folded.at(end)]
            if values and (not cased or not name.islower() or name in values):  # "a fortune"; but "dpa" writes itself so
                yield start, end, values
                at += n - 1
                break
        at += 1


def _called(words: tuple[str, ...], known: Mapping[tuple[str, ...], frozenset[str]], lexicon: Lexicon) -> frozenset[str]:
    """What the words stand for; in another alphabet, what is written so in Latin letters: "ТАСС" is TASS."""
    if words in known or all(word.isascii() for word in words):
        return known.get(words, frozenset())
    glued = [words[0].removeprefix(word) for word in lexicon.glued_prepositions if words[0].startswith(word)]
    for first in (words[0], *glued):
        if (first, *words[1:]) in known:
            return known[first, *words[1:]]
        key = tuple(map(skeleton, (first, *words[1:])))
        for alias, values in known.items():
            if len(alias) == len(key) and tuple(map(skeleton, alias)) == key and len("".join(key)) > 3:
                return values
    return frozenset()


def _aliases(name: str) -> Iterator[tuple[str, ...]]:
    """What a source may be called: "CNBC | World Business News Leader" is CNBC, and "BBC News" the BBC."""
    for part in dict.fromkeys([name, re.split(r"\s+[-–—|]\s+|: ", name)[0]]):
        words = _words(re.sub(r"\.(?:com?|org|net|es|fr|de|it|ru|co\.uk|com\.\w\w)\b", "", part))
        for article in (0, 1):
            short = words[article:]
            if short and (not article or words[0] in outlet_words("articles")) and len("".join(short)) > 1:
                yield short
        if len(words) == 2 and words[1] in outlet_words("generic") and part.split()[0].isupper():
            yield words[:1]


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.findall(r"\w+", Folded(text).text))


# Languages: in so many words ("Spanish-language", "en español"), or as the place to look in ("in the French press").
_INSIDE = r"(?<!\w)(?:{press_in}\s+)?(?:(?:{source_filler})\s+)?"
_LOOKED_IN = r"(?<!\w){press_in}\s+(?:(?:{source_filler})\s+)?"
_SPEAKING = r"(?=\w*{language_speaking})"  # "francophone": the language and nothing else
_OF_LANGUAGE = "|".join((
    _INSIDE + r"(?P<name1>{press_languages})[- ]?{language_suffix}(?:\s+{press_names})?(?!\w)",
    _INSIDE + _SPEAKING + r"(?P<name2>{press_languages})(?!\w)\s+{press_names}(?!\w)",
    _INSIDE + r"{press_names}\s+" + _SPEAKING + r"(?P<name3>{press_languages})(?!\w)",
    _LOOKED_IN + r"(?P<name4>{press_languages})(?:{language_suffix})?\s+{press_names}(?!\w)",
    _LOOKED_IN + r"{press_names}\s+(?:{press_of}\s+)?(?P<name5>{press_languages})(?!\w)",
    r"(?<!\w){press_names}\s+{press_written}\s+(?P<name6>{press_languages})(?!\w)",
))  # fmt: skip


def _languages(text: str, lexicon: Lexicon) -> Iterator[Chip]:
    if not lexicon.press_languages.search(text):
        return
    pattern = lexicon.press_phrase if lexicon.unspaced else lexicon.pattern(_OF_LANGUAGE)
    for match in pattern.finditer(text):
        word = next(filter(None, match.groupdict().values()))
        if name := lexicon.press_languages.fullmatch(word):
            langs = frozenset({str(name.lastgroup)})
            yield Chip(kind="language", start=match.start(), end=match.end(), filter=Filter(langs=langs))


# Dates


def _dates(question: str, named: Sequence[Mention], lexicon: Lexicon) -> Iterator[Chip]:
    """The window that the whole question insists on: a range, or a time of publication in so many words."""
    if not named:
        return
    published = lexicon.pattern(_PUBLISHED)
    bounds = [mention for mention in named if _bounds(mention) or published.search(Folded(question[: mention.start]).text)]
    if len(bounds) < len(named) or [m.kind for m in bounds] not in (["since", "until"], [bounds[0].kind]):
        return
    window = Period(max(m.period.start for m in bounds), min(m.period.end for m in bounds))
    if window.start < window.end:
        for mention in bounds:
            yield Chip(kind="dates", start=mention.start, end=mention.end, filter=Filter(window=window))


def _bounds(mention: Mention) -> bool:
    """Whether it names a range. "Before 2017" does not: what was so then may be told in any later article."""
    if mention.kind == "until":
        return datetime.fromtimestamp(mention.period.end, UTC).strftime("%m%d") != "0101"
    return mention.kind in ("since", "range")
