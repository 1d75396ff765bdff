"""Feeds whose guid is the place on the page, the day of the month, or the same for all"""

from pathlib import Path

from tests.support.wild import Site, article, item, rss

NEWS = [
    ("Vapur kazası", "Sarıova açıklarında iki vapur çarpıştı, yolcular kıyıya çıkarıldı."),
    ("Zeytin rekoru", "Sarıova'da zeytin üretimi bu yıl rekor kırdı, dedi üretici Kemal Aksu."),
    ("Okul tadilatı", "Sarıova lisesi yaz boyunca tadilatta olacak."),
    ("Yeni köprü", "Sarıova deresine yeni bir yaya köprüsü yapılacak."),
    ("Yangın söndü", "Sarıova ormanındaki yangın üçüncü günde söndürüldü."),
]


def make(folder: Path) -> None:
    """Three visits; the top story is always guid 1 (tr). Guid = weekday (en). All guids 0 (zh). Two outlets with guid 1 (ar, pl)."""
    site = Site(folder)
    for n in range(3):
        now = NEWS[2 - n : 5 - n]
        site.feed(
            "/sira.xml",
            rss(
                "Sarıova Postası",
                "{BASE}/",
                *(item(t, x, "", str(k + 1), f"{17 + n} Jun 2025 08:00:00 +0300") for k, (t, x) in enumerate(now)),
                lang="tr",
            ),
        )
    days = [
        ("Monday", "Ferry late", "The Halvesund ferry ran two hours late after a rope fouled its screw."),
        ("Monday", "Ferry sold", "The Halvesund ferry was sold to a museum in Corvanne for one crown."),
        ("Monday", "Ferry late again", "The Halvesund ferry, now with its new owner, was late on its first day."),
    ]
    for guid, title, text in days:
        site.feed("/weekday.xml", rss("Halvesund Notes", "{BASE}/", item(title, text, "{BASE}/today", guid, "")))
    site.feed(
        "/zero.xml",
        rss(
            "青松简讯",
            "{BASE}/",
            *(
                item(t, x, "", "0")
                for t, x in (
                    ("青松桥限行", "青松大桥周末限行，货车绕道。"),
                    ("青松图书馆延时", "青松图书馆夏天开到晚上十点。"),
                    ("青松足球队夺冠", "青松足球队三比一夺冠。"),
                )
            ),
            lang="zh",
        ),
    )
    site.feed(
        "/one-ar.xml",
        rss(
            "صدى وادي الرمان",
            "{BASE}/ar/",
            item("إغلاق السوق", "أغلقت بلدية وادي الرمان السوق القديم أسبوعا للترميم.", "", "1"),
            lang="ar",
        ),
    )
    site.feed(
        "/one-pl.xml",
        rss(
            "Głos Brzezinowa",
            "{BASE}/pl/",
            item("Nowy most", "W Brzezinowie otwarto most pieszy nad Brzezinką.", "", "1"),
            lang="pl",
        ),
    )
    site.add(
        "/today",
        article(
            "Today",
            "This page changes every day. The Halvesund ferry and other news of the day are told in the harbour office.",
        ),
    )
    site.save()
