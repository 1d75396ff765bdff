"""Pure: the names in a text, and whether two spellings are one name; and the words that carry meaning.

names_in("What did Blinken say at the UN?", "en")  ->  ("Blinken", "UN")
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from index.text.fold import UNSEEN, fold
from index.text.language import BEYOND_LATIN
from index.text.lexicon import Lexicon, languages
from index.text.person_names import INNER_PARTICLES, without_article
from index.text.terms import UNSPACED, romanised, skeleton, terms

WORD = re.compile(rf"[{UNSPACED}]+|\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:(?:['’‐‑-]|[{UNSEEN}]+)[^\W_]+)*")
JOINED = re.compile("['’-]")  # between the parts of one word: "qu'a-t-il"
CAPITALISED = r"[A-ZÀ-Þ][\w'’-]*"
SHORT = 3  # consonants that many names have in this order: Torvay, Trofeo
SOUNDS_ALIKE = 0.65  # likeness with their vowels, from which names of so few consonants are one
_SENTENCE_STARTS = (*'.!?…:;¿¡"“”«»„‘([–—-', "")  # behind which, and behind nothing, a sentence begins


@lru_cache(maxsize=20_000)
def content_stems(text: str, lang: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(terms(text, lang))


@lru_cache(maxsize=5_000)
def names_in(text: str, lang: str = "") -> tuple[str, ...]:
    """Words of the text that look like names, once each, as written: capitalised inside a sentence, or all capitals.

    A capital at the start of a sentence counts only before another capital, since any word has one there. In German, where
    nouns have one too, a word counts if no article, number or adjective stands before it. None in scripts without capitals.
    """
    lexicon, names = Lexicon(lang), dict[str, None]()
    other = _no_names(lang)
    tokens = list(WORD.finditer(text))
    for i, match in enumerate(tokens):
        word = re.sub(r"['’]s?$", "", match.group())
        if not _capital(word) or fold(word) in other:
            continue
        if len(word) == 1 and i + 1 < len(tokens) and not _capital(tokens[i + 1].group()):
            continue
        if not word.isupper() and text[: match.start()].rstrip()[-1:] in _SENTENCE_STARTS:
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            if not (after and text[match.end() : after.start()] == " " and _capital(after.group())):
                continue
        if lexicon.capital_nouns and i and not word.isupper():
            before = tokens[i - 1].group()
            if not _capital(before) and lexicon.before_nouns.fullmatch(fold(before)):
                continue
        names[word] = None
    return tuple(names)


def full_names(text: str, lang: str) -> list[str]:
    """The names of several words in a text, as they stand there.

    >>> full_names("In Lyon, Mara Olsen met Ursula von der Leyen and Lavrov.", "en")
    ['Mara Olsen', 'Ursula von der Leyen']
    """
    named = names_in(text, lang)
    runs = (match.group() for match in person(lang).finditer(text))
    return [run for run in runs if " " in run and all(word in named for word in (run.split()[0], run.split()[-1]))]


@cache
def person(lang: str) -> re.Pattern[str]:
    """ "Lavrov", "Ursula von der Leyen": up to four words with capitals, and what a name has between them."""
    links = "|".join(map(re.escape, sorted({*Lexicon(lang).name_links, *INNER_PARTICLES})))
    return re.compile(rf"{CAPITALISED}(?: (?:(?:{links}) ){{0,2}}{CAPITALISED}){{0,3}}")


@cache
def _no_names(lang: str) -> frozenset[str]:
    """Words with a capital that are no names: stop words, months and weekdays (of all languages where it is not known)."""
    known = [Lexicon(code) for code in ([lang] if lang else languages())]
    return Lexicon(lang).stopwords.union(*(words for lexicon in known for words in (lexicon.months, lexicon.weekdays)))


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0] in "’'" and word[1:2].isupper()) or without_article(word)[0].isupper()


@lru_cache(maxsize=50_000)
def same_name(name: str, other: str, *, same_lang: bool) -> bool:
    """Whether two words can be one name: other spelling, accents, alphabet, an ending or a word glued behind it.

    >>> same_name("Pyongyang", "Pionyang", same_lang=False), same_name("Lavrov", "Lavrovhas", same_lang=True)
    (True, True)
    """
    a, b = without_article(fold(name)), without_article(fold(other))
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and long.startswith(short):
        return True
    x, y = skeleton(a), skeleton(b)
    if x == y and min(len(a), len(b)) >= 4:
        return len(x) > SHORT or SequenceMatcher(None, romanised(a), romanised(b)).ratio() >= SOUNDS_ALIKE
    if same_lang:
        return False
    x, y = (key.replace("c", "k") for key in (x, y))
    least = 3 if (a[0] < BEYOND_LATIN) == (b[0] < BEYOND_LATIN) else 4  # an alphabet without vowels has many such words
    return min(len(x), len(y)) >= least and max(len(x), len(y)) > least and x[0] == y[0] and _one_edit(x, y)


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
    words = [match.group() for match in WORD.finditer(text)]
    large = dict.fromkeys(fold(part) for word in words if not without_article(word)[0].islower() for part in _parts(word))
    return tuple(large), frozenset(fold(word.replace(".", "")) for word in words)


def _parts(word: str) -> list[str]:
    return [word, *re.split(r"['’-]", word)] if re.search(r"['’-]", word) else [word]
