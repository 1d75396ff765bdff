"""Whose text ends the process that embeds it: told by counts that stand in the library before it is tried.

    what we put ourselves            embedded at once: its first attempt is nobody's second
    what somebody else left          counted before it is tried, PART passages at a time
    what was counted and not done    a suspect: article by article, those tried least often first
    what was counted ATTEMPTS times  set aside when it is met once more

So one that kills costs the run that put it and three more, and not every run to come; all others are embedded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.records import Passage
from index.storage.protocol import Storage
from index.storage.records import ATTEMPTS


def set_aside(id: str) -> str:
    """What is said of an article that is set aside, and what to do."""
    return (
        f"{id}: set aside, its process ended {ATTEMPTS} times while it was being embedded. It is found by its words alone. "
        f"To have it tried again: dragoman doctor --retry; to be rid of it: dragoman delete {id}"
    )


class Trials:
    """The counting of one embedder. Its thread alone calls `groups`, `begin` and `end`."""

    def __init__(self, storage: Storage, part: int) -> None:
        """`part`: passages at a time."""
        self._storage = storage
        self._part = part
        self._own: set[str] = set()  # articles that this process put, until they are embedded
        self._counted: list[str] = []  # of those that are being tried
        self.suspects_first = False  # and not last, where somebody waits for them
        self.aside: list[str] = []  # articles that were set aside here

    def own(self, articles: Collection[str]) -> None:
        """These were put by this process."""
        self._own.update(articles)

    def groups(self, passages: Sequence[Passage]) -> list[list[Passage]]:
        """The passages as they are to be tried together, suspects each by itself; sets aside what was tried too often."""
        left = {one.article_id for one in passages} - self._own
        tries = self._storage.attempts.of(sorted(left)) if left else {}
        aside = [id for id in tries if tries[id] >= ATTEMPTS]
        self.aside += aside
        self._storage.attempts.put_aside(aside)
        suspects = sorted(tries.keys() - set(aside), key=lambda id: (tries[id], id))
        alone = [[one for one in passages if one.article_id == id] for id in suspects]
        together = [one for one in passages if one.article_id not in tries]
        tried = [*alone, together] if self.suspects_first else [together, *alone]
        return [some[at : at + self._part] for some in tried for at in range(0, len(some), self._part)]

    def begin(self, group: Sequence[Passage]) -> None:
        """Count an attempt at what somebody else left; what was tried before it did not end the process."""
        left = list(dict.fromkeys(one.article_id for one in group if one.article_id not in self._own))
        done = [id for id in self._counted if id not in left]
        if left or done:
            self._storage.attempts.count([id for id in left if id not in self._counted], done)
        self._counted = left

    def end(self, embedded: Sequence[Passage] = ()) -> None:
        """The process goes on."""
        self.begin(())
        self._own.difference_update(one.article_id for one in embedded)
