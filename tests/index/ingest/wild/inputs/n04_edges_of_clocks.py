"""Summer time named wrongly, hours that are none, epochs, several dates in one entry"""

import json
from pathlib import Path

from tests.support.wild import item, rss, save

TIMES = [
    ("gap", "Sun, 30 Mar 2025 02:30:00 Europe/Berlin", "2025-03-30 (day), or undated with a line"),
    ("PST in July", "Mon, 30 Jun 2025 18:30:00 PST", "2025-07-01T02:30Z (as written) or 01:30Z (as meant)"),
    ("EST in October", "Wed, 08 Oct 2025 18:30:00 EST", "2025-10-08T23:30Z or 22:30Z"),
    ("CET in July", "Tue, 01 Jul 2025 00:30:00 CET", "2025-06-30T23:30Z or 22:30Z"),
    ("hour 24", "Mon, 30 Jun 2025 24:00:00 GMT", "2025-07-01T00:00Z (or the day 2025-06-30)"),
    ("second 60", "Tue, 31 Dec 2024 23:59:60 GMT", "2024-12-31T23:59:59Z or 2025-01-01T00:00Z"),
    ("two-digit year", "Tue, 01 Jul 25 00:30:00 GMT", "2025-07-01T00:30Z"),
    ("PM", "Mon, 30 Jun 2025 11:30 PM GMT", "2025-06-30T23:30Z"),
    ("12 AM", "Tue, 01 Jul 2025 12:30 AM GMT", "2025-07-01T00:30Z"),
    ("epoch seconds", "1751329800", "2025-07-01T00:30Z, or undated with a line"),
    ("epoch milliseconds", "1751329800000", "2025-07-01T00:30Z, or undated with a line; never the year 57467"),
    ("31 June", "Tue, 31 Jun 2025 10:00:00 GMT", "undated with a line"),
    ("29 February", "Sat, 29 Feb 2025 10:00:00 GMT", "undated with a line"),
    ("negative year", "Mon, 01 Jan 0001 00:00:00 +0000", "undated with a line"),
    ("1970", "Thu, 01 Jan 1970 00:00:00 GMT", "undated (a zero, no date); never “old news” of 1970"),
    ("words", "2 hours ago", "undated with a line, or the time of reading less two hours"),
    ("HTML in date", "&lt;time&gt;2025-07-01&lt;/time&gt;", "2025-07-01 (day), or undated with a line"),
    ("twice", "Tue, 01 Jul 2025 00:30:00 GMT, 02 Jul 2025", "2025-07-01, or undated with a line"),
]


def make(folder: Path) -> None:
    """One entry an oddity; and entries with two or three dates; expected times in times.json."""
    items = [
        item(
            f"Edge {t}",
            f"Bell number {n} of the tower rang at the wrong hour again.",
            f"https://edge.example.org/{n}",
            f"e{n}",
            d,
        )
        for n, (t, d, _) in enumerate(TIMES)
    ]
    items.append(
        item(
            "Edge dc",
            "Bell ninety has only a date of Dublin Core.",
            "https://edge.example.org/dc",
            "dc",
            "",
            "<dc:date>2025-07-01T02:30:00+09:00</dc:date>",
        )
    )
    items.append(
        item(
            "Edge both",
            "Bell ninety-one was cast in June and told of twice.",
            "https://edge.example.org/both",
            "both",
            "Mon, 30 Jun 2025 20:30:00 -0400",
            "<dc:date>2025-07-01T00:30:00Z</dc:date><atom:updated>2025-07-05T00:00:00Z</atom:updated>",
        )
    )
    items.append(
        item("Edge none", "Bell ninety-two has no date at all, only its feed has one.", "https://edge.example.org/none", "none")
    )
    more = "<lastBuildDate>Sun, 29 Nov 2026 10:00:00 GMT</lastBuildDate><pubDate>Sun, 29 Nov 2026 10:00:00 GMT</pubDate>"
    save(folder, "feed.xml", rss("Edges", "https://edge.example.org/", *items, more=more))
    save(
        folder,
        "times.json",
        json.dumps(
            {f"Edge {t}": w for t, _, w in TIMES}
            | {"Edge dc": "2025-06-30T17:30Z", "Edge both": "2025-07-01T00:30Z", "Edge none": "undated"},
            indent=1,
        ),
    )
