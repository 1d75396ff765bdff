"""A Briefing as text: plain, Markdown, JSON. Pure.

`briefing_html.py` makes the page, `bot/slack/briefing_blocks.py` the messages; all order the parts of an event by `sections`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.phrases import count, say
from bot.rendering.answer_text import (
    escape_markdown,
    facts,
    link,
    linked,
    markdown_lines,
    note_line,
    sentence_lines,
    source_line,
)
from bot.rendering.json_rows import SCHEMA, citation_rows, dates, iso, note_row, source_row
from bot.rendering.links import web_address
from index.records import Period
from index.text.printable import line
from index.text.quotation_marks import plain as bare

if TYPE_CHECKING:
    from bot.records import Briefing, BriefingEvent, Sentence, Source, Title
    from bot.rendering.schema import BriefingCitationRow, BriefingEventRow, BriefingRow, BriefingSentenceRow

ASIDE = re.compile(r" (\[[^\[\]]{1,60}\])")  # what `bot.answers.date_notes` puts into a sentence: on Tuesday [2025-05-06]
DAY = 86_400
EXACT = 60  # seconds: a time known as well as this is shown with hour and minute
TOP = 3  # titles that a briefing of more events begins with
WORDS_A_MINUTE = 220  # that people read (Brysbaert 2019: 238 of English prose, silently)


# What all forms share --------------------------------------------------------------------------------------------------------


def sections(event: BriefingEvent) -> Iterator[tuple[str, Sequence[Sentence]]]:
    """(role, its sentences) in the order they are read, without the headline; a role that has none is left out."""
    parts = {"what": event.sentences, "said": event.statements, "disputed": event.disputed, "before": event.before}
    yield from ((role, sentences) for role, sentences in parts.items() if sentences)


def sentences(briefing: Briefing) -> Iterator[Sentence]:
    """Every sentence of a briefing, as it is read."""
    for event in briefing.events:
        yield event.headline
        for _, some in sections(event):
            yield from some
    yield from briefing.quiet


def title(briefing: Briefing) -> str:
    return f"{say('briefing', briefing.lang)}: {line(briefing.beat)}"


def window(briefing: Briefing) -> str:
    """From when to when, in the beat's time zone: 2026-11-21 07:00 – 2026-11-22 07:00 (Europe/Berlin)."""
    since, until = local(briefing.since, briefing.timezone), local(briefing.until, briefing.timezone)
    return f"{since:%Y-%m-%d %H:%M} – {until:%Y-%m-%d %H:%M} ({line(briefing.timezone)})"


def tally(briefing: Briefing) -> str:
    """How much there is: 3 events, 12 articles read; 2 minutes."""
    read = f"{count('event', briefing.lang, len(briefing.events))}, {count('article', briefing.lang, briefing.articles)}"
    return f"{read}; {count('minute', briefing.lang, minutes(briefing))}" if briefing.events else read


def nothing(briefing: Briefing) -> str:
    """The one line of a quiet day."""
    read = count("article", briefing.lang, max(briefing.articles, briefing.looked_at))
    return say("nothing_new", briefing.lang, beat=line(briefing.beat), window=window(briefing), read=read)


def heading(event: BriefingEvent, lang: str) -> str:
    """What an event is called: the title that heads it, or its first sentence."""
    return titled(event.title, lang) if event.title else line(event.headline.text)


def titled(title: Title, lang: str) -> str:
    """A title as its outlet wrote it, marked where it is in another language: "El puerto cierra (es)"."""
    return f"{line(title.text)} ({title.lang})" if title.lang not in ("", lang) else line(title.text)


def listed(event: BriefingEvent, lang: str) -> str:
    """The same among other titles, where nothing else is said of it: "Satire: Port elects a gull"."""
    return f"{say(event.caution, lang)}: {heading(event, lang)}" if event.caution else heading(event, lang)


def top(briefing: Briefing) -> Sequence[BriefingEvent]:
    """The events whose titles stand on top; none where there are hardly more."""
    return briefing.events[:TOP] if len(briefing.events) > TOP else ()


def minutes(briefing: Briefing) -> int:
    """How long the sentences of a briefing take to read, in minutes, at least 1."""
    shown = [
        *(heading(event, briefing.lang) for event in briefing.events if event.title),
        *(one.text for one in sentences(briefing)),
    ]
    return max(1, round(sum(len(text.split()) for text in shown) / WORDS_A_MINUTE))


def label(event: BriefingEvent, lang: str) -> str:
    """What is new about an event, and what has to be said of who reports it: "New", "New · Satire"."""
    caution = f" · {say(event.caution, lang)}" if event.caution else ""
    return f"{say(event.label, lang)}{caution}"


def standing(event: BriefingEvent, lang: str, timezone: str = "UTC") -> str:
    """Where and when, and who reports it: SELWYN, 2025-05-07; 2 independent reports: Karsund Courier, El Faro (en, es)."""
    outlets = f": {', '.join(map(line, event.outlets))}" if event.outlets else ""
    languages = f" ({', '.join(map(line, event.languages))})" if event.languages else ""
    return f"{placed(event, timezone)}{count('origin', lang, event.origins)}{outlets}{languages}{happened(event, lang)}"


def placed(event: BriefingEvent, timezone: str) -> str:
    """From where, and on which day it was first reported, or in which month if no more is known: "SELWYN, 2025-05-07; "."""
    if event.coverage:
        first = event.coverage[0].published
        day = str(first) if first.end - first.start >= DAY else f"{local(first.start, timezone):%Y-%m-%d}"
    else:
        day = f"{local(event.published.start, timezone):%Y-%m-%d}" if event.published else ""
    known = ", ".join(part for part in (line(event.dateline), day) if part)
    return f"{known}; " if known else ""


def happened(event: BriefingEvent, lang: str) -> str:
    return f"; {say('happened', lang)}: {event.happened}" if event.happened else ""


def made_by(briefing: Briefing) -> str:
    """Whether a model wrote it."""
    extractive = briefing.generator == "extractive"
    how = say("quoted", briefing.lang) if extractive else say("worded", briefing.lang, model=line(briefing.generator))
    return f"{say('titles', briefing.lang)} {how}" if any(event.title for event in briefing.events) else how


def when(period: Period | None, timezone: str, lang: str) -> str:
    """A date as precisely as it is known; a time of the day in the beat's time zone."""
    if period is None:
        return say("undated", lang)
    return f"{local(period.start, timezone):%Y-%m-%d %H:%M}" if period.end - period.start <= EXACT else str(period)


def local(seconds: int, timezone: str) -> datetime:
    """A moment in the beat's time zone; UTC where the zone is not known to this machine."""
    try:
        zone: ZoneInfo | None = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = None
    return datetime.fromtimestamp(seconds, zone or UTC)


def quotes(briefing: Briefing, source: Source) -> list[str]:
    """The words cited from a source, where they are not the very words of the sentence that cites them.

    What we put into it in brackets makes no difference.
    """
    quoted = [
        citation.quote
        for sentence in sentences(briefing)
        for citation in sentence.citations
        if citation.number == source.number
        and all(bare(citation.quote) not in bare(text) for text in (sentence.text, ASIDE.sub("", sentence.text)))
    ]
    return list(dict.fromkeys(quoted))


# Plain text ------------------------------------------------------------------------------------------------------------------


def plain(briefing: Briefing) -> str:
    """What `str(briefing)` and a pipe show: one sentence a line, never wrapped. A quiet day without stories is one line."""
    if not briefing.events:
        return "\n".join([nothing(briefing), *_bullets(briefing.quiet), *map(note_line, briefing.notes), *_listed(briefing)])
    lang = briefing.lang
    blocks = [[title(briefing), f"{window(briefing)}; {tally(briefing)}"]]
    blocks.append([f"- {listed(event, lang)}" for event in top(briefing)])
    for event in briefing.events:
        head = f"{event.number}. [{label(event, lang)}] "
        block = [head + (f"{heading(event, lang)} [{event.title.number}]" if event.title else _shown(event.headline))]
        block += [f"   {standing(event, lang, briefing.timezone)}"] + ([f"   {_shown(event.headline)}"] if event.title else [])
        for role, some in sections(event):
            block += [f"   {say(role, lang)}:"] if role != "what" else []
            block += [f"   {'' if role == 'what' else '- '}{_shown(sentence)}" for sentence in some]
        blocks.append(block)
    if briefing.quiet:
        blocks.append([say("quiet", lang), *_bullets(briefing.quiet)])
    blocks += [[note_line(note) for note in briefing.notes], _listed(briefing)[1:], [made_by(briefing)]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _shown(sentence: Sentence) -> str:
    return "\n   ".join(sentence_lines(sentence))


def _bullets(some: Sequence[Sentence]) -> list[str]:
    return [f"- {_shown(sentence)}" for sentence in some]


def _listed(briefing: Briefing) -> list[str]:
    return ["", *(source_line(source, briefing.lang) for source in briefing.sources)] if briefing.sources else []


# Markdown --------------------------------------------------------------------------------------------------------------------


def markdown(briefing: Briefing) -> str:
    """A document: a heading an event, [n] linked to the words cited, the sources below. One line where nothing is new."""
    lang = briefing.lang
    urls = {source.number: web_address(source.url) for source in briefing.sources}

    def shown(sentence: Sentence) -> str:
        return "\n".join(markdown_lines(sentence, urls)).rstrip()

    if briefing.events:
        lines = [f"# {escape_markdown(title(briefing))}", "", f"{escape_markdown(window(briefing))}; {tally(briefing)}", ""]
        lines += [f"- {escape_markdown(listed(event, lang))}" for event in top(briefing)] + ([""] if top(briefing) else [])
    else:
        lines = [escape_markdown(nothing(briefing)), ""]
    for event in briefing.events:
        named = (
            event.title
            and f"{escape_markdown(heading(event, lang))} {link(f'[{event.title.number}]', urls[event.title.number])}"
        )
        lines += [f"## {event.number}. {named or shown(event.headline)}", ""]
        lines += [f"**{label(event, lang)}** · {escape_markdown(standing(event, lang, briefing.timezone))}", ""]
        lines += [f"{shown(event.headline)}\n"] if event.title else []
        for role, some in sections(event):
            lines += [f"**{say(role, lang)}**", ""] if role != "what" else []
            lines += [f"{'' if role == 'what' else '- '}{shown(sentence)}\n" for sentence in some]
    if briefing.quiet:
        lines += [f"## {say('quiet', lang)}", "", *(f"- {shown(sentence)}" for sentence in briefing.quiet), ""]
    for note in briefing.notes:
        lines += [f"*{escape_markdown(note.text)}* {linked(note.citations, urls)}".rstrip(), ""]
    lines += [f"## {say('sources', lang)}", ""] if briefing.sources else []
    for source in briefing.sources:
        name, words = escape_markdown(source.title) or say("untitled", lang), quotes(briefing, source)
        where = link(name, urls[source.number])
        lines.append(f"{source.number}. {where}, {escape_markdown(facts(source, lang))}")
        lines += [f"   > {escape_markdown(quote)}\n" for quote in words]
    lines += ["", f"*{escape_markdown(made_by(briefing))}*"] if briefing.events else []
    return "\n".join(lines).rstrip() + "\n"


# JSON ------------------------------------------------------------------------------------------------------------------------


def as_json(briefing: Briefing) -> BriefingRow:
    """The briefing as `brief --json` and the folder give it, schema 1. Times are ISO 8601 UTC, windows half open.

    A sentence's `role` is headline, what, said or disputed; what was known before stands apart, in `before`. `doc_id` of a
    citation is its article's id.
    """
    return {
        "schema": SCHEMA,
        "id": briefing.id,
        "beat": briefing.beat,
        "lang": briefing.lang,
        "since": iso(briefing.since),
        "until": iso(briefing.until),
        "timezone": briefing.timezone,
        "previous": briefing.previous or None,
        "articles": briefing.articles,
        "looked_at": briefing.looked_at,
        "events": [_event(event) for event in briefing.events],
        "quiet": [_sentence("quiet", sentence) for sentence in briefing.quiet],
        "sources": [source_row(source) for source in briefing.sources],
        "notes": [note_row(note) for note in briefing.notes],
        "generator": briefing.generator,
        "prompt": briefing.prompt,
        "timings": briefing.timings,
    }


def _event(event: BriefingEvent) -> BriefingEventRow:
    parts = [("headline", [event.headline]), *((role, some) for role, some in sections(event) if role != "before")]
    happened = dates(event.happened)
    return {
        "number": event.number,
        "id": event.id,
        "story": event.story or event.id,
        "label": event.label,
        "title": {"text": event.title.text, "number": event.title.number, "lang": event.title.lang} if event.title else None,
        "dateline": event.dateline or None,
        "caution": event.caution,
        "article_ids": list(event.article_ids),
        "origins": event.origins,
        "outlets": list(event.outlets),
        "languages": list(event.languages),
        "happened_from": happened["published_from"],
        "happened_to": happened["published_to"],
        **dates(event.published),
        "coverage": [
            {"article_id": mark.article_id, "outlet": mark.outlet, **dates(mark.published), "copy": mark.copy}
            for mark in event.coverage
        ],
        "sentences": [_sentence(role, sentence) for role, some in parts for sentence in some],
        "before": [_sentence("before", sentence) for sentence in event.before],
    }


def _sentence(role: str, sentence: Sentence) -> BriefingSentenceRow:
    rows: list[BriefingCitationRow] = [{"doc_id": row["article_id"], **row} for row in citation_rows(sentence.citations)]
    return {"role": role, "text": sentence.text, "lang": sentence.lang, "status": sentence.status, "citations": rows}
