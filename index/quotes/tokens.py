"""A sentence as tokens, a whole quotation being one of them, and the record of what a cue in it says.

There is no parser: a short list of function words per language (`Lexicon`) shows where clauses begin, and news prose is
regular enough for the rest (`parsing`, `subjects`, `complements`, `noun_phrases`). Ranges are [first, after) of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from index.text.lexicon import Lexicon
from index.text.lexicon_tables import NEVER
from index.text.person_names import without_article
from index.text.verb_forms import Cue

TOKEN = r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s[A-Z])|[#@]?[^\W_]+(?:[’'\-&][^\W_]+|(?<=\d)[.,:]\d+)*|[^\w\s]"
CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]{3,}(?:-[^\W\d_]+)*")
MARKS = {"،": ",", "؛": ";", "؟": "?"}  # Arabic
QUOTE = "“”"  # the form of a token that stands for a whole quotation
STOPS = frozenset(".;:!?…()[]–—―") | {"--"}


Kind = Literal["direct", "mixed", "indirect"]  # only the speaker's words | partly quoted | reported
Frame = Literal["c", "t", "d", "v", "o", "n", "p", ""]  # see `index.text.verb_forms`
Place = Literal["left", "right", "relative", "shared", "guess", "according", "impersonal", "nobody", ""]


class Token(NamedTuple):
    """A word, a punctuation mark, or a whole quotation."""

    low: str  # lower case, ’ written as '; `QUOTE` for a quotation
    start: int
    end: int
    capital: bool
    quote: int = -1  # which quotation of the article
    ending: str = ""  # of a quotation: its last character inside the marks


@dataclass(slots=True)
class Reading:
    """One cue of a sentence. Ranges are [first, after) of tokens; (0, 0) where there is none."""

    cue: Cue
    at: int  # the verb itself
    group: tuple[int, int]  # with auxiliaries and adverbs
    subject: tuple[int, int] = (0, 0)
    role: tuple[int, int] = (0, 0)  # the apposition beside the subject
    place: Place = ""  # where the subject is; shared: of an earlier verb; guess: of the clause before; "": none written
    content: tuple[int, int] = (0, 0)
    addressee: tuple[int, int] = (0, 0)
    frame: Frame = ""  # the one that applied
    quotes: list[int] = field(default_factory=list)  # token positions of quotations said here and not part of `content`
    that: bool = False
    negated: bool = False


def words(
    text: str,
    start: int,
    end: int,
    spans: Sequence[tuple[int, int, int, str]],
    language: Lexicon,
    glued: Mapping[str, int] = MappingProxyType({}),
) -> list[Token]:
    """Tokens of text[start:end]. `spans`: (start, end, number, last character) of the quotations in it that are one token each.

    `glued`: words that lost the space inside, and where it was (see `lost_spaces`).
    """
    tokens: list[Token] = []
    at = start
    for begin, after, number, ending in spans:
        _plain(text, at, begin, tokens, language, glued)
        tokens.append(Token(QUOTE, begin, after, False, number, ending))
        at = max(at, after)
    _plain(text, at, end, tokens, language, glued)
    return tokens


def _plain(text: str, start: int, end: int, tokens: list[Token], language: Lexicon, glued: Mapping[str, int]) -> None:
    append, token = tokens.append, tuple.__new__  # a third of the time of reading a text goes into making tokens
    pieces = language.word_pieces if language.word_pieces is not NEVER else None
    for match in _token(language).finditer(text, start, end):
        form = match[0]
        begin, after = match.span()
        if glued and form in glued:
            cut = glued[form]
            append(Token(form[:cut].lower(), begin, begin + cut, True))
            form, begin = form[cut:], begin + cut
        if pieces is not None and (inner := pieces.search(form)):
            # l'|hôpital, qu'|il, dell'|Interno, a|-t-|il: each part is a word of its own.
            head = form[: inner.start() or inner.end()]
            append(Token(head.lower().rstrip("'’"), begin, begin + len(head), head[0].isupper()))
            form, begin = form[inner.end() :], begin + inner.end()
        low, capital = _read(form)
        append(token(Token, (low, begin, after, capital, -1, "")))


@cache
def _token(language: Lexicon) -> re.Pattern[str]:
    """Tokens of a language: the full stop of "Mr." belongs to it."""
    titles = "|".join(sorted(map(re.escape, language.title_abbreviations)))
    capital = "" if language.small_titles else r"(?=[^\W\d_a-zß-öø-ÿ])"
    return re.compile(rf"\b{capital}(?i:{titles})\.(?=[\s,])|{TOKEN}" if titles else TOKEN)


@lru_cache(maxsize=50_000)
def _read(form: str) -> tuple[str, bool]:
    """`Token.low` and `Token.capital` of a word."""
    low = MARKS[form] if form in MARKS else form.lower().replace("’", "'")
    # Scripts without case, Arabic or Chinese, do not show names: any of their words may begin one.
    first = without_article(form)[0]  # al-Assad
    return low, first.isupper() or (first.isalpha() and not first.islower())


def without_asides(tokens: list[Token], language: Lexicon) -> list[Token]:
    """The tokens without short brackets: "Ben Cardin (D-Md.)". One with a verb of speech or a quotation stays."""
    if not any(token.low in ("(", "[") for token in tokens):
        return tokens
    kept: list[Token] = []
    n = 0
    while n < len(tokens):
        if tokens[n].low in ("(", "["):
            end = next((k for k in range(n + 1, min(n + 15, len(tokens))) if tokens[k].low in (")", "]")), -1)
            if end > 0 and n > 0 and not any(token.quote >= 0 or token.low in language.speech_verbs for token in tokens[n:end]):
                n = end + 1
                continue
        kept.append(tokens[n])
        n += 1
    return kept


def lost_spaces(text: str, language: Lexicon) -> dict[str, int]:
    """Names that a lost space has glued to the next word ("Lavrovhas"), and where to cut them.

    The name must stand alone elsewhere in the text, or the second part must be a long verb form: "Timesciting".
    """
    places: dict[str, int] = {}
    if not language.mends_spaces:
        return places
    capitals = set(CAPITALISED.findall(text))
    small = language.auxiliaries | language.determiners | language.conjunctions | language.prepositions
    for word in capitals:
        for cut in range(4, min(len(word) - 2, 40)):
            tail = word[cut:]
            is_cue = tail in language.speech_verbs and language.speech_verbs[tail].shape != "base"
            if (word[:cut] in capitals and (is_cue or tail in small)) or (
                cut > 4 and is_cue and len(tail) > 5 and word.lower() not in language.speech_verbs
            ):
                places[word] = cut
                break
    return places


def trim(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Without commas and colons at either end; (0, 0) if nothing is left."""
    while start < end and tokens[start].quote < 0 and tokens[start].low in (",", ":", "-", "–", "—"):
        start += 1
    while end > start and tokens[end - 1].quote < 0 and tokens[end - 1].low in (",", ":", ".", "-", "–", "—"):
        end -= 1
    return (start, end) if end > start else (0, 0)
