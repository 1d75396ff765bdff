"""Atom titles of type text/html/xhtml with <b>, RSS titles in CDATA, escaped twice; a JSON Feed 1.1 with content_html."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    def e(i: int, title: str, who: str) -> str:
        return f"<entry><id>urn:t:{i}</id>{title}<link href='https://t.example/{i}'/><updated>2025-06-12T10:00:00Z</updated><summary>{who} zei maandag dat kade nummer {i} van Norby dicht blijft tot vrijdag.</summary></entry>"

    titles = [
        "<title type='text'>De &lt;b&gt;-tag is dertig</title>",
        "<title type='html'>De &lt;b&gt;kade&lt;/b&gt; is dicht</title>",
        "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>De <b>brug</b> &amp; de sluis</div></title>",
        "<title type='html'>&amp;lt;3 Norby</title>",
        "<title>Prijs &lt; 9 en &gt; 3 kronen</title>",
        "<title type='html'><![CDATA[R&amp;D: 5 &lt; 7]]></title>",
        "<title type='text'>   </title>",
    ]
    who = ["Joris", "Anna", "Piet", "Katrijn", "Sanne", "Bram", "Lotte"]
    write(
        folder,
        "input/atom.xml",
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>&lt;b&gt;De Kade&lt;/b&gt;</title><id>urn:t</id><updated>2025-06-12T10:00:00Z</updated>"
        + "".join(e(i, t, w) for i, (t, w) in enumerate(zip(titles, who, strict=False), 1))
        + "</feed>",
    )
    items = [
        {
            "id": "1",
            "url": "https://j.example/1",
            "title": "Bryggan <b>stängd</b>",
            "content_html": "<p>Hamnkapten Åsa Ek sade att bryggan är <b>stängd</b> till fredag.</p>",
            "date_published": "2025-06-12T10:00:00+02:00",
            "authors": [{"name": "L. Ö."}],
        },
        {
            "id": 2,
            "content_text": "Färjan till Lirio ställs in, sade Bo Ström på måndagen.",
            "title": None,
            "date_published": None,
            "summary": "Kort.",
        },
        {
            "id": "3",
            "external_url": "https://k.example/3",
            "summary": "Bara en sammanfattning: skolan får nytt tak, sade Rosa Teng.",
            "date_modified": "2025-06-12",
        },
    ]
    feed = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Kajen",
            "home_page_url": "https://j.example/",
            "language": "sv",
            "items": items,
        },
        ensure_ascii=False,
    )
    write(folder, "input/feed.json", "\ufeff" + feed)
