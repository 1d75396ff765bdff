"""Zone names around midnight, in winter and summer"""

import json
from pathlib import Path

from tests.support.wild import item, rss, save

TIMES = [
    ("CET", "Wed, 01 Jan 2025 00:20:00 CET", "2024-12-31T23:20Z"),
    ("CEST", "Sun, 01 Jun 2025 01:20:00 CEST", "2025-05-31T23:20Z"),
    ("EET", "Sat, 01 Mar 2025 01:20:00 EET", "2025-02-28T23:20Z"),
    ("EEST", "Tue, 01 Jul 2025 02:20:00 EEST", "2025-06-30T23:20Z"),
    ("MSK", "Tue, 01 Jul 2025 02:20:00 MSK", "2025-06-30T23:20Z"),
    ("JST", "Tue, 01 Jul 2025 08:20:00 JST", "2025-06-30T23:20Z"),
    ("KST", "Tue, 01 Jul 2025 08:20:00 KST", "2025-06-30T23:20Z"),
    ("WET", "Sat, 01 Mar 2025 00:20:00 WET", "2025-03-01T00:20Z"),
    ("WEST", "Tue, 01 Jul 2025 00:20:00 WEST", "2025-06-30T23:20Z"),
    ("PDT", "Mon, 30 Jun 2025 20:20:00 PDT", "2025-07-01T03:20Z"),
    ("PST", "Tue, 31 Dec 2024 20:20:00 PST", "2025-01-01T04:20Z"),
    ("EST", "Tue, 31 Dec 2024 20:20:00 EST", "2025-01-01T01:20Z"),
    ("MDT", "Mon, 30 Jun 2025 20:20:00 MDT", "2025-07-01T02:20Z"),
    ("AKDT", "Mon, 30 Jun 2025 20:20:00 AKDT", "2025-07-01T04:20Z"),
    ("HST", "Mon, 30 Jun 2025 20:20:00 HST", "2025-07-01T06:20Z"),
    ("NZST", "Tue, 01 Jul 2025 08:20:00 NZST", "2025-06-30T20:20Z"),
    ("NZDT", "Wed, 01 Jan 2025 08:20:00 NZDT", "2024-12-31T19:20Z"),
    ("AEDT", "Wed, 01 Jan 2025 08:20:00 AEDT", "2024-12-31T21:20Z"),
    ("BRT", "Mon, 30 Jun 2025 22:20:00 BRT", "2025-07-01T01:20Z"),
    ("SAST", "Tue, 01 Jul 2025 01:20:00 SAST", "2025-06-30T23:20Z"),
    ("CST in a zh feed", "Tue, 01 Jul 2025 07:20:00 CST", "2025-06-30T23:20Z or 2025-07-01T13:20Z (never 07:20Z)"),
]


def make(folder: Path) -> None:
    """One entry a zone; expected times in times.json."""
    save(
        folder,
        "feed.xml",
        rss(
            "Hours",
            "https://hours.example.org/",
            *(
                item(
                    f"Zone {t}",
                    f"The clock of {t} town was repaired by its smith number {n}.",
                    f"https://hours.example.org/{n}",
                    f"h{n}",
                    d,
                )
                for n, (t, d, _) in enumerate(TIMES)
            ),
        ),
    )
    save(folder, "times.json", json.dumps({f"Zone {t}": w for t, _, w in TIMES}, indent=1))
