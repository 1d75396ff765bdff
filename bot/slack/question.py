"""Pure: a question that came from Slack, and what its channel may see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.records import Answer
from bot.slack.blocks import Json
from bot.state.records import ConversationPlace
from index.records import Filter, Period

NOTHING = "No evidence found in what this channel may see."


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, ready to be answered."""

    key: str
    place: ConversationPlace
    user: str
    question: str
    ts: str = ""  # of the message that asks
    window: Period | None = None  # published then
    without: tuple[str, ...] = ()  # kinds of chips that are not to be read out of it
    before: str = ""  # id of the answer it repeats: the history ends there
    outside: bool = False  # from another organisation, or in a channel that is shared with one
    files: tuple[Json, ...] = ()  # sent with it
    link: str = ""  # a page that was pasted
    private_to: str = ""  # the response_url, where only the user sees the answer

    @property
    def line(self) -> ConversationPlace:
        """What it waits in: its conversation; a question outside threads waits for nobody."""
        return self.place if self.place.thread else ConversationPlace(self.place.team, self.place.channel, self.key)


def narrowed(allowed: Filter, window: Period | None) -> Filter | None:
    """What a place may see, inside the window asked for. Where the two do not meet, what it may see."""
    if window and allowed.window:
        start, end = max(window.start, allowed.window.start), min(window.end, allowed.window.end)
        window = Period(start, end) if start < end else allowed.window
    combined = replace(allowed, window=window or allowed.window)
    return combined if combined else None


def discreet(answer: Answer) -> Answer:
    """Without the note on what was searched, which counts the whole library: not for a place that may see a part of it."""
    notes = tuple(replace(note, text=NOTHING) if note.kind == "searched" else note for note in answer.notes)
    return replace(answer, notes=notes)


def session(place: ConversationPlace) -> dict[str, str]:
    return {"channel_id": place.channel, "thread_ts": place.thread}
