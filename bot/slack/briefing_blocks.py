"""Pure: a Briefing as Slack shows it: one message with the headlines, then the events in its thread, each with its sources.

Everything goes through `slack_blocks`: nothing of an article's text can act, and every payload is within Slack's limits.
"""

from __future__ import annotations

from bot.phrases import say
from bot.records import Briefing, BriefingEvent, Citation, Sentence
from bot.rendering.briefing_text import label, made_by, nothing, sections, standing, tally, title, window
from bot.slack import blocks
from bot.slack.blocks import Json, MessagePart, escaped, fits, pack, sentence

OVERVIEW = 6_000  # characters of headlines in the first message; the rest is in the thread all the same


def messages(briefing: Briefing) -> list[Json]:
    """Arguments of chat.postMessage, without channel: the first for the channel, all others for its thread."""
    if not briefing.events:
        parts = [MessagePart(f"{escaped(nothing(briefing))}\n\n")]
    else:
        parts = [_overview(briefing), *(part for event in briefing.events for part in _event(event, briefing))]
    return [_payload(part) for part in [*parts, *_rest(briefing)]]


def _payload(part: MessagePart) -> Json:
    """A notification shows Markdown's marks as they are, so it gets none."""
    return part.payload() | {"text": blocks.fallback(part.text.replace("**", ""))}


def _overview(briefing: Briefing) -> MessagePart:
    text = f"**{escaped(title(briefing))}**\n{escaped(f'{window(briefing)}; {tally(briefing)}')}\n\n"
    for event in briefing.events:
        lines = (
            blocks.title(event.title, briefing.sources)
            if event.title
            else "".join(sentence(event.headline, briefing.sources, OVERVIEW)).strip()
        )
        piece = f"**{event.number}. {escaped(label(event, briefing.lang))}:** {lines}\n\n"
        if len(text) + len(piece) > OVERVIEW or not fits(text + piece):
            return MessagePart(f"{text}…\n\n")
        text += piece
    return MessagePart(text)


def _event(event: BriefingEvent, briefing: Briefing) -> list[MessagePart]:
    """One event: as many messages as its text needs, its sources below the last."""
    limit = blocks.MARKDOWN // 2
    first, *more = sentence(event.headline, briefing.sources, limit)
    standing_line = f"{label(event, briefing.lang)}. {standing(event, briefing.lang, briefing.timezone)}"
    about = f"_{escaped(standing_line)}_\n\n"
    if event.title:
        pieces = [f"**{event.number}.** {blocks.title(event.title, briefing.sources)}\n\n", about, first, *more]
    else:
        pieces = [f"**{event.number}.** {first}", *more, about]
    sentences = [event.headline]
    for role, some in sections(event):
        if role != "what":
            pieces.append(f"**{escaped(say(role, briefing.lang))}**\n\n")
        mark = "" if role == "what" else "• "
        pieces += [mark + piece for part in some for piece in sentence(part, briefing.sources, limit)]
        sentences += some
    return pack(pieces, _sources(sentences, briefing))


def _rest(briefing: Briefing) -> list[MessagePart]:
    """What was watched without news, what has to be said beside it, and who wrote it."""
    pieces = []
    if briefing.quiet:
        pieces.append(f"**{escaped(say('quiet', briefing.lang))}**\n\n")
        pieces += [f"• {piece}" for one in briefing.quiet for piece in sentence(one, briefing.sources, blocks.MARKDOWN // 2)]
    pieces += [piece for note in briefing.notes for piece in blocks.note(note, briefing.sources, blocks.MARKDOWN // 2)]
    if briefing.events:
        pieces.append(f"_{escaped(made_by(briefing))}_\n\n")
    return pack(pieces, _sources(list(briefing.quiet), briefing))


def _sources(sentences: list[Sentence], briefing: Briefing) -> list[Json]:
    cited: list[Citation] = [citation for one in sentences for citation in one.citations]
    numbers = {citation.number for citation in cited}
    return blocks.sources([source for source in briefing.sources if source.number in numbers], cited)
