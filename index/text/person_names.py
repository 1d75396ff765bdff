"""Pure: personal names compared across spellings, languages and alphabets.

Everything errs on the side of not knowing: two people who share a surname are never merged by it, and an answer of None means
"cannot be told from the names alone".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from index.text.lexicon import Lexicon


@cache
def _names() -> dict[str, str]:
    """The tables of names that are the same in every language."""
    return tomllib.loads((files("index.text") / "data" / "names.toml").read_text(encoding="utf-8"))


PARTICLES, INNER_PARTICLES, FAMILY_FIRST, GENERATIONS = (
    frozenset(_names()[table].split()) for table in ("particles", "inner_particles", "family_first", "generations")
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
JOINED_ARTICLE = rf"(?:{'|'.join(_names()['joined_articles'].split())})-"
_ARTICLE = re.compile(rf"{JOINED_ARTICLE}(?=\w{{3}})")
CYRILLIC = dict(pair.split("=") for pair in _names()["cyrillic"].split())
SPELLINGS = tuple((re.compile(a), b) for a, b in (
    (r"gu(?=[ei])", "g"), (r"sch|sh|ch|tsch", "č"), (r"kh|x", "h"), (r"ph", "f"), (r"th", "t"), (r"ck|q|c(?=[aoulr])", "k"),
    (r"w", "v"), (r"(?:iy|ij|yi|ii|y|j)", "i"), (r"ts|tz|z", "s"), (r"ou|oo", "u"), (r"(.)\1+", r"\1"),
    (r"h(?=$|[^aeiou])", ""),
))  # fmt: skip


def plain(word: str) -> str:
    """Without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


FEMALE, MALE = (frozenset(map(plain, _names()[table].split())) for table in ("women", "men"))
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
    skeleton(form): line.split()[0] for line in _names()["variants"].splitlines() for form in line.split()
}
FAMILY_KEYS = frozenset(map(skeleton, FAMILY_FIRST))
COMMON = frozenset(map(skeleton, _names()["common_surnames"].split()))  # surnames that many have


@lru_cache(maxsize=50_000)
def parts(name: str, *langs: str) -> tuple[str, ...]:
    """The words of a name without titles, initials' full stops, possessive endings and "al-", lower case.

    `langs`: of the text it stands in, or of both where a name is asked for in another; none: without English titles.

    >>> parts("Former President Donald J. Trump’s", "en"), parts("Walid al-Moualem", "de")
    (('donald', 'j', 'trump'), ('walid', 'moualem'))
    """
    titles = [Lexicon(lang).titles for lang in langs or ("en",)]
    words = [without_article(word.lower().removesuffix("'s").removesuffix("’s")) for word in WORD.findall(name)]
    kept = [word for word in words if word in PARTICLES or not any(word in known for known in titles)]
    while kept and kept[0] in PARTICLES:
        kept.pop(0)
    return tuple(kept)


def without_article(word: str) -> str:
    """A name without an Arabic article that is written to it: Assad for al-Assad."""
    article = _ARTICLE.match(word)
    return word[article.end() :] if article else word


def same_person(a: str, b: str, *langs: str) -> bool | None:
    """Whether two names are one person's: True, False, or None when it cannot be told (a surname alone, an initial).

    `langs`: the languages whose titles may stand before them.

    >>> same_person("Serguéi Lavrov", "Sergey Lavrov"), same_person("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> same_person("Clinton", "Bill Clinton")
    """
    first, second = (tuple(word for word in parts(name, *langs) if word not in PARTICLES) for name in (a, b))
    if not first or not second:
        return None
    first_name, second_name = tuple(map(skeleton, first)), tuple(map(skeleton, second))
    if first_name == second_name or (
        min(len(first_name), len(second_name)) > 1 and _letters(first_name) == _letters(second_name)
    ):  # Kim Jong-un, Kim Jong Un
        return True if len(first_name) > 1 else None
    if len(first_name) == 1 or len(second_name) == 1:
        single, other = (first_name, second_name) if len(first_name) == 1 else (second_name, first_name)
        return None if any(close(single[0], word) for word in other) else False
    if len(first_name) > len(second_name):
        first_name, second_name = second_name, first_name
    given = _given(first_name[0], second_name[0])
    if (
        first_name[0] == second_name[0] and first_name[0] in FAMILY_KEYS
    ):  # one letter makes Kim Jong-un and Kim Jong-in two people
        return _sounds(first_name[1:]) == _sounds(second_name[1:]) or set(first_name[1:]) <= set(second_name[1:])
    if given is False and _variants(first_name, second_name):
        return True if _is_rare(first_name[-1]) else None
    if not given:
        return None if given is None and close(first_name[-1], second_name[-1]) else False
    rest = iter(second_name[1:])  # middle names and second surnames may be left out, in order
    return all(any(close(word, candidate) for candidate in rest) for word in first_name[1:])


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


def _variants(name: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two names of one surname have forms of one given name: Volodymyr and Vladimir."""
    return close(name[-1], two[-1]) and VARIANT.get(name[0], "1") == VARIANT.get(two[0], "2")


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
