"""Addresses as they may be shown and linked: strangers' data, encoded, without users and passwords. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from index.text.printable import line

_USER = re.compile(r"(?<=:)//[^/?#\s]*@")  # a user name and a password in an address
# A word; where words are not spaced, what stands between marks of punctuation.
_UNIT = re.compile(r"[^\s、。，．；：！？]+[、。，．；：！？]*|[、。，．；：！？]+")


def web_address(url: str) -> str:
    """The address as it may be shown and linked: all but plain printable characters encoded, no user name and password.

    "" if it is not http(s).

    >>> web_address("https://reader:secret@news.example/1"), web_address("javascript:alert(1)")
    ('https://news.example/1', '')
    """
    address = quote(url, safe="!#$%&'()*+,-./:;=?@[]_~", errors="replace")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else address


def whereabouts(url: str, id: str) -> str:
    """What a reader finds an article by: its web address, or else its id, on one line."""
    return web_address(url) or line(_USER.sub("//", id))


def deep_link(url: str, words: str) -> str:
    """The address with a text fragment that makes a browser scroll to the words (wicg.github.io/scroll-to-text-fragment).

    Browsers match whole words only, and only inside one paragraph, so a longer quotation becomes "first words,last words".
    """
    paragraphs = [part for part in re.split(r"\s*\n\s*", words.strip()) if part]
    if not url or not paragraphs:
        return url
    first, last = (list(_UNIT.finditer(paragraph)) for paragraph in (paragraphs[0], paragraphs[-1]))
    if len(paragraphs) == 1 and len(first) <= 8:
        fragment = _fragment(paragraphs[0])
    else:
        begin, end = paragraphs[0][: first[min(3, len(first) - 1)].end()], paragraphs[-1][last[max(-4, -len(last))].start() :]
        fragment = f"{_fragment(begin)},{_fragment(end)}"
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def _fragment(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
