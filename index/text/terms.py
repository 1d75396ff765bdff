"""Pure: text -> the keys of the lexical index, for writing and for asking.

    text -> words -> terms   stems of one language; they are compared inside that language
                  -> names   spelling-proof keys of names and numbers; comparable across languages and alphabets
                  -> keys    both, distinct, each term marked with its language

>>> terms("The ministers met in Pyongyang.", "en")
['minist', 'met', 'pyongyang']
>>> names("Serguéi Lavrov llegó a Pionyang", "es") == names("Sergey Lavrov was in Pyongyang", "en")
True
>>> keys("Ministers met", "en")
['en·met', 'en·minist', '§mnstrs']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from index.text.fold import OTHER_FORM, UNSEEN, fold, same_form
from index.text.lexicon import Lexicon

if TYPE_CHECKING:
    import Stemmer

VERSION = "5"  # to be raised when `terms`, `names` or `repair.splits` give something else: libraries then remake their index
MOST = 60_000  # tokens a language whose keys are remembered: 10 MB
NAME = "§"  # marks a name's key, where a term's has its language

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
"""Snowball's algorithms by language (snowballstem.org). A language without one is indexed by its folded words."""

# Scripts written without spaces, and Hangul, whose particles stick to the noun: indexed as character bigrams.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and Han
    "\uac00-\ud7af\U00020000-\U0003ffff"  # Hangul, rare Han
)
NUMBER = r"\d+(?:[.,]\d+)*"
INITIALS = r"(?:[^\W\d_]{1,2}\.){2,}"  # U.N., EE.UU.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0dff"  # written on letters, and inside the words of Indic scripts
TOKEN = re.compile(rf"[{UNSPACED}]+|{NUMBER}|{INITIALS}|(?:(?![{UNSPACED}])[^\W_][{MARKS}]*)+")
# The same where none of these characters occurs, which most texts of Europe show at one look: six times as fast.
RARE = re.compile(f"[{UNSPACED}{MARKS}]")
PLAIN = re.compile(rf"{NUMBER}|{INITIALS}|[^\W_]+")
ODD = re.compile(f"[{UNSEEN}{OTHER_FORM}\u1100-\u11ff]")  # what hides a word, or is another form of its letters
RUN = re.compile(f"[{UNSPACED}]")


def keys(text: str, lang: str = "") -> list[str]:
    """What the index keeps of a passage: its distinct terms, "en·minist", and names, "§lfrf", sorted.

    A key has no white space and no ASCII punctuation: joined by spaces, they pass FTS5's `ascii` tokenizer unharmed.
    """
    return sorted(key_set(text, lang))


def key_set(text: str, lang: str = "") -> set[str]:
    """The same, as they come."""
    return set(chain.from_iterable(map(_known_keys(lang).__getitem__, set(_tokens(text)))))


def question_keys(text: str, langs: Iterable[str]) -> dict[str, str]:
    """Key -> its language, or NAME, of what a question is looked up by. `langs`: its own, or all there are if it is not known.

    A question without a capital letter may still name somebody: then any of its words may be a name.
    """
    keys: dict[str, str] = {}
    for lang in langs:
        keys |= {f"{lang}·{term}": lang for term in terms(text, lang)}
        asked = text if any(c.isupper() for c in text) else capitalised(text)
        keys |= {NAME + name: NAME for name in names(asked, lang)}
    return keys


def capitalised(text: str) -> str:
    """A text with a capital on each word: then any of them may be a name."""
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def asks_what_was_said(question: str, lang: str = "") -> bool:
    """Whether a short question is about somebody's words: "What did Lavrov say?", "¿Qué dijo Blinken en la ONU?".

    There the name is nearly all there is to look for; in a longer one, or in a headline ("X says …"), the rest says more. What
    is asked for comes before the verb: "Corea dice que no" is a headline, and its "que" no question.
    """
    lexicon = Lexicon(lang or "en")
    speech, what = lexicon.question_speech, lexicon.question_what
    if RUN.search(question):
        return any(word in question for word in speech) and any(word in question for word in what)
    words = [fold(word) for word in re.findall(r"\w+", question)]
    asked = next((i for i, word in enumerate(words) if word in what), len(words))
    return len(set(words)) <= SHORT and not speech.isdisjoint(words[asked:])


def terms(text: str, lang: str = "") -> list[str]:
    """Stems in the order of the text, stop words dropped, repetitions kept. `lang` is a BCP 47 primary tag."""
    return [term for token in _tokens(text) for term in _terms(token, lang)]


def names(text: str, lang: str = "") -> list[str]:
    """Keys of names and numbers, in the order of the text: equal for the spellings one name has in other languages.

    A name is a word with a capital letter; in an alphabet without capitals, any word. Stop words are no names.
    """
    return [name for token in _tokens(text) if (name := _name(token, lang))]


def _tokens(text: str) -> list[str]:
    """Words, numbers, initials, and runs of scripts without spaces, as they stand in the text."""
    if not text.isascii() and ODD.search(text):
        text = same_form(text.replace("\u200c", " "))
    tokens: list[str] = (PLAIN if text.isascii() or not RARE.search(text) else TOKEN).findall(text)
    return tokens


class _Known(dict[str, tuple[str, ...]]):
    """Token -> its keys in one language, made at the first look: news says most of its words again and again.

    A dict, because `map` over its items takes a third of the time of calls to a remembering function.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) >= MOST:
            self.clear()
        keys = self[token] = _keys(token, self.lang)
        return keys


_known_keys = cache(_Known)


def _keys(token: str, lang: str) -> tuple[str, ...]:
    """The keys of one token."""
    if token.isascii() and token.islower() and token.isalpha():  # a word and no name, as most are
        stem = _stem(token, lang)
        return () if stem in Lexicon(lang).stopwords else (f"{lang}·{stem}",)
    name = _name(token, lang)
    return (*(f"{lang}·{term}" for term in _terms(token, lang)), *((NAME + name,) if name else ()))


def _terms(token: str, lang: str) -> list[str]:
    if RUN.match(token):
        return _bigrams(token)
    if token[0].isdecimal():
        return [_digits(token)]
    if "." in token:
        return [fold(token.replace(".", ""))]
    stem = _stem(token.lower(), lang)
    return [] if not stem or stem in Lexicon(lang).stopwords else [stem]


def _name(token: str, lang: str) -> str:
    """The key of a name or number, "" if the token is neither."""
    if RUN.match(token):
        return ""
    if token[0].isdecimal():
        return _digits(token)
    if "." in token:
        return fold(token.replace(".", ""))
    return skeleton(token) if token[0] == token[0].upper() and fold(token) not in Lexicon(lang).stopwords else ""


SHORT = 10  # distinct words


_PUNCTUATION = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\s]+")


def _bare(word: str) -> str:
    """The folded word without the punctuation that folding may bring in: "🄀" is "0.", "ŉ" is "'n"."""
    return _PUNCTUATION.sub("", fold(word))


def _stem(word: str, lang: str) -> str:
    """The stem of a lower-case word, folded; a stop word as it is."""
    plain = word.isascii()
    folded = word if plain else _bare(word)
    stemmer = _stemmer(lang)
    if stemmer is None or folded in Lexicon(lang).stopwords:
        return folded
    stem: str = stemmer.stemWord(word if plain else unicodedata.normalize("NFC", word))
    return stem if plain else _bare(stem)


@cache
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    """One stemmer a language; its own cache is off, because ours is shared by all of them."""
    import Stemmer

    return Stemmer.Stemmer(STEMMERS[lang], 0) if lang in STEMMERS else None


def _bigrams(run: str) -> list[str]:
    run = unicodedata.normalize("NFKC", run)
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _digits(number: str) -> str:
    """Thousands separators differ by language: "1,200" and "1.200" are both "1200". Any script's digits."""
    return "".join(str(unicodedata.decimal(c)) for c in number if c.isdecimal())


# Letters of other alphabets by the sound most romanisations give them. Vowels only matter at the start of a word.
ALPHABETS = (
    "а=a б=b в=v г=g ґ=g д=d е=e э=e є=e ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch "
    "ш=sh щ=sh ы=i ю=u я=a ь= ъ= "
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=h ψ=ps ω=o "
    "ا=a ب=b ت=t ث=th ج=j ح=h خ=h د=d ذ=d ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع= غ=g ف=f ق=k ك=k ل=l م=m ن=n ه=h و=u ي=i ء= "
    "پ=p چ=ch ژ=zh گ=g ڤ=v "
    "א=a ב=b ג=g ד=d ה=h ו=u ז=z ח=h ט=t י=i כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=f צ=ts ץ=ts ק=k ר=r ש=sh ת=t"
)
LATIN = str.maketrans(dict(pair.split("=") for pair in ALPHABETS.split()))
# Spellings of one sound in the languages of the Latin alphabet, applied from left to right.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^al(?=[a-z]{4})|(?<=[aeiou])h(?![aeiou])", ""),  # the Arabic article; a silent h
        (r"tsch|tch|sch|sh|ch|cz|sz|tj", "x"),
        (r"ph|v|w", "f"),
        (r"gu(?=[eiy])|gh", "g"),
        (r"kh|^j(?=[aou])", "h"),
        (r"th", "t"),
        (r"qu|q|ck|c(?![eiy])", "k"),
        (r"zh", "j"),
        (r"ts|tz|c|z|ss", "s"),
        (r"x(?=[aeiouy]|$)", "x"),
        (r"ng", "n"),
        (r"(?<=[aeiouy])j|j(?=[^aeiouy]|$)", ""),  # Sergej, Selenskyj
        (r"(.)\1+", r"\1"),
        (r"^[aeiouy]+", "a"),
        (r"(?<!^)[aeiouyh]", ""),
    )
]


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a name as most languages would write them: "Pionyang", "Pyongyang", "Пхеньян" -> one key.

    A key of fewer than three letters says too little: the folded, romanised word is returned instead.
    """
    key = romanised(word)
    for pattern, sound in SOUNDS:
        key = pattern.sub(sound, key)
    return key if len(key) >= 3 else romanised(word)


def romanised(word: str) -> str:
    """A word in small Latin letters without accents."""
    return _bare(word).translate(LATIN)
