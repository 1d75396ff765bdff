"""Pure: countries, capitals and organisations under the names that other languages give them.

    codes("Lavrov llegó a Corea del Norte") == codes("the North Korean capital") == {"KP"}

Only what spelling alone does not show (`words.same_name` takes Pionyang for Pyongyang by itself): English, Spanish, French,
German and Portuguese. An adjective stands for its country: "the Russian minister" is "el ministro ruso".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.text.fold import fold

# Folded words; `*` stands for any ending, capitals have to be capitals. "country/city" lies in its country.
NAMES: dict[str, str] = {
    "AE": "united arab emirates, emiratos arabes unidos, emirats arabes unis, vereinigte* arabische* emirate*, "
    "emirados arabes unidos, UAE",
    "AF": "afghan*, afgan*, afega*, afegao*",
    "AL": "albania*, albanes*, albanais*, albanie, albanien*, albanisch*",
    "AM": "armenia*, armenio*, armenie*, armenien*, armenisch*, armeni*",
    "AR": "argentin*",
    "AT": "austria*, autrich*, osterreich*",
    "AU": "australia*, australie*, australisch*",
    "AZ": "azerbai*, azeri*, aserbaid*, azerbaid*",
    "BE": "belgium, belgian*, belgica*, belga*, belge*, belgique, belgien, belgisch*",
    "BR": "brazil*, brasil*, bresil*",
    "BY": "belarus*, bielorrus*, belorus*, bielorusse*, weissruss*",
    "CA": "canad*, kanad*",
    "CH": "switzerland, swiss, suiza*, suizo*, suisse*, schweiz*, suica*, suico*",
    "CL": "chile, chilean*, chilen*, chili, chilien*",
    "CN": "china, chinese, chino*, chine, chinois*, chinesisch*, chines*",
    "CO": "colombia*, colombie*, kolumbi*",
    "CU": "cuba*, cubain*, kuba*",
    "CY": "cyprus, cypriot*, chipre*, chipriot*, chypr*, zyper*, zypr*, cipriota*",
    "CZ": "czech*, checa*, checo*, chequia, tcheque*, tchequie, tschech*, tcheca*, tcheco*, tchequia",
    "DE": "germany, german, germans, aleman*, allemagne, allemand*, deutschland*, deutsche*, alema*, alemao, alemaes",
    "DK": "denmark, danish, danes, dinamarca, danes, danesa*, danois*, danemark, danemark*, danisch*, dinamarques*",
    "DZ": "algeria*, argeli*, algerie*, algerien*, algerisch*",
    "EE": "estoni*, estland*, estnisch*",
    "EG": "egypt*, egipt*, egypte*, agypt*, egito, egipci*",
    "ES": "spain*, spanish, spaniard*, espana, espanol*, espagne, espagnol*, spanien*, spanisch*, espanha, espanhol*",
    "ET": "ethiopi*, etiop*, athiopi*",
    "FI": "finland*, finnish, finland*, finlandia, finlandes*, finlande, finlandais*, finnland*, finnisch*",
    "FR": "france, french, francia, frances*, francais*, frankreich*, franzos*, franca, francesa*",
    "GB": "united kingdom, great britain, britain, british, UK, reino unido, gran bretana, britanic*, royaume-uni, "
    "royaume uni, "
    "grande-bretagne, britannique*, vereinigte* konigreich*, grossbritannien*, britisch*, gra-bretanha, england, "
    "inglaterra, "
    "angleterre, ingles*, anglais*, englisch*",
    "GE": "georgia, georgian*, georgiano*, georgie, georgien*, georgisch*",
    "GR": "greece, greek*, grecia, grieg*, grece, grec, grecque*, griech*, gregos, gregas",
    "HR": "croat*, croac*, croatie, croate*, kroat*",
    "HU": "hungar*, hongri*, hongrois*, ungar*, hungria",
    "ID": "indonesi*",
    "IE": "ireland, irish, irland*, irlandes*, irlandais*, irisch*",
    "IL": "israel*",
    "IN": "india, indian*, inde, indien*, indisch*",
    "IQ": "iraq*, irak*, iraquien*, iraquian*",
    "IR": "iran*",
    "IS": "iceland*, islandi*, islandais*, islandisch*, islandes*",
    "IT": "italy, italian*, italia*, italie*, italien*",
    "JO": "jordania*, jordanian*, jordanie*, jordanien*, jordanisch*",
    "JP": "japan*, japon*, japao",
    "KE": "kenya*, kenia*, quenia*",
    "KP": "north korea*, corea del norte, norcorean*, coree du nord, nord-coreen*, nordkorea*, coreia do norte, "
    "norte-corean*, DPRK",
    "KR": "south korea*, corea del sur, surcorean*, sudcorean*, coree du sud, sud-coreen*, sudkorea*, coreia do sul, "
    "sul-corean*",
    "KZ": "kazakh*, kazaj*, kasach*, cazaqu*",
    "LB": "lebanon, lebanese, liban*, libanon*, libanes*, libano",
    "LT": "lithuania*, lituan*, litauen*, litauisch*",
    "LV": "latvia*, leton*, letton*, lettland*, lettisch*",
    "LY": "libya*, libia*, libye*, libysch*, libio*",
    "MA": "morocc*, marruec*, marroqu*, maroc, marocain*, marokk*, marrocos, marroquin*",
    "MM": "myanmar, burma, burmese, birman*",
    "MX": "mexic*, mexique, mexicain*, mexiko*",
    "NG": "nigeria*",
    "NL": "netherlands, dutch, paises bajos, neerlandes*, holand*, pays-bas, neerlandais*, niederland*, hollande, "
    "paises baixos",
    "NO": "norway, norwegian*, norueg*, norveg*, norwegen*, norwegisch*",
    "NZ": "new zealand*, nueva zelanda, nueva zelandia, nouvelle-zelande, neuseeland*, nova zelandia",
    "PE": "peru*, perou*, peruvien*",
    "PH": "philippin*, filipin*",
    "PK": "pakistan*, paquistan*, paquistao",
    "PL": "poland, polish, polonia, polac*, pologne, polonais*, polen, polnisch*, polon*",
    "PS": "palestin*, palastin*",
    "PT": "portug*",
    "RO": "romania*, ruman*, roumain*, roumanie, romen*",
    "RS": "serbi*",
    "RU": "russia*, rusia, ruso, rusa, rusos, rusas, russie, russe*, russland*, russisch*, russo, russa, russos, "
    "russas, federacion rusa",
    "SA": "saudi arabia, saudi*, arabia saudi*, arabie saoudite, saoudien*, arabia saudita",
    "SD": "sudan*, soudan*, sudao",
    "SE": "sweden, swedish, swedes, suecia, suec*, suedois*, schwed*",
    "SK": "slovak*, eslovac*, eslovaqu*, slovaqu*, slowak*",
    "SI": "sloven*, esloven*, slowen*",
    "SY": "syria*, siria*, sirio*, syrie*, syrien*, syrisch*",
    "TH": "thailand*, thai, tailand*, thailandais*, thailandisch*",
    "TN": "tunisi*, tunez, tunecin*, tunes*",
    "TR": "turkey, turkish, turks, turkei*, turkisch*, turkiye, turquia, turquie, turc, turque*, turcs, turco*, turca*",
    "TW": "taiwan*",
    "UA": "ukrain*, ucrani*, ucraina",
    "US": "united states, america, american, americans, US, USA, estados unidos, estadounidense*, EEUU, EE UU, EUA, "
    "etats-unis, etats unis, "
    "americain*, vereinigte* staaten, usa, amerikanisch*, US-amerikanisch*, norteamerican*, norte-american*, american*",
    "UZ": "uzbe*, usbe*, ouzbek*",
    "VA": "vatican*, vatikan*",
    "VE": "venezuel*, venezolan*, venezuelan*, venezuelien*",
    "VN": "vietnam*",
    "YE": "yemen*, jemen*, iemen*",
    "ZA": "south africa*, sudafric*, afrique du sud, sud-african*, sudafrika*, africa do sul, sul-african*",
    # Cities that are written otherwise, and those that stand for a government.
    "AT/vienna": "vienna, viena, vienne, wien*",
    "BE/brussels": "brussels, bruselas, bruxelles, brussel, bruxelas",
    "CH/geneva": "geneva, ginebra, geneve, genf*, genebra",
    "CN/beijing": "beijing, peking, pekin, pequim",
    "CZ/prague": "prague, praga, prag*",
    "DE/berlin": "berlin*, berlim",
    "DE/munich": "munich, munchen*, munique",
    "DK/copenhagen": "copenhagen, copenhague, kopenhagen*",
    "EG/cairo": "cairo, el cairo, le caire, kairo*",
    "ES/madrid": "madrid*",
    "FR/paris": "paris",
    "GB/london": "london*, londres, londrin*",
    "GR/athens": "athens, atenas, athenes, athen",
    "HU/budapest": "budapest*",
    "IL/jerusalem": "jerusalem*, jerusalen",
    "IR/tehran": "tehran, teheran*, teera",
    "IT/rome": "rome, roma",
    "JP/tokyo": "tokyo, tokio*, toquio",
    "KP/pyongyang": "pyongyang, pionyang, pjongjang*",
    "KR/seoul": "seoul, seul",
    "PL/warsaw": "warsaw, varsovia, varsovie, warschau*",
    "PT/lisbon": "lisbon, lisboa, lisbonne, lissabon*",
    "RU/moscow": "moscow, moscu, moscou, moskau*, moscovo, kremlin, kreml*",
    "RS/belgrade": "belgrade, belgrado, belgrad*",
    "SY/damascus": "damascus, damasco, damaskus",
    "TR/istanbul": "istanbul, estambul, istambul",
    "UA/kyiv": "kyiv, kiev, kiew*, quiev",
    "US/new york": "new york*, nueva york, nova york, nova iorque",
    "US/washington": "washington*",
    # Organisations.
    "UN": "united nations, UN, naciones unidas, ONU, nations unies, vereinte* nationen, nacoes unidas, UNO",
    "EU": "european union, EU, union europea, UE, union europeenne, europaische* union, uniao europeia",
    "NATO": "NATO, OTAN",
    "WHO": "world health organization, world health organisation, WHO, OMS, organizacion mundial de la salud, "
    "organisation mondiale de la sante, weltgesundheitsorganisation, organizacao mundial da saude",
    "IMF": "international monetary fund, IMF, FMI, fondo monetario internacional, fonds monetaire international, IWF, "
    "internationale* wahrungsfonds, fundo monetario internacional",
    "WTO": "world trade organization, WTO, OMC, organizacion mundial del comercio, welthandelsorganisation",
    "IAEA": "IAEA, OIEA, AIEA, IAEO",
    "OECD": "OECD, OCDE",
    "SECURITY COUNCIL": "security council, consejo de seguridad, conseil de securite, sicherheitsrat*, "
    "conselho de seguranca",
    "GENERAL ASSEMBLY": "general assembly, asamblea general, assemblee generale, generalversammlung, "
    "vollversammlung, assembleia geral",
    "WHITE HOUSE": "white house, casa blanca, maison blanche, weisse* haus*, casa branca",
    "STATE DEPARTMENT": "state department, departamento de estado, departement d'etat, aussenministerium der usa",
    "EUROPEAN COMMISSION": "european commission, comision europea, commission europeenne, europaische* kommission, "
    "comissao europeia",
}  # fmt: skip
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_Word = tuple[str, bool, bool]  # folded, any ending, in capitals


@dataclass(frozen=True, slots=True)
class Place:
    """A place or organisation named in a text."""

    start: int  # code points
    end: int
    code: str


@lru_cache(maxsize=20_000)
def places(text: str) -> tuple[Place, ...]:
    """The places of a text that the table knows, in its order, the longest name at each spot.

    >>> [(p.code, "el ministro ruso en Pionyang"[p.start : p.end]) for p in places("el ministro ruso en Pionyang")]
    [('RU', 'ruso'), ('KP/pyongyang', 'Pionyang')]
    """
    tokens = [(m.start(), m.end(), m[0].replace(".", "")) for m in _WORD.finditer(text.replace("’", "'"))]
    found: list[Place] = []
    i = 0
    while i < len(tokens):
        best: tuple[int, str] = (0, "")
        word = fold(tokens[i][2])
        for name, code in _table().get(word[:2], ()):
            size = len(name)
            if size > best[0] and all(_fits(want, tokens[i + k][2]) for k, want in enumerate(name) if i + size <= len(tokens)):
                best = (size, code) if i + size <= len(tokens) else best
        if best[0]:
            found.append(Place(tokens[i][0], tokens[i + best[0] - 1][1], best[1]))
        i += max(1, best[0])
    return tuple(found)


def codes(text: str) -> frozenset[str]:
    """What a text names, a city with its country.

    >>> sorted(codes("talks in Pyongyang"))
    ['KP', 'KP/pyongyang']
    """
    found = {place.code for place in places(text)}
    return frozenset(found | {code.partition("/")[0] for code in found})


def without(text: str) -> str:
    """The text with every known place blanked out, of the same length."""
    for place in places(text):
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def _fits(want: _Word, token: str) -> bool:
    name, any_ending, capitals = want
    if capitals:
        return token == name
    folded = fold(token)
    return folded.startswith(name) if any_ending else folded == name


@cache
def _table() -> dict[str, list[tuple[tuple[_Word, ...], str]]]:
    """First two letters -> (words of the name, code)."""
    table: dict[str, list[tuple[tuple[_Word, ...], str]]] = {}
    for code, line in NAMES.items():
        for written in line.split(", "):
            parts = re.findall(r"[^\s'-]+", written)
            name = tuple((p.rstrip("*"), p.endswith("*"), p.isupper() and p.isalpha()) for p in parts)
            entry = table.setdefault(fold(name[0][0])[:2], [])
            if (name, code) not in entry:
                entry.append((name, code))
    return table
