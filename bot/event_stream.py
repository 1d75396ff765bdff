"""The events of one answer, as an iterator that any thread may close.

A generator can only be closed while it stands still. An answer mostly stands where it waits for a chat model, so closing has to
reach into that wait: `stop` is handed down to the call, which looks at it every tenth of a second (`bot.llm.models`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from types import TracebackType

from bot import telemetry
from bot.records import Answer, Event
from index.errors import Stopped

Pipeline = Callable[[threading.Event], Generator[Event, None, None]]


class EventStream(Iterator[Event]):
    """Status, sources and sentences as they come, and at last `done` with the Answer. Nothing runs before the first `next`.

    One thread iterates. `close()` may come from any, also in the middle of a `next`: that then ends, soon, and a stream closed
    before its end has no `done`. An exception in the iterating thread (Ctrl-C) ends the work as well.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        """`pipeline` makes the events, and ends by itself soon after what it is given is set."""
        self._stop = threading.Event()
        self._events = pipeline(self._stop)
        self._iterating = threading.Lock()
        self._span: telemetry.Span | None = None

    def __next__(self) -> Event:
        with self._iterating:
            if not self._stop.is_set():
                try:
                    event = self._next()
                except Stopped:
                    raise StopIteration from None
                if not self._stop.is_set():
                    return event
            self._end()
            raise StopIteration

    def _next(self) -> Event:
        """The next event; what begins meanwhile is traced as a part of this question."""
        self._span = span = self._span or telemetry.question()
        try:
            with span.current():
                event = next(self._events)
        except BaseException as error:
            if not isinstance(error, StopIteration):
                span.failed(error)
            span.end()
            raise
        if isinstance(event.data, Answer):
            telemetry.answered(span, event.data)
            span.end()
        return event

    def _end(self) -> None:
        self._events.close()
        if self._span:
            self._span.end()

    def close(self) -> None:
        """End it: no more events, and a model that is being waited for is let go."""
        self._stop.set()
        if self._iterating.acquire(blocking=False):  # else the thread that iterates ends it
            try:
                self._end()
            finally:
                self._iterating.release()

    def answer(self) -> Answer:
        """Run to the end; the Answer of `done`. Stopped if the stream is closed before."""
        for event in self:
            if isinstance(event.data, Answer):
                return event.data
        raise Stopped("stopped")

    def __enter__(self) -> EventStream:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
