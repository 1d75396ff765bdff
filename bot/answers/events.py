"""The events of an answer while it is written: each sentence that may be shown, behind the sources that it brings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.answers.writing import Writing
from bot.records import Draft, Event

if TYPE_CHECKING:
    import threading


def shown(writing: Writing, draft: Draft) -> Iterator[Event]:
    """A draft's sentence with the sources that it brings, if it may be shown."""
    known = len(writing.sources)
    sentence = writing.add(draft)
    if sentence is None:
        del writing.sources[known:]
        return
    for source in writing.sources[known:]:
        yield Event("source", source)
    yield Event("sentence", sentence)


def judged(writing: Writing, stop: threading.Event) -> Iterator[Event]:
    """The sentences that waited for the judge, as it reads them, with the sources that they bring."""
    known = len(writing.sources)
    for sentence in writing.judged(stop=stop):
        for source in writing.sources[known:]:
            yield Event("source", source)
        known = len(writing.sources)
        yield Event("sentence", sentence)
