"""An answer as text: plain, Markdown, JSON, a scorer's row. Pure: nothing here prints or reads.

Article text, titles, addresses and a model's words are strangers' data. `clean` takes from them what could act on a terminal
(escape codes, other control characters) or reorder what is read (bidirectional overrides); JSON keeps every character, the
dangerous ones as \\u escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from bot.records import Answer, Sentence, Source
from bot.rendering.status import status_label, words_beneath
from index.records import Period
from index.text.printable import line

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
    from index.records import Article, Hit, Passage, Results
    from index.storage.records import Stats

Json = dict[str, object]
SCHEMA = 1  # of every --json object; `schema.py` has their shapes, and what may change without a new number

_USER = re.compile(r"(?<=:)//[^/?#\s]*@")  # a user name and a password in an address
_JSON_ESCAPE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: object) -> str:
    """JSON on one line, letters as they are; what acts on a terminal is escaped, so that nothing is lost or let loose."""
    return _JSON_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


# Plain text ------------------------------------------------------------------------------------------------------------------


def plain(answer: Answer) -> str:
    """What `str(answer)` and a pipe show: sentences with their [n], notes, sources. One line each, never wrapped."""
    blocks = [
        [shown for sentence in answer.sentences for shown in _lines(sentence)],
        [note_line(note) for note in answer.notes],
        [source_line(source) for source in answer.sources],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) or nothing_found(answer)


def _lines(sentence: Sentence) -> list[str]:
    above = [f"{line(sentence.heading)}:"] if sentence.heading else []
    return [*above, *sentence_lines(sentence)]


def sentence_lines(sentence: Sentence) -> list[str]:
    """A sentence with its marks and how far it is verified, and beneath it the article's words where a reader has to judge."""
    first = " ".join(filter(None, (line(sentence.text), marks(sentence.citations), status_label(sentence))))
    return [first, *(f"  > {line(citation.quote)} [{citation.number}]" for citation in words_beneath(sentence))]


def marks(citations: Iterable[Citation]) -> str:
    """The numbers of the sources cited, each once: [1][3]."""
    return "".join(f"[{number}]" for number in dict.fromkeys(citation.number for citation in citations))


def note_line(note: Note) -> str:
    return f"{line(note.text)} {marks(note.citations)}".rstrip()


def source_line(source: Source) -> str:
    """What is known of the article on one line: [1] Title, Outlet (agency), 2023-10, en, https://…"""
    parts = (line(source.title), facts(source), whereabouts(source.url, source.article_id))
    return f"[{source.number}] " + ", ".join(part for part in parts if part)


def facts(source: Source | Article | Passage) -> str:
    """Outlet (agency), date, language, copies: what is known beside the title, without what is not."""
    outlet, agency = line(source.outlet), line(source.agency)
    facts = [
        f"{outlet} ({agency})" if outlet and agency else outlet or agency,
        when(source.published),
        line(source.lang),
        _copies(getattr(source, "copies", 0)),
    ]
    return ", ".join(fact for fact in facts if fact)


def when(published: Period | None) -> str:
    """A date for people, as precise as it is known: 2023-10, 2023-10-18, 2023-10-18 05:30 UTC, undated."""
    if published and published.end - published.start <= 60:
        return f"{datetime.fromtimestamp(published.start, UTC):%Y-%m-%d %H:%M} UTC"
    return str(published or "undated")


def _copies(number: int) -> str:
    return f"+{number} {'copy' if number == 1 else 'copies'}" if number else ""


def nothing_found(answer: Answer) -> str:
    return f"No article in the library answers this: {line(answer.searched or answer.question)}"


# Markdown --------------------------------------------------------------------------------------------------------------------


def markdown(answer: Answer) -> str:
    """A section headed by the question, [n] linked to the words cited, and under each source the words it was cited for."""
    urls = {source.number: web_address(source.url) for source in answer.sources}
    lines = [f"## {escape_markdown(answer.question)}", ""]
    for sentence in answer.sentences:
        lines += [f"**{escape_markdown(sentence.heading)}**", ""] if sentence.heading else []
        lines += [*markdown_lines(sentence, urls), ""]
    for note in answer.notes:
        lines += [f"*{escape_markdown(note.text)}* {linked(note.citations, urls)}".rstrip(), ""]
    if not answer.sentences and not answer.notes:
        lines += [escape_markdown(nothing_found(answer)), ""]
    everything = [citation for citations in cited(answer) for citation in citations]
    for source in answer.sources:
        title, url = escape_markdown(source.title) or "(no title)", urls[source.number]
        place = link(title, url) if url else f"{title}, {escape_markdown(source.article_id)}"
        lines.append(f"{source.number}. {place}, {escape_markdown(facts(source))}")
        quotes = dict.fromkeys(citation.quote for citation in everything if citation.number == source.number)
        lines += [f"   > {escape_markdown(text)}\n" for text in quotes]
    return "\n".join(lines).rstrip() + "\n"


def markdown_lines(sentence: Sentence, urls: Mapping[int, str]) -> list[str]:
    """A sentence with its linked marks and how far it is verified, and beneath it the article's words."""
    status = f"*{escape_markdown(status_label(sentence))}*" if status_label(sentence) else ""
    first = " ".join(filter(None, (escape_markdown(sentence.text), linked(sentence.citations, urls), status)))
    words = [f"> {escape_markdown(citation.quote)} {linked([citation], urls)}" for citation in words_beneath(sentence)]
    return [first, *(["", *"\n>\n".join(words).split("\n")] if words else [])]


def linked(citations: Sequence[Citation], urls: Mapping[int, str]) -> str:
    """The marks of a sentence, each a link to the first words cited from that source."""
    words_of = {citation.number: citation.quote for citation in reversed(citations)}
    numbers = dict.fromkeys(citation.number for citation in citations)
    return "".join(link(f"\\[{n}\\]", deep_link(urls.get(n, ""), words_of[n])) for n in numbers)


def link(text: str, url: str) -> str:
    """A Markdown link; the text alone where there is no address."""
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})" if url else text


def escape_markdown(text: str) -> str:
    """One line that Markdown shows as it is: no emphasis, links, HTML or automatic links come out of it."""
    text = re.sub(r"([\\`*_{}\[\]<>#|~$&])", r"\\\1", line(text))
    text = re.sub(r"(?i)\b(https?|ftp|mailto)(?=:)", r"\1\\", text)
    text = re.sub(r"(?i)\bwww(?=\.)", r"www\\", text).replace("@", "\\@")
    return re.sub(r"^([+-]|\d+(?=[.)]))", lambda m: f"\\{m[1]}" if not m[1].isdigit() else f"{m[1]}\\", text)


# JSON ------------------------------------------------------------------------------------------------------------------------


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


def words(answer: Answer) -> str:
    """All that the answer says, without numbers and sources."""
    return " ".join([*(sentence.text for sentence in answer.sentences), *(note.text for note in answer.notes)])


def cited(answer: Answer) -> list[tuple[Citation, ...]]:
    """The citations of each sentence and note, in the order they are shown."""
    return [*(sentence.citations for sentence in answer.sentences), *(note.citations for note in answer.notes)]


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


# Links -----------------------------------------------------------------------------------------------------------------------


def web_address(url: str) -> str:
    """The address as it may be shown and linked: all but plain printable characters encoded, no user name and password.

    "" if it is not http(s).

    >>> web_address("https://reader:secret@news.example/1"), web_address("javascript:alert(1)")
    ('https://news.example/1', '')
    """
    address = quote(url, safe="!#$%&'()*+,-./:;=?@[]_~", errors="replace")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else address


def whereabouts(url: str, id: str) -> str:
    """What a reader finds an article by: its web address, or else its id, on one line."""
    return web_address(url) or line(_USER.sub("//", id))


def deep_link(url: str, words: str) -> str:
    """The address with a text fragment that makes a browser scroll to the words (wicg.github.io/scroll-to-text-fragment).

    Browsers match whole words only, and only inside one paragraph, so a longer quotation becomes "first words,last words".
    """
    paragraphs = [part for part in re.split(r"\s*\n\s*", words.strip()) if part]
    if not url or not paragraphs:
        return url
    first, last = (list(_UNIT.finditer(paragraph)) for paragraph in (paragraphs[0], paragraphs[-1]))
    if len(paragraphs) == 1 and len(first) <= 8:
        fragment = _fragment(paragraphs[0])
    else:
        begin, end = paragraphs[0][: first[min(3, len(first) - 1)].end()], paragraphs[-1][last[max(-4, -len(last))].start() :]
        fragment = f"{_fragment(begin)},{_fragment(end)}"
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


# A word; where words are not spaced, what stands between marks of punctuation.
_UNIT = re.compile(r"[^\s、。，．；：！？]+[、。，．；：！？]*|[、。，．；：！？]+")


def _fragment(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
