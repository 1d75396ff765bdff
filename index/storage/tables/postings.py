"""Pure: which passages have the most of a query's keys. Postings: for each key, the passage rows that have it, ascending.

No database's own ranking: BM25 of FTS5's took 11 ms at 100,000 passages where this takes 3, and every database has another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.storage.lexical import weight
from index.storage.records import TermMatches
from index.text.terms import NAME

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

POSTINGS = 25_000  # rows of the index read for one question, the rarest keys first: 2 ms of CPU in SQLite
FREQUENT = 2_000  # passages that have a key from which on its postings are kept
KEPT = 200  # keys, so at most 40 MB
DEPTH = 200  # passages taken by names, and by terms, before both are cut to what was asked for


@dataclass(frozen=True, slots=True)
class Keys:
    """A query's t keys as the index has them, side by side."""

    langs: Sequence[str]  # t: the language of each, or terms.NAME
    postings: Sequence[Ints]  # t: the rows that have each
    weights: Floats  # (t,)

    def words(self, rows: Ints) -> TermMatches:
        """Which of the rows have which of the keys."""
        return TermMatches(self.langs, self.weights, membership(rows, self.postings))


def readable(counts: Mapping[str, int]) -> list[str]:
    """The keys whose postings are read: the rarest first, and none that would be too many to read.

    >>> readable({"the": 24_000, "harbour": 900, "cranes": 200})
    ['cranes', 'harbour']
    """
    keys: list[str] = []
    left = POSTINGS
    for key in sorted(counts, key=lambda key: counts[key]):
        left -= counts[key]
        if left < 0 and keys:
            break
        keys.append(key)
    return keys


def weighed(wanted: Mapping[str, str], counts: Mapping[str, int], languages: Mapping[str, int]) -> dict[str, float]:
    """The keys that count, in the order of `counts`, with their weights: names that no passage has do not.

    `wanted`: see `Query.keys`. `counts`: of readable keys, how many passages have them. `languages`: passages each.
    """
    total = sum(languages.values())
    return {
        key: weight(total if wanted[key] == NAME else languages.get(wanted[key], 0), holders)
        for key, holders in counts.items()
        if holders or wanted[key] != NAME
    }


def best(keys: Keys, cosines: Callable[[Ints], Floats], k: int) -> list[int]:
    """The k passage rows that have the most of the keys' terms, or of their names, and are not far from a question's vector.

    `cosines` of rows with that vector, to about .001. What ranking reads of each passage costs 10 us.
    """
    parts = [
        richest([keys.postings[i] for i in of], keys.weights[of], DEPTH)
        for of in ([i for i, lang in enumerate(keys.langs) if (lang == NAME) is name] for name in (False, True))
    ]
    rows = np.array(list(dict.fromkeys(np.concatenate(parts).tolist())), np.int64)
    if len(rows) <= k:
        return [int(row) for row in rows]
    share = membership(rows, keys.postings) @ keys.weights / max(float(keys.weights.sum()), 1e-6)
    kept = np.sort(np.argsort(-(share + cosines(rows)), kind="stable")[:k])
    return [int(row) for row in rows[kept]]


def richest(postings: Sequence[Ints], weights: Floats, k: int) -> Ints:
    """The k rows with the most weight."""
    if not postings:
        return np.zeros(0, np.int64)
    total = np.zeros(1 + max((int(holders[-1]) for holders in postings if len(holders)), default=0), np.float32)
    for holders, each in zip(postings, weights, strict=True):
        total[holders] += each  # a row stands in the postings of a key once
    rows = np.flatnonzero(total)
    total = total[rows]
    if len(rows) > k:
        inside = total >= np.partition(total, len(rows) - k)[len(rows) - k]
        rows, total = rows[inside], total[inside]
    best: Ints = rows[np.argsort(-total, kind="stable")[:k]]
    return best


def membership(rows: Ints, postings: Sequence[Ints]) -> NDArray[np.bool_]:
    """(len(rows), len(postings)): which rows have which key."""
    held = np.zeros((len(rows), len(postings)), bool)
    for i, holders in enumerate(postings):
        if len(holders):
            held[:, i] = holders[np.minimum(np.searchsorted(holders, rows), len(holders) - 1)] == rows
    return held
