"""Pure: where reports differ: figures that disagree, a denial beside a claim (`denials.py`), a plan and what came of it
(`plans.py`).

    sentences of several articles -> pairs from different stories -> the same matter (`same_matter.py`)? -> Difference

A false conflict misleads more than a missed one: a pair that is not surely about one thing is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from bot.verification import vocabulary
from bot.verification.denials import denies
from bot.verification.evidence import Likeness
from bot.verification.plans import fulfilled
from bot.verification.quantities import Figure, agree, clash, figures
from bot.verification.same_matter import ReportedSentence, both, moment_of, same_matter
from index.text import places
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import holds_name
from index.text.numbers import numbers_in, numeral_spans


@dataclass(frozen=True, slots=True)
class Difference:
    """Two reports that do not agree, the newer one first; an undated one counts as the older."""

    kind: Literal["conflict", "superseded"]
    about: Literal["figure", "denial", "plan"]
    newer: ReportedSentence
    older: ReportedSentence
    figures: tuple[str, str] = ("", "")  # of the newer and the older, in their words


def differences(
    shown: Iterable[ReportedSentence],
    others: Sequence[ReportedSentence],
    likeness: Likeness | None = None,
    *,
    one_event: bool = False,
) -> list[Difference]:
    """How sentences that are shown differ from other sentences that were found, and from one another.

    Each shown sentence is named once a kind and a figure at most. Superseded reports come first. `one_event`: see `compare`.
    """
    mine = list(shown)
    pairs = [(first, second) for first in mine for second in others if apart(first, second)]
    pairs += [(first, second) for first, second in combinations(mine, 2) if apart(first, second)]
    differing: list[Difference] = []
    for first, second in pairs:
        difference = compare(first, second, likeness, one_event=one_event)
        if difference and not any(_told(difference, earlier) for earlier in differing):
            differing.append(difference)
    return sorted(differing, key=lambda difference: difference.kind != "superseded")


def _told(difference: Difference, other: Difference) -> bool:
    """Whether the same has been said: of the same two, or of one of them beside another that comes to the same figure."""
    if difference.about != other.about:
        return False
    mine, theirs = ({_key(d.newer), _key(d.older)} for d in (difference, other))
    numbers, others = (
        {frozenset(numbers_in(words, side.passage.lang)) for words, side in zip(d.figures, (d.newer, d.older), strict=True)}
        for d in (difference, other)
    )
    return bool(mine & theirs) and (mine == theirs or numbers == others)


def _key(report: ReportedSentence) -> tuple[str, str]:
    return report.passage.origin or report.passage.article_id, " ".join(report.text.split())


def apart(first: ReportedSentence, second: ReportedSentence) -> bool:
    """Whether two sentences come from different stories: neither one article nor copies of one."""
    a, b = first.passage, second.passage
    return a.article_id != b.article_id and (a.origin or a.article_id) != (b.origin or b.article_id)


def compare(
    first: ReportedSentence, second: ReportedSentence, likeness: Likeness | None = None, *, one_event: bool = False
) -> Difference | None:
    """How two sentences of different stories differ; None where they do not,
    or where it is not sure that they are about one thing.

    `one_event`: their reports are known to tell of one, so that they need not name it: "the Red Cross counted 72 dead".
    """
    new, old = (first, second) if moment_of(first) >= moment_of(second) else (second, first)
    if plan := fulfilled(first, second):
        return Difference("superseded", "plan", plan[0], plan[1])
    told = differing_figures(new, old, fates=True) if one_event and same_matter(new, old, one_event=True) else None
    if told is None and (told := differing_figures(new, old)) and not same_matter(new, old, likeness):
        told = None
    if told:
        kind: Literal["conflict", "superseded"] = "superseded" if corrects(new, old) else "conflict"
        return Difference(kind, "figure", new, old, (told[0].words, told[1].words))
    if denies(first, second, likeness) or denies(second, first, likeness):
        return Difference("conflict", "denial", new, old)
    return None


def differing_figures(
    first: ReportedSentence, second: ReportedSentence, *, fates: bool = False
) -> tuple[Figure, Figure] | None:
    """The figures by which two sentences count the same and come to numbers that cannot both be right; None where none do.

    `fates`: only of what became of people, and known to be of one event.
    """
    pairs = [(a, b) for a in figures(first.text, first.passage.lang) for b in figures(second.text, second.passage.lang)]
    if any(a.unit == b.unit and agree(a, b) for a, b in pairs):
        return None
    if any(_tells_both(a, b, first, second) for a, b in pairs) and not (corrects(first, second) or corrects(second, first)):
        return None
    same = first.passage.lang == second.passage.lang
    event = fates or bool(both(vocabulary.causes, first, second))
    pairs = [(a, b) for a, b in pairs if not fates or a.unit in vocabulary.FATES]
    clashing = (pair for pair in pairs if clash(*pair, same_lang=same, one_event=event))
    return next(((a, b) for a, b in clashing if not (_strange(a, second) and _strange(b, first))), None)


def _tells_both(figure: Figure, other: Figure, its: ReportedSentence, others: ReportedSentence) -> bool:
    """Whether one of two sentences that count the same has the number of the other, too: "three are missing, the fourth was
    found" beside "four were stolen"."""
    numbers, more = (numbers_in(report.text, report.passage.lang) for report in (its, others))
    return figure.unit == other.unit and figure.low != other.low and (other.low in numbers or figure.low in more)


def _strange(figure: Figure, other: ReportedSentence) -> bool:
    """Whether a name beside the figure is not in the other report: twelve in Selwyn,
    thirty in Karsund is no contradiction.
    """
    about = f"{other.passage.title} {other.text}"
    return any(
        not holds_name(name, about, same_lang=False) and not places.codes(name) & places.codes(about) for name in figure.names
    )


def corrects(new: ReportedSentence, old: ReportedSentence) -> bool:
    """Whether the newer sentence names the older one's figure in order to take it back: "fourteen, not seventeen"."""
    lang = new.passage.lang
    stale = {f.low for f in figures(old.text, old.passage.lang)}
    return any(
        values & stale and _taken_back(new.text[max(0, start - 30) : start], lang)
        for start, _, values in numeral_spans(new.text, lang)
    )


def _taken_back(before: str, lang: str) -> bool:
    """Whether the words before a figure take it back, if need be with one more word between: "not the 17"."""
    flat = Folded(before).text.rstrip()
    return any(re.fullmatch(r"(?:\s+\w+)?", flat[m.end() :]) for m in Lexicon(lang).instead_of.finditer(flat))
