"""Paywall notes after a teaser: the teaser stays, the note goes"""

from pathlib import Path

from tests.support.wild import Site, item, page, rss, save

PAGES = {
    "fr": (
        "Le barrage fuit",
        [
            "Le barrage de Corvanne perd de l'eau depuis mars, selon un rapport interne que nous avons consulté.",
            "Trois fissures ont été relevées sur la rive gauche.",
        ],
        [
            "Il vous reste 82 % de cet article à découvrir. La suite est réservée aux abonnés.",
            "Déjà abonné ? Connectez-vous. Offre découverte : 1 € le premier mois, sans engagement.",
        ],
    ),
    "de": (
        "Der Damm hält nicht",
        [
            "Der Damm am Terlower See muss erneuert werden, sagt Gutachterin Heike Ostrau.",
            "Die Kosten schätzt sie auf elf Millionen Euro.",
        ],
        [
            "Weiterlesen mit T+",
            "Jetzt 4 Wochen für 1 Euro testen. Alle Artikel auf terlow.example unbegrenzt lesen, jederzeit kündbar. Sie haben bereits ein Abo? Zum Login",
        ],
    ),
    "pt": (
        "A barragem",
        ["A barragem de Ria Funda vai ser esvaziada em setembro, revelou o engenheiro Dário Lemos."],
        [
            "Este é um artigo exclusivo para assinantes. Para continuar a ler, assine já por 0,99 € por semana.",
            "Já é assinante? Inicie sessão.",
        ],
    ),
    "ja": (
        "堤防に亀裂",
        ["北浜町の堤防に長さ二十メートルの亀裂が見つかった。"],
        [
            "この記事は有料会員限定です。残り1,204文字／全文1,352文字",
            "会員登録すると続きをお読みいただけます。ログインはこちら。",
        ],
    ),
    "pl": (
        "Pęknięta tama",
        ["Tama w Brzezinowie ma dwie rysy, ustalił inspektor Jan Wilga."],
        [
            "Pozostało 91% artykułu. Dostęp tylko dla prenumeratorów.",
            "Czytaj bez ograniczeń od 4,90 zł za pierwszy miesiąc. Masz już konto? Zaloguj się.",
        ],
    ),
    "en": (
        "Dam report",
        ["The dam above Halvesund was last inspected in 1998, an internal note shows."],
        [
            "This post is for paid subscribers.",
            "You have read 3 of your 3 free articles this month. Subscribe for unlimited access.",
            "Create a free account to keep reading.",
        ],
    ),
}


def make(folder: Path) -> None:
    """Teaser and note on one page; a page with the note alone; a teaser that stops in the middle of a sentence."""
    site = Site(folder)
    for lang, (title, teaser, note) in PAGES.items():
        summary = teaser[0]
        site.feed(f"/{lang}.xml", rss(f"Paper {lang}", "{BASE}/", item(title, summary, f"{{BASE}}/{lang}", lang), lang=lang))
        kind = "article" if lang in ("fr", "en") else "div"
        body = f"<main><article><h1>{title}</h1>" + "".join(f"<p>{p}</p>" for p in teaser)
        wall = f"<{kind} class='block-{len(note)}'>" + "".join(f"<p>{p}</p>" for p in note) + f"</{kind}>"
        site.add(f"/{lang}", page(title, body + wall + "</article></main>", lang))
        save(folder, f"alone/{lang}-note.html", page(title, f"<main><article><h1>{title}</h1>{wall}</article></main>", lang))
    cut = "Der Bürgermeister von Terlow hat am Abend zugegeben, dass er von den Rissen im Damm seit"
    save(
        folder,
        "alone/de-cut.html",
        page(
            "Geständnis",
            f"<main><article><h1>Geständnis</h1><p>Er wusste es lange, heißt es in Terlow, und schwieg dennoch zu dem Schaden.</p><p>{cut} …</p><p>Jetzt Abo abschließen und weiterlesen.</p></article></main>",
            "de",
        ),
    )
    site.save()
