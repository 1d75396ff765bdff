"""The text under other names and in other shapes: WordPress content.rendered."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write

S = "Hafenkapitänin Ines Falk sagte am Montag, der Hafen von Norby bleibe bis Freitag geschlossen."
ROWS = {
    "wordpress.json": [
        {
            "id": 7,
            "date": "2025-06-12T10:00:00",
            "title": {"rendered": "Hafen &#8211; zu"},
            "content": {"rendered": f"<p>{S}</p>\n<p>Der Rat &amp; die Bürger warten.</p>", "protected": False},
            "excerpt": {"rendered": "<p>Kurz.</p>"},
            "link": "https://wp.example/7",
        }
    ],
    "newsapi.json": {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": None, "name": "Tageblatt"},
                "title": "Fähre",
                "description": "Die Fähre fährt nicht, sagte Petra Lund am Montag in Norby, und der Rat stimmte ihr zu.",
                "content": "Die Fähre fährt nicht, sagte Petra Lund am Mont… [+1834 chars]",
                "publishedAt": "2025-06-12T10:00:00Z",
                "url": "https://t.example/8",
            }
        ],
    },
    "newsplease.jsonl": {
        "title": "Brücke",
        "maintext": "Bürgermeisterin Rosa Teng sagte, die Brücke öffne im Herbst wieder für alle.",
        "date_publish": "2025-06-12 10:00:00",
        "source_domain": "nn.example",
        "title_page": None,
    },
    "paragraphs.jsonl": {
        "headline": "Schule",
        "body": ["Die Schule bekommt ein neues Dach, sagte Rektor Jan Holm.", "Die Kosten trägt die Stadt Lirio."],
        "date": "2025-06-12",
    },
    "blocks.jsonl": {
        "headline": {"main": "Mühle"},
        "content": [
            {"type": "paragraph", "text": "Die Feuerwehr löschte den Brand in der Papiermühle von Selwyn am Abend."},
            {"type": "ad", "html": "<div>WERBUNG</div>"},
            {"type": "paragraph", "text": "Niemand wurde verletzt, sagte Mia Holt."},
        ],
        "date": "2025-06-12",
    },
    "html.jsonl": {
        "title": "<b>Markt</b>",
        "body": "<div><script>var x='Falsch';</script><p>Der Markt von Lirio ist am Dienstag offen, sagte Ole Brandt.</p><style>p{}</style></div>",
        "date": "2025-06-12",
    },
}


def make(folder: Path) -> None:
    for name, data in ROWS.items():
        write(
            folder, "input/" + name, json.dumps(data, ensure_ascii=False, indent=1 if name.endswith(".json") else None) + "\n"
        )
