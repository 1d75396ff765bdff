"""How much else is written on the matter of an event: editors give room to what a fortnight is about.

reports of the window and of the fortnight before it -> one vector an origin -> for an event, how many others are near it
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.retrieval.story_clusters import Story
from index.search.recent_reports import Report

FAR, NEAR = 0.2, 0.4  # centred cosines of two openings up to which they are on different matters, and from which on one


class RunningMatters:
    """The stories of a stretch of time, to be counted by what they are about."""

    def __init__(self, reports: Sequence[Report]) -> None:
        first: dict[str, Report] = {}  # copies are one, as the first of them has it
        for report in sorted(reports, key=lambda report: (report.moment, report.article.id)):
            first.setdefault(report.article.origin or report.article.id, report)
        self._place = {origin: i for i, origin in enumerate(first)}
        self._vectors = np.stack([report.vector for report in first.values()]) if first else np.zeros((0, 0), np.float32)

    def others(self, stories: Sequence[Story]) -> float:
        """How many other stories are on the matter of an event, what is between near and far by its share."""
        if not len(self._vectors):
            return 0.0
        alike = (self._vectors @ np.stack([story.vector for story in stories]).T).mean(axis=1)
        share = np.clip((alike - FAR) / (NEAR - FAR), 0.0, 1.0)
        own = {story.reports[0].article.origin or story.reports[0].article.id for story in stories}
        share[[self._place[origin] for origin in own & self._place.keys()]] = 0.0
        return float(share.sum())
