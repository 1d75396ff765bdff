"""Which earlier story an event goes on from: the same people or place, and the same matter. Vectors are given."""

from __future__ import annotations

import numpy as np
import pytest

from bot.retrieval.story_clusters import Story, goes_on, named
from index.records import Article, Period
from index.search.recent_reports import Report

NEAR = np.array([0.52, 0.854], np.float32)  # .52 with the first axis, as the ends of two bids for one office are
FIRST = np.array([1.0, 0.0], np.float32)
TAIL = "The vote in Karsund is in November."


def story(id: str, title: str, day: str, vector: np.ndarray[tuple[int], np.dtype[np.float32]]) -> Story:
    article = Article(id=id, title=title, text=f"{title}. {TAIL}", lang="en", published=Period.parse(day))
    report = Report(article=article, moment=Period.parse(day).start, added=0, vector=vector, title=vector)
    return Story(reports=(report,), vector=vector, title=vector, names=named(report))


OTHERS = [story(f"o{n}", f"Bridge of Ostrand {n} painted by Nils Falk", "2025-05-01", -FIRST) for n in range(6)]


@pytest.mark.parametrize(
    ("now", "before", "day", "expected"),
    [
        ("Sigrun Dahl ends her bid for the chair", "Sigrun Dahl opens her bid for the chair", "2025-05-05", True),
        ("Sigrun Dahl ends her bid for the chair", "Berit Moen ends her bid for the chair", "2025-05-05", False),
        ("Karsund strike ends with a pay deal", "Karsund strike begins", "2025-05-05", True),
    ],
)
def test_only_the_same_story_goes_on(now: str, before: str, day: str, expected: bool) -> None:
    event, earlier = story("a", now, "2025-05-07", FIRST), story("b", before, day, NEAR)
    odds = goes_on([event], [earlier, *OTHERS])
    assert np.isfinite(odds[0]) == expected
    assert not np.isfinite(odds[1:]).any()


def test_of_what_may_be_the_same_story_likeness_and_names_decide() -> None:
    event = story("a", "Sigrun Dahl and Tove Lund end bids for the chair", "2025-05-07", FIRST)
    near, opens = np.array([0.9, 0.436], np.float32), "Sigrun Dahl and Tove Lund open bids for the chair"
    same = story("b", opens, "2025-05-05", near)
    half_named = story("c", "Sigrun Dahl and Berit Moen open bids for the chair", "2025-05-05", near)
    less_alike = story("d", opens, "2025-05-05", NEAR)
    odds = goes_on([event], [same, half_named, less_alike, *OTHERS])
    assert odds[0] > 0 > max(odds[1], odds[2]) and np.isfinite(odds[:3]).all()
