"""Pure: which articles answer a question best, and by which passages, whatever their language.

    vectors -> centred cosine, the title's counted too ─┬──────────> values of each language, sorted ─┐
    words   -> BM25 of the question's language, names ──┴> order within a language ────────────────────┴> scores -> translations

Within a language, words and vectors add up. Between languages words say nothing: adding them lifts whatever is written in the
question's language (R@1 of Spanish passages for English questions falls from .87 to .70). So the passages of a language are
ordered by both, and then take the values that the vectors gave to that language: the first the highest, and so on.

The weights were chosen once, for all sets together, and none is sensitive: scripts/LOG.md has the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding.language_means import Means
from index.records import Period
from index.storage.records import CandidateArticle, Candidates, TermMatches
from index.text.terms import NAME

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TERMS = 0.9  # of the weight of the question's terms that a passage has, beside a cosine
NAMES = 0.2  # likewise of its names, in its own language
NAMES_ACROSS = 0.05  # in the value that languages are compared by: names are written alike in many, but say less than a cosine
SAID = 0.4  # likewise, and in the value too, when the question is what somebody said: then it has little but a name
K1, B = 1.2, 0.75  # BM25's usual constants (Robertson and Zaragoza 2009)
TITLE = 0.95  # of what a title's cosine is above the passage's
DATED = 0.2  # for an article of a day that the question names
SOURCE = 0.1  # for an article of an outlet that the question names, where it does not filter (scripts/LOG.md)
CAPTION = 0.1  # for a passage of captions alone: below prose that says the same; with .2 across languages below other matters
TWIN = 0.71  # centred cosine of two passages from which their articles count as translations of each other
MONTH = 31 * 86_400  # seconds
ONE_THREAD = 200_000  # multiplications in one product of matrices
NEAR = 0.08  # a twin is lifted over at most so much
LIKELY = 0.35  # cosine of a passage that waits for its vector and has all of the question's words
NONE = -1.0  # the cosine of a title that is not there
ABROAD = 0.02  # half of what a question's cosine loses through translation (.034 from English to Spanish, .045 back)


@dataclass(frozen=True, slots=True)
class RankingQuestion:
    """What is asked."""

    vector: Floats  # (dimension,) of unit length, as the model gives it
    lang: str  # BCP 47 primary tag, "" when unknown
    said: bool = False  # it asks what somebody said; see `terms.asks_what_was_said`
    pictured: bool = False  # it asks what a picture shows: captions answer that as well as prose
    days: Sequence[Period] = ()  # the times it names
    sources: frozenset[str] = frozenset()  # the outlets and agencies it names, as the library has them


@dataclass(frozen=True, slots=True)
class Scores:
    """Higher is better; comparable across languages within one question."""

    passages: Floats  # (n,)
    articles: Floats  # (m,) of the best passage, or just above the article it translates


def rank(question: RankingQuestion, candidates: Candidates, means: Means) -> Scores:
    """Scores of passages and articles. `means` are the library's (`Means.with_library`)."""
    if not len(candidates.ids):
        return Scores(np.zeros(0, np.float32), np.zeros(len(candidates.articles), np.float32))
    article, words = candidates.article, candidates.words
    article_langs = np.asarray([of.lang for of in candidates.articles])
    langs = article_langs[article]
    own = (langs == question.lang) | (question.lang == "")
    vectors = means.centred(candidates.vectors, langs.tolist())
    asked = means.question(question.vector, question.lang)
    titles = np.where(
        _headlines(candidates), means.centred(candidates.titles, article_langs.tolist()) @ asked, NONE
    ).astype(np.float32)  # fmt: skip
    cosine = vectors @ asked
    embedded: NDArray[np.bool_] = np.any(candidates.vectors, axis=1)
    if not embedded.all():
        vectors = np.where(embedded[:, None], vectors, np.float32(0))
        cosine = np.where(embedded, cosine, LIKELY * _shared(words))
    cosine = cosine + TITLE * np.maximum(0, titles[article] - cosine) + named(question, candidates.articles)[article]
    if not question.pictured:
        cosine = cosine - CAPTION * candidates.captioned
    names = _share(words, NAME)
    terms = np.zeros_like(cosine)
    for lang in set(words.langs) - {NAME}:
        rows = langs == lang
        terms[rows] = (_share(words, lang) / _stretch(candidates.length, rows))[rows]
    said = SAID if question.said else 0.0
    value = cosine + np.float32(NAMES_ACROSS + said) * names
    order = value + np.where(own, NAMES - NAMES_ACROSS, 0) * names + TERMS * terms
    scores = _interleaved(order.astype(np.float32), value, langs)
    best = np.full(len(candidates.articles), -np.inf, np.float32)
    np.maximum.at(best, article, scores)
    return Scores(scores, _across(best, titles, vectors, article, article_langs == question.lang))


def _share(words: TermMatches, lang: str) -> Floats:
    """(n,) of the weight of the question's keys in a language, the share that a passage has: 0..1."""
    weights = np.where(np.asarray(words.langs, dtype=np.str_) == lang, words.weights, 0).astype(np.float32)
    share: Floats = words.held @ weights / max(float(weights.sum()), 1e-6)
    return share


def _shared(words: TermMatches) -> Floats:
    """(n,) of the weight of the question's names, or of its terms in a language, the largest share that a passage has: 0..1."""
    shares: Floats = np.stack([_share(words, lang) for lang in dict.fromkeys([NAME, *words.langs])]).max(axis=0)
    return shares


def _stretch(length: Floats, rows: NDArray[np.bool_]) -> Floats:
    """BM25's denominator for a term that occurs once: a long passage has any word more easily.

    Counting repetitions too is no better on passages of some 200 tokens and doubles the index (scripts/LOG.md).
    """
    mean = float(length[rows].mean()) if rows.any() else 1.0
    stretch: Floats = 1 + K1 * (1 - B + B * length / max(mean, 1e-6))
    return stretch


def named(question: RankingQuestion, articles: Sequence[CandidateArticle]) -> Floats:
    """(m,) what is added to the cosines of an article of a time that the question names, to the month or better, or of an
    outlet that it names. They weigh, they do not cut: the right article lies outside the window in 12 % of real questions about
    news, and 5 % of the evidence for questions of several clauses is from an outlet that they do not name."""
    close = [period for period in question.days if period.end - period.start <= MONTH]
    dated = [any(article.published is not None and article.published.overlaps(day) for day in close) for article in articles]
    sourced = [not question.sources.isdisjoint((article.outlet, article.agency)) for article in articles]
    return (DATED * np.array(dated, np.float32) + SOURCE * np.array(sourced, np.float32)).astype(np.float32)


def _headlines(candidates: Candidates) -> NDArray[np.bool_]:
    """Which titles speak for their article alone: one that several stories share is a heading ("In brief")."""
    stories: dict[str, set[str]] = {}
    for article in candidates.articles:
        stories.setdefault(article.title, set()).add(article.origin)
    alone = np.array([bool(of.title) and len(stories[of.title]) == 1 for of in candidates.articles], bool)
    return alone & candidates.titles.any(axis=1)


def _interleaved(order: Floats, values: Floats, langs: NDArray[np.str_]) -> Floats:
    """The values of each language, handed out again by `order`: languages meet by value, and within each one `order` rules."""
    scores = np.empty_like(values)
    for lang in np.unique(langs):
        rows = np.flatnonzero(langs == lang)
        scores[rows[np.argsort(-order[rows], kind="stable")]] = -np.sort(-values[rows])
    return scores


def _products(left: Floats, right: Floats) -> Floats:
    """(len(left), len(right)) of each with each, in one thread.

    From 2**18 multiplications on OpenBLAS takes a second thread, which then spins for 25 ms beside whatever comes next: a
    search took 44 ms of CPU instead of 13.
    """
    products = np.empty((len(left), len(right)), np.float32)
    step = max(1, ONE_THREAD // max(1, right.size))
    for at in range(0, len(left), step):
        np.matmul(left[at : at + step], right.T, out=products[at : at + step])
    return products


def _across(best: Floats, titles: Floats, vectors: Floats, article: Ints, own: NDArray[np.bool_]) -> Floats:
    """The scores with what a translation loses made up for: by its twin in the question's language, or by ABROAD.

    Of an article and its translation, the one in the question's language goes first: without this the two are a coin toss, for
    their centred cosines are the same but for noise (pooled XQuAD, MRR .87 -> .97). Another article on the same event is as
    much alike (.8), but seldom fits the question as well, or its headline does not.
    """
    if own.all() or not own.any():
        return best
    ours, theirs = np.flatnonzero(own[article]), np.flatnonzero(~own[article])
    theirs = theirs[np.argsort(article[theirs], kind="stable")]
    others, first = np.unique(article[theirs], return_index=True)
    alike = np.maximum.reduceat(_products(vectors[theirs], vectors[ours]), first)  # (others, ours)
    at = alike.argmax(axis=1)
    twins = article[ours[at]]
    headlines = np.minimum(titles[twins], titles[others]) > NONE
    lifted = (
        (alike[np.arange(len(others)), at] > TWIN)
        & (best[twins] > best[others] - NEAR)
        & ~(headlines & (titles[twins] <= titles[others] - NEAR))
    )
    scores = best.copy()
    np.maximum.at(scores, twins[lifted], np.nextafter(best[others[lifted]], np.float32(np.inf)))
    scores[others[~lifted]] += ABROAD
    return scores
