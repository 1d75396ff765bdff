"""Pure: what a site's robots.txt lets us fetch (RFC 9309), as protego reads it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from protego import Protego

LONGEST = 500_000  # characters read: 500 KiB is the least that RFC 9309 §2.5 asks of a parser
_VERSION = re.compile(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[^\s/#]+)[/ \t][^\n]*")  # "Dragoman/1.0" names the product, too


class Robots:
    """The rules of one robots.txt that concern `agent`. Without rules everything is allowed."""

    def __init__(self, text: str = "", agent: str = "") -> None:
        self._rules = Protego.parse(_VERSION.sub(r"\1", text[:LONGEST]))
        self._agent = agent

    @property
    def delay(self) -> float:
        """Seconds between requests, from Crawl-delay; 0 if none is asked for."""
        return float(self._rules.crawl_delay(self._agent) or 0.0)

    def allows(self, url: str) -> bool:
        """Whether we may fetch the URL: the longest pattern that matches decides, and "allow" wins a tie."""
        return urlsplit(url).path == "/robots.txt" or bool(self._rules.can_fetch(url, self._agent))
