"""An event held against what came before: the stories that it may go on from, and what is new about it.

nearby: the earlier stories that are like some events -> seen_before: the same event, or the story of its kin
-> compared: its claims, and which of them are new -> joined: what is one event in other words
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bot.briefings import key_sentences as telling
from bot.briefings import novelty
from bot.briefings.event_writer import Item
from bot.records import Beat, Briefing
from bot.retrieval import story_clusters as clustering
from bot.retrieval.instructions_left_out import barred_in
from bot.retrieval.story_clusters import RELATED, Cluster, Story, kinship, likeness
from index.index import Index
from index.search.recent_reports import Report

Told = Sequence[tuple[Briefing, float]]  # earlier briefings of the beat, the newest first, each with the time it was made

DAY = 86_400
NEARBY = -2.0  # mean kinship from which two events may be one
NEAREST = 40  # articles before that are looked at for one event
FAR = 0.1  # centred cosine below which none is
EARLIER = 8  # stories before that an event is compared with


def nearby(clusters: Sequence[Cluster], past: Sequence[Report]) -> list[Story]:
    """The earlier stories that are nearest to some events: most articles of a fortnight are about something else."""
    if not clusters or not past:
        return []
    matrix = np.stack([report.vector for report in past])
    kept: set[int] = set()
    for cluster in clusters:
        near = (np.stack([story.vector for story in cluster.stories]) @ matrix.T).mean(axis=0)
        kept |= {int(i) for i in np.argsort(-near, kind="stable")[:NEAREST] if near[i] >= FAR}
    return clustering.stories([past[i] for i in sorted(kept)])


def seen_before(cluster: Cluster, relevant: float, before: Sequence[Story], sent_before: Told) -> Item:
    """An event with the earlier stories that it may go on from; with the id of the same event and the story of its kin."""
    first = cluster.stories[0].reports[0].article
    id = hashlib.blake2b((first.origin or first.id).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    if not before:
        return Item(cluster, relevant, id=id, story=id)
    odds = likeness(cluster.stories, before)
    kin = kinship(cluster.stories, before).mean(axis=0)
    related = tuple(before[i] for i in np.argsort(-kin, kind="stable")[:EARLIER] if kin[i] >= RELATED)
    going_on = clustering.goes_on(cluster.stories, before).tolist()
    same = {report.article.id: value for story, value in zip(before, going_on, strict=True) for report in story.reports}
    place = {report.article.id: i for i, story in enumerate(before) for report in story.reports}
    story, nearest = id, RELATED
    for event in (event for briefing, _ in sent_before for event in briefing.events):
        places = sorted({place[id] for id in event.article_ids if id in place})
        if places and float(odds[:, places].mean()) >= clustering.CUT:
            same |= {id: math.inf for id in event.article_ids if id in place}
            return Item(cluster, relevant, related, event.id, event.story or event.id, known=True, same=same)
        if places and float(kin[places].mean()) >= nearest:
            story, nearest = event.story or event.id, float(kin[places].mean())
    return Item(cluster, relevant, related, id, story, same=same)


def compared(event: Item, index: Index, beat: Beat) -> Item:
    """With its claims, and what is new about them. No claims where its articles give instructions to machines."""
    first = sorted(event.cluster.stories, key=lambda s: (s.reports[0].article.lang != beat.language, -s.moment))
    reports = [_best(story, beat) for story in first[: telling.STORIES]]
    barred = barred_in([report.article for report in reports], index.embeddings)
    reports = [report for report in reports if report.article.id not in barred.articles]
    earlier = [story.reports[0] for story in event.related]
    earlier += [old for report in reports if report.changed and (old := _earlier(report, index))]
    same = {**event.same, **{report.article.id: math.inf for report in reports if report.changed}}
    by_report = telling.claims([*reports, *earlier], index)
    by_report = [[one for one in some if barred.allows(one.report.article.id, one.start, one.end)] for some in by_report]
    now = tuple(tuple(sentences) for sentences in by_report[: len(reports)] if sentences)
    past = tuple(claim for sentences in by_report[len(reports) :] for claim in sentences)
    if not now:
        return event
    return replace(
        event,
        told=now,
        past=past,
        change=novelty.change([c for sentences in now for c in sentences], past, beat.language, same),
    )


def is_news(event: Item, fewest: int = 1) -> bool:
    """Whether there is something to tell: of an event told before only what no report said then."""
    fresh = event.change is not None and bool(event.change.fresh)
    return bool(event.told) and event.outlets >= fewest and (fresh or not event.known)


def joined(events: Sequence[Item], anew: Callable[[Cluster, float], Item]) -> list[Item]:
    """Events of one story whose first sentences say the same are one: a colour piece beside the news, in other words.

    Their reports' vectors were too far apart. First sentences of different events of one day have .31 at most in our stream.
    """
    kept: list[Item] = []
    for event in events:
        same = next((n for n, other in enumerate(kept) if _same(event, other)), None)
        if same is None:
            kept.append(event)
        else:
            stories = sorted((*kept[same].cluster.stories, *event.cluster.stories), key=lambda story: story.moment)
            kept[same] = anew(Cluster(tuple(stories)), max(kept[same].relevant, event.relevant))
    return kept


def _same(event_a: Item, event_b: Item) -> bool:
    if {"corrected", "withdrawn"} & {event.change.label for event in (event_a, event_b) if event.change}:
        return False
    if abs(event_a.cluster.stories[0].moment - event_b.cluster.stories[0].moment) > DAY:
        return False
    leads = [np.stack([sentences[0].vector for sentences in event.told]) for event in (event_a, event_b)]
    alike = float((leads[0] @ leads[1].T).max())
    return alike >= telling.REPEATS and float(kinship(event_a.cluster.stories, event_b.cluster.stories).mean()) >= NEARBY


def _best(story: Story, beat: Beat) -> Report:
    """Of copies the first one, of the outlet that wrote it if it is there."""
    return next((r for r in story.reports if r.article.id == r.article.origin), story.reports[0])


def _earlier(report: Report, index: Index) -> Report | None:
    """The version before."""
    article = index.article(report.article.id, report.article.version - 1)
    return (
        replace(report, article=article, moment=article.published.start if article.published else report.moment)
        if article
        else None
    )
