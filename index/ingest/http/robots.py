"""Pure: what a site's robots.txt lets us fetch (RFC 9309).

Own code because urllib.robotparser takes the first rule that matches, where the standard (and every news site that writes
"Disallow: /" and then "Allow: /news/") means the longest, and knows no wildcards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one robots.txt that concern us. Without rules everything is allowed."""

    rules: tuple[tuple[bool, str], ...] = ()  # (allowed, path pattern)
    delay: float = 0.0  # seconds between requests, from Crawl-delay

    @classmethod
    def parse(cls, text: str, agent: str) -> Robots:
        """The group that names `agent`, else the group "*". Never fails: a line that is no rule is passed over."""
        ours: list[tuple[str, str]] = []
        everyone: list[tuple[str, str]] = []
        named = False
        current: set[str] = set()
        in_agents = False
        for line in text[:500_000].splitlines():  # 500 KiB: the least that RFC 9309 §2.5 asks of a parser
            key, colon, value = line.partition("#")[0].partition(":")
            key, value = key.strip().lower(), value.strip()
            if not colon:
                continue
            if key == "user-agent":
                current = current if in_agents else set()
                current.add("*" if value == "*" else re.split(r"[/\s]", value.lower(), maxsplit=1)[0])
                in_agents = True
                named = named or agent in current
                continue
            in_agents = False
            if key in ("allow", "disallow", "crawl-delay"):
                if agent in current:
                    ours.append((key, value))
                if "*" in current:
                    everyone.append((key, value))
        lines = ours if named else everyone
        delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value)]
        rules = tuple((key == "allow", value) for key, value in lines if key != "crawl-delay" and value)
        return cls(rules, max(delays, default=0.0))

    def allows(self, url: str) -> bool:
        """Whether we may fetch the URL: the longest pattern that matches decides, and "allow" wins a tie."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if path == "/robots.txt":
            return True
        matched = [(len(pattern), allowed) for allowed, pattern in self.rules if _path_matches(pattern, path)]
        return max(matched, default=(0, True))[1]


def _path_matches(pattern: str, path: str) -> bool:
    """Prefix match with "*" and a final "$", in linear time: a regular expression made from a stranger's pattern is not."""
    path = unquote_to_bytes(path).decode("utf-8", "replace")
    pattern = unquote_to_bytes(pattern).decode("utf-8", "replace")
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not anchored or path == first
    at = len(first)
    for piece in rest[:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if anchored:
        return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
    return path.find(rest[-1], at) >= 0
