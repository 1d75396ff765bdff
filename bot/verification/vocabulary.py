"""Pure: words of news that mean one thing in several languages: what is counted, and what is planned and then happens.

Small general lists in the languages of our own words (English, Spanish, French, German, Portuguese), folded, for comparing
reports across languages (`disagreements.py`). What they lack is missed, not mistaken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.text.fold import fold

# What is counted. A measure needs the thing measured beside it: miles of what?
_COUNTED = {
    "dead": r"dead|deaths?|died?|kill(?:ed|s|ing)?|fatalit\w+|muert[oa]s?|fallecid[oa]s?|fallecier\w+|fallecio|murier\w+|"
    r"murio|mato|mataron|victimas mortales|morts?|mortes|tue(?:e?s?|r|nt)|tuant|deces|tote[nr]?|getotet\w*|totete[n]?|"
    r"starben|gestorben|ums leben|todesopfer|mort[oa]s|morr\w+|matou|mataram",
    "injured": r"injur(?:ed|es|ing|ies)|wound(?:ed|s|ing)|hurt|herid[oa]s?|hirio|hirieron|lesionad[oa]s?|bless\w+|"
    r"verletz\w*|ferid[oa]s|feriu|feriram",
    "missing": r"missing|desaparecid[oa]s?|disparus?|vermisst\w*",
    "arrested": r"arrested|detained|arrests?|detenid[oa]s?|detuv\w+|arrestad[oa]s?|arrestaron|arret\w+|interpell\w+|"
    r"festgenommen\w*|festnahm\w*|(?:nahm(?:en)?|nimmt|nehmen)(?=[^.;]{1,60} fest(?!\w))|verhaftet\w*|detid[oa]s|pres[oa]s|"
    r"detiveram|prenderam|prendeu",
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
    "civilians": r"civilians?|civiles|civils|zivilisten|civis",
    "children": r"children|child|minors|ninos|ninas|menores|enfants|mineurs|kinder\w*|minderjahrige\w*|criancas",
    "women": r"women|mujeres|femmes|frauen|mulheres",
    "police": r"police officers|policemen|officers|agentes|policias|policiers|polizist\w*|policiais",
    "journalists": r"journalists?|reporters|periodistas|journalistes|journalist\w*|jornalistas",
    "students": r"students|pupils|estudiantes|alumnos|etudiants|eleves|studenten|studierende\w*|schuler\w*|estudantes|alunos",
    "miners": r"miners?|mineros|mineurs de fond|bergleute\w*|kumpel|bergarbeiter|mineiros",
    "workers": r"workers?|employees|staff|trabajador\w*|obreros|empleados|ouvriers|salaries|employes|arbeiter|"
    r"beschaftigte[nr]?|"
    r"mitarbeiter\w*|trabalhadores|operarios|funcionarios",
    "tourists": r"tourists?|turistas|touristes|touristen",
    "migrants": r"migrants?|migrantes|migrant\w*",
    "hostages": r"hostages?|rehenes|otages|geiseln|refens",
    "fighters": r"rebels|fighters|militants|insurgents|rebeldes|combatientes|milicianos|rebelles|combattants|rebellen|"
    r"kampfer\w*|"
    r"combatentes",
    "firefighters": r"firefighters|firemen|bomberos|pompiers|feuerwehrleute\w*|bombeiros",
    "families": r"families|familias|familles|familien",
    "households": r"households|hogares|foyers|haushalte[n]?|lares|domicilios",
    "tanks": r"tanks|tanques|chars|panzer\w*",
    "aircraft": r"aircraft|planes|airplanes|jets|aviones|avions|flugzeuge\w*|avioes",
    "vehicles": r"vehicles|cars|trucks|lorries|vehiculos|coches|camiones|vehicules|voitures|camions|fahrzeuge\w*|"
    r"autos|lastwagen|"
    r"veiculos|carros|caminhoes",
    "flights": r"flights|vuelos|vols|fluge\w*|voos",
    "schools": r"schools|escuelas|colegios|ecoles|schulen|escolas",
    "hospitals": r"hospitals|clinics|hospitales|hopitaux|krankenhauser\w*|kliniken|hospitais",
    "villages": r"villages|towns|pueblos|aldeas|localidades|dorfer\w*|aldeias|vilas",
    "countries": r"countries|nations|states|paises|pays|lander\w*|staaten",
    "trees": r"trees|arboles|arbres|baume\w*|arvores",
    "votes": r"votes?|votos|voix|stimmen",
    "delegates": r"delegates|delegad[oa]s|delegues|delegierten?",
    "doses": r"doses|dosis|impfdosen|dosen",
}  # fmt: skip
_DOING = {  # what people do or suffer, beside being dead, injured, missing or arrested
    "evacuated": r"evacuat\w*|evacu\w+|told to leave|ordered to leave|desaloj\w+|evakuier\w*|in sicherheit gebracht|"
    r"retirad[oa]s",
    "homeless": r"homeless|sin hogar|sin techo|sans[- ]abris?|obdachlos\w*|desabrigad[oa]s",
    "rescued": r"rescued?|saved|rescat\w+|sauve(?:e?s)?|secour\w+|gerettet\w*|resgat\w+|salv[oa]s",
    "trapped": r"trapped|atrapad[oa]s?|piege(?:e?s)?|coince(?:e?s)?|eingeschlossen\w*|pres[oa]s em|encurralad[oa]s",
    "infected": r"infected|infections?|infectad[oa]s?|contagiad[oa]s?|contagios|infecte(?:e?s)?|infiziert\w*|infetad[oa]s",
    "released": r"released|freed|liberad[oa]s?|liberaron|libere(?:e?s)?|freigelassen\w*|libertad[oa]s|soltos",
    "protesting": r"protest(?:ed|ing)|demonstrat(?:ed|ing)|marched|took to the streets|se manifestaron|protestaron|marcharon|"
    r"ont manifeste|ont defile|demonstriert\w*|protestiert\w*|manifestaram-se|protestaram|marcharam",
    "living": r"live|lives|lived|inhabitants|residents|viven|vive|habitantes|vivent|habitants|leben|wohnen|einwohner\w*|vivem|"
    r"moradores",
    "employed": r"employ\w*|work(?:s|ed|ing)?|workforce|emplea\w*|trabajan|emploi\w*|emploient|travaillent|beschaftigt\w*|"
    r"arbeiten|emprega\w*|trabalham",
    "voting": r"voted|votaron|ont vote|wahlten|stimmten|votaram",
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
    "dollars": r"dollars?|\$|dolar(?:es)?|us-dollar",
    "euros": r"euros?|€",
    "pounds": r"pounds|£|libras|livres|pfund",
    "crowns": r"crowns?|coronas?|couronnes?|kronen?|coroas?",
    "roubles": r"roubles?|rubles?|rublos?|rubel",
    "yuan": r"yuan\w*",
    "hours": r"hours?|horas?|heures?|stunden",
    "minutes": r"minutes?|minutos|minuten",
    "days": r"days?|dias|jours|tage[n]?",
    "weeks": r"weeks?|semanas|semaines|wochen",
    "months": r"months?|meses|mois|monate[n]?",
    "years": r"years?|anos|ans|jahre[n]?",
}
# "12 people died" counts the dead.
FATES = {name: _COUNTED[name] for name in ("dead", "injured", "missing", "arrested")} | _DOING
COUNTED = frozenset(_COUNTED)
COUNTED = frozenset(_COUNTED)
MEASURES = frozenset(_MEASURES)
THINGS = frozenset(  # counted, and nobody
    "jobs ships containers houses missiles drones votes doses tanks aircraft vehicles flights schools hospitals villages "
    "countries trees households".split()
)
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


_FATE = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in FATES.items()}


def fate(before: str, after: str) -> str:
    """What becomes of those whose number stands between two stretches of text: the nearest word that tells; "" if none does.

    >>> fate("The quake killed ", " people and injured 40")
    'dead'
    """
    left, right = folded(before), folded(after)
    near = [(len(left) - match.end(), name) for name, of in _FATE.items() for match in of.finditer(left)]
    near += [(match.start(), name) for name, of in _FATE.items() for match in of.finditer(right)]
    return min(near, default=(0, ""))[1]


@lru_cache(maxsize=5_000)
def fates(text: str) -> frozenset[str]:
    """What a text says people do or suffer."""
    flat = folded(text)
    return frozenset(name for name, pattern in _FATE.items() if pattern.search(flat))


# What befell: a flood's dead are not a fire's.
_CAUSES = {
    "flood": r"flood\w*|inundaci\w+|riadas?|crecida|inondations?|crues?|flut\w*|hochwasser\w*|uberschwemmung\w*|cheias?|"
    r"enchentes?|inundac\w+",
    "fire": r"(?:wild)?fires?|blaze|incendi[eo]s?|feux?|brand\w{0,3}|waldbrand\w*|feuer\w{0,2}|fogos?",
    "quake": r"(?:earth)?quakes?|terremotos?|sismos?|seisme|tremblement de terre|erdbeben\w*|tremor",
    "crash": r"crash\w*|derail\w*|collision|choque|accidente?s?|descarril\w+|deraill\w+|ungluck\w*|zugungluck\w*|absturz\w*|"
    r"unfall\w*|acidentes?|descarrilamento",
    "explosion": r"explo\w+|blast|estallido|detonac\w+",
    "landslide": r"landslides?|mudslides?|deslizamientos?|deslaves?|glissements? de terrain|erdrutsch\w*|deslizamentos?",
    "storm": r"storms?|hurricane|typhoon|cyclone|tornado|tormentas?|huracan|tifon|ciclon\w*|tempetes?|ouragan|"
    r"sturm\w*|orkan\w*|"
    r"unwetter|tempestades?|furac\w+",
    "attack": r"attack\w*|strikes?|shelling|bomb\w+|raids?|ataques?|atentados?|attaques?|frappes?|attentats?|angriff\w*|"
    r"anschlag\w*|atentados?",
    "shooting": r"shootings?|gunm[ae]n|tiroteos?|fusillades?|schiesserei\w*|tiroteios?",
    "collapse": r"collaps\w+|derrumb\w+|effondre\w*|einsturz\w*|eingesturzt|desab\w+|desmoron\w+",
    "disease": r"outbreak|epidemic|virus|disease|cholera|brote|epidemia|enfermedad|epidemie|maladie|ausbruch|"
    r"krankheit|surto|doenca",
    "strike": r"walkout|huelga\w*|greves?|streik\w*",
    "protest": r"protests?|demonstrations?|protestas?|manifestaci\w+|manifestations?|proteste?|protestos?",
    "blackout": r"blackout|power cut|without power|apagon\w*|sin (?:luz|electricidad)|panne|sans electricite|stromausfall|"
    r"ohne strom|apagao|sem (?:luz|energia)",
    "shipwreck": r"sank|sinking|shipwreck|capsized|naufrag\w+|hundi\w+|coul[ae]\w*|chavir\w+|gesunken|gekentert|sank|afund\w+",
}  # fmt: skip
_CAUSE = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in _CAUSES.items()}


@lru_cache(maxsize=5_000)
def causes(text: str) -> frozenset[str]:
    """What a text says befell.

    >>> sorted(causes("Das Hochwasser nach dem Unwetter"))
    ['flood', 'storm']
    """
    flat = folded(text)
    return frozenset(name for name, pattern in _CAUSE.items() if pattern.search(flat))


# What is done to what is counted, or with it.
_DEEDS = {
    "damage": r"damag\w+|dan(?:o|aron|ad[oa]s?)|endommag\w+|beschadigt\w*|danific\w+",
    "destroy": r"destroy\w*|destr(?:u|oz)\w+|detrui\w+|zerstor\w*",
    "cut": r"cut(?:s|ting)?|slash\w*|axe[ds]?|lay(?:ing)? off|laid off|recort\w+|despid\w+|despedir\w*|supprim\w+|licenci\w+|"
    r"streich\w*|strich|entl\w+|cort[aeo]\w*|demit\w+",
    "create": r"creat\w+|hire[ds]?|hiring|crea\w*|contrat\w+|cree\w*|embauch\w+|schaff\w+|einstell\w*|cria\w*",
    "build": r"buil[dt]\w*|constru\w+|bau(?:en|t|te)|gebaut\w*",
    "send": r"sen[dt]\w*|deploy\w*|envi\w+|despleg\w+|envoy\w+|deploie\w*|schick\w+|entsand\w*|mand\w+",
    "visit": r"visit\w*|besuch\w*|toured",
    "seize": r"seiz\w+|confiscat\w+|incaut\w+|decomis\w+|saisi\w*|beschlagnahm\w*|sichergestellt|apreend\w+",
    "count": r"tiene|has|have|compte|counts|zahlt|hat|haben|tem|cuenta con|dispone|ha",
    "cancel": r"cancel\w*|ground\w+|annul\w+|clou\w+ au sol|gestrichen|ausgefallen|suspend\w+",
    "steal": r"stole\w*|steal\w*|rob(?:o|aron|ad[oa]s?|bed)|vol(?:e|a|ait)|gestohlen\w*|stahl\w*|roub\w+",
    "owe": r"owes?|owed|debts?|debe|deuda|doit|dette|schuldet|schulden|deve|divida",
    "buy": r"b(?:uy|ought)\w*|compr\w+|achet\w+|kauf\w*|gekauft",
    "sell": r"s(?:old|ell)\w*|vend\w+|verkauf\w*",
    "subsidy": r"subsid\w+|subvenci\w+|subvention\w*|aid|grants?|ayudas?|hilfen?|zuschuss\w*",
    "treat": r"treat\w*|atend\w+|soign\w+|behandel\w*|tratad[oa]s?",
    "fight": r"battl\w+|fought|fight\w*|combat\w+|luch\w+|lutt\w+|kampf\w*",
    "march": r"march\w+|rall(?:y|ied)|desfil\w+|defil\w+",
}  # fmt: skip
_DEED = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in _DEEDS.items()}


@lru_cache(maxsize=5_000)
def deeds(text: str) -> frozenset[str]:
    """What a text says is done, of the things that are done in numbers.

    >>> sorted(deeds("Vantor streicht Stellen"))
    ['cut']
    """
    flat = folded(text)
    return frozenset(name for name, pattern in _DEED.items() if pattern.search(flat))


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
    "sentence": (
        r"sentenc\w+|conden\w+|condamn\w+|verurteil\w+|urteil\w*",
        r"sentenced|condeno|condenaron|fue(?:ron)? condenad[oa]s?|a condamne|a ete condamnee?|verurteilte|verurteilt|condenou|"
        r"foi condenad[oa]",
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
    r"would|is to|are to|hopes? to|"
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
