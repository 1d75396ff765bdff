"""Pure: whose words a quotation is beside a colon, where no verb announces it.

“We go on”: X, or X: “We go on”          a headline: a name and nothing else
X was blunt: “We go on”                  the subject of the clause
La respuesta de X fue breve: “Seguimos”  whom a noun of speech belongs to
"""

from __future__ import annotations

from collections.abc import Sequence

from index.quotes.job_titles import role_words
from index.quotes.noun_phrases import looks_like_verb
from index.quotes.tokens import Reading, Token
from index.quotes.topics import topic
from index.quotes.unresolved import How, UnresolvedStatement, direct
from index.text.lexicon import Lexicon
from index.text.verb_forms import Cue

Span = tuple[int, int]


def headline(tokens: Sequence[Token], n: int, number: int, language: Lexicon) -> UnresolvedStatement | None:
    """“We go on”: X, or X: “We go on”, with nothing else in the line."""
    if len(tokens) > 10:
        return None
    rest = [t for t in tokens if t.low != "."]
    if not 3 <= len(rest) <= 8 or sum(t.quote >= 0 for t in rest) != 1:
        return None
    if n == 0 and rest[1].low == ":":
        span = (2, len(rest))
    elif n == len(rest) - 1 and rest[n - 1].low == ":":
        span = (0, n - 1)
    else:
        return None
    name = rest[span[0] : span[1]]
    if len(name) > 5 or any(not t.low[:1].isalnum() for t in name) or not any(t.capital for t in name):
        return None
    verb = any(not name[k].capital and looks_like_verb(name, k, language) for k in range(1, len(name)))
    if verb or (not name[-1].capital and len(name) > 2):  # "Ann Lee took to Twitter: “…”"
        return None
    at = 1 if n == 0 else n - 1
    return direct(tokens[n], "headline", number, Reading(Cue(":", "asserts", "c"), at, (at, at + 1), span, place="left"))


def after_colon(tokens: Sequence[Token], n: int, number: int, language: Lexicon) -> UnresolvedStatement | None:
    """X was blunt: “We go on”. The subject of the sentence speaks, though no verb of speech says so."""
    if n < 3 or tokens[n - 1].low != ":" or not language.speech_verbs:
        return None
    spoken = of_speech(tokens, n - 1, language)
    if spoken is not None:
        return direct(
            tokens[n], "speech of", number, Reading(Cue(":", "asserts", "c"), n - 1, (n - 1, n), spoken, place="left")
        )
    dash = next((k for k in range(n - 2, -1, -1) if tokens[k].low in ("-", "–", "—")), -1)
    topic_span = topic(tokens[dash + 1 : n - 1], language)
    if topic_span is None:
        others = any(token.capital and token.low not in language.adverbs for token in tokens[1 : n - 1])
        own = language.elides_subject and not language.no_articles and _is_speech(tokens[n]) and not others
        return direct(tokens[n], "colon", number, Reading(Cue(":", "asserts", "c"), n - 1, (n - 1, n))) if own else None
    subject = (topic_span[0] + dash + 1, topic_span[1] + dash + 1)
    first = tokens[subject[0]]
    names = any(token.capital for token in tokens[subject[0] + 1 : subject[1]])
    names = names or (first.capital and first.low not in language.determiners)
    office = role_words(" ".join(token.low for token in tokens[slice(*subject)]), language)
    if not (names or office) or subject[1] >= n:
        return None
    how: How = "colon of one" if first.capital and _names_nobody_else(tokens[: n - 1], subject, language) else "colon"
    return direct(tokens[n], how, number, Reading(Cue(":", "asserts", "c"), n - 1, (n - 1, n), subject, place="left"))


def _names_nobody_else(tokens: Sequence[Token], subject: Span, language: Lexicon) -> bool:
    """Whether a clause names its subject alone, but for channels and days; in German every noun looks like a name."""
    no_names = language.occasions | language.channels | language.time_nouns | language.name_months
    rest = [token for n, token in enumerate(tokens) if not subject[0] <= n < subject[1]]
    return not language.capital_nouns and not any(
        token.quote >= 0 or (token.capital and token.low not in no_names) for token in rest
    )


def _is_speech(token: Token) -> bool:
    """Whether a quotation behind a colon is more than a title or a term."""
    return token.end - token.start > 40


def of_speech(tokens: Sequence[Token], end: int, language: Lexicon) -> Span | None:
    """Whose words a noun of speech says they are: Rivera in "La respuesta de Rivera fue breve: “…”"."""
    joins = language.author_prepositions or language.inner_prepositions
    for at in range(min(end, 14)):
        if tokens[at].low in language.speech_nouns and at + 2 < end and tokens[at + 1].low in joins:
            start = at + 2 + (tokens[at + 2].low in language.subject_articles)
            after = start
            while after < end and (
                tokens[after].capital or (tokens[after].low in language.inner_prepositions and tokens[after + 1].capital)
            ):
                after += 1
            if after > start:
                return start, after
    return None
