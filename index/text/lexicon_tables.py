"""The kinds of table that a language's file has, each made of its TOML value when it is first asked for (`lexicon.py`):

    words      one string, split at white space, or a list where a word has spaces in it
    numbers    a table, word = integer; or a string with a line for each number, "30 dreißig dreißigste"
    series     a string of words in their order, such as months: alternatives by "|", a space in a word as "_"
    pairs      a table: word = string
    named      a table: name = pattern; the alternatives of one expression, each a group of its name, the longer first
    flag       true
    pattern    rows: a string, or {pattern = "…", example = "…", counter = "…"}; alternatives of one regular expression

Words and patterns are folded here (`fold`), as the texts are that they are held against. `{months}` in a pattern stands for any
word of that table, or any row of it if it is a pattern's, and `{table.name}` for those of one name. Long tables are strings
between three apostrophes, which TOML reads ten times faster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar, overload

from index.text.fold import fold
from index.text.verb_forms import Cue, Inflection, cues

T = TypeVar("T")
NEVER = re.compile(r"(?!)")


class Language(Protocol):
    """What tables are made with: other tables of the same language."""

    @property
    def unspaced(self) -> bool: ...
    def rows(self, name: str) -> object:
        """A table as its file has it."""

    def filled(self, pattern: str) -> str:
        """A pattern with the tables that it names."""

    def inflection(self) -> Inflection:
        """How its verbs are inflected."""


class Table(Generic[T]):
    """A table of a language's file, made when it is first asked for."""

    name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, lexicon: None, owner: type) -> Table[T]: ...
    @overload
    def __get__(self, lexicon: Language, owner: type) -> T: ...
    def __get__(self, lexicon: Language | None, owner: type) -> Table[T] | T:
        if lexicon is None:
            return self
        made = lexicon.__dict__[self.name] = self.make(lexicon, lexicon.rows(self.name))  # found there from now on
        return made

    def make(self, lexicon: Language, value: object) -> T:
        raise TypeError(f"{type(self).__name__} makes nothing")


class Words(Table[frozenset[str]]):
    """Words to be looked up, folded."""

    def make(self, lexicon: Language, value: object) -> frozenset[str]:
        return frozenset(map(fold, listed(value)))


class Exact(Table[frozenset[str]]):
    """Words in lower case with their accents, which tell "él" from "el". `also`: other tables whose words belong to it."""

    def __init__(self, *also: str) -> None:
        self.also = also

    def make(self, lexicon: Language, value: object) -> frozenset[str]:
        others = (word.lower() for table in self.also for word in table_words(lexicon.rows(table)))
        return frozenset(word.replace("’", "'") for word in (*listed(value), *others))


class Phrases(Table[tuple[str, ...]]):
    """Words in their order and as they are written."""

    def make(self, lexicon: Language, value: object) -> tuple[str, ...]:
        return tuple(listed(value))


class WordRows(Table[tuple[tuple[str, ...], ...]]):
    """Phrases as their words, written with "_" between them: "de_acuerdo_con"."""

    def make(self, lexicon: Language, value: object) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase.split("_")) for phrase in listed(value))


class Lines(Table[Mapping[str, str]]):
    """Name -> what stands behind the colon, of lines "name: …"."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, str]:
        parted = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        return {name.strip(): rest.strip() for name, _, rest in parted}


class Same(Table[Mapping[str, str]]):
    """Word -> the first word of its line: lines of words that mean one thing."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, str]:
        lines = [line.split() for line in str(value or "").splitlines() if line.strip()]
        return {word: line[0] for line in lines for word in line}


class Groups(Table[Mapping[str, str]]):
    """Phrase -> the name of its line, of lines "name: phrase|phrase"."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, str]:
        parted = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        return {phrase.strip(): name.strip() for name, _, phrases in parted for phrase in phrases.split("|")}


class Respelling(Table[tuple[tuple["re.Pattern[str]", str], ...]]):
    """Lines of an expression and what is written instead, with a space between; nothing behind it: it is left out."""

    def make(self, lexicon: Language, value: object) -> tuple[tuple[re.Pattern[str], str], ...]:
        rows = (line.partition(" ") for line in str(value or "").splitlines() if line.strip())
        return tuple((re.compile(pattern), instead) for pattern, _, instead in rows)


class Verbs(Table[Mapping[str, Cue]]):
    """Form -> the verb that announces speech (`verb_forms`)."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, Cue]:
        return cues(str(value or ""), lexicon.inflection())


class Flag(Table[bool]):
    """Whether something is so of the language."""

    def make(self, lexicon: Language, value: object) -> bool:
        return bool(value)


class Numbers(Table[Mapping[str, int]]):
    """Folded word -> integer."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, int]:
        return {fold(word): int(number) for word, number in numbered(value).items()}


class Decimals(Table[Mapping[str, float]]):
    """Folded word -> number."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, float]:
        return {fold(word): number for word, number in numbered(value).items()}


class Series(Table[Mapping[str, int]]):
    """Folded word -> its place in the order, the first at `first`: months from 1, weekdays from 0."""

    def __init__(self, first: int) -> None:
        self.first = first

    def make(self, lexicon: Language, value: object) -> Mapping[str, int]:
        places = enumerate(str(value or "").split(), self.first)
        return {fold(word): place for place, words in places for word in alternatives(words)}


class Pairs(Table[Mapping[str, str]]):
    """Folded word -> string."""

    def make(self, lexicon: Language, value: object) -> Mapping[str, str]:
        return {fold(word): str(other) for word, other in dict(value or {}).items()}  # type: ignore[call-overload]


class Pattern(Table["re.Pattern[str]"]):
    """Rows as the alternatives of one expression over folded text. `whole`: it begins and ends at a word's border."""

    def __init__(self, *, whole: bool = True, cased: bool = False) -> None:
        self.whole, self.cased = whole, cased

    def make(self, lexicon: Language, value: object) -> re.Pattern[str]:
        rows = [self.row(lexicon, row) for row in listed_rows(value)]
        if not rows:
            return NEVER
        either = "|".join(rows)
        return re.compile(bordered(either) if self.whole and not lexicon.unspaced else either)

    def row(self, lexicon: Language, row: str | Mapping[str, str]) -> str:
        """The expression of one row, its words folded unless the table is about capitals."""
        text = lexicon.filled(row if isinstance(row, str) else row["pattern"])
        return text if self.cased else folded_pattern(text)


class PatternList(Table[tuple["re.Pattern[str]", ...]]):
    """Rows as expressions of their own, in order: for named groups, or where the first that matches decides."""

    def __init__(self, *, whole: bool = False, cased: bool = False) -> None:
        self.single = Pattern(whole=whole, cased=cased)

    def make(self, lexicon: Language, value: object) -> tuple[re.Pattern[str], ...]:
        bordering = bordered if self.single.whole and not lexicon.unspaced else str
        return tuple(re.compile(bordering(self.single.row(lexicon, row))) for row in listed_rows(value))


class Named(Pattern):
    """Rows by name, each a group of the expression: `match.lastgroup` says which of them matched."""

    def make(self, lexicon: Language, value: object) -> re.Pattern[str]:
        rows = self.made_of(value)
        if not rows:
            return NEVER
        groups = [
            f"(?P<{name}>{'|'.join(self.row(lexicon, row) for row in listed_rows(value))})" for name, value in rows.items()
        ]
        either = "|".join(groups)
        return re.compile(bordered(either) if self.whole and not lexicon.unspaced else either)

    @staticmethod
    def made_of(value: object) -> dict[str, object]:
        """The rows by their names."""
        return dict(value or {})  # type: ignore[call-overload, no-any-return]


class Kinds(Named):
    """The same, of lines "kind: pattern"."""

    @staticmethod
    def made_of(value: object) -> dict[str, object]:
        """The pattern of each kind."""
        parted = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        return {kind.strip(): pattern.strip() for kind, _, pattern in parted}


def listed(value: object) -> list[str]:
    """The words of a table: a string is split at white space; the keys of a mapping."""
    if value is None:
        return []
    return value.split() if isinstance(value, str) else [str(word) for word in value]  # type: ignore[attr-defined]


def alternatives(words: str) -> list[str]:
    """
    >>> alternatives("Januar|Jan_uar")
    ['Januar', 'Jan uar']
    """
    return [word.replace("_", " ") for word in words.split("|")]


def numbered(value: object) -> dict[str, float]:
    """word -> number, of a table or of lines "30 thirty thirtieth"."""
    if value is None or isinstance(value, Mapping):
        return {str(word): float(number) for word, number in (value or {}).items()}
    lines = [line.split() for line in str(value).splitlines() if line.strip()]
    return {word.replace("_", " "): float(number) for number, *words in lines for word in words}


def table_words(value: object) -> list[str]:
    """All words of a table that is no pattern's, in whichever form it is written."""
    if isinstance(value, str) and re.search(r"(?m)^\s*[\d.]+ ", value):
        return list(numbered(value))
    return [word for words in listed(value) for word in alternatives(words)]


def pattern_rows(value: object) -> list[str]:
    """The patterns of a pattern's table, or of all names of a named one."""
    if isinstance(value, Mapping) and "pattern" not in value:
        return [row for rows in value.values() for row in pattern_rows(rows)]
    return [row if isinstance(row, str) else row["pattern"] for row in listed_rows(value)]


def bordered(pattern: str) -> str:
    """The pattern as whole words."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


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
