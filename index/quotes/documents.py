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
    """Ann Lee, of "a tweet by Ann Lee" and "Ann Lee's first tweet"; "" where a phrase names no document, or nobody's."""
    words = phrase.split()
    if _is_document(words[-1], language):
        after = max((n for n, word in enumerate(words[:-1], 1) if word.endswith(("’s", "'s"))), default=0)
        hers = all(word.lower() in language.message_kinds for word in words[after:-1])  # not "Ann Lee's campaign statement"
        return " ".join(words[:after])[:-2] if hers else ""
    for n, word in enumerate(words[:HEAD]):
        document = word.lower() in language.speech_nouns if n == 0 else _is_document(word, language)
        if document and " ".join(words[n + 1 : n + 2]).lower() in language.author_prepositions:
            return " ".join(words[n + 2 :])
    return ""


def governs(phrase: str, name: str, language: Lexicon) -> bool:
    """Whether a name only says whose somebody is: Anna Krug, of "Anwalts von Anna Krug"."""
    words, parts = phrase.split(), set(name.split())
    first = next((n for n, word in enumerate(words) if word in parts), 0)
    return first > 1 and words[first - 1].lower() in language.author_prepositions


def _is_document(word: str, language: Lexicon) -> bool:
    """Not a newspaper: "the Washington Post"."""
    return word.lower() in language.speech_nouns and (language.capital_nouns or not word[0].isupper())
