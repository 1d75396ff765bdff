"""An RSS, Atom or RDF feed -> its entries, by feedparser."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape

from index.errors import SourceError
from index.ingest.formats import fields, markup
from index.ingest.formats.encoding import decode, wide
from index.ingest.formats.extracted import Entry
from index.ingest.formats.feed_names import EntryNames
from index.ingest.formats.markup import one_line
from index.ingest.http.urls import canonical, join, show
from index.records import Period
from index.text import credits
from index.text.publishers import carried, forwarded
from index.text.sites import host, same_site

_DECLARED = re.compile(rb"(\s*<\?xml[^>]*?encoding\s*=\s*[\"'])([\w.:-]+)", re.I)
MOST = 10_000  # entries
MAX_XML_TAG = 50_000  # bytes of one tag


def feed(data: bytes, url: str = "", *, content_type: str = "", where: str = "") -> list[Entry]:
    """The items of an RSS, Atom or RDF feed, in its order. Damaged feeds give what can be read.

    Raises SourceError if it is no feed at all.
    """
    import feedparser

    where = where or url or "feed"
    if len(data) > markup.MAX_BYTES:
        raise SourceError(where, f"the feed is larger than {markup.MAX_BYTES:,} bytes")
    if re.search(rb"<[A-Za-z][^<>]{%d}" % MAX_XML_TAG, data):  # attributes are compared each with each
        raise SourceError(where, f"one tag of the feed is longer than {MAX_XML_TAG:,} bytes")
    if b"jsonfeed.org/version" in data[:2000]:
        return _told_apart(_json_feed(data, url, where))
    headers = {"content-location": url} if url else {}
    if content_type:
        headers["content-type"] = content_type
    data, headers = _utf8(data, headers, where)
    try:
        # Always a stream: given bytes, feedparser would take a short feed for a file name or a URL and open it. Nothing is made
        # harmless here, since `fragment` leaves no tag: that halves the time, and 500,000 nested tags took 16 s.
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, UnicodeError) as error:
        raise SourceError(where, f"the feed could not be read ({type(error).__name__})") from None
    entries = parsed.get("entries") or []
    if not entries and not parsed.get("version"):
        raise SourceError(where, _no_feed(data, url))
    atom = str(parsed.get("version", "")).startswith("atom")
    return _told_apart([_entry(item, parsed.get("feed"), url, atom) for item in entries[:MOST]])


_LINK = re.compile(rb"<link\b[^<>]{0,2000}>", re.I)
_FEED_TYPE = re.compile(rb"application/(?:(?:rss|atom|feed)\+(?:xml|json)|rdf\+xml)", re.I)
_HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"<>]{1,1000})\"|'([^'<>]{1,1000})'|([^\s\"'<>]{1,1000}))", re.I)
_NAMED = 3  # feeds of a page that an error names


def _no_feed(data: bytes, url: str) -> str:
    """That it is no feed, and which feeds it links to: people write down the address of a site."""
    links = [one for one in _LINK.findall(data[:500_000]) if re.search(rb"alternate", one, re.I) and _FEED_TYPE.search(one)]
    found = [href for link in links if (href := _HREF.search(link))]
    hrefs = [unescape((one[1] or one[2] or one[3]).decode("utf-8", "replace")) for one in found]
    feeds = list(dict.fromkeys(show(join(url, href) or href) for href in hrefs))
    if not feeds:
        return "this is not a feed"
    more = f" and {len(feeds) - _NAMED} more" if len(feeds) > _NAMED else ""
    return f"this is not a feed but a page; it links to {', '.join(feeds[:_NAMED])}{more}"


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """Entries with a key where their address is not theirs alone: the feed's id of each, or its words if that is not unique."""
    addresses = Counter(canonical(entry.url) for entry in entries)
    ids = Counter(entry.id for entry in {(entry.id, entry.title, entry.text): entry for entry in entries}.values())
    told = []
    for entry in entries:
        address = canonical(entry.url)
        alone = bool(address) and addresses[address] == 1
        own_id = entry.id if entry.id != entry.url and ids[entry.id] == 1 else ""
        part_of_page = "#" in address
        told.append(replace(entry, key="" if alone else own_id or words_key(entry), alone=alone and not part_of_page))
    return told


def words_key(entry: Entry) -> str:
    """A key made of an entry's title and text; spaces do not count."""
    words = " ".join(f"{entry.title} {entry.text}".split())
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _utf8(data: bytes, headers: dict[str, str], where: str) -> tuple[bytes, dict[str, str]]:
    """The feed in UTF-8 and saying so, where it or its server says something else: feedparser would believe them."""
    declared = _DECLARED.match(data[:200].removeprefix(codecs.BOM_UTF8))
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", headers.get("content-type", ""), re.I)
    labels = {label.lower() for label in (declared and declared[2].decode(), charset and charset[1]) if label}
    if labels <= {"utf-8"} and not wide(data):
        return data, headers
    try:
        text = decode(data, charset[1] if charset else "")
    except UnicodeError as error:
        raise SourceError(where, str(error)) from None
    plain = {**headers, "content-type": "application/xml; charset=utf-8"} if "content-type" in headers else headers
    return _DECLARED.sub(rb"\1utf-8", text.encode("utf-8", "replace"), count=1), plain


def _entry(item: object, channel: object, base: str, atom: bool) -> Entry:
    """feedparser's dictionaries hold whatever the feed held: every value is checked for its type here."""
    link = _text(item, "link")
    title = _text(item, "title")
    if not (atom and _kind_of_title(item) == "text/plain"):  # in RSS nobody knows; a plain title of Atom says what it means
        title = markup.fragment(title)
    bodies = [_text(content, "value") for content in _many(item, "content")] + [_text(item, "summary")]
    text = max((markup.fragment(body) for body in bodies), key=len, default="")
    authors = tuple(dict.fromkeys(name for author in [*_many(item, "authors")] if (name := one_line(_text(author, "name")))))
    lang = (
        _text(item, "language")
        or next((_text(part, "language") for part in _many(item, "content")), "")
        or _text(channel, "language")
    )
    when = _entry_date(item)
    home = join("", _text(channel, "link"))
    address = join(base or home, _text(item, "feedburner_origlink") or link) if link else ""
    address = forwarded(address) or address
    feed_site = base or home
    foreign = bool(address and feed_site) and not same_site(address, feed_site)
    name = one_line(markup.fragment(_text(channel, "title")))
    names = EntryNames(title=name, source=_source(item), source_url=_source_url(item), home=home)
    title, outlet = names.of(one_line(title), address, feed_site, foreign=foreign)
    picked = carried(feed_site) == "aggregator"
    return Entry(
        id=_text(item, "id") or address,
        url=address,
        foreign=foreign,
        speaker=host(feed_site)
        if (foreign and not picked) or (not address and base and home and not same_site(base, home))
        else "",
        title=title,
        text=title if picked and host(address) == "news.google.com" else text,  # else a list of others' headlines
        outlet=outlet,
        authors=authors,
        agency=credits.agency(text, byline="; ".join(authors)),
        published=when,
        undated="" if when else next((said for key in _DATES if (said := _text(item, key).strip())), ""),
        lang=match[1].lower() if (match := re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", lang)) else "",
    )


def _kind_of_title(item: object) -> str:
    detail = item.get("title_detail") if isinstance(item, dict) else None
    return str(detail.get("type", "")) if isinstance(detail, dict) else ""


def _json_feed(data: bytes, base: str, where: str) -> list[Entry]:
    """The items of a JSON Feed (jsonfeed.org). SourceError if it is no JSON."""
    try:
        channel = json.loads(data.decode(wide(data) or "utf-8-sig"))
    except (ValueError, RecursionError):
        raise SourceError(where, "this is a JSON Feed, but its JSON is damaged") from None
    items = channel.get("items") if isinstance(channel, dict) else None
    home = join("", _text(channel, "home_page_url"))
    found = []
    for item in items[:MOST] if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        row = {name: value for name, value in item.items() if name not in ("external_url", "source")}
        given = fields.known(
            {**row, "text": item.get("content_html") or item.get("content_text"), "link": item.get("external_url")}
        )
        text = str(given.get("text", ""))
        authors = given.get("authors", ())
        dates = (item.get("date_published"), given.get("date"), item.get("date_modified"))
        link = str(given.get("url", ""))
        address = join(base or home, link) if link else ""
        foreign = bool(address and (base or home)) and not same_site(address, base or home)
        names = EntryNames(title=one_line(markup.fragment(_text(channel, "title"))), home=home)
        title, outlet = names.of(one_line(str(given.get("title", ""))), base or home or address, base or home, foreign=False)
        found.append(
            Entry(
                id=fields.words(item.get("id"), first=True) or address,
                url=address,
                foreign=foreign,
                speaker=host(base or home) if foreign else "",
                title=title,
                text=text,
                outlet=outlet,
                authors=authors if isinstance(authors, tuple) else (),
                agency=credits.agency(text),
                published=(when := next(filter(None, map(fields.date, dates)), None)),
                undated="" if when else str(next(filter(None, dates), "")),
                lang=_text(item, "language")[:2].lower() or _text(channel, "language")[:2].lower(),
            )
        )
    return found


def _source(item: object) -> str:
    """The outlet that an entry names as its source."""
    source = item.get("source") if isinstance(item, dict) else None
    return one_line(markup.fragment(_text(source, "title") or _text(item, "news_source")))


def _source_url(item: object) -> str:
    source = item.get("source") if isinstance(item, dict) else None
    return join("", _text(source, "href") or _text(source, "link"))


def _text(item: object, key: str) -> str:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, str) else ""


def _many(item: object, key: str) -> list[object]:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, list) else []


_DATES = ("published", "created", "updated")


def _entry_date(item: object) -> Period | None:
    """Published, else created, else updated, with the precision of its words."""
    return next((period for key in _DATES if (period := fields.date(_text(item, key)))), None)
