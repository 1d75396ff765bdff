"""Pure: how far a story is on a beat: by its topics (vectors, words), and by the people and places it names, however spelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.records import Beat
from bot.retrieval.story_clusters import HEAD, Story
from index.text.names import content_stems
from index.text.terms import names

Floats = NDArray[np.float32]

NAMED = 0.5  # relevance of a story that names one of the people or places at its head
MENTIONED = 0.2  # or further down
WORDED = 0.3  # of one that has all the words of a topic there, beside its cosine


@dataclass(frozen=True, slots=True)
class BeatTopic:
    """One topic of a beat."""

    text: str
    vector: Floats  # centred, of unit length


def relevance(story: Story, beat: Beat, topics: Sequence[BeatTopic]) -> float:
    """0..1. A beat without topics, people and places wants everything."""
    if not (beat.topics or beat.people or beat.places):
        return NAMED
    about = max((_about(story, topic) for topic in topics), default=0.0)
    named = max((_named(name, story) for name in (*beat.people, *beat.places)), default=0.0)
    return min(1.0, max(0.0, about) + named)


def _about(story: Story, topic: BeatTopic) -> float:
    article = story.reports[0].article
    cosine = max(float(topic.vector @ story.vector), float(topic.vector @ story.title))
    asked, named = content_stems(topic.text, article.lang), frozenset(names(topic.text, article.lang))
    head = content_stems(f"{article.title}\n{article.text[:HEAD]}", article.lang)
    share = max(len(have & wanted) / max(1, len(wanted)) for have, wanted in ((head, asked), (story.names, named)))
    return cosine + WORDED * share


def _named(name: str, story: Story) -> float:
    """How far a story is about somebody or somewhere: all words of the name stand at its head, or further down.

    A report that has the surname alone is on the beat through its event, where another one gives the whole name.
    """
    keys = frozenset(names(" ".join(word[:1].upper() + word[1:] for word in name.split())))
    if not keys:
        return 0.0
    article = story.reports[0].article
    if keys <= story.names:
        return NAMED
    return MENTIONED if keys <= frozenset(names(f"{article.title}\n{article.text}", article.lang)) else 0.0
