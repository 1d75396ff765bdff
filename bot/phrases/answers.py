"""Our own words in answers, in the languages we write: everything else in an answer is an article's, or a model's."""

from __future__ import annotations

LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese"}

PHRASES: dict[str, dict[str, str]] = {
    "empty": {
        "en": "The library holds no articles yet: add some with dragoman ingest.",
        "es": "La biblioteca aún no tiene artículos: añádalos con dragoman ingest.",
        "fr": "La bibliothèque ne contient encore aucun article : ajoutez-en avec dragoman ingest.",
        "de": "Die Bibliothek enthält noch keine Artikel: mit dragoman ingest kommen sie hinein.",
        "pt": "A biblioteca ainda não tem artigos: adicione-os com dragoman ingest.",
    },
    "nothing": {
        "en": "No evidence found. Searched $articles articles ($dates; $langs).",
        "es": "No se encontró evidencia. Se buscó en $articles artículos ($dates; $langs).",
        "fr": "Aucun élément trouvé. Recherche dans $articles articles ($dates ; $langs).",
        "de": "Keine Belege gefunden. Durchsucht: $articles Artikel ($dates; $langs).",
        "pt": "Nenhuma evidência encontrada. Busca em $articles artigos ($dates; $langs).",
    },
    "none": {
        "en": "No evidence found: none of the $articles articles ($dates; $langs) is within the limits set.",
        "es": "No se encontró evidencia: ninguno de los $articles artículos ($dates; $langs) está en los límites fijados.",
        "fr": "Aucun élément trouvé : aucun des $articles articles ($dates ; $langs) n'est dans les limites fixées.",
        "de": "Keine Belege gefunden: Keiner der $articles Artikel ($dates; $langs) liegt in den gesetzten Grenzen.",
        "pt": "Nenhuma evidência encontrada: nenhum dos $articles artigos ($dates; $langs) está dentro dos limites definidos.",
    },
    "nearest": {
        "en": "Nearest: $title ($date).",
        "es": "Lo más cercano: $title ($date).",
        "fr": "Le plus proche : $title ($date).",
        "de": "Am nächsten: $title ($date).",
        "pt": "O mais próximo: $title ($date).",
    },
    "absent": {
        "en": "Not mentioned in what was found: $names.",
        "es": "No se menciona en lo encontrado: $names.",
        "fr": "Pas mentionné dans ce qui a été trouvé : $names.",
        "de": "Im Gefundenen nicht erwähnt: $names.",
        "pt": "Não mencionado no que foi encontrado: $names.",
    },
    "unclear": {
        "en": "speaker unclear",
        "es": "no está claro quién habla",
        "fr": "on ne sait pas qui parle",
        "de": "unklar, wer spricht",
        "pt": "não está claro quem fala",
    },
    "undated": {"en": "undated", "es": "sin fecha", "fr": "sans date", "de": "ohne Datum", "pt": "sem data"},
    "untitled": {"en": "untitled", "es": "sin título", "fr": "sans titre", "de": "ohne Titel", "pt": "sem título"},
    "overview": {
        "en": "How the reports of $dates begin. Articles: $articles.",
        "es": "Así empiezan las noticias de $dates. Artículos: $articles.",
        "fr": "Ainsi commencent les articles du $dates. Articles : $articles.",
        "de": "So beginnen die Meldungen vom $dates. Artikel: $articles.",
        "pt": "Assim começam as notícias de $dates. Artigos: $articles.",
    },
    "premise": {
        "en": "Not found as asked. What the articles do say:",
        "es": "No se encontró tal como se pregunta. Lo que sí dicen los artículos:",
        "fr": "Rien de tel n'a été trouvé. Ce que disent les articles :",
        "de": "So wie gefragt wurde nichts gefunden. Was die Artikel sagen:",
        "pt": "Nada foi encontrado como se pergunta. O que dizem os artigos:",
    },
    "conflict": {
        "en": "Reports differ. $newer Against this, $older",
        "es": "Los informes difieren. $newer Frente a esto, $older",
        "fr": "Les sources divergent. $newer En regard, $older",
        "de": "Die Berichte weichen voneinander ab. $newer Dagegen $older",
        "pt": "As fontes divergem. $newer Em contrapartida, $older",
    },
    "superseded": {
        "en": "A later report: $newer Superseded: $older",
        "es": "Un informe posterior: $newer Superado: $older",
        "fr": "Plus récent : $newer Dépassé : $older",
        "de": "Neuere Meldung: $newer Überholt: $older",
        "pt": "Notícia posterior: $newer Superado: $older",
    },
    "withheld": {
        "en": "Not shown because the articles do not support it: $count of the model's sentences.",
        "es": "No se muestran por falta de respaldo en los artículos: $count frases del modelo.",
        "fr": "Non affichées, faute d'appui dans les articles : $count phrases du modèle.",
        "de": "Nicht gezeigt, weil die Artikel es nicht stützen: $count Sätze des Modells.",
        "pt": "Não mostradas por falta de apoio nos artigos: $count frases do modelo.",
    },
    "replaced": {
        "en": "Quoted from the articles instead of worded by the model: $why",
        "es": "Citado de los artículos en lugar de redactado por el modelo: $why",
        "fr": "Cité des articles au lieu d'être rédigé par le modèle : $why",
        "de": "Aus den Artikeln zitiert statt vom Modell formuliert: $why",
        "pt": "Citado dos artigos em vez de redigido pelo modelo: $why",
    },
    "unsupported": {
        "en": "nothing it wrote was supported.",
        "es": "nada de lo que escribió tenía respaldo.",
        "fr": "rien de ce qu'il a écrit n'était étayé.",
        "de": "nichts davon war belegt.",
        "pt": "nada do que escreveu tinha apoio.",
    },
    "late": {
        "en": "it did not finish within $seconds s.",
        "es": "no terminó en $seconds s.",
        "fr": "il n'a pas terminé en $seconds s.",
        "de": "es wurde nicht in $seconds s fertig.",
        "pt": "não terminou em $seconds s.",
    },
    "narrowed": {
        "en": "Only what is asked for: $words.",
        "es": "Solo lo que se pide: $words.",
        "fr": "Seulement ce qui est demandé : $words.",
        "de": "Nur wie gefragt: $words.",
        "pt": "Somente o que se pede: $words.",
    },
    "after": {
        "en": "Reported after $date on the same matter.",
        "es": "Publicado después del $date sobre el mismo asunto.",
        "fr": "Publié après le $date sur le même sujet.",
        "de": "Nach dem $date in derselben Sache berichtet.",
        "pt": "Publicado depois de $date sobre o mesmo assunto.",
    },
    "relaxed": {
        "en": "Nothing was found for $words: searched without it.",
        "es": "No se encontró nada para $words: se buscó sin ello.",
        "fr": "Rien n'a été trouvé pour $words : recherche faite sans cela.",
        "de": "Zu $words wurde nichts gefunden: ohne diese Angabe gesucht.",
        "pt": "Nada foi encontrado para $words: a busca foi feita sem isso.",
    },
    "injection": {
        "en": "Left out, because its text gives instructions to a machine: $titles.",
        "es": "Excluido porque su texto da instrucciones a una máquina: $titles.",
        "fr": "Écarté, car son texte donne des instructions à une machine : $titles.",
        "de": "Ausgelassen, weil der Text einer Maschine Anweisungen gibt: $titles.",
        "pt": "Excluído porque o texto dá instruções a uma máquina: $titles.",
    },
    "rewrite": {
        "en": "Searched for: $question",
        "es": "Se buscó: $question",
        "fr": "Recherché : $question",
        "de": "Gesucht wurde: $question",
        "pt": "Pesquisado: $question",
    },
    "published": {
        "en": "published $date",
        "es": "publicado: $date",
        "fr": "publié : $date",
        "de": "veröffentlicht: $date",
        "pt": "publicado: $date",
    },
    "searching": {"en": "searching", "es": "buscando", "fr": "recherche", "de": "suche", "pt": "buscando"},
    "reading": {"en": "reading", "es": "leyendo", "fr": "lecture", "de": "lese", "pt": "lendo"},
    "writing": {"en": "writing", "es": "escribiendo", "fr": "rédaction", "de": "schreibe", "pt": "escrevendo"},
}


def say(key: str, lang: str, **values: object) -> str:
    """A phrase in a language, English where we have none, with its $values filled in."""
    from string import Template

    forms = PHRASES[key]
    return Template(forms.get(lang, forms["en"])).substitute({name: str(value) for name, value in values.items()})
