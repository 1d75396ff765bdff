"""What an outlet that is new here says, held against what others say of the same event.

    a sentence that is shown, of an outlet with a report or two here
      -> reports on the event by outlets that are known here -> each: says so, too; says otherwise; is silent; cannot be told

Of a known outlet, its own facts are news: that it alone has them is worth a word where two others reported and have not
(`corroboration.py`). Of one that nobody knows a reader is told where a single known one has not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.answers.corroboration import APART, beginning, on_the_event, worth_a_word
from bot.answers.other_report import Bearing, counts, held
from bot.answers.writing import Writing, labels_of
from bot.records import Sentence
from bot.retrieval.candidates import Candidate, sentences_in
from bot.retrieval.retrieve import Retrieved
from bot.verification.disagreements import shared_names
from bot.verification.evidence import Likeness
from index.records import Filter, Passage, Scope

if TYPE_CHECKING:
    from index.index import Index

READ = 10  # hits among which other reports on the event are looked for
REPORTS = 2  # articles up to which an outlet is new here
DAYS = 14  # between two reports of one event
# Names, or figures where names are written in other letters, that two reports have in common, and how alike their beginnings
# are then at least: reports of two events of one day have .31 in our stream, and seldom three names in common.
NAMES, NAMED, NUMBERED = 3, 0.3, 0.2
RARE = 12
# Where neither can be compared, the nearest hits of a question (so many) are on one event from here, also where one is undated.
NEAREST, LETTERS, UNDATED = 2, 0.35, 0.45


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A sentence of a newcomer that another outlet's report does not bear out."""

    verdict: Literal["otherwise", "silent", "unclear"]
    sentence: Sentence
    ours: Candidate
    theirs: Candidate  # the other report's nearest sentence


def unconfirmed(writing: Writing, passages: Sequence[Passage], retrieved: Retrieved, index: Index) -> Unconfirmed | None:
    """The first sentence shown that rests on newcomers alone and that others contradict; else that they are silent on; else
    of which it cannot be told. `passages`: one of each article that is cited.
    """
    cited = {(p.article_id, p.version): p for p in passages}
    standing = Standing(index)
    found: list[Unconfirmed] = []
    for sentence in writing.sentences:
        own = [cited[key] for c in sentence.citations if (key := (c.article_id, c.version)) in cited]
        if own and all(standing.new(passage) for passage in own):
            found += _against(sentence, own[0], writing, retrieved, standing)
    order = ("otherwise", "silent", "unclear")
    return min(found, key=lambda one: order.index(one.verdict), default=None)


def _against(
    sentence: Sentence, own: Passage, writing: Writing, retrieved: Retrieved, standing: Standing
) -> Iterator[Unconfirmed]:
    likeness = writing.likeness
    citation = next(c for c in sentence.citations if c.article_id == own.article_id)
    said = " ".join(citation.quote for citation in sentence.citations)  # without the days that we add
    if likeness is None or not worth_a_word(said, own.lang):
        return
    reports = list(_reports(own, said, writing, retrieved, standing, likeness))
    asked = writing.evidence.question.stems
    bearings = [held(said, own.lang, report, text, asked, likeness) for text, report in reports]
    if worst := _worst(bearings):
        ours = Candidate(passage=own, hit=0, start=citation.start, end=citation.end, text=citation.quote)
        if worst.theirs and worst.verdict != "says":
            yield Unconfirmed(worst.verdict, sentence, ours, worst.theirs)


def _worst(bearings: Collection[Bearing]) -> Bearing | None:
    """What is to be said: nothing where one bears it out; else that one says otherwise; that all are silent; else unclear."""
    if not bearings or any(bearing.verdict == "says" for bearing in bearings):
        return None
    order = ("otherwise", "unclear", "silent")
    return min(bearings, key=lambda bearing: order.index(bearing.verdict))


def _reports(
    own: Passage, said: str, writing: Writing, retrieved: Retrieved, standing: Standing, likeness: Likeness
) -> Iterator[tuple[str, list[Candidate]]]:
    """The reports of known outlets on the same event: title and text, and its sentences."""
    mine = standing.labels(own)
    for rank, hit in enumerate(retrieved.hits[:READ]):
        other = hit.passage
        if standing.labels(other) & mine or not standing.known(other):
            continue
        article = writing.article(other.article_id, other.version)
        sentences = sentences_in(article) if article else []
        if article and sentences and _same_event(own, said, sentences, likeness, nearest=rank <= NEAREST):
            yield f"{article.title}\n{article.text}", sentences


def _same_event(own: Passage, said: str, theirs: Sequence[Candidate], likeness: Likeness, *, nearest: bool) -> bool:
    """Whether another report is on the event of ours. `nearest`: hardly anything answers the question as well."""
    other = theirs[0].passage
    if not own.published and not other.published:
        return False
    if on_the_event(own, said, theirs, likeness):
        return True
    dated = own.published and other.published
    days = abs(own.published.start - other.published.start) / 86_400 if own.published and other.published else 0
    if days > DAYS:
        return False
    texts = [f"{passage.title}. {passage.text}" for passage in (own, other)]
    if len(shared_names(*texts)) >= NAMES:
        needed = NAMED
    elif _latin(own.text) == _latin(other.text):
        return False
    elif _rare(texts[0], own.lang) & _rare(texts[1], other.lang):
        needed = NUMBERED
    elif nearest and days <= APART[0][0]:
        needed = LETTERS if dated else UNDATED
    else:
        return False
    return likeness(beginning(own), [beginning(other)])[0] >= needed


def _latin(text: str) -> bool:
    """Whether a text is written in Latin letters."""
    letters = [letter for letter in text[:300] if letter.isalpha()]
    return sum(letter < "ɐ" for letter in letters) > len(letters) / 2


def _rare(text: str, lang: str) -> frozenset[float]:
    return frozenset(number for number in counts(text, lang) if number > RARE)


class Standing:
    """How well outlets are known here. Looks each up once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._reports: dict[str, int] = {}

    def new(self, passage: Passage) -> bool:
        """Whether hardly anything else here is of an article's outlet, and nothing is known of it. Not of one's own files."""
        return bool(passage.outlet or passage.url) and not self._listed(passage) and self._count(passage.outlet) <= REPORTS

    def known(self, passage: Passage) -> bool:
        """Whether more of an article's outlet is here, or it is known; or the article is a file of one's own."""
        publishers = self._index.publishers
        return publishers.tier(passage.outlet, passage.url) != "doubtful" and not self.new(passage)

    def labels(self, passage: Passage) -> frozenset[str]:
        """Whose report it is, and who printed it."""
        return labels_of(passage, self._index.publishers)

    def _listed(self, passage: Passage) -> bool:
        publishers = self._index.publishers
        if publishers.tier(passage.outlet, passage.url) == "doubtful":
            return False
        return bool(publishers.at(passage.url) or publishers.called(passage.outlet))

    def _count(self, outlet: str) -> int:
        if outlet not in self._reports:
            only = Scope(filter=Filter(outlets=frozenset({outlet})))
            self._reports[outlet] = self._index.extent(scope=only).articles if outlet else 0
        return self._reports[outlet]
