"""Who speaks: the subject of a cue, on its left, on its right, before a relative pronoun, or shared with an earlier verb."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.quotes.noun_phrases import (
    antecedent,
    final_name,
    initial_phrase,
    is_name,
    list_start,
    noun_phrase,
    phrase_end,
    starts_like_subject,
)
from index.quotes.tokens import STOPS, Reading, Token
from index.text.lexicon import Lexicon

Span = tuple[int, int]  # tokens [first, after)
NOBODY = (0, 0)
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
    if before is not None and before.low in language.relatives:
        reading.subject, reading.place = antecedent(tokens, first - 1, language), "relative"
        if reading.subject != NOBODY:
            return
    quoted = _quoted_as(tokens, first, language) if before is not None and before.low in language.like_words else -1
    if quoted >= 0 and reading.cue.shape == "ing":  # "The Post quoted Ann Lee as saying": Ann Lee speaks
        reading.subject, reading.place = (quoted + 1, phrase_end(tokens, quoted + 1, language)), "left"
        return
    ahead, behind = _left(tokens, first, language), right(tokens, after, language)
    if behind is not None and _comes_behind(tokens, reading, ahead is not None, behind, language):
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
    tokens: Sequence[Token], reading: Reading, has_left: bool, behind: tuple[Span, Span], language: Lexicon
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
    if has_left:  # "La líder, Ana Ruiz, calificó el texto de …", but "La obra empezará en mayo, dijo el ministro."
        somebody = any(t.capital or t.low in language.offices or t.low in language.pronouns for t in tokens[slice(*behind[0])])
        plain = reading.cue.frames[0] == "c" and _ends_subject(tokens, behind, language) and somebody
        return comma and (plain or is_name(tokens, behind[0], language))
    article = not has_left and tokens[behind[0][0]].low in language.determiners and reading.cue.frames[0] == "c"
    return comma or is_name(tokens, behind[0], language) or (article and _ends_subject(tokens, behind, language))


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
    named = _apposed_name(tokens, subject, segments[1], language)
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


def _apposed_name(tokens: Sequence[Token], subject: Span, beside: Span, language: Lexicon) -> Span | None:
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
    name = _apposed_name(tokens, (n, end), inner, language)
    if name and inner[1] - end <= 8:
        return name, (n, end)
    head = tokens[inner[0]]
    gerund = not head.capital and head.low.endswith(language.gerund_endings)
    return (n, end), NOBODY if gerund else inner


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


def _ends_subject(tokens: Sequence[Token], behind: tuple[tuple[int, int], tuple[int, int]], language: Lexicon) -> bool:
    """Whether what follows a subject behind its verb is "that", a quotation or the sentence's end."""
    end = max(behind[0][1], behind[1][1])
    return (
        end >= len(tokens) or tokens[end].low in language.that or tokens[end].low in (".", ",", ":") or tokens[end].quote >= 0
    )


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
