"""What is said of an answer's sources: of several outlets one alone says it, a date is years ahead, not the outlet itself
says that it takes a report back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.writing import Writing, labels_of, outlet_shown
from bot.phrases import say
from bot.records import Note, Sentence
from bot.retrieval.evidence import Candidate, sentences_of
from bot.retrieval.retrieve import Retrieved
from bot.verification.disagreements import shared_names
from index.ingest.provenance import AHEAD
from index.records import Passage, Period
from index.text import quotation_marks
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.numbers import numbers_in
from index.text.publishers import Publishers, independent

if TYPE_CHECKING:
    from index.index import Index

COMPARED = 8  # sentences of other outlets that are held against those shown
READ = 10  # hits that they are taken from
NEAR = 4 * 86_400  # seconds between reports on one event
NAMES = 1  # that their beginnings share, at least
ALIKE = 0.4  # likeness of their beginnings: those of two events of one day have .31 at most in our stream
HEAD = 300  # characters of a beginning
SAME = 0.55  # likeness from which another outlet's sentence says the same, in whatever words or language


def on_sources(writing: Writing, retrieved: Retrieved, index: Index, lang: str, *, differ: bool = False) -> list[Note]:
    """The notes on those that an answer cites. `differ`: other reports on the matter are named already."""
    cited = _cited(writing, retrieved)
    return [
        *(() if differ else _alone(writing, _cited(writing, retrieved, first=True), retrieved, index, lang)),
        *_ahead(cited, index.publishers, lang),
        *_taken_back(cited, index, lang),
    ]


def _cited(writing: Writing, retrieved: Retrieved, *, first: bool = False) -> list[Passage]:
    """A passage of each article that the answer's sentences cite, or its first one alone."""
    found = [*writing.evidence.passages, *(p for hit in retrieved.hits for p in (hit.passage, *hit.more))]
    passages = {(p.article_id, p.version): p for p in reversed(found)}
    sentences = writing.sentences[:1] if first else writing.sentences
    keys = dict.fromkeys((c.article_id, c.version) for sentence in sentences for c in sentence.citations)
    return [passages[key] for key in keys if key in passages]


# One outlet alone -------------------------------------------------------------------------------------------------------------


def _alone(writing: Writing, cited: Sequence[Passage], retrieved: Retrieved, index: Index, lang: str) -> Iterator[Note]:
    """That one outlet alone says what is told: where others report on the matter, or where it is a doubtful one.

    Where nobody else writes about the matter there is nothing to tell: the sources show whose report it is, and its copies.
    """
    publishers = index.publishers
    narrowed = retrieved.results.filter
    asked_for = narrowed and (narrowed.outlets or narrowed.sources or narrowed.authors or narrowed.ids)
    own = [publishers.labels(passage.outlet, passage.url, passage.agency) for passage in cited]
    if not cited or asked_for or not all(own) or independent(own) > 1 or len(index.outlets) < 2:
        return
    tiers = {publishers.tier(passage.outlet, passage.url) for passage in cited}
    if tiers == {"trusted"}:
        return
    story = [article for passage in cited for article in index.story(passage)]
    first = next((article for article in story if article.id == article.origin), cited[0])
    name = first.agency or first.outlet
    related = frozenset().union(*own, *(labels_of(article, publishers) for article in story))
    theirs = _of_others(retrieved, related, publishers)
    phrase = "alone" if tiers == {"doubtful"} else "alone_of" if _on_the_matter(writing, cited, theirs) else ""
    if name and phrase and not _confirmed(writing, theirs):
        yield Note(kind="source", text=say(phrase, lang, outlet=quotation_marks.unquoted(name)))


def _of_others(retrieved: Retrieved, related: frozenset[str], publishers: Publishers) -> list[Candidate]:
    """The sentences of what was found of other outlets."""
    return [
        sentence
        for hit in retrieved.hits[:READ]
        if not labels_of(hit.passage, publishers) & related
        and publishers.tier(hit.passage.outlet, hit.passage.url) != "doubtful"
        for passage in (hit.passage, *hit.more)
        for sentence in sentences_of(passage, 0)
    ]


def _on_the_matter(writing: Writing, cited: Sequence[Passage], theirs: Sequence[Candidate]) -> bool:
    """Whether other outlets report on the event, too: some days apart at most, with the same names, and alike."""
    others = {one.passage.article_id: one.passage for one in theirs}.values()
    for ours in cited:
        near = [
            _head(other)
            for other in others
            if not (ours.published and other.published) or abs(other.published.start - ours.published.start) <= NEAR
        ]
        named = [other for other in near if len(shared_names(_head(ours), other)) >= NAMES]
        if named and writing.likeness and max(writing.likeness(_head(ours), named)) >= ALIKE:
            return True
    return False


def _head(passage: Passage) -> str:
    return f"{passage.title}. {passage.text[:HEAD]}"


def _confirmed(writing: Writing, theirs: Sequence[Candidate]) -> bool:
    """Whether another outlet's sentence says what one that is shown does."""
    if writing.likeness is None:
        return False
    for shown in writing.sentences[:1]:
        common = [(len(shared_names(shown.text, other.text)), other) for other in theirs]
        near = [other for count, other in sorted(common, key=lambda pair: -pair[0]) if count][:COMPARED]
        alike = writing.likeness(shown.text, [other.text for other in near]) if near else []
        if any(likeness >= SAME and _agree(shown, other) for likeness, other in zip(alike, near, strict=True)):
            return True
    return False


def _agree(ours: Sentence, theirs: Candidate) -> bool:
    """Whether another sentence has a figure of ours, if we give one."""
    mine = numbers_in(" ".join(citation.quote for citation in ours.citations), ours.lang)  # without the days that we add
    return not mine or bool(mine & numbers_in(theirs.text, theirs.passage.lang))


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
        own = labels_of(passage, publishers)
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
