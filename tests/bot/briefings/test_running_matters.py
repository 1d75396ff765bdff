"""How much else is written on the matter of an event, on vectors that are given."""

from __future__ import annotations

import math

import numpy as np

from bot.briefings.briefing import worth
from bot.briefings.event_writer import Item
from bot.briefings.running_matters import RunningMatters
from bot.retrieval.story_clusters import Cluster, stories
from index.records import Article, Period
from index.search.recent_reports import Report

WAY = np.zeros(2, np.float32)


def report(id: str, degrees: float, origin: str = "") -> Report:
    vector = np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))], np.float32)
    article = Article(id=id, origin=origin or id, title=f"Title of {id}", text="Text.", lang="en", published=Period(0, 60))
    return Report(article=article, moment=0, added=0, vector=vector, title=vector)


TALKS = [report("talks-1", 0), report("talks-2", 10), report("talks-3", 20)]
COMET = report("comet", 110)
COPIES = [report(f"copy-{n}", 110, origin="comet") for n in range(9)]


def test_others_on_the_matter_are_counted_and_neither_itself_nor_copies() -> None:
    matters = RunningMatters([*TALKS, COMET, *COPIES])
    talks, comet = stories([TALKS[0]]), stories([COMET, *COPIES])
    assert matters.others(talks) == 2 and matters.others(comet) == 0
    assert 0 < RunningMatters([*TALKS, report("near", 72)]).others(talks) - 2 < 1  # cosine .31: half on it
    assert RunningMatters([]).others(talks) == 0


def test_what_a_fortnight_is_about_comes_before_what_stands_alone() -> None:
    talks, comet = (Item(Cluster(tuple(stories([one]))), 0.5) for one in (TALKS[0], COMET))
    matters = RunningMatters([*TALKS, COMET, *COPIES])
    assert worth(talks, WAY)[0] == worth(comet, WAY)[0]
    assert worth(talks, WAY, matters=matters)[0] > worth(comet, WAY, matters=matters)[0]
