"""Safe http(s): the only file that opens a connection.

    fetch(url) = [check the URL -> resolve once -> check every address -> connect to that very address -> read within limits]
                 once per redirect, all under one deadline

A feed or page can name any URL it likes, so a URL is untrusted text (server-side request forgery, CWE-918). What protects us:
the name is resolved by us, once, and the connection goes to the number that was checked, so a second answer of the DNS server
changes nothing; only globally routed unicast addresses pass; TLS is verified against the name; there is no proxy, cookie,
netrc file or credential to leak, because httpcore, one layer below httpx, has none of them.
"""

from __future__ import annotations

import codecs
import functools
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from index.errors import SourceError
from index.ingest.http.urls import Address, UrlRefused, allowed_name, refusal, show

if TYPE_CHECKING:
    import httpcore

AGENT = "dragoman"  # the product token that robots.txt files are asked about
USER_AGENT = f"Mozilla/5.0 (compatible; {AGENT}/0.1)"  # the Mozilla prefix: many news sites answer 403 without it

Resolver = Callable[[str, int], list[str]]  # (host, port) -> addresses as text; raises OSError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, redirects included."""

    seconds: float = 30.0  # from the first look-up to the last byte
    connect: float = 10.0  # seconds, for each address tried
    redirects: int = 5
    bytes: int = 20_000_000  # as sent
    unpacked: int = 60_000_000  # after gzip and deflate


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. With status 304 the body is empty: what you have is current."""

    url: str  # where the body came from, after redirects
    status: int  # 200..299 or 304
    body: bytes  # unpacked
    content_type: str = ""  # "text/html"; lower case, no parameters
    charset: str = ""  # from Content-Type, as the server spelled it
    etag: str = ""  # give these two back next time
    modified: str = ""
    retry_after: int | None = None  # seconds the server asks us to wait before the next request


class FetchError(SourceError):
    """A URL could not be fetched. Says whether trying again later makes sense, and when."""

    def __init__(
        self, where: str, why: str, *, status: int = 0, transient: bool = False, retry_after: int | None = None
    ) -> None:
        super().__init__(where, why)
        self.status = status  # the HTTP status, 0 when no answer came
        self.transient = transient  # a later try may succeed: time-out, connection lost, 429, 5xx
        self.retry_after = retry_after  # seconds, if the server said so


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver. Raises OSError."""
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in addresses))


def fetch(
    url: str,
    *,
    allow_hosts: Iterable[str] = (),
    etag: str = "",
    modified: str = "",
    limits: Limits = Limits(),
    accept: str = "",
    resolve: Resolver = resolve,
) -> Fetched:
    """GET a URL. `allow_hosts` are names or addresses that may be private (a newsroom's own server, loopback in tests).

    `etag` and `modified` make the request conditional: an unchanged page answers 304. Raises FetchError, one clear line, for
    a URL we do not follow, an address we do not connect to, a limit passed, a lost connection, or a status of 400 and above.
    """
    import httpcore

    shown = show(url)
    allowed = frozenset(filter(None, (allowed_name(name) for name in allow_hosts)))
    wire = _Wire(allowed, resolve, limits)
    headers = _request_headers(etag, modified, accept)
    try:
        with httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_backend(wire)) as pool:
            current, cookies = url, False
            for _ in range(limits.redirects + 1):
                address = Address.parse(current)
                with pool.stream("GET", _wire_url(address), headers=[(b"Host", address.host_header), *headers]) as response:
                    location = _location(response)
                    if location is None:
                        return _read(response, address.url, shown, wire)
                    cookies = cookies or bool(_header(response, b"set-cookie"))
                try:
                    current = urljoin(address.url, location)
                except ValueError:
                    raise UrlRefused(f"it redirects to what is no URL: {show(location)}") from None
            wants = "; the site wants its cookies back, and none are kept" if cookies else ""
            raise FetchError(shown, f"more than {limits.redirects} redirects, the last one to {show(current)}{wants}")
    except UrlRefused as refused:
        raise FetchError(shown, str(refused)) from None
    except (TimeoutError, httpcore.TimeoutException):
        raise FetchError(shown, f"no complete answer within {limits.seconds:g} s", transient=True) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise _translated(shown, error) from None


def _translated(shown: str, error: Exception) -> FetchError:
    """One line a person understands, for what the network, TLS or the server's grammar did."""
    cause: BaseException | None = error
    while cause is not None:  # httpcore wraps the ssl module's error
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(shown, f"the TLS certificate is not valid for this host: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    text = show(str(error)) or type(error).__name__
    return FetchError(shown, f"the connection failed: {text}", transient=True)


# --- the connection -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Wire:
    """What one fetch may connect to, and until when."""

    allowed: frozenset[str]
    resolve: Resolver
    limits: Limits
    deadline: float = 0.0

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.limits.seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds if most is None else min(seconds, most)

    def addresses(self, host: str, port: int) -> list[str]:
        """The checked addresses of a host. One bad one refuses all: so does a rebinding answer look."""
        try:
            addresses = _with_deadline(functools.partial(self.resolve, host, port), self.left())
        except TimeoutError:
            raise
        except (OSError, UnicodeError):
            raise OSError(f"the name {host} cannot be resolved") from None
        if not addresses:
            raise OSError(f"the name {host} has no address")
        for address in addresses:
            if host not in self.allowed and (why := refusal(address)):
                named = host if host == address else f"{host} ({address})"
                raise UrlRefused(f"{named} is {why}; if you trust it, allow it: --allow-host {host}")
        return addresses[:4]


def _with_deadline(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """Runs a look-up in a thread of its own: getaddrinfo takes no time-out, and can hang for half a minute."""
    done: list[list[str]] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


def _backend(wire: _Wire) -> httpcore.NetworkBackend:
    """A network for httpcore that connects to checked addresses only, with every wait cut to the time left."""
    import httpcore

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self.inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self.inner.read(max_bytes, wire.left(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self.inner.write(buffer, wire.left(timeout))

        def close(self) -> None:
            self.inner.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self.inner.start_tls(ssl_context, server_hostname, wire.left(timeout)))

        def get_extra_info(self, info: str) -> object:
            return self.inner.get_extra_info(info)

    class Backend(httpcore.SyncBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
        ) -> httpcore.NetworkStream:
            *others, last = wire.addresses(host, port)
            for address in others:
                try:
                    return Stream(super().connect_tcp(address, port, wire.left(wire.limits.connect)))
                except (httpcore.ConnectError, httpcore.ConnectTimeout):
                    continue  # the next address of the same host
            return Stream(super().connect_tcp(last, port, wire.left(wire.limits.connect)))

    return Backend()


def _wire_url(address: Address) -> httpcore.URL:
    import httpcore

    return httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)


@functools.lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Certificates of the system (SSL_CERT_FILE included) and of certifi; host names are checked."""
    import httpcore

    return httpcore.default_ssl_context()


# --- request and answer ------------------------------------------------------------------------------------------------------


def _request_headers(etag: str, modified: str, accept: str) -> list[tuple[bytes, bytes]]:
    pairs = [
        ("User-Agent", USER_AGENT),
        ("Accept", accept or "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"),
        ("Accept-Encoding", "gzip, deflate"),
        ("If-None-Match", etag),
        ("If-Modified-Since", modified),
    ]
    # The validators were a server's words: a line break in them would start a header of its own.
    return [
        (name.encode(), value.encode("latin-1", "ignore"))
        for name, value in pairs
        if value and not re.search(r"[\x00-\x1f\x7f]", value)
    ]


def _header(response: httpcore.Response, name: bytes) -> str:
    return next((value.decode("latin-1").strip() for key, value in response.headers if key.lower() == name), "")


def _location(response: httpcore.Response) -> str | None:
    """Where the answer sends us; None if it is the answer itself."""
    if response.status not in (301, 302, 303, 307, 308):
        return None
    location = _header(response, b"location")
    if not location:
        return None
    raw = location.encode("latin-1")
    try:
        location = raw.decode("utf-8")
    except UnicodeDecodeError:
        location = quote(raw, safe="/%:=&~+!$,;'()*@?#[]")
    return location.replace(" ", "%20")


def _read(response: httpcore.Response, url: str, shown: str, wire: _Wire) -> Fetched:
    retry_after = _retry_after(_header(response, b"retry-after"))
    status = response.status
    if status != 304 and not 200 <= status < 300:
        raise FetchError(
            shown,
            f"the server answered {status} {_STATUS.get(status, '')}".rstrip(),
            status=status,
            transient=status in (408, 425, 429) or status >= 500,
            retry_after=retry_after,
        )
    media, _, parameters = _header(response, b"content-type").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    return Fetched(
        url=url,
        status=status,
        body=b"" if status == 304 else _body(response, shown, wire),
        content_type=media.strip().lower(),
        charset=charset[1] if charset and _known(charset[1]) else "",
        etag=_header(response, b"etag"),
        modified=_header(response, b"last-modified"),
        retry_after=retry_after,
    )


_STATUS = {401: "(it wants a login)", 403: "(forbidden)", 404: "(not found)", 410: "(gone)", 429: "(too many requests)"}


def _known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def _retry_after(value: str) -> int | None:
    """Seconds from a Retry-After header: a number, or an HTTP date (RFC 9110 §10.2.3)."""
    if value.isascii() and value.isdigit():
        return min(int(value[:10]), 10**9)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, round((moment - datetime.now(UTC)).total_seconds()))


def _body(response: httpcore.Response, shown: str, wire: _Wire) -> bytes:
    size = _header(response, b"content-length")
    if size.isdigit() and int(size[:20]) > wire.limits.bytes:
        raise FetchError(shown, f"larger than the limit of {wire.limits.bytes:,} bytes")
    codings = [part.strip().lower() for part in _header(response, b"content-encoding").split(",")]
    if len(codings) > 2:
        raise FetchError(shown, f"packed {len(codings)} times over")
    chunks = _counted(response.iter_stream(), shown, wire, wire.limits.bytes, "")
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip", "deflate"):
            chunks = _counted(_inflate(chunks, shown), shown, wire, wire.limits.unpacked, " unpacked")
        elif coding not in ("", "identity"):
            raise FetchError(shown, f"packed as {show(coding)}, which was not asked for")
    return b"".join(chunks)


def _counted(chunks: Iterable[bytes], shown: str, wire: _Wire, most: int, what: str) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise FetchError(shown, f"larger than the limit of {most:,} bytes{what}")
        wire.left()  # unpacking a million empty gzip members takes time, too
        yield chunk


def _inflate(chunks: Iterable[bytes], shown: str) -> Iterator[bytes]:
    """Unpacks gzip (several members, too), zlib or bare deflate, never more than 64 KB at a time."""
    unpacker = None
    for chunk in chunks:
        while chunk:
            if unpacker is None:
                # "deflate" means zlib, and some servers send it bare: the first byte tells (RFC 1950: method 8, window <= 7).
                bare = chunk[0] & 0x0F != 8 and chunk[0] != 0x1F
                unpacker = zlib.decompressobj(-15 if bare else 47)
            try:
                yield unpacker.decompress(chunk, 65536)
                while unpacker.unconsumed_tail:
                    yield unpacker.decompress(unpacker.unconsumed_tail, 65536)
            except zlib.error:
                raise FetchError(shown, "the packed answer is damaged", transient=True) from None
            chunk = b""
            if unpacker.eof:
                chunk, unpacker = unpacker.unused_data.lstrip(b"\0"), None
    if unpacker is not None:
        raise FetchError(shown, "the packed answer is cut short", transient=True)
