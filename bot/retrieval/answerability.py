"""Whether the sentences found answer a question at all: what a refusal is decided on, and the decision.

    candidates, best first -> Features, of the matter -> Ties, of the thing asked for -> log-odds, with the trained reader's

It is a decision of its own, over what the best sentences cover of the question (`word_coverage.py`) that others do not: one
similarity with one threshold separates near misses badly, and differs between language pairs. `weights.py` has the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.questions.question import Question
from bot.questions.words import Word
from bot.retrieval.asked_thing import held
from bot.retrieval.candidates import Candidate
from bot.retrieval.plain_refusals import around_best
from bot.retrieval.weights import (
    BEST_READING,
    LEAST_READ,
    NAMES,
    PLAIN,
    READ_AT_ALL,
    SCORE,
    TIES,
    WEIGHTS,
    Features,
    Ties,
    total,
)
from index.records import Hit
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import holds_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ALIKE = (0.90, 0.88)  # the same within one article, in the question's language and in another
SHORT = 24  # words, up to which a question is about one thing, to be found in one article
# Cover from which a name that no passage spells is taken to be there, in the question's language and in another. Names are .775
# to .875 like themselves in another script ("Пхеньян" and "Λαβρόφ" in English), and .69 to .75 like other names.
FOUND = (0.86, 0.80)
ASKED, MATCHED = 0.86, 0.80  # cover from which the noun asked for is there, and from which a word is like something
COSINE = 0.86  # of question and best passage, where none that was found has a vector yet
UNNAMED = -0.5  # log-odds for names that are not there, below which the reader adds nothing
LEAD = 2.0  # stands in for each of the five sentences after the best that a small library does not have


def log_odds(question: Question, ranked: Sequence[Candidate], measured: Features, *, by_tokens: bool) -> float:
    """Of an answer in the candidates, best first. `by_tokens`: their cover was measured by vectors of tokens."""
    if not by_tokens:
        return total(measured, PLAIN)
    if asks_at_length(question):
        return total(measured, WEIGHTS)
    return total(ties(question, ranked, measured), TIES)


def asks_at_length(question: Question) -> bool:
    """Whether a question is of several things, which need not stand beside one another."""
    return len(question.words) > SHORT


def gain_of_reading(question: Question, ranked: Sequence[Candidate], measured: Features) -> float:
    """What the log-odds of the trained reader add to those: nothing for a question of several things, as it reads for one."""
    if asks_at_length(question):
        return 0.0
    best = max(LEAST_READ, max((c.read for c in ranked if c.read is not None), default=0.0))
    gain = READ_AT_ALL + BEST_READING * best
    if names_of(measured) < UNNAMED:  # it reads who did it, not whether that is who is asked
        gain = min(gain, 0.0)
    if question.who_said is not None:  # and of words, not whose they are, which statements tell
        gain = max(gain, 0.0)
    return gain


def features(
    question: Question, ranked: Sequence[Candidate], cover: Floats, hits: Sequence[Hit], absent: Sequence[str]
) -> Features:
    """What the refusal is decided on, from the candidates, best first, and how far each covers the question's words."""
    import numpy as np

    asked, lang = question.words, question.lang
    content = [i for i, word in enumerate(asked) if word.content] or list(range(len(asked)))
    best = ranked[0]
    scores = np.array([c.score for c in ranked], np.float32)
    after = [*scores[1:6], *[best.score - LEAD] * (6 - len(scores))]
    here = [i for i, c in enumerate(ranked) if c.passage.article_id == best.passage.article_id]
    rest = [i for i, c in enumerate(ranked) if c.passage.article_id != best.passage.article_id]
    rest = rest if len(rest) >= 3 else list(range(1, len(ranked))) or [0]
    article = cover[here].max(axis=0)
    above = (article - cover[rest].mean(axis=0)) / (cover[rest].std(axis=0) + 0.01)
    standing = float((best.score - scores[rest].mean()) / (scores[rest].std() + 1))
    foreign = best.passage.lang != lang
    outlets = {hit.passage.outlet for hit in hits}  # "the Courier article" names a source, not what the article is about
    text = " ".join([best.passage.title, *outlets, *(ranked[i].text for i in here)])
    unlike = 0.0
    for i in content:
        name = asked[i].text
        if asked[i].name and not holds_name(name, text, same_lang=not foreign):
            nowhere = foreign and (name in absent or (Lexicon(lang).capital_nouns and not _spelled(name, hits)))
            alike = FOUND[True] if nowhere else ALIKE[foreign]
            unlike += 0.0 if nowhere and Lexicon(lang).capital_nouns else max(0.0, alike - float(article[i])) * 10
    gone = [asked.index(word) for word in lost(question, cover.max(axis=0), absent, FOUND[foreign])]
    counted = [i for i in content if asked[i].start in question.counted and not asked[i].name]
    return Features(
        lead=float(best.score - sum(after) / len(after)),
        passage=max((hit.cosine for hit in hits if hit.cosine is not None), default=COSINE),
        same=float(not foreign),
        length=math.log(max(1, len(asked))),
        counted=min(0.0, float(cover[:3][:, counted].min(axis=1).max()) - FOUND[False]) * 10 if counted else 0.0,
        three=float(cover[:3].max(axis=0)[content].mean()),
        article=float(article[content].mean()),
        contrast=float(above[content].mean()),
        standing=standing,
        abroad=standing if foreign else 0.0,
        lost=min(3.0, sum((FOUND[foreign] - float(cover[:, i].max())) * 10 for i in gone)),
        unlike=0.0 if asks_at_length(question) else min(3.0, unlike),
        silent=float(
            not asks_at_length(question) and _asks_a_person(question, hits) and not any(c.close.spoken for c in ranked)
        ),
        absent=min(3, len(absent)) / 3,
    )


def ties(question: Question, ranked: Sequence[Candidate], measured: Features) -> Ties:
    """Whether the asked thing stands there, from the candidates, best first, and what was measured of its matter."""
    best = ranked[0]
    window = around_best(ranked)
    words = question.words
    content = [i for i, word in enumerate(words) if word.content] or list(range(len(words)))
    plain = [i for i in content if not words[i].name] or content
    nouns = question.asked_nouns
    following = window[-1].text if window[-1] is not best else ""
    here = held(question, best.text, best.passage.lang, following)
    names = names_of(measured)
    return Ties(
        presence=total(measured, WEIGHTS) - names - measured.counted * WEIGHTS["counted"],
        names=names,
        counted=0.0 if here == 1.0 else measured.counted,
        unnamed=_unnamed(question, window),
        score=max(total(c.close, SCORE) for c in ranked if c.passage.article_id == best.passage.article_id),
        unasked=max(0.0, ASKED - min(best.cover[i] for i in nouns)) if nouns else 0.0,
        unmatched=float(sum(max(c.cover[i] for c in window) < MATCHED for i in plain)),
        unheld=float(here == 0.0),
        foreign=float(best.passage.lang != question.lang),
    )


def names_of(measured: Features) -> float:
    """What names and a speaker that are not there take from the log-odds: 0 or less."""
    return float(sum(getattr(measured, name) * WEIGHTS[name] for name in NAMES))


def _unnamed(question: Question, window: Sequence[Candidate]) -> float:
    """How far a window and its title are from the name furthest from them, in tenths of cover; 0 where all are there."""
    text, same = " ".join([window[0].passage.title, *(c.text for c in window)]), window[0].passage.lang == question.lang
    named = [i for i, word in enumerate(question.words) if word.name and not holds_name(word.text, text, same_lang=same)]
    return max((10 * max(0.0, ASKED - max(c.cover[i] for c in window)) for i in named), default=0.0)


def _spelled(name: str, hits: Sequence[Hit]) -> bool:
    """Whether a passage has a name in the question's own spelling: "Ärzte" is near enough to "Art" otherwise."""
    return any(holds_name(name, f"{p.title} {p.text}", same_lang=True) for hit in hits for p in hit.passages)


def _asks_a_person(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether a question asks what somebody said, and not what an outlet reports."""
    speaker = [fold(name) for name in question.speakers]
    outlets = {fold(hit.passage.outlet) for hit in hits}
    return bool(speaker) and not any(all(name in outlet for name in speaker) for outlet in outlets)


def lost(question: Question, covered: Floats, absent: Sequence[str], enough: float) -> list[Word]:
    """The words of a question that are names, spelt in no passage, and like no word of its sentences either.

    `covered`: how far any sentence covers each word; from `enough` on it is there. In another language most names that no
    passage has by their spelling are there by another ("Alemania"), or are no names (German nouns).
    """
    return [
        word
        for word, near in zip(question.words, covered, strict=True)
        if word.content and word.name and word.text in absent and near < enough
    ]


def lost_names(question: Question, ranked: Sequence[Candidate], cover: Floats, absent: Sequence[str]) -> tuple[str, ...]:
    """The names of a question that are nowhere in what was read. `cover`: (candidates, words), best first."""
    enough = FOUND[ranked[0].passage.lang != question.lang]
    return tuple(word.text for word in lost(question, cover.max(axis=0), absent, enough))


def missing_names(question: Question, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The names of a question that no passage found has, under any spelling."""
    passages = [passage for hit in hits for passage in hit.passages]
    return tuple(
        name
        for name in question.names
        if not any(holds_name(name, f"{p.title} {p.outlet} {p.text}", same_lang=p.lang == question.lang) for p in passages)
    )
