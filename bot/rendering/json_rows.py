"""Records as rows of JSON: what `--json`, the stream of events, `export` and scored runs give. Pure; shapes: `schema.py`.

JSON keeps every character of strangers' text, those that act on a terminal or reorder what is read as \\u escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.records import Answer, Sentence, Source
from bot.rendering.answer_text import cited, words
from index.records import Period

if TYPE_CHECKING:
    from bot.records import Citation, Event, Note
    from bot.rendering.schema import (
        AnswerRow,
        CitationRow,
        EventRow,
        ExportedArticle,
        HitRow,
        NoteRow,
        PublishedRow,
        SearchRow,
        SentenceRow,
        SourceRow,
    )  # fmt: skip
    from index.records import Article, Hit, Results
    from index.storage.records import Stats

Json = dict[str, object]
SCHEMA = 1  # of every --json object; `schema.py` has their shapes, and what may change without a new number

_JSON_ESCAPE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: object) -> str:
    """JSON on one line, letters as they are; what acts on a terminal is escaped, so that nothing is lost or let loose."""
    return _JSON_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def as_json(answer: Answer) -> AnswerRow:
    """The answer as `--json` gives it, schema 1. Offsets are code points of the article's text; times are ISO 8601 UTC."""
    return {
        "schema": SCHEMA,
        "id": answer.id,
        "question": answer.question,
        "searched": answer.searched,
        "lang": answer.lang,
        "outcome": answer.outcome,
        "sentences": [sentence_row(sentence) for sentence in answer.sentences],
        "notes": [note_row(note) for note in answer.notes],
        "sources": [source_row(source) for source in answer.sources],
        "retrieved": list(answer.retrieved),
        "chips": [
            {"kind": chip.kind, "words": answer.searched[chip.start : chip.end], "relaxed": chip.relaxed}
            for chip in answer.chips
        ],
        "plan": list(answer.plan),
        "generator": answer.generator,
        "prompt": answer.prompt,
        "as_of": str(answer.as_of) if answer.as_of else None,
        "timings": answer.timings,
        "withheld": answer.withheld,
    }


def event_row(event: Event) -> EventRow:
    """An event of a stream as one JSON object: {"event": kind, "data": …}, the last one's data as `as_json` has it."""
    match event.data:
        case str():
            data: str | SourceRow | SentenceRow | AnswerRow = event.data
        case Source():
            data = source_row(event.data)
        case Sentence():
            data = sentence_row(event.data)
        case Answer():
            data = as_json(event.data)
    return {"event": event.kind, "data": data}


def sentence_row(sentence: Sentence) -> SentenceRow:
    return {
        "text": sentence.text,
        "lang": sentence.lang,
        "heading": sentence.heading,
        "status": sentence.status,
        "stands_in": sentence.stands_in,
        "citations": citation_rows(sentence.citations),
    }


def note_row(note: Note) -> NoteRow:
    return {"kind": note.kind, "text": note.text, "citations": citation_rows(note.citations)}


def source_row(source: Source) -> SourceRow:
    return {
        "number": source.number,
        "article_id": source.article_id,
        "version": source.version,
        "title": source.title,
        "outlet": source.outlet,
        "agency": source.agency,
        "lang": source.lang,
        "url": source.url,
        **dates(source.published),
        "copies": source.copies,
    }


def citation_rows(citations: Iterable[Citation]) -> list[CitationRow]:
    return [
        {"number": c.number, "article_id": c.article_id, "version": c.version, "start": c.start, "end": c.end, "quote": c.quote}
        for c in citations
    ]


def dates(period: Period | None) -> PublishedRow:
    """The two fields a date becomes in JSON: from (inclusive), to (exclusive), ISO 8601 UTC, null where unknown."""
    return {"published_from": iso(period.start) if period else None, "published_to": iso(period.end) if period else None}


def iso(seconds: int) -> str:
    """2026-11-22T06:00:00Z"""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def run_row(id: str | int, answer: Answer) -> Json:
    """One row of a scored run: documents found, the words of the answer without its list of sources, and what it cites."""
    distinct = dict.fromkeys((c.article_id, c.quote) for citations in cited(answer) for c in citations)
    return {
        "id": id,
        "retrieved": list(answer.retrieved),
        "answer": words(answer),
        "abstained": answer.outcome in ("no_evidence", "small_talk", "unclear"),
        "citations": [{"doc_id": article, "quote": text} for article, text in distinct],
    }


def article_row(article: Article) -> ExportedArticle:
    """One line of `export`."""
    return {
        "id": article.id,
        "version": article.version,
        "title": article.title,
        "text": article.text,
        **dates(article.published),
        "date_source": article.date_source,
        "outlet": article.outlet,
        "agency": article.agency,
        "authors": list(article.authors),
        "lang": article.lang,
        "url": article.url,
        "origin": article.origin,
    }


def changes_row(old: Article, new: Article) -> Json:
    """What `show --diff --json` prints. Offsets are code points of the version they belong to."""
    from dataclasses import asdict

    from index.text.version_diff import changes

    return {"id": new.id, "from": old.version, "to": new.version, "changes": [asdict(change) for change in changes(old, new)]}


def hit_row(hit: Hit) -> HitRow:
    """One passage found, as `search --json` lists it."""
    passage = hit.passage
    return {
        "article_id": passage.article_id,
        "version": passage.version,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "title": passage.title,
        "outlet": passage.outlet,
        "agency": passage.agency,
        "lang": passage.lang,
        "url": passage.url,
        **dates(passage.published),
        "origin": passage.origin,
        "copies": list(hit.copies),
        "score": hit.score,
        "lexical_rank": hit.lexical_rank,
        "vector_rank": hit.vector_rank,
        "cosine": hit.cosine,
        "more": [{"start": passage.start, "end": passage.end, "text": passage.text} for passage in hit.more],
    }


def search_row(question: str, results: Results) -> SearchRow:
    """What `search --json` gives."""
    only, relaxed = (results.words(question, relaxed=which) for which in (False, True))
    return {
        "schema": SCHEMA,
        "question": question,
        "only": only,
        "relaxed": relaxed,
        "hits": [hit_row(hit) for hit in results.hits],
    }


def stats_row(stats: Stats) -> Json:
    """What `stats --json` gives; the dates are of publication, first to last."""
    return {
        "library": stats.folder,
        "articles": stats.articles,
        "versions": stats.versions,
        "passages": stats.passages,
        "waiting": stats.waiting,
        "set_aside": list(stats.set_aside),
        "deleted": stats.deleted,
        "undated": stats.undated,
        **dates(stats.dates),
        "languages": stats.languages,
        "outlets": stats.outlets,
        "embedder": stats.embedder,
        "bytes": stats.bytes,
    }


def found_row(id: str | int, hits: Sequence[Hit]) -> Json:
    """One row of a scored run of searches: the articles found, best first."""
    return {"id": id, "retrieved": list(dict.fromkeys(hit.passage.article_id for hit in hits))}
