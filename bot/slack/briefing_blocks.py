"""Pure: a Briefing as Slack shows it: one message with the headlines, then all events in its thread, with their sources.

Six events are one message there. What does not fit so is shortened in steps: links to the pages instead of the very words,
links below only, fewer sentences; "more on 2" tells what was left out. Everything goes through `slack_blocks`: nothing of an
article's text can act, and every payload is within Slack's limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.phrases import say
from bot.records import Briefing, BriefingEvent, Sentence
from bot.rendering.briefing_text import label, listed, made_by, nothing, sections, standing, tally, title, window
from bot.slack import blocks
from bot.slack.blocks import Json, MessagePart, escaped, fits, pack, sentence

OVERVIEW = 6_000  # characters of headlines in the first message; the rest is in the thread all the same
TOGETHER = 6  # events that are one message in the thread
LIMIT = blocks.MARKDOWN // 2  # characters of one piece


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is told of an event."""

    words: bool = True  # marks lead to the very words
    linked: bool = True  # marks are links at all; the sources below always are
    most: int = 99  # sentences of a section
    before: bool = True  # and what was known before


DETAILS = (
    Detail(), Detail(words=False), Detail(words=False, most=3), Detail(words=False, linked=False, most=2, before=False),
    Detail(words=False, linked=False, most=1, before=False),
)  # fmt: skip


def messages(briefing: Briefing) -> list[Json]:
    """Arguments of chat.postMessage, without channel: the first for the channel, all others for its thread."""
    if not briefing.events:
        return [_payload(part) for part in pack([f"{escaped(nothing(briefing))}\n\n", *_rest(briefing, DETAILS[0])])]
    wanted = -(-len(briefing.events) // TOGETHER)
    tried = (_thread(briefing, detail) for detail in DETAILS)
    thread = next((parts for parts in tried if len(parts) <= wanted), None) or _thread(briefing, DETAILS[-1])
    told = "; ".join(f"{event.number}. {listed(event, briefing.lang)}" for event in briefing.events)
    first = _overview(briefing).payload() | {"text": blocks.fallback(escaped(f"{title(briefing)}, {tally(briefing)}: {told}"))}
    return [first, *map(_payload, thread)]


def _thread(briefing: Briefing, detail: Detail) -> list[MessagePart]:
    """All events one after another, the sources below, thumbs at the end."""
    pieces = [piece for event in briefing.events for piece in _event(event, briefing, detail)]
    shown = [one for event in briefing.events for one in (event.headline, *_told(event, detail))]
    cited = [citation for one in (*shown, *briefing.quiet) for citation in one.citations]
    numbers = {citation.number for citation in cited} | {event.title.number for event in briefing.events if event.title}
    sources = blocks.sources(
        [one for one in briefing.sources if one.number in numbers], cited if detail.words else (), briefing.lang
    )
    return pack([*pieces, *_rest(briefing, detail)], [*sources, blocks.thumbs(f"briefing:{briefing.id}")])


def _payload(part: MessagePart) -> Json:
    return part.payload()


def _overview(briefing: Briefing) -> MessagePart:
    text = f"**{escaped(title(briefing))}**\n{escaped(f'{window(briefing)}; {tally(briefing)}')}\n\n"
    for event in briefing.events:
        lines = (
            blocks.title(event.title, briefing.sources, briefing.lang)
            if event.title
            else "".join(sentence(event.headline, briefing.sources, OVERVIEW)).strip()
        )
        piece = f"**{event.number}. {escaped(label(event, briefing.lang))}:** {lines}\n\n"
        if len(text) + len(piece) > OVERVIEW or not fits(text + piece):
            return MessagePart(f"{text}…\n\n")
        text += piece
    return MessagePart(text)


def _event(event: BriefingEvent, briefing: Briefing, detail: Detail) -> Iterator[str]:
    """One event in pieces of Markdown."""
    standing_line = f"{label(event, briefing.lang)}. {standing(event, briefing.lang, briefing.timezone)}"
    about = f"_{escaped(standing_line)}_\n\n"
    first, *more = _sentence(event.headline, briefing, detail)
    if event.title:
        linked = briefing.sources if detail.linked else ()
        yield f"**{event.number}.** {blocks.title(event.title, linked, briefing.lang, bold=True)}\n\n{about}"
        yield from (first, *more)
    else:
        yield f"**{event.number}.** {first}"
        yield from (*more, about)
    for role, some in sections(event):
        told = [one for one in _told(event, detail) if one in some]
        above = f"**{escaped(say(role, briefing.lang))}**\n\n" if role != "what" else ""
        for part in told:
            pieces = _sentence(part, briefing, detail)
            yield from (f"{above}{'• ' if role != 'what' else ''}{pieces[0]}", *pieces[1:])
            above = ""


def _told(event: BriefingEvent, detail: Detail) -> list[Sentence]:
    """The sentences of an event that are told."""
    roles = [(role, some) for role, some in sections(event) if detail.before or role != "before"]
    return [one for _, some in roles for one in some[: detail.most]]


def _sentence(one: Sentence, briefing: Briefing, detail: Detail) -> list[str]:
    if not detail.words and one.status == "quoted":
        one = replace(one, citations=tuple(replace(citation, quote="") for citation in one.citations))
    return sentence(one, briefing.sources if detail.linked else (), LIMIT)


def _rest(briefing: Briefing, detail: Detail) -> list[str]:
    """What was watched without news, what has to be said beside it, and who wrote it."""
    pieces = []
    if briefing.quiet:
        above = f"**{escaped(say('quiet', briefing.lang))}**\n\n"
        for one in briefing.quiet:
            first, *more = _sentence(one, briefing, detail)
            pieces += [f"{above}• {first}", *more]
            above = ""
    pieces += [piece for note in briefing.notes for piece in blocks.note(note, briefing.sources, LIMIT)]
    return [*pieces, f"_{escaped(made_by(briefing))}_\n\n"] if briefing.events else pieces
