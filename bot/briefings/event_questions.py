"""What is asked about an event of a briefing afterwards: more of it, or how each of its reports tells it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.briefings import key_sentences as telling
from bot.briefings.claim_quoting import add, writing_on
from bot.briefings.event_statements import best_statements
from bot.briefings.key_sentences import KeySentence
from bot.records import BriefingEvent, Citation, Sentence, Source
from bot.retrieval.story_clusters import stories
from index.index import Index
from index.search.recent_reports import Report

FURTHER = 4  # sentences where more is asked for
VOICES = 8  # reports that are named


def further(event: BriefingEvent, reports: Sequence[Report], index: Index, lang: str, sources: list[Source]) -> list[Sentence]:
    """What its reports tell beyond the briefing: FURTHER sentences at most, and statements. `sources` takes what they cite."""
    by_report = telling.claims([story.reports[0] for story in stories(reports)], index)
    shown = [c for s in (event.headline, *event.sentences, *event.statements, *event.disputed) for c in s.citations]
    known = [claim for sentences in by_report for claim in sentences if any(_overlap(claim, citation) for citation in shown)]
    writing = writing_on([sentences[0].report for sentences in by_report if sentences], index, lang, sources)
    more_sentences: list[Sentence] = []
    for tongue in (lang, ""):  # what the briefing's language has, then the others
        for claim in telling.more(by_report, known, tongue, None, FURTHER - len(more_sentences)):
            if sentence := add(writing, claim):
                more_sentences.append(sentence)
                known.append(claim)
    told = [sentences for sentences in by_report if sentences]
    return more_sentences + best_statements(told, known, writing, index, lang)


def voices(event: BriefingEvent, reports: Sequence[Report], index: Index, lang: str, sources: list[Source]) -> list[Sentence]:
    """Each independent report of an event by its first sentence, in its own language."""
    by_report = [
        sentences for sentences in telling.claims([story.reports[0] for story in stories(reports)], index) if sentences
    ]
    writing = writing_on([sentences[0].report for sentences in by_report], index, lang, sources)
    return [sentence for sentences in by_report[:VOICES] if (sentence := add(writing, sentences[0]))]


def _overlap(claim: KeySentence, citation: Citation) -> bool:
    article = claim.report.article
    same = (article.id, article.version) == (citation.article_id, citation.version)
    return same and claim.start < citation.end and citation.start < claim.end
