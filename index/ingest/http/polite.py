"""Polite fetching for whoever follows links: one request at a time to a host, with pauses, robots.txt and a second try.

    get(url) -> [robots.txt of the site, once] -> [wait for the host's turn] -> fetch -> [wait, once more] -> Fetched

A Web lives for one run. A host that keeps failing, or asks for more patience than a run has, is left alone for the rest of it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.ingest.http.fetch import AGENT, Fetched, FetchError, Limits, Resolver, fetch, resolve
from index.ingest.http.robots import Robots
from index.ingest.http.urls import allowed_name, show

PAUSE = 1.0  # seconds between two requests to one host; none to hosts of one's own (`allow_hosts`), unless they ask for it
PATIENCE = 30.0  # seconds: a longer Retry-After or Crawl-delay is not waited for
RETRY = 2.0  # seconds before the second try, when the server names no time
GIVE_UP = 3  # failures in a row after which a host is not asked again


@dataclass(slots=True)
class _Host:
    """What is known of one host. `turn` is held by whoever talks to it."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    rules: dict[str, Robots] = field(default_factory=dict)  # scheme://host:port -> its robots.txt
    free: float = 0.0  # when the next request may be made, by `clock`
    closed: float = 0.0  # until when it asked to be left alone
    failures: int = 0  # in a row


class Web:
    """Fetches pages politely. Safe in threads: hosts are independent, requests to one host wait for each other."""

    def __init__(
        self,
        allow_hosts: Collection[str] = (),
        *,
        wait: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`allow_hosts` may be private (see `fetch`). `wait` and `clock` are in seconds."""
        self.allow_hosts = tuple(allow_hosts)
        self._own = frozenset(filter(None, map(allowed_name, self.allow_hosts)))
        self._wait, self._clock = wait, clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def get(self, url: str, *, etag: str = "", modified: str = "", named: bool = False) -> Fetched:
        """GET a URL. `named`: a person asked for this very address, so robots.txt has no say.

        Raises FetchError: `transient` where another run may succeed, with `retry_after` if the server named a time.
        """
        parts = urlsplit(url)
        name = parts.hostname or ""
        with self._lock:
            host = self._hosts.setdefault(name, _Host())
        with host.turn:
            self._refuse_closed(url, host)
            delay = 0.0 if name in self._own else PAUSE
            if not named:
                rules = self._rules(url, f"{parts.scheme}://{parts.netloc}", host)
                delay = max(delay, rules.delay)
                if not rules.allows(url):
                    raise FetchError(show(url), "the site's robots.txt does not allow it to be fetched")
            try:
                got = self._turn(url, host, min(delay, PATIENCE), etag, modified)
            except FetchError as error:
                if not error.transient or self._give_up(host, error):
                    raise
                self._wait(RETRY if error.retry_after is None else error.retry_after)
                try:
                    got = self._turn(url, host, min(delay, PATIENCE), etag, modified)
                except FetchError as again:
                    self._give_up(host, again)
                    raise
            host.failures = 0
            return got

    def _turn(self, url: str, host: _Host, delay: float, etag: str, modified: str) -> Fetched:
        """One request, not before the host's turn has come."""
        if (left := host.free - self._clock()) > 0:
            self._wait(left)
        try:
            return fetch(url, allow_hosts=self.allow_hosts, etag=etag, modified=modified)
        finally:
            host.free = self._clock() + delay

    def _rules(self, url: str, site: str, host: _Host) -> Robots:
        if site not in host.rules:
            host.rules[site] = robots(url, allow_hosts=self.allow_hosts)
        return host.rules[site]

    def _give_up(self, host: _Host, error: FetchError) -> bool:
        """Note a failure. Whether another try now makes no sense."""
        if not error.transient:
            return True
        host.failures += 1
        if (error.retry_after or 0) > PATIENCE:
            host.closed = self._clock() + (error.retry_after or 0)
        return host.failures >= GIVE_UP or host.closed > 0

    def _refuse_closed(self, url: str, host: _Host) -> None:
        if (left := round(host.closed - self._clock())) > 0:
            raise FetchError(show(url), f"its server asked to be left alone for {left} s", transient=True, retry_after=left)
        if host.failures >= GIVE_UP:
            raise FetchError(show(url), f"not tried: its host failed {host.failures} times in a row", transient=True)


def robots(url: str, *, allow_hosts: Collection[str] = (), resolve: Resolver = resolve) -> Robots:
    """The rules of the site a URL is on. None published (4xx): all is allowed; server broken: nothing is (RFC 9309 §2.3.1).

    Raises FetchError for a URL we would not fetch at all. Keep the answer, up to a day, for the other pages of the site.
    """
    parts = urlsplit(url)
    try:
        answer = fetch(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            allow_hosts=allow_hosts,
            resolve=resolve,
            limits=Limits(seconds=15, bytes=2_000_000, unpacked=2_000_000),
            accept="text/plain",
        )
    except FetchError as error:
        if 400 <= error.status < 500:
            return Robots()
        if error.transient:
            return Robots("User-agent: *\nDisallow: /\n", AGENT)
        raise
    return Robots(answer.body.decode("utf-8-sig", "replace"), AGENT)
