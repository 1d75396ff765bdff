"""Pure: whose a document is that is said to say something: Ann Lee's, of "according to a tweet by Ann Lee"."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotes.noun_phrases import phrase_end
from index.quotes.tokens import Token
from index.text.lexicon import Lexicon

HEAD = 5  # words of a phrase that the noun is one of: "the first public statement"


def with_author(tokens: Sequence[Token], subject: tuple[int, int], language: Lexicon) -> tuple[int, int]:
    """Tokens of a phrase that ends with a document, with whoever wrote it and stands behind it; else as it is."""
    first, after = subject
    if after <= first or after + 1 >= len(tokens) or tokens[after].low not in language.author_prepositions:
        return subject
    noun = tokens[after - 1]
    if noun.low not in language.speech_nouns or (noun.capital and not language.capital_nouns):  # "the Washington Post"
        return subject
    end = phrase_end(tokens, after + 1, language)
    somebody = tokens[after + 1].low in language.determiners or any(token.capital for token in tokens[after + 1 : end])
    return (first, end) if somebody else subject


def author(phrase: str, language: Lexicon) -> str:
    """Ann Lee, of "a tweet by Ann Lee" and "Ann Lee's tweet"; "" where a phrase names no document, or nobody's."""
    words = phrase.split()
    if words[-1].lower() in language.speech_nouns:
        at = next((n for n, word in enumerate(words[:-1], 1) if word.endswith(("’s", "'s"))), 0)
        return " ".join(words[:at])[:-2]
    for n, word in enumerate(words[:HEAD]):
        if word.lower() in language.speech_nouns and " ".join(words[n + 1 : n + 2]).lower() in language.author_prepositions:
            return " ".join(words[n + 2 :])
    return ""
