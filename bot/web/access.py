"""Who may ask, and what they may see. Pure: tokens, buckets and filters, no framework.

Tokens are compared in constant time, all of them, whichever fits.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass, field, replace

from bot.settings.http import HttpSettings
from bot.visibility import shared
from index.records import Filter, Scope

PUBLIC = ("/healthz", "/readyz", "/login")  # and what lies under /static/: no token is asked for
CLIENTS = 10_000  # whose requests are counted; the longest unseen are forgotten
NOTHING = Filter(ids=frozenset({"\0"}))  # no article has such an id
GUESSES = 10  # wrong tokens a minute and address


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks."""

    name: str = ""  # of the token
    allowed: Filter | None = None  # what it may see; None: everything

    def scope(self, asked: Scope) -> Scope | None:
        """What it asks for, as far as it may see it; None if that is nothing."""
        if self.allowed is None:
            return asked
        both = shared(self.allowed, asked.filter or Filter())
        return replace(asked, filter=both) if both else None


# Tokens ----------------------------------------------------------------------------------------------------------------------


def caller(settings: HttpSettings, token: str, cookie: str = "") -> Caller | None:
    """Whose token, or cookie made from it, this is; None if nobody's. Without tokens everybody is the same caller."""
    if not settings.tokens:
        return Caller()
    fits = None
    for name, secret in settings.tokens.items():
        by_token = hmac.compare_digest(token.encode(), secret.encode())
        by_cookie = hmac.compare_digest(cookie.encode(), cookie_of(secret).encode())
        if by_token or by_cookie:
            fits = name
    return None if fits is None else Caller(fits, settings.allow.get(fits) or None)


def cookie_of(token: str) -> str:
    """What a browser keeps in place of a token: from it the token cannot be told."""
    return hmac.new(token.encode(), b"dragoman page", hashlib.sha256).hexdigest()


def bearer(header: str) -> str:
    """The token of an Authorization header, or ""."""
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


# How often -------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rate:
    """So many requests a minute for each key, with as many at once: token buckets."""

    a_minute: int
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)  # key -> (requests left, when)

    def take(self, key: str, now: float | None = None) -> float:
        """0 if a request of this key may pass now, else the seconds until one may."""
        now = time.monotonic() if now is None else now
        left, then = self._levels.pop(key, (float(self.a_minute), now))
        left = min(float(self.a_minute), left + (now - then) * self.a_minute / 60)
        passes = left >= 1
        self._levels[key] = (left - 1 if passes else left, now)
        if len(self._levels) > CLIENTS:
            del self._levels[next(iter(self._levels))]
        return 0.0 if passes else (1 - left) * 60 / self.a_minute
