"""Names and hosts of outlets, which are the same in every language: `data/outlets.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def words(table: str) -> frozenset[str]:
    """The words of a table: articles, generic, shared_hosts, relay_hosts."""
    return _words()[table]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(value.split()) for name, value in _data().items() if isinstance(value, str)}


@cache
def _data() -> Mapping[str, object]:
    return tomllib.loads((files("index.text") / "data" / "outlets.toml").read_text(encoding="utf-8"))
