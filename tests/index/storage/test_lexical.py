"""Which passages share the most of a text's keys, and what a key weighs."""

from __future__ import annotations

import numpy as np

from index.storage.lexical import weight
from index.storage.tables.postings import membership, richest


def test_the_rows_with_most_weight() -> None:
    postings = [np.array([1, 2, 3]), np.array([3, 4]), np.array([9])]
    weights = np.array([1.0, 2.0, 0.5], np.float32)
    assert richest(postings, weights, 2).tolist() == [3, 4]
    assert richest([], weights[:0], 9).tolist() == []
    assert membership(np.array([3, 9]), postings).tolist() == [[True, True, False], [False, False, True]]


def test_a_rare_key_weighs_more() -> None:
    assert weight(100, 1) > weight(100, 50) > weight(100, 100) > 0
