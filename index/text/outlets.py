"""What is known of outlets, the same in every language: `data/outlets.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from index.text.fold import fold

_Row = Mapping[str, str | bool]


@cache
def words(table: str) -> frozenset[str]:
    """The words of a table: articles, generic, press, shared_hosts, relay_hosts, aggregator_hosts, archive_hosts …"""
    return frozenset(str(_data()[table]).split())


@cache
def pattern(table: str) -> re.Pattern[str]:
    """The folded names of a table: transport_names, relay_names, nameless, satire."""
    return re.compile(f"(?:{_data()[table]})")


def satirical(outlet: str, url: str = "") -> bool:
    """Whether an outlet, by its name or by the host of its article, is known to invent its reports.

    >>> satirical("The Onion"), satirical("The Union"), satirical("", "https://www.theonion.com/a")
    (True, False, True)
    """
    return pattern("satire").fullmatch(fold(outlet)) is not None or _host(url) in words("satire_hosts")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def known() -> Mapping[str, _Row]:
    """Well-known outlets: name -> hosts, names, owner, agency, shared."""
    rows: Mapping[str, _Row] = _data()["known"]  # type: ignore[assignment]
    return rows


@cache
def _data() -> Mapping[str, object]:
    return tomllib.loads((files("index.text") / "data" / "outlets.toml").read_text(encoding="utf-8"))
