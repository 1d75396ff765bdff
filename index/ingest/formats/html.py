"""A page or a feed as data: title, text, outlet, authors, agency, date with its precision, language.

    html(bytes) -> decode -> bound -> parse -> trafilatura (precision) -> Extracted
    feed(bytes) -> feedparser -> [Entry, ...]

Everything here comes from strangers. Both libraries build on C parsers that take quadratic time on some inputs, so the size,
tags and attributes of a page are bounded before they see it (measured: 300,000 <br> took 15 s, 100,000 attributes 46 s).
"""

from __future__ import annotations

import codecs
import io
import re
from calendar import timegm
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.http.urls import join
from index.records import Period
from index.text import credits

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BYTES = 20_000_000
MAX_PAGE = 5_000_000  # characters, without scripts and styles
MAX_TAGS = 40_000  # the largest of 181 news pages has 3,229
MAX_TAG = 4_000  # characters of one tag with its attributes
MAX_XML_TAG = 50_000  # bytes, likewise in a feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a document says about itself, and its text."""

    text: str  # paragraphs, one line each
    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""  # "AFP"; see credits.agency
    published: Period | None = None
    date_source: str = ""  # metadata | page | url | feed | file
    lang: str = ""  # as declared by the document; not checked against the text
    url: str = ""  # the page's word for its own address (rel=canonical), if it stays on its own site
    extractor: str = ""  # name and version of the library that made `text`


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed."""

    id: str  # the feed's own id, else the link
    url: str = ""  # absolute; "" if the entry has none
    title: str = ""
    text: str = ""  # the longest text the feed carries, as plain text
    outlet: str = ""  # the feed's title
    authors: tuple[str, ...] = ()
    agency: str = ""
    published: Period | None = None
    lang: str = ""


# --- pages -------------------------------------------------------------------------------------------------------------------


def html(data: bytes, url: str = "", *, charset: str = "", where: str = "") -> Extracted:
    """The article of a page. `charset` is the server's word for it; `where` names the page in errors.

    Raises SourceError, one clear line, if the page is too large or too strange, or holds no article text.
    """
    import trafilatura
    from trafilatura.utils import load_html

    where = where or url or "page"
    source = _bounded(decode(data, charset), where)
    tree = load_html(source)
    if tree is None:
        raise SourceError(where, "this is not an HTML page")
    lang = _declared_language(tree)
    about = _about(tree, url)
    when, date_source = published.of_page(tree, url or about.url, lang)
    try:
        text = trafilatura.extract(tree, url=url or None, favor_precision=True, include_comments=False) or ""
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError) as error:
        raise SourceError(where, f"the page could not be read ({type(error).__name__})") from None
    if len(text.strip()) < 20:  # a menu's word or a bare heading
        raise SourceError(where, "no article text found on the page")
    return Extracted(
        text=text,
        title=about.title,
        outlet=about.outlet,
        authors=tuple(name for name in about.authors if not credits.agency("", byline=name)),
        agency=credits.agency(text, byline="; ".join([*about.authors, about.outlet])),
        published=when,
        date_source=date_source,
        lang=lang,
        url=about.url,
        extractor=f"trafilatura {trafilatura.__version__}",
    )


def decode(data: bytes, charset: str = "") -> str:
    """Text of a page: by byte order mark, the server's charset, UTF-8, the page's own charset, in this order. Never fails."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").replace("\0", "")
    declared = re.search(
        rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|encoding=[\"']([\w.:-]{1,40})", data[:4096], re.I
    )
    own = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    for name in (charset, "utf-8", own):
        try:
            if name and codecs.lookup(_ALIASES.get(name.lower(), name)).name.replace("-", "_") not in _NOT_TEXT:
                return data.decode(_ALIASES.get(name.lower(), name)).replace("\0", "")
        except (LookupError, UnicodeError):
            continue
    return data.decode("utf-8", "replace").replace("\0", "")


# What pages call these is a subset of what they send (WHATWG Encoding Standard).
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
}
_NOT_TEXT = frozenset(  # codecs of Python that are no charsets
    "base64 bz2 hex quopri rot13 uu zlib idna punycode unicode_escape raw_unicode_escape utf_7".split()
)


def _bounded(source: str, where: str) -> str:
    """The page without what makes parsers slow. Raises SourceError if too much of it is left."""
    if len(source) > MAX_BYTES:
        raise SourceError(where, f"the page is larger than {MAX_BYTES:,} characters")
    # An overlong tag is an inline image or an application's state: its name is enough.
    source = re.sub(rf"<([a-zA-Z][\w:-]{{0,40}})\b[^<>]{{{MAX_TAG},}}>?", r"<\1>", source)
    if source.count("<") > MAX_TAGS or len(source) > MAX_PAGE:
        source = _without(source, "script", "style", "svg")
    if len(source) > MAX_PAGE:
        raise SourceError(where, f"the page holds more than {MAX_PAGE:,} characters")
    if source.count("<") > MAX_TAGS:
        raise SourceError(where, f"the page has more than {MAX_TAGS:,} tags")
    return source


def _without(source: str, *names: str) -> str:
    """Cuts elements out by name, in linear time."""
    for name in names:
        kept: list[str] = []
        at = 0
        lowered = source.lower()
        while (start := lowered.find(f"<{name}", at)) >= 0 and (end := lowered.find(f"</{name}", start)) >= 0:
            if name == "script" and "ld+json" in lowered[start : lowered.find(">", start) + 1]:
                kept.append(source[at:end])
            else:
                kept.append(source[at:start])
            at = end
        source = "".join([*kept, source[at:]])
    return source


@dataclass(frozen=True, slots=True)
class _About:
    title: str
    outlet: str
    authors: tuple[str, ...]
    url: str


def _about(tree: HtmlElement, url: str) -> _About:
    """Title, outlet, authors and address: schema.org data where it is given, what trafilatura finds otherwise."""
    from trafilatura.metadata import extract_metadata

    try:
        found = extract_metadata(tree, url or None, {"extensive_search": False, "original_date": True}, True)
        title, outlet, names, address = found.title or "", found.sitename or "", found.author or "", found.url or ""
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        title = outlet = names = address = ""
    authors = [name for name in names.split("; ") if name]
    for article in published.linked_data(tree):
        if isinstance(headline := article.get("headline"), str) and headline.strip():
            title = headline
        authors = _names(article.get("author")) or authors
        outlet = next(iter(_names(article.get("publisher"))), outlet)
        break
    links = [element.get("href") or "" for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    claimed = next((link for href in links if (link := join(url, href))), "" if url else join("", address))
    own = claimed if claimed and (not url or _same_site(claimed, url)) else url  # a page may not claim to be another site's
    hosts = {urlsplit(page).netloc.lower().removeprefix("www.") for page in (own, join("", address))}
    if outlet.lower().removeprefix("www.") in hosts:
        outlet = ""  # where a page names no outlet, trafilatura gives the host, and a feed knows better
    return _About(_line(title), _line(outlet), tuple(dict.fromkeys(map(_author, authors)))[:20], own)


def _names(value: object) -> list[str]:
    """Names in a schema.org author or publisher: text, an object with a name, or a list of these."""
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values[:20]]
    flat = [part for name in names for part in (name if isinstance(name, list) else [name])]
    return [name.strip() for name in flat if isinstance(name, str) and 1 < len(name.strip()) < 100 and "://" not in name]


def _author(name: str) -> str:
    return re.sub(r"^(?:by|von|por|par|di|door|av|текст)[: ]+", "", _line(name), flags=re.IGNORECASE)


def _same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one registered domain, by the public suffix list: news.a.example and a.example are, a.co.uk and
    b.co.uk are not."""
    from courlan import extract_domain

    if urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower():
        return True
    first, second = (extract_domain(url) for url in (one, other))
    return first is not None and first == second


def _line(text: str) -> str:
    import html as entities

    return re.sub(r"\s+", " ", entities.unescape(text)).strip()[:500]


def _declared_language(tree: HtmlElement) -> str:
    """Primary tag of <html lang>, og:locale or Content-Language; "" if none is declared."""
    values = [tree.get("lang") or "", tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""]
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("http-equiv") or "").lower()
        if name in ("og:locale", "content-language"):
            values.append(element.get("content") or "")
    return next((match[1].lower() for value in values if (match := re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", value))), "")


# --- feeds -------------------------------------------------------------------------------------------------------------------


def feed(data: bytes, url: str = "", *, content_type: str = "", where: str = "") -> list[Entry]:
    """The items of an RSS, Atom or RDF feed, in its order. Damaged feeds give what can be read.

    Raises SourceError if it is no feed at all.
    """
    import feedparser

    where = where or url or "feed"
    if len(data) > MAX_BYTES:
        raise SourceError(where, f"the feed is larger than {MAX_BYTES:,} bytes")
    if re.search(rb"<[A-Za-z][^<>]{%d}" % MAX_XML_TAG, data):  # attributes are compared each with each
        raise SourceError(where, f"one tag of the feed is longer than {MAX_XML_TAG:,} bytes")
    headers = {"content-location": url} if url else {}
    if content_type:
        headers["content-type"] = content_type
    try:
        # Always a stream: given bytes, feedparser would take a short feed for a file name or a URL and open it. Nothing is made
        # harmless here, since `fragment` leaves no tag: that halves the time, and 500,000 nested tags took 16 s.
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, UnicodeError) as error:
        raise SourceError(where, f"the feed could not be read ({type(error).__name__})") from None
    entries = parsed.get("entries") or []
    if not entries and not parsed.get("version"):
        raise SourceError(where, "this is not a feed")
    return [_entry(item, parsed.get("feed"), url) for item in entries[:10_000]]


def _entry(item: object, channel: object, base: str) -> Entry:
    """feedparser's dictionaries hold whatever the feed held: every value is checked for its type here."""
    link = _text(item, "link")
    title = fragment(_text(item, "title"))
    bodies = [_text(content, "value") for content in _many(item, "content")] + [_text(item, "summary")]
    text = max((fragment(body) for body in bodies), key=len, default="")
    authors = tuple(dict.fromkeys(name for author in [*_many(item, "authors")] if (name := _line(_text(author, "name")))))
    lang = (
        _text(item, "language")
        or next((_text(part, "language") for part in _many(item, "content")), "")
        or _text(channel, "language")
    )
    address = join(base, link) if link else ""
    return Entry(
        id=_text(item, "id") or address,
        url=address,
        title=_line(title),
        text=text,
        outlet=_line(fragment(_text(channel, "title"))),
        authors=authors,
        agency=credits.agency(text, byline="; ".join(authors)),
        published=_entry_date(item),
        lang=match[1].lower() if (match := re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", lang)) else "",
    )


def _text(item: object, key: str) -> str:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, str) else ""


def _many(item: object, key: str) -> list[object]:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, list) else []


def _entry_date(item: object) -> Period | None:
    """Published, else created, else updated. The raw words tell the precision; feedparser's reading comes second."""
    for key in ("published", "created", "updated"):
        if period := published.parse(_text(item, key)):
            return period
        moment = item.get(f"{key}_parsed") if isinstance(item, dict) else None
        if moment:
            try:
                seconds = timegm(moment)
                return Period(seconds, seconds + 1)
            except (ValueError, TypeError, OverflowError):
                continue
    return None


_BLOCK = frozenset(
    "p div br li ul ol table tr h1 h2 h3 h4 h5 h6 blockquote pre section article figure figcaption hr dl dt dd".split()
)


def fragment(source: str) -> str:
    """Plain text of a piece of HTML, as feeds and e-mails carry it: one line a block, no scripts, entities resolved."""
    if "<" not in source and "&" not in source:
        return source.strip()
    from lxml import etree
    from lxml.html import HTMLParser, fromstring

    try:
        bounded = _bounded(source.replace("\0", ""), "")
        tree = fromstring(
            f"<div>{bounded}</div>".encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (SourceError, etree.LxmlError, ValueError):
        return re.sub(r"<[^<>]*>", " ", source).strip()
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        block = element.tag in _BLOCK
        if element.tag in ("script", "style"):
            hidden += 1 if event == "start" else -1
        if block:
            parts.append("\n")
        if event == "start" and element.text and not hidden:
            parts.append(re.sub(r"\s+", " ", element.text) if element.tag != "pre" else element.text)
        if event == "end" and element.tail and not hidden:
            parts.append(re.sub(r"\s+", " ", element.tail))
    return re.sub(r"[ \t]*\n[ \n\t]*", "\n", "".join(parts)).strip()
