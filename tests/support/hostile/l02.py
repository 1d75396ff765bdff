"""Outlet, author and link as objects, lists, nulls, the way NewsAPI, GDELT mirrors."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write

ROWS = [
    {"source": {"id": None, "name": "Diário de Norby"}, "author": None, "url": "https://norby.example/1"},
    {
        "source": {"domain": "vestnik.example", "title": "Вестник"},
        "authors": [{"name": "Ана Шульц"}],
        "url": {"href": "https://vestnik.example/2"},
    },
    {
        "publisher": {"@type": "Organization", "name": "Gazeta Łącka"},
        "author": {"@type": "Person", "name": "Jan Bug"},
        "link": "https://gazeta.example/3",
    },
    {"source": ["AFP", "dpa"], "author": ["Léa Morand", None], "links": [{"rel": "self", "href": "https://afp.example/4"}]},
    {"source": {"id": None, "name": None}, "outlet": "Norby Herald", "url": None},
    {"source": "https://www.fakel.example/rss", "publisher": "", "url": "https://www.fakel.example/6"},
    {"source": {"name": {"en": "Lirio Post", "de": "Lirioer Post"}}, "url": ["https://lirio.example/7"]},
]


def make(folder: Path) -> None:
    out = []
    for i, r in enumerate(ROWS, 1):
        out.append(
            json.dumps(
                {
                    "id": i,
                    "title": f"Cais {i}",
                    "text": f"A capitã Inês Falcão disse que o cais número {i} do porto de Norby fica fechado até sexta-feira.",
                    "date": "2025-06-12",
                    **r,
                },
                ensure_ascii=False,
            )
        )
    write(folder, "input/nested.jsonl", "\n".join(out) + "\n")
