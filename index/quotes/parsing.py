"""Reads one sentence: its cues, and for each who speaks (`subjects`) and what is said (`complements`).

There is no parser here: a short list of function words per language (`Lexicon`) shows where clauses begin, and news prose
is regular enough for the rest. Positions are indexes of tokens; `extraction` turns them into offsets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from index.quotes.complements import according, find_according_content, find_content
from index.quotes.documents import with_author
from index.quotes.noun_phrases import is_manner
from index.quotes.possible_speakers import may_speak
from index.quotes.subjects import find_subject
from index.quotes.subjects_behind import NOBODY
from index.quotes.tokens import STOPS, Reading, Token
from index.text.lexicon import Lexicon
from index.text.verb_forms import Cue


def readings(tokens: Sequence[Token], language: Lexicon) -> list[Reading]:
    """Every cue of the sentence with its subject and its complement, in order."""
    candidates: list[Reading] = []
    for at, token in enumerate(tokens):
        cue = language.speech_verbs.get(token.low)
        if cue is None and language.preterite_endings and token.low.endswith(language.preterite_endings):
            cue = _unknown_verb(tokens, at, language)
        if (
            cue is not None
            and token.low.upper() != token.low
            and token.capital
            and at
            and tokens[at - 1].quote < 0
            and tokens[at - 1].low not in STOPS
        ):
            continue  # "the United States"
        if cue is not None and _is_verb(tokens, at, cue, language):
            candidates.append(Reading(cue, at, _group(tokens, at, language)))
    passed_on = according(tokens, language)
    candidates = [
        reading for reading in candidates if not any(other.group[0] <= reading.at < other.group[1] for other in passed_on)
    ] + passed_on
    candidates.sort(key=lambda reading: reading.at)
    for number, reading in enumerate(candidates):
        if reading.place != "according":
            find_subject(tokens, reading, candidates[:number], language)
            if not may_speak(tokens, reading, language):
                reading.subject, reading.role, reading.place = NOBODY, NOBODY, "nobody"
        reading.subject = with_author(tokens, reading.subject, language)
    for number, reading in enumerate(candidates):
        if reading.place == "according":
            find_according_content(tokens, reading, candidates[number + 1 :], language)
        else:
            find_content(tokens, reading, candidates[number + 1 :], language)
    return candidates


def _unknown_verb(tokens: Sequence[Token], at: int, language: Lexicon) -> Cue | None:
    """A verb that no table has, right behind a quotation: “…”, contextualizó Paz. What stands there announces speech."""
    word = tokens[at]
    if word.capital or len(word.low) < 5:
        return None
    before = at - 1 if at and tokens[at - 1].low in (",", "-", "—", "–") else at
    if before < 1 or tokens[before - 1].quote < 0 or (before == at and not at):
        return None
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    small = follows is None or follows.low in STOPS or follows.low == "," or follows.quote >= 0
    plain = small or (follows is not None and (follows.capital or follows.low in language.subject_articles))
    return Cue(word.low, "asserts", "d") if plain else None


def _is_verb(tokens: Sequence[Token], at: int, cue: Cue, language: Lexicon) -> bool:
    """Whether the form at `at` is a verb with an active meaning, and not a noun or a passive participle."""
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if not language.speech_verbs:
        return True
    if (
        before in language.determiners
        and before not in language.pronouns
        and not (language.inverts and before in language.object_pronouns)
    ):
        return False
    if language.inverts:
        return _is_inverting_verb(tokens, at, cue, before, after, language)
    if before.endswith(language.possessive_endings) and before[:-2] not in language.pronouns and cue.shape != "ing":
        return False
    if before in language.noun_governors:
        return cue.shape == "ing" and before in language.before_gerunds and after in language.that
    if cue.shape == "base":
        if before in language.auxiliaries or before in language.pronouns or before in language.before_bases:
            return not (before in language.infinitive_marks and at >= 2 and tokens[at - 2].low in language.to_prepositions)
        if cue.lemma in language.chief_verbs and at > 0 and tokens[at - 1].low not in language.prepositions:
            return True
        plural = before.endswith(language.plural_endings) and not before.endswith(language.possessive_endings)
        return plural and after not in language.after_nouns and at > 0
    if cue.shape == "finite" and after in language.agent_prepositions:
        return False
    if cue.frames == "d" and tokens[at].low.endswith(language.present_endings) and after not in language.that:
        return any(token.quote >= 0 for token in tokens) or after in (":", ",")  # "the app brings texts to users"
    if cue.shape == "finite":
        back = at - 1
        while back >= 0 and (tokens[back].low in language.adverbs or tokens[back].low.endswith(language.adverb_endings)):
            back -= 1
        if (
            back >= 0
            and tokens[back].low in language.passive_auxiliaries
            and not tokens[at].low.endswith(language.present_endings)
        ):
            return False
    return True


def _is_inverting_verb(tokens: Sequence[Token], at: int, cue: Cue, before: str, after: str, language: Lexicon) -> bool:
    if cue.shape == "part":
        near = (token.low for token in reversed(tokens[max(0, at - 3) : at]))
        small = language.adverbs | language.pronouns | language.clitics | language.perfect_auxiliaries | language.auxiliaries
        return any(low in language.perfect_auxiliaries for low in takewhile(small.__contains__, near))
    if cue.shape == "after":
        return before == "," or (at > 0 and tokens[at - 1].quote >= 0)
    if before in language.prepositions or before in language.light_verbs:
        return False
    if cue.lemma in language.doubtful_verbs:
        quoted = at > 0 and (tokens[at - 1].quote >= 0 or (before == "," and at > 1 and tokens[at - 2].quote >= 0))
        return after not in language.doubtful_before or (
            quoted and (after in language.subject_articles or after in language.caption_prepositions)
        )
    if tokens[at].low in language.noun_forms:
        return not (before in language.inner_prepositions or before in language.before_noun_forms)
    return True


def _group(tokens: Sequence[Token], at: int, language: Lexicon) -> tuple[int, int]:
    first = at
    while first and (
        tokens[first - 1].low in language.auxiliaries
        or tokens[first - 1].low in language.adverbs
        or (not language.inverts and is_manner(tokens[first - 1], language))
    ):
        first -= 1
    while first and tokens[first - 1].low in language.clitics and not tokens[first - 1].capital:
        first -= 1
    return first, at + 1
