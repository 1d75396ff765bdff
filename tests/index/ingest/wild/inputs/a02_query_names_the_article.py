"""?src= ?from= ?ref= ?source= ?id= and #!/ that name the article, beside real tracking"""

import json
from pathlib import Path

from tests.support.wild import Site, article, item, rss, save

ROWS = [
    (
        "en",
        "/story.php?src=90211",
        "Lifeboat saves four",
        "The Halvesund lifeboat saved four anglers off Grey Skerry on Sunday night, coxswain Tor Haldane said.",
    ),
    (
        "en",
        "/story.php?src=90212",
        "Library to open Sundays",
        "Halvesund library will open on Sundays from September, the town said.",
    ),
    (
        "es",
        "/nota?from=77",
        "Cortan la avenida",
        "La avenida del Olivar de Valdemora estará cortada tres semanas por obras en el colector.",
    ),
    ("es", "/nota?from=78", "Nueva rectora", "La química Nuria Belascoaín es la nueva rectora de la Universidad de Valdemora."),
    ("it", "/leggi?ref=a1", "Frana sulla statale", "Una frana ha chiuso la statale di Pontebruno tra i chilometri 12 e 14."),
    (
        "it",
        "/leggi?ref=a2",
        "Chiude la cartiera",
        "La cartiera di Pontebruno chiude dopo novant'anni; centodieci operai restano senza lavoro.",
    ),
    ("tr", "/haber?source=501", "Vapur seferleri arttı", "Sarıova vapur iskelesinden günlük sefer sayısı on ikiye çıkarıldı."),
    (
        "tr",
        "/haber?source=502",
        "Pazar yeri taşınıyor",
        "Sarıova pazar yeri eski istasyonun yanına taşınacak, dedi başkan Nihal Uçar.",
    ),
    ("ru", "/#!/novosti/17", "Мост откроют в июле", "Мост через реку Ольшанку в Верхнем Ольшане откроют пятого июля."),
    ("ru", "/#!/novosti/18", "Закрыта баня", "Старую баню в Верхнем Ольшане закрыли из-за трещины в стене."),
    ("ja", "/?id=3&ref=top", "北浜漁港で停電", "北浜町の漁港で十六日夜に停電があり、冷凍庫が二時間止まった。"),
    ("ja", "/?id=4&ref=top", "北浜中の校舎完成", "北浜中学校の新しい校舎が完成し、七月から使われる。"),
]
MORE = {
    "en": "The council meets again on Thursday.",
    "es": "El pleno volverá a reunirse el jueves.",
    "it": "Il consiglio si riunirà di nuovo giovedì.",
    "tr": "Meclis perşembe günü yeniden toplanacak.",
    "ja": "町議会は木曜日に再び開かれる。",
}


def make(folder: Path) -> None:
    """A served feed per language, the pages by their query; JSONL rows; and the same story with utm marks."""
    site = Site(folder)
    for lang in ("en", "es", "it", "tr", "ja"):
        rows = [r for r in ROWS if r[0] == lang]
        site.feed(
            f"/{lang}.xml",
            rss(
                f"Outlet {lang}",
                "{BASE}/",
                *(
                    item(t, x, "{BASE}" + p, f"{lang}-{n}", "Mon, 16 Jun 2025 08:00:00 +0000")
                    for n, (_, p, t, x) in enumerate(rows)
                ),
                lang=lang,
            ),
        )
        for _, path, title, text in rows:
            site.add(path, article(title, text, MORE[lang], lang=lang))
    site.save()
    save(
        folder,
        "rows.jsonl",
        "".join(
            json.dumps({"url": "https://olshan.example.org" + p, "title": t, "text": x, "lang": "ru"}, ensure_ascii=False)
            + "\n"
            for lang, p, t, x in ROWS
            if lang == "ru"
        ),
    )
    text = "Halvesund council kept the bus fare at two crowns for another year, treasurer Edda Moll said."
    for n, mark in enumerate(("", "?utm_source=rss&utm_medium=feed", "?fbclid=IwAR0xyz", "?utm_campaign=newsletter#top")):
        save(
            folder,
            f"tracked-{n}.jsonl",
            json.dumps({"url": "https://halvesund.example.org/bus-fare" + mark, "title": "Bus fare kept", "text": text}) + "\n",
        )
