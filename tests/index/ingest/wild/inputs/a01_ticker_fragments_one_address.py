"""Entries whose links differ in the fragment alone, or are one and the same address"""

from pathlib import Path

from tests.support.wild import item, rss, save

DE = [
    (
        "09:10 Schleuse Terlow gesperrt",
        "Die Schleuse in Terlow ist seit neun Uhr für alle Schiffe gesperrt, sagte Betriebsleiter Arno Wesk.",
    ),
    ("09:40 Zug 417 fällt aus", "Der Zug 417 von Terlow nach Hasselbruck fällt heute aus, teilte die Bahn mit."),
    ("10:05 Schule evakuiert", "Die Grundschule am Mühlgraben wurde wegen Gasgeruchs geräumt, niemand wurde verletzt."),
    (
        "10:30 Entwarnung an der Schule",
        "Die Feuerwehr fand kein Gas; die Kinder der Schule am Mühlgraben sind wieder im Unterricht.",
    ),
    ("11:00 Markt verlegt", "Der Wochenmarkt von Terlow zieht bis Oktober auf den Kornplatz um."),
]
PT = [
    ("Ponte fechada", "A ponte de Ria Funda fica fechada até domingo para reparações, disse a vereadora Telma Quaresma."),
    ("Greve na doca", "Os estivadores de Ria Funda param na quinta-feira durante oito horas."),
    ("Novo diretor do hospital", "O hospital de Ria Funda tem novo diretor, o cirurgião Abel Montanha."),
]
ZH = [
    ("青松水库放水", "青松市水库今晨开闸放水，下游三个村庄已提前通知居民。"),
    ("青松地铁停运", "青松市地铁二号线因信号故障停运四小时，下午恢复。"),
]


def make(folder: Path) -> None:
    """Live tickers (de, zh), a feed whose entries all link the home page (pt), a tracking fragment (fr)."""
    day = "Tue, 17 Jun 2025 0{}:00:00 +0200"
    save(
        folder,
        "ticker-de.xml",
        rss(
            "Terlower Bote",
            "https://terlow.example.org/",
            *(
                item(t, x, f"https://terlow.example.org/ticker#eintrag-{1041 + n}", f"terlow-{1041 + n}", day.format(n + 3))
                for n, (t, x) in enumerate(DE)
            ),
            lang="de",
        ),
    )
    save(
        folder,
        "agora-pt.xml",
        rss(
            "Gazeta da Ria",
            "https://gazeta-ria.example.org/",
            *(
                item(t, x, "https://gazeta-ria.example.org/", f"urn:gazeta:{n}", day.format(n + 1))
                for n, (t, x) in enumerate(PT)
            ),
            lang="pt",
        ),
    )
    entries = "".join(
        f"<entry><id>tag:qingsong.example.org,2025:live-{n}</id><title>{t}</title><updated>2025-06-17T0{n + 1}:00:00+08:00</updated>"
        f'<link href="https://qingsong.example.org/live#L{n}"/><summary>{x}</summary></entry>'
        for n, (t, x) in enumerate(ZH)
    )
    save(
        folder,
        "live-zh.xml",
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh"><title>青松晚报</title>'
        f"<id>tag:qingsong.example.org,2025:live</id><updated>2025-06-17T03:00:00+08:00</updated>{entries}</feed>",
    )
    text = "Le marché couvert de Corvanne rouvrira le 3 juillet, a annoncé la maire Solène Auvrard."
    for name, mark in (("matin", "#xtor=RSS-16"), ("soir", "#xtor=RSS-3&Echobox=1750141222"), ("nu", "")):
        save(
            folder,
            f"corvanne-{name}.xml",
            rss(
                "L'Écho de Corvanne",
                "https://corvanne.example.org/",
                item(
                    "Le marché couvert rouvre",
                    text,
                    f"https://corvanne.example.org/2025/06/marche{mark}",
                    "marche-2025",
                    day.format(1),
                ),
                lang="fr",
            ),
        )
