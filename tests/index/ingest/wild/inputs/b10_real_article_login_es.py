"""A real short article about logins and robots (Spanish) that must be kept"""

import json
from pathlib import Path

from tests.support.wild import Site, article, full, item, rss, save

LANG, TITLE = "es", "Inicia sesión o quédate fuera"
TEXT = [
    "«Inicia sesión para continuar»: desde el lunes, los autobuses de Valdemora solo venden billetes a quien tenga cuenta.",
    "La defensora Olga Sarrión pidió que se vuelva a aceptar dinero. «No soy un robot, pero tampoco tengo móvil», le escribió una vecina de ochenta y un años.",
    "La empresa contesta que registrarse es gratis y tarda un minuto.",
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
