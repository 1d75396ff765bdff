"""Where the state of a library is kept. Today in its folder, always; later its address decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.state.answers import Answers
from bot.state.briefings import Briefings
from bot.state.channels import Channels
from bot.state.conversations import Conversations
from bot.state.database import FILE, StateFile
from bot.state.deliveries import Deliveries
from bot.state.protocols import AnswerStore, BriefingStore, ChannelStore, ConversationStore, DeliveryStore


@dataclass(frozen=True, slots=True)
class State:
    """The operational state of one library."""

    conversations: ConversationStore
    briefings: BriefingStore
    deliveries: DeliveryStore
    answers: AnswerStore
    channels: ChannelStore
    close: Callable[[], None]


def open_state(folder: Path) -> State:
    """Open, create or migrate. LibraryError if the folder cannot be written or the file is newer than this program."""
    file = StateFile(folder)
    return State(Conversations(file), Briefings(file), Deliveries(file), Answers(file), Channels(file), file.close)


def has_state(folder: Path) -> bool:
    """Whether there is any yet."""
    return (folder / FILE).exists()
