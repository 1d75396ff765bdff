"""Who speaks: the subject of a cue, on its left, on its right, before a relative pronoun, or shared with an earlier verb."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotes.noun_phrases import (
    antecedent,
    final_name,
    initial_phrase,
    is_name,
    list_start,
    looks_like_verb,
    noun_phrase,
    phrase_end,
    starts_like_subject,
)
from index.quotes.subjects_behind import NOBODY, Span, apposed_name, ends_subject, right
from index.quotes.tokens import STOPS, Reading, Token
from index.text.lexicon import Lexicon

SAID = 4  # tokens of a statement in front of its speaker, at least


def find_subject(tokens: Sequence[Token], reading: Reading, earlier: Sequence[Reading], language: Lexicon) -> None:
    """Sets subject, role and place of a reading, and whether its verb is negated. `earlier`: the readings before it."""
    first, after = reading.group
    before = tokens[first - 1] if first else None
    group = tokens[first : reading.at]
    reading.negated = any(
        token.low in language.verb_negations or token.low.endswith(language.negation_endings) for token in group
    )
    if before is not None and before.low.endswith(language.contractions) and before.low.split("'")[0] in language.pronouns:
        reading.subject, reading.place = (first - 1, first), "left"
        return
    if language.elides_subject and _is_impersonal(tokens, reading, language):
        return
    if _is_caption(tokens, after, language):  # "hieß es in der Erklärung"
        reading.subject, reading.place = (after + 2, phrase_end(tokens, after + 2, language)), "right"
        return
    if before is not None and before.low in language.relatives:
        reading.subject, reading.place = antecedent(tokens, first - 1, language), "relative"
        if reading.subject != NOBODY:
            return
    quoted = _quoted_as(tokens, first, language) if before is not None and before.low in language.like_words else -1
    if quoted >= 0 and reading.cue.shape == "ing":  # "The Post quoted Ann Lee as saying": Ann Lee speaks
        reading.subject, reading.place = (quoted + 1, phrase_end(tokens, quoted + 1, language)), "left"
        return
    going_on = reading.cue.shape == "ing" and before is not None and before.low == ","
    ahead, behind = None if going_on else _left(tokens, first, language), right(tokens, after, language)
    if behind is not None and _comes_behind(tokens, reading, ahead, behind, language):
        reading.subject, reading.role = behind
        reading.place = "right"
    elif ahead is not None:
        reading.subject, reading.role = ahead
        reading.place = "left"
    elif (
        before is None
        or before.low in language.conjunctions
        or before.low == ","
        or before.low in language.infinitive_marks
        or reading.cue.shape == "ing"
    ):
        _share(tokens, reading, earlier, language)


def _is_caption(tokens: Sequence[Token], at: int, language: Lexicon) -> bool:
    """Whether "it" and a preposition behind a verb show that what follows says it."""
    behind = tokens[at : at + 3]
    return len(behind) > 2 and behind[0].low in language.expletives and behind[1].low in language.caption_prepositions


def _quoted_as(tokens: Sequence[Token], end: int, language: Lexicon) -> int:
    """Where the verb of "quoted … as saying" stands; -1 if there is none near."""
    near = range(end - 1, max(-1, end - 20), -1)
    no_object = language.like_words | language.agent_prepositions
    return next((n for n in near if tokens[n].low in language.quoting_verbs and tokens[n + 1].low not in no_object), -1)


def _is_impersonal(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> bool:
    """Spanish "se": "se detalla en una leyenda" (the caption says), "se confirmó que" (nobody says). Sets place and subject."""
    first, after = reading.group
    impersonal = first < reading.at and tokens[reading.at - 1].low in language.impersonal_pronouns
    if not impersonal and tokens[reading.at].low not in language.impersonal_forms:
        return False
    if after < len(tokens) and tokens[after].low in language.caption_prepositions:
        end = phrase_end(tokens, after + 1, language)
        if end > after + 1:
            reading.subject, reading.place = (after + 1, end), "right"
    elif after < len(tokens) and tokens[after].low in language.that:
        reading.place = "impersonal"
    return reading.place in ("right", "impersonal")


def _comes_behind(
    tokens: Sequence[Token], reading: Reading, ahead: tuple[Span, Span] | None, behind: tuple[Span, Span], language: Lexicon
) -> bool:
    """Whether the phrase behind the verb is its subject: after a quotation, and in Spanish wherever none stands in front."""
    first = reading.group[0]
    if reading.cue.shape == "ing" or tokens[first].low in language.infinitive_marks:
        return False
    before = tokens[first - 1] if first else None
    comma = before is not None and before.low == ","
    after_quote = before is None or before.quote >= 0 or before.low in "—―"
    if not after_quote and first > 1:
        after_quote = tokens[first - 1].low in ",-—–―" and tokens[first - 2].quote >= 0
    if after_quote:
        return True
    if not language.inverts:
        return comma and _is_inserted(tokens, reading, behind, language)
    if ahead is not None:  # "La líder, Ana Ruiz, calificó el texto de …", but "La obra empezará en mayo, dijo el ministro."
        somebody = any(t.capital or t.low in language.offices or t.low in language.pronouns for t in tokens[slice(*behind[0])])
        plain = reading.cue.frames[0] == "c" and ends_subject(tokens, behind, language) and somebody
        return comma and (plain or is_name(tokens, behind[0], language)) and not _is_apposed(tokens, ahead, language)
    article = tokens[behind[0][0]].low in language.determiners and reading.cue.frames[0] == "c"
    return comma or is_name(tokens, behind[0], language) or (article and ends_subject(tokens, behind, language))


def _is_apposed(tokens: Sequence[Token], ahead: tuple[Span, Span], language: Lexicon) -> bool:
    """Whether a name and no more than its description stand in front: "Ann Lee, de Roma, felicitó a Paz: “…”"."""
    name, role = ahead
    whole = range(role[0], role[1])
    return (
        is_name(tokens, name, language)
        and role != NOBODY
        and not any(
            tokens[n].low == "," or tokens[n].low in language.clause_breaks or looks_like_verb(tokens, n, language)
            for n in whole
        )
    )


def _is_inserted(tokens: Sequence[Token], reading: Reading, behind: tuple[Span, Span], language: Lexicon) -> bool:
    """Whether ", said Ann Lee, a lawyer" stands behind what is said, or between."""
    end = max(behind[0][1], behind[1][1])
    name = is_name(tokens, behind[0], language) or final_name(tokens, behind[0], language) is not None
    return (
        reading.cue.lemma in language.inserted_verbs
        and name
        and (end >= len(tokens) or tokens[end].low in (",", ".", "!", "?"))
    )


def _share(tokens: Sequence[Token], reading: Reading, earlier: Sequence[Reading], language: Lexicon) -> None:
    """The subject of the verb before ("said … and added"), or of the clause that leads here ("…, saying that")."""
    first = reading.group[0]
    for other in reversed(earlier):
        near = not any(token.low in (";", ":") for token in tokens[other.group[1] : first])
        if near and other.subject != NOBODY and other.place not in ("according", "relative"):
            reading.subject, reading.role, reading.place = other.subject, other.role, "shared"
            return
    guess = _clause_subject(tokens, first, language) if first or reading.cue.shape == "ing" else None
    if guess is not None:
        reading.subject, reading.place = guess, "guess"


def _left(tokens: Sequence[Token], end: int, language: Lexicon) -> tuple[Span, Span] | None:
    """The subject that ends before token `end`, with its apposition: "X, a lawyer, said"."""
    start = _clause_start(tokens, end, language)
    if start > 1 and tokens[start - 1].low in language.relatives and tokens[end - 1].low == ",":
        # "Cox, who runs the arm, says": the clause before the relative has the subject
        outer = start - 1
        if tokens[outer - 1].low == "," or tokens[outer - 1].low in language.conjunctions:
            subject_and_role = _left(tokens, outer - 1, language)
            if subject_and_role:
                return subject_and_role[0], (outer, end - 1)
    if start > 1 and tokens[start - 1].low in language.relatives and start < end and looks_like_verb(tokens, start, language):
        return _left(tokens, start - 1, language)  # "The man who saw it said"
    segments = _segments(tokens, start, end)
    if not segments:
        return None
    if tokens[end - 1].low != ",":
        return _subject_beside_verb(tokens, segments, language)
    if behind_clause := _behind_clause(tokens, segments, language):
        return behind_clause
    while len(segments) > 1 and not starts_like_subject(tokens, segments[0], language):
        segments.pop(0)
    subject = noun_phrase(tokens, segments[0], language)
    if not subject or len(segments) < 2 or segments[0][1] - segments[0][0] > 14:
        return None
    role = (segments[1][0], segments[-1][1])
    named = apposed_name(tokens, subject, segments[1], language)
    if named and segments[1][1] - segments[1][0] <= 7:
        return named, subject  # "El ministro de Exteriores, José Pérez, dijo"
    return subject, role


def _behind_clause(tokens: Sequence[Token], segments: Sequence[Span], language: Lexicon) -> tuple[Span, Span] | None:
    """A name and its description, in either order, behind what is said: "The port will close, its director, Ann Lee, said"."""
    if segments and tokens[segments[-1][0]].low in language.relatives:  # "…, who took office in May, said"
        segments = segments[:-1]
    if len(segments) < 3 or segments[-3][1] - segments[0][0] < SAID or final_name(tokens, segments[-3], language):
        return None
    name, role = sorted(segments[-2:], key=lambda span: tokens[span[0]].low in language.determiners)
    described = tokens[role[0]].low in language.determiners and noun_phrase(tokens, role, language) == role
    return (name, role) if described and final_name(tokens, name, language) == name else None


def _clause_start(tokens: Sequence[Token], end: int, language: Lexicon) -> int:
    start = end
    while start > 0 and tokens[start - 1].quote < 0 and tokens[start - 1].low not in STOPS:
        word = tokens[start - 1].low
        if word == "-" and start < 10:  # "PARIS, 3 May (AFP) - The minister"
            break
        if word in language.clause_breaks and not (word in language.opening_breaks and start - 1 == 0):
            break
        start -= 1
    return start


def _segments(tokens: Sequence[Token], start: int, end: int) -> list[Span]:
    """What stands between the commas."""
    commas = [n for n in range(start, end) if tokens[n].low == ","]
    spans = zip([start, *(comma + 1 for comma in commas)], [*commas, end], strict=True)
    return [(first, after) for first, after in spans if after > first]


def _subject_beside_verb(tokens: Sequence[Token], segments: Sequence[Span], language: Lexicon) -> tuple[Span, Span] | None:
    """The subject where no comma parts it from the verb."""
    last = segments[-1]
    first = list_start(tokens, segments, language)
    if first < len(segments) - 1:
        return (segments[first][0], last[1]), NOBODY
    if len(segments) > 1:
        before, lead = segments[-2], tokens[last[0]]
        place = len(segments) > 3 and tokens[segments[-3][0]].low in language.prepositions
        if place and lead.low in language.prepositions:
            before = segments[-4]  # "Ann Lee, from Arden, Norland, on Tuesday said"
        if (
            not (lead.low in language.determiners or lead.low in language.pronouns or lead.capital)
            and starts_like_subject(tokens, before, language)
            and is_name(tokens, before, language)
            and not (language.no_articles and any(token.capital for token in tokens[slice(*last)]))
            and before[1] - before[0] <= 5
        ):
            return before, last  # "Ann Lee, mayor of Rome since 2006 said"
        if (
            lead.low in language.indefinite_articles
            and before[1] - before[0] in (2, 3)
            and all(token.capital and token.low not in language.time_nouns for token in tokens[slice(*before)])
        ):
            return before, last  # "Ann Lee, a former mayor of Rome said"
    subject = noun_phrase(tokens, last, language)
    return (subject, NOBODY) if subject else None


def _clause_subject(tokens: Sequence[Token], before: int, language: Lexicon) -> tuple[int, int] | None:
    """The subject of the clause that leads to a verb without one ("…, saying that"): the first phrase of the nearest stretch
    between commas that begins with a pronoun, a name or an article, and is followed by something like a verb."""
    end = before
    while end > 0:
        start = end
        while start > 0 and tokens[start - 1].low not in {",", ";", ":", "—", "–", "(", ")"} and tokens[start - 1].quote < 0:
            start -= 1
        phrase = initial_phrase(tokens, start, end, language)
        if phrase:
            return phrase
        end = start - 1
    return None
