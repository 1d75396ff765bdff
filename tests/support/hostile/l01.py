"""Dates as other programs write them: MongoDB $date, .NET /Date()/, milliseconds, microseconds, text of digits."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write

DATES = [
    1749722400,
    1749722400000,
    1749722400000000,
    "1749722400",
    {"$date": "2025-06-12T10:00:00Z"},
    {"$date": {"$numberLong": "1749722400000"}},
    "/Date(1749722400000+0200)/",
    1749722400.5,
    20250612,
    "20250612T100000Z",
    [2025, 6, 12],
    {"year": 2025, "month": 6, "day": 12},
    45820,
    True,
    -1,
    "",
    {"seconds": 1749722400, "nanoseconds": 0},
]
WHO = [
    "Ana",
    "Berta",
    "Clara",
    "Dora",
    "Elena",
    "Fida",
    "Gema",
    "Hilda",
    "Inma",
    "Julia",
    "Karla",
    "Luz",
    "Mara",
    "Nora",
    "Olga",
    "Pilar",
    "Rita",
]


def make(folder: Path) -> None:
    write(
        folder,
        "input/dates.jsonl",
        "".join(
            json.dumps(
                {
                    "id": f"d{i}",
                    "title": f"{w} {json.dumps(d)[:20]}",
                    "text": f"{w} Falcó dijo el lunes que el muelle número {i} del puerto de Norby sigue cerrado.",
                    "date": d,
                },
                ensure_ascii=False,
            )
            + "\n"
            for i, (d, w) in enumerate(zip(DATES, WHO, strict=False))
        ),
    )
