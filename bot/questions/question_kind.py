"""Pure: what sort of answer a question asks for, and whether a sentence is of that sort.

    kind("¿Cuántos contenedores?") == "count"
    asked_speakers("What did President Olsen say?", "en") == ("President", "Olsen")

By small general lists of question words, verbs of saying and connectives, in the languages of our own words.
"""

from __future__ import annotations

import re
from typing import Literal

from index.text.calendar import has_time, months_in, weekdays_in
from index.text.fold import fold
from index.text.lexicon import Lexicon, languages
from index.text.names import WORD, content_stems, names_in

Kind = Literal["said", "who", "when", "where", "count", "why", "other"]

# In the order in which they are tried; folded, in the languages of our own words, then in scripts without case or accents.
_ASKS: dict[Kind, tuple[str, ...]] = {
    "count": (
        r"how (?:many|much|often|long|old|far|large|big|tall|high|deep)|(?:what|which) (?:number|percent(?:age)?|amount|share)",
        r"cuant[oa]s?|que (?:porcentaje|cantidad|numero)|combien|quel(?:le)? (?:nombre|pourcentage)",
        r"wie ?(?:viele?|oft|lange|hoch|gross)|quant[oa]s?",
    ),
    "when": (
        r"when|(?:what|which) (?:day|date|year|month|time|century|decade)",
        r"cuando|(?:que|cual) (?:dias?|fechas?|ano|mes|siglo)|quand|quel(?:le)? (?:jour|date|annee|mois)",
        r"wann|welche[mrsn]? (?:tag|datum|jahr|monat)|quando|que (?:dia|data|ano|mes)",
    ),
    "said": (
        r"say|says|said|tell|told|claim(?:ed|s)?|declare[ds]?|respon(?:d|ded|se)|answer(?:ed)?|comment(?:ed)?|warn(?:ed)?",
        r"critici[sz]ed?|accused?|den(?:y|ied)|think|announce[ds]?|promised?|according to",
        r"dijo|dice|dijeron|dicho|declaro|declararon|afirmo|respondio|contesto|advirtio|acuso|nego|anuncio|opina|aseguro",
        r"dit|declare|affirme|repondu|averti|accuse|annonce|sagte|sagt|gesagt|erklarte|erklart|antwortete|warnte|kundigte",
        r"disse|declarou|afirmou|respondeu|alertou|acusou|negou|anunciou",
    ),
    "who": (
        r"who(?:m|se)?|which (?:\w+ ){0,2}(?:official|person|minister|president|company|team|player|leader|individual)s?",
        r"quien(?:es)?|qui|wer|wem|wen|quem",
    ),
    "why": (r"why|what (?:caused|led|prompted)|por que|por qual motivo|pourquoi|warum|weshalb|wieso|porque",),
    "where": (
        r"where|(?:what|which) (?:city|country|place|town|state|region)|donde|que (?:lugar|ciudad|pais|sitio)|ou|wo|wohin|onde",
    ),
}
_UNCASED: dict[Kind, str] = {
    "count": "多少|几个|كم|сколько",
    "when": "什么时候|何时|哪天|متى|когда",
    "said": "说|表示|قال|сказал|заявил",
    "who": "谁|من هو|من هي|кто",
    "why": "为什么|为何|لماذا|почему",
    "where": "哪里|在哪|أين|где",
}
_KINDS = {name: re.compile(rf"\b(?:{'|'.join(forms)})\b|{_UNCASED[name]}") for name, forms in _ASKS.items()}
_REPORTS = (
    "called|recall(?:ed|s)?|stated|added|expressed|underscored?|insisted|argued|according|wrote|reported|"
    "subrayo|subrayaron|condeno|agrego|informo|segun|selon|laut|segundo|ajoute|fugte"
)
SAYING = re.compile(rf"\b(?:{'|'.join(_ASKS['said'])}|{_REPORTS})\b|{_UNCASED['said']}")


def kind(question: str) -> Kind:
    """What sort of answer a question asks for; "other" where its words do not tell."""
    folded = re.sub(r"[^\w\s]", " ", fold(question))
    return next((name for name, pattern in _KINDS.items() if pattern.search(folded)), "other")


_HOW_MANY = re.compile(r"(?:\b(?:many|much|cuant[oa]s?|viele?|combien|quant[oa]s?)\b)|(?<=wie)viele?\b")


# "How many times" counts no thing, and "how many people" whatever people the articles name: sailors, pupils, the dead.
_ANY = frozenset(
    "time times tiempo veces vez fois temps mal male vezes tempo people persons personas gente personnes gens menschen "
    "personen leute pessoas persone".split()
)


def counted(question: str) -> frozenset[int]:
    """Where the words begin that name the thing whose number is asked for: the run of content words after "how many"."""
    if kind(question) != "count":
        return frozenset()
    found: list[int] = []
    begun = False
    for match in WORD.finditer(question):
        token = fold(match.group())
        if not begun:
            begun = bool(_HOW_MANY.search(token))
        elif any(token in Lexicon(lang).stopwords for lang in ("en", "es", "fr", "de", "pt")):
            if found:
                break
        elif token not in _ANY:
            found.append(match.start())
    return frozenset(found)


_BEFORE_SPEAKER = re.compile(
    rf"\b(?:did|does|do|has|have|had|was|is|will|would|to|segun|selon|laut|segundo|hat|haben|a|"
    rf"{'|'.join(_ASKS['said'])})\s+((?:[a-z]+\s+){{0,2}})$"
)


_REPORTER = re.compile(
    r"\b(?:agenc(?:y|ies|ias?|es?|ias)|agentur(?:en)?|agenzi[ae]|outlets?|newspapers?|wires?|periodicos?|diarios?|medios?|"
    r"sources?|fuentes?|fontes?|quellen?|byline|credits?|credito)\b|"
    r"(?:who|quien(?:es)?|qui|wer|quem)\b.*\b(?:report(?:s|ed|ing)?|publish(?:es|ed)?|wrote|inform(?:o|aron|ou|a)|publico|"
    r"publicaron|rapporte|publie|berichtet(?:e|en)?|gemeldet|meldete|noticiou)\b|агентств|источник|通讯社|وكال"
)


def asks_who_reports(question: str) -> bool:
    """Whether a question asks whose report something is: then the line that says so is an answer, and else none."""
    return bool(_REPORTER.search(fold_text(question)))


def asked_speakers(question: str, lang: str) -> tuple[str, ...]:
    """Whom a who-said question asks about: the first name behind its verb, every word of it."""
    if kind(question) != "said":
        return ()
    named = names_in(question, lang)
    found: list[str] = []
    last = -9
    for match in WORD.finditer(question):
        word = re.sub(r"['’]s?$", "", match.group())
        if word not in named:
            continue
        if (found and match.start() - last <= 1) or (
            not found and _BEFORE_SPEAKER.search(fold_text(question[: match.start()]))
        ):
            found.append(word)
        elif found:
            break
        last = match.end()
    return tuple(found)


def asks_for_everything(question: str, lang: str) -> bool:
    """Whether a who-said question names a speaker (and perhaps a place) but no topic: "What did Olsen say in Norwick?"."""
    named = names_in(question, lang)
    if not asked_speakers(question, lang):
        return False
    rest = [m.group() for m in WORD.finditer(question) if re.sub(r"['’]s?$", "", m.group()) not in named]
    return not any(content_stems(word, lang) and not SAYING.search(fold(word)) for word in rest)


# Words of a question that asks for the news and for nothing in particular; folded.
_NEWS = frozenset(
    "new news newest latest recent recently report reports reported happen happened happening happens going update updates "
    "summary summarise summarize overview brief briefing headline headlines development developments story stories article "
    "articles missed miss catch today nuevo nueva nuevos nuevas novedad novedades noticia noticias ultimas ultimos "
    "ultima ultimo recientes paso pasa pasado ocurrio ocurre ocurrido sucedio sucede resumen resume resumeme actualidad "
    "titulares articulos hoy neuf nouveau nouvelle nouvelles actualite actualites dernieres derniers recentes "
    "recents passe produit resumez titres infos arrive jour neu neues neue neuigkeiten neuste neueste neuesten "
    "nachrichten aktuell aktuelles aktuelle letzten geschah geschehen passiert passierte los zusammenfassung fasse zusammen "
    "schlagzeilen meldungen ereignet heute berichte novo nova novos novas novidade novidades aconteceu acontece "
    "aconteceram resumo resuma manchetes hoje artigos novita notizie cosa successo succede riassunto ultime oggi новости "
    "новость нового новое новые произошло случилось происходит последние сводка главное الجديد جديد الاخبار اخبار حدث يحدث "
    "ملخص اخر".split()
)
_AROUND = frozenset(
    "me us tell give show please any anything there much important main week weeks month day days world time since dime "
    "dame muestrame hay importante semana mes dia cuentame algo favor moi quoi donne dis y a-t-il semaine mois jour mir uns "
    "bitte gib gibt zeig wichtiges wichtigsten woche monat tag etwas diga mostre ha mi dimmi dammi settimana giorno что "
    "какие какой самое расскажи мне неделю неделе день дня ما ماذا هي اليوم هذا الاسبوع".split()
)
_NEWS_UNSPACED = re.compile(r"(?:请|告诉|我|有|什么|最近|今天|本周|这周|最新|的|新闻|消息|新|发生|了|总结|一下|头条|哪些|事)+")


def asks_for_news(question: str, lang: str, *, whole: bool = True) -> bool:
    """Whether a question asks what is new, what happened or what was said and, where `whole`, names nothing it should be about.

    >>> asks_for_news("¿Qué hay de nuevo?", "es"), asks_for_news("Any news about the strait?", "en")
    (True, False)
    """
    text = fold_text(question)
    if re.search(r"[\u4e00-\u9fff]", text):
        asked = re.sub(r"\W", "", text)
        news = bool(re.search("新闻|消息|发生|最新|头条", asked))
        return news and (not whole or bool(_NEWS_UNSPACED.fullmatch(asked)))
    found = [re.sub(r"['’]s$", "", match.group()) for match in WORD.finditer(text)]
    sort = kind(question)
    news = bool(_NEWS.intersection(found)) or (sort == "said" and not names_in(question, lang))
    if sort not in ("other", "said") or not news:
        return False
    # "Resumen de la semana" is too short to tell its language: the small words of any will do.
    small = frozenset[str]().union(*(Lexicon(lang).stopwords for lang in languages()))
    return not whole or all(word in _NEWS or word in _AROUND or SAYING.fullmatch(word) or word in small for word in found)


def fold_text(text: str) -> str:
    """`fold` for a stretch of text: too many different ones to be kept."""
    return fold.__wrapped__(text)


_BECAUSE = re.compile(
    r"\b(?:because|since|due to|owing to|after|as a result|so that|in order to|caused?|reason|"
    r"porque|ya que|debido|a causa|por lo que|tras|para que|motivo|razon|"
    r"parce|car|puisque|en raison|afin|apres|cause|weil|denn|wegen|aufgrund|damit|grund|nachdem|"
    r"pois|devido|por causa|apos)\b|因为|由于|لان|بسبب|потому|из-за"
)


def explains(text: str) -> bool:
    """Whether a sentence gives a reason in so many words."""
    return bool(_BECAUSE.search(fold_text(text)))


_OF_WEEK = re.compile(r"\bday of the week|\bweekday|\bdia de la semana|\bjour de la semaine|\bwochentag|\bdia da semana")
_MONTH = re.compile(r"\bmonth\b|\bmes\b|\bmois\b|\bmonat\b")
_YEAR = re.compile(r"\byear\b|\bano\b|\bannee\b|\bjahr\b")


def answers_when(question: str, text: str, lang: str) -> bool:
    """Whether a text in `lang` has the sort of date that a question asks for: a weekday, a month, a year, or any time."""
    asked = fold(question)
    wanted = [
        bool(weekdays_in(text, lang)) if _OF_WEEK.search(asked) else None,
        bool(months_in(text, lang)) if _MONTH.search(asked) else None,
        bool(re.search(r"\b1\d{3}\b|\b20\d\d\b", text)) if _YEAR.search(asked) else None,
    ]
    said = [found for found in wanted if found is not None]
    return all(said) if said else has_time(text, lang)


def says(text: str) -> bool:
    """Whether a sentence reports speech: a verb of saying, "according to", or a quotation."""
    return bool(SAYING.search(fold(text)) or re.search('[“”«»„"]', text))
