"""Pure: speakers in scripts without capitals, where a name is told from an office only by what stands beside it.

Chinese and Japanese attributions take office and title off a name (`index.quotes.chinese_japanese`); an Arabic one keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.quotes import Statement

INTRODUCED = 3  # words of an Arabic speaker, from which an office stands before the name


def is_caseless(name: str) -> bool:
    """Whether a name is written without capitals."""
    return bool(name) and name.upper() == name.lower()


def called(statement: Statement) -> str:
    """The name of a speaker, or what stands for it."""
    return statement.speaker_resolved or statement.speaker


def means(name: str, statement: Statement) -> bool:
    """Whether a name is the speaker's: all of it, its end behind an office, or a family name in front."""
    whole, words = called(statement), name.split()
    if words == whole.split()[-len(words) :]:
        return True
    return len(words) == 1 < len(name) and " " not in whole and whole.startswith(name)


def says_its_name(statement: Statement) -> bool:
    """Whether the speaker's name is written there, and not taken from before."""
    return statement.speaker_start is not None and called(statement) in statement.speaker


def is_another(name: str, heard: Statement, said: Iterable[Statement]) -> bool:
    """Whether a name is not the one heard, but somebody else's, whom the article introduces with an office or title as well."""
    if not _is_introduced(heard) or means(name, heard):
        return False
    others = [one for one in said if _is_introduced(one) and means(name, one)]
    return any(called(heard) not in one.speaker for one in others)


def _is_introduced(statement: Statement) -> bool:
    name, phrase = called(statement), statement.speaker
    return is_caseless(name) and ((name in phrase and name != phrase) or len(phrase.split()) >= INTRODUCED)
