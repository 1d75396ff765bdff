"""Noun phrases: where they begin and end, told by function words, capitals and the forms of verbs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.quotes.tokens import STOPS, Token
from index.text.lexicon import Lexicon


def noun_phrase(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> tuple[int, int] | None:
    """The noun phrase at the end of the span: what is left after fronted adverbials and conjunctions are taken off."""
    start, end = _without_adverbials(tokens, span, language)
    if start < end and tokens[end - 1].low in language.pronouns:
        return end - 1, end
    if start < end and tokens[start].low in language.prepositions and not (tokens[start].capital and start > 0):
        behind = _behind_adverbial(tokens, (start, end), language)
        if behind is None:
            return None
        start = behind
    if start >= end or end - start > 22:
        return None
    for n in range(end - 1, start, -1):  # "they won and the Republican said": the verb of another clause stands before "and"
        if tokens[n].low in language.conjunctions and not may_join(tokens, start, n, end, language):
            start = n + 1
            break
    for n in range(end - 1, start, -1):
        if looks_like_verb(tokens, n, language) and (n < end - 1 or tokens[n].low in language.auxiliaries):
            return None
    return (start, end) if start < end and _may_be_phrase(tokens[start:end], language) else None


def _without_adverbials(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> tuple[int, int]:
    """The span without the conjunctions, adverbs and times at its two ends."""
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
    return start, end


def _behind_adverbial(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> int | None:
    """Where the noun phrase begins in a span that opens with a preposition: "In a statement Trump said".

    Not in German, where nouns have capitals, too: the verb stands second, and the subject behind it.
    """
    if language.capital_nouns:
        return None
    start, end = span
    for n in range(end - 1, start, -1):
        word, before = tokens[n], tokens[n - 1].low
        begins = word.capital and not tokens[n - 1].capital and before not in language.determiners
        if not (begins or word.low in language.determiners):
            continue
        if language.inverts and (
            before in language.inner_prepositions or (before in language.conjunctions and tokens[n - 2].capital)
        ):
            continue  # "A tales palabras la esposa del líder de Morena …", "Se refiere a Podemos y Ciudadanos, y …"
        return None if before in language.prepositions and before not in language.companion_prepositions else n
    return None


def _may_be_phrase(phrase: Sequence[Token], language: Lexicon) -> bool:
    """Whether the words may be one noun phrase, by its first and last word and by what marks a noun in it."""
    first = phrase[0]
    if first.low in language.pronouns and len(phrase) > 1:
        return False
    if first.low in language.auxiliaries and not first.capital and first.low not in language.determiners:
        return False
    if not any(token.capital or token.low in language.determiners or token.low in language.pronouns for token in phrase):
        head = phrase[-1].low
        if not (head.endswith(language.plural_endings) or head[:1].isdigit()) or len(phrase) > 5:
            return False
    return any(token.low[:1].isalnum() for token in phrase)


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
    while n < len(tokens) and n - start < longest and not _ends_phrase(tokens, n, start, language):
        n += 1
    while n > start and (
        tokens[n - 1].low in language.prepositions
        or tokens[n - 1].low in language.conjunctions
        or tokens[n - 1].low in language.determiners
    ):
        n -= 1
    return n


def _ends_phrase(tokens: Sequence[Token], n: int, start: int, language: Lexicon) -> bool:
    """Whether the noun phrase that begins at `start` is over before the word at `n`."""
    word = tokens[n]
    if word.quote >= 0:
        return tokens[n - 1].low not in language.definite_articles or n + 1 >= len(tokens)
    if word.low in STOPS or word.low == "," or word.low in language.clause_breaks:
        return True
    if word.low in language.adverbs and not word.capital and tokens[n - 1].low not in language.determiners:
        return True
    if n == start:
        return False
    if word.low in language.time_nouns and not (word.capital and word.low in language.name_months):
        return True
    if word.low in language.auxiliaries and word.low not in language.object_pronouns:
        return True
    if word.low in language.prepositions and word.low not in language.inner_prepositions:
        return True
    if not word.capital and _follows_name(tokens, n, start, language):
        return True
    if language.no_articles and tokens[n - 1].capital and word.low.endswith(language.addressee_endings):
        return True  # "сказал Лавров журналистам"
    if not word.capital and tokens[n - 1].capital and _is_dative(tokens, n, start, language):
        return True
    follows = tokens[n + 1] if n + 1 < len(tokens) else None
    if word.low in _loose(language) and not word.capital:
        return follows is None or _opens_adjunct(word, follows, language)
    if word.low in language.conjunctions:
        joins = follows is not None and (follows.capital or follows.low in language.determiners)
        return not joins or (follows is not None and follows.low in language.pronouns)
    cue = language.speech_verbs.get(word.low)
    return cue is not None and not word.capital and cue.shape == "finite" and not language.inverts


def _is_dative(tokens: Sequence[Token], n: int, start: int, language: Lexicon) -> bool:
    """Whether an article behind a noun begins whom is spoken to: "sagte Ann Lee dem Boten"; "der" may be a genitive as well:
    so behind a whole name, or before a press word."""
    if tokens[n].low in language.dative_articles:
        return True
    if tokens[n].low not in language.dative_genitive_articles:
        return False
    named = n - 2 >= start and tokens[n - 2].capital
    return named or any(token.low.endswith(language.addressee_endings) for token in tokens[n + 1 : n + 4] if token.capital)


def _follows_name(tokens: Sequence[Token], n: int, start: int, language: Lexicon) -> bool:
    """Whether the word in small letters at `n` stands behind a noun or a name and is no part of it."""
    joining = language.inner_prepositions | language.determiners | language.conjunctions
    if language.capital_nouns and tokens[n - 1].capital and tokens[n].low not in joining:
        return True  # what is no noun ends the phrase
    return language.name_ends_phrase and n > 1 and _ends_name(tokens, n, start, language)


def _opens_adjunct(word: Token, follows: Token, language: Lexicon) -> bool:
    """Whether a preposition that may belong to a description opens an adjunct here: "para despejar dudas"."""
    return (
        (word.low in language.infinitive_prepositions and not follows.capital and follows.low not in language.determiners)
        or follows.low in language.time_nouns
        or follows.low in language.indefinite_articles
        or follows.low in language.possessives
        or follows.low in language.occasions  # "escribió Paz en Twitter"
        or (word.low in language.name_prepositions and not follows.capital)
    )


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
    small = language.inner_prepositions | language.name_joins | language.relatives
    while n > start + 1 and tokens[n - 1].low in small:
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
