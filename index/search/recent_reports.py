"""What came out in a stretch of time, side by side with the vectors it is compared by: what a briefing is made from.

An article is taken in the version that was there at the time asked for, so that yesterday's briefing can be made again. Vectors
are stored for the newest version only; they stand for the older ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.language_means import Means, unit
from index.records import Article, Filter, Period, Scope
from index.storage.protocol import Storage
from index.storage.records import VersionDates
from index.text.fold import fold
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

VAGUE = 2 * 86_400  # seconds: a date less precise than this does not say on which day an article came out
MOST = 2_000  # articles without a date that are looked at
FIRST = 3  # passages of an article that say what it is about: news tells that first


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article of a stretch of time."""

    article: Article  # in the version of the time
    moment: int  # when this version came out, UTC seconds: the first second of its date; taken in, where it has none
    added: int  # when it was taken into the library
    vector: Floats  # (dimension,) mean of its first passages, centred by language, of unit length
    title: Floats  # (dimension,) of the title alone, likewise; zeros where there is none
    heading: Floats | None = None  # the same as the model made it, not centred
    labels: frozenset[str] = frozenset()  # whose report it is; see `Publishers.labels`
    doubtful: bool = False  # of an outlet that the settings call so, or that claims another's name

    @property
    def vague(self) -> bool:
        """Whether it is dated by its month or year only."""
        published = self.article.published
        return published is not None and published.end - published.start > VAGUE

    @property
    def changed(self) -> bool:
        """Whether its outlet put it in the place of an earlier version."""
        return self.article.version > 1


def reports(storage: Storage, means: Means, window: Period, *, scope: Scope, publishers: Publishers = SHIPPED) -> list[Report]:
    """The articles that came out in the window, the oldest first, each in its newest version of that time.

    An imprecise date counts where it overlaps the window. The scope's filter narrows as in a search.
    """
    until = min(window.end, scope.as_of.end) if scope.as_of else window.end
    moments: dict[tuple[str, int], tuple[VersionDates, int]] = {}
    for versions in _grouped(storage.versions(Period(window.start, until), scope)).values():
        there = [v for v in versions if v.start is None or v.start < until]
        known = [v for v in there if v.added < until] or there  # filled in later from an archive: publication has to do
        if not known:
            continue
        newest = max(known, key=lambda v: v.version)
        moment, end = _moment(newest, versions)
        if moment < until and end > window.start:
            moments[newest.article_id, newest.version] = newest, moment
    return _made(storage, means, moments, scope, publishers)


def undated(storage: Storage, means: Means, *, scope: Scope, publishers: Publishers = SHIPPED) -> list[Report]:
    """The articles without a date, MOST of them, those taken in last: never news, but one may tell of a plan that came true."""
    return _made(storage, means, {(v.article_id, v.version): (v, v.added) for v in storage.undated(MOST)}, scope, publishers)


def _made(
    storage: Storage,
    means: Means,
    moments: Mapping[tuple[str, int], tuple[VersionDates, int]],
    scope: Scope,
    publishers: Publishers,
) -> list[Report]:
    """(article id, version) -> its dates and when it came out; as Reports, the oldest first."""
    kept = [article for article in storage.articles(list(moments)) if passes(article, scope.filter, publishers)]
    vectors = _vectors(storage, means, [article.id for article in kept])
    made = []
    for article in kept:
        if article.id in vectors:
            (version, moment), (vector, title, heading) = moments[article.id, article.version], vectors[article.id]
            made.append(
                Report(
                    article=replace(article, outlet=publishers.shown(article.outlet, article.url)), moment=moment,
                    added=version.added, vector=vector, title=title, heading=heading,
                    labels=publishers.labels(article.outlet, article.url, article.agency),
                    doubtful=publishers.tier(article.outlet, article.url) == "doubtful",
                )
            )  # fmt: skip
    return sorted(made, key=lambda report: (report.moment, report.article.id))


def _grouped(rows: Iterable[VersionDates]) -> dict[str, list[VersionDates]]:
    of: dict[str, list[VersionDates]] = {}
    for row in rows:
        of.setdefault(row.article_id, []).append(row)
    return of


def _moment(version: VersionDates, versions: Sequence[VersionDates]) -> tuple[int, int]:
    """When a version came out, as [start, end). When it was taken in, where it has no date, or that of the version before.

    One that is dated by its month belongs to all of it.
    """
    before = max((v for v in versions if v.version < version.version), key=lambda v: v.version, default=None)
    if version.start is None or version.end is None or (before and before.start == version.start):
        return version.added, version.added + 1
    return version.start, version.end


def passes(article: Article, filter: Filter | None, publishers: Publishers) -> bool:
    """Whether an article fits a filter, as the storage would find."""
    if filter is None:
        return True
    outlets = set[str]().union(*map(publishers.spellings, filter.outlets))
    sources, authors = (set(map(fold, names)) for names in (filter.sources, filter.authors))
    return (
        (not filter.langs or article.lang in filter.langs)
        and (not outlets or fold(article.outlet) in outlets)
        and (not sources or not sources.isdisjoint((fold(article.outlet), fold(article.agency))))
        and (not authors or not authors.isdisjoint(map(fold, article.authors)))
        and (not filter.ids or article.id in filter.ids)
        and (not filter.window or (article.published is not None and article.published.overlaps(filter.window)))
    )


def _vectors(storage: Storage, means: Means, ids: Sequence[str]) -> dict[str, tuple[Floats, Floats, Floats | None]]:
    """Article id -> (mean of its first passages, title), centred, and the title's vector as it was made."""
    openings = storage.openings(ids, FIRST)
    if not openings.article_ids:
        return {}
    centred = means.centred(openings.vectors, openings.langs)
    texts: dict[str, list[Floats]] = {}
    titles: dict[str, Floats] = {}
    made: dict[str, Floats] = {}
    for id, heading, vector, as_made in zip(openings.article_ids, openings.headings, centred, openings.vectors, strict=True):
        if heading:
            titles[id], made[id] = vector, as_made
        else:
            texts.setdefault(id, []).append(vector)
    nothing = np.zeros(centred.shape[1], np.float32)
    return {
        id: (unit(np.mean(of, axis=0, dtype=np.float32)), titles.get(id, nothing), made.get(id)) for id, of in texts.items()
    }
