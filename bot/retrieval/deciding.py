"""Pure: which sentence decides a question: the one that tells its act, or what came of that instead.

    "Was Abdul Qawi convicted?"             "The court acquitted Qawi."          the opposite of the act
    "Has a suspect been found?"             "Police do not have a suspect yet."  it says no
    "Did the towers survive the fire?"      "The two towers were saved."         the act itself
    "When did Wiranto die of his wounds?"   "Wiranto survived."                  the opposite of what it takes for granted
    "How many people were hurt?"            "Nobody was hurt."                   the same, of a number
    "What was Osk's time in Terlow?"        "She needed 26:48 minutes."          not "Osk ran in Terlow", which has none

What an act comes to is a table of each language (`outcomes`), by kinds that all languages share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.questions.question import Question
from bot.retrieval.asked_thing import NUMBERS, held
from bot.retrieval.candidates import Candidate, has_name
from bot.verification import vocabulary
from bot.verification.vocabulary import OPPOSITES as OPPOSITES
from bot.verification.vocabulary import outcomes as outcomes
from bot.verification.vocabulary import says_no
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems

# Of these, the ones of which the opposite answers whatever was asked: the others are said of anything, "more", "open".
FATES = frozenset("convicted confessed died arrested left accepted won found".split())
FATES |= {OPPOSITES[kind] for kind in FATES}
BEFELL = vocabulary.FATES | FATES | {"hurt", "unhurt"}  # kinds of what people do or suffer
# Log-odds: of 152 questions over articles that strangers wrote, whose article was found and has the sentence that decides, that
# one is first for .54 without these, for .64 with them, and among three for .70 and .80.
SAME, OPPOSITE, NO, LEAD = 2.0, 4.0, 3.0, -2.0
NONE = 9.0  # the same of "nobody", which the trained reader takes for no answer to "how many"
CLAUSE = re.compile(r"[,;:.–—]")
AHEAD = 0.1  # log-odds of the one that decides above the best: the others stay as likely as they were
HOLDING = 2.0  # log-odds below a best sentence without the figure asked for, down to which one with it stands before it
TOP = 1.0  # log-odds below the best, down to which a sentence that tells the act is as good an answer


def decisive_first(question: Question, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Sentences, best first, with the one first that decides, if one of the best one's article does.

    Where something else than yes or no is asked for, and none of the best tells of its act, what came of it instead decides:
    "When did Wiranto die?" is answered by "He survived", and "How many were hurt?" by "Nobody was hurt".
    """
    if not ranked or not (question.whether or _counted(question) or taken_for_granted(question)):
        return tuple(ranked)
    best = ranked[0]
    here = [c for c in ranked if c.passage.article_id == best.passage.article_id]
    top = [c for c in here if c.score >= best.score - TOP]
    if any(_tells_some(question, c) for c in here):
        return tuple(ranked)
    if not question.whether and any(taken_for_granted(question) & outcomes(c.text, c.passage.lang) for c in top):
        return tuple(ranked)
    first = max(here, key=lambda c: c.score + decisiveness(question, c))
    if first is best or decisiveness(question, first) <= decisiveness(question, best):
        return tuple(ranked)
    return (replace(first, score=best.score + AHEAD), *(c for c in ranked if c is not first))


def holding_first(question: Question, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Sentences, best first; where a figure is asked for and the best has none, one that has it before it.

    Of its article, or of another that has every name of the question.
    """
    if not ranked or question.answer not in NUMBERS:
        return tuple(ranked)
    best = ranked[0]
    near = (c for c in ranked if c.score >= best.score - HOLDING)
    near = (c for c in near if c.passage.article_id == best.passage.article_id or named(question, c))
    first = next((c for c in near if held(question, c.text, c.passage.lang) == 1.0), None)
    if first is None or held(question, best.text, best.passage.lang):
        return tuple(ranked)
    return (replace(first, score=best.score + AHEAD), *(c for c in ranked if c is not first))


def contradicts(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence tells the opposite of what a question takes for granted, and not the act, where its names are."""
    acts, told = taken_for_granted(question), outcomes(candidate.text, candidate.passage.lang)
    opposite = not told & acts and bool(told & {OPPOSITES[kind] for kind in acts})
    return opposite and named(question, candidate)


def named(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence's passage or title has every name of a question."""
    return all(has_name(candidate.passage, name, question.lang) for name in question.names)


def none_of(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence says that it was nobody of whom a question asks how many they were.

    "How many were hurt?", and also who died, where nobody was hurt.
    """
    lang, counted = candidate.passage.lang, _counted(question)
    return bool(counted) and any(_nobody(question, clause, lang, counted) for clause in CLAUSE.split(candidate.text))


def _nobody(question: Question, clause: str, lang: str, counted: frozenset[str]) -> bool:
    """Whether "nobody", or "no" and what is asked for, stand beside what befell, in a clause that is no plan and about all.

    Between them is no word of a meaning that the question has not: "no firefighters were hurt", "nobody knows how many died";
    and none that begins another statement, as "or" does not: "nobody died and many were hurt". Nor is it
    said there of somebody else: "nobody was hurt and all who died were soldiers".
    """
    words, flat, told = Lexicon(lang), Folded(clause).text, _told(Folded(clause).text, lang)
    nobody = list(words.no_one.finditer(flat))
    if words.to_come.search(clause.lower()) or any(each.lastgroup == "some" for each in nobody):
        return False
    bare = "".join(" " if any(start <= i < end for start, end, _ in told) else sign for i, sign in enumerate(flat))
    known = content_stems(" ".join(words.countless), lang) | (question.stems if lang == question.lang else frozenset())
    others = words.conjunctions - words.or_words
    borders = frozenset(map(fold, words.prepositions | words.relatives | words.clause_breaks | others))

    def beside(between: str, borders: frozenset[str]) -> bool:
        tokens = WORD.findall(between)
        return borders.isdisjoint(tokens) and all(content_stems(token, lang) <= known for token in tokens)

    def denied(start: int, end: int) -> bool:
        return any(
            beside(bare[none.end() : start], borders)
            if start >= none.start()
            else none.lastgroup == "pronoun" and beside(bare[end : none.start()], words.conjunctions)
            for none in nobody
        )

    asked = _befell(question.text, question.lang)
    said = [(kind, denied(start, end)) for start, end, kind in told if kind in counted]
    return any(no for _, no in said) and all(no for kind, no in said if kind in asked)


def _tells_some(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence tells that what a question asks the number of befell somebody; of whom it asks, the same itself."""
    lang = candidate.passage.lang
    asked = _counted(question) if question.kind == "count" else _befell(question.text, question.lang)
    return bool(_counted(question) and asked & _befell(candidate.text, lang)) and not none_of(question, candidate)


def _counted(question: Question) -> frozenset[str]:
    """What befell those, or was done to them, whose number or names are asked for; empty where none are."""
    befell = _befell(question.text, question.lang) if question.kind in ("count", "who") else frozenset[str]()
    return befell | ({"hurt", "injured"} if befell & {"died", "dead"} else frozenset())


def _befell(text: str, lang: str) -> frozenset[str]:
    return frozenset(kind for _, _, kind in _told(Folded(text).text, lang))


@lru_cache(maxsize=5_000)
def _told(flat: str, lang: str) -> tuple[tuple[int, int, str], ...]:
    """Where a folded text says what people do or suffer."""
    words = Lexicon(lang)
    found = (match for table in (words.counted, words.fates, words.outcomes) for match in table.finditer(flat))
    return tuple((*match.span(), str(match.lastgroup)) for match in found if match.lastgroup in BEFELL)


def taken_for_granted(question: Question) -> frozenset[str]:
    """The acts of a question that asks neither whether they were done, nor how often, nor what somebody said of them."""
    asked = question.whether or question.kind in ("said", "count")
    return frozenset() if asked else outcomes(question.text, question.lang) & FATES


def decisiveness(question: Question, candidate: Candidate) -> float:
    """What is added to a sentence's score: how far it says what came of what is asked."""
    if none_of(question, candidate):
        return NONE
    if question.kind == "count":
        return 0.0
    lang = candidate.passage.lang
    acts = taken_for_granted(question) or outcomes(question.text, question.lang)
    told = outcomes(candidate.text, lang)
    opposite = OPPOSITE * bool(told & {OPPOSITES[kind] for kind in acts})
    if not question.whether:
        return opposite
    return (opposite or SAME * bool(told & acts)) + NO * says_no(candidate.text, lang) + LEAD * (candidate.start == 0)
