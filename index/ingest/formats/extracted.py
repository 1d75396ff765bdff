"""What a reader of one format hands back: a document, or the entry of a feed. Pure records."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Period


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
    notes: tuple[str, ...] = ()  # what was left out, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed."""

    id: str  # the feed's own id, else the link
    url: str = ""  # absolute; "" if the entry has none
    key: str = ""  # tells the entry from others of its feed that have its address, or none; "" if the address does
    alone: bool = True  # its page holds this entry and nothing else
    foreign: bool = False  # its address is of another site than the feed
    title: str = ""
    text: str = ""  # the longest text the feed carries, as plain text
    outlet: str = ""  # who publishes it: the feed's title, or the source that the entry names
    speaker: str = ""  # the host of the feed, where its own words have to be told from those of `outlet`
    authors: tuple[str, ...] = ()
    agency: str = ""
    published: Period | None = None
    undated: str = ""  # what stands where its date should, if that can be none
    lang: str = ""
