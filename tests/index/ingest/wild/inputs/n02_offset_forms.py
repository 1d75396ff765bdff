"""Offsets in every odd form that feeds use"""

import json
from pathlib import Path

from tests.support.wild import item, rss, save

TIMES = [
    ("GMT+3", "Tue, 01 Jul 2025 02:20:00 GMT+3", "2025-06-30T23:20Z"),
    ("GMT+0300", "Tue, 01 Jul 2025 02:20:00 GMT+0300", "2025-06-30T23:20Z"),
    ("UTC+08:00", "Tue, 01 Jul 2025 07:20:00 UTC+08:00", "2025-06-30T23:20Z"),
    ("UTC-3", "Mon, 30 Jun 2025 22:20:00 UTC-3", "2025-07-01T01:20Z"),
    ("+9", "Tue, 01 Jul 2025 08:20:00 +9", "2025-06-30T23:20Z"),
    ("+09:00 in RSS", "Tue, 01 Jul 2025 08:20:00 +09:00", "2025-06-30T23:20Z"),
    ("+0545", "Tue, 01 Jul 2025 05:05:00 +0545", "2025-06-30T23:20Z"),
    ("+1400", "Tue, 01 Jul 2025 13:20:00 +1400", "2025-06-30T23:20Z"),
    ("-1100", "Mon, 30 Jun 2025 22:20:00 -1100", "2025-07-01T09:20Z"),
    ("-0000", "Tue, 01 Jul 2025 00:20:00 -0000", "2025-07-01T00:20Z"),
    ("UT", "Tue, 01 Jul 2025 00:20:00 UT", "2025-07-01T00:20Z"),
    ("minus sign U+2212", "Mon, 30 Jun 2025 20:20:00 −0700", "2025-07-01T03:20Z"),
    ("no comma", "Tue 01 Jul 2025 02:20:00 +0300", "2025-06-30T23:20Z"),
    ("zone in brackets", "Tue, 01 Jul 2025 01:20:00 +0200 (CEST)", "2025-06-30T23:20Z"),
    ("zone and wrong name", "Tue, 01 Jul 2025 01:20:00 +0200 (PST)", "2025-06-30T23:20Z"),
    ("ISO in pubDate", "2025-07-01T02:20:00+03:00", "2025-06-30T23:20Z"),
    ("ISO basic offset", "2025-07-01T02:20:00+0300", "2025-06-30T23:20Z"),
    ("ISO short offset", "2025-07-01T02:20:00+03", "2025-06-30T23:20Z"),
    ("ISO small z", "2025-07-01t00:20:00z", "2025-07-01T00:20Z"),
    ("ISO blank", "2025-07-01 02:20:00 +0300", "2025-06-30T23:20Z"),
    ("ISO no seconds", "2025-07-01T02:20+03:00", "2025-06-30T23:20Z"),
    ("ISO comma fraction", "2025-07-01T02:20:00,417+03:00", "2025-06-30T23:20Z"),
    ("JavaScript Date", "Tue Jul 01 2025 02:20:00 GMT+0300 (Eastern European Summer Time)", "2025-06-30T23:20Z"),
    ("asctime", "Tue Jul  1 02:20:00 2025", "2025-07-01T02:20Z, or the day 2025-07-01 alone"),
    ("+9999", "Tue, 01 Jul 2025 12:20:00 +9999", "the day 2025-07-01, or undated with a line; never June 27"),
]


def make(folder: Path) -> None:
    """One entry a form; expected times in times.json; the ISO ones once more in an Atom feed."""
    text = "The clock repair number {} was paid for by the guild of its street."
    save(
        folder,
        "feed.xml",
        rss(
            "Offsets",
            "https://offsets.example.org/",
            *(item(t, text.format(n), f"https://offsets.example.org/{n}", f"o{n}", d) for n, (t, d, _) in enumerate(TIMES)),
        ),
    )
    entries = "".join(
        f"<entry><id>urn:o:{n}</id><title>Atom {t}</title><updated>2025-07-09T00:00:00Z</updated><published>{d}</published><summary>{text.format(n + 100)}</summary></entry>"
        for n, (t, d, _) in enumerate(TIMES)
        if t.startswith("ISO")
    )
    save(
        folder,
        "atom.xml",
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Offsets</title><id>urn:o</id><updated>2025-07-09T00:00:00Z</updated>{entries}</feed>',
    )
    save(folder, "times.json", json.dumps({t: w for t, _, w in TIMES}, indent=1))
