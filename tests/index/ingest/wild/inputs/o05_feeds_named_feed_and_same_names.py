"""Feeds named 'RSS' or 'Home', two outlets of one name, sections that are none"""

from pathlib import Path

from tests.support.wild import item, rss, save


def make(folder: Path) -> None:
    """Titles that name nothing; two papers called The Post; a title with markup and a slogan; a publisher's many cities."""
    names = [
        ("RSS", "en"),
        ("Feed", "en"),
        ("Home", "en"),
        ("Untitled", "en"),
        ("Últimas notícias", "pt"),
        ("Startseite", "de"),
        ("Главная", "ru"),
        ("最新ニュース", "ja"),
        ("", "en"),
        ("https://n9.example/feed/", "en"),
        ("Recent posts", "en"),
    ]
    for n, (name, lang) in enumerate(names):
        save(
            folder,
            f"blank/{n:02d}.xml",
            rss(
                name,
                f"https://n{n}.example/",
                item(
                    f"Well {n}",
                    f"Well number {n} of the upper valley was cleaned by its {n + 2} neighbours.",
                    f"https://n{n}.example/a",
                    f"b{n}",
                ),
                lang=lang,
            ),
        )
    save(
        folder,
        "post-a.xml",
        rss(
            "The Post",
            "https://post.halvesund.example/",
            item("Bell cracked", "The bell of Halvesund cracked on Sunday.", "https://post.halvesund.example/bell", "1"),
        ),
    )
    save(
        folder,
        "post-b.xml",
        rss(
            "The Post",
            "https://thepost.kaleo.example/",
            item("Bell found", "A bell was found in the bay of Kaleo on Sunday.", "https://thepost.kaleo.example/bell", "1"),
        ),
    )
    save(
        folder,
        "slogan.xml",
        rss(
            "Głos Brzezinowa » Wiadomości, sport, pogoda – Twój portal nr 1! | Aktualności",
            "https://glos.example/",
            item("Sport", "Brzezinów wygrał derby dwa do zera.", "https://glos.example/s", "s1"),
            lang="pl",
        ),
    )
    save(
        folder,
        "markup.xml",
        rss(
            "<b>La&nbsp;Voz</b> de Valdemora &#8211; Portada",
            "https://lavoz-valdemora.example/",
            item("Portada", "Valdemora celebró su feria sin toros por primera vez.", "https://lavoz-valdemora.example/f", "m1"),
            lang="es",
        ),
    )
    rtl = "\u202eelttaB\u202c Gazette"
    save(
        folder,
        "rtl.xml",
        rss(
            rtl,
            "https://gazette.example/",
            item("Notice", "The gazette changed its letterhead on Monday.", "https://gazette.example/n", "r1"),
        ),
    )
    save(
        folder,
        "long.xml",
        rss(
            "The Very " + "Long " * 400 + "Name",
            "https://long.example/",
            item("Long", "A paper with a long name wrote one short line.", "https://long.example/l", "l1"),
        ),
    )
