"""The subject behind its verb: "said Brian Baker, an adviser", "dijo ayer en Madrid la ministra"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.quotes.noun_phrases import final_name, is_name, phrase_end
from index.quotes.tokens import STOPS, Token
from index.text.lexicon import Lexicon

Span = tuple[int, int]  # tokens [first, after)
NOBODY = (0, 0)


def right(tokens: Sequence[Token], start: int, language: Lexicon) -> tuple[Span, Span] | None:
    """The subject after its verb, and its apposition: "said Brian Baker, an adviser"."""
    n = _subject_start(tokens, start, language)
    if n >= len(tokens) or not _may_be_subject(tokens, n, tokens[start - 1].low, language):
        return None
    if tokens[n].low in language.pronouns:
        return (n, n + 1), NOBODY
    end = phrase_end(tokens, n, language)
    if end <= n:
        return None
    inner = _apposition(tokens, end, language)
    if inner is None:
        return (n, end), NOBODY
    name = apposed_name(tokens, (n, end), inner, language)
    if name and inner[1] - end <= 8:
        return name, (n, end)
    head = tokens[inner[0]]
    gerund = not head.capital and head.low.endswith(language.gerund_endings)
    return (n, end), NOBODY if gerund else inner


def apposed_name(tokens: Sequence[Token], subject: Span, beside: Span, language: Lexicon) -> Span | None:
    """The name beside a description: "the minister, Ann Lee". Not if it has a name itself: "Dr Ann Lee, of Arden Hospital"."""
    last = tokens[subject[1] - 1]
    run = subject[1]
    while run > subject[0] and tokens[run - 1].capital:
        run -= 1
    before = run - 1
    while before > subject[0] and tokens[before].low in language.determiners:
        before -= 1
    governed = before >= subject[0] and tokens[before].low in language.inner_prepositions  # "la portavoz de la Casa Blanca"
    has_name = subject[1] - run > 1 and not governed
    if is_name(tokens, subject, language) or (has_name and not language.capital_nouns and last.low.isalpha()):
        return None
    return final_name(tokens, beside, language)


def _subject_start(tokens: Sequence[Token], start: int, language: Lexicon) -> int:
    """Past what may stand between a verb and the subject behind it: "yesterday", "en rueda de prensa"."""
    n = start
    while (
        n < len(tokens)
        and not tokens[n].capital
        and (tokens[n].low in language.time_nouns or tokens[n].low in language.adverbs)
    ):
        n += 1
    if n + 1 < len(tokens) and tokens[n].low in language.determiners and tokens[n + 1].low in language.time_nouns:
        n += 2  # "esta mañana"
    if n < len(tokens) and tokens[n].low in language.adjunct_prepositions:
        return _past_adjunct(tokens, n, language)
    return n + 1 if n + 1 < len(tokens) and _is_manner(tokens, n, language) else n


def _may_be_subject(tokens: Sequence[Token], at: int, verb: str, language: Lexicon) -> bool:
    """Whether the subject of `verb` may begin with the word at `at`."""
    first = tokens[at]
    no_name = first.low in language.time_nouns and not (first.capital and first.low in language.name_months)
    if no_name or first.quote >= 0 or first.low in language.that or first.low in language.expletives:
        return False
    if language.no_articles and first.low in language.addressees:
        cue = language.speech_verbs.get(verb)
        if cue is not None and "t" in cue.frames:
            return False  # "przekonywał sąd": whom he spoke to
    if first.low in language.article_prepositions and at + 1 < len(tokens):
        following = tokens[at + 1]
        if following.low.endswith(language.plural_endings) and not following.capital:
            return False  # Portuguese "disse a jornalistas": spoken to
    named = first.capital or first.low in language.determiners or first.low in language.pronouns
    if named or first.low in language.bare_subjects or _is_described(tokens, at, language):
        return True
    return verb.endswith(language.plural_verb_endings) and _is_bare_plural(first, language)


def _is_bare_plural(word: Token, language: Lexicon) -> bool:
    """Whether a noun without an article may be those who speak: "dijeron vecinos", "skandowali rodzice"."""
    if language.inverts and word.low.endswith(language.plural_endings):
        return word.low not in language.no_plurals
    small = language.addressees | language.prepositions | language.that | language.clause_breaks
    spoken_to = word.low.endswith(language.addressee_endings)
    return language.no_articles and word.low.isalpha() and not spoken_to and word.low not in small


def _apposition(tokens: Sequence[Token], comma: int, language: Lexicon) -> Span | None:
    """The phrase between the comma at `comma` and the next mark, if it may describe the subject before it."""
    if comma + 1 >= len(tokens) or tokens[comma].low != "," or tokens[comma + 1].quote >= 0:
        return None
    after = phrase_end(tokens, comma + 1, language, 18)
    closes = (
        after >= len(tokens)
        or tokens[after].low in {",", ".", ";", ":", "—", "–"}
        or tokens[after].quote >= 0
        or tokens[after].low in language.clause_breaks
    )
    head = tokens[comma + 1].low
    other = head in language.prepositions or head in language.conjunctions or head in language.speech_verbs
    return (comma + 1, after) if after > comma + 1 and closes and not other else None


def _is_manner(tokens: Sequence[Token], at: int, language: Lexicon) -> bool:
    """Whether an adjective stands between a verb and its subject: "gritó eufórico el candidato"."""
    word = tokens[at]
    if not language.inverts or tokens[at + 1].low not in language.subject_articles or word.capital or len(word.low) < 4:
        return False
    small = language.determiners | language.clause_breaks | language.that | language.prepositions | language.conjunctions
    return word.quote < 0 and word.low.isalpha() and word.low not in small | language.pronouns


@cache
def _no_heads(language: Lexicon) -> frozenset[str]:
    """Words that no description begins with."""
    return language.adverbs | language.time_nouns | language.prepositions | language.that | language.clause_breaks


@cache
def _organised(language: Lexicon) -> frozenset[str]:
    return language.offices | language.bodies


def _is_described(tokens: Sequence[Token], start: int, language: Lexicon) -> bool:
    """Whether small words lead to a name: "министр финансов Антон Лебедев", "pollster Ann Lee"."""
    end = phrase_end(tokens, start, language)
    if end - start > 8 or end <= start or tokens[start].low in _no_heads(language) or not tokens[start].low[0].isalpha():
        return False
    if language.no_articles:
        return any(token.capital or token.low in _organised(language) for token in tokens[start:end])
    first = next((n for n in range(start, end) if tokens[n].capital), end)
    return 0 < end - first < 4 and first - start <= 4 and (end - first > 1 or not language.inverts)


def _past_adjunct(tokens: Sequence[Token], start: int, language: Lexicon) -> int:
    """Past "en rueda de prensa" to a name or article that no preposition governs; else the number of tokens."""
    run = start + 1
    while run < len(tokens) and tokens[run].capital and tokens[run].quote < 0 and tokens[run].low[0].isalpha():
        run += 1
    if tokens[start].low in language.dative_prepositions and run - start > 3:
        return run - 2  # "le dice a BBC Mundo Lucía Dammert"
    for n in range(start + 2, min(start + 9, len(tokens))):
        before = tokens[n - 1]
        if tokens[n].quote >= 0 or tokens[n].low in STOPS or tokens[n].low == "," or tokens[n].low in language.that:
            break
        free = (
            before.low not in language.prepositions
            and before.low not in language.inner_prepositions
            and before.low not in language.determiners
            and before.low not in language.conjunctions
        )
        article = language.no_articles or tokens[start + 1].low in language.determiners
        if free and before.low in language.channels and article:
            continue  # "dijo en el programa Despierta"
        if free and before.capital and tokens[n].low in language.subject_articles:
            return n  # "le dijo a Nature el doctor Paz"
        if free and language.no_articles and tokens[n].low in _organised(language):
            return n  # "napisała w komunikacie straż graniczna"
        if free and not before.capital and (tokens[n].capital or tokens[n].low in language.subject_articles):
            return n
    return len(tokens)


def ends_subject(tokens: Sequence[Token], behind: tuple[tuple[int, int], tuple[int, int]], language: Lexicon) -> bool:
    """Whether what follows a subject behind its verb is "that", a quotation or the sentence's end."""
    end = max(behind[0][1], behind[1][1])
    return (
        end >= len(tokens) or tokens[end].low in language.that or tokens[end].low in (".", ",", ":") or tokens[end].quote >= 0
    )
