"""Pure: a question that came from Slack."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.blocks import Json
from bot.state.records import ConversationPlace
from index.records import Period

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
    overheard: bool = False  # said in a thread of ours, without a mention: talk gets no reply
    private_to: str = ""  # the response_url, where only the user sees the answer

    @property
    def line(self) -> ConversationPlace:
        """What it waits in: its conversation; a question outside threads waits for nobody."""
        return self.place if self.place.thread else ConversationPlace(self.place.team, self.place.channel, self.key)


def session(place: ConversationPlace) -> dict[str, str]:
    return {"channel_id": place.channel, "thread_ts": place.thread}
