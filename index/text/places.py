"""Pure: countries, capitals and organisations under the names that other languages give them.

    codes("Lavrov llegó a Corea del Norte") == codes("the North Korean capital") == {"KP"}

Only what spelling alone does not show (`names.same_name` takes Pionyang for Pyongyang by itself): in English, Spanish, French,
German and Portuguese (data/countries.toml), and in the language of the text, if its file has them. An adjective stands for its
country: "the Russian minister" is "el ministro ruso".
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.text.fold import fold
from index.text.lexicon import Lexicon

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_Word = tuple[str, bool, bool]  # folded, any ending, in capitals


@dataclass(frozen=True, slots=True)
class Place:
    """A place or organisation named in a text."""

    start: int  # code points
    end: int
    code: str


@lru_cache(maxsize=20_000)
def places(text: str, lang: str = "") -> tuple[Place, ...]:
    """The places of a text in `lang` that the tables know, in its order, the longest name at each spot.

    >>> [(p.code, "el ministro ruso en Pionyang"[p.start : p.end]) for p in places("el ministro ruso en Pionyang")]
    [('RU', 'ruso'), ('KP/pyongyang', 'Pionyang')]
    """
    return _found(text, _table(lang))


@lru_cache(maxsize=20_000)
def lands(text: str, lang: str = "") -> Mapping[str, int]:
    """Country -> how often a text names it, its people, or one of its regions, cities or institutions (data/regions.toml).

    >>> lands("Texas sues the White House"), lands("a bus in Wales", "en")
    ({'US': 2}, {'GB': 1})
    """
    inside = [place for place in _found(text, _regions()) if text[place.start].isupper()]  # Montana, not "montaña"
    known = [p for p in places(text, lang) if not any(p.start < other.end and other.start < p.end for other in inside)]
    return dict(Counter(place.code.partition("/")[0] for place in (*known, *inside)))


def _found(text: str, table: Mapping[str, list[tuple[tuple[_Word, ...], str]]]) -> tuple[Place, ...]:
    tokens = [(m.start(), m.end(), m[0].replace(".", "")) for m in _WORD.finditer(text.replace("’", "'"))]
    words = [(word, fold(word)) for *_, word in tokens]
    named: list[Place] = []
    i = 0
    while i < len(tokens):
        size, found = 0, ""
        for name, code in table.get(words[i][1][:2], ()):
            if size < len(name) <= len(words) - i and all(map(_fits, name, words[i : i + len(name)])):
                size, found = len(name), code
        if size:
            named.append(Place(tokens[i][0], tokens[i + size - 1][1], found))
        i += max(1, size)
    return tuple(named)


def codes(text: str, lang: str = "") -> frozenset[str]:
    """What a text names, a city with its country.

    >>> sorted(codes("talks in Pyongyang"))
    ['KP', 'KP/pyongyang']
    """
    codes_here = {place.code for place in places(text, lang)}
    return frozenset(codes_here | {code.partition("/")[0] for code in codes_here})


def without(text: str, lang: str = "") -> str:
    """The text with every known place blanked out, of the same length."""
    for place in places(text, lang):
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def _fits(want: _Word, word: tuple[str, str]) -> bool:
    """Whether a word, as written and folded, is one of a name."""
    name, any_ending, capitals = want
    written, folded = word
    if capitals:
        return written == name
    return folded.startswith(name) if any_ending else folded == name


@cache
def _table(lang: str) -> dict[str, list[tuple[tuple[_Word, ...], str]]]:
    """First two letters -> (words of the name, code)."""
    return _entries((*_file("countries").items(), *Lexicon(lang).places.items()))


@cache
def _regions() -> dict[str, list[tuple[tuple[_Word, ...], str]]]:
    """The same of the regions, cities and institutions."""
    return _entries(_file("regions").items())


def _file(name: str) -> dict[str, str]:
    return tomllib.loads((files("index.text") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _entries(names: Iterable[tuple[str, str]]) -> dict[str, list[tuple[tuple[_Word, ...], str]]]:
    table: dict[str, list[tuple[tuple[_Word, ...], str]]] = {}
    for code, line in names:
        for written in line.replace("\n", " ").strip().split(", "):
            parts = re.findall(r"[^\s'-]+", written)
            name = tuple((_comparable(p.rstrip("*")), p.endswith("*"), p.isupper() and p.isalpha()) for p in parts)
            entry = table.setdefault(fold(name[0][0])[:2], [])
            if (name, code) not in entry:
                entry.append((name, code))
    return table


def _comparable(name: str) -> str:
    """A name to be looked up; capitals have to be capitals."""
    return name if name.isupper() else fold(name)
