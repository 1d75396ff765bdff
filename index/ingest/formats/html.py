"""A page as data: title, text, outlet, authors, agency, date with its precision, language.

    bytes -> decode -> bounded -> parse -> trafilatura (precision) -> Extracted

Everything here comes from strangers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SourceError
from index.ingest import page_date, publication_date
from index.ingest.formats import walls
from index.ingest.formats.encoding import decode
from index.ingest.formats.extracted import Extracted
from index.ingest.formats.hidden import drop_hidden, drop_notices
from index.ingest.formats.markup import bounded, fragment, one_line
from index.ingest.http.urls import join
from index.ingest.rereading import words
from index.text import credits
from index.text.headlines import headline
from index.text.publishers import SHIPPED, transport
from index.text.sites import same_site

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def html(data: bytes, url: str = "", charset: str = "", where: str = "") -> Extracted:
    """The article of a page. `charset` is the server's word for it; `where` names the page in errors.

    Raises SourceError, one clear line, if the page is too large or too strange, or holds no article text.
    """
    import trafilatura
    from trafilatura.utils import load_html

    where = where or url or "page"
    try:
        source = bounded(decode(data, charset), where)
    except UnicodeError as error:
        raise SourceError(where, str(error)) from None
    tree = load_html(source)
    if tree is None:
        raise SourceError(where, "this is not an HTML page")
    drop_hidden(tree)
    drop_notices(tree)
    lang = _declared_language(tree)
    about = _about(tree, url)
    title = one_line(_seen_title(tree, about.title))
    when, date_source = page_date.of_page(tree, url or about.url, lang)
    try:
        text = trafilatura.extract(tree, url=url or None, favor_precision=True, include_comments=False) or ""
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError) as error:
        raise SourceError(where, f"the page could not be read ({type(error).__name__})") from None
    if len(text.strip()) < 20:  # a menu's word or a bare heading
        text, title = _linked_text(tree), about.title
    text = _without_wall(text, tree, source, lang, where)
    outlet = "" if transport(about.outlet) else about.outlet
    return Extracted(
        text=text,
        title=headline(title, [outlet] if outlet else [], url or about.url, SHIPPED),
        outlet=outlet,
        authors=tuple(name for name in about.authors if not credits.agency("", byline=name)),
        agency=credits.agency(text, byline="; ".join([*about.authors, about.outlet])),
        published=when,
        date_source=date_source,
        lang=lang,
        url=about.url,
        extractor=f"trafilatura {trafilatura.__version__}",
        notes=(publication_date.without_date(said),) if not when and (said := page_date.said(tree)) else (),
    )


def _without_wall(text: str, tree: HtmlElement, source: str, lang: str, where: str) -> str:
    """The text without a site's own notes around it. Raises SourceError if the page is no article."""
    titles = [" ".join(element.text_content().split()) for element in tree.iter("title", "h1", "h2")][:3]
    wall = walls.kind(text, titles, source, lang)
    if wall:
        text = _linked_text(tree)  # some sites show a wall, and give machines the text
        wall = "" if len(text) > walls.LEAD and not walls.kind(text, [], "", lang) else wall
    if wall:
        raise SourceError(where, walls.WHY[wall])
    if len(text.strip()) < 20:
        raise SourceError(where, "no article text found on the page")
    return walls.without_notes(text, lang)


def _linked_text(tree: HtmlElement) -> str:
    """The text of a page that has it in its schema.org data only, as pages made by scripts do."""
    for article in page_date.linked_data(tree):
        updates = article.get("liveBlogUpdate")
        bodies = [part.get("articleBody") for part in updates if isinstance(part, dict)] if isinstance(updates, list) else []
        texts = [unescape(body) for body in [article.get("articleBody"), *bodies] if isinstance(body, str) and body.strip()]
        if texts:
            return "\n".join(fragment(text) for text in texts)
    return ""


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
    for article in page_date.linked_data(tree):
        if isinstance(headline := article.get("headline"), str) and headline.strip():
            title = headline
        authors = _names(article.get("author")) or authors
        outlet = next(iter(_names(article.get("publisher"))), outlet)
        break
    links = [element.get("href") or "" for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    claimed = next((link for href in links if (link := join(url, href))), "" if url else join("", address))
    own = claimed if claimed and (not url or same_site(claimed, url)) else url  # a page may not claim to be another site's
    hosts = {urlsplit(page).netloc.lower().removeprefix("www.") for page in (own, join("", address))}
    if outlet.lower().removeprefix("www.") in hosts:
        outlet = ""  # where a page names no outlet, trafilatura gives the host, and a feed knows better
    return _About(one_line(title), one_line(outlet), tuple(dict.fromkeys(map(_author, authors)))[:20], own)


def _seen_title(tree: HtmlElement, title: str) -> str:
    """The title, if readers see it: in a heading or in the window's title. Else what they see there."""
    seen = [" ".join(element.text_content().split()) for element in tree.iter("h1", "title", "h2")][:8]
    wanted = set(words(title))
    if not seen or not wanted or any(len(wanted.intersection(words(one))) >= len(wanted) / 2 for one in seen):
        return title
    return next((one for one in seen if one), title)


def _names(value: object) -> list[str]:
    """Names in a schema.org author or publisher: text, an object with a name, or a list of these."""
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values[:20]]
    flat = [part for name in names for part in (name if isinstance(name, list) else [name])]
    return [name.strip() for name in flat if isinstance(name, str) and 1 < len(name.strip()) < 100 and "://" not in name]


def _author(name: str) -> str:
    return re.sub(r"^(?:by|von|por|par|di|door|av|текст)[: ]+", "", one_line(name), flags=re.IGNORECASE)


def _declared_language(tree: HtmlElement) -> str:
    """Primary tag of <html lang>, og:locale or Content-Language; "" if none is declared."""
    values = [tree.get("lang") or "", tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""]
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("http-equiv") or "").lower()
        if name in ("og:locale", "content-language"):
            values.append(element.get("content") or "")
    return next((match[1].lower() for value in values if (match := re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", value))), "")
