"""Outlets whose reports are invented: `data/satire.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from index.text.fold import fold


def satirical(outlet: str) -> bool:
    """Whether an outlet is known to invent its reports.

    >>> satirical("The Onion"), satirical("The Union")
    (True, False)
    """
    return fold(outlet) in _outlets()


@cache
def _outlets() -> frozenset[str]:
    table = tomllib.loads((files("index.text") / "data" / "satire.toml").read_text(encoding="utf-8"))
    return frozenset(map(fold, table["outlets"]))
