"""What came after ("and then?"): later reports that go on from those an answer was made of.

the answer before -> when its reports came out -> what was found after them -> of the same running story? -> their first news

Whether a later report goes on from an earlier one is decided as it is for a briefing (`events.kinship`): by what both are about
and by the names in both, whatever their languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from bot.retrieval.candidates import Candidate, passage_of, sentences_of
from bot.retrieval.instructions_left_out import LeftOut, barred_in
from bot.retrieval.retrieve import FOUND, Retrieved
from bot.retrieval.story_clusters import RELATED, kinship, stories
from bot.verification.same_matter import shared_names
from index.index import Index
from index.records import ChipKind, Period, Scope
from index.search.recent_reports import VAGUE, Report
from index.text.names import WORD

REACH = 400 * 86_400  # seconds after the last report that is looked through
MOST = 3  # later reports that are told
LEAST = 6  # words of a sentence that tells something: not a dateline
HEAD = 900  # characters of a report that say what it is about


def afterwards(
    index: Index,
    before: Retrieved,
    shown: Sequence[Candidate],
) -> Retrieved:
    """What the library reports after the sentences that were shown: nothing, where none of their reports has a date.

    The result's filter has the time that was looked through. LibraryError when the library cannot be read.
    """
    dated = [c for c in shown if c.passage.published and c.passage.published.end - c.passage.published.start <= VAGUE]
    if not before.holds or not dated:
        return replace(before, hits=(), evidence=replace(before.evidence, candidates=(), probability=0.0))
    since = max(c.passage.published.end for c in dated if c.passage.published)
    window = Period(since, since + REACH)  # the day of the last report is over
    limit = before.scope.filter.window if before.scope.filter else None
    scope = replace(before.scope.only(window=_both(window, limit)), without=frozenset(get_args(ChipKind)))
    shown_articles = {c.passage.article_id for c in shown}
    query = max(dated, key=lambda c: c.score)
    results = index.results(f"{query.passage.title}. {query.text[:200]}", k=FOUND, scope=scope)
    ids = frozenset(hit.passage.article_id for hit in results.hits) - shown_articles
    later = _going_on(index, shown_articles, ids, window, Scope(as_of=scope.as_of)) if ids else []
    about = "\n".join(f"{c.passage.title}\n{c.text}" for c in shown)
    barred = barred_in([report.article for report in later], index.embeddings)
    candidates = [c for report in later if (c := _news(report, about)) and barred.allows(report.article.id, c.start, c.end)]
    ranked = tuple(replace(c, score=-n / 10) for n, c in enumerate(candidates))
    return replace(
        before, results=replace(results, chips=()), hits=tuple(results.hits), left_out=LeftOut(), spoken=False,
        evidence=replace(
            before.evidence, passages=tuple(c.passage for c in ranked), candidates=ranked, probability=float(bool(ranked)),
            absent=(), most=MOST,
        ),
    )  # fmt: skip


def _both(period: Period, other: Period | None) -> Period:
    return Period(max(period.start, other.start), max(period.start + 1, min(period.end, other.end))) if other else period


def _going_on(index: Index, shown_articles: set[str], ids: frozenset[str], window: Period, scope: Scope) -> list[Report]:
    """Of the articles found, those that go on from what was told, as they came out; one of each origin."""
    always = Period(0, window.end)
    earlier = stories(index.reports(always, scope=scope.only(ids=shown_articles)))
    later = stories(known_later(index, window, scope.only(ids=ids)))
    origins = {report.article.origin for story in earlier for report in story.reports} - {""}
    later = [story for story in later if not any(report.article.origin in origins for report in story.reports)]
    if not earlier or not later:
        return []
    kin = kinship(earlier, later).max(axis=0)
    best = sorted((i for i in range(len(later)) if kin[i] > RELATED), key=lambda i: -kin[i])[:MOST]
    return sorted((later[i].reports[0] for i in best), key=lambda report: report.moment)


def known_later(index: Index, window: Period, scope: Scope) -> list[Report]:
    """The articles that came out in the window for certain: one of a month that the window begins in may be from before it."""
    return [
        report
        for report in index.reports(window, scope=scope)
        if report.article.published is not None and report.moment >= window.start
    ]


def _news(report: Report, about: str) -> Candidate | None:
    """The first sentence of a report that names something of the story; None if none at its head does."""
    passage = passage_of(report.article, end=HEAD)
    for sentence in sentences_of(passage, 0):
        if len(WORD.findall(sentence.text)) >= LEAST and sentence.end < passage.end and shared_names(sentence.text, about):
            return sentence
    return None
