"""Main feed, section feed, mobile page and mail of one article, in either order"""

import json
from pathlib import Path

from tests.support.wild import Site, article, full, item, rss, save

FULL = [
    "A ponte pedonal de Ria Funda abre no dia 3 de julho.",
    "Custou dois milhões, disse a engenheira Alda Brito.",
    "Quem tem vertigens pode usar a barca, que continua.",
    "A barca é grátis até ao fim do ano.",
]


def make(folder: Path) -> None:
    """Five doors to one article, as files to be read in two orders; and a served pair with AMP and print pages."""
    link = "https://gazeta-ria.example/2025/ponte"
    html = "".join(f"<p>{p}</p>" for p in FULL)
    when = "Tue, 17 Jun 2025 08:00:00 +0100"
    save(
        folder,
        "1-main.xml",
        rss(
            "Gazeta da Ria",
            "https://gazeta-ria.example/",
            item("Ponte pedonal abre em julho", FULL[0], link, "https://gazeta-ria.example/?p=881", when, full(html)),
            lang="pt",
        ),
    )
    save(
        folder,
        "2-section.xml",
        rss(
            "Gazeta da Ria » Local",
            "https://gazeta-ria.example/local",
            item("Ponte pedonal abre em julho", FULL[0], link + "?utm_source=local", "local-881", when),
            lang="pt",
        ),
    )
    save(
        folder,
        "3-http.xml",
        rss(
            "Gazeta da Ria",
            "http://gazeta-ria.example/",
            item(
                "Ponte pedonal abre em julho",
                FULL[0] + " [...]",
                link.replace("https", "http") + "/",
                "http://gazeta-ria.example/?p=881",
                when,
            ),
            lang="pt",
        ),
    )
    save(
        folder,
        "4-page.html",
        article("Ponte pedonal abre em julho", *FULL, lang="pt", head=f'<link rel="canonical" href="{link}">'),
    )
    save(
        folder,
        "5-row.jsonl",
        json.dumps(
            {
                "url": link,
                "title": "Ponte pedonal",
                "text": FULL[0],
                "outlet": "Gazeta da Ria",
                "date": "2025-06-17",
                "lang": "pt",
            },
            ensure_ascii=False,
        )
        + "\n",
    )
    site = Site(folder)
    site.feed(
        "/main.xml", rss("Gazeta da Ria", "{BASE}/", item("Ponte pedonal", FULL[0], "{BASE}/ponte", "a", when), lang="pt")
    )
    site.feed(
        "/amp.xml",
        rss(
            "Gazeta da Ria",
            "{BASE}/",
            item("Ponte pedonal", FULL[0], "{BASE}/amp/ponte", "b", when),
            item("Ponte pedonal", FULL[0], "{BASE}/print?id=ponte", "c", when),
            lang="pt",
        ),
    )
    canon = '<link rel="canonical" href="{BASE}/ponte">'
    site.add("/ponte", article("Ponte pedonal abre em julho", *FULL, lang="pt", head=canon))
    site.add("/amp/ponte", article("Ponte pedonal abre em julho", *FULL[:2], lang="pt", head=canon))
    site.add("/print?id=ponte", article("Ponte pedonal abre em julho", *FULL, lang="pt", head=canon))
    site.save()
