"""Pure: a figure that changes with time is told as the newest report on the matter has it; the older ones are not shown.

    "How many died of the fever in Dellen?"     "at least 12", 3 April    "34 lost their lives", 20 May     -> the latter
    "What category is Hurricane Velda?"         "a category 1 hurricane"  "now a category 4 hurricane"      -> the latter

Two events are not one because both were in Terlow: a report is on the matter where the search has it nearly as near as the best
one, and it has all that the question tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.questions.question import Question
from bot.retrieval.asked_thing import NUMBERS, held
from bot.retrieval.candidates import BELOW, Candidate, moment, sentences_of
from bot.retrieval.deciding import AHEAD
from bot.retrieval.sentence_standing import share_of_names
from bot.verification import vocabulary
from bot.verification.disagreements import compare
from bot.verification.quantities import FACTOR, figures
from index.records import Hit, Passage
from index.text.names import WORD, content_stems
from index.text.numbers import numeral_spans

HITS = 8  # that may hold a later report, in any of their passages
EVEN = 2.5  # log-odds below the best, down to which a sentence of a later report answers as well
NAMED = 0.6  # share of a question's names: "Bürgermeister" counts as one, and so does "Sigue" before "Ana Paz"
LATE = 400 * 86_400  # seconds between two reports of one matter
# A report on the matter: its score in the search, as a share of that of the best sentence's report, and how much less it may
# cover a word of the question that tells what befell. Of 12 pairs on one matter and 7 on two (ours) these part all but one.
NEAR, COVERED = 0.75, 0.1
ENTRY = re.compile(r"^\W{0,3}([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)", re.MULTILINE)  # "17:55 Police now speak of …"
ENTRIES = 2  # of a live report at least
FEW = 2  # a number up to it any sentence may have


def newest_figure_first(
    question: Question, ranked: Sequence[Candidate], hits: Sequence[Hit]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Sentences, best first, with that of the newest report before them where a figure or a level is asked for, and those of
    older reports with another figure far below (`BELOW`); and the nearest of these, if there is one.
    """
    if not ranked or not question.names or question.dates or question.several or question.overview:
        return tuple(ranked), ()
    best = ranked[0]
    on_it = _on_one_matter(question, ranked, hits)
    newest = _answering_as_well(question, ranked, on_it)
    more = _more_dead(question, best, hits, on_it) if newest is best else None
    newest = more or newest
    there = (c for c in ranked if c.passage.article_id in on_it and later(newest, c))
    overtaken = [c for c in there if (more and c is best) or _another_figure(question, newest, c) or _same_ticker(newest, c)]
    if newest is best and not overtaken:
        return tuple(ranked), ()
    places = {(c.passage.article_id, c.start) for c in (newest, *overtaken)}
    rest = [c for c in ranked if (c.passage.article_id, c.start) not in places]
    below = [replace(c, score=c.score - BELOW) for c in overtaken]
    named = tuple(c for c in overtaken if _near(c, best) and not _same_ticker(newest, c))[:1]
    return (replace(newest, score=best.score + AHEAD), *rest, *below), named


def later(one: Candidate, other: Candidate) -> bool:
    """Whether the report of one came out after that of another, and not years later; of one live report, the entry."""
    if _same_ticker(one, other):
        return _clock(one) > _clock(other)
    after, before = one.passage.published, other.passage.published
    return bool(after and before and 0 <= after.start - before.end <= LATE)


def share_named(question: Question, passage: Passage) -> float:
    """The share of a question's names that a passage or its title has."""
    text = f"{passage.title} {passage.text}"
    return share_of_names(question.names, text, same_lang=passage.lang == question.lang)


def _answering_as_well(question: Question, ranked: Sequence[Candidate], on_it: Collection[str]) -> Candidate:
    """Of what answers as well as the best with a figure or a level, the sentence of the newest report; the best by default."""
    best = ranked[0]
    later_ones = [c for c in ranked if _near(c, best) and c.passage.article_id in on_it and later(c, best)]
    if level := _level(question, best):
        later_ones = [c for c in later_ones if _level(question, c) - level]
    elif question.answer in NUMBERS:
        later_ones = [c for c in later_ones if held(question, c.text, c.passage.lang) == 1.0]
    else:
        return best
    return max(later_ones, key=lambda c: (moment(c), _clock(c)), default=best)  # of one report, the best


def _more_dead(question: Question, best: Candidate, hits: Sequence[Hit], on_it: Collection[str]) -> Candidate | None:
    """The sentence of a later report, weighed or not, that counts most of those whose fate is asked for, if they are more."""
    asked = vocabulary.fates(question.text, question.lang) if question.answer == "count" else frozenset[str]()
    before = [n for _, _, values in numeral_spans(best.text, best.passage.lang) if (n := max(values)) > FEW]
    least, most = (min(before), FACTOR * min(before)) if before else (0.0, 0.0)  # which of them counts the dead is not told
    counted = [
        (moment(one), max(told), one)
        for hit in (hits[:HITS] if asked and before else ())
        for passage in hit.passages
        for one in (sentences_of(passage, 0) if passage.article_id in on_it else ())
        if (told := [f.low for f in figures(one.text, passage.lang) if f.unit in asked and not f.ahead])
        if least < max(told) <= most and later(one, best)
    ]
    return max(counted, key=lambda found: found[:2], default=(0, 0, None))[2]


def _near(one: Candidate, best: Candidate) -> bool:
    return one.score >= best.score - EVEN


def _same_ticker(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences stand under different clock times of one live report."""
    return one.passage.article_id == other.passage.article_id and -1 < _clock(one) != _clock(other) > -1


def _clock(one: Candidate) -> int:
    """The minute of the day that a sentence's entry in a live report begins with; -1 where its passage has no such entries."""
    times = list(ENTRY.finditer(one.passage.text))
    begun = [match for match in times if one.passage.start + match.start() <= max(one.start, one.passage.start)]
    if len(times) < ENTRIES or not begun:
        return -1
    hour, minute = begun[-1].groups()
    return 60 * int(hour) + int(minute)


def _another_figure(question: Question, newest: Candidate, one: Candidate) -> bool:
    """Whether an older report has another level than the newest, or counts the same and comes to another number."""
    level, other = _level(question, newest), _level(question, one)
    if level and other:
        return not level & other
    differing = compare(newest, one) if question.answer in NUMBERS else None
    return differing is not None and differing.about == "figure"


def _level(question: Question, one: Candidate) -> frozenset[float]:
    """The numbers right behind a word of the question: "category 4", "Warnstufe 3"."""
    text, lang = one.text, one.passage.lang
    if lang != question.lang or question.answer in (*NUMBERS, "when", "where", "who", "why") or question.numbers:
        return frozenset()
    found: set[float] = set()
    for start, _, values in numeral_spans(text, lang):
        words = list(WORD.finditer(text[:start]))[-1:]
        beside = words and not text[words[0].end() : start].strip()
        if beside and content_stems(words[0].group(), lang) & question.stems:
            found |= values
    return frozenset(found)


# One matter ------------------------------------------------------------------------------------------------------------------


def _on_one_matter(question: Question, ranked: Sequence[Candidate], hits: Sequence[Hit]) -> frozenset[str]:
    """The articles on what the best sentence's is on, as far as the question tells it; that one, too."""
    best = ranked[0].passage.article_id
    score = {hit.passage.article_id: hit.score for hit in reversed(hits)}
    found = {*(c.passage for c in ranked), *(passage for hit in hits[:HITS] for passage in hit.passages)}
    named = {passage.article_id for passage in found if share_named(question, passage) >= NAMED}
    here, telling = _covered(ranked, best), _telling(question)

    def tells_it(article: str) -> bool:
        there = _covered(ranked, article)
        return len(there) != len(here) or all(there[i] >= here[i] - COVERED for i in telling if i < len(here))

    near = {article for article in named if score.get(article, 0.0) >= NEAR * score.get(best, 0.0)}
    return frozenset(article for article in near if tells_it(article)) if best in named else frozenset()


def _covered(ranked: Sequence[Candidate], article: str) -> list[float]:
    """How far an article's sentences cover each word of the question; nothing where none was weighed."""
    rows = [c.cover for c in ranked if c.passage.article_id == article and c.cover]
    return [max(column) for column in zip(*rows, strict=True)] if rows else []


def _telling(question: Question) -> list[int]:
    """The places of the words that tell what befell: no names, and none for those who are counted or for their fate."""
    lang = question.lang
    return [
        i
        for i, word in enumerate(question.words)
        if word.content and not word.name
        if not vocabulary.unit(word.text, lang) and not vocabulary.fates(word.text, lang)
    ]
