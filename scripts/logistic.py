"""Ridge logistic regression by Newton's method (Hastie, Tibshirani and Friedman 2009, 4.4.1), for our own rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def regression(
    x: Floats, y: NDArray[np.bool_], weight: Floats, ridge: float, *, deviation: float | None = None
) -> tuple[Floats, float]:
    """(columns,) weights and the bias of the log-odds that y is true. `x`: (rows, columns); `weight`: (rows,), of each row.

    `ridge`: penalty on the squared weights of columns scaled to a deviation of 1; the bias is free. `deviation`: what is taken
    for that of every column, in place of its own.
    """
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6 if deviation is None else np.full(x.shape[1], deviation)
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    w, penalty = np.zeros(z.shape[1]), np.append(np.full(x.shape[1], ridge), 1e-6)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        gradient = z.T @ (weight * (p - y)) + penalty * w
        step = np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(penalty), gradient)
        w -= step
        if np.abs(step).max() < 1e-5:
            break
    weights = w[:-1] / scale
    return weights, float(w[-1] - mean @ weights)
