"""What an outlet that is new here says, held against what others say of the same event.

    a sentence that is shown, of an outlet with a report or two here
      -> reports on the event by outlets that are known here; where none is, by the two that reported it first
      -> each: says so, too; says otherwise; is silent; cannot be told

Of a known outlet, its own facts are news: that it alone has them is worth a word where two others reported and have not
(`corroboration.py`). Of one that nobody knows a reader is told where a single known one has not, or both of the first two:
whoever comes later with a few friends and another story is not borne out by the friends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.answers.corroboration import APART, OTHERS, beginning, not_later, on_the_event, share
from bot.answers.other_report import Bearing, HeldSentence, counts, held
from bot.answers.writing import Writing, labels_of
from bot.records import Sentence
from bot.retrieval.candidates import Candidate, sentences_in
from bot.retrieval.retrieve import Retrieved
from bot.verification.evidence import Likeness
from bot.verification.same_matter import shared_names
from index.records import Filter, Passage, Scope
from index.text.publishers import independent

if TYPE_CHECKING:
    from index.index import Index

READ = 10  # hits among which other reports on the event are looked for
REPORTS = 2  # articles up to which an outlet is new here
DAYS, STORY = 14, 45  # between two reports of one event; where they name the same people and begin alike
# Names, or figures where names are written in other letters, that two reports have in common, and how alike their beginnings
# are then at least: reports of two events of one day have .31 in our stream, and seldom three names in common.
NAMES, NAMED, AFTER, NUMBERED = 3, 0.3, 0.5, 0.2
RARE = 12
# Where neither can be compared, the nearest hits of a question (so many) are on one event from here, also where one is undated.
NEAREST, LETTERS, UNDATED = 2, 0.35, 0.45
# How alike two beginnings are at least where a sentence of the other report is on the very matter of ours, and how alike that
# is: who tells what came of it begins with that.
BEGUN, ON_IT = 0.4, 0.8
COMPARED = 30  # sentences of another report
# How like ours a sentence of another newcomer is that tells the same; and so many independent ones of them, from which it is no
# longer remarked on that the first two on an event are silent.
FRIENDLY, FRIENDS = 0.7, 3


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A sentence of a newcomer that another outlet's report does not bear out."""

    verdict: Literal["otherwise", "silent", "unclear"]
    sentence: Sentence
    ours: Candidate
    theirs: Candidate  # the other report's nearest sentence
    others: tuple[Passage, ...]  # the reports in which it was not found, one an outlet
    friends: tuple[Passage, ...]  # reports of other newcomers that have it, too


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


@dataclass(frozen=True, slots=True)
class _Report:
    """Another outlet's report on the event."""

    passage: Passage
    sentences: Sequence[Candidate]
    text: str  # with its title


def _against(
    sentence: Sentence, own: Passage, writing: Writing, retrieved: Retrieved, standing: Standing
) -> Iterator[Unconfirmed]:
    likeness = writing.likeness
    citation = next(c for c in sentence.citations if c.article_id == own.article_id)
    said = " ".join(citation.quote for citation in sentence.citations)  # without the days that we add
    if likeness is None:
        return
    question = writing.evidence.question

    def bearing(report: _Report) -> Bearing:
        claim = HeldSentence(said, own.lang, own.published, question.stems, when=question.kind == "when")
        return held(claim, report.sentences, report.text, likeness)

    every = list(_reports(own, said, writing, retrieved, standing, likeness))
    weighty = [report for report in every if standing.known(report.passage)] or _first(every, own, standing)
    worst = _worst([bearing(report) for report in weighty])
    if worst is None or worst.theirs is None or worst.verdict == "says":
        return
    friends = [
        report.passage for report in every if report not in weighty and _alike(said, report.sentences, likeness) >= FRIENDLY
    ]
    if independent([standing.labels(passage) for passage in friends]) < FRIENDS:
        ours = Candidate(passage=own, hit=0, start=citation.start, end=citation.end, text=citation.quote)
        others = tuple({report.passage.outlet: report.passage for report in weighty}.values())
        yield Unconfirmed(worst.verdict, sentence, ours, worst.theirs, others, tuple(friends))


def _worst(bearings: Collection[Bearing]) -> Bearing | None:
    """What is to be said: nothing where one bears it out; else that one says otherwise; that all are silent; else unclear."""
    if not bearings or any(bearing.verdict == "says" for bearing in bearings):
        return None
    order = ("otherwise", "unclear", "silent")
    return min(bearings, key=lambda bearing: order.index(bearing.verdict))


def _first(reports: Sequence[_Report], own: Passage, standing: Standing) -> list[_Report]:
    """The reports that were first on an event, of two independent outlets, none later than ours; none if there are no such."""
    before = [report for report in reports if not_later(report.passage, own)]
    before.sort(key=lambda report: report.passage.published.start if report.passage.published else 0)
    for count in range(OTHERS, len(before) + 1):
        if independent([standing.labels(report.passage) for report in before[:count]]) >= OTHERS:
            return before[:count]
    return []


def _reports(
    own: Passage, said: str, writing: Writing, retrieved: Retrieved, standing: Standing, likeness: Likeness
) -> Iterator[_Report]:
    """The reports of other outlets on the same event, but of those that only claim their name; also those that are on the event
    of one of these, for who tells what came of it may begin unlike both."""
    mine = standing.labels(own)
    on_it: list[_Report] = []
    rest: list[_Report] = []
    for rank, hit in enumerate(retrieved.hits[:READ]):
        other = hit.passage
        if standing.labels(other) & mine or standing.doubtful(other):
            continue
        article = writing.article(other.article_id, other.version)
        sentences = sentences_in(article) if article else []
        if article and sentences:
            report = _Report(other, sentences, f"{article.title}\n{article.text}")
            same = _same_event(own, said, sentences, likeness, nearest=rank <= NEAREST)
            (on_it if same else rest).append(report)
    yield from on_it
    yield from (one for one in rest if any(_one_event(one.passage, other.passage, likeness) for other in on_it))


def _one_event(one: Passage, other: Passage, likeness: Likeness) -> bool:
    """Whether two reports of the same days begin so alike that they are on one event."""
    if not (one.published and other.published) or abs(one.published.start - other.published.start) > APART[0][0] * 86_400:
        return False
    first, second = beginning(one), beginning(other)
    return share(first, second, one.lang, other.lang) and likeness(first, [second])[0] >= APART[1][1]


def _same_event(own: Passage, said: str, theirs: Sequence[Candidate], likeness: Likeness, *, nearest: bool) -> bool:
    """Whether another report is on the event of ours. `nearest`: hardly anything answers the question as well."""
    other = theirs[0].passage
    if not own.published and not other.published:
        return False
    if on_the_event(own, said, theirs, likeness):
        return True
    dated = own.published and other.published
    days = abs(own.published.start - other.published.start) / 86_400 if own.published and other.published else 0
    texts = [f"{passage.title}. {passage.text}" for passage in (own, other)]
    if days > STORY:
        return False
    if len(shared_names(*texts)) >= NAMES:
        needed = NAMED if days <= DAYS else AFTER
    elif days > DAYS:
        return False
    elif dated and share(beginning(own), beginning(other), own.lang, other.lang) and _alike(said, theirs, likeness) >= ON_IT:
        needed = BEGUN
    elif _latin(own.text) == _latin(other.text):
        return False
    elif _rare(texts[0], own.lang) & _rare(texts[1], other.lang):
        needed = NUMBERED
    elif nearest and days <= APART[0][0]:
        needed = LETTERS if dated else UNDATED
    else:
        return False
    return likeness(beginning(own), [beginning(other)])[0] >= needed


def _alike(said: str, sentences: Sequence[Candidate], likeness: Likeness) -> float:
    """How like a sentence the likest of others is."""
    return max(likeness(said, [one.text for one in sentences[:COMPARED]]))


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
        return not self.doubtful(passage) and not self.new(passage)

    def doubtful(self, passage: Passage) -> bool:
        """Whether an article only claims to be its outlet's."""
        return self._index.publishers.tier(passage.outlet, passage.url) == "doubtful"

    def labels(self, passage: Passage) -> frozenset[str]:
        """Whose report it is, and who printed it."""
        return labels_of(passage, self._index.publishers)

    def _listed(self, passage: Passage) -> bool:
        publishers = self._index.publishers
        if self.doubtful(passage):
            return False
        return bool(publishers.at(passage.url) or publishers.called(passage.outlet))

    def _count(self, outlet: str) -> int:
        if outlet not in self._reports:
            only = Scope(filter=Filter(outlets=frozenset({outlet})))
            self._reports[outlet] = self._index.extent(scope=only).articles if outlet else 0
        return self._reports[outlet]
