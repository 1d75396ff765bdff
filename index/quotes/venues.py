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


def same_place(a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two phrases may mean one occasion: a common institution, and if neither names one, a common kind.

    What one of them names inside the other's institution must not differ: the Security Council is not the General Assembly.
    """
    if a[0] and b[0]:
        return bool(a[0] & b[0]) and (a[0] <= b[0] or b[0] <= a[0])
    return not (a[0] or b[0]) and bool(a[1] & b[1])


def _named(words: str, table: Mapping[str, str]) -> frozenset[str]:
    text, upper = f" {words.lower()} ", f" {words} "
    return frozenset(
        name for form, name in table.items() if (f" {form.upper()} " in upper if len(form) < 4 else f" {form} " in text)
    )
