"""A chat model's reply in the making, while what it stands on is still being weighed.

Most of the time to a first sentence is the model's own; the weighing costs a good part of a second on a busy machine. What the
model reads is known before it, so the call is begun then, and its pieces wait until they are wanted. Where it turns out that
nothing answers, or that something else has to be read, the call is cut.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass

from bot.questions.question import Question
from index.errors import Stopped
from index.records import Passage

GLANCE = 0.1  # seconds between two looks at whether the answer was stopped

Stream = Callable[[threading.Event], Iterator[str]]  # a call's pieces; it ends with Stopped when the event is set


class Begun:
    """A call that runs in a thread of its own. `asked`: all that was sent, by which it is known again."""

    def __init__(self, asked: object, stream: Stream) -> None:
        self.asked = asked
        self._end = threading.Event()
        self._pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        run = copy_context().run  # whoever traces sees the call as a part of the question
        threading.Thread(target=run, args=(self._run, stream), name="answer", daemon=True).start()

    def _run(self, stream: Stream) -> None:
        try:
            for piece in stream(self._end):
                self._pieces.put(piece)
        except Exception as error:  # noqa: BLE001  raised again where the pieces are read
            self._pieces.put(error)
        else:
            self._pieces.put(None)

    def pieces(self, stop: threading.Event | None) -> Generator[str, None, None]:
        """The pieces, those that came meanwhile first. ModelError as the call ends; Stopped when `stop` is set."""
        try:
            while stop is None or not stop.is_set():
                try:
                    piece = self._pieces.get(timeout=GLANCE)
                except queue.Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece
            raise Stopped("stopped")
        finally:
            self.end()

    def end(self) -> None:
        """It is not wanted any more: the call is cut."""
        self._end.set()


@dataclass(slots=True)
class Beginning:
    """The call of one answer, once it is begun."""

    _begin: Callable[[Question, Sequence[Passage]], Begun]
    begun: Begun | None = None

    def begin(self, question: Question, passages: Sequence[Passage]) -> None:
        """Begin it, if it is not; without passages there is nothing to read."""
        if self.begun is None and passages:
            self.begun = self._begin(question, passages)


@contextmanager
def beginning(begin: Callable[[Question, Sequence[Passage]], Begun] | None) -> Iterator[Beginning | None]:
    """What begins the call of an answer, and cuts it in the end; None where no chat model writes."""
    if begin is None:
        yield None
        return
    early = Beginning(begin)
    try:
        yield early
    finally:
        if early.begun:
            early.begun.end()
