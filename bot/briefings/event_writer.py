"""The sentences of one event: what happened, who said what, what is disputed, what was known before. Each of them verified.

an event with its claims -> headline -> what adds to it -> statements -> disputes -> before -> BriefingEvent
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from bot.answers.extractive import speakers
from bot.answers.writer import likeness as likeness_of
from bot.answers.writing import Writing
from bot.briefings import key_sentences as telling
from bot.briefings import novelty
from bot.briefings.key_sentences import KeySentence
from bot.briefings.titles import clearest
from bot.questions.question import read
from bot.records import BriefingEvent, Caution, Citation, Coverage, Draft, Sentence, Source, Title
from bot.retrieval.candidates import Candidate, passage_of
from bot.retrieval.context import whole, widen
from bot.retrieval.evidence import Evidence, Features
from bot.retrieval.story_clusters import Cluster, Story, stories
from bot.verification.disagreements import differences
from bot.verification.judge import Judge
from index.index import Index
from index.quotes import UNCLEAR, same_person
from index.quotes.quotation import Quotation, distinct
from index.records import Article, Filter, Period, Scope
from index.search.recent_reports import Report
from index.text import quotation_marks
from index.text.names import WORD, holds_name
from index.text.outlets import satirical
from index.text.publishers import independent, key
from index.text.quotation_cuts import cut
from index.text.terms import capitalised, names

FURTHER = 4  # sentences where more is asked for
VOICES = 8  # reports that are named
MORE = 2  # sentences beside the headline
STATEMENTS = 2
DISPUTED = 2  # sentences
ABOVE = 300  # characters in which a time is named that a statement may be of
SAID = 30  # characters of a statement worth telling
WORDS, SHARE = 5, 1 / 3  # words within its quotation marks, and their share of what is shown: no "stunt" in a clause


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

    @property
    def origins(self) -> int:
        """Independent reports: those of one agency, outlet or owner are one, and doubtful outlets' are none."""
        first = [story.reports[0] for story in self.cluster.stories]
        return max(1, independent(report.labels for report in first if not report.doubtful))


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
    beside = _distinct([claim.report for claim in (*event.change.before, *notices)])
    writing = _writing([own[0].report for own in event.told] + beside, index, lang, sources)
    flat = [claim for sentences_of in event.told for claim in sentences_of]
    fresh = frozenset((flat[i].report.article.id, flat[i].place) for i in event.change.fresh)
    head = telling.headline(event.told, lang, fresh)
    if head is None:
        return None
    chosen = [head]
    worded = _worded(event, index, lang, sources, wording) if wording else []
    if not worded:
        worded = [sentence] if (sentence := _add(writing, head)) else []
        worded += [sentence] if (taken_back := _taken_back(head, notices)) and (sentence := _add(writing, taken_back)) else []
        for claim in telling.more(event.told, chosen, lang, fresh, MORE):
            if sentence := _add(writing, _taken_back(claim, notices) or claim):
                worded.append(sentence)
                chosen.append(claim)
    if not worded:
        return None
    first, *sentences = worded
    statements = _statements(event, chosen, writing, index, lang)
    disputed = _disputed(event, chosen, writing)
    before = [sentence for claim in event.change.before if (sentence := _add(writing, claim))]
    reports = event.cluster.reports
    cited = {c.article_id for s in (first, *sentences, *statements) for c in s.citations}
    ids = [report.article.id for report in reports]
    return BriefingEvent(
        number=0,
        id=event.id,
        story=event.story,
        label=event.change.label,
        headline=first,
        title=_title(event, head, writing, lang),
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


def _title(event: Item, lead: KeySentence, writing: Writing, lang: str) -> Title | None:
    """The title that heads the event, its article among the sources."""
    found = clearest(event.told, lead, lang)
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
    writing = _writing([sentences[0].report for sentences in event.told], index, lang, sources, ends)
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


def _distinct(reports: Sequence[Report]) -> list[Report]:
    return list({(r.article.id, r.article.version): r for r in reports}.values())


def _writing(
    reports: Sequence[Report], index: Index, lang: str, sources: list[Source], ends: Mapping[str, int] | None = None
) -> Writing:
    """Where sentences on these articles are verified. `sources` goes on through the briefing, so that numbers do.

    `ends`: of what is used of an article, by id; the whole by default.
    """
    ends = ends or {}
    passages = tuple(passage_of(article, end=ends.get(article.id)) for article in (r.article for r in _distinct(reports)))
    evidence = Evidence(question=read("", lang=lang), passages=passages, candidates=(), features=Features(), probability=1.0)

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return index.embeddings.embed_documents(list(texts))  # type: ignore[return-value]

    return Writing(evidence, lang, index.article, likeness=likeness_of(embed), sources=sources, publishers=index.publishers)


def _add(writing: Writing, claim: KeySentence) -> Sentence | None:
    """A claim in the article's words, widened to whole quotations, verified; None if it was said already, or cuts one."""
    article = claim.report.article
    start, end = widen(article.text, claim.start, claim.end, article.lang)
    start = claim.start if start < claim.start and article.text[start : claim.start].count(" ") < 6 else start  # a dateline
    if cut(article.text, start, end, article.lang):
        return None
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


def _statements(event: Item, chosen: Sequence[KeySentence], writing: Writing, index: Index, lang: str) -> list[Sentence]:
    """Who said what in the event's articles: each speaker once, and nothing twice in two languages."""
    reports = {sentences[0].report.article.id: sentences for sentences in event.told}
    quotations = distinct(index.quotes(scope=Scope(filter=Filter(ids=frozenset(reports))), limit=60))
    shown_statements: list[Sentence] = []
    heard: list[tuple[str, str]] = []  # name, its language
    shown = list(chosen)
    actors = {
        name for claim in chosen[:1] for name in names(f"{claim.report.article.title}\n{claim.text}", claim.lang)
    }  # whom the event is about
    for quotation in sorted(quotations, key=lambda quotation: _telling(quotation, lang, actors), reverse=True):
        claims = reports[quotation.article_id]
        article = claims[0].report.article
        speaker = quotation.speaker_resolved or quotation.speaker
        if (
            quotation.version != article.version
            or quotation.confidence < UNCLEAR
            or quotation.kind == "indirect"
            or quotation.end - quotation.start < SAID
        ):
            continue
        if (
            not speaker
            or any(same_person(speaker, other, quotation.lang, known) for other, known in heard)
            or len(shown_statements) == STATEMENTS
        ):
            continue
        start, end = whole(article.text, *widen(article.text, *_reach(quotation), article.lang), article.lang)
        if cut(article.text, start, end, article.lang):
            continue
        above = article.text[max(0, start - ABOVE) : start]
        if not _tells(article.text[start:end]) or telling.old(article.text[start:end], article.lang, article.published, above):
            continue
        here = [claim for claim in claims if claim.start < end and start < claim.end]
        if end - start > telling.LONG + 100 or any(float(a.vector @ b.vector) > telling.REPEATS for a in here for b in shown):
            continue
        if not holds_name(WORD.findall(speaker)[-1], article.text[start:end], same_lang=True):
            continue  # "he said": too easily somebody else
        sentence = _quoted(writing, claims[0].report, start, end)
        if sentence is None:
            continue
        shown_statements.append(sentence)
        heard.append((speaker, quotation.lang))
        shown += here
    return shown_statements


def _disputed(event: Item, chosen: Sequence[KeySentence], writing: Writing) -> list[Sentence]:
    """What stands against what: figures of the event's reports that differ, and the claim that somebody denies."""
    if event.change is None or event.change.label in ("corrected", "withdrawn"):
        return []
    passages = {(p.article_id, p.version): p for p in writing.evidence.passages}
    by_place = {(*_key(claim), claim.start): claim for own in event.told for claim in own}
    candidates = [Candidate(passage=passages[_key(c)], hit=0, start=c.start, end=c.end, text=c.text) for c in by_place.values()]
    sides = [
        by_place[r.passage.article_id, r.passage.version, r.start]
        for difference in differences(candidates, ())
        if difference.kind == "conflict"
        for r in (difference.older, difference.newer)
    ]
    sides += [claim for denial in chosen if (claim := novelty.denied(denial, [c for own in event.told for c in own]))]
    return [sentence for claim in sides if (sentence := _add(writing, claim))][:DISPUTED]


def _key(claim: KeySentence) -> tuple[str, int]:
    return claim.report.article.id, claim.report.article.version


def _tells(text: str) -> bool:
    """Whether a statement is told in the speaker's words, and not only a word or two of them."""
    quoted = " ".join(quotation_marks.quotations(text))
    return len(WORD.findall(quoted)) >= WORDS and len(quoted) >= SHARE * len(text)


def _telling(quotation: Quotation, lang: str, actors: Collection[str]) -> tuple[bool, bool, bool, float, int]:
    """What makes one statement better than another: the reader's language, whole quotations, somebody whom the event is about,
    a sure speaker."""
    speaker = names(capitalised(quotation.speaker_resolved or quotation.speaker), quotation.lang)
    about = bool(speaker) and speaker[-1] in actors
    return quotation.lang == lang, quotation.kind == "direct", about, quotation.confidence, -quotation.start


def _reach(quotation: Quotation) -> tuple[int, int]:
    """From a statement to its cue and speaker."""
    places = [(quotation.start, quotation.end)]
    if quotation.cue_start is not None and quotation.cue_end is not None:
        places.append((quotation.cue_start, quotation.cue_end))
    if (
        quotation.speaker_start is not None
        and quotation.speaker_end is not None
        and abs(quotation.speaker_start - quotation.start) < 400
    ):
        places.append((quotation.speaker_start, quotation.speaker_end))
    return min(a for a, _ in places), max(b for _, b in places)


def again(sentence: Sentence, index: Index, lang: str, sources: list[Source]) -> Sentence | None:
    """A sentence of an earlier briefing, cited anew; None if its article is gone."""
    cited = sentence.citations[0]
    article = index.article(cited.article_id, cited.version)
    if article is None or article.text[cited.start : cited.end] != cited.quote:
        return None
    nothing = np.zeros(0, np.float32)
    report = Report(article=article, moment=0, added=0, vector=nothing, title=nothing)
    return _quoted(_writing([report], index, lang, sources), report, cited.start, cited.end)


# What is asked about an event afterwards -------------------------------------------------------------------------------------


def further(event: BriefingEvent, reports: Sequence[Report], index: Index, lang: str, sources: list[Source]) -> list[Sentence]:
    """What its reports tell beyond the briefing: FURTHER sentences at most, and statements. `sources` takes what they cite."""
    by_report = telling.claims([story.reports[0] for story in stories(reports)], index)
    shown = [c for s in (event.headline, *event.sentences, *event.statements, *event.disputed) for c in s.citations]
    known = [claim for sentences in by_report for claim in sentences if any(_overlap(claim, citation) for citation in shown)]
    writing = _writing([sentences[0].report for sentences in by_report if sentences], index, lang, sources)
    more_sentences: list[Sentence] = []
    for tongue in (lang, ""):  # what the briefing's language has, then the others
        for claim in telling.more(by_report, known, tongue, None, FURTHER - len(more_sentences)):
            if sentence := _add(writing, claim):
                more_sentences.append(sentence)
                known.append(claim)
    item = Item(Cluster(tuple(stories(reports))), 0.0, told=tuple(tuple(sentences) for sentences in by_report if sentences))
    return more_sentences + _statements(item, known, writing, index, lang)


def voices(event: BriefingEvent, reports: Sequence[Report], index: Index, lang: str, sources: list[Source]) -> list[Sentence]:
    """Each independent report of an event by its first sentence, in its own language."""
    by_report = [
        sentences for sentences in telling.claims([story.reports[0] for story in stories(reports)], index) if sentences
    ]
    writing = _writing([sentences[0].report for sentences in by_report], index, lang, sources)
    return [sentence for sentences in by_report[:VOICES] if (sentence := _add(writing, sentences[0]))]


def _overlap(claim: KeySentence, citation: Citation) -> bool:
    article = claim.report.article
    same = (article.id, article.version) == (citation.article_id, citation.version)
    return same and claim.start < citation.end and citation.start < claim.end
