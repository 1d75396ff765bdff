"""An Atom feed of briefings (RFC 4287): the newest first, each whole, as HTML that cannot act. Pure."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from bot.rendering.briefing_html import body
from bot.rendering.briefing_text import TOP, listed, local, nothing, tally, title
from bot.rendering.json_rows import iso
from index.text.printable import line

if TYPE_CHECKING:
    from bot.records import Briefing

ENTRIES = 30  # briefings in a feed
ATOM = "http://www.w3.org/2005/Atom"
HOME = uuid.UUID("6f1c0f0e-52ba-5c0b-9d43-1f1f6c2c7a10")  # of our names: the same beat and briefing have one id everywhere


def atom(beat: str, briefings: Sequence[Briefing]) -> bytes:
    """The feed of a beat. `briefings`: the newest first; more than ENTRIES are left out."""
    shown = briefings[:ENTRIES]
    updated = shown[0].until if shown else 0
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": shown[0].lang if shown else "en"})
    _text(feed, "id", f"urn:uuid:{uuid.uuid5(HOME, beat)}")
    _text(feed, "title", title(shown[0]) if shown else line(beat))
    _text(feed, "updated", iso(updated))
    _text(ElementTree.SubElement(feed, "author"), "name", "Dragoman")
    _text(feed, "generator", "Dragoman")
    for briefing in shown:
        entry = ElementTree.SubElement(feed, "entry", {"xml:lang": briefing.lang})
        _text(entry, "id", f"urn:uuid:{uuid.uuid5(HOME, f'{briefing.beat}/{briefing.id}')}")
        _text(entry, "title", heading(briefing))
        _text(entry, "updated", iso(briefing.until))
        _text(entry, "published", iso(briefing.until))
        _text(entry, "summary", summary(briefing))
        _text(entry, "content", body(briefing), type="html")
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def heading(briefing: Briefing) -> str:
    """What a briefing is called among others: its first title, then Briefing: strait, 2026-11-22 07:00."""
    named = f"{title(briefing)}, {local(briefing.until, briefing.timezone):%Y-%m-%d %H:%M}"
    return f"{listed(briefing.events[0], briefing.lang)} – {named}" if briefing.events else named


def summary(briefing: Briefing) -> str:
    """One line: how much there is, and what the first events are called."""
    first = " – ".join(listed(one, briefing.lang) for one in briefing.events[:TOP])
    return f"{tally(briefing)}: {first}" if first else nothing(briefing)


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    """An element with text. What XML 1.0 has no place for is left out."""
    allowed = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    ElementTree.SubElement(parent, name, attributes).text = allowed
