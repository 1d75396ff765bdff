"""Consent pages in place of the article, in seven languages"""

from pathlib import Path

from tests.support.wild import Site, item, page, rss, save

FEED = {
    "en": (
        "Lighthouse sold",
        "The lighthouse of Halvesund was sold to its last keeper's daughter, Runa Moll, for ninety crowns.",
    ),
    "de": ("Wasserturm verkauft", "Der Wasserturm von Terlow wurde für einen Euro an den Verein Alte Pumpe verkauft."),
    "fr": ("La halle vendue", "La halle aux grains de Corvanne a été vendue à une coopérative de boulangers."),
    "it": ("Venduta la filanda", "La filanda di Pontebruno è stata venduta a una scuola di musica per ottantamila euro."),
    "es": ("Venden el molino", "El molino de Valdemora fue vendido a los vecinos por treinta mil euros."),
    "pl": ("Sprzedano młyn", "Młyn w Brzezinowie sprzedano spółdzielni rolników za pół miliona złotych."),
    "pt": ("Vendido o moinho", "O moinho de maré de Ria Funda foi vendido à junta por uma moeda."),
}
WALL = {
    "en": (
        "Before you continue",
        "We and our 1,043 partners process your personal data, for example your IP number, using technology such as cookies to store and access information on your device in order to serve personalised ads and content, ad and content measurement, audience insights and product development.",
        "You can change your choice at any time in our privacy centre. Accept all – Reject all – Manage options",
    ),
    "de": (
        "Mit Werbung weiterlesen",
        "Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking. Ihre Zustimmung ist jederzeit widerrufbar. Wir und unsere 212 Partner speichern und verarbeiten personenbezogene Daten wie Gerätekennungen.",
        "Weiter mit Werbung – oder werbefrei im PUR-Abo für 3,99 Euro im Monat. Schon Kunde? Hier anmelden.",
    ),
    "fr": (
        "Vos données, votre choix",
        "Avec votre accord, nos 640 partenaires et nous utilisons des cookies ou technologies similaires pour stocker et accéder à des informations personnelles comme votre visite sur ce site.",
        "Continuer sans accepter – Paramétrer – Accepter et fermer",
    ),
    "it": (
        "Rispettiamo la tua privacy",
        "Noi e i nostri 755 fornitori archiviamo informazioni su un dispositivo (e/o vi accediamo), come i cookie, e trattiamo i dati personali, come gli identificatori unici.",
        "Puoi accettare, rifiutare oppure abbonarti per leggere senza profilazione a 0,99 euro al mese.",
    ),
    "es": (
        "Tu privacidad es importante",
        "Nosotros y nuestros socios almacenamos o accedemos a información en un dispositivo, tales como cookies, y procesamos datos personales, tales como identificadores únicos.",
        "Aceptar y continuar – Rechazar y suscribirse – Configurar",
    ),
    "pl": (
        "Szanujemy Twoją prywatność",
        "Klikając „Przejdź do serwisu”, wyrażasz zgodę na przetwarzanie Twoich danych osobowych przez nas i naszych 873 zaufanych partnerów w celach marketingowych, w tym profilowania.",
        "Przejdź do serwisu – Ustawienia zaawansowane – Polityka prywatności",
    ),
    "pt": (
        "Valorizamos a sua privacidade",
        "Nós e os nossos parceiros armazenamos e/ou acedemos a informações num dispositivo, como cookies, e processamos dados pessoais, como identificadores exclusivos.",
        "Aceitar tudo – Mais opções – Não aceitar",
    ),
}


def make(folder: Path) -> None:
    """One served feed per language; its one page is a consent wall; the German one comes by a redirect, the French one has og tags."""
    site = Site(folder)
    for lang, (title, text) in FEED.items():
        site.feed(
            f"/{lang}.xml",
            rss(
                f"Paper {lang}",
                "{BASE}/",
                item(title, text, f"{{BASE}}/{lang}/1", f"{lang}1", "Tue, 17 Jun 2025 08:00:00 +0000"),
                lang=lang,
            ),
        )
        head, *body = WALL[lang]
        top = f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">' if lang == "fr" else ""
        text = page(head, f"<main><h1>{head}</h1>" + "".join(f"<p>{p}</p>" for p in body) + "</main>", lang, top)
        if lang == "de":
            site.add("/de/1", "", status=302, headers={"Location": "{BASE}/consent?return=%2Fde%2F1"})
            site.add("/consent?return=%2Fde%2F1", text)
        else:
            site.add(f"/{lang}/1", text)
        save(folder, f"alone/{lang}.html", text)
    site.save()
