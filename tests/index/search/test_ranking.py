"""Ranking: order within a language, values across languages, titles, names, dates, twins. Vectors are made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.language_means import NONE, Means, shipped, unit
from index.records import Period
from index.search import ranking
from index.search.ranking import RankingQuestion
from index.storage.records import CandidateArticle, Candidates, TermMatches
from index.text.terms import NAME

WIDE = 8


def towards(cosine: float, axis: int = 1) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A unit vector with this cosine to the question, which lies on axis 0."""
    vector = np.zeros(WIDE, np.float32)
    vector[0], vector[axis] = cosine, np.sqrt(1 - cosine**2)
    return vector


DAY = Period.parse("2023-10-18")  # of an article that is `dated`


def asked(lang: str = "en", said: bool = False, days: Sequence[Period] = ()) -> RankingQuestion:
    return RankingQuestion(towards(1.0), lang, said, days=days)


def library(
    *rows: tuple[str, float],
    keys: Sequence[str] = (),
    found: Sequence[Sequence[bool]] | None = None,
    titles: Sequence[tuple[str, float]] | None = None,
    dated: Sequence[bool] | None = None,
    axes: Sequence[int] | None = None,
) -> Candidates:
    """One article a row, of one passage: (language, cosine to the question)."""
    n = len(rows)
    has = np.array(found if found is not None else [[] for _ in rows], bool).reshape(n, len(keys))
    heads = [towards(cosine) if title else np.zeros(WIDE, np.float32) for title, cosine in titles or [("", 0.0)] * n]
    return Candidates(
        ids=[str(i) for i in range(n)],
        article=np.arange(n),
        near=np.arange(1, n + 1),
        lexical=np.zeros(n, np.int64),
        vectors=np.array([towards(cosine, axes[i] if axes else 1 + i % (WIDE - 1)) for i, (_, cosine) in enumerate(rows)]),
        words=TermMatches(list(keys), np.ones(len(keys), np.float32), has),
        length=np.full(n, 50, np.float32),
        captioned=np.zeros(n, np.float32),
        articles=[
            CandidateArticle(str(i), str(i), lang, titles[i][0] if titles else "", "", "", DAY if dated and dated[i] else None)
            for i, (lang, _) in enumerate(rows)
        ],
        titles=np.array(heads).reshape(n, WIDE),
    )


def order(question: RankingQuestion, stock: Candidates, means: Means = NONE) -> list[int]:
    return np.argsort(-ranking.rank(question, stock, means).articles, kind="stable").tolist()


def test_the_nearest_vector_is_first() -> None:
    assert order(asked(), library(("en", 0.2), ("en", 0.9), ("en", 0.5))) == [1, 2, 0]


def test_words_decide_within_a_language() -> None:
    assert order(asked(), library(("en", 0.6), ("en", 0.5), keys=["en"], found=[[False], [True]])) == [1, 0]


def test_words_do_not_lift_a_language_over_another() -> None:
    stock = library(("es", 0.7), ("en", 0.6), ("en", 0.5), keys=["en"], found=[[False], [False], [True]])
    assert order(asked(), stock) == [0, 2, 1]


def test_names_speak_across_languages() -> None:
    stock = library(("es", 0.60), ("es", 0.58), keys=[NAME], found=[[False], [True]])
    assert order(asked(), stock) == [1, 0]


def test_who_said_it_decides_when_that_is_asked() -> None:
    stock = library(("en", 0.5), ("es", 0.2), keys=[NAME], found=[[False], [True]])
    assert order(asked(), stock) == [0, 1]
    assert order(asked(said=True), stock) == [1, 0]


def test_a_headline_counts_like_a_passage() -> None:
    stock = library(("en", 0.6), ("en", 0.5), titles=[("Rain in the north", 0.1), ("Ministers meet", 0.9)])
    assert order(asked(), stock) == [1, 0]


def test_a_heading_that_several_stories_share_says_nothing() -> None:
    stock = library(("en", 0.6), ("en", 0.5), ("en", 0.1), titles=[("Rain", 0.1), ("In brief", 0.9), ("In brief", 0.9)])
    assert order(asked(), stock) == [0, 1, 2]


def test_a_day_the_question_names_weighs() -> None:
    assert order(asked(days=[DAY]), library(("en", 0.6), ("en", 0.5), dated=[False, True])) == [1, 0]
    assert order(asked(days=[DAY]), library(("en", 0.9), ("en", 0.3), dated=[False, True])) == [0, 1]


def test_only_what_is_named_to_the_month_counts_as_a_date() -> None:
    def article(published: Period | None, agency: str = "") -> CandidateArticle:
        return CandidateArticle("a", "a", "en", "", "", agency, published)

    november, month, year = (Period.parse(text) for text in ("2023-11-02", "2023-10", "2023"))
    added = ranking.named(asked(days=[month]), [article(DAY), article(None), article(november)])
    assert added.tolist() == pytest.approx([ranking.DATED, 0, 0])
    assert ranking.named(asked(days=[year]), [article(DAY)]).tolist() == [0]
    assert ranking.named(asked(), [article(DAY)]).tolist() == [0]
    named = replace(asked(), sources=frozenset({"NPA"}))
    assert ranking.named(named, [article(DAY, "NPA"), article(DAY)]).tolist() == pytest.approx([ranking.SOURCE, 0])


def test_of_two_translations_the_question_s_language_is_first() -> None:
    stock = library(("es", 0.70), ("en", 0.66), ("en", 0.10), axes=[1, 1, 2])
    assert order(asked(), stock) == [1, 0, 2]
    different = library(("es", 0.70), ("en", 0.66), ("en", 0.10), axes=[1, 2, 3])
    assert order(asked(), different) == [0, 1, 2]


def test_an_article_with_another_headline_is_no_translation() -> None:
    heads = [("Terremoto en el norte", 0.9), ("Rescue teams arrive", 0.3), ("Cup final", 0.1)]
    stock = library(("es", 0.70), ("en", 0.86), ("en", 0.10), axes=[1, 1, 2], titles=heads)
    assert order(asked(), stock) == [0, 1, 2]
    same = [heads[0], ("Earthquake in the north", 0.88), heads[2]]
    assert order(asked(), library(("es", 0.70), ("en", 0.66), ("en", 0.10), axes=[1, 1, 2], titles=same)) == [1, 0, 2]


def test_a_poor_translation_is_not_lifted_far() -> None:
    assert order(asked(), library(("es", 0.90), ("en", 0.60), axes=[1, 1])) == [0, 1]


def test_what_a_translation_loses_is_made_up_for_where_there_is_no_twin() -> None:
    assert order(asked(), library(("en", 0.50), ("es", 0.49))) == [1, 0]
    assert order(asked(), library(("en", 0.50), ("es", 0.47))) == [0, 1]
    assert order(asked(), library(("en", 0.50), ("es", 0.49), ("en", 0.48), axes=[1, 2, 2])) == [0, 2, 1]  # its twin is lifted
    assert order(asked(), library(("fr", 0.50), ("es", 0.49))) == [0, 1]  # none is in the question's own


def test_a_question_of_unknown_language_still_counts_words() -> None:
    stock = library(("en", 0.6), ("en", 0.5), keys=["en"], found=[[False], [True]])
    assert order(asked(lang=""), stock) == [1, 0]


def test_nothing_found_is_no_error() -> None:
    assert len(ranking.rank(asked(), library(), NONE).passages) == 0


@given(st.lists(st.tuples(st.sampled_from(["en", "es", "ar"]), st.floats(-1, 1, width=32)), min_size=1, max_size=12))
def test_each_language_keeps_its_values(rows: list[tuple[str, float]]) -> None:
    """The order within a language changes with the words; which values the language has does not."""
    n = len(rows)
    values, langs = np.array([value for _, value in rows], np.float32), np.array([lang for lang, _ in rows])
    scores = ranking._interleaved(np.arange(n, dtype=np.float32), values, langs)
    for lang in set(langs):
        assert sorted(scores[langs == lang]) == sorted(values[langs == lang])
        assert (np.diff(scores[langs == lang]) >= 0).all()


def test_means_take_the_language_out() -> None:
    spanish, french = towards(0, 1), towards(0, 2)
    means = Means({"es": spanish, "fr": french, "": unit(spanish + french)}, {"": np.zeros(WIDE, np.float32)})
    content = towards(0, 3)
    centred = means.centred(np.stack([unit(content + spanish), unit(content + french)]), ["es", "fr"])
    assert centred[0] @ centred[1] > unit(content + spanish) @ unit(content + french) + 0.3


def test_a_lone_passage_is_not_centred_away() -> None:
    means = shipped("multilingual-e5-small-q4", 384)
    passage = unit(means.passages["en"] + 0.1 * np.eye(384, dtype=np.float32)[0])
    moved = means.with_library({"en": (passage, 1)})
    assert np.linalg.norm(passage - moved.passages["en"]) > 0.05
    assert np.allclose(moved.passages["fr"], means.passages["fr"])


def test_a_large_library_has_its_own_mean() -> None:
    means = shipped("multilingual-e5-small-q4", 384)
    own = unit(np.ones(384, np.float32))
    assert means.with_library({"en": (own * 100_000, 100_000)}).passages["en"] @ own == pytest.approx(1, abs=1e-3)


def test_another_model_is_not_centred_by_our_means() -> None:
    assert shipped("text-embedding-3-small", 1536) is NONE
    vectors = unit(np.ones((2, 5), np.float32))
    assert NONE.centred(vectors, ["en", "es"]) is vectors
    assert np.array_equal(NONE.question(vectors[0], "en"), vectors[0])
    assert set(NONE.with_library({"en": (vectors[0] * 3, 3)}).passages) == {"", "en"}


def test_a_language_that_does_not_ship_falls_back_to_the_mean_of_all() -> None:
    means = shipped("multilingual-e5-small-q4", 384)
    vector = unit(np.ones((1, 384), np.float32))
    assert np.allclose(means.centred(vector, ["sw"]), unit(vector - means.passages[""]))
    assert len(means.passages) >= 20
