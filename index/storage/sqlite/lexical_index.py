"""The lexical index in SQLite: FTS5 over our own keys, asked only for which passages have a key.

No BM25 of FTS5's, which took 11 ms at 100,000 passages where this takes 3. `ranking` weighs what is found here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.storage.lexical import weight
from index.storage.records import TermMatches
from index.storage.sqlite.postings import Floats, Ints, membership, richest
from index.storage.sqlite.reader import Reader
from index.storage.sqlite.vector_index import Nearest
from index.text.terms import NAME

POSTINGS = 25_000  # rows of the index read for one question, the rarest keys first: 2 ms of CPU
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


class LexicalIndex:
    """Searches by words. Safe in threads."""

    def __init__(self, reader: Reader, nearest: Nearest) -> None:
        self.reader = reader
        self.nearest = nearest
        self._postings: tuple[int, dict[str, Ints]] = (-1, {})  # generation, key -> rows
        self._looked_up: tuple[int, Mapping[str, str], Keys] | None = None  # generation, the last query's keys, what they are

    def best(self, keys: Keys, allowed: NDArray[np.bool_] | None, centred: Floats, k: int) -> list[int]:
        """The k passage rows that have the most of the keys' terms, or of their names, and are not far from a centred vector.

        What ranking reads of each costs 10 us.
        """
        postings = self._inside(keys, allowed)
        parts = [
            richest([postings[i] for i in of], keys.weights[of], DEPTH)
            for of in ([i for i, lang in enumerate(keys.langs) if (lang == NAME) is name] for name in (False, True))
        ]
        rows = np.array(list(dict.fromkeys(np.concatenate(parts).tolist())), np.int64)
        if len(rows) <= k:
            return [int(row) for row in rows]
        share = membership(rows, postings) @ keys.weights / max(float(keys.weights.sum()), 1e-6)
        kept = np.sort(np.argsort(-(share + self.nearest.cosines(rows, centred)), kind="stable")[:k])
        return [int(row) for row in rows[kept]]

    def sharing(self, keys: Keys, allowed: NDArray[np.bool_] | None, k: int) -> list[int]:
        """The k passage rows that have the most weight of the keys."""
        rows: list[int] = richest(self._inside(keys, allowed), keys.weights, k).tolist()
        return rows

    def look_up(self, wanted: Mapping[str, str]) -> Keys:
        """The keys that the index has, with their weights; see `Query.keys`. A query is searched with under several filters."""
        generation, last = self.reader.database.generation, self._looked_up
        if last is None or last[0] != generation or last[1] is not wanted:
            last = self._looked_up = generation, wanted, self._keys(wanted)
        return last[2]

    def _keys(self, wanted: Mapping[str, str]) -> Keys:
        counts = self.reader.language_counts()
        postings = {key: rows for key, rows in self.postings(list(wanted)).items() if len(rows) or wanted[key] != NAME}
        langs = [wanted[key] for key in postings]
        total = sum(counts.values())
        size = [total if of == NAME else counts.get(of, 0) for of in langs]
        weights = [weight(n, len(rows)) for n, rows in zip(size, postings.values(), strict=True)]
        return Keys(langs, list(postings.values()), np.array(weights, np.float32))

    def _inside(self, keys: Keys, allowed: NDArray[np.bool_] | None) -> Sequence[Ints]:
        """The postings without the passages of articles that may not be found."""
        if allowed is None:
            return keys.postings
        inside = self.nearest.inside(allowed)
        there = np.append(inside, False)  # a row that came since is none that was asked for
        return [rows[there[np.minimum(rows, len(inside))]] for rows in keys.postings]

    def postings(self, wanted: Sequence[str]) -> dict[str, Ints]:
        """Key -> the passage rows that have it; the rarest keys first, and none that would be too many to read."""
        kept = self._kept()
        counts = dict.fromkeys(wanted, 0) | self.reader.key_counts([key for key in wanted if key not in kept])
        counts |= {key: len(kept[key]) for key in wanted if key in kept}
        holders: dict[str, Ints] = {}
        left = POSTINGS
        for key in sorted(counts, key=lambda key: counts[key]):
            left -= counts[key]
            if left < 0 and holders:
                break
            if key in kept:
                holders[key] = kept[key]
                continue
            holders[key] = self.reader.holders(key) if counts[key] else np.zeros(0, np.int64)
            if counts[key] >= FREQUENT:
                kept[key] = holders[key]
        return holders

    def _kept(self) -> dict[str, Ints]:
        """Postings of frequent words, which come again in question after question, until the library changes."""
        generation = self.reader.database.generation
        if self._postings[0] != generation or len(self._postings[1]) >= KEPT:
            self._postings = (generation, {})
        return self._postings[1]
