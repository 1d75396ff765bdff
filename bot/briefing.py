"""The second walk, read downwards: a beat and a window in, a cited Briefing out.

window -> Index.reports -> events (clusters) -> those on the beat -> what is new about each -> ranked
       -> sentences, statements, disputes, what was known -> verified -> Briefing

Nothing is written here that is not an article's: each Sentence passes the same `Writing` as an answer's. How many copies an
article has never counts, only how many independent origins an event has.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot import claims as telling
from bot import events as clustering
from bot import novelty
from bot.answer import Writing
from bot.beats import relevance, topic
from bot.claims import Claim
from bot.events import RELATED, Cluster, Story, kinship, likeness
from bot.evidence import Evidence, Features
from bot.extractive import Draft, speakers, widen
from bot.injection import instructions
from bot.records import Beat, Briefing, BriefingEvent, Label, Sentence, Source
from index.index import Index
from index.language import identify
from index.quotes import UNCLEAR
from index.recent import Report
from index.records import Filter, Passage, Period
from index.statements import Quotation, distinct

Told = Sequence[tuple[Briefing, float]]  # earlier briefings of the beat, the newest first, each with the time it was made

MEMORY = 14 * 86_400  # seconds before the window in which something can be known
LATE = 2 * 86_400  # seconds before the window in which an article is still news that came in after the last briefing
ON_BEAT = 0.22  # relevance from which an event is on the beat
EXTRA = 2  # times as many events are looked at closely as are told
EARLIER = 8  # stories before that an event is compared with
MORE = 2  # sentences beside the headline
STATEMENTS = 2
REMEMBERED = 14  # briefings back that something may have been told in
QUIET = 3  # briefings back that a story is watched for
QUIETS = 5  # stories without news that are named
WEIGHT: dict[Label, float] = {"withdrawn": 1.2, "corrected": 1.1, "superseded": 1.0, "new": 1.0, "developed": 0.8}


def window(beat: Beat, told: Told, *, since: Period | None, until: Period | None, as_of: Period | None, now: int) -> Period:
    """The stretch of time a briefing is about, [since, until). Without `since` it goes on where the last one ended."""
    end = min(time for time in (until.end if until else None, as_of.end if as_of else None, now) if time is not None)
    before = [briefing for briefing, _ in told if briefing.until < end]
    start = since.start if since else before[0].until if before else end - beat.window
    return Period(min(start, end - 1), end)


def brief(index: Index, beat: Beat, period: Period, told: Told = (), *, as_of: Period | None = None) -> Briefing:
    """The briefing of a beat about a stretch of time. `told`: what went before, the newest first.

    Raises LibraryError, WrongModel, ModelError.
    """
    clock = _Clock()
    told = [(briefing, at) for briefing, at in told if briefing.until < period.end]
    now, past = _read(index, beat, period, told, as_of)
    clock.lap("read")
    found = _on_beat(index, beat, clustering.clusters(now))
    clock.lap("events")
    before = clustering.stories(past)
    events = [_seen(cluster, relevant, before, told) for cluster, relevant in found]
    events = sorted(events, key=_worth, reverse=True)[: EXTRA * beat.length]
    events = [event for event in (_compared(one, index, beat) for one in events) if event.change and event.told]
    events = sorted(events, key=_worth, reverse=True)[: beat.length]
    clock.lap("novelty")
    sources: list[Source] = []
    written = [one for event in events if (one := _written(event, index, beat, sources))]
    quiet = _quiet(found, before, told, index, beat, sources)
    clock.lap("write")
    return Briefing(
        id=hashlib.blake2b(f"{beat.name}\0{period.start}\0{period.end}".encode(), digest_size=8).hexdigest(),
        beat=beat.name,
        lang=beat.language,
        since=period.start,
        until=period.end,
        timezone=beat.timezone,
        previous=told[0][0].id if told else "",
        events=tuple(replace(one, number=number) for number, one in enumerate(written, 1)),
        quiet=tuple(quiet),
        sources=tuple(sources),
        articles=sum(len(cluster.reports) for cluster, _ in found),
        timings=clock.laps,
    )


@dataclass(frozen=True, slots=True)
class _Event:
    """An event on its way into a briefing."""

    cluster: Cluster
    relevant: float  # to the beat, 0..1
    related: tuple[Story, ...] = ()  # earlier stories that it may go on from, the most alike first
    known: bool = False  # it was told before
    id: str = ""
    told: tuple[tuple[Claim, ...], ...] = ()  # its claims, by report
    past: tuple[Claim, ...] = ()
    change: novelty.Change | None = None

    @property
    def origins(self) -> int:
        """Independent reports: texts of one agency are one."""
        return len({story.reports[0].article.agency or story.reports[0].article.origin for story in self.cluster.stories})


# What there is ---------------------------------------------------------------------------------------------------------------


def _read(index: Index, beat: Beat, period: Period, told: Told, as_of: Period | None) -> tuple[list[Report], list[Report]]:
    """(the articles of the window that the beat wants, what came out before)."""
    known = told[0][1] if told else None
    everything = index.reports(Period(period.start - MEMORY, period.end), as_of=as_of)
    wanted = Filter(langs=frozenset(beat.languages), outlets=frozenset(beat.outlets))
    now, past = [], []
    for report in everything:
        end = report.article.published.end if report.article.published else report.moment + 1
        late = known is not None and report.added > known and report.moment >= period.start - LATE
        inside = report.moment >= period.start or late or (known is None and end > period.start and not report.changed)
        if not inside:
            past.append(report)
        elif _wanted(report, wanted):
            now.append(report)
    return now, past


def _wanted(report: Report, filter: Filter) -> bool:
    from index.terms import fold

    outlets = {fold(outlet) for outlet in filter.outlets}
    article = report.article
    return (not filter.langs or article.lang in filter.langs) and (not outlets or fold(article.outlet) in outlets)


def _on_beat(index: Index, beat: Beat, clusters: Sequence[Cluster]) -> list[tuple[Cluster, float]]:
    """The events that are on the beat, each with how central it is to it, 0..1. An event is, when one of its reports is."""
    topics = [topic(text, index.topic(text), identify(text)) for text in beat.topics]
    found = []
    for cluster in clusters:
        scores = [relevance(story, beat, topics) for story in cluster.stories]
        if max(scores) >= ON_BEAT:
            found.append((cluster, float(np.mean(sorted(scores)[-3:]))))
    return found


# What is new -----------------------------------------------------------------------------------------------------------------


def _seen(cluster: Cluster, relevant: float, before: Sequence[Story], told: Told) -> _Event:
    """An event with the earlier stories that it may go on from, and its id: that of the same event, if it was told."""
    id = hashlib.blake2b(
        cluster.stories[0].reports[0].article.origin.encode("utf-8", "surrogatepass"), digest_size=6
    ).hexdigest()
    if not before:
        return _Event(cluster, relevant, id=id)
    odds = likeness(cluster.stories, before)
    near = kinship(cluster.stories, before).mean(axis=0)
    related = tuple(before[i] for i in np.argsort(-near, kind="stable")[:EARLIER] if near[i] >= RELATED)
    place = {report.article.id: i for i, story in enumerate(before) for report in story.reports}
    for briefing, _ in told:
        for event in briefing.events:
            of = sorted({place[id] for id in event.article_ids if id in place})
            if of and float(odds[:, of].mean()) >= clustering.CUT:
                return _Event(cluster, relevant, related, True, event.id)
    return _Event(cluster, relevant, related, id=id)


def _worth(event: _Event) -> tuple[float, float, str]:
    """What events are ranked by: news, independent origins, centrality to the beat; the later one first among equals."""
    label = event.change.label if event.change else "developed" if event.related else "new"
    worth = WEIGHT[label] + 0.6 * math.log2(1 + event.origins) + 0.8 * event.relevant
    return worth, event.cluster.stories[0].moment, event.id


def _compared(event: _Event, index: Index, beat: Beat) -> _Event:
    """With its claims, and what is new about them. No claims where its articles give instructions to machines."""
    first = sorted(event.cluster.stories, key=lambda s: (s.reports[0].article.lang != beat.language, -s.moment))
    reports = [_best(story, beat) for story in first[: telling.STORIES]]
    reports = [r for r in reports if not instructions(f"{r.article.title}\n{r.article.outlet}\n{r.article.text}")]
    earlier = [story.reports[0] for story in event.related]
    earlier += [old for report in reports if report.changed and (old := _earlier(report, index))]
    found = telling.claims([*reports, *earlier], index)
    told = tuple(tuple(of) for of in found[: len(reports)] if of)
    past = tuple(claim for of in found[len(reports) :] for claim in of)
    if not told:
        return event
    return replace(event, told=told, past=past, change=novelty.change([c for of in told for c in of], past))


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


# What is told ----------------------------------------------------------------------------------------------------------------


def _written(event: _Event, index: Index, beat: Beat, sources: list[Source]) -> BriefingEvent | None:
    """The event in verified sentences; None if none could be verified."""
    assert event.change
    writing = _writing(
        [of[0].report for of in event.told] + _distinct([c.report for c in event.change.before]), index, beat, sources
    )
    flat = [claim for of in event.told for claim in of]
    fresh = frozenset((flat[i].report.article.id, flat[i].place) for i in event.change.fresh)
    head = telling.headline(event.told, beat.language, fresh)
    first = _add(writing, head) if head else None
    if head is None or first is None:
        return None
    chosen = [head]
    sentences = []
    for claim in telling.more(event.told, chosen, beat.language, fresh, MORE):
        if sentence := _add(writing, claim):
            sentences.append(sentence)
            chosen.append(claim)
    statements = _statements(event, chosen, writing, index)
    before = [sentence for claim in event.change.before if (sentence := _add(writing, claim))]
    reports = event.cluster.reports
    cited = {c.article_id for s in (first, *sentences, *statements) for c in s.citations}
    ids = [report.article.id for report in reports]
    return BriefingEvent(
        number=0,
        id=event.id,
        label=event.change.label,
        headline=first,
        sentences=tuple(sentences),
        statements=tuple(statements),
        before=tuple(before),
        published=Period(min(r.moment for r in reports), max(r.moment for r in reports) + 1),
        article_ids=tuple([id for id in ids if id in cited] + [id for id in ids if id not in cited]),
        origins=event.origins,
        outlets=tuple(dict.fromkeys(r.article.outlet for r in reports if r.article.outlet)),
        languages=tuple(dict.fromkeys(r.article.lang for r in reports if r.article.lang)),
    )


def _distinct(reports: Sequence[Report]) -> list[Report]:
    return list({(r.article.id, r.article.version): r for r in reports}.values())


def _writing(reports: Sequence[Report], index: Index, beat: Beat, sources: list[Source]) -> Writing:
    """Where sentences on these articles are verified. `sources` goes on through the briefing, so that numbers do."""
    passages = tuple(
        Passage(
            id="", article_id=a.id, version=a.version, start=0, end=len(a.text), text=a.text, title=a.title, outlet=a.outlet,
            agency=a.agency, lang=a.lang, url=a.url, published=a.published, origin=a.origin,
        )
        for a in (report.article for report in _distinct(reports))
    )  # fmt: skip
    evidence = Evidence(question="", lang=beat.language, passages=passages, candidates=(), features=Features(), probability=1.0)
    return Writing(evidence, beat.language, index.article, sources=sources)


def _add(writing: Writing, claim: Claim) -> Sentence | None:
    """A claim in the article's words, widened to whole quotations, verified; None if it was said already."""
    article = claim.report.article
    start, end = widen(article.text, claim.start, claim.end, article.lang)
    start = claim.start if start < claim.start and article.text[start : claim.start].count(" ") < 6 else start  # a dateline
    return _quoted(writing, claim.report, start, end)


def _quoted(writing: Writing, report: Report, start: int, end: int) -> Sentence | None:
    article = report.article
    key = (article.id, article.version)
    number = next((n for n, p in enumerate(writing.evidence.passages, 1) if (p.article_id, p.version) == key), 0)
    known = len(writing.sources)
    for sentence in writing.sentences:
        if any((c.article_id, c.version) == key and c.start < end and start < c.end for c in sentence.citations):
            return None
    made = writing.add(Draft(cites=(number,), span=(start, end), asides=speakers(article, start, end)))
    if made is None:
        del writing.sources[known:]
    return made


def _statements(event: _Event, chosen: Sequence[Claim], writing: Writing, index: Index) -> list[Sentence]:
    """Who said what in the event's articles: one statement a speaker, direct words first."""
    reports = {of[0].report.article.id: of[0].report for of in event.told}
    said = index.quotes(filter=Filter(ids=frozenset(reports)), limit=60)
    found: list[Sentence] = []
    speakers_told: set[str] = set()
    for one in sorted(distinct(said), key=_telling, reverse=True):
        report = reports.get(one.article_id)
        who = (one.speaker_resolved or one.speaker).casefold()
        if (
            report is None
            or one.version != report.article.version
            or not who
            or who in speakers_told
            or len(found) == STATEMENTS
        ):
            continue
        if one.confidence < UNCLEAR or one.kind == "indirect" or one.end - one.start < 30:
            continue
        start, end = widen(report.article.text, *_reach(one), report.article.lang)
        if end - start <= telling.LONG + 100 and (sentence := _quoted(writing, report, start, end)):
            found.append(sentence)
            speakers_told.add(who)
    return found


def _telling(one: Quotation) -> tuple[bool, float, int]:
    return one.kind == "direct", one.confidence, -one.start


def _reach(one: Quotation) -> tuple[int, int]:
    """From a statement to its cue and speaker."""
    places = [(one.start, one.end)]
    if one.cue_start is not None and one.cue_end is not None:
        places.append((one.cue_start, one.cue_end))
    if one.speaker_start is not None and one.speaker_end is not None and abs(one.speaker_start - one.start) < 400:
        places.append((one.speaker_start, one.speaker_end))
    return min(a for a, _ in places), max(b for _, b in places)


def _quiet(
    found: Sequence[tuple[Cluster, float]], before: Sequence[Story], told: Told, index: Index, beat: Beat, sources: list[Source]
) -> list[Sentence]:
    """The stories of the last briefings of which nothing came: each by the sentence that told it."""
    place = {report.article.id: i for i, story in enumerate(before) for report in story.reports}
    now = [story for cluster, _ in found for story in cluster.stories]
    quiet: list[Sentence] = []
    seen: set[str] = set()
    for briefing, _ in told[:QUIET]:
        for event in briefing.events:
            of = sorted({place[id] for id in event.article_ids if id in place})
            if event.id in seen or not of or len(quiet) == QUIETS:
                continue
            seen.add(event.id)
            if now and float(kinship([before[i] for i in of], now).mean(axis=0).max()) >= RELATED:
                continue
            if sentence := _again(event.headline, index, beat, sources):
                quiet.append(sentence)
    return quiet


def _again(sentence: Sentence, index: Index, beat: Beat, sources: list[Source]) -> Sentence | None:
    """A sentence of an earlier briefing, cited anew; None if its article is gone."""
    cited = sentence.citations[0]
    article = index.article(cited.article_id, cited.version)
    if article is None or article.text[cited.start : cited.end] != cited.quote:
        return None
    nothing = np.zeros(0, np.float32)
    report = Report(article=article, moment=0, added=0, vector=nothing, title=nothing)
    return _quoted(_writing([report], index, beat, sources), report, cited.start, cited.end)


@dataclass(slots=True)
class _Clock:
    """Seconds a stage took."""

    laps: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage], self.last = round(now - self.last, 4), now
