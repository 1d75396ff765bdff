"""A page read once turns into a teaser, a wall, a 404, a 410, a shell"""

from pathlib import Path

from tests.support.wild import Site, article, item, page, rss

TEXT = {
    "teaser": (
        "Terlow: Orgel gestohlen",
        "de",
        [
            "In Terlow sind dreihundert Orgelpfeifen gestohlen worden.",
            "Der Schaden beträgt 70.000 Euro, sagte Küsterin Gerda Pohl.",
            "Die Polizei sucht einen grünen Lieferwagen.",
        ],
    ),
    "wall": (
        "Órgano robado",
        "es",
        [
            "En Valdemora robaron las campanas pequeñas de la ermita.",
            "Valían doce mil euros, dijo el párroco Saúl Iborra.",
            "La policía busca una furgoneta verde.",
        ],
    ),
    "gone": (
        "Rubata la statua",
        "it",
        [
            "A Pontebruno è stata rubata la statua del pescatore.",
            "Pesa duecento chili, ha detto il custode Livio Frasca.",
            "I carabinieri cercano un furgone verde.",
        ],
    ),
    "missing": (
        "Skradziono zegar",
        "pl",
        [
            "W Brzezinowie skradziono zegar z dworca.",
            "Ważył czterdzieści kilo, powiedziała zawiadowczyni Irena Sowa.",
            "Policja szuka zielonej furgonetki.",
        ],
    ),
    "shell": (
        "Saat çalındı",
        "tr",
        [
            "Sarıova iskelesinin saati çalındı.",
            "Saat yüz on yaşındaydı, dedi memur Cemal Tan.",
            "Polis yeşil bir minibüs arıyor.",
        ],
    ),
}


def make(folder: Path) -> None:
    """Visit 1: five whole pages. Visit 2: the feed's entries say 'updated', the pages have turned."""
    site = Site(folder)
    for n, mark in enumerate(("", " (aktualisiert)")):
        site.feed(
            "/all.xml",
            rss(
                "Thefts",
                "{BASE}/",
                *(
                    item(title + mark, text[0], f"{{BASE}}/{key}", key, f"Tue, 17 Jun 2025 0{8 + n}:00:00 +0000")
                    for key, (title, _, text) in TEXT.items()
                ),
            ),
        )
    for key, (title, lang, text) in TEXT.items():
        site.add(f"/{key}", article(title, *text, lang=lang))
    site.add("/teaser", article(TEXT["teaser"][0], TEXT["teaser"][2][0], "Weiterlesen mit T+. Jetzt testen.", lang="de"))
    site.add(
        "/wall",
        page(
            "Tu privacidad",
            "<main><h1>Tu privacidad</h1><p>Nosotros y nuestros 700 socios guardamos cookies en tu dispositivo y tratamos datos personales.</p><p>Aceptar – Rechazar</p></main>",
            "es",
        ),
    )
    site.add("/gone", page("410", "<main><p>Questo contenuto è stato rimosso.</p></main>", "it"), status=410)
    site.add("/missing", page("404", "<main><p>Nie znaleziono strony. Wróć na stronę główną.</p></main>", "pl"), status=404)
    site.add("/shell", page("Sarıova", '<div id="root"></div><noscript>JavaScript etkin olmalı.</noscript>', "tr"))
    site.save()
