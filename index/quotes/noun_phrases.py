"""Noun phrases: where they begin and end, told by function words, capitals and the forms of verbs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.quotes.tokens import STOPS, Token
from index.text.lexicon import Lexicon


def noun_phrase(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> tuple[int, int] | None:
    """The noun phrase at the end of the span: what is left after fronted adverbials and conjunctions are taken off."""
    start, end = span
    while start < end and (
        tokens[start].low in language.conjunctions
        or tokens[start].low in language.adverbs
        or tokens[start].low in language.time_nouns
        or is_manner(tokens[start], language)
        or (start == 0 and end > 1 and tokens[0].low.endswith(language.adverb_endings))  # "Finally Ann Lee", but "Kelly said"
    ):
        start += 1
    while end > start and (tokens[end - 1].low in language.time_nouns or tokens[end - 1].low in language.adverbs):
        end -= 1
    if start < end and tokens[end - 1].low in language.pronouns:
        return end - 1, end
    if (
        start < end and tokens[start].low in language.prepositions and not (tokens[start].capital and start > 0)
    ):  # "In a statement Trump said"
        for n in range(end - 1, start, -1):
            word = tokens[n]
            if word.low in language.determiners or (
                word.capital and not tokens[n - 1].capital and tokens[n - 1].low not in language.determiners
            ):
                before = tokens[n - 1].low
                if language.inverts and (
                    before in language.inner_prepositions or (before in language.conjunctions and tokens[n - 2].capital)
                ):
                    continue  # "A tales palabras la esposa del líder de Morena …", "Se refiere a Podemos y Ciudadanos, y …"
                if before in language.prepositions and before not in language.companion_prepositions:
                    return None
                start = n
                break
        else:
            return None
    if start >= end or end - start > 22:
        return None
    for n in range(end - 1, start, -1):  # "they won and the Republican said": the verb of another clause stands before "and"
        if tokens[n].low in language.conjunctions and not may_join(tokens, start, n, end, language):
            start = n + 1
            break
    for n in range(end - 1, start, -1):
        if looks_like_verb(tokens, n, language) and (n < end - 1 or tokens[n].low in language.auxiliaries):
            return None
    if tokens[start].low in language.pronouns and end - start > 1:
        return None
    if (
        tokens[start].low in language.auxiliaries
        and not tokens[start].capital
        and tokens[start].low not in language.determiners
    ):
        return None
    if not any(
        tokens[n].capital or tokens[n].low in language.determiners or tokens[n].low in language.pronouns
        for n in range(start, end)
    ):
        head = tokens[end - 1].low
        if not (head.endswith(language.plural_endings) or head[:1].isdigit()) or end - start > 5:
            return None
    if all(not tokens[n].low[:1].isalnum() for n in range(start, end)):
        return None
    return start, end


def is_manner(token: Token, language: Lexicon) -> bool:
    """An adverb in -ly, and not the name Kelly."""
    return token.low.endswith(language.adverb_endings) and len(token.low) > 4 and not token.capital


def may_join(tokens: Sequence[Token], start: int, at: int, end: int, language: Lexicon) -> bool:
    """Whether the conjunction at `at` joins two parts of one subject."""
    if at == start or at + 1 >= end or tokens[at - 1].low == "," or tokens[at].low in language.contrast_words:
        return False
    return (tokens[at - 1].capital and (tokens[at + 1].capital or tokens[at + 1].low in language.determiners)) or (
        at - start <= 4 and tokens[at + 1].low not in language.pronouns
    )


def list_start(tokens: Sequence[Token], segments: Sequence[tuple[int, int]], language: Lexicon) -> int:
    """The first segment of a list of speakers: "the authorities of A, B and C said". The last segment if there is no list."""
    last = len(segments) - 1
    start, end = segments[last]
    joins = [
        n
        for n in range(start, end - 1)
        if tokens[n].low in language.and_words and (tokens[n + 1].capital or tokens[n + 1].low in language.determiners)
    ]
    if not joins or tokens[end - 1].low in language.pronouns:
        return last
    first = last
    while first > 0:
        begin, after = segments[first - 1]
        small = sum(
            not (
                t.capital
                or t.low in language.determiners
                or t.low in language.inner_prepositions
                or t.low in language.conjunctions
            )
            for t in tokens[begin:after]
        )
        if small > (1 if len(segments) > 2 else 0) + (tokens[begin].low in language.determiners) or not starts_like_subject(
            tokens, (begin, after), language
        ):
            break
        first -= 1
    if first < last and start not in joins and not tokens[start].capital:
        return last
    return first


def starts_like_subject(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> bool:
    word = tokens[span[0]]
    if (
        word.low in language.prepositions
        or word.low in language.time_nouns
        or word.low in language.adverbs
        or is_manner(word, language)
        or (span[0] == 0 and span[1] == 1 and word.low.endswith(language.adverb_endings))
    ):
        return False
    if word.low in language.conjunctions:
        return span[1] - span[0] > 1 and starts_like_subject(tokens, (span[0] + 1, span[1]), language)
    return not (word.low.endswith(language.gerund_endings) and not language.inverts)


def phrase_end(tokens: Sequence[Token], start: int, language: Lexicon, longest: int = 16) -> int:
    """End of the noun phrase that begins at `start`."""
    n = start
    while n < len(tokens) and n - start < longest:
        word = tokens[n]
        if word.quote >= 0:
            if tokens[n - 1].low not in language.definite_articles or n + 1 >= len(tokens):
                break
        elif (
            word.low in STOPS
            or word.low == ","
            or word.low in language.clause_breaks
            or (word.low in language.time_nouns and n > start and not (word.capital and word.low in language.name_months))
            or (
                (word.low in language.auxiliaries and word.low not in language.object_pronouns and n > start)
                or (word.low in language.adverbs and not word.capital and tokens[n - 1].low not in language.determiners)
            )
            or (n > start and word.low in language.prepositions and word.low not in language.inner_prepositions)
        ):
            break
        elif (
            language.capital_nouns
            and n > start
            and not word.capital
            and tokens[n - 1].capital
            and (word.low not in language.inner_prepositions | language.determiners | language.conjunctions)
        ):
            break  # what is no noun ends the phrase
        elif language.name_ends_phrase and n > max(start, 1) and not word.capital and _ends_name(tokens, n, start, language):
            break
        elif language.no_articles and n > start and tokens[n - 1].capital and word.low.endswith(language.addressee_endings):
            break  # "сказал Лавров журналистам"
        elif n > start and word.low in _loose(language) and not word.capital:
            nxt = tokens[n + 1] if n + 1 < len(tokens) else None
            if (
                nxt is None
                # "para despejar dudas"
                or (word.low in language.infinitive_prepositions and not nxt.capital and nxt.low not in language.determiners)
                or nxt.low in language.time_nouns
                or nxt.low in language.indefinite_articles
                or nxt.low in language.possessives
                or (word.low in language.name_prepositions and not nxt.capital)
            ):
                break
        elif n > start and word.low in language.conjunctions:
            nxt = tokens[n + 1] if n + 1 < len(tokens) else None
            if nxt is None or not (nxt.capital or nxt.low in language.determiners) or nxt.low in language.pronouns:
                break
        elif (
            n > start
            and word.low in language.speech_verbs
            and not word.capital
            and language.speech_verbs[word.low].shape == "finite"
            and not language.inverts
        ):
            break
        n += 1
    while n > start and (
        tokens[n - 1].low in language.prepositions
        or tokens[n - 1].low in language.conjunctions
        or tokens[n - 1].low in language.determiners
    ):
        n -= 1
    return n


def _ends_name(tokens: Sequence[Token], at: int, start: int, language: Lexicon) -> bool:
    """Whether the word at `at` follows a name that it is no part of; the capital at a sentence's head shows no name."""
    if not tokens[at - 1].capital or (at - 1 == 0 and start == 0):
        return False
    return tokens[at].low not in language.inner_prepositions | language.conjunctions


@cache
def _loose(language: Lexicon) -> frozenset[str]:
    """Prepositions that belong to a description only before some words."""
    return language.name_prepositions | language.infinitive_prepositions | language.source_prepositions


def is_name(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> bool:
    """Whether the phrase is a proper name: it begins with a capital, and not with an article."""
    first = tokens[span[0]]
    return span[1] > span[0] and first.capital and first.low not in language.determiners


def final_name(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> tuple[int, int] | None:
    """The proper name that a phrase is or ends with: "el portero Luis Paz" has Luis Paz."""
    start = span[1]
    while start > span[0] and (
        tokens[start - 1].capital
        or (start < span[1] and tokens[start - 1].low in language.name_joins and tokens[start].capital)
    ):
        start -= 1
    while start < span[1] and not tokens[start].capital:
        start += 1
    titled = start > span[0] and tokens[start - 1].low in language.person_titles
    if start == span[1] or (
        start > span[0]
        and not titled
        and (
            span[1] - start < 2
            or tokens[start - 1].low in language.prepositions
            or tokens[start - 1].low in language.inner_prepositions
        )
    ):
        return None
    return (start, span[1]) if tokens[start].low not in language.determiners else None


def antecedent(tokens: Sequence[Token], relative: int, language: Lexicon) -> tuple[int, int]:
    """The noun phrase a relative pronoun stands for."""
    end = relative
    if end and tokens[end - 1].low == ",":
        end -= 1
    start = end
    while (
        start > 0
        and tokens[start - 1].quote < 0
        and tokens[start - 1].low not in STOPS
        and tokens[start - 1].low != ","
        and end - start < 12
    ):
        word = tokens[start - 1]
        if (
            word.low in language.clause_breaks
            or word.low in language.pronouns
            or word.low in language.auxiliaries
            or (word.low in language.speech_verbs and not word.capital)
        ):
            break
        if word.low in language.prepositions and (
            word.low not in language.inner_prepositions
            or word.low in language.name_prepositions
            or word.low in language.infinitive_prepositions
        ):
            break
        start -= 1
        if word.low in language.determiners:
            break
        if (
            word.capital
            and start
            and not tokens[start - 1].capital
            and tokens[start - 1].low not in language.inner_prepositions
            and tokens[start - 1].low not in language.determiners
            and tokens[start - 1].low not in language.and_words
        ):
            break
    while start < end and (tokens[start].low in language.inner_prepositions or tokens[start].low in language.conjunctions):
        start += 1
    return (start, end) if end > start else (0, 0)


def initial_phrase(tokens: Sequence[Token], start: int, end: int, language: Lexicon) -> tuple[int, int] | None:
    while start < end and (
        tokens[start].low in language.conjunctions
        or tokens[start].low in language.adverbs
        or tokens[start].low in language.clause_breaks
    ):
        start += 1
    if start >= end or tokens[start].low in language.prepositions or tokens[start].low in language.time_nouns:
        return None
    if starts_without_subject(tokens, start, language):
        return None
    if tokens[start].low in language.pronouns:
        return (start, start + 1) if tokens[start].low not in language.relatives else None
    if not (tokens[start].capital or tokens[start].low in language.determiners):
        return None
    n = min(end, phrase_end(tokens, start, language))
    if n == end and n - start <= 7 and tokens[end - 1].capital and tokens[end - 1].low not in language.determiners:
        return start, n  # "Minnesota state delegate Ann Lee, clad in red, said"
    if tokens[start].capital and tokens[start].low not in language.determiners:
        stop = start + 1
        while stop < n and (
            tokens[stop].capital or tokens[stop].low in language.inner_prepositions or tokens[stop].low in language.name_joins
        ):
            stop += 1
        if language.no_articles:  # "Лидер оппозиции Вера Дымова"
            named = next((k for k in range(stop, min(n, stop + 4)) if tokens[k].capital), stop)
            while named > stop and named < n and tokens[named].capital:
                named += 1
            stop = named
        n = stop
    else:
        n = next((k for k in range(start + 1, n) if looks_like_verb(tokens, k, language)), min(n, start + 6))
    while n > start + 1 and (tokens[n - 1].low in language.inner_prepositions or tokens[n - 1].low in language.name_joins):
        n -= 1
    return (start, n) if n < end and n > start + (tokens[start].low in language.determiners) else None


def starts_without_subject(tokens: Sequence[Token], start: int, language: Lexicon) -> bool:
    """Whether a clause begins with its verb, "Sostiene que …", or with a word that nobody is meant by, "Eso …"."""
    word = tokens[start]
    if not language.elides_subject or word.low in language.neutral_words:
        return word.low in language.neutral_words and language.elides_subject
    follows = tokens[start + 1] if start + 1 < len(tokens) else None
    cue = language.speech_verbs.get(word.low)
    verb = cue is not None and cue.shape in ("finite", "ing")
    verb = verb or word.low.endswith(language.gerund_endings) or language.asked_participles.match(word.low) is not None
    return verb and start == 0 and (follows is None or not follows.capital) and not language.no_articles


def looks_like_verb(tokens: Sequence[Token], at: int, language: Lexicon) -> bool:
    """Whether a word between noun phrases is probably a finite verb: an auxiliary, a cue, or an English form in -ed."""
    token = tokens[at]
    if token.capital or token.quote >= 0:
        return False
    if token.low in language.auxiliaries and token.low not in language.object_pronouns:
        return True
    if language.inverts:
        return token.low.endswith(language.finite_endings) and token.low not in language.no_verbs
    if token.low in language.speech_verbs and language.speech_verbs[token.low].shape == "finite":
        return not token.low.endswith(language.plural_endings) or tokens[at - 1].capital
    regular = token.low.endswith(language.finite_endings) and tokens[at - 1].low not in language.determiners
    return regular or token.low in language.common_verbs
