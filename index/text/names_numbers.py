"""Pure: what a question and a sentence have in common across languages: names, numbers and dates.

    numbers("más de mil contenedores", "es") == numbers("more than 1,000 containers", "en")
    names("What did Blinken say at the UN?", "en") == ("Blinken", "UN")

Word lists are small and general: numerals, months and weekdays, in the languages of our own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from index.text.fold import fold
from index.text.stopwords import STOP
from index.text.terms import UNSPACED, skeleton, terms

WORD = re.compile(rf"[{UNSPACED}]+|\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;¿¡\"“”«»„‘(\[–—-])\s*$")


@lru_cache(maxsize=20_000)
def content(text: str, lang: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(terms(text, lang))


# Names ------------------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=5_000)
def names(text: str, lang: str = "") -> tuple[str, ...]:
    """Words of the text that look like names, once each, as written: capitalised inside a sentence, or all capitals.

    A capital at the start of a sentence counts only before another capital, since any word has one there. In German, where
    nouns have one too, a word counts if no article, number or adjective stands before it. None in scripts without capitals.
    """
    found: dict[str, None] = {}
    tokens = list(WORD.finditer(text))
    for i, match in enumerate(tokens):
        word = re.sub(r"['’]s?$", "", match.group())
        if not _capital(word) or fold(word) in STOP.get(lang, ()) or {fold(word), fold(word).removesuffix("s")} & _CALENDAR:
            continue
        if len(word) == 1 and i + 1 < len(tokens) and not _capital(tokens[i + 1].group()):
            continue
        if _SENTENCE_START.search(text[: match.start()]) and not word.isupper():
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            if not (after and text[match.end() : after.start()] == " " and _capital(after.group())):
                continue
        if lang == "de" and i and not word.isupper():
            before = tokens[i - 1].group()
            if not _capital(before) and (before[-2:] in _GERMAN_ENDINGS or fold(before) in _GERMAN_BEFORE_NOUNS):
                continue
        found[word] = None
    return tuple(found)


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0] in "’'" and word[1:2].isupper())


_GERMAN_ENDINGS = ("en", "er", "es", "em")  # of adjectives and articles
_GERMAN_BEFORE_NOUNS = frozenset(
    [
        "viele",
        "wieviele",
        "welche",
        "die",
        "das",
        "eine",
        "ein",
        "beim",
        "zum",
        "zur",
        "im",
        "am",
        "vom",
        "ohne",
        "seine",
        "ihre",
        "keine",
    ]
)


def same_name(one: str, other: str, *, same_lang: bool) -> bool:
    """Whether two words can be one name: other spelling, accents, alphabet, an ending or a word glued behind it.

    >>> same_name("Pyongyang", "Pionyang", same_lang=False), same_name("Lavrov", "Lavrovhas", same_lang=True)
    (True, True)
    """
    a, b = fold(one), fold(other)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and long.startswith(short):
        return True
    x, y = skeleton(a), skeleton(b)
    if x == y and min(len(a), len(b)) >= 4:
        return True
    if same_lang:
        return False
    x, y = (key.replace("c", "k") for key in (x, y))
    return min(len(x), len(y)) >= 3 and max(len(x), len(y)) >= 4 and x[0] == y[0] and _one_edit(x, y)


def _one_edit(x: str, y: str) -> bool:
    if abs(len(x) - len(y)) > 1:
        return False
    i = next((i for i, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))
    return x[i + 1 :] == y[i + 1 :] or x[i:] == y[i + 1 :] or x[i + 1 :] == y[i:]


def holds_name(name: str, text: str, *, same_lang: bool) -> bool:
    """Whether a text has the name. In a script with capitals only a capitalised word of the text can be it."""
    folded = fold(name)
    capitalised, every = _spellings(text)
    if any(same_name(folded, part, same_lang=same_lang) for part in capitalised):
        return True
    return name.isupper() and fold(name.replace(".", "")) in every


@lru_cache(maxsize=5_000)
def _spellings(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """What the words of a text are as names, folded: those that do not begin with a small letter; all, without points."""
    found = [match.group() for match in WORD.finditer(text)]
    large = dict.fromkeys(fold(part) for word in found if not word[0].islower() for part in _parts(word))
    return tuple(large), frozenset(fold(word.replace(".", "")) for word in found)


def _parts(word: str) -> list[str]:
    return [word, *re.split(r"['’-]", word)] if re.search(r"['’-]", word) else [word]


# Numbers and dates -----------------------------------------------------------------------------------------------------------

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt",
    "de": "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "pt": "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito "
    "dezenove vinte",
}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth",
    "es": "primera segunda tercera cuarta quinta sexta septima octava novena decima",
    "fr": "premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme",
    "de": "erste zweite dritte vierte funfte sechste siebte achte neunte zehnte",
    "pt": "primeira segunda terceira quarta quinta sexta setima oitava nona decima",
}
_MANY = {
    "en": {
        "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred":
        100, "hundreds": 100, "thousand": 1000, "thousands": 1000, "million": 10**6, "millions": 10**6, "billion":
        10**9, "dozen": 12,
    },
    "es": {
        "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
        "cien": 100, "ciento": 100, "cientos": 100, "mil": 1000, "miles": 1000, "millon": 10**6, "millones": 10**6,
        "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
        "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900, "primer":
        1, "tercer": 3, "docena": 12,
    },
    "fr": {
        "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
        "milliers": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "premier": 1,
        "une": 1,
    },
    "de": {
        "ein": 1, "eine": 1, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig":
        80, "neunzig": 90, "hundert": 100, "tausend": 1000, "tausende": 1000, "million": 10**6, "millionen": 10**6,
        "milliarde": 10**9, "milliarden": 10**9,
    },
    "pt": {
        "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90,
        "cem": 100, "cento": 100, "duzentos": 200, "duzentas": 200, "trezentos": 300, "quatrocentos": 400,
        "quinhentos": 500, "mil": 1000, "milhares": 1000, "milhao": 10**6, "milhoes": 10**6, "duas": 2, "bilhoes":
        10**9,
    },
}  # fmt: skip
NUMERALS: dict[str, dict[str, int]] = {
    lang: {word: n for n, word in enumerate(words.split()) if n != 1 or lang == "en"}
    | {
        word[:-1] + end: n
        for n, word in enumerate(_ORDINALS[lang].split(), 1)
        for end in {word[-1], "o" if word[-1] == "a" else word[-1]}
    }
    | _MANY[lang]
    for lang, words in _UNITS.items()
}
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
}
_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "pt": "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
}
MONTHS = {word: n for words in _MONTHS.values() for n, word in enumerate(words.split(), 1)}
WEEKDAYS = {word: n for words in _WEEKDAYS.values() for n, word in enumerate(words.split(), 1)}
_CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS)
_SCALE = {10**2, 10**3, 10**6, 10**9}
_ISO = re.compile(r"\b\d{4}-(\d\d)(?:-\d\d)?\b")


@lru_cache(maxsize=20_000)
def numbers(text: str, lang: str = "") -> frozenset[float]:
    """The values of the numerals of a text, in figures or words: "1,000" and "mil" and "1.000" are all 1000.

    "12.000" gives both 12000 and 12, because the language of the separator is not always known.
    """
    return frozenset(value for _, values in numerals(text, lang) for value in values)


@lru_cache(maxsize=20_000)
def numerals(text: str, lang: str = "") -> tuple[tuple[str, frozenset[float]], ...]:
    """Each numeral of a text as written, with its possible values: "1.5 million", "mil doscientos", "7 500" are one each."""
    table = NUMERALS.get(lang, {})
    runs: list[list[tuple[int, int, set[float], bool]]] = []  # neighbours: start, end, values, in figures
    for match in WORD.finditer(text):
        token = fold(match.group())
        figures = bool(re.fullmatch(r"\d+(?:[.,]\d+)*", token))
        if figures:
            values = _readings(token)
        elif token not in WEEKDAYS and (parts := [float(table[part]) for part in token.split("-") if part in table]):
            values = {_composed(parts)}
        else:
            continue
        gap = text[runs[-1][-1][1] : match.start()] if runs else "."
        if gap in (" ", "\u00a0", "\u202f") or (fold(gap).strip() in ("y", "e", "and", "et", "und") and not figures):
            runs[-1].append((match.start(), match.end(), values, figures))
        else:
            runs.append([(match.start(), match.end(), values, figures)])
    found: list[tuple[str, frozenset[float]]] = []
    for run in runs:
        piece = text[run[0][0] : run[-1][1]]
        values = set().union(*(of for *_, of, _ in run)) if len(run) == 1 else set()
        if len(run) > 1 and not run[0][3] and not any(figures for *_, figures in run):
            values.add(_composed([min(of) for *_, of, _ in run]))
        elif len(run) > 1 and run[0][3] and not any(figures for *_, figures in run[1:]):
            values |= {_composed([value, *(min(of) for *_, of, _ in run[1:])]) for value in run[0][2]}
        elif len(run) > 1:
            if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+", piece):
                values.add(float(re.sub(r"\D", "", piece)))
            values |= set().union(*(of for *_, of, _ in run))
        found.append((piece, frozenset(values)))
    return tuple(found)


def _composed(parts: Sequence[float]) -> float:
    """two hundred thousand -> 200000; mil doscientos -> 1200; 1.5 million -> 1500000."""
    total = current = 0.0
    for part in parts:
        if part >= 1000 and part in _SCALE:
            total, current = total + max(current, 1.0) * part if current or not total else total * part, 0.0
        elif part == 100 and current:
            current *= 100
        else:
            current += part
    return total + current


def _readings(token: str) -> set[float]:
    token = "".join(c if c in ".," else str(unicodedata.decimal(c)) for c in token)
    grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", token)
    values: set[float] = set()
    if grouped:
        mark = grouped[1]
        values.add(float(token.replace(mark, "").replace(",", ".")))
    if len(re.findall("[.,]", token)) <= 1:
        values.add(float(token.replace(",", ".")))
    return values or {float(re.sub("[.,]", "", token))}


@lru_cache(maxsize=20_000)
def months(text: str) -> frozenset[int]:
    """Months named in a text, by word or in an ISO date, 1 to 12."""
    found = {MONTHS[fold(m.group())] for m in WORD.finditer(text) if fold(m.group()) in MONTHS and _is_month(m.group())}
    return frozenset(found | {int(m[1]) for m in _ISO.finditer(text)})


def _is_month(word: str) -> bool:
    return fold(word) not in ("may", "march", "marco") or word[0].isupper() or "ç" in word


@lru_cache(maxsize=20_000)
def weekdays(text: str) -> frozenset[int]:
    """Weekdays named in a text, Monday is 1."""
    found = (_PART_OF_DAY.sub("", fold(m.group())) for m in WORD.finditer(text))
    return frozenset(WEEKDAYS[day] for word in found for day in (word, word.removesuffix("s")) if day in WEEKDAYS)  # Sundays


_PART_OF_DAY = re.compile(
    r"(?<=tag)s?(?:fruh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?$|(?<=mittwoch)s?(?:fruh|morgen|"
    r"vormittag|mittag|nachmittag|abend|nacht)s?$"
)  # Montagabend


_TIME = re.compile(
    r"\b(?:1[5-9]\d\d|20\d\d|today|yesterday|tomorrow|last|next|ago|weeks?|months?|years?|century|days?|night|"
    r"hoy|ayer|manana|pasad[oa]s?|proxim[oa]s?|semanas?|mes(?:es)?|anos?|siglos?|dias?|"
    r"hier|demain|aujourd|dernier|derniere|prochaine?|semaines?|mois|annees?|ans?|siecles?|jours?|"
    r"heute|gestern|morgen|vergangene[nrs]?|letzte[nrs]?|nachste[nrs]?|wochen?|monate?|jahre?n?|jahrhunderts?|tage?n?|"
    r"hoje|ontem|amanha|passad[oa]s?|seculos?)\b"
)


def has_time(text: str) -> bool:
    """Whether a text says when: a month, a weekday, a year, or a word such as "yesterday"."""
    return bool(months(text) or weekdays(text) or _TIME.search(fold(text)))
