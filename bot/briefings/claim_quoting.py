"""A claim of a report becomes a verified sentence: in the article's words, widened to whole quotations, each said once.

writing_on(reports) -> add(claim), quoted(report, span) -> Sentence; None where it was said already, or does not hold
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.answers.names_beside import speakers
from bot.answers.writer import likeness as likeness_of
from bot.answers.writing import Writing
from bot.briefings.key_sentences import KeySentence
from bot.questions.question import read
from bot.records import Draft, Sentence, Source
from bot.retrieval.candidates import passage_of
from bot.retrieval.context import widen
from bot.retrieval.evidence import Evidence, Features
from index.index import Index
from index.search.recent_reports import Report
from index.text.quotation_cuts import cut


def writing_on(
    reports: Sequence[Report], index: Index, lang: str, sources: list[Source], ends: Mapping[str, int] | None = None
) -> Writing:
    """Where sentences on these articles are verified. `sources` goes on through the briefing, so that numbers do.

    `ends`: of what is used of an article, by id; the whole by default.
    """
    ends = ends or {}
    passages = tuple(
        passage_of(article, end=ends.get(article.id)) for article in (r.article for r in distinct_reports(reports))
    )
    evidence = Evidence(question=read("", lang=lang), passages=passages, candidates=(), features=Features(), probability=1.0)

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return index.embeddings.embed_documents(list(texts))  # type: ignore[return-value]

    return Writing(evidence, lang, index.article, likeness=likeness_of(embed), sources=sources, publishers=index.publishers)


def distinct_reports(reports: Sequence[Report]) -> list[Report]:
    return list({(r.article.id, r.article.version): r for r in reports}.values())


def add(writing: Writing, claim: KeySentence) -> Sentence | None:
    """A claim in the article's words, widened to whole quotations, verified; None if it was said already, or cuts one."""
    article = claim.report.article
    start, end = widen(article.text, claim.start, claim.end, article.lang)
    start = claim.start if start < claim.start and article.text[start : claim.start].count(" ") < 6 else start  # a dateline
    if cut(article.text, start, end, article.lang):
        return None
    return quoted(writing, claim.report, start, end)


def quoted(writing: Writing, report: Report, start: int, end: int) -> Sentence | None:
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


def again(sentence: Sentence, index: Index, lang: str, sources: list[Source]) -> Sentence | None:
    """A sentence of an earlier briefing, cited anew; None if its article is gone."""
    cited = sentence.citations[0]
    article = index.article(cited.article_id, cited.version)
    if article is None or article.text[cited.start : cited.end] != cited.quote:
        return None
    nothing = np.zeros(0, np.float32)
    report = Report(article=article, moment=0, added=0, vector=nothing, title=nothing)
    return quoted(writing_on([report], index, lang, sources), report, cited.start, cited.end)
