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
SPEAKERS = 2000  # statements whose speakers are looked through for one that was meant
SHOWN = 8  # names listed where nothing is near


def code(lang: str) -> str:
    """The code of a language given by its code or by its name in a language that we write: "English", "inglés" -> "en"."""
    plain = lang.strip().lower()
    if len(plain) <= 3 or "-" in plain:
        return plain
    from babel import Locale

    from bot.phrases import languages

    words = fold(plain)
    every = ((name, code) for ours in languages() for code, name in Locale(ours).languages.items())
    return next((code for name, code in every if fold(str(name)) == words), plain)


def check(index: Index, langs: Iterable[str], outlets: Iterable[str]) -> None:
    """Raises SettingsError, with what was meant, for a language or an outlet that no article of a library has."""
    from bot.phrases import language_name

    if index.empty:
        return
    stats = index.stats()
    for lang in langs:
        if code(lang) not in stats.languages:
            present = [code for code in stats.languages if code]
            named = f" ({name})" if (name := language_name(code(lang))) else ""
            raise SettingsError(f"no article is in '{lang}'{named}; {_meant(lang, _names(present), present)}")
    for outlet in outlets:
        if not index.matching(outlet=outlet):
            present = [name for name in stats.outlets if name]
            names = {word: name for name in present for word in fold(name).split() if len(word) > 3}
            names |= {fold(name): name for name in present}
            raise SettingsError(f"no article is of the outlet '{outlet}'; {_meant(outlet, names, present)}")


def speaker_meant(index: Index, speaker: str) -> str:
    """; did you mean somebody whose words a library has? "" where no name there is like it."""
    words = fold(speaker)
    said = {one.speaker_resolved for one in index.quotes(limit=SPEAKERS) if one.speaker_resolved} if words else set()
    names = {word: name for name in sorted(said) for word in fold(name).split() if len(word) > 3}
    names |= {fold(name): name for name in said}
    near = get_close_matches(words, names, n=1, cutoff=NEAR)
    return f"; did you mean '{names[near[0]]}'?" if near and near[0] != words else ""


def _meant(value: str, names: dict[str, str], present: list[str]) -> str:
    """What was meant, else what there is."""
    words = fold(value)
    near = get_close_matches(words, names, n=1, cutoff=NEAR)
    near = near or [name for name in names if len(words) > 2 and name.startswith(words)]
    if near:
        return f"did you mean '{names[near[0]]}'?"
    more = f" and {len(present) - SHOWN} more" if len(present) > SHOWN else ""
    return f"there are: {', '.join(present[:SHOWN])}{more}" if present else "none is known of any article"


def _names(codes: list[str]) -> dict[str, str]:
    """Their names in the languages that we write, folded -> the codes."""
    from babel import Locale

    from bot.phrases import languages

    named = {fold(str(Locale(ours).languages.get(code, code))): code for ours in languages() for code in codes}
    return named | {code: code for code in codes}
