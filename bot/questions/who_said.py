"""Pure: questions about who said what, recognised by their words in English, Spanish, French, Portuguese, German, Italian
and Russian.

    read("What did Blinken say about North Korea?", …) -> Asked(speaker="Blinken", matter="North Korea")

Patterns over the folded question (no accents, lower case, offsets kept), tried in order; what a question does not say in one of
these ways is no question of this kind, and goes the ordinary way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.records import Period
from index.text.dates import Mention, mentions
from index.text.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question wants to know of who said what. Every field may be empty, but not speaker and matter both."""

    speaker: str = ""  # as written; "" in "who said that …"
    matter: str = ""  # "North Korea", "at the UN", "that the port would close"
    outlet: str = ""  # as the library has it: "according to EFE"
    period: Period | None = None
    bounded: bool = False  # "since Monday": the period is a condition, otherwise a preference
    denial: bool = False  # "did he deny …"
    place: bool = False  # the matter is an occasion: "at the UN"
    original: bool = False  # "in the original language": no quotation that its article calls a translation
    outlets: bool = False  # "which outlets quote …": one statement of each


_SAID = r"(?:say|said|saying|says|tell|told|speak|spoke|talk(?:ed)?|state[ds]?|declare[ds]?|den(?:y|ied|ies)|warn(?:ed|s)?)"
_SAY = (
    r"(?:say|said|saying|says|tell|told|claim(?:ed|s)?|state[ds]?|declare[ds]?|respond(?:ed|s)?|reply|replied|answer(?:ed"
    r"|s)?|comment(?:ed|s)?"
    r"|warn(?:ed|s)?|criticize[ds]?|criticise[ds]?|accuse[ds]?|announce[ds]?|promise[ds]?|argue[ds]?|explain(?:ed|s)?"
    r"|suggest(?:ed|s)?"
    r"|den(?:y|ied|ies)|reject(?:ed|s)?|insist(?:ed|s)?|confirm(?:ed|s)?|admit(?:ted|s)?|demand(?:ed|s)?|react(?:ed|s)?"
    r"|tweet(?:ed|s)?|threaten(?:ed|s)?|speak|spoke|talk(?:ed)?)"
)
_DICE = (
    r"(?:dijo|dice|dicen|dijeron|dicho|declaro|declararon|declarado|afirmo|afirman|afirmaron|afirmado|respondio"
    r"|respondieron|respondido|contesto"
    r"|contestaron|advirtio|advirtieron|advertido|acuso|acusaron|nego|negaron|negado|niega|niegan|desmintio|desmintieron"
    r"|desmentido|desmiente"
    r"|rechazo|rechazaron|rechazado|anuncio|anunciaron|anunciado|opina|opinan|opino|aseguro|aseguraron|asegura|asegurado"
    r"|senalo|senalaron"
    r"|explico|explicaron|explicado|comento|comentaron|comentado|critico|criticaron|criticado|prometio|prometido|pidio"
    r"|pidieron|pedido|exigio|exigido|reconocio|admitio|confirmo|confirmado|manifesto|expreso|sostuvo|insistio|reitero"
    r"|agrego|escribio|hablo|menciono|piensa)"
)
_AUX = r"(?:did|does|do|has|have|had|is|was|were|are|could|would|will)"
_ON = r"(?:about|on|regarding|concerning|over|of|in response to|to|as to|for|after|that|when|if|whether|as)"
_SOBRE = (
    r"(?:sobre|acerca del?|respecto (?:al?|del?)|en relacion con|a proposito del?|ante|contra|tras|que|en|durante|al?"
    r"|desde|por|con|cuando|si)"
)
_OUTLETS = r"(?:which|what) (?:\w+ ){0,2}(?:outlets?|newspapers?|papers?|media|sources?|sites?|agencies)"
_MEDIOS = r"(?:que|cuales|qué) (?:\w+ ){0,2}(?:medios?|diarios?|periodicos?|agencias?|fuentes?)"
_NOUN = r"(?:response|reaction|reply|comments?|statements?|position|view|opinion|stance|remarks?|words|answer|quotes?)"
_NOMBRE = r"(?:respuesta|reaccion|comentarios?|declaracion(?:es)?|posicion|opinion|postura|palabras|citas)"
_DIT = (
    r"(?:dit|disait|declare|affirme|annonce|repondu|reagi|promis|pense|repond|reagit|nie|dementi|confirme|explique|accuse"
    r"|denonce|critique"
    r"|assure|averti|rejete|demande|propose|ecrit|parle|commente)"
)
_SUR = (
    r"(?:sur|a propos d[eu]s?|au sujet d[eu]s?|concernant|quant|lors d[eu]s?|pendant|devant|au|aux|a|en|contre|apres"
    r"|depuis|qu[e']|d[eu]|face)"
)
_DISSE = (
    r"(?:disse|disseram|dito|diz|dizem|declarou|declararam|afirmou|afirmaram|falou|respondeu|reagiu|negou|anunciou"
    r"|prometeu|criticou|acusou|pensa"
    r"|confirmou|explicou|alertou|desmentiu|comentou|pediu|escreveu)"
)
_SOBRE_PT = (
    r"(?:sobre|acerca d[aeo]s?|a respeito d[aeo]s?|quanto|em|n[ao]s?|durante|perante|contra|apos|desde|que|d[aeo]s?|a|aos?)"
)
_SAGTE = (
    r"(?:sagte|sagten|sagt|sagen|gesagt|erklarte|erklart|geaussert|ausserte|reagierte|reagiert|antwortete|geantwortet"
    r"|bestritt|bestritten"
    r"|dementierte|dementiert|kundigte|angekundigt|warnte|gewarnt|versprach|versprochen|behauptete|behauptet|kritisierte"
    r"|kritisiert)"
)
_UBER = r"(?:uber|zu|zur|zum|bei|beim|auf|im|in|nach|vor|am|gegen|wegen|seit|dass)"
_DETTO = (
    r"(?:detto|dice|disse|dichiarato|affermato|risposto|reagito|negato|smentito|annunciato|promesso|criticato|accusato"
    r"|pensa|confermato|spiegato"
    r"|commentato|chiesto|scritto|parlato)"
)
_SU = (
    r"(?:su|sul|sull'|sulla|sulle|sui|sugli|a proposito d\w+|riguardo|durante|davanti|contro|dopo|di|del|dell'|della|dei"
    r"|a|al|all'|alla|in|nel|nell'|nella|che)"
)
_SKAZAL = (
    r"(?:сказа(?:л|ла|ли)|говори(?:л|ла|ли|т|ят)|заяви(?:л|ла|ли)|ответи(?:л|ла|ли)|отмети(?:л|ла|ли)"
    r"|сообщи(?:л|ла|ли)|написа(?:л|ла|ли)|дума(?:ет|ют)|опроверг(?:ла|ли)?|отрица(?:л|ла|ли|ет)|пообеща(?:л|ла|ли)"
    r"|подтверди(?:л|ла|ли)|прокомментирова(?:л|ла|ли)|предупреди(?:л|ла|ли)|потребова(?:л|ла|ли))"
)
_O = r"(?:о|об|обо|про|по поводу|по|насчет|на|в|во|после|перед|для|к|что)"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^what (?:was|has been|is|were) (?:being )?said by (?P<speaker>.+?)(?: {_ON} (?P<matter>.+))?$",
        rf"^what (?:was|is|were) (?P<speaker>.+?) (?:quoted as saying|quoted|on record (?:as )?saying)(?: {_ON} "
        rf"(?P<matter>.+))?$",
        rf"^{_OUTLETS} (?:have )?(?:quot\w+|cit\w+|report\w*) (?P<speaker>.+?)(?: (?:about|on|regarding|over) "
        rf"(?P<matter>.+))?$",
        rf"^{_MEDIOS} (?:han )?(?:cit\w+|recog\w+) (?:al? )?(?P<speaker>.+?)(?: (?:sobre|acerca del?) (?P<matter>.+))?$",
        rf"^who(?: else)? (?:has |have )?(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^quien(?:es)? (?:ha |han )?(?P<verb>{_DICE})\b ?(?P<matter>.+)?$",
        rf"^(?:when|where|why) {_AUX}(?: not|n't)? (?P<speaker>.+?) (?:ever |also |publicly )?(?P<verb>{_SAID})\b ?"
        rf"(?P<matter>.+)?$",
        rf"^(?:\w+ ){{0,4}}?(?:what|how|whom?)(?: else| exactly)? {_AUX}(?: not|n't)? (?P<speaker>.+?) (?:ever |also "
        rf"|publicly |been )?"
         rf"(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^{_AUX}(?: not|n't)? (?P<speaker>.+?) (?:ever |also |publicly )?(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^(?:.*\b)?what (?P<speaker>.+?) (?:has |have |had |is |was )?(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^(?:.*\b)?{_NOUN} (?:by|from|of) (?P<speaker>.+?)(?: (?:about|on|regarding|to|over) (?P<matter>.+))?$",
        rf"^(?:.*\b)?(?:what (?:is|was|were|are) )(?P<speaker>.+?)['’]s? {_NOUN}(?: (?:about|on|regarding|to|over) "
        rf"(?P<matter>.+))?$",
        rf"^(?:\w+ ){{0,4}}?(?:que|como|cuando|donde|por que|a quien)(?: mas)? (?:le |les |se |lo )?(?:ha |han |habia "
        rf"|habian )?(?P<verb>{_DICE})\b "
         rf"(?P<speaker>.+?)(?: (?P<matter>{_SOBRE}\b.+))?$",
        rf"^(?:.*\b)?{_NOMBRE} (?:del? )(?P<speaker>.+?)(?: (?:sobre|acerca del?|ante|al?|respecto (?:al?|del?)) "
        rf"(?P<matter>.+))?$",
        rf"^(?:ha |han |habia )?(?P<verb>{_DICE})\b (?P<speaker>.+?)(?: (?P<matter>(?:{_SOBRE}|la|las|los|el|haber|estar"
        rf"|ser)\b.+))?$",
        rf"^(?P<speaker>.+?)['’]s? {_NOUN}(?: (?:about|on|regarding|to|over|in response to|at|in) (?P<matter>.+))?$",
        rf"^(?:lo que|que fue lo que) (?P<verb>{_DICE})\b (?P<speaker>.+?)(?: (?P<matter>{_SOBRE}\b.+))?$",
        # French
        rf"^(?:qu'|que |comment |quand |pourquoi )(?:a|ont|avait) (?P<verb>{_DIT})\b (?P<speaker>.+?)(?: "
        rf"(?P<matter>{_SUR}\b.*))?$",
        rf"^que (?P<verb>dit|pense|repond|declare|disent|pensent) (?P<speaker>.+?)(?: (?P<matter>{_SUR}\b.*))?$",
        rf"^(?:qu'est-ce (?:que |qu')|ce (?:que |qu')|comment |que )(?P<speaker>.+?)(?:,| )?(?: ?(?:a|ont)(?:-t-(?:il|elle"
        rf"|ils|elles))?) "
         rf"(?P<verb>{_DIT})\b(?: (?P<matter>.+))?$",
        rf"^(?:qu'est-ce qu')(?:a|ont) (?P<verb>{_DIT})\b (?P<speaker>.+?)(?: (?P<matter>{_SUR}\b.*))?$",
        rf"^qui a (?P<verb>{_DIT})\b ?(?P<matter>.+)?$",
        rf"^(?P<speaker>.+?) a-t-(?:il|elle) (?P<verb>{_DIT})\b ?(?P<matter>.+)?$",
        r"^(?:.*\b)?(?:reaction|reponse|commentaires?|declarations?|propos|position|avis) (?:de |d'|du |des )(?P<speaker>.+?)"
         r"(?: (?P<matter>(?:sur|a|au|aux|concernant)\b.*))?$",
        r"^(?:quels?|quelles?) (?:\w+ ){0,2}?(?:journaux|medias?|titres|agences|sources) (?:citent|rapportent) "
        r"(?P<speaker>.+?)(?: (?:sur|a propos d[eu]s?) (?P<matter>.+))?$",
        # Portuguese
        rf"^(?:o que|que|como) (?:e que )?(?:foi que )?(?P<verb>{_DISSE})\b (?P<speaker>.+?)(?: (?P<matter>{_SOBRE_PT}\b.*))?$",
        rf"^(?:o que|que|como) (?:e que )?(?P<speaker>.+?) (?:tem |havia )?(?P<verb>{_DISSE})\b(?: (?P<matter>.+))?$",
        rf"^quem (?P<verb>{_DISSE})\b ?(?P<matter>.+)?$",
        r"^(?P<speaker>[^ ].+?) (?P<verb>negou|desmentiu|confirmou)\b ?(?P<matter>.+)?$",
        r"^(?:.*\b)?(?:reacao|resposta|comentarios?|declaracoes|declaracao|posicao) (?:d[aeo]s? )(?P<speaker>.+?)(?: "
        r"(?P<matter>(?:sobre|a|ao|aos)\b.*))?$",
        r"^que (?:\w+ ){0,2}?(?:jornais|meios|veiculos|agencias) (?:citam|citaram) (?P<speaker>.+?)(?: (?:sobre"
        r"|acerca d[aeo]s?) (?P<matter>.+))?$",
        # German
        rf"^(?:was|wie) (?:hat|haben|hatte) (?P<speaker>.+?)(?: (?P<matter>{_UBER}\b.*?))? (?P<verb>{_SAGTE})$",
        rf"^(?:was|wie) (?P<verb>{_SAGTE})\b (?P<speaker>.+?)(?: (?P<matter>{_UBER}\b.*))?$",
        rf"^wer (?:hat |haben )?(?P<verb>{_SAGTE}),? (?P<matter>.+)$",
        r"^(?:hat|haben) (?P<speaker>.+?) (?P<verb>bestritten|dementiert|gesagt|geleugnet|bestatigt),? (?P<matter>.+)$",
        rf"^(?:.*\b)?(?:reaktion|antwort|aussagen?|kommentare?|ausserungen|worte|stellungnahme|haltung) (?:von |des |der )"
        rf"(?P<speaker>.+?)(?: (?P<matter>{_UBER}\b.*))?$",
        r"^welche (?:\w+ ){0,2}?(?:medien|zeitungen|agenturen|quellen) zitieren (?P<speaker>.+?)(?: (?:zu|zur|zum|uber) "
        r"(?P<matter>.+))?$",
        # Italian
        rf"^(?:che cosa|cosa|che|come) (?:ha|hanno|aveva) (?P<verb>{_DETTO})\b (?P<speaker>.+?)(?: (?P<matter>{_SU}(?:\b"
        rf"| ).*))?$",
        rf"^(?:che cosa|cosa|che) (?P<verb>dice|pensa|dicono|disse) (?P<speaker>.+?)(?: (?P<matter>{_SU}(?:\b| ).*))?$",
        rf"^chi ha (?P<verb>{_DETTO})\b ?(?P<matter>.+)?$",
        r"^(?P<speaker>.+?) ha (?P<verb>negato|smentito|confermato)\b ?(?P<matter>.+)?$",
        r"^(?:.*\b)?(?:reazione|risposta|commento|commenti|dichiarazioni|parole|posizione) (?:di |del |della |dell')"
        r"(?P<speaker>.+?)(?: (?P<matter>(?:su|sul|sulla|a|al|alla)\b.*))?$",
        # Russian
        rf"^(?:что|как) (?P<verb>{_SKAZAL})\b (?P<speaker>.+?)(?:,? (?P<matter>{_O}\b.*))?$",
        rf"^(?:что|как) (?P<speaker>.+?) (?P<verb>{_SKAZAL})\b(?:,? (?P<matter>.+))?$",
        rf"^кто (?P<verb>{_SKAZAL}),? (?P<matter>.+)$",
        rf"^(?P<verb>опроверг|опровергла|подтвердил|подтвердила|отрицал|отрицала) ли (?P<speaker>.+?)(?:,? (?P<matter>{_O}\b.*))?$",
    )
)  # fmt: skip
_PLACE = re.compile(
    r"^(?:at|in|during|before|en|durante|ante|lors|pendant|devant|au|aux|em|n[ao]s?|perante|bei|beim|auf|vor|im|durante"
    r"|davanti|nel|nella|al|alla|на|в|во|перед)\b"
)
_DENIES = re.compile(r"^(?:den|reject|neg|nieg|desmi|desment|rechaz|nie$|dement|bestr|smenti|опроверг|отрица)")
_ASKS_OUTLETS = re.compile(
    rf"^(?:{_OUTLETS}|{_MEDIOS}|quels? \w*medias?|quels journaux|que jornais|welche (?:medien|zeitungen))\b"
)
_ORIGINAL = re.compile(
    r",? *\b(?:in the original(?: language)?|en (?:el )?(?:idioma|lengua) original|en version originale"
    r"|dans la langue originale|im original)$"
)
_FIRST = re.compile(r"^(?:according to|segun|de acuerdo con)\s+(?P<name>[^,]+),\s*")
_ACCORDING = re.compile(
    r"[,\s]*\b(?:according to|as reported (?:by|in)|reported (?:by|in)|segun|de acuerdo con)\s+(?P<name>.+)$"
)
_IN = re.compile(r"[,\s]*\b(?:in|by|en)\s+(?P<name>[^,]+)$")
_LOOSE = re.compile(
    r"(?:[\s,;:]|\b(?:on|in|at|since|before|after|until|the|of|during|el|la|los|las|en|de|del|desde|hasta|antes|despues"
    r"|durante)\b)+$"
)
_LONG_LEADS = r"a propos d[eu]s? |au sujet d[eu]s? |a respeito d[aeo]s? |a proposito (?:d\w+ |dell')|acerca d\w+ |lors d[eu]s? |in response to "
_LEADS = re.compile(
    rf"^(?:(?:anything|something|algo) )?(?:{_LONG_LEADS}|{_O} |(?:{_ON}|{_SOBRE}|{_SUR}|{_SOBRE_PT}|{_UBER}|{_SU}) |(?:sull|dell|all|nell|d|qu)')"
    r"(?:the |el |la |los |las |les? |l'|[oa]s? |d(?:er|ie|as|en|em) |il |gli |i )?"
)
_POINTLESS = re.compile(r"^(?:anything|something|it|so|this|that|lately|recently|algo|ello|eso|esto|yes|no)?$")
_NOBODY = frozenset(
    "he she they it we you i this that there people anyone anybody everyone somebody someone been being not is are was were ella ellos ellas usted "
    "ustedes se alguien nadie il elle ils elles on ce cela qui eles elas ele ela voce ninguem er sie es wir ich du jemand niemand lui lei loro nessuno qualcuno "
    "que was was wer он она они я ты мы вы это кто-то никто кто".split()
)


def read(question: str, lang: str, outlets: Callable[[], Iterable[str]], now: Period) -> Asked | None:
    """What a question about who said what asks for; None if it is none, or in another language than en, es, fr, pt, de, it, ru.

    `outlets`: those of the library. `now`: what "since Monday" counts from.

    >>> asked = read("What did Blinken say about North Korea?", "en", list, Period.parse("2023-10-20"))
    >>> (asked.speaker, asked.matter) if asked else None
    ('Blinken', 'North Korea')
    """
    text = " ".join(question.split()).strip(" ¿?¡!.")
    dated = mentions(text, now, lang)
    for mention in reversed(dated):
        before = text[: mention.start]
        text = before[: len(before) - len(_end(_LOOSE, before))] + text[mention.end :]
    original = _end(_ORIGINAL, text.strip(" ,;:"))
    text = text[: len(text) - len(original)].strip(" ,;:")
    text, outlet = _without_outlet(text.strip(" ,;:"), outlets)
    text = text[: len(text) - len(_end(_LOOSE, text))]
    folded = _folded(text)
    for pattern in _FORMS:
        match = pattern.match(folded)
        if match is None:
            continue
        parts = {name: text[slice(*match.span(name))].strip(" ,;:") for name, value in match.groupdict().items() if value}
        matter = parts.get("matter", "")
        place = bool(_PLACE.match(_folded(matter)))
        matter = matter[len(_end(_LEADS, _folded(matter))) :]
        speaker = parts.get("speaker", "")
        if speaker[:1].isupper() and (
            cut := re.search(r" (?:de|al?) (?=(?:la|los|las|lo|el|que) |[^\W_A-Z])| (?:del|al) ", speaker)
        ):
            speaker, matter = speaker[: cut.start()], f"{speaker[cut.end() :]} {matter}".strip()
        if _POINTLESS.match(_folded(matter)):
            matter = ""
        if not _somebody(speaker) if "speaker" in pattern.groupindex else not matter:
            continue
        bounds = [mention.period for mention in dated if mention.kind in ("since", "until")]
        denial = bool(_DENIES.match(_folded(parts.get("verb", ""))))
        return Asked(
            speaker=speaker, matter=matter, outlet=outlet, period=_period(dated, bounds), bounded=bool(bounds), denial=denial,
            place=place and bool(matter), original=bool(original), outlets=bool(_ASKS_OUTLETS.match(folded)),
        )  # fmt: skip
    return None


def _period(dated: Sequence[Mention], bounds: Sequence[Period]) -> Period | None:
    """The time that the dates of a question mean together: what lies inside all bounds, else from the first to the last."""
    if not dated:
        return None
    named = [mention.period for mention in dated]
    start, end = (max(p.start for p in bounds), min(p.end for p in bounds)) if bounds else (
        min(p.start for p in named), max(p.end for p in named)
    )  # fmt: skip
    return Period(start, end) if start < end else None


def _without_outlet(text: str, outlets: Callable[[], Iterable[str]]) -> tuple[str, str]:
    """The question without "according to EFE", and that outlet as the library has it; "" if it names none."""
    folded = _folded(text)
    for pattern, exact in ((_FIRST, False), (_ACCORDING, False), (_IN, True)):
        match = pattern.search(folded)
        if match is None:
            continue
        asked = _names(match["name"])
        for outlet in sorted(outlets(), key=len, reverse=True):
            known = _names(outlet)
            if known and (known == asked or (not exact and (known <= asked or asked <= known) and asked)):
                return text[: match.start()] + text[match.end() :], outlet
    return text, ""


def _names(outlet: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _folded(outlet))) - {"the", "el", "la", "los", "las", "news", "newspaper", "diario"}


def _folded(text: str) -> str:
    """Lower case without accents, character for character: offsets stay."""
    return "".join(fold(char)[:1] or char for char in text).replace("’", "'")


def _end(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(_folded(text))
    return match.group() if match else ""


def _somebody(speaker: str) -> bool:
    """Whether the words can be a speaker: no pronoun, no half sentence."""
    parts = re.findall(r"[^\W_]+", _folded(speaker))
    return (
        0 < len(parts) <= 10
        and parts != ["el"]
        and not _NOBODY & set(parts[:1] + parts[-1:])
        and not {"that", "que"} & set(parts)
    )
