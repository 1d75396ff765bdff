"""What is said beside an answer: where reports differ, what a later one has overtaken, and where we looked in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from bot.answers.date_notes import asides, inserted
from bot.answers.other_counts import counted_otherwise
from bot.answers.writing import Writing, labels_of, outlet_shown
from bot.phrases import say
from bot.questions.question import LONGEST, Question
from bot.records import Note
from bot.retrieval.candidates import Candidate, moment, sentences_in
from bot.retrieval.evidence import Evidence
from bot.retrieval.later_outcome import done_after_all
from bot.retrieval.retrieve import Retrieved
from bot.retrieval.told_before import names_a_day, said_alone
from bot.verification.changed_details import changed_detail
from bot.verification.disagreements import Difference, differences
from bot.verification.same_matter import ReportedSentence
from bot.verification.taken_back import with_what_takes_it_back
from bot.verification.verify import Reason
from index.records import Extent, Hit, Passage, Period
from index.text import quotation_cuts, quotation_marks
from index.text.names import WORD
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from index.index import Index

MOST = 3  # notes on differences
# How far below the best a sentence may score, in log-odds, and still be set against the answer: figures of another event are no
# answer to the question, and what does not answer it contradicts nothing.
RIVAL = 4.0


def taken_as(retrieved: Retrieved, question: Question, lang: str) -> list[Note]:
    """How a question was taken: how much of it was read, what was searched for, narrowed to what, without whose articles."""
    searched, results, follow_up = retrieved.searched, retrieved.results, question.follow_up
    notes = []
    if question.cut:
        notes.append(Note(kind="rewrite", text=say("ends_read", lang, n=LONGEST // 2)))
    if follow_up.earlier and searched == follow_up.searched:
        last = next((turn.content for turn in reversed(question.history) if turn.role == "user"), "")
        phrase = "with_last" if " ".join(last.split()) == follow_up.earlier else "together"  # that stands right above
        notes.append(Note(kind="rewrite", text=say(phrase, lang, question=quotation_marks.unquoted(follow_up.earlier))))
    elif not _known(searched, question):
        notes.append(Note(kind="rewrite", text=say("rewrite", lang, question=quotation_marks.unquoted(searched))))
    if retrieved.plan:
        parts = "; ".join(map(quotation_marks.unquoted, retrieved.plan))
        notes.append(Note(kind="rewrite", text=say("planned", lang, words=parts)))
    if words := results.words(searched, relaxed=False):
        notes.append(Note(kind="narrowed", text=say("narrowed", lang, words=quotation_marks.unquoted("; ".join(words)))))
    if words := results.words(searched, relaxed=True):
        notes.append(Note(kind="relaxed", text=say("relaxed", lang, words=quotation_marks.unquoted("; ".join(words)))))
    if articles := retrieved.left_out.articles:
        notes.append(Note(kind="injection", text=say("injection", lang, titles=titles(hit.passage for hit in articles))))
    if parts_of := retrieved.left_out.sentences:
        notes.append(Note(kind="injection", text=say("injection_part", lang, titles=titles(hit.passage for hit in parts_of))))
    if follow_up.after and results.filter and (window := results.filter.window):
        notes.append(Note(kind="narrowed", text=say("after", lang, date=str(Period(window.start - 1, window.start))[:10])))
    return notes


def _known(searched: str, question: Question) -> bool:
    """Whether the user put it so: now, or before and now only asks for it in another way."""
    put = (question.asked, *(turn.content for turn in question.history if turn.role == "user"))
    return any(words.casefold().endswith(searched.casefold()) for words in put)  # "and what did Olsen say?"


def as_follow_up(writing: Writing, question: Question, lang: str) -> list[Note]:
    """What has to be said of an answer that was asked for in another way: untranslated, no proof, without a day."""
    follow_up, notes = question.follow_up, list[str]()
    if follow_up.lang and any(s.lang != follow_up.lang and s.status == "quoted" for s in writing.sentences):
        notes.append(say("untranslated", lang))
    if follow_up.brief and writing.sentences and writing.sentences[0].status == "quoted":
        best = writing.evidence.candidates[0]
        again = not best.cut or quotation_cuts.CUT in question.replies[-1]
        if again and said_alone(best, writing.evidence.candidates, question.replies):
            notes.append(say("no_shorter", lang))
    if follow_up.sure and writing.sentences:
        notes.append(say("as_told", lang))
    if follow_up.when and writing.sentences:
        candidate = writing.evidence.candidates[0]
        if not names_a_day(candidate):
            published = candidate.passage.published
            notes.append(say("no_day", lang, date=str(published)[:10] if published else say("undated", lang)))
    return [Note(kind="reply", text=text) for text in notes]


def gathered(evidence: Evidence, lang: str) -> list[Note]:
    """Of a list or an overview, among how many articles it was made: it may not be complete."""
    looked_at = evidence.looked_at
    return [Note(kind="source", text=say("gathered", lang, n=looked_at))] if looked_at > 1 else []


def unfound(retrieved: Retrieved, lang: str) -> list[Note]:
    """Of two things asked, the one that nothing was found on."""
    parts = map(quotation_marks.unquoted, retrieved.unfound)
    return [Note(kind="reply", text=say("unfound", lang, question=part)) for part in parts]


def overtaken(writing: Writing, lang: str) -> list[Note]:
    """Who reported another figure before: the newest is shown, and theirs is no answer any more."""
    notes = []
    for older in writing.evidence.overtaken:
        if writing.cites(older.passage, older.start, older.end):
            continue
        if citations := writing.beside([(older.passage, older.start, older.end)]):
            told = say("other_figure", lang, older=origin(older, lang, writing.publishers))
            notes.append(Note(kind="superseded", text=told, citations=citations))
    return notes


def left_out(reasons: Sequence[Reason], lang: str) -> Note:
    """How many of a model's sentences are not shown, and why, the most frequent reason first."""
    counted = Counter(reasons).most_common()
    why = "; ".join(say(f"why_{reason}", lang) + (f" ({n})" if len(counted) > 1 else "") for reason, n in counted)
    return Note(kind="withheld", text=say("withheld" if len(reasons) == 1 else "withhelds", lang, n=len(reasons), why=why))


def differing(writing: Writing, hits: Sequence[Hit], lang: str, index: Index | None = None) -> list[Note]:
    """A note for each report that contradicts or overtakes what the answer shows, both sides cited, the newer one first."""
    found = (*writing.evidence.passages, *(passage for hit in hits for passage in hit.passages))
    passages = {(p.article_id, p.version): p for p in found}
    shown = [
        Candidate(passage=passages[c.article_id, c.version], hit=0, start=c.start, end=c.end, text=c.quote)
        for sentence in writing.sentences
        for c in sentence.citations
        if (c.article_id, c.version) in passages
    ]
    candidates = writing.evidence.candidates
    others = [c for c in candidates if c.score >= candidates[0].score - RIVAL and not _taken_back(c, writing)]
    changed = _changed_in_copies(shown, index) if index else ()
    compared = bool(writing.evidence.most and writing.evidence.question.sides)  # two figures, of two things
    counted = [] if compared else list(counted_otherwise(shown, hits, writing))
    pairs = [{_article(d.newer), _article(d.older)} for d in counted]
    rest = [] if compared else differences(shown, others, writing.likeness)
    deeds = done_after_all(writing.evidence.question, () if compared else shown, hits)
    undone = (
        Difference("superseded", "denial", new, old) for new, old in deeds if not writing.cites(new.passage, new.start, new.end)
    )
    told = chain(changed, undone, counted, (d for d in rest if {_article(d.newer), _article(d.older)} not in pairs))
    notes = (note(difference, writing, lang, index) for difference in told)  # each that is made adds its sources
    return list(islice((difference_note for difference_note in notes if difference_note), MOST))


def _article(report: ReportedSentence) -> str:
    return report.passage.article_id


def _taken_back(candidate: Candidate, writing: Writing) -> bool:
    """Whether the sentence behind it says that it is not so."""
    passage = candidate.passage
    article = writing.article(passage.article_id, passage.version)
    span = (candidate.start, candidate.end)
    return article is not None and with_what_takes_it_back(article.text, *span, passage.lang) != span


def _changed_in_copies(shown: Iterable[Candidate], index: Index) -> Iterator[Difference]:
    """Where what is shown of an article stands in another outlet's copy of it with another figure, month or name.

    Once for each two articles.
    """
    seen: set[tuple[str, str]] = set()
    for ours in shown:
        own = labels_of(ours.passage, index.publishers)
        for copy in index.story(ours.passage):
            pair = (ours.passage.article_id, copy.id)
            if copy.id == ours.passage.article_id or pair in seen or own & labels_of(copy, index.publishers):
                continue
            if other := changed_detail(ours, sentences_in(copy)):
                seen.add(pair)
                sides = sorted((other, ours), key=moment)
                yield Difference("conflict", "figure", sides[1], sides[0])


def note(difference: Difference, writing: Writing, lang: str, index: Index | None = None) -> Note | None:
    """Both sides of a difference in their articles' words; None where that would be too much quoted.

    Of a side that the answer shows, who reports it and when is enough.
    """
    sides = (difference.newer, difference.older)
    shown = {(c.article_id, c.start, c.end) for sentence in writing.sentences for c in sentence.citations}
    citations = writing.beside([(side.passage, side.start, side.end) for side in sides])
    if not citations:
        return None
    newer, older = (
        _told(side, writing, lang, figure if (side.passage.article_id, side.start, side.end) in shown else None)
        for side, figure in zip(sides, difference.figures, strict=True)
    )
    corrects = difference.kind == "superseded" and difference.about == "figure"
    elsewhere = corrects and index is not None and _unrelated(difference, index)
    kind = "conflict" if elsewhere else difference.kind
    phrase = "differ_elsewhere" if elsewhere else f"differ_{kind}"
    return Note(kind=kind, text=say(phrase, lang, newer=newer, older=older), citations=citations)


def _told(report: ReportedSentence, writing: Writing, lang: str, shown: str | None) -> str:
    """Who reports and when, with its words; where the answer shows them, `shown`: the figure in which it differs, if in one."""
    where = origin(report, lang, writing.publishers)
    return f"{where}: {worded(report, lang) if shown is None else f'{shown}.'}" if shown != "" else f"{where}."


def _unrelated(difference: Difference, index: Index) -> bool:
    """Whether who corrects a report has nothing to do with any outlet that printed it, its owner or its agency."""
    newer, older = (_printed(side.passage, index) for side in (difference.newer, difference.older))
    return all([*newer, *older]) and not frozenset().union(*newer) & frozenset().union(*older)


def _printed(passage: Passage, index: Index) -> list[frozenset[str]]:
    """The labels of an article and of all that print its text."""
    return [labels_of(passage, index.publishers), *(labels_of(one, index.publishers) for one in index.story(passage))]


def worded(report: ReportedSentence, lang: str) -> str:
    """A report's words, with the days that "yesterday" and "on Monday" mean beside them."""
    passage = report.passage
    days = asides(report.text, passage.published, passage.lang, lang, title=passage.title)
    return quotation_marks.shown(inserted(report.text, days))


def origin(report: ReportedSentence, lang: str, publishers: Publishers = SHIPPED) -> str:
    """Who reports it and when: "The Northern Ledger, 2025-05-06"."""
    return origin_of(report.passage, lang, publishers)


def origin_of(passage: Passage, lang: str, publishers: Publishers = SHIPPED) -> str:
    """The same of an article."""
    who = outlet_shown(passage, publishers, lang) or passage.agency or passage.title
    if len(WORD.findall(who)) > 12:  # a whole sentence for a title says nothing about where it is from
        who = ""
    day = str(passage.published)[:10] if passage.published else say("undated", lang)
    return ", ".join(part for part in (quotation_marks.unquoted(who), day) if part)


# Where there is no answer ----------------------------------------------------------------------------------------------------


def refusal(index: Index, retrieved: Retrieved, lang: str, *, near: bool = False) -> Note:
    """What was searched, as the question and the caller had narrowed it, and what came nearest, unless `near`: that is told."""
    if index.empty:
        return Note(kind="searched", text=say("empty", lang))
    narrowed = retrieved.results.filter
    extent = index.extent(scope=replace(retrieved.scope, filter=narrowed))
    if not extent.articles:
        everything = index.extent(scope=replace(retrieved.scope, filter=None))
        text = _searched("none", everything, [], lang) if everything.articles else say("nothing_visible", lang)
        return Note(kind="searched", text=text)
    names = (*narrowed.outlets, *narrowed.sources, *narrowed.authors) if narrowed else ()
    text = _searched(
        "searched" if near else "nothing", extent, sorted({quotation_marks.unquoted(name) for name in names})[:5], lang
    )
    if retrieved.evidence.absent:
        text += " " + say("absent", lang, names=", ".join(retrieved.evidence.absent))
    if retrieved.evidence.passages and not near:
        nearest = retrieved.evidence.passages[0]
        date = str(nearest.published)[:10] if nearest.published else say("undated", lang)
        text += " " + say("nearest", lang, title=titles([nearest]), date=date)
    if waiting := index.waiting:
        text += " " + say("embedding", lang, n=waiting)
    return Note(kind="searched", text=text)


def _searched(phrase: str, extent: Extent, names: Sequence[str], lang: str) -> str:
    """How much there is to search, from when to when, in which languages, and of whom."""
    dates = span(extent.dates) if extent.dates else say("undated", lang)
    langs = ", ".join(count for count in extent.languages if count)
    return say(phrase, lang, articles=extent.articles, dates=dates, langs="; ".join(part for part in (langs, *names) if part))


def titles(passages: Iterable[Passage]) -> str:
    """The titles of articles, once each, harmless inside our own words; of one without a title its name."""
    return "; ".join(dict.fromkeys(quotation_marks.unquoted(one.title or one.article_id) for one in passages))


def span(period: Period) -> str:
    """First and last day: 2023-09-01 to 2023-10-18, in a form for every language."""
    first, last = str(Period(period.start, period.start + 1))[:10], str(Period(period.end - 1, period.end))[:10]
    return first if first == last else f"{first} – {last}"
