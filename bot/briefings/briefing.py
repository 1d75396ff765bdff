"""The pipeline of a briefing, read downwards: a beat and a period in, a cited Briefing out.

window -> Index.reports -> events (clusters) -> those on the beat -> what is new about each -> ranked
       -> sentences, statements, disputes, what was known -> verified -> Briefing

Nothing is written here that is not an article's: each Sentence passes the same `Writing` as an answer's. How many copies an
article has never counts, only how many independent origins an event has.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from bot.answers.notes import span
from bot.briefings import key_sentences as telling
from bot.briefings import novelty
from bot.briefings.beat_relevance import BeatTopic, relevances
from bot.briefings.claim_quoting import again
from bot.briefings.event_history import Told, compared, is_news, joined, nearby, seen_before
from bot.briefings.event_writer import Item, Wording, written
from bot.briefings.fulfilled_plans import superseding
from bot.briefings.key_sentences import KeySentence
from bot.briefings.news_value import FEATURE, consequence, direction, shut_out
from bot.briefings.titles import tell_news
from bot.clock import Clock
from bot.phrases import count, say
from bot.records import Beat, Briefing, BriefingEvent, Label, Note, Sentence, Source
from bot.retrieval import story_clusters as clustering
from bot.retrieval.story_clusters import Cluster, Story, kinship
from index.errors import ModelError
from index.index import Index
from index.records import FIRST, Filter, Period, Scope
from index.search.recent_reports import Report, passes
from index.text import quotation_marks
from index.text.printable import title_line

Floats = NDArray[np.float32]
_Found = tuple[Cluster, float]

MEMORY = 14 * 86_400  # seconds before the window in which something can be known
LATE = 2 * 86_400  # seconds before the window in which an article is still news that came in after the last briefing
ON_BEAT = 0.5  # relevance from which an event is on the beat; see `beat_relevance`
TOUCHED = 0.02  # from which one that goes on from a story of the beat is
ALMOST = 0.2  # from which less of that is enough
GOES_ON, ALMOST_ON = 3.0, 1.5  # kinship from which it does, and from which it does where it is almost on the beat by itself
CONTEXT = 30  # articles of any time that are looked at for a topic
LIKE = 0.12  # cosine with a topic from which an earlier article is looked at for what is like the new ones
LOOKED_AT = 5  # times as many events as are told are compared with what came before
FEW = 3  # events on the beat below which the nearest beside it is named
EXTRA = 2  # and so many times as many are read
REMEMBERED = 14  # briefings back that something may have been told in
QUIET = 3  # briefings back that a story is watched for
QUIETS = 3  # stories without news that are named
LONG = 2_500  # characters from which a report is long
WEIGHT: dict[Label, float] = {"withdrawn": 1.2, "superseded": 1.1, "new": 1.0, "developed": 1.0, "corrected": 0.9}


def window(
    beat: Beat, sent_before: Told, *, since: Period | None, until: Period | None, as_of: Period | None, now: int
) -> Period:
    """The stretch of time a briefing is about, [since, until). Without `since` it goes on where the last one ended."""
    end = min(time for time in (until.end if until else None, as_of.end if as_of else None, now) if time is not None)
    before = [briefing for briefing, _ in sent_before if briefing.until < end]
    start = since.start if since else before[0].until if before else end - beat.window
    return Period(min(start, end - 1), end)


def brief(
    index: Index,
    beat: Beat,
    period: Period,
    sent_before: Told = (),
    *,
    scope: Scope = Scope(),
    wording: Wording | None = None,
) -> Briefing:
    """The briefing of a beat about a stretch of time. `sent_before`: earlier ones, the newest first. `scope`: all that is read.

    Raises LibraryError, WrongModel, ModelError.
    """
    clock = Clock()
    sent_before = [(briefing, at) for briefing, at in sent_before if briefing.until < period.end]
    now, past = _read(index, beat, period, sent_before, scope)
    undated = index.undated(scope=scope)
    clock.lap("read")
    topics = [BeatTopic(text, index.topic(text)) for text in beat.topics]
    context = _context(index, topics, period, scope, {report.article.id for report in now})
    on_beat, nearest = _on_beat(beat, topics, clustering.clusters(now), past, context, sent_before)
    clock.lap("events")
    first = _ranked([Item(cluster, relevant) for cluster, relevant in on_beat], index, LOOKED_AT * beat.length)
    before = nearby([item.cluster for item in first], [*past, *undated])
    seen = [seen_before(item.cluster, item.relevant, before, sent_before) for item in first]
    events, features = _news(seen, before, sent_before, index, beat)
    clock.lap("novelty")
    sources: list[Source] = []
    events_told, notes, worded_by = _all_written(events, index, beat, sources, wording, _corrections(now, index))
    quiet = _quiet(seen, sent_before, index, beat, sources)
    if nearest and (not on_beat or (len(on_beat) < FEW and nearest[1] >= ALMOST)):
        notes.append(Note(kind="searched", text=_how_near(nearest, beat.language)))
    if not now and not sent_before and (outside := _outside(index, scope, len(undated), beat.language)):
        notes.append(Note(kind="searched", text=outside))
    if features:
        left = count("article", beat.language, features)
        notes.append(Note(kind="searched", text=say("no_news", beat.language, read=left)))
    if fresh := sum(period.start < report.added <= period.end for report in undated):
        notes.append(Note(kind="undated", text=say("no_dates", beat.language, read=count("article", beat.language, fresh))))
    clock.lap("write")
    return Briefing(
        id=hashlib.blake2b(f"{beat.name}\0{period.start}\0{period.end}".encode(), digest_size=8).hexdigest(),
        beat=beat.name,
        lang=beat.language,
        timezone=beat.timezone,
        since=period.start,
        until=period.end,
        previous=sent_before[0][0].id if sent_before else "",
        events=tuple(replace(one, number=number) for number, one in enumerate(events_told, 1)),
        quiet=tuple(quiet),
        sources=tuple(sources),
        notes=tuple(notes),
        articles=sum(len(cluster.reports) for cluster, _ in on_beat),
        looked_at=len(now),
        generator=worded_by.name if worded_by else "extractive",
        prompt=worded_by.briefing_prompt if worded_by else "",
        timings=clock.laps,
    )


# What there is ---------------------------------------------------------------------------------------------------------------


def _read(index: Index, beat: Beat, period: Period, sent_before: Told, scope: Scope) -> tuple[list[Report], list[Report]]:
    """(the articles of the window that the beat wants, what came out before)."""
    known = sent_before[0][1] if sent_before else None
    everything = index.reports(Period(period.start - MEMORY, period.end), scope=scope)
    wanted = Filter(langs=frozenset(beat.languages), outlets=frozenset(beat.outlets))
    now, past = [], []
    for report in everything:
        published = report.article.published
        if published is None:  # nobody knows when it came out: it is never news
            continue
        since = known is not None and report.added > known  # it came in after the last briefing
        late = since and (report.vague or report.moment >= period.start - LATE)
        overlaps = published.end > period.start and not report.changed
        if overlaps and report.vague and not (since or report.moment >= period.start):
            continue  # of the month that the window is a part of: nobody knows whether it is from there
        if not (report.moment >= period.start or late or (overlaps and known is None)):
            past.append(report)
        elif passes(report.article, wanted, index.publishers) and not shut_out(report.article, beat.exclude, beat.sections):
            now.append(report)
    return now, past


def _context(index: Index, topics: Sequence[BeatTopic], period: Period, scope: Scope, now: Collection[str]) -> list[Report]:
    """What the library has on the topics from any time before: what is like it is about them, too, whatever its words."""
    found = {hit.passage.article_id for topic in topics for hit in index.results(topic.text, k=CONTEXT, scope=scope).hits}
    ids = found.difference(now)
    reports = index.reports(Period(FIRST, period.end), scope=scope.only(ids=ids)) if ids else []
    return [report for report in reports if report.article.published]


def _on_beat(
    beat: Beat,
    topics: Sequence[BeatTopic],
    clusters: Sequence[Cluster],
    past: Sequence[Report],
    context: Sequence[Report],
    sent_before: Told,
) -> tuple[list[_Found], _Found | None]:
    """The events that are on the beat, each with how central it is to it, 0..1; and the one nearest to it that is not.

    An event is, when one of its reports is; or when it goes on from a story that is, told before or in this window, and is not
    altogether about something else: "the ministers met again" without a word of what about. Nothing goes on from what is of
    another year: one stabbing is no development of another that was on the beat.
    """
    told = {of for briefing, _ in sent_before for event in briefing.events for of in event.article_ids}
    unique = {report.article.id: report for report in (*past, *context)}.values()
    lately = {report.article.id for report in past}
    earlier = clustering.stories([r for r in unique if r.article.id in told or any(_near(r, topic) for topic in topics)])
    every = [*(story for cluster in clusters for story in cluster.stories), *earlier]
    known = dict(zip(map(id, every), relevances(every, beat, topics).tolist(), strict=True))
    scores = [max(known[id(story)] for story in cluster.stories) for cluster in clusters]
    running = [
        story
        for story in earlier
        if story.reports[0].article.id in told or (known[id(story)] >= ON_BEAT and story.reports[0].article.id in lately)
    ]
    running += [s for cluster, score in zip(clusters, scores, strict=True) if score >= ON_BEAT for s in cluster.stories]
    on_beat, beside = list[_Found](), list[_Found]()
    for cluster, score in zip(clusters, scores, strict=True):
        if TOUCHED <= score < ON_BEAT and running:
            kin = float(kinship(cluster.stories, running).mean(axis=0).max())
            score = ON_BEAT if kin >= (ALMOST_ON if score >= ALMOST else GOES_ON) else score
        (on_beat if score >= ON_BEAT else beside).append((cluster, score))
    return on_beat, max(beside, key=lambda found: found[1], default=None)


def _near(report: Report, topic: BeatTopic) -> bool:
    return max(float(topic.vector @ report.vector), float(topic.vector @ report.title)) >= LIKE


def _how_near(nearest: _Found, lang: str) -> str:
    """Which event came nearest to a beat that it is not on, and how near."""
    cluster, score = nearest
    title = title_line(cluster.stories[0].reports[0].article.title) or say("untitled", lang)
    near, least = math.floor(100 * score), math.ceil(100 * ON_BEAT)
    return say("off_beat", lang, title=quotation_marks.unquoted(title), near=near, least=least)


def _outside(index: Index, scope: Scope, undated: int, lang: str) -> str:
    """How many dated articles lie outside a window that has none, and from when they are; "" where there are none."""
    extent = index.extent(scope=scope)
    dated = extent.articles - undated
    return say("outside", lang, articles=dated, dates=span(extent.dates)) if extent.dates and dated > 0 else ""


# What is told ----------------------------------------------------------------------------------------------------------------


def _news(seen: Sequence[Item], before: Sequence[Story], sent_before: Told, index: Index, beat: Beat) -> tuple[list[Item], int]:
    """The events that are told, each compared with what came before, and what is one event as one; and how many articles tell
    no news. ModelError.

    Those worth most are read first, and more only where too few of them are news.
    """

    def anew(cluster: Cluster, relevant: float) -> Item:
        return compared(seen_before(cluster, relevant, before, sent_before), index, beat)

    ranked, events, features = _ranked(seen, index, len(seen)), list[Item](), 0
    for start in range(0, len(ranked), EXTRA * beat.length):
        read = [compared(event, index, beat) for event in ranked[start : start + EXTRA * beat.length]]
        read = [event for event in read if is_news(event)]
        news = [event for event in read if FEATURE in beat.sections or _tells(event, index, beat)]
        features += sum(len(event.cluster.reports) for event in read) - sum(len(event.cluster.reports) for event in news)
        events += news
        if sum(event.outlets >= beat.minimum_outlets for event in events) >= beat.length:
            break
    events = joined(events, anew)
    events = [event for event in superseding(events, anew) if is_news(event, beat.minimum_outlets)]
    return _ranked(events, index, beat.length), features


def _tells(event: Item, index: Index, beat: Beat) -> bool:
    """Whether an event is news by its titles or its lead, or takes back or fulfils what was told."""
    changed = event.change is not None and event.change.label not in ("new", "developed")
    return changed or tell_news(event.told, event.lead(beat.language), index.embedder, index.embeddings.embed_documents)


def _ranked(events: Sequence[Item], index: Index, most: int) -> list[Item]:
    """The events that are worth most. ModelError."""
    return sorted(events, key=partial(worth, way=_way(index)), reverse=True)[:most]


def worth(event: Item, way: Floats) -> tuple[float, str]:
    """What events are ranked by: breadth, consequence, length, news, centrality to the beat; not by the clock."""
    label = event.change.label if event.change else "developed" if event.related else "new"
    articles = [story.reports[0].article for story in event.cluster.stories]
    languages = len({article.lang for article in articles})
    matters = sum(consequence(story, way) for story in event.cluster.stories) / len(articles)
    length = min(1.0, max(len(article.text) for article in articles) / LONG)
    breadth = 0.6 * math.log2(1 + event.origins) + 0.2 * (languages - 1)
    return WEIGHT[label] + breadth + matters + 0.2 * length + 0.8 * event.relevant, event.id


_ways: WeakKeyDictionary[Index, Floats] = WeakKeyDictionary()  # what does not change while a library is open


def _way(index: Index) -> Floats:
    """In which way of its vectors news matters more. ModelError."""
    if index not in _ways:
        _ways[index] = direction(index.topic)
    return _ways[index]


def _all_written(
    events: Sequence[Item],
    index: Index,
    beat: Beat,
    sources: list[Source],
    wording: Wording | None,
    corrections: Sequence[KeySentence],
) -> tuple[list[BriefingEvent], list[Note], Wording | None]:
    """The events in verified sentences; a note where the model failed, from there on articles are quoted; who worded any."""
    made: list[BriefingEvent] = []
    worded_by = wording
    notes: list[Note] = []
    for event in events:
        known = len(sources)
        try:
            briefing_event = written(event, index, beat.language, sources, wording, corrections)
        except ModelError as error:
            del sources[known:]
            phrase = "broken_off" if made else "replaced"  # nothing that the model wrote is called quoted
            wording, worded_by = None, worded_by if made else None
            notes.append(Note(kind="generator", text=say(phrase, beat.language, why=quotation_marks.unquoted(str(error)))))
            briefing_event = written(event, index, beat.language, sources, corrections=corrections)
        made += [briefing_event] if briefing_event else []
    return made, notes, worded_by


def _corrections(reports: Sequence[Report], index: Index) -> list[KeySentence]:
    """The sentences of the reports that correct another, by their title."""
    notices = [report for report in reports if novelty.corrects(report.article)]
    return [claim for own in telling.claims(notices, index) for claim in own]


def _quiet(events: Sequence[Item], sent_before: Told, index: Index, beat: Beat, sources: list[Source]) -> list[Sentence]:
    """The running stories of the last briefings of which nothing came: each once, by the sentence that told its last news."""
    if not sent_before:
        return []
    running: dict[str, BriefingEvent] = {}
    length: Counter[str] = Counter()
    for briefing, _ in sent_before:
        for event in briefing.events:
            running.setdefault(event.story or event.id, event)
            length[event.story or event.id] += 1
    recent = {event.story or event.id for briefing, _ in sent_before[:QUIET] for event in briefing.events}
    named = {sentence.citations[0].quote for briefing, _ in sent_before[:QUIET] for sentence in briefing.quiet}
    heard = {event.story for event in events}
    quiet = []
    for story, event in running.items():
        named_lately = event.headline.citations[0].quote in named
        if story in recent and story not in heard and length[story] > 1 and not named_lately:
            quiet.append(again(event.headline, index, beat.language, sources))
    return [sentence for sentence in quiet if sentence][:QUIETS]
