"""Pure: who a speaker is. Names compared across spellings, and "he", "Lavrov" or "the minister" traced to a full name.

Everything errs on the side of not knowing: two people who share a surname are never merged by it, and an answer of None means
"cannot be told from the names alone".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

TITLES = frozenset(
    """mr mrs ms miss dr sir lord lady sen sens senator senators gov governor rep reps representative congressman
    congresswoman president vice prime minister secretary ambassador general gen col lt capt sgt judge justice professor
    prof rev reverend pope king queen prince princess mayor chancellor speaker former ex state attorney house senate
    republican democrat democratic gop candidate nominee presidential u.s us american the chief executive director
    chairman chairwoman foreign house majority minority leader press minister spokesman spokeswoman señor señora sr sra
    don doña d dr dra presidente presidenta ministro ministra canciller papa rey reina príncipe licenciado lic ing
    ingeniero diputado diputada senador senadora gobernador gobernadora alcalde alcaldesa expresidente exministro el la
    los las m mme mlle herr frau präsident kanzler signor signora senhor senhora
    ministre président présidente député députée sénateur sénatrice préfet préfète maire porte-parole governador
    governadora deputado deputada prefeito prefeita primeiro-ministro ministerin bundeskanzler bundeskanzlerin präsidentin
    bürgermeister bürgermeisterin außenminister außenministerin finanzminister finanzministerin innenminister
    innenministerin verteidigungsminister verteidigungsministerin regierungssprecher abgeordnete abgeordneter sindaco
    portavoce onorevole sottosegretario министр президент премьер мэр губернатор депутат посол""".split()
)  # fmt: skip
FILLERS = frozenset("the his her their former then current new own also del los las una como sus".split())
OFFICES = frozenset(
    """minister president senator secretary leader chancellor spokesman spokeswoman spokesperson director mayor governor
    candidate lawmaker congressman congresswoman representative ambassador premier pope pontiff king queen prince
    princess chairman chairwoman chief commissioner general attorney judge justice lawyer professor economist analyst
    author actor actress singer player coach owner founder executive officer republican democrat businessman
    businesswoman mogul billionaire nominee frontrunner speaker dictator diplomat envoy scientist doctor researcher
    expert strategist adviser advisor manager commander historian ministro ministra presidente presidenta senador
    senadora secretario secretaria líder canciller portavoz director directora alcalde alcaldesa gobernador gobernadora
    candidato candidata diputado diputada embajador embajadora papa pontífice rey reina príncipe comisario fiscal juez
    jueza abogado abogada profesor profesora economista analista autor autora actor actriz cantante jugador jugadora
    entrenador dueño fundador fundadora empresario empresaria mandatario mandataria dirigente titular jefe jefa
    consejero consejera vicepresidente vicepresidenta exministro expresidente periodista comentarista científico
    científica médico médica experto experta investigador investigadora dictador diplomático director político política
    legislador legisladora ministre président présidente député députée sénateur sénatrice préfet préfète maire
    porte-parole directeur directrice ambassadeur ambassadrice juge général governador governadora deputado deputada
    prefeito prefeita treinador delegado juiz juíza porta-voz ministerin präsident präsidentin kanzler kanzlerin
    bundeskanzler bürgermeister bürgermeisterin sprecher sprecherin trainer richter richterin außenminister
    außenministerin finanzminister finanzministerin sindaco allenatore portavoce generale giudice ministri ricercatrice
    министр президент премьер мэр губернатор директор тренер депутат посол глава представитель судья""".split()
)  # fmt: skip
PARTICLES = frozenset("de del la las los van von der den bin ibn al el da das do dos di du le abu ben y e san".split())
HE = frozenset("he him his él il er lui egli ele он".split())
SHE = frozenset("she her ella elle sie lei ela она".split())
THEY = frozenset("they them ellos ellas ils elles loro eles elas они".split())
WHO = frozenset("who which that que quien quienes qui".split())
I = frozenset("i we yo nosotros je nous ich wir".split())  # noqa: E741
WOMEN = frozenset(
    """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy
    angela shirley anna brenda pamela emma nicole samantha katherine christine rachel carolyn janet catherine maria
    heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea
    cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy
    sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie
    kayla alexis lori hillary ivanka melania carly elena carmen maría josé ana lucía sofía isabel claudia paula marta
    cristina silvia rosa mónica verónica gabriela daniela alejandra adriana beatriz delfina margarita yolanda dilma
    ursula christine giorgia marine kamala nikki condoleezza madeleine yoko nathalie isabelle sylvie françoise monique
    brigitte valérie céline hélène élisabeth ségolène claire jeanne annalena petra sabine monika birgit heike katrin anja
    giulia chiara francesca elly federica marina inês catarina joana helena elvira ksenia svetlana tatiana natalia
    мария анна елена ольга наталья татьяна валентина ирина светлана екатерина""".split()
) - {"josé"}  # fmt: skip
MEN = frozenset(
    """james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond
    jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian
    keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe
    logan alan juan albert willie elijah wayne randy vincent mitch ted marco bernie jeb barack bill newt rand chris mike
    ben lindsey luis carlos josé javier miguel manuel francisco antonio pedro jesús alejandro fernando ángel andrés
    pablo sergio jorge alberto álvaro diego raúl enrique ricardo ramón vicente rubén óscar alfredo eduardo roberto jaime
    emmanuel olaf vladimir sergey sergei serguéi antony xi joe volodymyr recep benjamin narendra pierre jacques michel
    philippe françois nicolas bernard gérard laurent olivier étienne yves henri antoine julien thierry hans karl klaus
    jürgen wolfgang heinz helmut dieter uwe jens friedrich markus stefan matthias giuseppe giovanni mario luigi paolo
    matteo silvio enrico carlo franco joão paulo luiz jair gilberto marcelo rui nuno dmitry dmitri mikhail alexei igor
    nikolai yuri oleg ivan andrei boris владимир сергей дмитрий михаил алексей игорь николай юрий антон олег иван андрей
    борис alain didier bruno julien lorenzo artur arturo""".split()
)  # fmt: skip
FAMILY_FIRST = frozenset("kim xi li wang zhang chen park choi yoon moon mao deng jiang zhao zhou nguyen".split())
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇ"
PARTICLE = r"(?:de|del|la|los|van|von|der|den|bin|ibn|al|da|das|do|dos|di|du|le|abu|ben)"
NAME = rf"(?:[{UPPER}]\.|[{UPPER}][\w’'-]+)"
RUN = re.compile(rf"\b{NAME}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}{NAME})*")  # capitalised words and the particles between
MOST = 1000  # people of one article
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
BODIES = frozenset(
    """university college school times post journal news party committee commission council court department ministry
    agency bank group company corporation inc association union institute foundation center centre house street city
    county united nations states kingdom republic army force forces police team club league church street airlines
    hospital museum prize award act bill week universidad colegio partido comité comisión consejo tribunal departamento
    ministerio agencia banco grupo empresa asociación unión instituto fundación centro gobierno estado estados unidos
    naciones ejército policía equipo liga iglesia hospital congreso cámara academia academy office organization
    organisation oficina organización liga foro senado secretaría fiscalía ayuntamiento junta federación sistema plaza
    ciudad calle premio ley norte sur coalición alianza frente movimiento juntos bbc cnn efe afp reuters xinhua tass ministère
    université ministério universidade ministerium universität bundestag ministero università""".split()
)  # fmt: skip
LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" ")
CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", LATIN, strict=True))
SPELLINGS = tuple((re.compile(a), b) for a, b in (
    (r"gu(?=[ei])", "g"), (r"sch|sh|ch|tsch", "č"), (r"kh|x", "h"), (r"ph", "f"), (r"th", "t"), (r"ck|q|c(?=[aoulr])", "k"),
    (r"w", "v"), (r"(?:iy|ij|yi|ii|y|j)", "i"), (r"ts|tz|z", "s"), (r"ou|oo", "u"), (r"(.)\1+", r"\1"),
    (r"h(?=$|[^aeiou])", ""),
))  # fmt: skip


def _plain(word: str) -> str:
    """Without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


FEMALE, MALE = (frozenset(map(_plain, names)) for names in (WOMEN, MEN))
GIVEN = FEMALE | MALE


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """A spelling-blind form of one name.

    >>> skeleton("Serguéi") == skeleton("Sergey") == skeleton("Сергей"), skeleton("Anthony") == skeleton("Antony")
    (True, True)
    """
    word = "".join(CYRILLIC.get(char, char) for char in word.lower())
    word = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name without titles, initials' full stops and possessive endings, lower case.

    >>> parts("Former President Donald J. Trump’s")
    ('donald', 'j', 'trump')
    """
    words = [word.lower().removesuffix("'s").removesuffix("’s") for word in WORD.findall(name)]
    kept = [word for word in words if word not in TITLES or word in PARTICLES]
    while kept and kept[0] in PARTICLES:
        kept.pop(0)
    return tuple(kept)


def same_person(a: str, b: str) -> bool | None:
    """Whether two names are one person's: True, False, or None when it cannot be told (a surname alone, an initial).

    >>> same_person("Serguéi Lavrov", "Sergey Lavrov"), same_person("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> same_person("Clinton", "Bill Clinton")
    """
    first, second = (tuple(word for word in parts(name) if word not in PARTICLES) for name in (a, b))
    if not first or not second:
        return None
    one, two = tuple(map(skeleton, first)), tuple(map(skeleton, second))
    if one == two or (min(len(one), len(two)) > 1 and _letters(one) == _letters(two)):  # Kim Jong-un, Kim Jong Un
        return True if len(one) > 1 else None
    if len(one) == 1 or len(two) == 1:
        single, other = (one, two) if len(one) == 1 else (two, one)
        return None if any(_close(single[0], word) for word in other) else False
    if len(one) > len(two):
        one, two = two, one
    given = _given(one[0], two[0])
    if not given:
        return None if given is None and _close(one[-1], two[-1]) else False
    rest = iter(two[1:])  # middle names and second surnames may be left out, in order
    return all(any(_close(word, candidate) for candidate in rest) for word in one[1:])


def _letters(words: tuple[str, ...]) -> str:
    return "".join(words).replace("-", "")


def _close(a: str, b: str) -> bool:
    """Equal, or one letter apart in a long name."""
    if a == b:
        return True
    if min(len(a), len(b)) < 7 or abs(len(a) - len(b)) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 :] or a[at + 1 :] == b[at:]


def _given(a: str, b: str) -> bool | None:
    """Whether two given names may be one: equal spellings True, an initial or a short form None, else False."""
    if not a or not b:
        return None
    if a == b or (len(a) > 4 and _close(a + "---", b + "---")):
        return True
    if a[0] == b[0] and (len(a) == 1 or len(b) == 1):
        return None
    return None if len(min(a, b, key=len)) >= 3 and (a.startswith(b) or b.startswith(a)) else False


@dataclass(slots=True)
class Person:
    """Somebody named in the article."""

    name: str  # the fullest form
    places: list[int] = field(default_factory=list)  # where named, by any form
    roles: list[str] = field(default_factory=list)  # as written: "the Russian foreign minister"
    gender: str = ""  # f | m | ""
    body: bool = False  # an organisation, by its name
    often: int = 0  # how often the article has `name`
    human: bool = False  # a person beyond doubt, and not a body or a place: by given name, title or office


@dataclass(slots=True)
class People:
    """Everybody an article names, and its table of surnames."""

    persons: list[Person] = field(default_factory=list)
    by_word: dict[str, list[Person]] = field(default_factory=dict)

    def find(self, name: str) -> Person | None:
        """The one person a full name or a surname can mean here; None if nobody or more than one."""
        words = [word for word in parts(name) if word not in PARTICLES]
        if not words:
            return None
        found = [person for person in self.by_word.get(words[-1], []) if len(words) == 1 or same_person(person.name, name)]
        if not found and len(words) == 1:
            found = self.by_word.get(skeleton(words[0]), [])
        return found[0] if len(found) == 1 else None

    def by_role(self, phrase: str, before: int) -> Person | None:
        """The one person described so far by the head noun of "the minister", "la ministra de Educación"."""
        words = role_words(phrase)
        if not words:
            return None
        fitting = [
            p
            for p in self.persons
            if not p.body and p.places and p.places[0] < before and any(words <= role_words(role) for role in p.roles)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def nearest(self, before: int, gender: str = "", reach: int = 600) -> Person | None:
        """The person named last before an offset, if the gender allows it and nobody else is as near."""
        best: tuple[int, Person] | None = None
        for person in self.persons:
            if not person.human:
                continue
            at = bisect_left(person.places, before)
            fits = not (gender and person.gender and person.gender != gender)
            near = at > 0 and before - person.places[at - 1] <= reach
            if fits and near and (best is None or person.places[at - 1] > best[0]):
                best = person.places[at - 1], person
        return best[1] if best else None


def role_words(phrase: str) -> frozenset[str]:
    """The words of a description that tell whom it means: offices, and what follows "of". Empty without an office."""
    words = frozenset(word for word in WORD.findall(phrase.lower()) if len(word) > 2 and word not in FILLERS)
    return words if words & OFFICES else frozenset()


def people(text: str, common: frozenset[str] = frozenset(), glued: Mapping[str, int] = MappingProxyType({})) -> People:
    """Everybody the text names in full.

    `common`: words that a capital at the start of a sentence does not make a name. `glued`: words to cut
    (`clauses.lost_spaces`).
    """
    table = People()
    runs: dict[str, list[int]] = {}
    for match in RUN.finditer(text):
        runs.setdefault(match.group(), []).append(match.start())
    singles: list[tuple[str, list[int]]] = []
    near: dict[str, list[Person]] = {}
    for run, places in runs.items():
        for shift, name in _names(run, common, glued):
            found = [place + shift for place in places]
            if len([word for word in parts(name) if word not in PARTICLES]) < 2:
                singles.append((name, found))
            else:
                _add(table, near, name, found)
    for person in table.persons:
        words = [word for word in parts(person.name) if word not in PARTICLES]
        # Spanish names have two surnames, and either may stand alone: "Miguel Ángel Mancera Espinosa" is Mancera.
        for word in dict.fromkeys([words[-1], *words[1:], *(words[:1] if words[0] in FAMILY_FIRST else ())]):
            if len(word) > 2:
                table.by_word.setdefault(word, []).append(person)
                if skeleton(word) != word:
                    table.by_word.setdefault(skeleton(word), []).append(person)
    for name, found in singles:
        known = table.find(name)
        if known is not None:
            known.places += found
    for person in table.persons:
        person.places.sort()
        person.roles += _roles(person, text)
        person.gender = person.gender or _gender(person, text)
        person.body = bool(BODIES & set(parts(person.name))) or person.name.isupper()
        person.human = not person.body and _is_human(person, text)
    return table


def _names(run: str, common: frozenset[str], glued: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The names in a run of capitalised words, with their offsets in it: without titles, cut after "'s" and at lost spaces."""
    start, at = -1, 0
    words = run.replace("\u00a0", " ").split(" ")
    titled = next((n for n in range(min(len(words) - 2, 5) - 1, 0, -1) if words[n].lower() in TITLES), 0)
    at = sum(len(word) + 1 for word in words[:titled])  # "Turkish President Ann Lee" is Ann Lee
    words = words[titled:]
    for word in words:
        end = at + len(word)
        low = word.lower().rstrip(".")
        if start < 0 and (low in common or low in TITLES or low in PARTICLES):
            at = end + 1
            continue
        start = at if start < 0 else start
        cut = glued[word] if word in glued else len(word) - 2 if word.endswith(("’s", "'s")) else -1
        if cut >= 0:
            yield start, run[start : at + cut]
            start = -1
        at = end + 1
    if start >= 0 and len(run) - start < 60:
        yield start, run[start:]


def _add(table: People, near: dict[str, list[Person]], name: str, places: list[int]) -> None:
    """Adds a full name to the person it belongs to, or as somebody new. `near`: persons by the words of their names."""
    keys = [skeleton(word) for word in parts(name)[1:] if word not in PARTICLES]
    for known in [person for key in keys for person in near.get(key, ())]:
        longer, shorter = sorted((parts(known.name), parts(name)), key=len, reverse=True)
        if len(shorter) > 1 and longer[-len(shorter) :] == shorter and longer[0] not in GIVEN and longer != shorter:
            known.places += places  # "BBC Mundo Lucía Dammert" and "Lucía Dammert"
            known.name = min(known.name, name, key=len)
            return
        if known.name == name or same_person(known.name, name):
            known.places += places
            if longer[: len(shorter)] == shorter and len(longer) > len(shorter):
                # A headline's "Ann Lee Tells", "Ann Lee Show": what is added once, or by two words, is seldom a surname.
                long_is_new = len(parts(name)) > len(parts(known.name))
                rare, common = (len(places), known.often) if long_is_new else (known.often, len(places))
                if (len(longer) - len(shorter) > 1 or rare == 1 < common) == long_is_new:
                    return
                known.name, known.often = name, len(places)
            elif len(parts(name)) > len(parts(known.name)):
                known.name, known.often = name, len(places)
            return
    if len(table.persons) >= MOST:
        return
    new = Person(name, places, often=len(places))
    table.persons.append(new)
    for key in keys:
        near.setdefault(key, []).append(new)


def _is_human(person: Person, text: str) -> bool:
    words = parts(person.name)
    if _plain(words[0]) in GIVEN or person.roles:
        return True
    start = person.places[0]
    return bool(TITLED.search(text, max(0, start - 14), start))


TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Sr|Sra|Don|Doña|don|doña|President|Senator|Judge)\.?\s$")


ARTICLES = {"el": "m", "il": "m", "le": "m", "der": "m", "o": "m", "la": "f", "une": "f", "una": "f"}


def _gender(person: Person, text: str) -> str:
    given = _plain(parts(person.name)[0])
    if given in FEMALE:
        return "f"
    if given in MALE:
        return "m"
    article = re.match(r"\w+", person.roles[0].lower()) if person.roles else None
    if article is not None and article[0] in ARTICLES:
        return ARTICLES[article[0]]
    for place in person.places[:4]:
        before = text[max(0, place - 40) : place].lower().split()
        if before and before[-1] in ("mrs.", "ms.", "sra.", "doña"):
            return "f"
        if before and before[-1] in ("mr.", "sr.", "don"):
            return "m"
        if {"la", "ministra", "presidenta", "she"} & set(before[-4:]):
            return "f"
        if {"el", "ministro", "presidente"} & set(before[-4:]):
            return "m"
    return ""


ROLE_BEFORE = re.compile(
    r"(?:^|[\s(“\"«,])((?:(?:el|la|the|un|una|a|il|lo|le|o|der|die)\s|l['’])"
    r"(?:(?! (?:on|during|in|at|when|durante|con|en|que)\b)[^,.;:()“”\"«»]){3,70}?)"
    r",?\s(?:[A-Z][a-z]+\.\s)?$",
    re.I,
)
ROLE_AFTER = re.compile(r"(?:\s[A-ZÀ-Þ][\w-]+)*,\s((?!and\b|y\b|who\b|que\b)[^,.;:()“”\"«»]{4,80})(?:,|\.|;|$)")


def _roles(person: Person, text: str) -> list[str]:
    """Descriptions beside the name: "the foreign minister, Ann Lee", "Ann Lee, mayor of Rome,"."""
    found: list[str] = []
    for place in person.places[:4]:
        line = max(text.rfind("\n", 0, place), place - 90, 0)
        before = ROLE_BEFORE.search(text, line, place)
        after = ROLE_AFTER.match(text, place + len(person.name), place + len(person.name) + 140)
        for role in (before[1] if before else "", after[1] if after else ""):
            if role and role_words(" ".join(role.split()[:5])) and len(role.split()) <= 12 and role not in found:
                found.append(role)
        titled = re.search(r"(?:\b[A-Z][\w.]+\s){1,3}$", text[line:place])
        if titled and role_words(titled[0]):
            found.append(titled[0].strip())
    return found
