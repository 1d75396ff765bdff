"""Pure: which rows have the most of a query's keys. Postings: for each key, the passage rows that have it, ascending."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


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
