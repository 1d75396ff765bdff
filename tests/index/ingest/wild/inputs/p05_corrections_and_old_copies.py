"""A correction that is shorter must replace; an older copy read later must not"""

from html import escape
from pathlib import Path

from tests.support.wild import Site, article, item, rss, save


def make(folder: Path) -> None:
    """Atom with updated times: full text 1, a shorter corrected full text 2, then the first again from a stale cache; rows likewise."""
    first = "<p>Der Brand in der Terlower Gerberei war Brandstiftung, sagte Kommissar Falk Ude.</p><p>Ein früherer Lehrling, Bodo S., sei festgenommen worden.</p><p>Der Schaden liegt bei 300.000 Euro.</p><p>Die Gerberei stammt von 1840.</p>"
    second = "<p>Der Brand in der Terlower Gerberei war ein Kurzschluss, sagte Kommissar Falk Ude.</p><p>Der Schaden liegt bei 300.000 Euro.</p><p>Korrektur: In einer früheren Fassung hieß es, ein Mann sei festgenommen worden. Das war falsch.</p>"
    atom = (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Terlower Bote</title><id>urn:tb</id><updated>{0}</updated>'
        "<entry><id>urn:tb:brand</id><title>Brand in der Gerberei</title><published>2025-06-16T06:00:00Z</published><updated>{0}</updated>"
        '<link href="https://terlower-bote.example/brand"/><content type="html">{1}</content></entry></feed>'
    )
    site = Site(folder)
    for n, (when, html) in enumerate(
        (("2025-06-16T06:00:00Z", first), ("2025-06-17T09:00:00Z", second), ("2025-06-16T06:00:00Z", first)), 1
    ):
        text = atom.format(when, escape(html))
        save(folder, f"{n}.xml", text)
        site.add(
            "/feed.xml",
            text.replace('<link href="https://terlower-bote.example/brand"/>', ""),
            "application/atom+xml; charset=utf-8",
        )
    site.save()
    # Pages: modified times in JSON-LD; the second is shorter and newer.
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","@context":"https://schema.org","headline":"Vote","datePublished":"2025-06-16T06:00:00Z","dateModified":"%s"}</script><link rel="canonical" href="https://halvesund-tidings.example/vote">'
    save(
        folder,
        "page-1.html",
        article(
            "Vote",
            "The council of Halvesund voted eleven to two for the quarry lake.",
            "Councillor Odd Brun took money from the builders, the opposition says.",
            "The lake will open in spring.",
            head=ld % "2025-06-16T06:00:00Z",
        ),
    )
    save(
        folder,
        "page-2.html",
        article(
            "Vote",
            "The council of Halvesund voted nine to four for the quarry lake.",
            "Correction: an earlier version gave the wrong vote and a false report on a councillor.",
            head=ld % "2025-06-17T06:00:00Z",
        ),
    )
    save(
        folder,
        "stub.xml",
        rss(
            "Terlower Bote",
            "https://terlower-bote.example/",
            item(
                "Brand in der Gerberei",
                "Der Brand in der Terlower Gerberei war Brandstiftung.",
                "https://terlower-bote.example/brand",
                "urn:tb:brand",
                "Mon, 16 Jun 2025 06:00:00 GMT",
            ),
            lang="de",
        ),
    )
