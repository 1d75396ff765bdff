"""A sitemap -> its links."""

from __future__ import annotations

from dataclasses import dataclass

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.http.urls import join
from index.records import Period


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a sitemap."""

    url: str
    is_map: bool  # it leads to another sitemap, not to a page
    published: Period | None = None  # from a news sitemap; `modified` is only a hint
    modified: Period | None = None
    title: str = ""


def sitemap(data: bytes, url: str = "", where: str = "") -> list[Link]:
    """The entries of a sitemap or sitemap index, at most 50,000 (the protocol's own limit)."""
    from lxml import etree

    where = where or url or "sitemap"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or etree.QName(root).localname not in ("urlset", "sitemapindex"):
        raise SourceError(where, "this is not a sitemap")
    links: list[Link] = []
    for entry in root.iterchildren("{*}url", "{*}sitemap"):
        values: dict[str, str] = {}
        for element in entry.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}title"):
            values.setdefault(etree.QName(element).localname, (element.text or "").strip())
        address = join(url, values["loc"]) if values.get("loc") else ""
        if address:
            links.append(
                Link(
                    address,
                    etree.QName(entry).localname == "sitemap",
                    published.parse(values.get("publication_date", "")),
                    published.parse(values.get("lastmod", "")),
                    values.get("title", ""),
                )
            )
        if len(links) == 50_000:
            break
    return links
