"""Pure: which URLs and addresses may be connected to.

A URL comes from a feed or a page, so it is a stranger's text. It is taken apart once, here, into checked parts.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit


class UrlRefused(Exception):
    """Why a URL is not followed. Becomes the `why` of a FetchError."""


_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")  # parsers disagree about these, which is how checks are passed by


@dataclass(frozen=True, slots=True)
class Address:
    """A checked URL in parts. The request is built from the parts, so no second parser can read it differently."""

    scheme: str
    host: str  # ASCII, lower case, no brackets, no trailing dot
    port: int
    target: str  # path and query, ASCII

    @classmethod
    def parse(cls, url: str) -> Address:
        """Raises Refused with the reason."""
        url = url.strip()
        if _FORBIDDEN.search(url.partition("?")[0].partition("#")[0]):
            raise UrlRefused("this is not a URL: it holds spaces, control characters or backslashes")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise UrlRefused(f"this is not a URL: {show(str(error))}") from None
        if parts.scheme not in ("http", "https"):
            raise UrlRefused(f"only http and https are fetched, not {show(parts.scheme) or 'this'!r}")
        if "@" in parts.netloc:
            raise UrlRefused("a URL with a user name or password in it is not fetched")
        host = host_name(parts.hostname or "")
        if not host:
            raise UrlRefused("the URL names no valid host")
        path = quote(parts.path or "/", safe=_PATH)
        query = quote(parts.query, safe="/%:=&~+!$,;'()*@?|[]")
        target = f"{path}?{query}" if query else path
        return cls(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target)

    @property
    def host_header(self) -> bytes:
        name = f"[{self.host}]" if ":" in self.host else self.host
        standard = self.port == (443 if self.scheme == "https" else 80)
        return (name if standard else f"{name}:{self.port}").encode("ascii")

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host_header.decode('ascii')}{self.target}"


def host_name(text: str) -> str:
    """The ASCII, lower-case form of a host (IDNA 2008 with UTS 46 mapping), or "" when it cannot be one.

    >>> host_name("Bücher.Example."), host_name("①②⑦.⓪.⓪.①"), host_name("a b")
    ('xn--bcher-kva.example', '127.0.0.1', '')
    """
    import idna

    text = text.strip("[]").lower()
    if ":" in text:  # an IPv6 literal; a zone such as %eth0 is for link-local addresses only, which are refused
        try:
            return str(ipaddress.IPv6Address(text.partition("%")[0]))
        except ValueError:
            return ""
    try:
        ascii_name = text if text.isascii() else idna.encode(text, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""
    ascii_name = ascii_name.removesuffix(".")
    return ascii_name if re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", ascii_name) and len(ascii_name) < 254 else ""


def allowed_name(text: str) -> str:
    """An entry of `allow_hosts`: a name, an address, or either with a port, which is ignored."""
    text = text.strip()
    if match := re.fullmatch(r"(\[[^\]]*\]|[^:]+):\d+", text):
        text = match[1]
    return host_name(text)


def show(text: str, limit: int = 200) -> str:
    """A URL or a server's words fit for one line of a terminal: no control characters, no password, not too long."""
    text = re.sub(r"//[^/@?#\s]*@", "//…@", text)
    text = "".join(char if char.isprintable() else "�" for char in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


# --- the address -------------------------------------------------------------------------------------------------------------

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address written as IPv6, used by IPv6-only networks
_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291: all that is assigned as global unicast
_TUNNELS = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))  # 6to4, Teredo: they carry any IPv4


def refusal(address: str) -> str:
    """Why we do not connect to an IP address; "" if it is a public one.

    >>> refusal("8.8.8.8"), refusal("169.254.169.254"), refusal("::ffff:8.8.8.8")
    ('', 'a link-local address', 'an IPv4 address written as IPv6')
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return refusal(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.ipv4_mapped:
            return "an IPv4 address written as IPv6"
        if any(ip in network for network in _TUNNELS):
            return "a tunnel address"
    for kind in ("loopback", "link_local", "multicast", "unspecified"):
        if getattr(ip, f"is_{kind}"):
            return f"{'an' if kind[0] == 'u' else 'a'} {kind.replace('_', '-')} address"
    if not ip.is_global or ip.is_reserved or (isinstance(ip, ipaddress.IPv6Address) and ip not in _UNICAST):
        return "a private or reserved address"
    return ""


def join(base: str, link: str) -> str:
    """The http(s) URL that a link on the page `base` leads to; "" if it leads nowhere we go: javascript:, mailto:, nonsense.

    >>> join("https://news.example/a/", "../b"), join("https://news.example/", "javascript:x()"), join("", "http://[")
    ('https://news.example/b', '', '')
    """
    try:
        url = urljoin(base, link.strip())
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def web_address(url: str) -> str:
    """The address if a reader may be led there: http(s), with no user name in it, which would hide the host. Else ""."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else ""
    except ValueError:
        return ""


# --- one address for one article ---------------------------------------------------------------------------------------------

# Names of campaigns and clicks. `src`, `from`, `ref`, `source` and the like are none: they may name an article.
_CAMPAIGN = re.compile(
    r"(?:utm|mtm|piwik|pk|hsa|vero|oly|itm|guce)_\w+|_hs(?:enc|mi)|mc_[ce]id|at_(?:medium|campaign|custom\d|link\w*|format|creation)|"
    r"wt\.mc_id|wt_mc|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|mkt_tok|s_cid|"
    r"cmpid|ncid|ocid|ito|ref_(?:src|url)|smid|smtyp|sref|sharetoken|socialflow|xtor|xtref|taid|intcid|intcmp|icid|guccounter|"
    r"__twitter_impression|_ga|_gl|phpsessid|jsessionid|amp|amp_\w+|outputtype|echobox",
    re.IGNORECASE,
)
_PLACES = re.compile(r"(?:top|content|main|comments?|comment-\d+|respond|more-\d+|:~:text=.*)?", re.IGNORECASE)  # on one page
_AMP_CACHE = re.compile(r"^([a-z0-9-]+)\.cdn\.ampproject\.org$")


def canonical(url: str) -> str:
    """The address under which an article is known: no campaign parameters, AMP or mobile host, "www" or default port.

    A fragment stays, since it may tell one entry of a page from another, unless it names a campaign or a common part of a page.
    It is an identity, not a link: keep the address as fetched beside it. A host with a port of its own, or a bare
    address, keeps its scheme. Text that is no http(s) URL comes back as it is.

    >>> canonical("http://m.news.example:80/2023/10/talks/amp/?utm_source=x&id=7#top")
    'https://news.example/2023/10/talks?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url.strip()
    host = host_name(parts.hostname) or parts.hostname
    host, path = _without_amp(host, re.sub(r"/{2,}", "/", parts.path) or "/")
    for prefix in ("www.", "m.", "mobile.", "amp.", "movil.", "touch.", "www."):
        if host.startswith(prefix) and host.count(".") >= 2:
            host = host.removeprefix(prefix)
    path = re.sub(r"/(?:index\.(?:html?|php))?$", "", path) or "/"
    kept = [pair for pair in parts.query.split("&") if pair and not _CAMPAIGN.fullmatch(pair.partition("=")[0])]
    query = quote("&".join(sorted(kept)), safe="/%:=&~+!$,;'()*@?|[]")
    own_port = port not in (None, 80, 443)
    scheme = parts.scheme if own_port or not re.search(r"\.[a-z]", host) else "https"
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if own_port else "")
    return f"{scheme}://{place}{quote(path, safe=_PATH)}" + (f"?{query}" if query else "") + _fragment(parts.fragment)


def _fragment(text: str) -> str:
    """The part of a page that an address names, as it is kept in an identity."""
    named = [pair.partition("=")[0] for pair in text.split("&")]
    if _PLACES.fullmatch(text) or _CAMPAIGN.fullmatch(named[0]):
        return ""
    return f"#{quote(text, safe=_PATH + '?[]')}"


_PATH = "/%:=&~+!$,;'()*@|"


def _without_amp(host: str, path: str) -> tuple[str, str]:
    """The publisher's host and path behind an AMP cache or an AMP page."""
    if _AMP_CACHE.match(host):
        inner = re.match(r"/[acvrw](?:/s)?/([^/]+)(/.*)?$", path)
    elif host == "google.com" or host.endswith(".google.com"):
        inner = re.match(r"/amp/(?:s/)?([^/]+\.[^/]+)(/.*)?$", path)
    else:
        inner = None
    if inner:
        host, path = host_name(inner[1]) or inner[1], inner[2] or "/"
    path = re.sub(r"^/amp(?=/.)", "", path)
    path = re.sub(r"(?:/amp|\.amp|/amp\.html|_amp)/?$", "", path)
    return host, re.sub(r"\.amp\.html$", ".html", path)
