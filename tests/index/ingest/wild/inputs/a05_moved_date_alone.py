"""A date that moves at each visit is no new version; words that change are"""

from pathlib import Path

from tests.support.wild import Site, article, item, rss


def make(folder: Path) -> None:
    """Three visits: pubDate moves (it), Atom updated moves (es), date and words change (de), the date vanishes (fr)."""
    site = Site(folder)
    for n in (1, 2, 3):
        when = f"{16 + n} Jun 2025 1{n}:0{n}:00 +0200"
        last = "sieben" if n < 3 else "neun"
        items = [
            item(
                "Pontebruno, riapre il museo",
                "Il museo della seta di Pontebruno riapre sabato con dodici sale nuove.",
                "{BASE}/museo",
                "museo",
                when,
            ),
            item("Pontebruno, il consiglio", "", "{BASE}/consiglio", "consiglio", when),
            item(
                "Terlow: Streik",
                f"Der Streik im Werk Terlow dauert {last} Tage, sagte Sprecherin Marit Jahnke.",
                "",
                "streik",
                when,
            ),
            item(
                "Corvanne : festival",
                "Le festival de Corvanne accueillera trente chorales en mai.",
                "",
                "festival",
                when if n == 1 else "",
            ),
        ]
        site.feed("/mossa.xml", rss("Corriere di Pontebruno", "{BASE}/", *items, lang="it"))
        site.add(
            "/atom.xml",
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>La Voz de Valdemora</title>'
            f"<id>urn:voz</id><updated>2025-06-1{6 + n}T10:00:00Z</updated><entry><id>urn:voz:1</id><title>El pozo</title><published>2025-06-15T10:00:00Z</published>"
            f'<updated>2025-06-1{6 + n}T10:00:00Z</updated><link href="{{BASE}}/pozo"/><content type="html">&lt;p&gt;El pozo de Valdemora se ha secado por primera vez desde 1911, '
            "dijo la hidróloga Pilar Garrús.&lt;/p&gt;</content></entry></feed>",
            "application/atom+xml; charset=utf-8",
        )
    site.add(
        "/museo",
        article(
            "Riapre il museo",
            "Il museo della seta di Pontebruno riapre sabato con dodici sale nuove.",
            "L'ingresso sarà gratuito fino alla fine di luglio.",
            lang="it",
        ),
    )
    site.add(
        "/consiglio",
        article(
            "Il consiglio",
            "Il consiglio comunale di Pontebruno ha bocciato il parcheggio sotterraneo con undici voti a nove.",
            "Se ne riparlerà in autunno, ha detto il sindaco Ettore Vanz.",
            lang="it",
        ),
    )
    site.add(
        "/pozo",
        article(
            "El pozo",
            "El pozo de Valdemora se ha secado por primera vez desde 1911, dijo la hidróloga Pilar Garrús.",
            "El ayuntamiento llevará agua en camiones.",
            lang="es",
        ),
    )
    site.save()
