"""Articles to events, on vectors that are given."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.story_clusters import clusters, goes_on, kinship, linked, stories
from index.records import Article, Period
from index.search.recent_reports import Report

DAY = 86_400


def report(
    id: str, vector: list[float], *, day: int = 0, origin: str = "", text: str = "Ilse Brandvik met Tomás Lerín."
) -> Report:
    unit = (np.array(vector) / np.linalg.norm(vector)).astype(np.float32)
    moment = 1_772_409_600 + day * DAY
    article = Article(id=id, origin=origin or id, text=text, lang="en", published=Period(moment, moment + 60))
    return Report(article=article, moment=moment, added=moment, vector=unit, title=np.zeros_like(unit))


def test_reports_of_one_day_are_one_event_and_a_week_later_another() -> None:
    told = [
        report("a", [1, 0.2]),
        report("b", [1, 0.3]),
        report("c", [1, 3], day=7, text="Ilse Brandvik and Tomás Lerín signed in Lundhaven."),
        report("d", [-1, 0.2], text="A comet."),
    ]
    assert [cluster.ids for cluster in clusters(told)] == [("a", "b"), ("d",), ("c",)]
    first, _, later = clusters(told)
    assert kinship(later.stories, first.stories).mean() > 0  # but they belong to one running story


def test_the_same_names_alone_make_no_event() -> None:
    met, praised = "Ilse Brandvik met Oda Marn.", "Ilse Brandvik praised Oda Marn."
    for cosine, text, events in ((0.2, met, 2), (0.5, met, 1), (0.5, praised, 2)):  # a politician did two things on one day
        told = [report("a", [1, 0]), report("b", [cosine, (1 - cosine**2) ** 0.5], text=text)]
        assert len(clusters(told)) == events


def test_one_governor_s_two_acts_are_no_running_story() -> None:
    tax, vote, senate = (
        report(str(n), [1, 0], day=n, text=f"Governor Ruth Hayes {text} in Columbus, Ohio, on Monday.")
        for n, text in enumerate(("signed a cut of the income tax", "called a special election", "cut the income tax again"))
    )
    assert goes_on(stories([vote]), stories([tax])).tolist() == [float("-inf")]
    assert goes_on(stories([senate]), stories([tax]))[0] > 0


def test_copies_are_one_story_and_do_not_move_it() -> None:
    told = [report("a", [1, 0]), report("copy", [0.6, 0.8], origin="a")]
    (story,) = stories(told)
    assert [r.article.id for r in story.reports] == ["a", "copy"]
    assert np.allclose(story.vector, told[0].vector)


@given(st.integers(0, 12), st.randoms(use_true_random=False))
def test_linkage_parts_the_whole(size: int, random: object) -> None:
    rng = np.random.default_rng(size)
    odds = rng.normal(-1, 3, (size, size)).astype(np.float32)
    odds = (odds + odds.T) / 2
    groups = linked(odds)
    assert sorted(i for group in groups for i in group) == list(range(size))


def test_average_linkage_does_not_chain() -> None:
    odds = np.array([[9, 2, -9], [2, 9, 2], [-9, 2, 9]], np.float32)
    assert sorted(map(len, linked(odds))) == [1, 2]
