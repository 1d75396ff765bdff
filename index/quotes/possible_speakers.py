"""Pure: whether the subject that was found for a verb of speech can be somebody who speaks.

A person, an office, a body or a document can; a clause, a participle, a number or "there" is what a misread sentence yields.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.quotes.noun_phrases import looks_like_verb
from index.quotes.tokens import Reading, Token
from index.text.lexicon import Lexicon


def may_speak(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> bool:
    """Whether the subject of `reading` can speak. A reading without a subject is asked nothing."""
    first, after = reading.subject
    if first == after:
        return True
    head, verb = tokens[first], tokens[reading.group[0]]
    if reading.place in ("left", "guess") and verb.low in language.infinitive_marks:
        return False  # "Bankman-Fried seemed to think", "a way for users to report": nothing is said
    if reading.cue.shape == "base" and head.low in language.auxiliaries and after - first > 1 and language.infinitive_marks:
        return False  # "Did Ann Lee tell"
    if reading.cue.shape == "ing" and reading.place in ("left", "guess") and _is_noun(tokens, reading, language):
        return False  # "the new offering adds", "the owner ignored warning about it"
    if "'" in head.low and head.low.split("'")[0] in language.neutral_words:
        return False  # "it's not known whether"
    if head.low in language.no_speaker_articles and after - first > 1 and tokens[first + 1].low[0].isalpha():
        return False  # "No organization claimed credit", but "No 10 said"
    if after - first == 1 and (head.low.split("'")[0] in language.nobody or _is_number(head.low)):
        return False
    return not (_is_verbal(tokens, reading, language) or _has_verb(tokens, reading, language))


def _is_noun(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> bool:
    """Whether a gerund is a noun: right behind an article's phrase or a verb, or with a colon between it and its subject, and
    nothing behind it tells what is said."""
    first, at = reading.subject[0], reading.at + 1
    if reading.group[1] - reading.group[0] > 1 or at >= len(tokens):
        return False
    before = tokens[reading.at - 1].low
    verb = reading.at > 1 and before not in language.auxiliaries and looks_like_verb(tokens, reading.at - 1, language)
    headed = any(token.low == ":" for token in tokens[first : reading.at])
    if not (tokens[first].low in language.determiners or verb or headed):
        return False
    return not (tokens[at].low in language.that or tokens[at].low in (",", ":") or tokens[at].quote >= 0)


def _is_number(low: str) -> bool:
    return low[0] in "$€£" or low.isdecimal()


def _is_verbal(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> bool:
    """Whether a phrase begins with a verb: "using it", "publicó el retrato", "said the office"."""
    first, after = reading.subject
    head, own = tokens[first], after == reading.group[0]  # "Ferrando dijo"
    if first == 0 and not own and head.low.endswith(language.gerund_endings) and _takes_object(tokens, after, language):
        return True  # "Using nets, …", but "Beijing, …", "Boeing said"
    if head.capital or head.low in language.determiners or head.low in language.pronouns or head.low in language.offices:
        return False
    cue = language.speech_verbs.get(head.low)
    if cue is not None and cue.shape == "finite" and not head.low.endswith(language.plural_endings):
        return True
    participle = head.low.endswith(language.gerund_endings) or (
        not language.inverts and head.low.endswith(language.finite_endings)
    )
    if not participle or "-" in head.low:  # "state-owned"
        return False
    if after - first == 1:
        return True
    follows = tokens[first + 1]
    return follows.capital or any(
        follows.low in small for small in (language.determiners, language.prepositions, language.pronouns, language.adverbs)
    )


def _takes_object(tokens: Sequence[Token], at: int, language: Lexicon) -> bool:
    """Whether a noun phrase goes on at `at`, with no verb and no mark."""
    if at >= len(tokens) or not tokens[at].low[0].isalnum() or looks_like_verb(tokens, at, language):
        return False
    return tokens[at].low not in language.clause_breaks | language.conjunctions | language.adverbs | language.time_nouns


def _has_verb(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> bool:
    """Whether a clause was taken for a noun phrase: "Quirin denied any contact"."""
    first, after = reading.subject
    if reading.place in ("according", "right"):
        return False
    for n in range(first + 1, after):
        if tokens[n].low in language.relatives or tokens[n].low in language.that:
            return False
        inside = n < after - 1 or all(token.capital for token in tokens[first:n])
        auxiliary = tokens[n].low in language.auxiliaries - language.object_pronouns
        verb = auxiliary if language.inverts else looks_like_verb(tokens, n, language)
        if inside and verb and tokens[n - 1].low not in language.determiners:
            return True
    return False
