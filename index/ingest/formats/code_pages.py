"""Which code page bytes without a label are in: told by the language that they then read as, or not told at all.

    bytes -> every code page of data/alphabets.toml -> its language -> how many of its letters that language writes
          -> the East Asian encodings, by charset-normalizer
          -> the one reading that is far better than any other, or None

That bytes can be decoded says nothing: a code page of one byte a character decodes anything. "Þirin" is what "Şirin" becomes in
the wrong one, and no language writes all of its letters.
"""

from __future__ import annotations

import codecs
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from index.text.fold import fold
from index.text.lexicon import Lexicon

SAMPLE = 6_000  # bytes that are looked at whole; of more, a hundred lines with letters beyond ASCII
FEWEST = 8  # letters of an East Asian script
SURE = 0.9  # of the letters beyond ASCII
UNLIKELY = 0.3
LEAD = 0.15  # of a reading over the next one, which differs in its letters
CHAOS = 0.05  # of charset-normalizer, at most
_ACCENTED = "À-ÖØ-ÞŠŒŽŸĄĆĘŁŃŚŹŻ"
_CAPITAL_INSIDE = re.compile(f"(?<=[a-zß-öø-ÿ])[{_ACCENTED}](?![A-Z{_ACCENTED}])")  # or at the end: "fermÈ"
_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[¶¦¬±¤×÷]|[¶¦¬±¤×÷](?=[^\W\d_])")  # "¶więta"
_MARKS = frozenset("\u00a0\u00ad°·€£§©®™…†‡•«»‹›“”„‘’‚–—―¿¡ªº½²³")


def decoded(data: bytes, lang: str = "") -> str | None:
    """The text, where one reading is plainly the right one. `lang`: what the document says it is written in."""
    sample = (
        data if len(data) <= SAMPLE else b"\n".join(islice((line for line in data.split(b"\n") if not line.isascii()), 100))
    )
    readings = sorted(_readings(sample, lang), key=lambda reading: -reading[0])
    if not readings:
        return None
    sure, page, text = readings[0]
    rival = next((other for other, _, words in readings if _letters(words) != _letters(text)), 0.0)
    if sure < SURE or sure - rival < LEAD:
        return None
    try:
        return data.decode(page)
    except UnicodeError:
        return None


def _readings(sample: bytes, lang: str) -> Iterator[tuple[float, str, str]]:
    """(how sure, code page, the sample read by it)."""
    for page in _pages():
        try:
            text = sample.decode(page)
        except UnicodeError:
            continue
        yield _fit(text, lang), page, text
    if east := _east_asian(sample, lang):
        yield east


def _fit(text: str, lang: str) -> float:
    """The share of its letters beyond ASCII that the language of the text writes; much less where it has capitals or signs
    inside words, or capitals everywhere, as KOI8 read as Windows-1251, or no function word, as Russian read as Greek."""
    from index.text.language import identify

    lang = lang or identify(text)
    seen = [char for char in text if char > "\x7f" and char not in _MARKS]
    own = sum(char.lower() in _alphabets().get(lang, ()) for char in seen)
    words = text.lower().split()
    function_words = Lexicon(lang).stopwords
    odd = bool(_CAPITAL_INSIDE.search(text) or _SIGN_INSIDE.search(text))
    odd = odd or sum(map(str.isupper, text)) > sum(map(str.islower, text))
    silent = bool(function_words) and not any(fold(word) in function_words for word in words)
    return own / len(seen) - UNLIKELY * (odd + silent) if seen else 0.0


def _east_asian(sample: bytes, lang: str) -> tuple[float, str, str] | None:
    from charset_normalizer import from_bytes

    known = _data()["east_asian"]
    if lang and lang not in known:
        return None
    pages = [codecs.lookup(page).name for page in " ".join([known[lang]] if lang else known.values()).split()]
    matches = [match for match in from_bytes(sample, cp_isolation=pages) if match.encoding in pages]
    if not matches or matches[0].chaos > CHAOS or any(match.chaos - matches[0].chaos < CHAOS / 2 for match in matches[1:]):
        return None
    text = str(matches[0])
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return (wide / sum(char > "\x7f" for char in text) if wide >= FEWEST else 0.0), matches[0].encoding, text


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


@cache
def _pages() -> tuple[str, ...]:
    rows = _data()["code_pages"].values()
    return tuple(dict.fromkeys(page for row in rows for page in row.split()))


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    return {lang: frozenset(letters) for lang, letters in _data()["letters"].items()}


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("index.text").joinpath("data/alphabets.toml").read_text("utf-8"))
