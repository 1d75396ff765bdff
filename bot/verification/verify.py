"""Pure, and the heart of the product: does a drafted sentence stand in the passages it cites?

    sentence + cited sources -> citations exist? -> quotations verbatim? -> numbers, dates, names, links there? -> negation and
    modality kept? -> enough of its words there? -> Checked

Nothing here decides what happens to a sentence that fails: `writer.py` cites it anew, replaces it by the article's own words,
or withholds it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.verification.facts import Source as Source  # the other files take the records of a check from here
from bot.verification.facts import Span, figures, miscounted, misplaced, other_speaker, strangers
from bot.verification.facts import Support as Support
from bot.verification.meaning import negated, turned
from bot.verification.swapped_facts import crossed
from index.text import quotation_marks
from index.text.fold import fold
from index.text.names import WORD, content_stems, holds_name, names_in
from index.text.numbers import numbers_in
from index.text.passages import sentences as split_sentences

Verdict = Literal["exact", "altered", "elsewhere", "nowhere"]
Likeness = Callable[[str, Sequence[str]], Sequence[float]]  # of a sentence with each of several, 0..1, across languages
Lacking = Callable[[str, str, str, str], Sequence[str]]  # (sentence, its language, evidence, its language) -> words

ENOUGH = 0.5  # share of a sentence's words that its evidence has to hold, in the same language
TWO = 0.15  # by how much two sentences have to hold more than one, to be what a sentence stands on
ALIKE = 0.8  # likeness of words, from which a quotation counts as altered and not as invented


@dataclass(frozen=True, slots=True)
class Quotation:
    """What became of one quotation in a sentence."""

    text: str
    verdict: Verdict
    number: int = 0  # of the source that has it (or nearly has it); 0: none
    span: Span | None = None
    difference: str = ""  # "article: … | here: …" where altered


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for one sentence. `reasons` is empty exactly when it may be shown."""

    text: str  # as it may be shown: marks paired, punctuation that the article does not quote moved outside
    reasons: tuple[str, ...]
    support: tuple[Support, ...]
    quotations: tuple[Quotation, ...]

    @property
    def ok(self) -> bool:
        return not self.reasons


def check(
    text: str,
    cited: Sequence[int],
    sources: Sequence[Source],
    lang: str,
    *,
    likeness: Likeness | None = None,
    lacking: Lacking | None = None,
) -> Checked:
    """One sentence in `lang` against the sources it cites by number.

    `likeness` compares across languages; without it a sentence in another language than its source is supported by its names
    and numbers alone. `lacking` names words of the sentence that nothing in its source comes near.
    """
    text = quotation_marks.shown(text)
    by_number = {source.number: source for source in sources}
    mine = [by_number[n] for n in dict.fromkeys(cited) if n in by_number]
    reasons: list[str] = []
    if not cited:
        reasons.append("cites nothing")
    elif len(mine) < len(set(cited)):
        reasons.append("cites a passage that does not exist")
    if not mine:
        return Checked(text, tuple(reasons), (), ())
    found = tuple(verdict(quote, mine, sources) for quote in quoted(text))
    text = _punctuation_outside(text, mine)
    reasons += [f"quotation {q.verdict}: {q.text}" for q in found if q.verdict != "exact"]
    reasons += [f"not in the source: {thing}" for thing in strangers(text, mine, lang)]
    support = tuple(s for source in mine if (s := supported(text, source, lang, likeness)))
    support = _with_quotations(support, found)
    if not support or max(s.score for s in support) < ENOUGH:
        reasons.append("too little of it is in the source")
    else:
        spoken = _quoting(support, found, by_number)
        best = max(spoken, key=lambda s: s.score)
        source = by_number[best.number]
        stands_on, other = source.text[best.span[0] : best.span[1]], source.passage.lang
        support = tuple(s for s in support if s.score >= ENOUGH)
        reasons += [f"dropped or added: {what}" for what in _turned(text, lang, best, source, found)]
        reasons += [f"not beside what it stands on: {name}" for name in misplaced(text, support, spoken, by_number, lang)]
        reasons += [f"said by somebody else: not {name}" for name in other_speaker(text, spoken, by_number, lang)]
        reasons += [f"counts something else: {piece}" for piece in miscounted(text, lang, stands_on, other)]
        reasons += [f"belongs elsewhere: {piece}" for piece in crossed(text, lang, stands_on, other)]
        reasons += [
            f"says what its source does not: {word}" for word in (lacking(text, lang, stands_on, other) if lacking else ())
        ]
    return Checked(text, tuple(reasons), support, found)


def _turned(text: str, lang: str, best: Support, source: Source, found: Sequence[Quotation]) -> list[str]:
    """What turns its meaning, beside what it quotes word for word: that says the same on both sides.

    A "nobody" that its evidence lacks may be in the sentence next to that.
    """
    other = source.passage.lang

    def compared(span: Span) -> list[str]:
        mine, theirs = text, source.text[span[0] : span[1]]
        for quote in found:
            if quote.verdict == "exact" and quote.span and quote.number == source.number:
                start, end = quote.span
                mine, theirs = mine.replace(quote.text, " "), theirs.replace(source.text[start:end], " ")
        return turned(mine, lang, theirs, other)

    reasons = compared(best.span)
    if reasons == ["negation"] and negated(fold(text), lang):
        passage = source.passage
        spans = [(passage.start + a, passage.start + b) for a, b in split_sentences(passage.text, other)]
        wider = [(a, d) for (a, b), (c, d) in pairwise(spans) if best.span in ((a, b), (c, d))]
        return reasons if all(compared(span) for span in wider) else []
    return reasons


# Quotations ------------------------------------------------------------------------------------------------------------------

_SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(\[:—–-]))[‘']([^‘’']*(?:\w['’]\w[^‘’']*)*)[’'](?=$|[\s.,;:!?)\]—–-])")


def quoted(text: str) -> list[str]:
    """The quotations of a sentence, also those in single marks when they have three words or more."""
    singles = [m[1].strip() for m in _SINGLE.finditer(quotation_marks.DOUBLE.sub(" ", text)) if len(m[1].split()) >= 3]
    return [q for q in quotation_marks.quotations(text) if WORD.search(q)] + singles


def locate(quote: str, text: str) -> Span | None:
    """Where a text holds a quotation word for word: marks and white space may differ, nothing else."""
    quote = " ".join(quote.split())
    if not quote:
        return None
    pattern = "".join(r"\s+" if c == " " else _ANY_MARK if quotation_marks.plain(c) == "'" else re.escape(c) for c in quote)
    match = re.search(pattern, text)
    return match.span() if match else None


_ANY_MARK = "[" + re.escape("\"＂'‘’‚‛`´" + quotation_marks.OPENERS + quotation_marks.CLOSERS) + "]"


def core(quote: str) -> str:
    """Without the punctuation at its end, which writers put inside the marks whether the source has it or not."""
    return quote.rstrip(" .,;:!?…")


def verdict(quote: str, cited: Sequence[Source], sources: Sequence[Source]) -> Quotation:
    """One quotation: word for word in a cited article, changed, in another article, or in none."""
    for source in cited:
        if span := locate(quote, source.text) or locate(core(quote), source.text):
            return Quotation(quote, "exact", source.number, span)
    others = [source for source in sources if source not in cited]
    for source in others:
        if span := locate(core(quote), source.text):
            return Quotation(quote, "elsewhere", source.number, span)
    for source in cited:
        if span := nearly(quote, source.text):
            return Quotation(quote, "altered", source.number, span, difference(quote, source.text[span[0] : span[1]]))
    return Quotation(quote, "nowhere")


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
    changes = [op for op in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if op[0] != "equal"]
    return "; ".join(
        f"article: {' '.join(a[i:j]) or '(nothing)'} | here: {' '.join(b[k:m]) or '(nothing)'}" for _, i, j, k, m in changes
    )


def _punctuation_outside(text: str, cited: Sequence[Source]) -> str:
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


# Support ---------------------------------------------------------------------------------------------------------------------


def supported(text: str, source: Source, lang: str, likeness: Likeness | None = None) -> Support | None:
    """The sentence of a cited passage, or two neighbours, that holds most of a sentence's words."""
    passage = source.passage
    spans = [(passage.start + a, passage.start + b) for a, b in split_sentences(passage.text, passage.lang)]
    windows = spans + [(a, d) for (a, _), (_, d) in pairwise(spans)]
    if not windows:
        return None
    texts = [source.text[a:b] for a, b in windows]
    if passage.lang == lang or likeness is None:
        scores = [overlap(text, lang, piece, passage.lang) for piece in texts]
    else:
        scores = list(likeness(text, texts))
        if max(scores) < ENOUGH:  # of a long sentence it may be a part: "the first rise in four years"
            parts = [[p for p in re.split(r"[,;:–—]\s", piece) if len(p.split()) >= 3] for piece in texts[: len(spans)]]
            for i, of in enumerate(parts):
                scores[i] = max([scores[i]] + (list(likeness(text, of)) if len(of) > 1 else []))
    scores = [s - TWO * (i >= len(spans)) for i, s in enumerate(scores)]
    best = max(range(len(windows)), key=lambda i: scores[i])
    return Support(source.number, windows[best], max(0.0, min(1.0, scores[best] + TWO * (best >= len(spans)))))


def overlap(text: str, lang: str, evidence: str, other: str) -> float:
    """Share of a sentence's words found in its evidence, 0..1: stems in one language; names and numbers across two."""
    same = lang == other
    names = names_in(text, lang)
    if same:
        mine, theirs = content_stems(text, lang), content_stems(evidence, lang)
        plain = mine - {stem for name in names for stem in content_stems(name, lang)}  # names are checked by themselves
        mine = plain if len(plain) > 1 else mine
        return len(mine & theirs) / max(1, len(mine))
    values = [v for _, v in figures(text, lang)]
    known = numbers_in(evidence, other)
    hits = sum(holds_name(n, evidence, same_lang=False) for n in names) + sum(bool(v & known) for v in values)
    return hits / max(1, len(names) + len(values))


def _quoting(support: tuple[Support, ...], found: Sequence[Quotation], sources: Mapping[int, Source]) -> tuple[Support, ...]:
    """Where a sentence quotes, it stands on the sentences that hold the quotation: there somebody says it."""
    spoken = []
    for q in found:
        if q.verdict == "exact" and q.span:
            source = sources[q.number]
            passage = source.passage
            spans = [(passage.start + a, passage.start + b) for a, b in split_sentences(passage.text, passage.lang)]
            inside = [(a, b) for a, b in spans if a < q.span[1] and q.span[0] < b] or [q.span]
            spoken.append(Support(q.number, (inside[0][0], inside[-1][1]), 1.0))
    return tuple(spoken) or support


def _with_quotations(support: tuple[Support, ...], found: Sequence[Quotation]) -> tuple[Support, ...]:
    """The citation covers what is quoted: its span is widened to the quotation, or the quotation's own span is added."""
    spans = list(support)
    for q in found:
        if q.verdict != "exact" or q.span is None:
            continue
        for i, s in enumerate(spans):
            if s.number == q.number and s.span[0] <= q.span[0] and q.span[1] <= s.span[1]:
                break
            if s.number == q.number and max(s.span[1], q.span[1]) - min(s.span[0], q.span[0]) <= 600:
                spans[i] = Support(s.number, (min(s.span[0], q.span[0]), max(s.span[1], q.span[1])), s.score)
                break
        else:
            spans.append(Support(q.number, q.span, 1.0))
    return tuple(spans)
