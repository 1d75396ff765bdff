"""Which sentences of the passages found bear on a question, and with what probability they hold its answer.

hits -> sentences -> a short list -> vectors, one batch -> score of each -> whether any answers (`answerability.py`)
-> the trained reader -> whether it is one for news (`question_domain.py`) and no talk (`talk_classifier.py`)
-> what is told of it (`gathering.py`) -> Evidence
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.questions.question import Question
from bot.retrieval import question_domain, talk_classifier
from bot.retrieval.answerability import features, gain_of_reading, log_odds, lost_names, missing_names
from bot.retrieval.asked_thing import NUMBERS, brings_a_name, held
from bot.retrieval.candidates import Candidate, sentences_of
from bot.retrieval.gathering import READ, REFUSED, gather
from bot.retrieval.plain_refusals import no_words, refused
from bot.retrieval.reading import SentenceReader, with_readings
from bot.retrieval.sentence_standing import kind_of, share_of_names, standing
from bot.retrieval.weights import SCORE, Closeness, total
from bot.retrieval.weights import Features as Features
from bot.retrieval.word_coverage import TokenEmbeddings, compare
from index.quotes import UNCLEAR, Statement
from index.quotes.quotation import read
from index.records import Article, Embeddings, Hit, Passage
from index.text.names import content_stems, holds_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Sentences embedded for one question: most of its time. On 126 questions of deskqa and 105 of ours all that is asked is in the
# first article's among 24 for .88 and .86, 36 for .93 and .90, 56 for .96 and .92.
POOL = 36
FIRST = 3  # hits whose further passages are read too: what shares words with the question before the rest
WHOLE = 3  # passages of the best hit whose sentences all count, whatever they share
OPENING = 2  # words that tell what is asked for: in their context a model puts "how many" near a number, "who" near a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was found for a question."""

    question: Question
    passages: tuple[Passage, ...]  # numbered from 1 in this order for a chat model
    candidates: tuple[Candidate, ...]  # best first
    features: Features
    probability: float  # that the answer is in it
    absent: tuple[str, ...] = ()  # names of the question that no passage has
    most: int = 0  # sentences that may be shown, within the answer's limit of characters; 0: as many as the question needs
    looked_at: int = 0  # articles among which a list or an overview was made; 0: it is neither
    overtaken: tuple[Candidate, ...] = ()  # whose figure the first one has anew: named, not shown (`latest_figure.py`)

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
    pool = shortlist(question, hits)
    absent = missing_names(question, hits)
    if not pool:
        return Evidence(
            question=question, passages=passages_of(hits), candidates=(), features=Features(), probability=0.0, absent=absent
        )
    candidates, cover = scored(question, pool, hits, embeddings, voices(question, pool, article, statements_in))
    measured = features(question, candidates, cover, hits, absent)
    gone = lost_names(question, candidates, cover, absent)
    tokens = embeddings if isinstance(embeddings, TokenEmbeddings) else None
    reader = embeddings if reading and isinstance(embeddings, SentenceReader) else None
    margin = log_odds(question, candidates, measured, by_tokens=tokens is not None)
    without = refused(question, candidates, hits, by_tokens=tokens is not None)
    without = without or (tokens is not None and no_words(question, candidates, tokens))
    if reader is not None:
        candidates = with_readings(question, candidates, reader)
        margin += gain_of_reading(question, candidates, measured)
    if not _names_an_outlet(question, hits):
        margin += min(question_domain.doubt(question.text, embeddings), talk_classifier.doubt(question, embeddings))
    if without:
        margin = min(margin, REFUSED)
    found = gather(question, candidates, hits, article if tokens else None, reader, margin)
    return Evidence(
        question=question, passages=tuple(dict.fromkeys((*found.leads, *passages_of(hits)))), candidates=found.told,
        features=measured, probability=1 / (1 + math.exp(-max(-60.0, min(60.0, found.margin)))), absent=gone,
        most=found.most, looked_at=found.looked_at,
    )  # fmt: skip


def _names_an_outlet(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether it names who published one of these: then it is a question for news, however it is put."""
    named = {hit.passage.outlet for hit in hits if hit.passage.outlet}
    return any(re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", question.text) for outlet in named)


def passages_of(hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """The passages that were found, in the order in which a chat model reads them: as the search has them.

    In that of their best sentence the first eight have the same share of what answers (.925 and .920 on 110 questions of
    deskqa), and it is known only when everything is weighed.
    """
    return tuple(dict.fromkeys(passage for hit in hits for passage in hit.passages))


# Which sentences -------------------------------------------------------------------------------------------------------------


def shortlist(question: Question, hits: Sequence[Hit], size: int = POOL) -> list[Candidate]:
    """At most `size` sentences: the best passages of the first hit whole, then what shares most with the question."""
    asked, lang, whose = question.stems, question.lang, question.asks_who_reports
    rows: list[tuple[float, Candidate]] = []
    seen: set[str] = set()
    for rank, hit in enumerate(hits[:READ]):
        for place, passage in enumerate(hit.passages if rank <= FIRST else hit.passages[:1]):
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


def scored(
    question: Question, pool: Sequence[Candidate], hits: Sequence[Hit], embeddings: Embeddings, spoken: frozenset[int]
) -> tuple[tuple[Candidate, ...], Floats]:
    """The sentences of the pool, best first, and (sentences, words) how far each covers the question's words.

    `spoken`: places in the pool of what the one asked about says.
    """
    cosines, cover = compare(question, [c.text for c in pool], [c.passage.lang for c in pool], embeddings)
    near = closeness(question, pool, cosines, cover, hits, spoken)
    found = [
        replace(c, close=close, cover=tuple(row.tolist()), score=total(close, SCORE) + standing(question, c))
        for c, close, row in zip(pool, near, cover, strict=True)
    ]
    order = sorted(range(len(found)), key=lambda i: -found[i].score)
    return tuple(found[i] for i in order), cover[order]


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
