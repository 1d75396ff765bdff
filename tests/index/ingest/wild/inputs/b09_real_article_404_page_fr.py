"""A real short article about 'page not found' and JavaScript (French) that must be kept"""

import json
from pathlib import Path

from tests.support.wild import Site, article, full, item, rss, save

LANG, TITLE = "fr", "« Page introuvable » : la mairie perd dix ans d'archives"
TEXT = [
    "« Erreur 404, la page que vous cherchez n'existe plus » : c'est ce que lisent depuis lundi les habitants de Corvanne qui cherchent les délibérations de leur conseil.",
    "La mairie a changé de site et perdu dix années d'archives, a reconnu l'adjoint Rémi Castelan.",
    "Le nouveau site demande d'activer JavaScript et d'accepter les cookies, ce que l'association Corvanne Ouverte juge illégal.",
]


def make(folder: Path) -> None:
    """The article as a file, as a row, as a feed's full text, and served as a page behind a feed whose summary is its first sentence."""
    save(folder, "page.html", article(TITLE, *TEXT, lang=LANG))
    save(folder, "short.html", article(TITLE, TEXT[0], lang=LANG))
    save(
        folder,
        "row.jsonl",
        json.dumps(
            {"title": TITLE, "text": "\n\n".join(TEXT), "lang": LANG, "url": "https://paper.example.org/1"}, ensure_ascii=False
        )
        + "\n",
    )
    save(
        folder,
        "feed.xml",
        rss(
            "Paper",
            "https://paper.example.org/",
            item(TITLE, TEXT[0], "https://paper.example.org/2", "p2", more=full("".join(f"<p>{p}</p>" for p in TEXT))),
            lang=LANG,
        ),
    )
    site = Site(folder)
    site.feed("/feed.xml", rss("Paper", "{BASE}/", item(TITLE, TEXT[0], "{BASE}/a", "p3"), lang=LANG))
    site.add("/a", article(TITLE, *TEXT, lang=LANG, extra="<aside><p>Cookies: OK</p></aside>"))
    site.save()
