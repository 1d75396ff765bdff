"""All words that the product knows of a language: typed access to `data/LANG.toml`, read and compiled at first use.

    Lexicon("de").months["marz"]             -> 3
    Lexicon("de").negation.search("wird nicht kommen")

One file a language; a table is looked up with the language, never pooled. A language without a file, or a file without a table,
has empty words and patterns that match nothing. What a table may be in TOML:

    words      one string, split at white space, or a list where a word has spaces in it
    numbers    a table: word = integer
    pairs      a table: word = string
    pattern    rows: a string, or {pattern = "…", example = "…", counter = "…"}; alternatives of one regular expression

Words and patterns are folded here (`fold`), as the texts are that they are held against. `{months}` in a pattern stands for any
word of that table. `tests/index/text/test_lexicon.py` reads every row: its example matches, its counter-example does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar, overload

from index.text.fold import fold

T = TypeVar("T")
NEVER = re.compile(r"(?!)")


class Table(Generic[T]):
    """A table of a language's file, made when it is first asked for."""

    name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, lexicon: None, owner: type) -> Table[T]: ...
    @overload
    def __get__(self, lexicon: Lexicon, owner: type) -> T: ...
    def __get__(self, lexicon: Lexicon | None, owner: type) -> Table[T] | T:
        if lexicon is None:
            return self
        if self.name not in lexicon.made:
            lexicon.made[self.name] = self.make(lexicon, lexicon.rows(self.name))
        made: T = lexicon.made[self.name]  # type: ignore[assignment]
        return made

    def make(self, lexicon: Lexicon, value: object) -> T:
        raise TypeError(f"{type(self).__name__} makes nothing")


class Words(Table[frozenset[str]]):
    """Words to be looked up, folded."""

    def make(self, lexicon: Lexicon, value: object) -> frozenset[str]:
        return frozenset(map(fold, listed(value)))


class Phrases(Table[tuple[str, ...]]):
    """Words in their order and as they are written."""

    def make(self, lexicon: Lexicon, value: object) -> tuple[str, ...]:
        return tuple(listed(value))


class Numbers(Table[Mapping[str, int]]):
    """Folded word -> integer."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, int]:
        return {fold(word): int(number) for word, number in dict(value or {}).items()}  # type: ignore[call-overload]


class Pairs(Table[Mapping[str, str]]):
    """Folded word -> string."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, str]:
        return {fold(word): str(other) for word, other in dict(value or {}).items()}  # type: ignore[call-overload]


class Pattern(Table["re.Pattern[str]"]):
    """Rows as the alternatives of one expression over folded text. `whole`: it begins and ends at a word's border."""

    def __init__(self, *, whole: bool = True, cased: bool = False) -> None:
        self.whole, self.cased = whole, cased

    def make(self, lexicon: Lexicon, value: object) -> re.Pattern[str]:
        rows = [self.row(lexicon, row) for row in listed_rows(value)]
        if not rows:
            return NEVER
        either = "|".join(rows)
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if self.whole else either)

    def row(self, lexicon: Lexicon, row: str | Mapping[str, str]) -> str:
        """The expression of one row, its words folded unless the table is about capitals."""
        text = lexicon.filled(row if isinstance(row, str) else row["pattern"])
        return text if self.cased else folded_pattern(text)


class PatternList(Table[tuple["re.Pattern[str]", ...]]):
    """Rows as expressions of their own, in order: for named groups, or where the first that matches decides."""

    def __init__(self, *, cased: bool = False) -> None:
        self.single = Pattern(whole=False, cased=cased)

    def make(self, lexicon: Lexicon, value: object) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(self.single.row(lexicon, row)) for row in listed_rows(value))


class Lexicon:
    """The words of one language. `Lexicon(lang)` is the same object each time."""

    # --- text: sentences, terms, names, numbers, dates, credits --------------------------------------------------------------
    stopwords = Words()
    # --- quotes: who said what -----------------------------------------------------------------------------------------------
    # --- questions -----------------------------------------------------------------------------------------------------------
    # --- retrieval and verification ------------------------------------------------------------------------------------------
    # --- briefings -----------------------------------------------------------------------------------------------------------

    lang: str
    made: dict[str, object]

    def __new__(cls, lang: str) -> Lexicon:
        return _lexicon(lang)

    def rows(self, name: str) -> object:
        """A table as its file has it; None if it has none."""
        return _file(self.lang).get(name)

    def filled(self, pattern: str) -> str:
        """A pattern with `{table}` replaced by the words of that table, the longest first."""

        def words(match: re.Match[str]) -> str:
            value = self.rows(match[1])
            known = list(value) if isinstance(value, Mapping) else listed(value)
            return f"(?:{'|'.join(re.escape(word) for word in sorted(known, key=len, reverse=True))})" if known else "(?!)"

        return re.sub(r"(?<!\\)\{([a-z_]+)\}", words, pattern)


@cache
def _lexicon(lang: str) -> Lexicon:
    lexicon = object.__new__(Lexicon)
    lexicon.lang, lexicon.made = lang, {}
    return lexicon


@cache
def _file(lang: str) -> Mapping[str, object]:
    if not lang.isalpha():
        return {}
    file = files("index.text") / "data" / f"{lang}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def languages() -> tuple[str, ...]:
    """Codes of all languages that have a file."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in (files("index.text") / "data").iterdir() if len(file.name) == 7)
    )


def listed(value: object) -> list[str]:
    """The words of a table: a string is split at white space; the keys of a mapping."""
    if value is None:
        return []
    return value.split() if isinstance(value, str) else [str(word) for word in value]  # type: ignore[attr-defined]


def listed_rows(value: object) -> list[str | Mapping[str, str]]:
    """The rows of a pattern's table."""
    if value is None:
        return []
    return [value] if isinstance(value, (str, Mapping)) else list(value)  # type: ignore[call-overload]


def folded_pattern(pattern: str) -> str:
    r"""A pattern with its words folded and its escapes as they are.

    >>> folded_pattern(r"äuße\S+|D'après")
    "ausse\\S+|d'apres"
    """
    return re.sub(
        r"\(\?P<\w+>|\(\?P=\w+\)|\\.|[^\\(]+|\(", lambda part: part[0] if part[0][0] in "\\(" else fold(part[0]), pattern
    )
