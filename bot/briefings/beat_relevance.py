"""Pure: how far each story of a window is on a beat: about one of its topics, or about one of its people or places.

    topics           words of the topic in title and lead, vectors -> surely on it -> what is like those -> probability
    people, places   named in the title, or in the lead and again: a name in passing is none

The weights of topics are those of a logistic regression on half of the beats of tests/data/briefings; see docs/decisions.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.records import Beat
from bot.retrieval.story_clusters import Story
from index.records import Article
from index.text.fold import fold
from index.text.names import content_stems
from index.text.places import codes, lands
from index.text.terms import capitalised, names

Floats = NDArray[np.float32]

EVERYTHING = 0.5  # relevance to a beat that wants everything
HEADED, LED = 0.95, 0.7  # of a story whose title names somebody or somewhere, or whose first sentences do
NAMED = 0.1  # whose head does: on the beat only where it goes on from one that is, see `briefing.GOES_ON`
LEAD, HEAD = 350, 1_500  # characters in which a name has to stand, and in which it has to come again
AGAIN = 3  # times that it has to stand there
# Of a topic: cosine with text, with title, the better of both; shares of its words in title, lead, head; constant. Then with
# cosine to the mean of the sure ones, to the nearest of them, how many there are (3 are enough).
FIRST = np.array([7.15, 4.23, 6.34, 2.34, 2.13, 2.49, -6.75])
SECOND = np.array([5.22, 3.60, 4.72, 1.76, 1.65, 1.86, 4.43, 3.62, -2.40, -5.44])
UNLIKE, LIKE = 0.13, 0.23  # cosine with a topic in another language that says as much as none, and as all of its words
SURE = 1.0  # log-odds from which a story is surely on a topic
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class BeatTopic:
    """One topic of a beat."""

    text: str
    vector: Floats  # centred, of unit length


def relevances(stories: Sequence[Story], beat: Beat, topics: Sequence[BeatTopic]) -> NDArray[np.float64]:
    """(len(stories),) 0..1 how far each is on the beat, half of it being on it. All are looked at together."""
    if not (beat.topics or beat.people or beat.places):
        return np.full(len(stories), EVERYTHING)
    rows = [_about(stories, topic) for topic in topics]
    rows += [np.array([_person(name, story) for story in stories]) for name in beat.people]
    rows += [np.array([_place(name, story, beat.language) for story in stories]) for name in beat.places]
    best: NDArray[np.float64] = np.max([np.zeros(len(stories)), *rows], axis=0)
    return best


# Topics ----------------------------------------------------------------------------------------------------------------------


def _about(stories: Sequence[Story], topic: BeatTopic) -> NDArray[np.float64]:
    """The probability that each story is about a topic."""
    if not stories:
        return np.zeros(0)
    own = np.array([_features(story, topic) for story in stories])
    own[:, 3:] = np.maximum(own[:, 3:], _foreign(own, [story.reports[0].article.lang for story in stories])[:, None])
    texts = np.stack([story.vector for story in stories]).astype(np.float64)
    sure = np.c_[own, np.ones(len(own))] @ FIRST > SURE  # (len(stories),) bool
    like = np.zeros((len(stories), 3))
    if sure.any():
        middle = texts[sure].mean(axis=0)
        near = texts @ texts[sure].T
        near[np.flatnonzero(sure), np.arange(int(sure.sum()))] = -0.2  # a story is no neighbour of itself
        known = min(ENOUGH, int(sure.sum())) / ENOUGH
        like = np.c_[
            known * (texts @ middle) / max(1e-9, float(np.linalg.norm(middle))), near.max(axis=1), np.full(len(own), known)
        ]
    odds = np.c_[own, like, np.ones(len(own))] @ SECOND
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return chance


def _features(story: Story, topic: BeatTopic) -> list[float]:
    article = story.reports[0].article
    text, title = float(topic.vector @ story.vector), float(topic.vector @ story.title)
    asked, named = (
        content_stems(topic.text, article.lang),
        _keys(topic.text) if topic.text != topic.text.lower() else frozenset(),
    )
    parts = (article.title, article.text[:400], article.text[:HEAD])
    shares = [_share(content_stems(part, article.lang), asked) for part in parts]
    shares[0] = max(shares[0], _share(frozenset(names(parts[0], article.lang)), named))
    shares[1] = max(shares[1], _share(frozenset(names(parts[1], article.lang)), named))
    return [text, title, max(text, title), *shares]


def _foreign(own: NDArray[np.float64], langs: Sequence[str]) -> NDArray[np.float64]:
    """What stands for the words of a topic in languages in which no story has any of them: they cannot; its vector counts."""
    spoken = {lang for lang, shares in zip(langs, own[:, 3:5].tolist(), strict=True) if any(shares)}
    instead: NDArray[np.float64] = np.clip((own[:, 2] - UNLIKE) / (LIKE - UNLIKE), 0, 1)
    return np.where([lang in spoken for lang in langs], 0.0, instead)


def _share(there: frozenset[str], wanted: frozenset[str]) -> float:
    return len(there & wanted) / max(1, len(wanted))


# People and places -----------------------------------------------------------------------------------------------------------


def _person(name: str, story: Story) -> float:
    """How far a story is about somebody: the last name stands in its title, or the whole name in its lead and comes again.

    A report that has the surname alone is on the beat through its event, where another one gives the whole name.
    """
    keys = names(capitalised(name))
    if not keys:
        return 0.0
    article, whole = story.reports[0].article, frozenset(keys)
    if len(initials := "".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper())) > 2 and (
        re.search(rf"(?<!\w){re.escape(initials)}(?!\w)", article.title)  # SBF
    ):
        return HEADED
    head = Counter(names(_head(article, HEAD), article.lang))
    if keys[-1] in names(article.title, article.lang) and whole <= head.keys():
        return HEADED
    lead = frozenset(names(article.text[:LEAD], article.lang))
    if whole <= lead and head[keys[-1]] >= AGAIN:
        return LED
    return NAMED if whole <= head.keys() else 0.0


def _place(name: str, story: Story, lang: str) -> float:
    """How far a story is about somewhere, by any name of it: title, or lead and again."""
    article = story.reports[0].article
    if wanted := _countries(name, lang):
        return _told(article, lambda text: sum(lands(text, article.lang).get(code, 0) for code in wanted))
    words = [fold(word) for word in name.split()]
    pattern = re.compile(r"\W+".join(rf"(?<!\w){re.escape(word)}" for word in words) + r"\w{0,3}(?!\w)")  # Samoa, Samoans
    keys = _keys(name)

    def times(text: str) -> int:
        here = Counter(names(text, article.lang))
        return max(len(pattern.findall(fold(text))), min((here[key] for key in keys), default=0))

    return _told(article, times)


def _told(article: Article, times: Callable[[str], int]) -> float:
    if times(article.title):
        return HEADED
    again = times(_head(article, HEAD))
    if times(article.text[:LEAD]) and again >= AGAIN:
        return LED
    return NAMED if again else 0.0


@lru_cache(maxsize=1_000)
def _countries(name: str, lang: str) -> frozenset[str]:
    """The countries that a name in `lang` means; none where it is that of a city in one: a beat on Paris is none on France."""
    found = codes(capitalised(name), lang)
    return frozenset() if any("/" in code for code in found) else found


def _head(article: Article, length: int) -> str:
    return f"{article.title}\n{article.text[:length]}"


@lru_cache(maxsize=1_000)
def _keys(name: str) -> frozenset[str]:
    return frozenset(names(capitalised(name)))
