"""Whether the library has what a filter names, and what was meant where it has not: "klingon", "Karsund Courrier"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from index.errors import SettingsError
from index.text.fold import fold

if TYPE_CHECKING:
    from index.index import Index

NEAR = 0.7  # likeness of letters, from which a name may be meant
SHOWN = 8  # names listed where nothing is near


def check(index: Index, langs: Iterable[str], outlets: Iterable[str]) -> None:
    """Raises SettingsError, with what was meant, for a language or an outlet that no article of a library has."""
    if index.empty:
        return
    stats = index.stats()
    for lang in langs:
        if lang.lower() not in stats.languages:
            present = [code for code in stats.languages if code]
            raise SettingsError(f"no article is in '{lang}'; {_meant(lang, _names(present), present)}")
    for outlet in outlets:
        if not index.matching(outlet=outlet):
            present = [name for name in stats.outlets if name]
            names = {word: name for name in present for word in fold(name).split() if len(word) > 3}
            names |= {fold(name): name for name in present}
            raise SettingsError(f"no article is of the outlet '{outlet}'; {_meant(outlet, names, present)}")


def _meant(value: str, names: dict[str, str], present: list[str]) -> str:
    """What was meant, else what there is."""
    words = fold(value)
    near = get_close_matches(words, names, n=1, cutoff=NEAR)
    if near:
        return f"did you mean '{names[near[0]]}'?"
    more = f" and {len(present) - SHOWN} more" if len(present) > SHOWN else ""
    return f"there are: {', '.join(present[:SHOWN])}{more}" if present else "none is known of any article"


def _names(codes: list[str]) -> dict[str, str]:
    """The names of languages, folded, in those that we write -> their codes."""
    from babel import Locale

    from bot.phrases import languages

    named = {fold(str(Locale(ours).languages.get(code, code))): code for ours in languages() for code in codes}
    return named | {code: code for code in codes}
