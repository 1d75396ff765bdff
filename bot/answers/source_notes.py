"""What is said of an answer's sources: that one outlet alone reports it, that a date is years ahead, that not the outlet itself
says that it takes a report back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.writing import Writing, outlet_shown
from bot.phrases import say
from bot.records import Note
from bot.retrieval.evidence import Candidate
from bot.retrieval.retrieve import Retrieved
from index.ingest.provenance import AHEAD
from index.records import Passage, Period
from index.text import quotation_marks
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import holds_name, names_in
from index.text.numbers import numerals_in
from index.text.publishers import Publishers, independent

if TYPE_CHECKING:
    from index.index import Index

COMPARED = 8  # sentences of other outlets that are held against those shown
SAME = 0.55  # likeness from which another outlet's sentence says the same, in whatever words or language
RIVAL = 6.0  # how far below the best it may score, in log-odds


def on_sources(writing: Writing, retrieved: Retrieved, index: Index, lang: str) -> list[Note]:
    """The notes on those that an answer cites."""
    cited = _cited(writing, retrieved)
    return [
        *_alone(writing, cited, retrieved, index, lang),
        *_ahead(cited, index.publishers, lang),
        *_taken_back(cited, index, lang),
    ]


def _cited(writing: Writing, retrieved: Retrieved) -> list[Passage]:
    """A passage of each article that the answer's sentences cite."""
    found = [*writing.evidence.passages, *(p for hit in retrieved.hits for p in (hit.passage, *hit.more))]
    passages = {(p.article_id, p.version): p for p in reversed(found)}
    keys = dict.fromkeys((c.article_id, c.version) for sentence in writing.sentences for c in sentence.citations)
    return [passages[key] for key in keys if key in passages]


# One outlet alone -------------------------------------------------------------------------------------------------------------


def _alone(writing: Writing, cited: Sequence[Passage], retrieved: Retrieved, index: Index, lang: str) -> Iterator[Note]:
    """That only one outlet reports what is told: where the library has others, and none of them says the same."""
    publishers = index.publishers
    narrowed = retrieved.results.filter
    asked_for = narrowed and (narrowed.outlets or narrowed.sources or narrowed.authors or narrowed.ids)
    labels = [_labels(passage, publishers) for passage in cited]
    if not cited or asked_for or not all(labels) or independent(labels) > 1 or len(index.outlets) < 2:
        return
    name = cited[0].outlet or cited[0].agency
    if not name or all(publishers.tier(p.outlet, p.url) == "trusted" for p in cited):
        return
    if not _confirmed(writing, frozenset().union(*labels), publishers):
        yield Note(kind="source", text=say("alone", lang, outlet=quotation_marks.unquoted(name)))


def _confirmed(writing: Writing, own: frozenset[str], publishers: Publishers) -> bool:
    """Whether another outlet's sentence says what one that is shown does."""
    candidates = writing.evidence.candidates
    if not candidates or writing.likeness is None:
        return False
    shown = {(c.article_id, c.start) for sentence in writing.sentences for c in sentence.citations}
    others = [c for c in candidates if c.score >= candidates[0].score - RIVAL and _other(c, own, publishers)][:COMPARED]
    ours = [
        c
        for c in candidates
        if any(id == c.passage.article_id and start <= c.end and c.start <= start + 400 for id, start in shown)
    ]
    if not others:
        return False
    for candidate in ours[:2]:
        alike = writing.likeness(candidate.text, [other.text for other in others])
        if any(likeness >= SAME and _agree(candidate, other) for likeness, other in zip(alike, others, strict=True)):
            return True
    return False


def _other(candidate: Candidate, own: frozenset[str], publishers: Publishers) -> bool:
    passage = candidate.passage
    theirs = _labels(passage, publishers)
    return not theirs & own and publishers.tier(passage.outlet, passage.url) != "doubtful"


def _agree(ours: Candidate, theirs: Candidate) -> bool:
    """Whether a sentence has a figure of the other, where both have some, and a name, where ours has one."""
    numbers = [{v for _, values in numerals_in(c.text, c.passage.lang) for v in values} for c in (ours, theirs)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return False
    named = names_in(ours.text, ours.passage.lang)
    about = f"{theirs.passage.title} {theirs.text}"
    return not named or any(holds_name(name, about, same_lang=ours.passage.lang == theirs.passage.lang) for name in named)


def _labels(passage: Passage, publishers: Publishers) -> frozenset[str]:
    return publishers.labels(passage.outlet, passage.url, passage.agency)


# Dates and notices ------------------------------------------------------------------------------------------------------------


def _ahead(cited: Sequence[Passage], publishers: Publishers, lang: str) -> Iterator[Note]:
    """That a source is dated years from now."""
    now = Period.now()
    for passage in cited:
        if passage.published and passage.published.start > now.end + AHEAD:
            name = outlet_shown(passage, publishers, lang) or passage.title
            date = str(passage.published)[:10]
            yield Note(kind="source", text=say("ahead", lang, date=date, outlet=quotation_marks.unquoted(name)))


def _taken_back(cited: Sequence[Passage], index: Index, lang: str) -> Iterator[Note]:
    """That a notice of withdrawal or correction that names an outlet is another's."""
    publishers = index.publishers
    for passage in cited:
        notice = _notice(f"{passage.title}\n{passage.text}", passage.lang)
        own = _labels(passage, publishers)
        others = (o for o in index.outlets if o and notice and _names(notice, o) and not own & publishers.labels(o))
        if own and (named := next(others, "")):
            name = outlet_shown(passage, publishers, lang)
            yield Note(kind="source", text=say("takes_back", lang, outlet=quotation_marks.unquoted(name), other=named))


def _notice(text: str, lang: str) -> str:
    """The sentence of a text that withdraws or corrects a report, folded; "" if none does."""
    words, folded = Lexicon(lang), Folded(text).text
    match = words.withdraws.search(folded) or words.corrects.search(folded)
    if not match:
        return ""
    start = max((folded.rfind(stop, 0, match.start()) for stop in ("\n", ". ", "。")), default=-1) + 1
    ends = [at for stop in ("\n", ". ", "。") if (at := folded.find(stop, match.end())) >= 0]
    return folded[start : min(ends, default=len(folded))]


def _names(text: str, outlet: str) -> bool:
    """Whether a folded text has an outlet's name."""
    return bool(re.search(rf"(?<!\w){re.escape(fold(outlet))}(?!\w)", text))
