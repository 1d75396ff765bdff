"""Pure: where and on what occasion something was said: "during a session of the Security Council", "en rueda de prensa".

A phrase counts if it begins with a preposition of place or time and names an occasion or a channel (`Lexicon.occasions`), or
is "from" and a name. It stands outside what is said, in the sentence of the cue.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.quotes.tokens import STOPS, Reading, Token
from index.text.lexicon import Lexicon

LONGEST = 22  # tokens of one phrase


def occasion(
    tokens: Sequence[Token], reading: Reading, others: Sequence[tuple[int, int]], language: Lexicon
) -> tuple[int, int] | None:
    """Tokens [first, after) of the phrase, nearest to the cue first; None if the sentence names no occasion.

    `others`: what the sentence's other cues report, where no occasion of this one is looked for.
    """
    content = range(*reading.content)
    taken = {*content, *range(*reading.subject), *range(*reading.role), *range(*reading.addressee)}
    for first, after in others:
        if not first <= reading.at < after:
            taken.update(range(first, after))
    starts = [n for n, token in enumerate(tokens) if token.low in language.occasion_openers and n not in taken]
    starts.sort(key=lambda n: (n < reading.group[1], abs(n - reading.at)))
    for start in starts:
        end = _end(tokens, start, taken, language)
        inner = tokens[start + 1 : end]
        if (
            not inner
            or inner[0].low in language.time_nouns
            or inner[0].low in language.that
            or inner[0].low in language.relatives
        ):
            continue
        between = range(end, reading.group[0]) if start < reading.at else range(reading.group[1], start)
        if any(tokens[n].low in language.clause_breaks and n not in taken for n in between):
            continue  # of another clause
        if any(is_occasion(token.low, language) for token in inner) or (
            tokens[start].low in language.origin_prepositions and inner[0].capital
        ):
            return start, end
    return None


def is_occasion(low: str, language: Lexicon) -> bool:
    """Whether a word names an occasion; of a compound, "UN-Sicherheitsrat", its last part."""
    return low in language.occasions or ("-" in low and low.rpartition("-")[2] in language.occasions)


def addressed(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> tuple[int, int] | None:
    """The occasion that is spoken to: "told a session of the UN Security Council"."""
    first, after = reading.addressee
    named = any(token.low in language.spoken_to_bodies for token in tokens[first:after])
    return (first, after) if named and not any(token.low in language.pronouns for token in tokens[first:after]) else None


def _end(tokens: Sequence[Token], start: int, taken: set[int], language: Lexicon) -> int:
    n = start + 1
    while n < len(tokens) and n - start < LONGEST and n not in taken:
        token = tokens[n]
        if token.quote >= 0 or token.low in STOPS or token.low == "," or token.low in language.relatives:
            break
        if token.low in language.prepositions and n + 1 < len(tokens) and tokens[n + 1].low in language.time_nouns:
            break
        if token.low in language.occasion_breaks:
            break
        if token.low in language.auxiliaries and token.low not in language.object_pronouns:
            break
        if token.low in language.clause_breaks and token.low not in language.occasion_joins:
            break
        cue = language.speech_verbs.get(token.low)
        verb = cue is not None and cue.shape == "finite" and not token.capital and token.low not in language.occasions
        if verb and tokens[n - 1].low not in language.determiners and tokens[n - 1].low not in language.prepositions:
            break
        n += 1
    while n > start + 1 and (
        tokens[n - 1].low in language.conjunctions
        or tokens[n - 1].low in language.prepositions
        or tokens[n - 1].low in language.pronouns
    ):
        n -= 1
    return n
