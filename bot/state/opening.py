"""Where the state of a library is kept: in its folder, or beside it in its database. Its address decides."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bot.state.answers import Answers
from bot.state.briefings import Briefings
from bot.state.channels import Channels
from bot.state.conversations import Conversations
from bot.state.database import Held, StateDatabase
from bot.state.deliveries import Deliveries
from bot.state.protocols import AnswerStore, BriefingStore, ChannelStore, ConversationStore, DeliveryStore
from bot.state.sqlite import FILE, StateFile
from index.address import ServerAddress, library_address


@dataclass(frozen=True, slots=True)
class State:
    """The operational state of one library."""

    conversations: ConversationStore
    briefings: BriefingStore
    deliveries: DeliveryStore
    answers: AnswerStore
    channels: ChannelStore
    watching: Callable[[], AbstractContextManager[Held]]
    """Hold the right to read the library's feeds. Busy if another process has it."""
    close: Callable[[], None]


def open_state(library: str | Path | ServerAddress, *, write: bool = True) -> State:
    """Open, create or migrate. LibraryError if it cannot be reached or written, or is newer than this program.

    Without `write` what may only be read is read: where there is no state yet, there is nothing in it.
    """
    return _state(open_database(library, write=write))


def open_database(library: str | Path | ServerAddress, *, write: bool = True) -> StateDatabase:
    """What the stores stand on. LibraryError, and `write`, as of `open_state`."""
    address = library_address(library)
    if isinstance(address, Path):
        return StateFile(address, write=write)
    from bot.state.postgres import StateServer

    return StateServer(address, write=write)


def is_read_only(library: str | Path | ServerAddress) -> bool:
    """Whether nothing can be kept beside a library, since it may only be read. LibraryError."""
    db = open_database(library, write=False)
    try:
        return db.read_only
    finally:
        db.close()


def _state(db: StateDatabase) -> State:
    def watching() -> AbstractContextManager[Held]:
        return db.lock("feeds", f"Another process reads the feeds of {db.place}.")

    return State(Conversations(db), Briefings(db), Deliveries(db), Answers(db), Channels(db), watching, db.close)


def has_state(library: str | Path | ServerAddress) -> bool:
    """Whether there is any yet. LibraryError if a server cannot be asked."""
    address = library_address(library)
    if isinstance(address, Path):
        return (address / FILE).exists()
    from bot.state import postgres

    return postgres.has_state(address)
