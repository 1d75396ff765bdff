"""The lexical index in SQLite: FTS5 over our own keys, asked only for which passages have a key; `postings` weighs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.storage.sqlite.reader import SqliteReader
from index.storage.sqlite.vector_index import Nearest
from index.storage.tables.postings import FREQUENT, KEPT, Floats, Ints, Keys, best, readable, richest, weighed


class LexicalIndex:
    """Searches by words. Safe in threads."""

    def __init__(self, reader: SqliteReader, nearest: Nearest) -> None:
        self.reader = reader
        self.nearest = nearest
        self._postings: tuple[int, dict[str, Ints]] = (-1, {})  # generation, key -> rows
        self._looked_up: tuple[int, Mapping[str, str], Keys] | None = None  # generation, the last query's keys, what they are

    def best(self, keys: Keys, allowed: NDArray[np.bool_] | None, centred: Floats, k: int) -> list[int]:
        """The k passage rows that have the most of the keys and are not far from a centred vector; see `postings.best`."""
        inside = Keys(keys.langs, self._inside(keys, allowed), keys.weights)
        return best(inside, lambda rows: self.nearest.cosines(rows, centred), k)

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
        postings = self.postings(list(wanted))
        weights = weighed(wanted, {key: len(rows) for key, rows in postings.items()}, self.reader.language_counts())
        return Keys(
            [wanted[key] for key in weights], [postings[key] for key in weights], np.array(list(weights.values()), np.float32)
        )

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
        for key in readable(counts):
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
