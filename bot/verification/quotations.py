"""Pure: is a quotation in the articles word for word?

“Never,” Olsen said. + the article's text -> exact | altered | elsewhere | nowhere. Whose words they are: `speakers.py`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.verification.evidence import CitedPassage, Span
from index.text import quotation_marks
from index.text.fold import fold
from index.text.names import WORD
from index.text.verbatim import alike, locate

Verdict = Literal["exact", "misattributed", "altered", "elsewhere", "nowhere"]

ALIKE = 0.8  # likeness of words, from which a quotation counts as altered and not as invented
SHORT = 3  # words up to which single marks are apostrophes, or a title


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """What became of one quotation in a sentence."""

    text: str
    verdict: Verdict
    number: int = 0  # of the source that has it (or nearly has it); 0: none
    span: Span | None = None
    difference: str = ""  # "article: … | here: …" where altered


_SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(\[:—–-]))[‘']([^‘’']*(?:\w['’]\w[^‘’']*)*)[’'](?=$|[\s.,;:!?)\]—–-])")


def quoted(text: str) -> list[str]:
    """The quotations of a sentence, also those in single marks when they have three words or more."""
    singles = [m[1].strip() for m in _SINGLE.finditer(quotation_marks.DOUBLE.sub(" ", text)) if len(m[1].split()) >= SHORT]
    return [q for q in quotation_marks.quotations(text) if WORD.search(q)] + singles


def core(quote: str) -> str:
    """Without the punctuation at its end, which writers put inside the marks whether the source has it or not."""
    return quote.rstrip(" .,;:!?…，。；：！？、")


def verdict(quote: str, cited: Sequence[CitedPassage], sources: Sequence[CitedPassage]) -> CheckedQuotation:
    """One quotation: word for word in a cited article, changed, in another article, or in none."""
    for source in cited:
        if span := locate(quote, source.text) or locate(core(quote), source.text):
            return CheckedQuotation(quote, "exact", source.number, span)
    for source in (source for source in sources if source not in cited):
        if span := locate(core(quote), source.text):
            return CheckedQuotation(quote, "elsewhere", source.number, span)
    for source in cited:
        if span := nearly(quote, source.text):
            return CheckedQuotation(quote, "altered", source.number, span, difference(quote, source.text[span[0] : span[1]]))
    return CheckedQuotation(quote, "nowhere")


def nearly(quote: str, text: str) -> Span | None:
    """The stretch of a text that a quotation is a changed copy of; None if nothing is alike enough."""
    wanted = [fold(m.group()) for m in WORD.finditer(quote)]
    spans = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    if len(wanted) < 3:
        return None
    best, at = ALIKE, None
    matcher: difflib.SequenceMatcher[str] = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    have = set(wanted)
    for i in range(len(spans) - 1):
        if spans[i][2] not in have:
            continue
        for size in range(max(1, len(wanted) - 2), len(wanted) + 3):
            window = spans[i : i + size]
            if len(window) < size or sum(w in have for _, _, w in window) < ALIKE * len(wanted) - 1:
                continue
            matcher.set_seq1([w for _, _, w in window])
            if (ratio := matcher.ratio()) > best:
                best, at = ratio, (window[0][0], window[-1][1])
    return at


def difference(quote: str, original: str) -> str:
    """What was changed, word by word: "article: … | here: …"."""
    a, b = original.split(), quote.split()
    compared = difflib.SequenceMatcher(None, [*map(alike, a)], [*map(alike, b)], autojunk=False)
    changes = [op for op in compared.get_opcodes() if op[0] != "equal"]
    return "; ".join(
        f"article: {' '.join(a[i:j]) or '(nothing)'} | here: {' '.join(b[k:m]) or '(nothing)'}" for _, i, j, k, m in changes
    )


def punctuation_outside(text: str, cited: Sequence[CitedPassage]) -> str:
    """“never,” he said -> “never”, he said, where the article has no comma there."""
    for quote in quotation_marks.quotations(text):
        bare = core(quote)
        if bare in ("", quote) or any(locate(quote, source.text) for source in cited):
            continue
        if any(locate(bare, source.text) for source in cited):
            start = text.index(quote)
            mark = re.compile(r"\s*[”»›]").match(text, start + len(quote))
            if mark:
                text = text[:start] + bare + mark.group().strip() + quote[len(bare) :].strip() + text[mark.end() :]
    return text
