"""The Atom feed as a feed reader sees it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import feedparser
from lxml import html as lx

from bot.rendering.atom_feed import ATOM, ENTRIES, atom
from tests.support.briefing import hostile, nothing, strait


def test_a_reader_takes_it_without_complaint() -> None:
    found = feedparser.parse(atom("strait", [nothing(), strait()]))
    assert not found.bozo and found.version == "atom10"
    assert found.feed.title == "Briefing: strait" and found.feed.updated == "2025-05-20T05:00:00Z"
    quiet, full = found.entries
    assert quiet.title == "Briefing: strait, 2025-05-20 07:00" and quiet.summary.startswith("Nothing new on strait")
    assert full.summary.startswith("4 events, 14 articles read; 2 minutes: Correction: Astrid Vale")
    assert full.title == "Correction: Astrid Vale carried fourteen sailors – Briefing: strait, 2025-05-19 07:00"
    assert "«Vengo a hablar de barcos y de radares, no de banderas»" in full.content[0].value
    assert full.content[0].type == "text/html"


def test_ids_are_stable_and_unique() -> None:
    once, twice = (feedparser.parse(atom("strait", some)) for some in ([strait()], [nothing(), strait()]))
    assert once.feed.id == twice.feed.id != feedparser.parse(atom("other", [])).feed.id
    assert once.entries[0].id == twice.entries[1].id != twice.entries[0].id
    assert all(entry.id.startswith("urn:uuid:") for entry in twice.entries)


def test_what_the_standard_asks_for_is_there() -> None:
    """RFC 4287, 4.1.1 and 4.1.2: id, title, updated once each; an author."""
    root = ElementTree.fromstring(atom("strait", [strait()]))
    for parent in (root, *root.findall(f"{{{ATOM}}}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{{{ATOM}}}{name}")) == 1
    assert root.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "Dragoman"


def test_nothing_of_a_stranger_acts() -> None:
    odd = replace(hostile(), beat="a\ufffe\x0bb")
    found = feedparser.parse(atom("beat <b>", [hostile(), odd]), sanitize_html=False)
    assert not found.bozo
    for entry in found.entries:
        page = lx.fromstring(entry.content[0].value)
        assert not page.xpath("//script | //img | //iframe | //style | //@onload | //@onerror")
        assert all(href.startswith("https://evil.example.org/") for href in page.xpath("//@href"))


def test_it_does_not_grow_for_ever() -> None:
    many = [replace(strait(), id=str(i)) for i in range(ENTRIES + 5)]
    assert len(feedparser.parse(atom("strait", many)).entries) == ENTRIES
    assert feedparser.parse(atom("strait", [])).feed.title == "strait"
