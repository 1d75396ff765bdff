"""Pure: words of news that mean one thing in several languages: what is counted, and what is planned and then happens.

Small general lists in the languages of our own words (English, Spanish, French, German, Portuguese), folded, for comparing
reports across languages (`differences.py`). What they lack is missed, not mistaken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.terms import fold

# What is counted. A measure needs the thing measured beside it: miles of what?
_COUNTED = {
    "dead": r"dead|deaths?|died|killed|fatalit\w+|muert[oa]s?|fallecid[oa]s?|fallecier\w+|murier\w+|victimas mortales|"
    r"morts?|mortes|tues?|deces|tote[nr]?|getotet\w*|todesopfer|mort[oa]s",
    "injured": r"injured|wounded|injuries|herid[oa]s?|lesionad[oa]s?|bless\w+|verletzt\w*|ferid[oa]s",
    "missing": r"missing|desaparecid[oa]s?|disparus?|vermisst\w*",
    "arrested": r"arrested|detained|arrests?|detenid[oa]s?|arrestad[oa]s?|arret\w+|interpell\w+|festgenommen\w*|"
    r"verhaftet\w*|detid[oa]s|pres[oa]s",
    "crew": r"sailors?|crew|seamen|crewmen|tripulantes?|tripulacion|marin(?:er)?os|marins?|equipage|seeleute|matrosen|"
    r"besatzungsmitglieder|tripulacao|marinheiros",
    "soldiers": r"soldiers?|troops|soldados|militares|tropas|soldats|militaires|soldaten|truppen",
    "people": r"people|persons?|personas|gente|personnes|menschen|personen|leute|pessoas",
    "protesters": r"protest[eo]rs|demonstrators|manifestantes|manifestants|demonstranten",
    "passengers": r"passengers?|pasajeros|passagers|passagiere\w*|fahrgaste\w*|passageiros",
    "refugees": r"refugees|displaced|refugiad[oa]s|desplazad[oa]s|refugies|deplaces|fluchtlinge\w*|gefluchtete\w*|"
    r"deslocad[oa]s",
    "jobs": r"jobs|empleos|puestos de trabajo|emplois|arbeitsplatze\w*|stellen|empregos",
    "ships": r"ships?|vessels?|boats?|barcos?|buques?|navios?|embarcaciones|navires?|bateaux?|embarcations|schiffe\w*|"
    r"boote|navios|barcos",
    "containers": r"containers?|contenedores|conteneurs|container\w*|conteineres|contentores",
    "houses": r"houses|homes|buildings|casas|viviendas|edificios|maisons|logements|hauser\w*|wohnungen|gebaude|edificios",
    "missiles": r"missiles?|rockets?|misiles|cohetes|fusees|raketen|misseis",
    "drones": r"drones?|drohnen",
    "votes": r"votes?|votos|voix|stimmen",
    "delegates": r"delegates|delegad[oa]s|delegues|delegierten?",
    "doses": r"doses|dosis|impfdosen|dosen",
}  # fmt: skip
_MEASURES = {
    "tonnes": r"tonnes?|tons?|toneladas|tonnen",
    "miles": r"miles?|millas|milles|meilen|milhas",
    "kilometres": r"kilomet(?:re|er)s?|km|kilometros|quilometros",
    "metres": r"metres?|meters?|metros|meter\w*",
    "hectares": r"hectares|hectareas|hektar",
    "inches": r"inch(?:es)?|pulgadas|pouces|zoll|polegadas",
    "kilograms": r"kilogram(?:me)?s?|kilos?|kg|kilogramm",
    "degrees": r"degrees|grados|degres|grad|graus",
    "per cent": r"per ?cent|percent|%|por ciento|pour cent|prozent|por cento",
    "dollars": r"dollars?|\$|dolares|us-dollar",
    "euros": r"euros?|€",
    "pounds": r"pounds|£|libras|livres|pfund",
    "crowns": r"crowns?|coronas|couronnes|kronen|coroas",
    "roubles": r"roubles?|rubles?|rublos|rubel",
    "yuan": r"yuan\w*",
    "hours": r"hours?|horas?|heures?|stunden",
    "minutes": r"minutes?|minutos|minuten",
    "days": r"days?|dias|jours|tage[n]?",
    "weeks": r"weeks?|semanas|semaines|wochen",
    "months": r"months?|meses|mois|monate[n]?",
    "years": r"years?|anos|ans|jahre[n]?",
}
FATES = ("dead", "injured", "missing", "arrested")  # "12 people died" counts the dead
COUNTED = frozenset(_COUNTED)
MEASURES = frozenset(_MEASURES)
DURATIONS = frozenset(["hours", "minutes", "days", "weeks", "months", "years"])
_UNITS = re.compile(
    "|".join(f"(?P<u{i}>(?<!\\w)(?:{words})(?!\\w))" for i, words in enumerate([*_COUNTED.values(), *_MEASURES.values()]))
)
_UNIT_NAMES = [*_COUNTED, *_MEASURES]


def unit(text: str) -> tuple[str, int, int] | None:
    """(what the first such word of a text counts, where the word begins, where it ends).

    >>> unit("tripulantes a bordo")
    ('crew', 0, 11)
    """
    match = _UNITS.search(folded(text))
    return (_UNIT_NAMES[int(match.lastgroup[1:])], *match.span()) if match and match.lastgroup else None


def tells(name: str, text: str) -> bool:
    """Whether a text has a word for one of the things counted."""
    return bool(re.search(rf"(?<!\w)(?:{_COUNTED[name]})(?!\w)", folded(text)))


@dataclass(frozen=True, slots=True)
class Happening:
    """A word for something that happens."""

    kind: str  # "visit", "release", …
    start: int  # code points of the text
    end: int


# kind -> (a word for it in whatever form, the forms that say that it has happened)
_HAPPENINGS: dict[str, tuple[str, str]] = {
    "visit": (
        r"visit\w*|travel\w*|trips?|arriv\w+|viaj\w+|llega\w*|llego|visitas?|voyage\w*|rendra|visite\w*|arrive\w*|"
        r"reis\w+|besuch\w*|"
        r"eintreffen|ankomm\w+|viagem|viagens|cheg\w+",
        r"arrived|landed|visited|travelled|traveled|llego|llegaron|aterrizo|visito|viajo|est arrivee?|a visite|"
        r"s'est rendue?|"
        r"traf\b.{0,60}\bein|ist\b.{0,60}\beingetroffen|eingetroffen|angekommen|besuchte|reiste|chegou|chegaram|"
        r"visitou|viajou|desembarcou",
    ),
    "meeting": (
        r"meet\w*|met|talks|summit|negotiat\w+|reun\w+|cumbre|entrevist\w+|negociacion\w*|rencontr\w+|sommet|treff\w*|"
        r"gipfel\w*|"
        r"gesprach\w*|encontr\w+|cupula",
        r"met|held talks|se reunio|se reunieron|mantuvo una reunion|s'est entretenue?|a rencontre|ont rencontre|"
        r"traf sich|trafen sich|kamen zusammen|reuniu-se|reuniram-se|se reuniu|se reuniram|encontrou-se",
    ),
    "release": (
        r"releas\w+|free[ds]?|liber\w+|liberac\w+|freilass\w+|freigelassen|freikomm\w+|libert\w+|solt\w+",
        r"released|freed|libero|liberaron|fue liberad[oa]|fueron liberad[oa]s|quedo en libertad|a ete liberee?|"
        r"ont ete libere\w*|"
        r"freigelassen|freigegeben|foi libertad[oa]|foi liberad[oa]|foram libert\w+|libertou|soltou",
    ),
    "signing": (
        r"sign\w*|firm\w+|rubric\w+|signature|unterzeichn\w+|assin\w+",
        r"signed|firmo|firmaron|suscribieron|rubricaron|a signe|ont signe|unterzeichnete[n]?|unterzeichnet|assinou|"
        r"assinaram",
    ),
    "opening": (
        r"(?:re-?)?open\w*|reabr\w+|abrir\w*|abre\w*|apertura|rouvr\w+|ouvr\w+|reouvert\w+|(?:wieder)?eroffn\w+|"
        r"geoffnet|reabert\w+",
        r"reopened|opened|reabrio|reabrieron|abrio|a rouvert|a ouvert|eroffnete|wiedereroffnet|eroffnet|reabriu|abriu",
    ),
    "closing": (
        r"clos(?:e[sd]?|ing|ure)|shut\w*|cerr\w+|cierr\w+|cierre|ferm\w+|schliess\w+|geschlossen|fech\w+|encerr\w+",
        r"closed|shut|cerro|cerraron|a ferme|ont ferme|schloss|geschlossen|fechou|fecharam|encerrou",
    ),
    "resignation": (
        r"resign\w*|step\w* down|dimi\w+|renunci\w+|demission\w*|rucktritt\w*|zurucktret\w+|zuruckgetreten|demit\w+",
        r"resigned|stepped down|dimitio|dimitieron|renuncio|presento su (?:dimision|renuncia)|a demissionne|"
        r"trat\b.{0,40}\bzuruck|"
        r"zuruckgetreten|renunciou|demitiu-se|pediu demissao",
    ),
    "vote": (
        r"vot\w+|elect\w+|eleg\w+|eleccion\w*|elig\w+|elu\w*|wahl\w*|wahlt\w*|gewahlt|abstimm\w+|eleic\w+",
        r"voted|elected|voto|votaron|eligio|eligieron|fue elegid[oa]|a vote|a elu|a ete elue?|gewahlt|wahlte[n]?|"
        r"stimmte[n]?|"
        r"votou|votaram|elegeu|foi eleit[oa]",
    ),
    "departure": (
        r"leav\w+|depart\w*|left|sail\w*|zarp\w+|sali\w+|saldr\w+|partir\w*|parti|appareill\w+|quitt\w+|verlass\w+|"
        r"verliess\w*|ablegen|zarpar\w*|partiu|deix\w+",
        r"left|departed|sailed|zarpo|salio|partio|est partie?|a quitte|a appareille|verliess|auslief|legte ab|zarpou|"
        r"partiu|deixou",
    ),
    "strike": (
        r"strik\w+|struck|huelga\w*|paro|greve\w*|streik\w*",
        r"went on strike|walked out|struck|fueron a la huelga|iniciaron (?:la|una) huelga|se sont mis en greve|streikten|"
        r"traten in (?:den )?streik|entraram em greve",
    ),
    "launch": (
        r"launch\w*|lanz\w+|lanc\w+",
        r"launched|lanzo|lanzaron|a lance|ont lance|lancou|lancaram",
    ),
    "approval": (
        r"approv\w+|pass(?:ed|es)?|aprob\w+|aprueb\w+|approuv\w+|adopt\w+|billig\w+|gebilligt|verabschied\w+|aprov\w+",
        r"approved|passed|adopted|aprobo|aprobaron|fue aprobad[oa]|a approuve|ont approuve|a adopte|billigte|"
        r"gebilligt|verabschiedet\w*|"
        r"aprovou|aprovaram|foi aprovad[oa]",
    ),
}  # fmt: skip
_ANY = {kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for kind, (words, _) in _HAPPENINGS.items()}
_DONE = {kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for kind, (_, words) in _HAPPENINGS.items()}
_PLANNED = re.compile(
    r"(?<!\w)(?:will|shall|plans?|planned|planning|intends?|due to|set to|to be|expected to|scheduled|could|might|"
    r"would|hopes? to|"
    r"wants? to|ready to|opened the door|willing|invit\w+|"
    r"planea\w*|preve\w*|tiene previsto|podria\w*|puede|va a|van a|pretende\w*|espera\w*|prepara\w*|abrio la puerta|"
    r"prevoi\w+|envisage\w*|pourrait|pourraient|doit|devrait|va|vont|"
    r"will|wollen|soll|sollen|sollte|plant|planen|wird|werden|konnte|konnten|mochte|planeja\w*|preve\w*|poderia\w*|"
    r"pode|deve|vai|vao)(?!\w)"
)  # fmt: skip
_FUTURE = re.compile(  # before folding: the accent makes the tense
    r"\b(?:may|\w{2,}(?:rá|rán|rão)|(?:visite|arrive|signe|rencontre|rouvri|ouvri|ferme|quitte|vote|rend|libére)(?:ra|"
    r"ront))\b"
)
AHEAD = 100  # characters between "will" and its verb, which German puts at the end
_NOT = re.compile(
    r"(?<!\w)(?:not|never|no|neither|nor|without|cancel\w*|postpon\w*|refus\w+|nunca|jamas|sin|ni|cancel\w+|aplaz\w+|"
    r"ne|pas|jamais|"
    r"sans|annul\w+|nicht|nie|kein\w*|ohne|abgesagt|verschoben|nao|sem|adiou|adiad\w+)(?!\w)|n't"
)


def ahead(text: str) -> bool:
    """Whether a stretch of text speaks of what is to come."""
    return bool(_PLANNED.search(folded(text)) or _FUTURE.search(text))


@lru_cache(maxsize=5_000)
def planned(text: str) -> tuple[Happening, ...]:
    """What a sentence says will, may or is to happen; nothing where it also denies something or says that it happened."""
    flat = folded(text)
    if _NOT.search(flat):
        return ()
    marks = [m.end() for m in (*_PLANNED.finditer(flat), *_FUTURE.finditer(text))]
    return tuple(
        Happening(kind, match.start(), match.end())
        for kind, pattern in _ANY.items()
        if not _DONE[kind].search(flat)
        for match in pattern.finditer(flat)
        if any(mark - (match.end() - match.start()) <= match.start() <= mark + AHEAD for mark in marks)
    )


@lru_cache(maxsize=5_000)
def happened(text: str) -> tuple[Happening, ...]:
    """What a sentence says has happened; nothing where it also denies something.

    >>> [h.kind for h in happened("Lavrov llegó este miércoles a Pionyang")]
    ['visit']
    """
    flat = folded(text)
    if _NOT.search(flat):
        return ()
    return tuple(
        Happening(kind, match.start(), match.end()) for kind, pattern in _DONE.items() if (match := pattern.search(flat))
    )


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case without accents, character for character, so that offsets hold."""
    return "".join(fold(char)[:1] or char for char in text.replace("’", "'"))
