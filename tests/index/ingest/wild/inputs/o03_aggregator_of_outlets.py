"""One feed that gathers several outlets, each entry with its own source"""

from pathlib import Path

from tests.support.wild import item, rss, save


def make(folder: Path) -> None:
    """A planet in Atom (source per entry), one in RSS (<source>), one with links alone, one with 'via' in the text."""
    rows = [
        ("青松晚报", "https://qingsong.example", "zh", "青松大桥护栏昨夜被撞坏，无人受伤。", "护栏被撞"),
        ("北浜新聞", "https://kitahama.example", "ja", "北浜町の橋の欄干にトラックが衝突した。", "欄干に衝突"),
        (
            "Głos Brzezinowa",
            "https://glos.example",
            "pl",
            "Ciężarówka uderzyła w barierę mostu w Brzezinowie.",
            "Uderzył w barierę",
        ),
        ("", "https://sada.example", "ar", "اصطدمت شاحنة بحاجز جسر وادي الرمان.", "شاحنة تصطدم بالجسر"),
    ]
    entries = "".join(
        f'<entry xml:lang="{lang}"><id>{host}/{n}</id><title>{t}</title><updated>2025-06-17T08:0{n}:00Z</updated><link href="{host}/{n}"/>'
        + (f"<source><id>{host}/</id><title>{name}</title><link href='{host}/'/></source>" if name else "")
        + f"<author><name>Planet Bridges</name></author><content type='text'>{text}</content></entry>"
        for n, (name, host, lang, text, t) in enumerate(rows)
    )
    save(
        folder,
        "planet.xml",
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Planet Bridges</title><id>https://planet.example/</id>'
        f'<link href="https://planet.example/"/><updated>2025-06-17T09:00:00Z</updated>{entries}</feed>',
    )
    src = '<source url="{}">{}</source>'
    save(
        folder,
        "digest.xml",
        rss(
            "Bridge digest",
            "https://digest.example/",
            item(
                "Rail cut",
                "A lorry cut the rail of Halvesund bridge, sergeant Finn Eide said.",
                "https://halvesund-tidings.example/rail",
                "d1",
                "",
                src.format("https://halvesund-tidings.example/rss", "Halvesund Tidings"),
            ),
            item(
                "Geländer beschädigt",
                "Ein Lkw hat das Geländer der Terlower Brücke beschädigt.",
                "https://terlower-bote.example/gel",
                "d2",
                "",
                src.format("https://terlower-bote.example/rss", "Terlower Bote"),
            ),
            item(
                "Barandilla rota",
                "Un camión rompió la barandilla del puente de Valdemora.",
                "https://lavoz-valdemora.example/bar",
                "d3",
            ),
            item(
                "Editor's note",
                "The digest will not appear on Friday, its editor Una Brekke said.",
                "https://digest.example/note",
                "d4",
            ),
        ),
    )
    save(
        folder,
        "via.xml",
        rss(
            "Link log",
            "https://linklog.example/",
            item(
                "Fähre repariert (via Terlower Bote)",
                "Die Terlower Fähre ist repariert. Quelle: Terlower Bote.",
                "https://linklog.example/17",
                "v1",
            ),
            item(
                "Le bac réparé", "Le bac de Corvanne est réparé (avec L'Écho de Corvanne).", "https://linklog.example/18", "v2"
            ),
        ),
    )
