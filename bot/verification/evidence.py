"""Pure: the words of an article that a sentence stands on.

    words that a model points at -> found verbatim in their passage -> widened to their sentence -> Words

A model that names no words is given the sentence of the cited passage, or two neighbours, that is most like its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.verification.caseless_names import called, is_caseless
from index.quotes import Statement, is_pronoun, statements
from index.quotes.people import people
from index.records import Passage
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name, names_in
from index.text.numbers import numbers_in, numerals_in
from index.text.passages import sentences as split_sentences
from index.text.verbatim import verbatim

Span = tuple[int, int]  # code points of an article's text, half open
Likeness = Callable[[str, Sequence[str]], Sequence[float]]  # of a sentence with each of several, 0..1, across languages

ENOUGH = 0.3  # likeness from which a sentence of a passage can be what a sentence without words stands on
CLOSE = 0.5  # likewise, for what it surely stands on
VERY = 0.6  # likewise, where it cites no passage either
TWO = 0.15  # by how much two sentences have to hold more than one
SURE = 0.7  # confidence from which a pronoun's speaker counts as named


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A cited passage and the whole text of its article."""

    number: int
    passage: Passage
    text: str  # of the article; `passage.text` is a slice of it

    @property
    def heading(self) -> str:
        """What stands above the passage: title, outlet, agency, date."""
        passage = self.passage
        return " ".join(filter(None, (passage.title, passage.outlet, passage.agency, str(passage.published or ""))))


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """A stretch of a source that a sentence stands on."""

    number: int
    span: Span  # the words themselves
    sentence: Span  # widened to the sentences that hold them
    score: float = 1.0  # how like the sentence they are, where the model did not name them
    pointed_at: bool = True  # the model named them


def pointed_at(words: Sequence[tuple[int, str]], sources: Sequence[CitedPassage]) -> tuple[list[EvidenceSpan], list[str]]:
    """(the words that a model copied, found verbatim; those that no passage it saw has).

    `words`: (number of the passage, 0 if none was given; the words). A wrong number is set right: the words decide.
    """
    evidence_spans: list[EvidenceSpan] = []
    missing: list[str] = []
    for number, text in words:
        own = sorted(sources, key=lambda source: source.number != number)
        spans = next(((source, spans) for source in own if (spans := _within(text, source))), None)
        if spans is None:
            missing.append(text)
            continue
        source, stretches = spans
        evidence_spans += [EvidenceSpan(source.number, span, widened(source, span)) for span in stretches]
    return list(dict.fromkeys(evidence_spans)), missing


def _within(words: str, source: CitedPassage) -> list[Span]:
    """The spans of words in the passage of a source, with or without quotation marks around them."""
    inner = words.strip().strip("\"“”„«»'‘’ ")
    for text in dict.fromkeys((words, inner, inner.rstrip(" .,;:"))):
        if not WORD.search(text):
            continue
        spans = verbatim(source.text).find_parts(text, source.passage.start)
        if spans and spans[-1][1] <= source.passage.end:
            return spans
    return []


def sentence_spans(source: CitedPassage) -> list[Span]:
    """The sentences of a passage."""
    passage = source.passage
    return [(passage.start + a, passage.start + b) for a, b in split_sentences(passage.text, passage.lang)]


def widened(source: CitedPassage, span: Span) -> Span:
    """A span, widened to the sentences of the passage that it touches."""
    inside = [(a, b) for a, b in sentence_spans(source) if a < span[1] and span[0] < b]
    return (min(span[0], inside[0][0]), max(span[1], inside[-1][1])) if inside else span


def nearest(text: str, source: CitedPassage, lang: str, likeness: Likeness | None = None) -> EvidenceSpan | None:
    """The sentence of a passage, or two neighbours, that is most like a sentence for which a model named no words."""
    passage = source.passage
    spans = sentence_spans(source)
    windows = spans + [(a, d) for (a, _), (_, d) in pairwise(spans)]
    if not windows:
        return None
    texts = [source.text[a:b] for a, b in windows]
    if passage.lang == lang or likeness is None:
        for name in somebody(source) if passage.lang == lang else ():
            text = text.replace(name, " ")  # who says it is checked by itself
        scores = [overlap(text, lang, piece, passage.lang) for piece in texts]
    else:
        scores = list(likeness(text, texts))
    scores = [s - TWO * (i >= len(spans)) for i, s in enumerate(scores)]
    best = max(range(len(windows)), key=lambda i: scores[i])
    score = max(0.0, min(1.0, scores[best] + TWO * (best >= len(spans))))
    return EvidenceSpan(source.number, windows[best], windows[best], score, pointed_at=False)


def overlap(text: str, lang: str, evidence: str, other: str) -> float:
    """Share of a sentence's words found in its evidence, 0..1: stems in one language; names and numbers across two."""
    names = names_in(text, lang)
    if lang == other:
        mine, theirs = content_stems(text, lang), content_stems(evidence, lang)
        plain = mine - {stem for name in names for stem in content_stems(name, lang)}  # names are checked by themselves
        mine = plain if len(plain) > 1 else mine
        return len(mine & theirs) / max(1, len(mine))
    values = [v for _, v in numerals_in(text, lang)]
    known = numbers_in(evidence, other)
    hits = sum(holds_name(n, evidence, same_lang=False) for n in names) + sum(bool(v & known) for v in values)
    return hits / max(1, len(names) + len(values))


# Who is meant ----------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def said_in(text: str, lang: str) -> tuple[Statement, ...]:
    """Who says what in an article: read once, however many sentences cite it."""
    return tuple(statements(text, lang=lang))


@lru_cache(maxsize=64)
def somebody(source: CitedPassage) -> frozenset[str]:
    """The people of an article and whoever speaks in it, by two names, or by one in a script without capitals."""
    lang = source.passage.lang
    names = [person.name for person in people(source.text, Lexicon(lang)).persons]
    names += [called(one) for one in said_in(source.text, lang) if not is_pronoun(called(one), lang)]
    return frozenset(" ".join(name.split()[-2:]) for name in names if is_caseless(name) or len(name.split()) > 1)


def resolved(source: CitedPassage, span: Span) -> str:
    """The names of those who speak in a span, where the article itself calls them "he" there and is sure who that is."""
    heard = (s for s in said_in(source.text, source.passage.lang) if s.start < span[1] and span[0] < s.end)
    return " ".join(dict.fromkeys(s.speaker_resolved for s in heard if s.speaker_resolved and s.confidence >= SURE))


_CLAUSE = re.compile(r"[;:–—]\s|(?<=[.!?])\s")
_COMMA = re.compile(r"[,،]\s")


def clauses(text: str, *, at_commas: bool = False) -> Iterator[str]:
    """The parts of a text between stops, or between commas as well."""
    parts = (part for whole in _CLAUSE.split(text) for part in (_COMMA.split(whole) if at_commas else (whole,)))
    return (piece for part in parts if (piece := part.strip(" .")))
