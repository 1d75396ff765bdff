"""Pure: whose an address is. Two addresses are of one site when one registered the name of both (Public Suffix List).

People who share a host, such as the blogs of wordpress.com, are sites of their own.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from index.text.outlets import words


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
    from tld import get_fld

    name = get_fld(url, fail_silently=True, search_private=True) or host(url)
    if name not in words("shared_hosts"):
        return name
    own = host(url).removesuffix(f".{name}").rpartition(".")[2]
    return f"{own}.{name}" if own != name else name


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site; not when one of them is none."""
    return bool(site(one)) and site(one) == site(other)
