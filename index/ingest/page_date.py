"""When a page says it was published, and where it says so: in its metadata, where readers see it, or in its address.

of_page(tree, url)  ->  (Period, "metadata" | "page" | "url")
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from index.ingest.publication_date import of_url, parse
from index.records import Period

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = """
    article:published_time article:published og:published_time og:article:published_time datepublished date.published
    parsely-pub-date sailthru.date bt:pubdate cxenseparse:recs:publishtime publish-date publish_date publishdate
    publication_date publication-date pubdate published published_time published-date published_at article.published
    article_date_original originalpublicationdate displaydate dc.date.issued dcterms.issued dc.issued dcterms.date
    dc.date dcterms.created dc.date.created dc.created citation_publication_date citation_date prism.publicationdate
    rbpubdate gentime vr:published_time shareaholic:article_published_time date datecreated created releasedate
""".split()  # in the order of trust; compared in lower case
_MODIFIED = "article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified lastmod".split()


def of_page(tree: HtmlElement, url: str = "", lang: str = "") -> tuple[Period | None, str]:
    """The publication date of a page, and where it was found: "metadata", "page" (what readers see), "url"; or (None, "")."""
    metadata = _metadata(tree)
    for value in _few(_published_values(tree, metadata)):
        if period := parse(value, lang):
            return period, "metadata"
    in_url = of_url(url)
    for value in _few(_visible_values(tree)):
        if (period := parse(value, lang)) and (not in_url or _about(period, in_url)):
            return period, "page"
    if in_url and in_url.end - in_url.start <= 86_400:
        return in_url, "url"
    searched = _searched(tree)
    if searched and (not in_url or searched.overlaps(in_url)):
        return searched, "page"
    if in_url:
        return in_url, "url"
    for name in _MODIFIED:
        for value in metadata.get(name, [])[:3]:
            if period := parse(value, lang):
                return period, "metadata"
    return None, ""


def said(tree: HtmlElement) -> str:
    """What the metadata of a page have where a date should stand: the first of it with a number."""
    values = (" ".join(value.split()) for value in _published_values(tree, _metadata(tree)))
    return next((value for value in values if re.search(r"\d", value)), "")


def _few(values: Iterator[str], most: int = 16) -> Iterator[str]:
    """The first distinct values: reading words as a date takes milliseconds, and a page may hold ten thousand."""
    return iter(list(dict.fromkeys(islice(values, 200)))[:most])


def _about(period: Period, other: Period, days: int = 3) -> bool:
    """A page shows many dates; the one within days of the URL's is its own."""
    slack = days * 86_400
    return period.start < other.end + slack and other.start < period.end + slack


def _metadata(tree: HtmlElement) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = (element.get("content") or element.get("value") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and value:
                values.setdefault(name, []).append(value)
    return values


def _published_values(tree: HtmlElement, metadata: dict[str, list[str]]) -> Iterator[str]:
    for article in linked_data(tree):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if isinstance(value := article.get(key), str):
                yield value
    for name in _META:
        yield from metadata.get(name, [])
    for element in tree.iter():
        if isinstance(element.tag, str) and "datepublished" in (element.get("itemprop") or "").lower().split():
            yield element.get("content") or element.get("datetime") or element.text_content()


_UNWRAPPED = re.compile(r"^\s*(?:<!--|(?://)?\s*<!\[CDATA\[)|(?:-->|(?://)?\s*\]\]>)\s*$")


def linked_data(tree: HtmlElement) -> list[dict[str, object]]:
    """The JSON-LD objects (schema.org) that describe an article, best first: those typed as an article before web pages."""
    articles: list[dict[str, object]] = []
    pages: list[dict[str, object]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = _UNWRAPPED.sub("", (script.text or "")[:1_000_000]).rstrip(" ;\r\n\t")
        todo: list[object] = []
        for text in (raw, re.sub(r",(?=\s*[}\]])", "", raw)):  # as written, then without commas before a brace
            try:
                todo = [json.loads(text, strict=False)]
                break
            except (ValueError, RecursionError):
                continue
        while todo:
            item = todo.pop()
            if isinstance(item, list):
                todo.extend(reversed(item[:1000]))
            elif isinstance(item, dict):
                kinds = str(item.get("@type", ""))
                is_article = re.search(r"Article|Posting|Report", kinds)
                if "datePublished" in item or (
                    "headline" in item and (is_article or re.search(r"Review\b|VideoObject", kinds))
                ):
                    (articles if is_article else pages).append(item)
                todo.extend(
                    value
                    for key, value in item.items()
                    if key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
                )
    return articles + pages


def _visible_values(tree: HtmlElement) -> Iterator[str]:
    """<time> elements: those marked as publication first, then those beside the headline."""
    times = [element for element in tree.iter("time") if not _aside(element)]
    marked = [
        element
        for element in times
        if element.get("pubdate") is not None or re.search(r"publi|entry-date|posted", _marks(element))
    ]
    for element in marked or times[:1]:
        if not re.search(r"updated|modified|modificad|actualiz", _marks(element)) or element.get("pubdate") is not None:
            yield element.get("datetime") or element.text_content()
            yield element.text_content()


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()


def _aside(element: HtmlElement) -> bool:
    """Whether an element stands among comments, related stories or in the page's frame."""
    return any(
        above.tag in ("aside", "nav", "footer")
        or (
            above.tag not in ("body", "html", "main", "article")
            and re.search(r"comment|related|sidebar|recommend|most-read|widget", _marks(above))
        )
        for above in [element, *islice(element.iterancestors(), 30)]
    )


def _searched(tree: HtmlElement) -> Period | None:
    """What htmldate makes of the words of the page. Its first of a month may be a guess: then only the month is kept."""
    from htmldate import find_date

    tree = copy.deepcopy(tree)
    for element in [
        element for element in tree.iter("time", "span", "p", "div", "li", "ul", "aside", "nav", "footer") if _aside(element)
    ]:
        if element.getparent() is not None:
            element.drop_tree()
    try:
        date = find_date(tree, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    if not date:
        return None
    if not date.endswith("-01"):
        return Period.parse(date)
    year, month, _ = date.split("-")
    words = tree.text_content()[:200_000]
    digits = rf"{year}[-/.年]\s?0?{int(month)}[-/.月]\s?0?1(?!\d)|0?1[-/.]0?{int(month)}[-/.]{year}|0?{int(month)}/0?1/{year}"
    spelled = (
        rf"(?:0?1(?:st|er|\.|º|°|ero)?\s+(?:de\s+)?[^\W\d]{{3,12}}\.?|[^\W\d]{{3,12}}\.?\s+0?1(?:st)?),?\s+(?:de\s+)?{year}"
    )
    if re.search(rf"(?<!\d)(?:{digits}|{spelled})", words):
        return Period.parse(date)
    return Period.parse(f"{year}-{month}") if month != "01" else Period.parse(year)
