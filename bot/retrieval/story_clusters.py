"""Pure: the articles of a window -> events: what happened, each with all of its reports, whatever their language.

    copies -> origins (one story many outlets ran is one) -> likeness of each two -> average linkage -> events

Two reports are alike by what they are about (vectors centred by language, of the text and of the title), by whom and what they
name (names in any spelling, rarer ones more) and by when they came out. Average linkage (Sokal and Michener 1958) keeps a chain
of related stories from growing into one event, which single linkage does not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.search.recent_reports import Report
from index.text.lexicon import Lexicon
from index.text.names import content_stems, names_in
from index.text.terms import names

Floats = NDArray[np.float32]

HEAD = 900  # characters of a text whose names count: news says first whom it is about
DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterWeights:
    """What makes two reports one event: the sum is the log-odds."""

    bias: float
    text: float  # centred cosine of the texts' openings
    title: float  # of one's title and the other's text, the better way round
    names: float  # share of the weight of their names in common, 0..1
    days: float  # log(1 + days between them)


WEIGHTS = ClusterWeights(bias=-4.0, text=11.0, title=2.5, names=9.5, days=-6.0)
# Below the first, as a cosine of their openings, two reports are hardly one event whatever they name (1 in 70 true pairs of the
# fit's other half has less): per unit below it the second is taken off. Of 54 groups of real news 12 went, all of them wrong.
APART = (0.35, 30.0)
RELATED = 0.5  # mean kinship of an event and an earlier story from which it may go on from that
# From which it may go on: kinship, and names in common. Two bids for one office that end have 5.2 and .26, two marathons 5.3
# and .05. Then the log-odds that it does: of kinship, of how far each one's text names whom the other's title names, of log(1 +
# days), constant; fitted on half of the pairs of tests/data/briefings. From LIKELY on it may be the same story.
MAY = ((2.5, 0.18), (5.6, 0.10))
ONE = (0.32, 3.6, -0.74, -1.0)
LIKELY = 0.25
# Which of those does: cosine of the texts' openings, how far one's text names whom the other's title names, constant. With what
# `bot.briefings.novelty` adds these are log-odds, fitted on 96 pairs read by hand.
GOES_ON = (8.2, 4.9, -10.2)
TITLED = 200  # characters in which a text without names in its title names whom it is about
CUT = 0.0  # log-odds, mean over the pairs of two groups, from which they are one event
# Taken off where one language tells of both and no word but names is in both: two acts of one governor.
OF_ANOTHER_MATTER = 12.0


@dataclass(frozen=True, slots=True)
class Story:
    """One origin: an article and its copies, the first to come out first."""

    reports: tuple[Report, ...]
    vector: Floats
    title: Floats
    names: frozenset[str]

    @property
    def moment(self) -> int:
        return self.reports[0].moment


@dataclass(frozen=True, slots=True)
class Cluster:
    """One event as its reports tell it, the first story to come out first."""

    stories: tuple[Story, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        return tuple(report for story in self.stories for report in story.reports)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(report.article.id for report in self.reports)


def clusters(reports: Sequence[Report]) -> list[Cluster]:
    """The events of some reports, in the order in which they were first reported."""
    all_stories = stories(reports)
    if not all_stories:
        return []
    groups = linked(likeness(all_stories, all_stories))
    made = [Cluster(tuple(all_stories[i] for i in group)) for group in groups]
    return sorted(made, key=lambda cluster: (cluster.stories[0].moment, cluster.ids[0]))


def stories(reports: Sequence[Report]) -> list[Story]:
    """Reports by origin. Copies are one story, compared by the first that came out."""
    groups: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda report: (report.moment, report.article.id)):
        groups.setdefault(report.article.origin or report.article.id, []).append(report)
    return [
        Story(
            reports=tuple(copies),
            vector=copies[0].vector,
            title=copies[0].title,
            names=named(copies[0]),
        )
        for copies in groups.values()
    ]


def named(report: Report) -> frozenset[str]:
    """Keys of the names and numbers at the head of a report, equal across spellings and alphabets."""
    article = report.article
    return frozenset(names(f"{article.title}\n{article.text[:HEAD]}", article.lang))


def likeness(some: Sequence[Story], others: Sequence[Story]) -> Floats:
    """(len(some), len(others)) log-odds that two stories tell of one event."""
    moments = [np.array([story.moment for story in stories], np.float32) / DAY for stories in (some, others)]
    apart: Floats = np.abs(np.subtract.outer(*moments)).astype(np.float32)
    total = kinship(some, others)
    total += np.float32(WEIGHTS.days) * np.log1p(apart)
    least, fall = map(np.float32, APART)
    total -= fall * np.maximum(0, least - _side(some, "vector") @ _side(others, "vector").T)
    for i, j in np.argwhere(total > CUT).tolist():
        total[i, j] -= 0.0 if one_matter(some[i], others[j]) else OF_ANOTHER_MATTER
    return total


def one_matter(story: Story, other: Story) -> bool:
    """Whether two stories may be of one matter: a word is in both heads that is no name, title, weekday or verb of saying; in
    two languages, a name. Nobody knows where a head has none.
    """
    a, b = story.reports[0].article, other.reports[0].article
    if a.id == b.id:
        return True
    mine, theirs = story.names, other.names
    if a.lang == b.lang:
        mine, theirs = (_matter(of.title, of.text[:HEAD], of.lang) for of in (a, b))
    return not mine or not theirs or not mine.isdisjoint(theirs)


@lru_cache(maxsize=4_000)
def _matter(title: str, text: str, lang: str) -> frozenset[str]:
    """The stems of what a report is about; in a script without words between spaces, of all its words."""
    words, head = Lexicon(lang), f"{title}. {text}"
    stems = content_stems(head, lang)
    if not words.capital_nouns:  # there what looks like a name is as likely a noun
        stems -= {stem for name in names_in(f"x {head}", lang) for stem in content_stems(name, lang)}
    idle = content_stems(" ".join((*words.titles, *words.say_verbs, *words.weekdays)), lang)
    return frozenset(stem for stem in stems - idle if not stem[0].isdigit() and stem not in words.numerals)


def kinship(some: Sequence[Story], others: Sequence[Story]) -> Floats:
    """(len(some), len(others)) the same whenever they came out: above `RELATED` the two belong to one running story."""
    texts, theirs = _side(some, "vector"), _side(others, "vector")
    titles, their_titles = _side(some, "title"), _side(others, "title")
    text: Floats = texts @ theirs.T
    title = np.maximum(titles @ theirs.T, texts @ their_titles.T)  # of one and the opening of the other, the better way round
    untitled = np.logical_or.outer(~titles.any(axis=1), ~their_titles.any(axis=1))
    np.copyto(title, text, where=untitled)
    total: Floats = np.float32(WEIGHTS.bias) + np.float32(WEIGHTS.text) * text
    total += np.float32(WEIGHTS.title) * title
    total += np.float32(WEIGHTS.names) * _shared(some, others)
    return total


def goes_on(some: Sequence[Story], others: Sequence[Story]) -> Floats:
    """(len(others),) log-odds that each goes on in `some`, the same people or place and the same matter, by texts and names.

    Minus infinity where kinship and names in common say no: what both say is right more often than what either says.
    """
    weight = _weights([*some, *others])
    text = (_side(some, "vector") @ _side(others, "vector").T).mean(axis=0)
    named = [max(max(_covered(story, it, weight), _covered(it, story, weight)) for story in some) for it in others]
    by_text, by_names, bias = map(np.float32, GOES_ON)
    total = by_text * text + by_names * np.array(named, np.float32) + bias
    may = _may_be_one(some, others, weight)
    may[may] = [any(one_matter(story, others[i]) for story in some) for i in np.flatnonzero(may).tolist()]
    odds: Floats = np.where(may, total, np.float32(-np.inf))
    return odds


def _may_be_one(some: Sequence[Story], others: Sequence[Story], weight: Mapping[str, float]) -> NDArray[np.bool_]:
    """(len(others),) whether each may go on in `some`: by kinship, names in common, and the days between."""
    named = _shared(some, others).mean(axis=0)
    kin = kinship(some, others).mean(axis=0)
    same: NDArray[np.bool_] = np.any([(kin >= least) & (named >= share) for least, share in MAY], axis=0)
    for i in np.flatnonzero(same).tolist():
        both = [min(_covered(story, others[i], weight), _covered(others[i], story, weight)) for story in some]
        days = [abs(story.moment - others[i].moment) / DAY for story in some]
        features = (float(kin[i]), max(both), math.log1p(sum(days) / len(days)), 1.0)
        same[i] = sum(a * b for a, b in zip(ONE, features, strict=True)) >= LIKELY
    return same


def _covered(story: Story, other: Story, weight: Mapping[str, float]) -> float:
    """Which share of the names that a story is headed by the other one has, the rarer ones counting more; 0 without any."""
    article = story.reports[0].article
    heading = names(article.title, article.lang) or names(article.text[:TITLED], article.lang)
    about = {name: weight.get(name, 0.0) for name in heading}
    return sum(value for name, value in about.items() if name in other.names) / max(1e-9, sum(about.values()))


def _weights(stories: Sequence[Story]) -> dict[str, float]:
    """What each name weighs: its rarity among some stories (inverse document frequency)."""
    everything = list({id(story): story for story in stories}.values())
    counts = Counter(name for story in everything for name in story.names)
    return {name: math.log(1 + len(everything) / count) for name, count in counts.items()}


def _side(side: Sequence[Story], name: str) -> Floats:
    return np.stack([getattr(story, name) for story in side])


def _shared(some: Sequence[Story], others: Sequence[Story]) -> Floats:
    """Cosine of the sets of names, each name weighing by its rarity here (inverse document frequency)."""
    counts = Counter(name for story in {id(story): story for story in (*some, *others)}.values() for name in story.names)
    weight = _weights([*some, *others])
    vocabulary = {name: i for i, name in enumerate(name for name, count in counts.items() if count > 1)}

    def matrix(of: Sequence[Story]) -> Floats:
        made = np.zeros((len(of), max(1, len(vocabulary))), np.float32)  # a name of one story alone is only in its length
        for row, story in enumerate(of):
            for name in story.names & vocabulary.keys():
                made[row, vocabulary[name]] = weight[name]
            made[row] /= max(1e-9, math.sqrt(sum(weight[name] ** 2 for name in story.names)))
        return made

    a = matrix(some)
    shared: Floats = a @ (a if some is others else matrix(others)).T
    return shared


def linked(odds: Floats, cut: float = CUT) -> list[list[int]]:
    """Groups of indices by average linkage: the two groups that are most alike are joined as long as they are above the cut.

    Two groups whose mean is above it have a pair that is: so each connected part of those pairs is linked by itself.
    """
    made = []
    for part in _parts(odds > cut):
        made += [sorted(part[i] for i in group) for group in _average(odds[np.ix_(part, part)], cut)]
    return made


def _parts(near: NDArray[np.bool_]) -> list[list[int]]:
    """The connected parts of a graph."""
    left = np.ones(len(near), bool)
    made = []
    for start in range(len(near)):
        if not left[start]:
            continue
        part, edge = np.zeros(len(near), bool), np.array([start])
        while len(edge):
            part[edge] = True
            edge = np.flatnonzero(near[edge].any(axis=0) & ~part)
        left &= ~part
        made.append(np.flatnonzero(part).tolist())
    return made


def _average(odds: Floats, cut: float) -> list[list[int]]:
    groups = {i: [i] for i in range(len(odds))}
    mean = np.array(odds, np.float64)
    np.fill_diagonal(mean, -np.inf)
    while len(groups) > 1:
        i, j = divmod(int(mean.argmax()), len(mean))
        if mean[i, j] <= cut:
            break
        a, b = len(groups[i]), len(groups[j])
        row = (a * mean[i] + b * mean[j]) / (a + b)
        mean[i], mean[:, i] = row, row
        mean[i, i] = -np.inf
        mean[j], mean[:, j] = -np.inf, -np.inf
        groups[i] += groups.pop(j)
    return list(groups.values())
