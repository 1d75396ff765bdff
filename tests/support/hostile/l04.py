"""A .json that is JSON Lines, a .jsonl that is one array, pretty objects one after another, a JSON text sequence."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write


def row(n: int) -> dict:
    who = ["Ilze Bērziņa", "Jānis Kļava", "Marta Ozola"][n % 3]
    return {
        "id": f"r{n}",
        "title": f"Osta {n}",
        "text": f"Ostas kapteine {who} pirmdien teica, ka piestātne numur {n} būs slēgta līdz piektdienai.",
        "date": "2025-06-12",
    }


def make(folder: Path) -> None:
    j = lambda r, **k: json.dumps(r, ensure_ascii=False, **k)  # noqa: E731
    write(folder, "input/lines.json", "".join(j(row(n)) + "\n" for n in (1, 2)))
    write(folder, "input/array.jsonl", j([row(3), row(4)]) + "\n")
    write(folder, "input/pretty.jsonl", "".join(j(row(n), indent=2) + "\n" for n in (5, 6)))
    write(folder, "input/sequence.jsonl", "".join("\x1e" + j(row(n)) + "\n" for n in (7, 8)))
    write(folder, "input/commas.jsonl", "[\n" + j(row(9)) + ",\n" + j(row(10)) + ",\n]\n")
    write(folder, "input/single.json", j(row(11), indent=1))
    write(folder, "input/by-id.json", j({"r12": row(12), "r13": row(13)}, indent=1))
    write(folder, "input/wrapped.json", j({"meta": {"count": 2}, "data": {"items": [row(14), row(15)]}}))
    write(folder, "input/empty.json", "[]")
