"""A summary read after the full article must not replace it"""

from pathlib import Path

from tests.support.wild import Site, full, item, rss, save

FULL = {
    "fr": (
        "Le canal rouvert",
        [
            "Le canal de Corvanne a rouvert mardi après deux ans de travaux.",
            "Le chantier a coûté 14 millions d'euros, a dit la directrice Maud Perrier.",
            "Trois écluses restent manuelles.",
            "« Nous avons sauvé les saules », a-t-elle ajouté.",
        ],
    ),
    "ru": (
        "Канал открыт",
        [
            "Канал в Верхнем Ольшане открыли после двух лет работ.",
            "Ремонт обошёлся в девять миллионов, сказала директор Инна Лосева.",
            "Три шлюза остались ручными.",
            "«Ивы мы сохранили», — добавила она.",
        ],
    ),
    "ja": (
        "運河が再開",
        [
            "北浜運河が二年間の工事を終えて再開した。",
            "費用は十四億円だったと所長の沢口まりさんは話した。",
            "三つの水門は今も手で動かす。",
            "「柳は残しました」と沢口さんは付け加えた。",
        ],
    ),
    "ar": (
        "إعادة فتح القناة",
        [
            "أعيد فتح قناة وادي الرمان بعد عامين من الأعمال.",
            "قالت المديرة هدى السالم إن الكلفة بلغت أربعة عشر مليونا.",
            "بقيت ثلاث بوابات تعمل باليد.",
            "وأضافت: «أنقذنا أشجار الصفصاف».",
        ],
    ),
}


def make(folder: Path) -> None:
    """Visit 1 gives content:encoded, visit 2 the summary with '[…]', visit 3 the title alone, visit 4 the full text again."""
    site = Site(folder)
    for lang, (title, text) in FULL.items():
        html = "".join(f"<p>{p}</p>" for p in text)
        ways = [
            item(title, text[0], "", lang, "Tue, 17 Jun 2025 08:00:00 +0000", full(html)),
            item(title, text[0][:-1] + " […]", "", lang, "Tue, 17 Jun 2025 08:00:00 +0000"),
            item(title, "", "", lang, "Tue, 17 Jun 2025 08:00:00 +0000"),
            item(title, text[0], "", lang, "Tue, 17 Jun 2025 08:00:00 +0000", full(html)),
        ]
        for way in ways:
            site.feed(f"/{lang}.xml", rss(f"Canal {lang}", "{BASE}/", way, lang=lang))
        for n, way in enumerate(ways):
            save(
                folder,
                f"files/{lang}-{n + 1}.xml",
                rss(
                    f"Canal {lang}",
                    f"https://canal-{lang}.example/",
                    way.replace("<guid", f"<link>https://canal-{lang}.example/1</link><guid"),
                    lang=lang,
                ),
            )
    site.save()
