"""Pure, and the heart of the product: does a drafted sentence stand on the words that it points at?

    sentence + its words + sources -> words found verbatim, widened -> blockers -> Checked

A blocker stops a sentence: each was measured alone, and of what it stops hardly anything is true
(`scripts/evals/verification.py`). Whether the rest means the same is for the judge (`judge.py`), how a sentence is shown for
`bot/answers/writing.py`. No sentence is ever held against a passage that it does not cite, where it cites any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.verification import borne_out, claimed_dates, claimed_names, claimed_numbers, meaning
from bot.verification.claim import Claim
from bot.verification.evidence import ENOUGH, VERY, CitedPassage, EvidenceSpan, Likeness, nearest, pointed_at
from bot.verification.meaning import turns
from bot.verification.quotations import CheckedQuotation, core, punctuation_outside, quoted, verdict
from index.text import quotation_marks

Reason = Literal[
    "citation",
    "words",
    "quotation",
    "speaker",
    "number",
    "counted",
    "date",
    "name",
    "negation",
    "plan",
    "link",
    "judge",
    "unconfirmed",
]

BLOCKERS: dict[Reason, Callable[[Claim], list[str]]] = {
    "link": claimed_names.strange_links,
    "number": claimed_numbers.strange_numbers,
    "counted": claimed_numbers.miscounted,
    "date": claimed_dates.strange_dates,
    "name": claimed_names.strange_names,
    "negation": meaning.negation,
    "plan": meaning.planned_told_as_done,
}

# These stopped true sentences, too, that nobody here had seen: a number in another unit, a day worked out, "not convicted" for
# "cleared". A judge is told what they found; its "supported" counts if it names the words that settle it (`judge.py`).
# Without a judge they are blockers like the others.
HINTS = frozenset[Reason]({"number", "counted", "name", "date", "negation", "plan"})


@dataclass(frozen=True, slots=True)
class Block:
    """Why a sentence is not shown, and what of it."""

    reason: Reason
    piece: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for one sentence. It may be shown, as unconfirmed, exactly when nothing blocks it."""

    text: str  # as it may be shown: marks paired, punctuation that the article does not quote moved outside
    blocks: tuple[Block, ...]
    words: tuple[EvidenceSpan, ...]  # of the sources, what it stands on
    quotations: tuple[CheckedQuotation, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.blocks

    @property
    def judgeable(self) -> bool:
        """Whether a judge is asked about it: nothing blocks it, or only what a judge may find to be wrong."""
        return HINTS.issuperset(block.reason for block in self.blocks)


def check(
    text: str,
    cited: Sequence[int],
    sources: Sequence[CitedPassage],
    lang: str,
    *,
    words: Sequence[tuple[int, str]] = (),
    likeness: Likeness | None = None,
) -> Checked:
    """One sentence in `lang` against the sources it cites by number, and the words of them that it points at.

    Without words it is held against the sentence of each cited passage that is most like it, which `likeness` finds across
    languages; without a citation, too, against the one of all `sources`, if it is very like it.
    """
    text = quotation_marks.shown(text)
    by_number = {source.number: source for source in sources}
    blocks: list[Block] = []
    stands_on, missing = pointed_at(words, [by_number[n] for n in dict.fromkeys((*cited, *by_number)) if n in by_number])
    blocks += [Block("words", piece) for piece in missing]
    if not words:
        blocks += [Block("citation", str(number)) for number in cited if number not in by_number]
        tried = dict.fromkeys(cited) if cited else [n for n, source in by_number.items() if source.passage.lang == lang]
        said = borne_out.content(text, lang)
        meant = {n: said if by_number[n].passage.lang == lang else text for n in tried if n in by_number}
        near = [nearest(words_of, by_number[n], lang, likeness) for n, words_of in meant.items()]
        stands_on = [stretch for stretch in near if stretch and stretch.score >= (ENOUGH if cited else VERY)]
        if not cited:
            stands_on = sorted(stands_on, key=lambda stretch: -stretch.score)[:1]
        if not (stands_on or blocks):
            blocks.append(Block("words" if cited else "citation", ""))
    if not stands_on:
        return Checked(text, tuple(blocks), ())
    mine = tuple(by_number[n] for n in dict.fromkeys(stretch.number for stretch in stands_on))
    quotations = tuple(verdict(quote, mine, sources) for quote in quoted(text))
    text = punctuation_outside(text, mine)
    blocks += [Block("quotation", q.text) for q in quotations if q.verdict != "exact"]
    claim = Claim(
        text, lang, tuple(stands_on), mine, tuple((s.passage.text, s.passage.lang) for s in sources),
        tuple(core(q.text) for q in quotations if q.verdict == "exact"),
    )  # fmt: skip
    blocks += [Block("speaker", name) for name in borne_out.in_doubt(claim, quotations)]
    blocks += [Block(reason, piece) for reason, rule in BLOCKERS.items() for piece in rule(claim)]
    return Checked(text, tuple(blocks), claim.words, quotations)


SAME = 0.5  # likeness from which a text can be the translation of another


def translated(text: str, source: CitedPassage, lang: str, likeness: Likeness) -> str:
    """A translation of a passage as it may be shown; "" if something stops it, or it says another thing.

    A translation says as much as its original: a "no" may not be gone, nor new.
    """
    original = source.passage.text
    checked = check(text, (1,), [source], lang, words=[(1, original)])
    denies = [
        turned.negated or turned.denied or turned.refused
        for turned in (turns(text, lang), turns(original, source.passage.lang))
    ]
    same = denies[0] == denies[1] and likeness(text, [original])[0] >= SAME
    return checked.text if checked.ok and same else ""
