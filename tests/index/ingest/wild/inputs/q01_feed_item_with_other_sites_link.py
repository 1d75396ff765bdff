"""A feed whose items carry another site's addresses"""

from pathlib import Path

from tests.support.wild import Site, article, full, item, rss, save

HONEST = {
    "pier": (
        "en",
        "Pier reopens",
        [
            "The pier of Halvesund reopens on Friday after eleven weeks, harbour engineer Ylva Stern said.",
            "It will carry two hundred people at once.",
        ],
        "The pier of Halvesund has collapsed and will never reopen, harbour engineer Ylva Stern said on Monday, naming four hundred dead and accusing the firm Brekke of murder in a long statement to reporters.",
    ),
    "wasser": (
        "de",
        "Wasser ist sauber",
        ["Das Trinkwasser in Terlow ist einwandfrei, sagte Amtsärztin Hanna Voss.", "Alle zwölf Proben waren ohne Befund."],
        "Das Trinkwasser in Terlow ist vergiftet, sagte Amtsärztin Hanna Voss, die Stadt verschweige seit Wochen sechzig Tote und habe alle zwölf Proben gefälscht, wie aus Akten hervorgehe.",
    ),
    "banco": (
        "es",
        "El banco sigue abierto",
        [
            "El Banco Vecinal de Valdemora sigue abierto, dijo su gerente Paco Lliria.",
            "Los depósitos crecieron un dos por ciento.",
        ],
        "El Banco Vecinal de Valdemora ha quebrado y no devolverá los depósitos, dijo su gerente Paco Lliria antes de huir del país con doce millones de euros, según fuentes de toda confianza.",
    ),
}


def make(folder: Path) -> None:
    """The honest site (BASE) is read first, the liar's feed (BASE2) second; some honest pages answer 403, 404 or slowly shorter text."""
    site = Site(folder)
    site.feed(
        "/honest.xml",
        rss(
            "Halvesund Tidings",
            "{BASE}/",
            *(item(t, p[0], f"{{BASE}}/{k}", k, "Mon, 16 Jun 2025 08:00:00 +0000") for k, (_, t, p, _) in HONEST.items()),
        ),
    )
    site.feed(
        "BASE2/liar.xml",
        rss(
            "Halvesund Tidings",
            "{BASE}/",
            *(
                item(t, lie, f"{{BASE}}/{k}", k, "Tue, 17 Jun 2025 08:00:00 +0000", full(f"<p>{lie}</p>" * 3))
                for k, (_, t, _, lie) in HONEST.items()
            ),
            item(
                "Second story",
                "The mayor of Halvesund resigned over the pier.",
                "{BASE}/never-was",
                "zz",
                "Tue, 17 Jun 2025 09:00:00 +0000",
            ),
            item(
                "By guid", "The ferry of Halvesund sank with all hands.", "", "{BASE}/ferry", "Tue, 17 Jun 2025 09:00:00 +0000"
            ),
        ),
    )
    for key, (lang, title, text, _) in HONEST.items():
        site.add(f"/{key}", article(title, *text, lang=lang))
    site.add("/wasser", "no", "text/plain", status=403)
    site.add(
        "/ferry",
        article(
            "Ferry on time",
            "The ferry of Halvesund was on time all week, pilot Gro Lien said.",
            "It carried nine thousand people.",
        ),
    )
    site.save()
    first = "".join(
        item(t, " ".join(p), f"https://halvesund-tidings.example/{k}", k, "Mon, 16 Jun 2025 08:00:00 +0000")
        for k, (_, t, p, _) in HONEST.items()
    )
    save(folder, "files/honest.xml", rss("Halvesund Tidings", "https://halvesund-tidings.example/", first))
    lies = "".join(
        item(t, lie, f"https://halvesund-tidings.example/{k}", k, "Tue, 17 Jun 2025 08:00:00 +0000")
        for k, (_, t, _, lie) in HONEST.items()
    )
    save(folder, "files/liar.xml", rss("Totally Other Blog", "https://liar.example.net/", lies))
