"""Pure: whose an address is. Two addresses are of one site when one registered the name of both (Public Suffix List).

People who share a host, such as the blogs of wordpress.com, are sites of their own.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from index.text.outlets import words

LABELS = 8  # of a host that a rule is looked for in; the longest rule has five


def host(url: str) -> str:
    """The host of an address without "www."; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def site(url: str) -> str:
    """The registered name that an address belongs to, or its host where nothing is registered (an IP address).

    >>> site("https://m.news.example.co.uk/1"), site("https://a.wordpress.com/"), site("http://127.0.0.1:80/x")
    ('example.co.uk', 'a.wordpress.com', '127.0.0.1')
    """
    name = _registered(url) or host(url)
    if name not in words("shared_hosts"):
        return name
    own = host(url).removesuffix(f".{name}").rpartition(".")[2]
    return f"{own}.{name}" if own != name else name


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site; not when one of them is none."""
    return bool(site(one)) and site(one) == site(other)


def _registered(url: str) -> str:
    """The longest public suffix of an address with the label before it; "" if there is none."""
    try:
        labels = (urlsplit(url).hostname or "").rstrip(".").split(".")
    except ValueError:
        return ""
    public = 0  # labels
    for length in range(1, min(len(labels), LABELS) + 1):
        suffix, parent = ".".join(labels[-length:]), ".".join(labels[len(labels) - length + 1 :])
        if f"!{suffix}" in _rules():  # an exception of "*.parent"
            return ".".join(labels[-length:])
        if suffix in _rules() or f"*.{parent}" in _rules():
            public = length
    return ".".join(labels[-public - 1 :]) if public else ""


@cache
def _rules() -> frozenset[str]:
    """The rules of the Public Suffix List, with their "*" and "!", from the file of the package `tld`; its own code takes ten
    times as long to make a search tree of them."""
    package = find_spec("tld")
    assert package is not None and package.origin is not None
    text = (Path(package.origin).parent / "res" / "effective_tld_names.dat.txt").read_text(encoding="utf-8")
    return frozenset([*text.splitlines(), *re.findall(r"^// (xn--\S+)", text, re.MULTILINE)])  # comments are no hosts
