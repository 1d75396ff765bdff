"""Pure: personal names compared across spellings, languages and alphabets.

Everything errs on the side of not knowing: two people who share a surname are never merged by it, and an answer of None means
"cannot be told from the names alone".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
NAMES_OF_DAYS = frozenset("julio domingo june april august".split())  # also given names
PARTICLES = frozenset("de del la las los van von der den bin ibn al el da das do dos di du le abu ben y e san".split())
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
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" ")
CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", LATIN, strict=True))
SPELLINGS = tuple((re.compile(a), b) for a, b in (
    (r"gu(?=[ei])", "g"), (r"sch|sh|ch|tsch", "č"), (r"kh|x", "h"), (r"ph", "f"), (r"th", "t"), (r"ck|q|c(?=[aoulr])", "k"),
    (r"w", "v"), (r"(?:iy|ij|yi|ii|y|j)", "i"), (r"ts|tz|z", "s"), (r"ou|oo", "u"), (r"(.)\1+", r"\1"),
    (r"h(?=$|[^aeiou])", ""),
))  # fmt: skip


def plain(word: str) -> str:
    """Without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


FEMALE, MALE = (frozenset(map(plain, names)) for names in (WOMEN, MEN))
GIVEN = FEMALE | MALE


@lru_cache(maxsize=50_000)
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


VARIANT = {  # given names that are one in several languages, by their spelling-blind forms
    skeleton(form): forms.split()[0]
    for forms in """vladimir volodymyr wladimir uladzimir
alexander aleksandr oleksandr alyaksandr aliaksandr aleksander
mohammed muhammad mohamed mohammad muhammed
sergei serhii serhiy siarhei
dmitry dmytro dzmitry
mikhail mykhailo michail
nikolai mykola
andrei andriy andrii
yevgeny evgeny yevhen
pavel pavlo
oleg oleh
igor ihor
alexei oleksii oleksiy aleksey
vitaly vitalii
ahmed ahmad
hussein husain hossein husayn
yousef yusuf youssef yusef
khalid khaled jaled
hassan hasan
abdullah abdallah abdulla
benjamin binyamin
suleiman sulayman süleyman""".splitlines()
    for form in forms.split()
}
FAMILY_KEYS = frozenset(map(skeleton, FAMILY_FIRST))
COMMON = frozenset(
    map(
        skeleton,
        """ivanov petrov smirnov kuznetsov popov volkov sokolov morozov kovalenko shevchenko bondarenko tkachenko
        kravchenko kovalchuk hassan ahmed hussein mohamed muhammad ibrahim abdullah rahman suleiman mahmoud mustafa
        khalil nasser""".split(),
    )
)  # surnames that many have


@lru_cache(maxsize=50_000)
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
        return None if any(close(single[0], word) for word in other) else False
    if len(one) > len(two):
        one, two = two, one
    given = _given(one[0], two[0])
    if one[0] == two[0] and one[0] in FAMILY_KEYS:  # one letter makes Kim Jong-un and Kim Jong-in two people
        return _sounds(one[1:]) == _sounds(two[1:]) or set(one[1:]) <= set(two[1:])
    if given is False and _variants(one, two):
        return True if _is_rare(one[-1]) else None
    if not given:
        return None if given is None and close(one[-1], two[-1]) else False
    rest = iter(two[1:])  # middle names and second surnames may be left out, in order
    return all(any(close(word, candidate) for candidate in rest) for word in one[1:])


def _letters(words: tuple[str, ...]) -> str:
    return "".join(words).replace("-", "")


def close(a: str, b: str) -> bool:
    """Equal, or one letter apart in a long name."""
    if a == b:
        return True
    if min(len(a), len(b)) < 7 or abs(len(a) - len(b)) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 :] or a[at + 1 :] == b[at:]


def _variants(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two names of one surname have forms of one given name: Volodymyr and Vladimir."""
    return close(one[-1], two[-1]) and VARIANT.get(one[0], "1") == VARIANT.get(two[0], "2")


def _sounds(words: tuple[str, ...]) -> str:
    """One spelling for the Korean vowels that romanisations write in several ways: Seok-youl, Suk-yeol."""
    return re.sub(r"eou|eo|ou|eu|u", "u", "".join(words).replace("-", ""))


def _is_rare(surname: str) -> bool:
    """Whether a surname is long and none that many have: Zelensky, not Ivanov."""
    return len(surname) > 5 and surname not in COMMON


def _given(a: str, b: str) -> bool | None:
    """Whether two given names may be one: equal spellings True, an initial or a short form None, else False."""
    if not a or not b:
        return None
    if a == b or (len(a) > 4 and close(a + "---", b + "---")):
        return True
    if a[0] == b[0] and (len(a) == 1 or len(b) == 1):
        return None
    return None if len(min(a, b, key=len)) >= 3 and (a.startswith(b) or b.startswith(a)) else False
