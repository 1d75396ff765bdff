"""Pure: how far a story is on a beat: by its topics (vectors, words), and by the people and places it names, however spelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot import words
from bot.events import HEAD, Story
from bot.records import Beat
from index.terms import names

Floats = NDArray[np.float32]

NAMED = 0.5  # relevance of a story that names one of the people or places at its head
WORDED = 0.3  # of one that has all the words of a topic there, beside its cosine


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a beat."""

    text: str
    vector: Floats  # centred, of unit length


def relevance(story: Story, beat: Beat, topics: Sequence[Topic]) -> float:
    """0..1. A beat without topics, people and places wants everything."""
    if not (beat.topics or beat.people or beat.places):
        return NAMED
    about = max((_about(story, topic) for topic in topics), default=0.0)
    named = any(_names(name, story) for name in (*beat.people, *beat.places))
    return min(1.0, max(0.0, about) + NAMED * named)


def _about(story: Story, topic: Topic) -> float:
    article = story.reports[0].article
    cosine = max(float(topic.vector @ story.vector), float(topic.vector @ story.title))
    asked, named = words.content(topic.text, article.lang), frozenset(names(topic.text, article.lang))
    head = words.content(f"{article.title}\n{article.text[:HEAD]}", article.lang)
    share = max(len(have & wanted) / max(1, len(wanted)) for have, wanted in ((head, asked), (story.names, named)))
    return cosine + WORDED * share


def _names(name: str, story: Story) -> bool:
    """Whether the head of a story has a name: all of its words, or of a person's the last."""
    keys = names(" ".join(word[:1].upper() + word[1:] for word in name.split()))
    return bool(keys) and (set(keys) <= story.names or keys[-1] in story.names)
