"""What must survive a restart: five stores, each with one owner. `opening.open_state` says where they are.

Every method may be called from any thread and process; each write is whole or not there. LibraryError where it cannot be read
or written. Times are UTC seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.records import Answer, Briefing, Turn
from bot.state.database import Held
from bot.state.records import ConversationPlace, Json, Kept, Opinion, PendingQuestion, Slot, Stage


class ConversationStore(Protocol):
    """Questions taken up in Slack, what was answered, what people thought of it. Owner: bot.slack."""

    def exclusive(self) -> AbstractContextManager[Held]:
        """Be the one Slack bot of this library: what is unfinished at the start is then dead. Busy if there is one."""
        ...

    def claim(self, key: str, place: ConversationPlace, user: str, *, private: bool = False) -> bool:
        """Take a question up; False if it was taken before, by whomever: one answer, whatever is delivered twice."""
        ...

    def note(self, key: str, stage: Stage, message: str = "", payload: Json | None = None) -> None:
        """How far the answer is, before and after each step that Slack sees."""
        ...

    def forget(self, key: str) -> None:
        """Give a claim back: the same click may try again."""
        ...

    def unfinished(self) -> list[PendingQuestion]:
        """What was taken up and not answered, oldest first."""
        ...

    def newest(self, place: ConversationPlace) -> str:
        """The ts of our last finished message in a conversation, or ""."""
        ...

    def keep(self, answer: Kept) -> None:
        """Remember an answer, in the place of one with its id."""
        ...

    def kept(self, id: str) -> Kept | None:
        """The answer of an id; None if there is none (any more)."""
        ...

    def turns(self, place: ConversationPlace, *, before: str = "", last: int = 4) -> tuple[Turn, ...]:
        """The last questions and answers of a conversation, oldest first; those before an answer that is asked for again."""
        ...

    def knows(self, place: ConversationPlace) -> bool:
        """Whether something was answered in a conversation."""
        ...

    def rate(self, answer: str, user: str, value: int, reason: str = "", *, question: str = "", reply: str = "") -> None:
        """+1 or -1 of one user for one answer; the last word counts. What it was about is kept beside it."""
        ...

    def opinions(self, since: float = 0.0) -> list[Opinion]:
        """What people thought since a moment, oldest first."""
        ...

    def ratings(self, answer: str) -> dict[str, int]:
        """Users and what they thought."""
        ...

    def prune(self, before: float) -> None:
        """Forget answers and finished claims older than `before`; ratings stay."""
        ...


class BriefingStore(Protocol):
    """Briefings that were told. Owner: Bot.brief; read by deliveries and conversations about them."""

    def keep(self, briefing: Briefing, *, at: float) -> None:
        """Remember a briefing, in the place of one with its id. `at`: when the library was read for it."""
        ...

    def find(self, id: str) -> Briefing | None:
        """The briefing of an id, or None."""
        ...

    def latest(self, beat: str = "", *, before: int | None = None, last: int = 1) -> list[tuple[Briefing, float]]:
        """The last briefings of a beat ("": of any), the newest first, each with the time it was made.

        `before`: only those whose window ended earlier.
        """
        ...

    def told_in(self, place: ConversationPlace) -> Briefing | None:
        """The briefing whose thread this is; None elsewhere."""
        ...


class ChannelStore(Protocol):
    """What people set for a channel of Slack. Owner: bot.slack; subscriptions are read by deliveries."""

    def settings(self, team: str, channel: str) -> Mapping[str, str]:
        """Name -> value, subscriptions left out."""
        ...

    def set(self, team: str, channel: str, name: str, value: str) -> None:
        """Write a setting; an empty value takes it back."""
        ...

    def beats(self, team: str, channel: str) -> tuple[str, ...]:
        """The beats that a channel is subscribed to, by name."""
        ...

    def subscribe(self, team: str, channel: str, beat: str, *, on: bool = True) -> None:
        """Begin or end a subscription."""
        ...

    def subscribers(self, beat: str) -> tuple[str, ...]:
        """Ids of the channels that are subscribed to a beat."""
        ...


class DeliveryStore(Protocol):
    """Slots: one row a scheduled briefing and target, written before anything is sent. Owner: bot.delivery."""

    def delivering(self) -> AbstractContextManager[Held]:
        """Hold the right to deliver. Busy if another process has it."""
        ...

    def held(self) -> bool:
        """Whether a process delivers now: then "sending" means that it is being sent."""
        ...

    def claim(self, beat: str, slot: int, targets: Sequence[str], missed: Iterable[int], now: int) -> bool:
        """Take a slot for all its targets, and write down the missed ones before it; False if somebody took it before."""
        ...

    def miss(self, beat: str, missed: Iterable[int], targets: Sequence[str], now: int) -> None:
        """Write down slots that nothing will be made for."""
        ...

    def note(self, row: Slot) -> None:
        """Write a row as it is now."""
        ...

    def begin(self, before: Slot, now: Slot) -> bool:
        """Write a row that stood as `before`; False if it does not any more: another process has taken it up."""
        ...

    def settle(self, now: int) -> list[Slot]:
        """What a dead process left: to be done again where that does no harm, else unknown. Only while `delivering`.

        Returns what became unknown now.
        """
        ...

    def last(self, beat: str, until: int) -> int | None:
        """The newest slot of a beat that is not later than `until`."""
        ...

    def rows(self, beat: str, slot: int | None = None) -> list[Slot]:
        """The rows of a beat, or of one of its slots, newest slot first."""
        ...


class AnswerStore(Protocol):
    """Answers that have an address, so that a conversation can be reloaded and shared. Owner: bot.web."""

    def keep(self, answer: Answer, *, owner: str, parent: str, at: float) -> None:
        """Remember an answer. `owner`: who may see it again; `parent`: the id of the one it follows, or ""."""
        ...

    def thread(self, id: str, *, owner: str) -> list[Answer]:
        """An owner's answer and those it follows, oldest first; none where it is not kept (any more)."""
        ...

    def prune(self, before: float) -> None:
        """Forget answers older than `before`, and the oldest where there are too many."""
        ...
