"""Pure: the phrases that a sentence begins with, which may be its subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.quotes.job_titles import role_words
from index.quotes.masking import ParsedSentence
from index.quotes.noun_phrases import looks_like_verb, starts_without_subject
from index.quotes.tokens import Token
from index.text.lexicon import Lexicon
from index.text.person_names import INNER_PARTICLES


class Topic(NamedTuple):
    """The phrase that a sentence begins with: offset, text ("" if none), whether it is the subject of a verb of speech, and
    whether it says something by it: not in "Ann Lee accused Mary Poe"."""

    at: int = -1
    phrase: str = ""
    speaks: bool = False
    reports: bool = False


def _is_long(token: Token) -> bool:
    """Whether a quotation is more than a name in quotation marks."""
    return token.quote >= 0 and token.end - token.start > 40


def topic(tokens: Sequence[Token], language: Lexicon) -> tuple[int, int] | None:
    """Tokens of the phrase a sentence begins with, when it may be its subject: a name, or an article and what follows."""
    n = 0
    while n < len(tokens) and (tokens[n].low in language.conjunctions or tokens[n].low in language.adverbs):
        n += 1
    fronted = n < len(tokens) and (tokens[n].low in language.prepositions or language.asked_participles.match(tokens[n].low))
    if fronted:  # "After a week, the minister", "Asked about it, the minister"
        comma = next((k for k in range(n, min(n + 16, len(tokens))) if tokens[k].low == "," or _is_long(tokens[k])), -1)
        if comma < 0 or tokens[comma].quote >= 0:
            return None
        fronted = any(token.low in language.offices for token in tokens[n:comma])
        n = comma + 1
    start = n
    if start >= len(tokens) or tokens[start].low in language.neutral_words:
        return None
    if starts_without_subject(tokens, start, language):
        return None
    article = tokens[start].low in language.determiners
    while n < len(tokens) and n - start < 10:
        token = tokens[n]
        if (
            token.quote >= 0
            or not token.low[:1].isalnum()
            or token.low in language.clause_breaks
            or looks_like_verb(tokens, n, language)
            or (language.capital_nouns and n > start and not token.capital and tokens[n - 1].capital)
        ):
            break
        inside = token.low in language.inner_prepositions or token.low in language.determiners
        inside = inside or (
            token.low in INNER_PARTICLES and n + 1 < len(tokens) and tokens[n + 1].capital
        )  # Mohammad bin Salman
        if not (token.capital or inside or role_words(token.low, language) or article) or (
            token.low in language.prepositions and not inside
        ):
            break
        n += 1
    while n > start and (tokens[n - 1].low in language.inner_prepositions or tokens[n - 1].low in language.determiners):
        n -= 1
    if (
        n <= start
        or (
            fronted and not article and n < len(tokens) and tokens[n].low == ","
        )  # "With the mayor, Ann Lee, and others he came"
        or (article and n == start + 1)
        or tokens[start].low in language.prepositions
        or tokens[start].low in language.clause_breaks
    ):
        return None
    return start, n


def topics_of(text: str, sentence: ParsedSentence, language: Lexicon) -> list[Topic]:
    """The phrase that a sentence begins with, and those that reports in it begin with: "It said that Ann Lee left"."""
    found: list[Topic] = []
    for first, after in ((0, len(sentence.tokens)), *(reading.content for reading in sentence.readings if reading.that)):
        phrase = topic(sentence.tokens[first:after], language)
        if phrase is None:
            continue
        shifted = (first + phrase[0], first + phrase[1])
        start, end = sentence.span(shifted)
        if start is not None:
            own = [reading for reading in sentence.readings if reading.subject == shifted]
            reports = any(reading.quotes or reading.frame not in ("", "o") for reading in own)
            found.append(Topic(start, text[start:end], bool(own), reports))
    return found
