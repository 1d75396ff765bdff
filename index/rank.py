"""Pure: which articles answer a question best, and by which passages, whatever their language.

    vectors -> centred cosine, the title's counted too ──┬──────────> values of each language, sorted ─┐
    words   -> BM25 of the question's language, names ───┴> order within a language ────────────────────┴> scores -> twins

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

from index.means import Means

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TERMS = 0.9  # of the share of the question's terms found, beside a cosine
NAMES = 0.2  # of the share of its names found, in its own language
NAMES_ACROSS = 0.05  # in the value that languages are compared by: names are written alike in many, but say less than a cosine
TITLE = 0.95  # of what a title's cosine is above the passage's
TWIN = 0.71  # centred cosine of two passages from which their articles count as translations of each other
NEAR = 0.08  # a twin is lifted over at most so much
DEEP = 10  # articles in other languages whose twins are looked for


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    vector: Floats  # (dimension,) of unit length, as the model gives it
    lang: str  # BCP 47 primary tag, "" when unknown


@dataclass(frozen=True, slots=True)
class Articles:
    """The m articles the candidates come from, side by side."""

    langs: Sequence[str]  # m tags
    titles: Sequence[str]
    origins: Sequence[str]  # copies of one story share it
    vectors: Floats  # (m, dimension) of the titles alone, unit length as the model gives them; a row of zeros: no title


@dataclass(frozen=True, slots=True)
class Passages:
    """n candidates, side by side."""

    article: Ints  # (n,) its place in Articles
    vectors: Floats  # (n, dimension) of unit length, as the model gives them
    terms: Floats  # (n,) BM25 over the question's terms / the highest possible, 0..1; 0 where the language is another
    names: Floats  # (n,) likewise over the question's names, in every language


@dataclass(frozen=True, slots=True)
class Scores:
    """Higher is better; comparable across languages within one question."""

    passages: Floats  # (n,)
    articles: Floats  # (m,) of the best passage, or just above the article it translates


def rank(question: Question, passages: Passages, articles: Articles, means: Means) -> Scores:
    """Scores of passages and articles. `means` are the library's (`Means.with_library`)."""
    if not len(passages.article):
        return Scores(np.zeros(0, np.float32), np.zeros(len(articles.langs), np.float32))
    langs = np.asarray(articles.langs)[passages.article]
    vectors = means.centred(passages.vectors, langs.tolist())
    asked = means.question(question.vector, question.lang)
    cosine = vectors @ asked
    title = np.where(_headlines(articles), means.centred(articles.vectors, articles.langs) @ asked, -1)[passages.article]
    cosine = cosine + TITLE * np.maximum(0, title - cosine)
    names = np.where(langs == question.lang, NAMES, NAMES_ACROSS) * passages.names
    scores = _interleaved(cosine + names + TERMS * passages.terms, cosine + NAMES_ACROSS * passages.names, langs)
    best = np.full(len(articles.langs), -np.inf, np.float32)
    np.maximum.at(best, passages.article, scores)
    return Scores(scores, _twins_first(best, vectors, passages.article, np.asarray(articles.langs) == question.lang))


def _headlines(articles: Articles) -> NDArray[np.bool_]:
    """Which titles speak for their article alone: one that several stories share is a heading ("In brief")."""
    stories: dict[str, set[str]] = {}
    for title, origin in zip(articles.titles, articles.origins, strict=True):
        stories.setdefault(title, set()).add(origin)
    alone = np.array([bool(title) and len(stories[title]) == 1 for title in articles.titles], bool)
    return alone & articles.vectors.any(axis=1)


def _interleaved(order: Floats, values: Floats, langs: NDArray[np.str_]) -> Floats:
    """The values of each language, handed out again by `order`: languages meet by value, and within each one `order` rules."""
    scores = np.empty_like(values)
    for lang in np.unique(langs):
        rows = np.flatnonzero(langs == lang)
        scores[rows[np.argsort(-order[rows], kind="stable")]] = -np.sort(-values[rows])
    return scores


def _twins_first(best: Floats, vectors: Floats, article: Ints, own: NDArray[np.bool_]) -> Floats:
    """Of an article and its translation, the one in the question's language goes first.

    Without this the two are a coin toss: their centred cosines are the same but for noise (pooled XQuAD, MRR .87 -> .97).
    """
    if own.all() or not own.any():
        return best
    scores = best.copy()
    ours = np.flatnonzero(own[article])
    others = np.flatnonzero(~own)
    for other in others[np.argsort(-best[others], kind="stable")][:DEEP]:
        alike = (vectors[article == other] @ vectors[ours].T).max(axis=0, initial=-1)
        at = int(alike.argmax()) if len(alike) else -1
        if at >= 0 and alike[at] > TWIN:
            twin = article[ours[at]]
            if best[twin] > best[other] - NEAR:
                scores[twin] = max(scores[twin], np.nextafter(best[other], np.float32(np.inf)))
    return scores
