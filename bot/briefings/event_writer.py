"""The sentences of one event: what happened, who said what, what is disputed, what was known before. Each of them verified.

an event with its claims -> headline -> what adds to it -> statements -> disputes -> before -> BriefingEvent
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.answers.writing import Writing
from bot.briefings import key_sentences as telling
from bot.briefings import novelty
from bot.briefings.claim_quoting import add, distinct_reports, writing_on
from bot.briefings.event_statements import best_statements
from bot.briefings.key_sentences import KeySentence
from bot.briefings.retellings import retold
from bot.briefings.titles import clearest
from bot.records import BriefingEvent, Caution, Coverage, Draft, Sentence, Source, Title
from bot.retrieval.candidates import Candidate, passage_of
from bot.retrieval.evidence import Evidence
from bot.retrieval.story_clusters import Cluster, Story
from bot.verification.disagreements import differences
from bot.verification.judge import Judge
from bot.verification.same_matter import ReportedSentence
from index.index import Index
from index.records import Article, Period
from index.search.recent_reports import Report
from index.text.outlets import satirical
from index.text.publishers import independent, key

MORE = 2  # sentences beside the headline
DISPUTED = 2  # sentences
AT_ONCE = 43_200  # seconds between two reports whose figures differ, from which the later one may only know more


Claims = Sequence[KeySentence]


@dataclass(frozen=True, slots=True)
class Item:
    """An event on its way into a briefing."""

    cluster: Cluster
    relevant: float  # to the beat, 0..1
    related: tuple[Story, ...] = ()  # earlier stories that it may go on from, the most alike first
    id: str = ""
    story: str = ""
    known: bool = False  # it was told before
    same: Mapping[str, float] = field(default_factory=dict)  # id of an earlier article -> log-odds, see `goes_on`
    told: tuple[tuple[KeySentence, ...], ...] = ()  # its claims, by report
    past: tuple[KeySentence, ...] = ()
    change: novelty.Novelty | None = None
    fulfils: tuple[Story, ...] = ()  # the plans that it tells as done, reported in the same briefing

    @property
    def fresh(self) -> frozenset[tuple[str, int]]:
        """Article and place of the claims that are new."""
        flat = [claim for own in self.told for claim in own]
        return frozenset((flat[i].report.article.id, flat[i].place) for i in self.change.fresh) if self.change else frozenset()

    def lead(self, lang: str) -> KeySentence | None:
        """The sentence that says best what happened."""
        return telling.headline(self.told, lang, self.fresh)

    @property
    def origins(self) -> int:
        """Independent reports: those of one agency, outlet or owner are one, retellings of it, too; doubtful ones are none."""
        return _independent(self.cluster.stories)

    @property
    def outlets(self) -> int:
        """The same with those that reported what was planned: what `Beat.minimum_outlets` counts."""
        return _independent((*self.cluster.stories, *self.fulfils))


def _independent(stories: Sequence[Story]) -> int:
    first = [story.reports[0] for story in stories]
    return max(1, independent(report.labels | retold(report.article) for report in first if not report.doubtful))


class Wording(Protocol):
    """What words an event, where it is not quoted: a chat model. Not trusted: every sentence is verified."""

    name: str
    judge: Judge | None  # what confirms its sentences
    strict: bool  # what is not confirmed is not shown

    @property
    def briefing_prompt(self) -> str:
        """The prompt in use, "briefing@1f3a…"."""
        ...

    def event(self, evidence: Evidence, lang: str, sentences: int) -> Iterator[Draft]:
        """What happened, in `lang`, then so many sentences more, each citing reports by number from 1. ModelError."""
        ...


def written(
    event: Item, index: Index, lang: str, sources: list[Source], wording: Wording | None = None, corrections: Claims = ()
) -> BriefingEvent | None:
    """The event in verified sentences; None if none could be verified.

    `wording` words what happened; nothing of it verified, and for the rest, the articles' own words. `corrections`: sentences
    of notices of the window, whatever they are about. ModelError.
    """
    assert event.change
    notices = [claim for claim in corrections if may_correct(claim.report, event.cluster.reports)]
    beside = distinct_reports([claim.report for claim in (*event.change.before, *notices)])
    writing = writing_on([own[0].report for own in event.told] + beside, index, lang, sources)
    fresh, head = event.fresh, event.lead(lang)
    if head is None:
        return None
    chosen = [head]
    worded = _worded(event, index, lang, sources, wording) if wording else []
    if not worded:
        worded = [sentence] if (sentence := add(writing, head)) else []
        worded += [sentence] if (taken_back := _taken_back(head, notices)) and (sentence := add(writing, taken_back)) else []
        for claim in telling.more(event.told, chosen, lang, fresh, MORE):
            if sentence := add(writing, _taken_back(claim, notices) or claim):
                worded.append(sentence)
                chosen.append(claim)
    if not worded:
        return None
    first, *sentences = worded
    statements = best_statements(event.told, chosen, writing, index, lang)
    disputed = _disputed(event, chosen, writing)
    before = [sentence for claim in event.change.before if (sentence := add(writing, claim))]
    reports = event.cluster.reports
    cited = {c.article_id for s in (first, *sentences, *statements) for c in s.citations}
    ids = [report.article.id for report in reports]
    return BriefingEvent(
        number=0,
        id=event.id,
        story=event.story,
        label="new" if event.change.label == "developed" and not before else event.change.label,  # nothing shows it
        headline=first,
        title=_title(event, head, writing, lang, index),
        dateline=telling.dateline(head.report.article),
        sentences=tuple(sentences),
        statements=tuple(statements),
        disputed=tuple(disputed),
        before=tuple(before),
        published=Period(min(r.moment for r in reports), max(map(_until, reports))),
        article_ids=tuple([id for id in ids if id in cited] + [id for id in ids if id not in cited]),
        origins=event.origins,
        caution=_caution(reports),
        outlets=tuple(dict.fromkeys(r.article.outlet for r in reports if r.article.outlet)),
        languages=tuple(dict.fromkeys(r.article.lang for r in reports if r.article.lang)),
        coverage=tuple(
            dict.fromkeys(_coverage(r.article) for r in sorted(reports, key=lambda r: r.moment) if r.article.published)
        ),
    )


def may_correct(notice: Report, reports: Sequence[Report]) -> bool:
    """Whether a notice is of an outlet, its owner or its agency, that reports on the event, and no report on it itself."""
    if any(notice.article.id == report.article.id for report in reports):
        return False
    outlet = key(notice.article.outlet)
    return any(notice.labels & one.labels or (outlet and key(one.article.outlet) == outlet) for one in reports)


def _taken_back(claim: KeySentence, notices: Sequence[KeySentence]) -> KeySentence | None:
    """What a notice says in place of a claim whose figure it takes back: "fourteen, not seventeen"."""
    told, *others = [
        Candidate(passage=passage_of(one.report.article), hit=0, start=one.start, end=one.end, text=one.text)
        for one in (claim, *notices)
    ]
    newer = (difference.newer for difference in differences([told], others) if difference.kind == "superseded")
    new = next(newer, None)
    return next((one for one, other in zip(notices, others, strict=True) if other is new), None)


def _title(event: Item, lead: KeySentence, writing: Writing, lang: str, index: Index) -> Title | None:
    """The title that heads the event, its article among the sources."""
    found = clearest(event.told, lead, lang, index.embedder, index.embeddings.embed_documents)
    if found is None:
        return None
    report, text = found
    passage = next(
        p for p in writing.evidence.passages if (p.article_id, p.version) == (report.article.id, report.article.version)
    )
    return Title(text=text, number=writing.number(passage), lang=report.article.lang)


def _until(report: Report) -> int:
    """The end of the time in which a report came out, as precisely as that is known."""
    published = report.article.published
    return published.end if published and published.start == report.moment else report.moment + 1


def _caution(reports: Sequence[Report]) -> Caution | None:
    """What has to be said of who reports an event, where all of them are such."""
    if all(satirical(report.article.outlet, report.article.url) for report in reports):
        return "satire"
    return "doubtful" if all(report.doubtful for report in reports) else None


def _coverage(article: Article) -> Coverage:
    """An article as a mark in the briefing's picture."""
    assert article.published
    copy = article.origin not in ("", article.id)
    return Coverage(article_id=article.id, outlet=article.outlet, published=article.published, copy=copy)


def _worded(event: Item, index: Index, lang: str, sources: list[Source], wording: Wording) -> list[Sentence]:
    """What happened in a model's words, as far as nothing stops them: none of it, where its first sentence is stopped."""
    ends = {sentences[0].report.article.id: sentences[-1].end for sentences in event.told}
    writing = writing_on([sentences[0].report for sentences in event.told], index, lang, sources, ends)
    writing.judge, writing.strict = wording.judge, wording.strict
    known = len(sources)
    worded: list[Sentence] = []
    for draft in wording.event(writing.evidence, lang, MORE):
        sentence = writing.add(draft)
        if not writing.drafted:
            del sources[known:]
            return []
        if sentence and len(worded) <= MORE:
            worded.append(sentence)
    worded += writing.judged()
    if not worded or "judge" in writing.withheld:  # it may be the first sentence that the judge contradicts
        del sources[known:]
        return []
    return worded[: MORE + 1]


def _disputed(event: Item, chosen: Sequence[KeySentence], writing: Writing) -> list[Sentence]:
    """What stands against what: figures of the event's reports that differ, and the claim that somebody denies."""
    if event.change is None or event.change.label in ("corrected", "withdrawn"):
        return []
    passages = {(p.article_id, p.version): p for p in writing.evidence.passages}
    by_place = {(*_key(claim), claim.start): claim for own in event.told for claim in own}
    candidates = [Candidate(passage=passages[_key(c)], hit=0, start=c.start, end=c.end, text=c.text) for c in by_place.values()]
    sides = [
        by_place[r.passage.article_id, r.passage.version, r.start]
        for difference in differences(candidates, (), writing.likeness, one_event=True)
        if difference.kind == "conflict" and (difference.about != "figure" or _at_once(difference.older, difference.newer))
        for r in (difference.older, difference.newer)
    ]
    told = [claim for own in event.told for claim in own]
    denials = [*chosen, *(own[0] for own in event.told if own[0] not in chosen)]
    sides += [side for denial in denials if (claim := novelty.denied(denial, told)) for side in (claim, denial)]
    return [sentence for claim in sides if (sentence := add(writing, claim))][:DISPUTED]


def _at_once(older: ReportedSentence, newer: ReportedSentence) -> bool:
    """Whether two reports are of one day: tomorrow's wind and toll are others, and deny nothing of today's."""
    before, after = older.passage.published, newer.passage.published
    return before is None or after is None or after.start < before.end + AT_ONCE


def _key(claim: KeySentence) -> tuple[str, int]:
    return claim.report.article.id, claim.report.article.version
