"""The `[outlets."NAME"]` tables of dragoman.toml, read into Publishers. Pure; `bot.settings.settings` reads the file.

[outlets."Harrow Post"]
aliases = ["HP"]
hosts = ["harrow-post.example"]
owner = "Harrow Group"
tier = "trusted"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from bot.settings.values import string
from index.errors import SettingsError
from index.text.publishers import SHIPPED, Publisher, Publishers, Tier, carried, key

KEYS = ("aliases", "hosts", "owner", "tier")
TIERS = ("trusted", "doubtful")


def read(tables: object, file: Path) -> Publishers:
    """What a file says of outlets, beside what is known of them. SettingsError names the key and what to write there."""
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise SettingsError(f'{file}: outlets: expected a table an outlet, as in [outlets."Harrow Post"]')
    own = tuple(_publisher(str(name), table, f'{file}: outlets."{name}"') for name, table in tables.items())
    taken: dict[str, str] = {}
    for publisher in own:
        for word in {*map(key, (publisher.name, *publisher.names)), *publisher.hosts}:
            if taken.setdefault(word, publisher.name) != publisher.name:
                raise SettingsError(f"{file}: outlets: '{word}' is of both '{taken[word]}' and '{publisher.name}'; drop one")
    return Publishers(own) if own else SHIPPED


def _publisher(name: str, table: Mapping[str, object], where: str) -> Publisher:
    if not name.strip():
        raise SettingsError(f'{where}: an outlet needs a name, as in [outlets."Harrow Post"]')
    if unknown := [key for key in table if key not in KEYS]:
        raise SettingsError(f"{where}: setting '{unknown[0]}' does not exist; known: {', '.join(KEYS)}")
    owner, tier = (string(table.get(key, ""), f"{where}.{key}") for key in ("owner", "tier"))
    if tier and tier not in TIERS:
        raise SettingsError(f"{where}.tier: expected {' or '.join(TIERS)}, found '{tier}'")
    known = SHIPPED.called(name) or Publisher(name=name)
    hosts = (_host(host, f"{where}.hosts") for host in _list(table.get("hosts", []), f"{where}.hosts"))
    names = (known.name, *known.names, *_list(table.get("aliases", []), f"{where}.aliases"))
    return Publisher(
        name=name, names=tuple(one for one in dict.fromkeys(names) if one != name),
        hosts=tuple(dict.fromkeys((*known.hosts, *hosts))), owner=owner or known.owner, tier=cast(Tier, tier),
        agency=known.agency, shared=known.shared,
    )  # fmt: skip


def _host(text: str, where: str) -> str:
    host = text.strip().lower().removeprefix("www.")
    if not re.fullmatch(r"(?:[\w-]+\.)+[\w-]{2,}", host):
        raise SettingsError(f"{where}: '{text}' is not the name of a host; write it as harrow-post.example")
    if carried(f"https://{host}/"):
        raise SettingsError(f"{where}: {host} only carries what others publish; it is no outlet's")
    return host


def _list(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SettingsError(f'{where}: expected a list of names, as in ["a", "b"]')
    return tuple(value)
