"""Dates in the words of eleven languages, and dates without zone"""

import json
from pathlib import Path

from tests.support.wild import item, rss, save

TIMES = [
    ("de", "Di, 01 Jul 2025 02:20:00 +0200", "2025-07-01T00:20Z"),
    ("de lang", "Dienstag, 1. Juli 2025, 02:20 Uhr", "2025-07-01 (day)"),
    ("fr", "mar., 01 juil. 2025 02:20:00 +0200", "2025-07-01T00:20Z"),
    ("es", "mar, 01 jul 2025 02:20:00 +0200", "2025-07-01T00:20Z"),
    ("it", "mar, 01 lug 2025 02:20:00 +0200", "2025-07-01T00:20Z"),
    ("pt", "ter, 01 jul 2025 02:20:00 +0100", "2025-07-01T01:20Z"),
    ("pl", "wt., 01 lip 2025 02:20:00 +0200", "2025-07-01T00:20Z"),
    ("ru", "Вт, 01 июл 2025 02:20:00 +0300", "2025-06-30T23:20Z"),
    ("tr", "Sal, 01 Tem 2025 02:20:00 +0300", "2025-06-30T23:20Z"),
    ("zh", "2025年7月1日 07:20", "2025-07-01 (day)"),
    ("zh weekday", "周二, 01 7月 2025 07:20:00 +0800", "2025-06-30T23:20Z"),
    ("ja", "令和7年7月1日 8時20分", "2025-07-01 (day)"),
    ("ja weekday", "火, 01 7月 2025 08:20:00 +0900", "2025-06-30T23:20Z"),
    ("ar", "الثلاثاء، 01 يوليو 2025 02:20:00 +0300", "2025-06-30T23:20Z"),
    ("ar digits", "٢٠٢٥-٠٧-٠١", "2025-07-01 (day)"),
    (
        "day first",
        "01/07/2025 02:20",
        "undated with a line, or 2025-07-01 if the feed's other dates prove day first; never January",
    ),
    ("dotted", "01.07.2025 02:20", "2025-07-01 (day)"),
    ("month first", "07/13/2025 02:20 AM", "2025-07-13 (day)"),
    ("weekday is wrong", "Fri, 01 Jul 2025 02:20:00 +0200", "2025-07-01T00:20Z"),
]


def make(folder: Path) -> None:
    """One entry a form; feeds of one language each, so that the feed's <language> can help; expected times in times.json."""
    for n, (name, when, _) in enumerate(TIMES):
        lang = name[:2] if name[:2] in ("de", "fr", "es", "it", "pt", "pl", "ru", "tr", "zh", "ja", "ar") else "en"
        save(
            folder,
            f"feeds/{n:02d}.xml",
            rss(
                f"Paper {n}",
                f"https://p{n}.example.org/",
                item(
                    f"Date {name}",
                    f"Notice {n}: the well of street {n} gives water again.",
                    f"https://p{n}.example.org/a",
                    f"d{n}",
                    when,
                ),
                lang=lang,
            ),
        )
    save(folder, "times.json", json.dumps({f"Date {t}": w for t, _, w in TIMES}, ensure_ascii=False, indent=1))
