"""Which sentences of the passages found bear on a question, and whether they hold its answer at all.

    hits -> sentences -> a short list -> vectors, one batch -> features of each -> score -> features of the best -> Evidence

A refusal is a decision of its own, over what the best sentences cover of the question (`word_coverage.py`) that others do not:
one similarity with one threshold separates near misses badly, and differs between language pairs. `weights.py` has the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.questions.question import Question, Word
from bot.retrieval.asked_thing import NUMBERS, brings_a_name, held
from bot.retrieval.candidates import Candidate, sentences_of
from bot.retrieval.deciding import decisive_first
from bot.retrieval.newest_count import newest_first
from bot.retrieval.plain_refusals import around_best, refused
from bot.retrieval.reading import SentenceReader, readings
from bot.retrieval.sentence_standing import kind_of, share_of_names, standing
from bot.retrieval.weights import (
    BEST_READING,
    NAMES,
    NEARNESS,
    PLAIN,
    READ_AT_ALL,
    READING,
    SCORE,
    TIES,
    WEIGHTS,
    Closeness,
    Ties,
    total,
)
from bot.retrieval.weights import Features as Features
from bot.retrieval.word_coverage import TokenEmbeddings, compare
from index.quotes import UNCLEAR, Statement
from index.quotes.quotation import read
from index.records import Article, Embeddings, Hit, Passage
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import content_stems, holds_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Sentences embedded for one question: most of its time. On 126 questions of deskqa and 105 of ours all that is asked is in the
# first article's among 24 for .88 and .86, 36 for .93 and .90, 56 for .96 and .92.
POOL = 36
SEVERAL = 72  # the same where several things are asked for, each in an article of its own
READ = 10  # hits that sentences are taken from
FIRST = 3  # hits whose further passages are read too: what shares words with the question before the rest
WHOLE_HITS = 5  # hits all of whose passages may hold a newer count
WHOLE = 3  # passages of the best hit whose sentences all count, whatever they share


ALIKE = (0.90, 0.88)  # the same within one article, in the question's language and in another
SHORT = 24  # words, up to which a question is about one thing, to be found in one article
# Cover from which a name that no passage spells is taken to be there, in the question's language and in another. Names are .775
# to .875 like themselves in another script ("Пхеньян" and "Λαβρόφ" in English), and .69 to .75 like other names.
FOUND = (0.86, 0.80)
ASKED, MATCHED = 0.86, 0.80  # cover from which the noun asked for is there, and from which a word is like something
OPENING = 2  # words that tell what is asked for: in their context a model puts "how many" near a number, "who" near a name
REFUSED = -2.0  # log-odds of an answer where one is refused whatever the score (`plain_refusals.py`)
COSINE = 0.86  # of question and best passage, where none that was found has a vector yet
UNNAMED = -0.5  # log-odds for names that are not there, below which the reader adds nothing
LEAD = 2.0  # stands in for each of the five sentences after the best that a small library does not have


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found for a question."""

    question: Question
    passages: tuple[Passage, ...]  # numbered from 1 in this order for a chat model: that of their best sentence
    candidates: tuple[Candidate, ...]  # best first
    features: Features
    probability: float  # that the answer is in it
    absent: tuple[str, ...] = ()  # names of the question that no passage has
    most: int = 0  # sentences that may be shown, within the answer's limit of characters; 0: as many as the question needs

    @property
    def lang(self) -> str:
        """Of the question."""
        return self.question.lang


def weigh(
    question: Question,
    hits: Sequence[Hit],
    embeddings: Embeddings,
    article: Callable[[str, int], Article | None] | None = None,
    statements_in: Callable[[Article], Sequence[Statement]] = read,
    *,
    reading: bool = True,
) -> Evidence:
    """The sentences of the hits, scored against the question, and the probability that they answer it.

    `article` finds a hit's article by id and version, and `statements_in` who says what in it, where the question asks that.
    `reading`: by the trained reader, too, where the model has one.
    """
    lang = question.lang
    pool = shortlist(question, hits, SEVERAL if question.several else POOL)
    absent = missing_names(question, hits)
    if not pool:
        passages = tuple(passage for hit in hits for passage in (hit.passage, *hit.more))
        return Evidence(
            question=question, passages=passages, candidates=(), features=Features(), probability=0.0, absent=absent
        )
    cosines, cover = compare(question, [c.text for c in pool], [c.passage.lang for c in pool], embeddings)
    near = closeness(question, pool, cosines, cover, hits, voices(question, pool, article, statements_in))
    scored = [
        replace(c, close=close, cover=tuple(row.tolist()), score=total(close, SCORE) + standing(question, c))
        for c, close, row in zip(pool, near, cover, strict=True)
    ]
    order = sorted(range(len(scored)), key=lambda i: -scored[i].score)
    candidates = tuple(scored[i] for i in order)
    measured = features(question, candidates, cover[order], hits, absent)
    enough = FOUND[candidates[0].passage.lang != lang]
    if not isinstance(embeddings, TokenEmbeddings):
        margin = total(measured, PLAIN)
    elif len(question.words) > SHORT:  # of several things, which need not stand beside one another
        margin = total(measured, WEIGHTS)
    else:
        margin = total(ties(question, candidates, measured), TIES)
    without = refused(question, candidates, hits, by_tokens=isinstance(embeddings, TokenEmbeddings))
    if reading and isinstance(embeddings, SentenceReader):
        candidates = with_readings(question, candidates, embeddings)
        gain = READ_AT_ALL + BEST_READING * max((c.read for c in candidates if c.read is not None), default=0.0)
        if names_of(measured) < UNNAMED:  # it reads who did it, not whether that is who is asked
            gain = min(gain, 0.0)
        if question.who_said is not None:  # and of words, not whose they are, which statements tell
            gain = max(gain, 0.0)
        margin += gain
    if without:
        margin = min(margin, REFUSED)
    passages = tuple(dict.fromkeys([c.passage for c in candidates] + [p for hit in hits for p in (hit.passage, *hit.more)]))
    told = newest_first(question, decisive_first(question, candidates), whole_hits(hits))
    return Evidence(
        question=question, passages=passages, candidates=told, features=measured,
        probability=1 / (1 + math.exp(-max(-60.0, min(60.0, margin)))),
        absent=tuple(word.text for word in lost(question, cover.max(axis=0), absent, enough)),
    )  # fmt: skip


def with_readings(question: Question, ranked: Sequence[Candidate], reader: SentenceReader) -> tuple[Candidate, ...]:
    """The candidates, best first, with what a reader makes of those that are best without it, best first with it."""
    read = readings(question.text, ranked, reader)
    least = min((value for value in read if value is not None), default=0.0)
    scored = [
        replace(c, read=value, score=READING * (least if value is None else value) + NEARNESS * (c.score - off) + off)
        for c, value, off in zip(ranked, read, [standing(question, c) for c in ranked], strict=True)
    ]
    return tuple(sorted(scored, key=lambda c: -c.score))


# Which sentences -------------------------------------------------------------------------------------------------------------


def shortlist(question: Question, hits: Sequence[Hit], size: int = POOL) -> list[Candidate]:
    """At most `size` sentences: the best passages of the first hit whole, then what shares most with the question."""
    asked, lang, whose = question.stems, question.lang, question.asks_who_reports
    rows: list[tuple[float, Candidate]] = []
    seen: set[str] = set()
    for rank, hit in enumerate(hits[:READ]):
        for place, passage in enumerate((hit.passage, *hit.more) if rank <= FIRST else (hit.passage,)):
            for candidate in sentences_of(passage, rank):
                key = " ".join(candidate.text.split())
                if key in seen or (kind_of(candidate) == "closing" and not whose):
                    continue
                seen.add(key)
                same = passage.lang == lang
                shared = len(asked & content_stems(candidate.text, lang)) / max(1, len(asked)) if same else 0.0
                shared += share_of_names(question.names, candidate.text, same_lang=same)
                whole = 3.0 if rank == 0 and place < WHOLE else 0.0
                rows.append((whole or shared + 2 / (1 + rank + place), candidate))
    rows.sort(key=lambda row: -row[0])
    return [candidate for _, candidate in rows[:size]]


def whole_hits(hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the first hits, read or not."""
    return [one for hit in hits[:WHOLE_HITS] for passage in (hit.passage, *hit.more) for one in sentences_of(passage, 0)]


# How near each is ------------------------------------------------------------------------------------------------------------


def voices(
    question: Question,
    pool: Sequence[Candidate],
    article: Callable[[str, int], Article | None] | None,
    statements_in: Callable[[Article], Sequence[Statement]],
) -> frozenset[int]:
    """The places in the pool of what somebody says whom a who-said question names."""
    lang, named = question.lang, question.speakers
    if article is None or not named:
        return frozenset()
    speaking: set[int] = set()
    for key in dict.fromkeys((c.passage.article_id, c.passage.version) for c in pool):
        text = article(*key)
        if text is None:
            continue
        same = text.lang == lang
        for statement in statements_in(text):
            who = statement.speaker_resolved or statement.speaker
            if statement.confidence < UNCLEAR or not any(holds_name(name, who, same_lang=same) for name in named):
                continue
            speaking |= {
                i
                for i, c in enumerate(pool)
                if (c.passage.article_id, c.passage.version) == key and c.start < statement.end and statement.start < c.end
            }
    return frozenset(speaking)


def closeness(
    question: Question,
    pool: Sequence[Candidate],
    cosines: Floats,
    cover: Floats,
    hits: Sequence[Hit],
    spoken: frozenset[int] = frozenset(),
) -> list[Closeness]:
    """What each sentence's score is made of. `spoken`: places in the pool of what the one asked about says."""
    import numpy as np

    asked, lang = question.words, question.lang
    weight = np.array([w.weight for w in asked], np.float32)
    weight /= max(float(weight.sum()), 1e-6)
    every = list(range(len(asked)))
    content = [i for i in every if asked[i].content] or every
    covered = cover @ weight
    opening = _mean(cover, every[:OPENING])
    matter = _mean(cover, [i for i in content if not asked[i].name] or content)
    passages: dict[str, list[int]] = {}
    top: dict[str, float] = {}
    for i, c in enumerate(pool):
        passages.setdefault(c.passage.id, []).append(i)
        top[c.passage.lang] = max(top.get(c.passage.lang, -1.0), float(cosines[i]))
    context = np.zeros(len(pool), np.float32)
    for of in passages.values():
        context[of] = cover[of].max(axis=0) @ weight
    best = max(hit.score for hit in hits)
    rows = []
    for i, c in enumerate(pool):
        other = c.passage.lang
        rows.append(
            Closeness(
                covered=float(covered[i]),
                opening=float(opening[i]),
                matter=float(matter[i]),
                context=float(context[i] - context.max()),
                apart=float(cosines[i]) - top[other],
                hit=hits[c.hit].score - best,
                named=share_of_names(question.names, c.text, same_lang=other == lang),
                numbered=(held(question, c.text, other) or 0.0) if question.answer in NUMBERS else 0.0,
                timed=(held(question, c.text, other) or 0.0) if question.answer == "when" else 0.0,
                naming=float(question.answer in ("who", "name", "where") and brings_a_name(question, c.text, other)),
                spoken=float(i in spoken),
                first=float(c.hit == 0),
                foreign=float(other != lang),
            )
        )
    return rows


def _mean(cover: Floats, words: Sequence[int]) -> Floats:
    """(n,) how far each sentence covers some of the question's words; 0 where there are none."""
    import numpy as np

    held: Floats = cover[:, words].mean(axis=1) if words else np.zeros(len(cover), np.float32)
    return held


def missing_names(question: Question, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The names of a question that no passage found has, under any spelling."""
    passages = [passage for hit in hits for passage in (hit.passage, *hit.more)]
    return tuple(
        name
        for name in question.names
        if not any(holds_name(name, f"{p.title} {p.outlet} {p.text}", same_lang=p.lang == question.lang) for p in passages)
    )


# Whether they answer ---------------------------------------------------------------------------------------------------------


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
        unlike=min(3.0, unlike) if len(asked) <= SHORT else 0.0,
        silent=float(len(asked) <= SHORT and _asks_a_person(question, hits) and not any(c.close.spoken for c in ranked)),
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
    return any(holds_name(name, f"{p.title} {p.text}", same_lang=True) for hit in hits for p in (hit.passage, *hit.more))


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
