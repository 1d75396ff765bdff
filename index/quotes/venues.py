"""Pure: what an occasion is, whatever the language: "ante el Consejo de Seguridad de la ONU" and "at the UN Security Council".

The institutions and the kinds of occasion that news names all the time, by their English names (`Lexicon.institutions`,
`Lexicon.occasion_kinds`). Forms of up to three letters count in capitals only: "un" is an article in half of Europe.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.text.lexicon import Lexicon

NO_WORD = re.compile(r"[^\w-]+")
PARTS_OF_UN = frozenset(("security council", "general assembly"))
MEDIA = frozenset(("social media", "statement", "letter"))  # kinds that say by what means, not on what occasion


def venues(phrase: str, lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """(institutions, kinds of occasion) that a phrase names, by their English names.

    >>> venues("ante el Consejo de Seguridad de la ONU", "es") == venues("at the UN Security Council", "en")
    True
    >>> sorted(venues("lors du sommet de l'OTAN", "fr")[1])
    ['summit']
    """
    words = " ".join(NO_WORD.sub(" ", phrase.replace(".", "")).split())
    language = Lexicon(lang)
    institutions, kinds = _named(words, language.institutions), _named(words, language.occasion_kinds)
    return institutions | ({"un"} if institutions & PARTS_OF_UN else frozenset()), kinds


def is_gathering(venue: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a phrase names an institution or an occasion such as a summit or an interview; not so "on X", "in a letter"."""
    return bool(venue[0] or venue[1]) and not venue[1] & MEDIA


def same_place(a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two phrases of one day mean one occasion: a common institution, and no two kinds of occasion.

    What one of them names inside the other's institution must not differ: the Security Council is not the General Assembly.
    A common kind alone is too little: there are many interviews in a day.
    """
    other_kind = bool(a[1] and b[1] and not a[1] & b[1])
    return bool(a[0] & b[0]) and (a[0] <= b[0] or b[0] <= a[0]) and not other_kind


def _named(words: str, table: Mapping[str, str]) -> frozenset[str]:
    text, upper = f" {words.lower()} ", f" {words} "
    return frozenset(
        name for form, name in table.items() if (f" {form.upper()} " in upper if len(form) < 4 else f" {form} " in text)
    )
