"""Entries without links, with a new guid each visit: same words, same entry"""

from pathlib import Path

from tests.support.wild import Site, item, rss

VISITS = (1, 2, 3)


def make(folder: Path) -> None:
    """Three visits: pl, ru, ja entries keep their words and get new guids; two entries share a title; one is corrected at visit 3."""
    site = Site(folder)
    for n in VISITS:
        dead = "jedenaście" if n < 3 else "dwanaście"
        items = [
            item("Pogoda", "W Brzezinowie w poniedziałek mgła, po południu do dziewiętnastu stopni.", guid=f"{n}a7f0-1"),
            item("Pogoda", "W Brzezinowie we wtorek burze z gradem, wieczorem ochłodzenie.", guid=f"{n}a7f0-2"),
            item(
                "Wypadek autobusu",
                f"W wypadku autobusu pod Brzezinowem rannych zostało {dead} osób, podała straż.",
                guid=f"{n}a7f0-3",
            ),
            item(
                "Ольшан: отключат воду",
                "В Верхнем Ольшане на улице Гончарной воду отключат в среду с девяти до пяти.",
                guid=f"{n}a7f0-4",
            ),
            item("北浜で初ガツオ", "北浜漁港に今年初めてのカツオが水揚げされた。", guid=f"{n}a7f0-5"),
            item(
                "", "A short note without a title: the Halvesund tide mill turns again after nineteen years.", guid=f"{n}a7f0-6"
            ),
            item("", "Second note without a title: Halvesund baker Ida Prell retires after fifty years.", guid=""),
        ]
        order = items if n != 2 else items[::-1]
        site.feed("/notes.xml", rss("Dom Wiadomości", "{BASE}/", *order, lang="pl"))
    site.feed(
        "/whitespace.xml",
        rss("Nota", "{BASE}/", item("Uma nota", "O farol de Ria Funda apaga-se em agosto para obras.", guid="w1")),
    )
    site.feed(
        "/whitespace.xml",
        rss("Nota", "{BASE}/", item("Uma nota ", "O farol de Ria  Funda\n apaga-se em agosto para obras.", guid="w2")),
    )
    site.save()
