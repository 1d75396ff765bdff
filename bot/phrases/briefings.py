"""Our own words in briefings, in the languages we write. Everything else in a briefing is an article's, or a model's."""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "briefing": {"en": "Briefing", "es": "Informe", "fr": "Point d’actualité", "de": "Lagebericht", "pt": "Boletim"},
    "new": {"en": "New", "es": "Nuevo", "fr": "Nouveau", "de": "Neu", "pt": "Novo"},
    "developed": {"en": "Developed", "es": "Avanza", "fr": "Suite", "de": "Fortgang", "pt": "Avança"},
    "corrected": {"en": "Corrected", "es": "Corregido", "fr": "Corrigé", "de": "Berichtigt", "pt": "Corrigido"},
    "withdrawn": {"en": "Withdrawn", "es": "Retirado", "fr": "Retiré", "de": "Zurückgezogen", "pt": "Retirado"},
    "superseded": {"en": "Superseded", "es": "Superado", "fr": "Dépassé", "de": "Überholt", "pt": "Superado"},
    "said": {"en": "Who said what", "es": "Quién dijo qué", "fr": "Qui a dit quoi", "de": "Wer sagte was", "pt": "Quem disse o quê"},
    "disputed": {"en": "Disputed", "es": "En disputa", "fr": "Contesté", "de": "Strittig", "pt": "Em disputa"},
    "before": {"en": "Known before", "es": "Lo sabido antes", "fr": "Ce que l’on savait", "de": "Bisher bekannt", "pt": "Já se sabia"},
    "quiet": {"en": "Watched, without news", "es": "En seguimiento, sin novedades", "fr": "Suivi, sans nouveauté",
              "de": "Beobachtet, nichts Neues", "pt": "Em acompanhamento, sem novidades"},
    "sources": {"en": "Sources", "es": "Fuentes", "fr": "Sources", "de": "Quellen", "pt": "Fontes"},
    "notes": {"en": "Notes", "es": "Notas", "fr": "Remarques", "de": "Anmerkungen", "pt": "Notas"},
    "contents": {"en": "In this briefing", "es": "En este informe", "fr": "Dans ce point", "de": "In diesem Bericht", "pt": "Neste boletim"},
    "nothing": {
        "en": "Nothing new on $beat, $window ($read).",
        "es": "Sin novedades sobre $beat, $window ($read).",
        "fr": "Rien de nouveau sur $beat, $window ($read).",
        "de": "Nichts Neues zu $beat, $window ($read).",
        "pt": "Sem novidades sobre $beat, $window ($read).",
    },
    "article": {"en": "1 article read", "es": "1 artículo leído", "fr": "1 article lu", "de": "1 Artikel gelesen", "pt": "1 artigo lido"},
    "articles": {"en": "$n articles read", "es": "$n artículos leídos", "fr": "$n articles lus", "de": "$n Artikel gelesen",
                 "pt": "$n artigos lidos"},
    "event": {"en": "1 event", "es": "1 hecho", "fr": "1 événement", "de": "1 Ereignis", "pt": "1 acontecimento"},
    "events": {"en": "$n events", "es": "$n hechos", "fr": "$n événements", "de": "$n Ereignisse", "pt": "$n acontecimentos"},
    "origin": {"en": "1 independent report", "es": "1 relato independiente", "fr": "1 récit indépendant",
               "de": "1 unabhängiger Bericht", "pt": "1 relato independente"},
    "origins": {"en": "$n independent reports", "es": "$n relatos independientes", "fr": "$n récits indépendants",
                "de": "$n unabhängige Berichte", "pt": "$n relatos independentes"},
    "happened": {"en": "happened", "es": "ocurrió", "fr": "a eu lieu", "de": "geschehen", "pt": "ocorreu"},
    "picture": {"en": "When each outlet reported", "es": "Cuándo informó cada medio", "fr": "Quand chaque média en a parlé",
                "de": "Wann welches Medium berichtete", "pt": "Quando cada veículo noticiou"},
    "marks": {
        "en": "Numbers are the events below, placed at the time of publication; a ring is a copy of another article. A bar shows how exactly the time is known.",
        "es": "Los números son los hechos de abajo, en la hora de publicación; un anillo es copia de otro artículo. La barra indica la precisión de la hora.",
        "fr": "Les numéros sont ceux des événements ci-dessous, à l’heure de parution ; un anneau est la copie d’un autre article. La barre en montre la précision.",
        "de": "Die Zahlen sind die Ereignisse unten, zur Zeit der Veröffentlichung; ein Ring ist die Kopie eines anderen Artikels. Der Balken zeigt, wie genau die Zeit bekannt ist.",
        "pt": "Os números são os acontecimentos abaixo, na hora da publicação; um anel é cópia de outro artigo. A barra mostra a precisão da hora.",
    },
    "others": {"en": "Not drawn: $n more outlets.", "es": "Sin dibujar: otros $n medios.", "fr": "Non dessinés : $n autres médias.",
               "de": "Nicht gezeichnet: $n weitere Medien.", "pt": "Não desenhados: mais $n veículos."},
    "copy": {"en": "copy", "es": "copia", "fr": "copie", "de": "Kopie", "pt": "cópia"},
    "unnamed": {"en": "no outlet named", "es": "medio sin nombre", "fr": "média non nommé", "de": "Medium ungenannt", "pt": "veículo sem nome"},
    "table": {"en": "The same as a table", "es": "Lo mismo en una tabla", "fr": "La même chose en tableau",
              "de": "Dasselbe als Tabelle", "pt": "O mesmo em tabela"},
    "outlet": {"en": "Outlet", "es": "Medio", "fr": "Média", "de": "Medium", "pt": "Veículo"},
    "published": {"en": "Published", "es": "Publicado", "fr": "Paru", "de": "Veröffentlicht", "pt": "Publicado"},
    "number": {"en": "Event", "es": "Hecho", "fr": "Événement", "de": "Ereignis", "pt": "Acontecimento"},
    "source": {"en": "Source $n: $outlet", "es": "Fuente $n: $outlet", "fr": "Source $n : $outlet", "de": "Quelle $n: $outlet",
               "pt": "Fonte $n: $outlet"},
    "undated": {"en": "undated", "es": "sin fecha", "fr": "sans date", "de": "ohne Datum", "pt": "sem data"},
    "untitled": {"en": "untitled", "es": "sin título", "fr": "sans titre", "de": "ohne Titel", "pt": "sem título"},
    "months": {"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "es": "ene feb mar abr may jun jul ago sep oct nov dic",
               "fr": "janv févr mars avr mai juin juil août sept oct nov déc", "de": "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
               "pt": "jan fev mar abr mai jun jul ago set out nov dez"},
    "quoted": {
        "en": "Quoted from the articles; no language model was used.",
        "es": "Citado de los artículos, sin modelo de lenguaje.",
        "fr": "Cité des articles, sans modèle de langue.",
        "de": "Aus den Artikeln zitiert, ohne Sprachmodell.",
        "pt": "Citado dos artigos, sem modelo de linguagem.",
    },
    "worded": {
        "en": "Worded by $model; every sentence was checked against the passages it cites.",
        "es": "Redactado por $model; cada frase se cotejó con los pasajes que cita.",
        "fr": "Rédigé par $model ; chaque phrase a été vérifiée dans les passages qu’elle cite.",
        "de": "Formuliert von $model; jeder Satz wurde an den zitierten Stellen geprüft.",
        "pt": "Redigido por $model; cada frase foi conferida nos trechos que cita.",
    },
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """A phrase in a language, English where we have none, with its $values filled in."""
    from string import Template

    forms = PHRASES[key]
    return Template(forms.get(lang, forms["en"])).substitute({name: str(value) for name, value in values.items()})


def count(key: str, lang: str, number: int) -> str:
    """A number of things: "1 event", "3 events". `key` is the singular's."""
    return say(key, lang) if number == 1 else say(f"{key}s", lang, n=number)
