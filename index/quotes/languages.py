"""The table of words of each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from index.quotes.cues import Language
from index.quotes.english import english
from index.quotes.others import arabic, german, russian
from index.quotes.romance import french, italian, portuguese, spanish

_BUILD: dict[str, Callable[[], Language]] = {
    "en": english, "es": spanish, "fr": french, "pt": portuguese, "it": italian, "de": german, "ru": russian, "ar": arabic,
}  # fmt: skip


@cache
def language(tag: str) -> Language:
    """The table of a language; one with only quotation marks to go by where there is none."""
    return _BUILD[tag]() if tag in _BUILD else Language(cues={})
