"""The records that are kept over a restart: conversations of Slack, and deliveries of briefings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.records import Citation
from index.records import Period

Stage = Literal["claimed", "starting", "streaming", "finishing", "done"]
SlotStage = Literal["claimed", "sending", "sent", "failed", "missed"]
Json = dict[str, object]
LIBRARY = "library"  # the target of a beat that names none: the briefing is kept, to be asked about
PAUSE = 300  # seconds at least before a failed delivery is tried again


@dataclass(frozen=True, slots=True)
class ConversationPlace:
    """One conversation. Two places never share a turn."""

    team: str
    channel: str
    thread: str  # ts of the message that the thread hangs on; "" outside threads


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question taken up and not finished."""

    key: str
    place: ConversationPlace
    user: str
    private: bool
    stage: Stage
    message: str
    payload: Json
    at: float


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as Slack has seen it."""

    id: str
    place: ConversationPlace
    question: str
    reply: str
    window: Period | None
    sentences: tuple[tuple[str, tuple[Citation, ...]], ...]
    messages: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of an answer or briefing, with what it was about: kept when the answer itself is forgotten."""

    answer: str
    user: str
    value: int  # +1 or -1
    reason: str  # why, in a word of ours or in theirs; "" where none was given
    question: str
    reply: str
    sources: tuple[str, ...]  # ids of the articles cited
    at: float  # UTC seconds


@dataclass(frozen=True, slots=True)
class Slot:
    """One delivery of one scheduled briefing to one target."""

    beat: str
    slot: int  # seconds since 1970
    target: str
    stage: SlotStage
    briefing: str = ""  # id, "" until it is made
    message: str = ""  # where it went; while it is being sent, how far it came
    error: str = ""
    at: int = 0  # when the row last changed

    @property
    def unknown(self) -> bool:
        """Whether nobody knows if it arrived."""
        return self.stage == "sending" and bool(self.error)

    @property
    def again(self) -> int:
        """When a failed one is tried again: after a pause that grows as long as it has been failing."""
        return self.at + max(PAUSE, self.at - self.slot)
