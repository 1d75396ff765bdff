"""Our own words, one file a language: everything else that is shown is an article's, or a model's.

    say("late", "de", seconds=60)     -> "es wurde nicht in 60 s fertig."
    count("event", "fr", 3)           -> "3 événements"

A language is added with its file: `LANG.toml`, the keys and `$variables` of `en.toml` in the words of that language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Template

DEFAULT = "en"


def say(key: str, lang: str, **values: object) -> str:
    """A phrase in a language, English where we have none, with its $values filled in. KeyError where one is missing."""
    return Template(phrases(lang if lang in languages() else DEFAULT)[key]).substitute(values)


def count(key: str, lang: str, number: int) -> str:
    """A number of things: "1 event", "3 events". `key` is the singular's."""
    return say(key, lang) if number == 1 else say(f"{key}s", lang, n=number)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that we write, English first."""
    codes = sorted(file.name.removesuffix(".toml") for file in files(__name__).iterdir() if file.name.endswith(".toml"))
    return (DEFAULT, *(code for code in codes if code != DEFAULT))


@cache
def phrases(lang: str) -> Mapping[str, str]:
    """All phrases of a language that we write: key -> text with $variables."""
    return tomllib.loads((files(__name__) / f"{lang}.toml").read_text(encoding="utf-8"))


def language_name(lang: str) -> str:
    """The English name of a language: "de" -> "German"; "" for a code that is none."""
    from babel import Locale

    return str(Locale("en").languages.get(lang, ""))
