"""Pure: whether two sentences of different articles are surely about one matter.

    names, times, what befell, what was done, shared words -> bool

Precision comes first: what is not surely about one thing is left alone. Works on anything with a passage, a span and a text
(`candidates.Candidate`, a briefing's sentences); across languages by the tables of `vocabulary.py` and `places.py`, and by
vectors where `likeness` is given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.verification import vocabulary
from bot.verification.evidence import Likeness
from bot.verification.quantities import attributed, said_in
from index.records import Passage, Period
from index.text import places
from index.text.dates import mentions
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name, names_in

# Likeness (`verify.Likeness`) from which two sentences in different languages may be about one matter: where one thing befell
# in both ("fire"), where both tell the same of people ("dead"), and else.
ALIKE_EVENT, ALIKE, ALIKE_ELSE = 0.55, 0.65, 0.75
LATE = 120 * 86_400  # seconds after which an event is no longer what a plan was about
NEAR = 45 * 86_400  # between two reports of one matter, or an event and the time that a plan of it names


class ReportedSentence(Protocol):
    """A sentence of an article. `evidence.Candidate` is one."""

    @property
    def passage(self) -> Passage: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


def same_matter(
    first: ReportedSentence, second: ReportedSentence, likeness: Likeness | None = None, *, one_event: bool = False
) -> bool:
    """Whether two sentences are surely about one matter: somebody or something named in both, the same time, nothing that
    befell one alone, and shared words. Of `one_event` what tells them apart is enough.
    """
    if not _same_time(first, second):
        return False
    for tells in (vocabulary.causes, vocabulary.deeds):
        mine, theirs = tells(first.text, first.passage.lang), tells(second.text, second.passage.lang)
        if mine and theirs and not mine & theirs:
            return False
    mine, theirs = (vocabulary.outcomes(r.text, r.passage.lang) for r in (first, second))
    if not mine & theirs and {vocabulary.OPPOSITES[kind] for kind in mine if kind in vocabulary.OPPOSITES} & theirs:
        return False  # won 31 seats, lost 12
    plans, events = (
        [tells(r.text, r.passage.lang) for r in (first, second)] for tells in (vocabulary.planned, vocabulary.happened)
    )
    if (plans[0] and events[1]) or (plans[1] and events[0]):
        return False
    if one_event:
        return True
    here, wide = len(shared_names(first.text, second.text)), len(shared_names(beside(first), beside(second)))
    if not here and wide < 2:
        return False
    if first.passage.lang == second.passage.lang:
        lang = first.passage.lang
        words_of, of_other = (matter(r.text, lang) for r in (first, second))
        own, others = (_particular(r.text, words, lang) for r, words in ((first, words_of), (second, of_other)))
        if own and others and not own & others:
            return False  # the fire in a hostel, the fire in a warehouse
        return len(words_of & of_other) >= (1 if here else 2)
    if likeness is None:
        return False
    event, fate = both(vocabulary.causes, first, second), both(vocabulary.fates, first, second)
    if not event and not fate and (_only_one(vocabulary.causes, first, second) or _only_one(vocabulary.deeds, first, second)):
        return False
    needed = ALIKE_EVENT if event else ALIKE if fate else ALIKE_ELSE
    return here > 0 and likeness(first.text, [second.text])[0] >= needed


def both(tells: Callable[[str, str], frozenset[str]], first: ReportedSentence, second: ReportedSentence) -> frozenset[str]:
    """What two sentences both tell."""
    return tells(first.text, first.passage.lang) & tells(second.text, second.passage.lang)


def _only_one(tells: Callable[[str, str], frozenset[str]], first: ReportedSentence, second: ReportedSentence) -> bool:
    """Whether one of two sentences tells of something of the kind, and the other of nothing."""
    return bool(tells(first.text, first.passage.lang)) != bool(tells(second.text, second.passage.lang))


def matter(text: str, lang: str) -> frozenset[str]:
    """The stems of a sentence without numbers, names of those who say it, and words of saying."""
    attribution = attributed(text, lang)
    stems = content_stems(" ".join(w for w in WORD.findall(text) if w not in attribution), lang)
    return frozenset(s for s in stems if not s[0].isdigit() and len(s) > 2 and s not in Lexicon(lang).numerals)


def _particular(text: str, matter: frozenset[str], lang: str) -> frozenset[str]:
    """Of the stems of a sentence those that tell this matter from others: no names, nor who is counted and what befell them."""
    flat, lexicon = Folded(text), Lexicon(lang)
    told = [text[slice(*flat.span(m))] for table in (lexicon.counted, lexicon.fates) for m in table.finditer(flat.text)]
    named = () if lexicon.capital_nouns else names_in(text, lang)
    return matter - content_stems(" ".join((*told, *named)), lang)


def shared_names(text: str, other: str) -> frozenset[str]:
    """What two texts both name, in any spelling, folded; places as their codes, a capital as its country."""
    common: set[str] = set()
    for mine, theirs in ((text, other), (other, text)):
        named = names_in(places.without(mine))
        common |= {fold(n) for n in named if len(n) > 2 and holds_name(n, theirs, same_lang=False)}
    return frozenset((common - {"the"}) | {code for code in places.codes(text) & places.codes(other) if "/" not in code})


def _same_time(first: ReportedSentence, second: ReportedSentence) -> bool:
    """Not where two sentences name times that have nothing in common: Monday's dead are not Tuesday's, nor those of 1987.

    Nor where months lie between two reports.
    """
    published = [report.passage.published for report in (first, second)]
    if all(published) and abs(moment_of(first) - moment_of(second)) > NEAR:
        return False
    times, others = times_of(first), times_of(second)
    if not times or not others:
        return not (of_long_ago(first) or of_long_ago(second))
    return any(p.overlaps(q) for p in times for q in others)


def of_long_ago(report: ReportedSentence) -> bool:
    """Whether a sentence names a time, and none that is not long before its report."""
    times = times_of(report)
    return bool(times) and all(time.end < moment_of(report) - LATE for time in times)


def times_of(report: ReportedSentence) -> list[Period]:
    """The times that a sentence names, but for the day on which somebody said what it tells."""
    text, lang, published = report.text, report.passage.lang, report.passage.published
    if published is None:
        return []
    told = [(s.start, s.end) for s in said_in(text, lang) if s.kind != "direct"]
    named = mentions(text, published, lang)
    inside = [m for m in named if any(start <= m.start and m.end <= end for start, end in told)]
    return [m.period for m in (inside if told else named)]


def moment_of(report: ReportedSentence) -> int:
    return report.passage.published.start if report.passage.published else -(10**18)


def beside(report: ReportedSentence) -> str:
    return f"{report.passage.title}\n{report.text}\n{report.passage.text}"
