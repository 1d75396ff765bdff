"""Answers on an event loop: the same events, an end when nobody listens, errors where they can be caught."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator

import pytest

from bot.async_events import relayed
from bot.event_stream import EventStream
from bot.records import Event
from index.errors import LibraryError, Stopped

WAIT = 60.0


def test_the_events_arrive_in_their_order() -> None:
    def pipeline(stop: threading.Event) -> Generator[Event, None, None]:
        for n in range(3):
            yield Event("status", str(n))

    async def collected() -> list[object]:
        return [event.data async for event in relayed(EventStream(pipeline))]

    assert asyncio.run(collected()) == ["0", "1", "2"]


def test_who_stops_listening_ends_the_work() -> None:
    ended = threading.Event()

    def pipeline(stop: threading.Event) -> Generator[Event, None, None]:
        try:
            yield Event("status", "begun")
            assert stop.wait(WAIT)
            raise Stopped("stopped")
        finally:
            ended.set()

    async def left(cancelled: bool) -> None:
        events = relayed(EventStream(pipeline))
        await anext(events)
        if cancelled:
            waiting = asyncio.ensure_future(anext(events))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        await events.aclose()

    for cancelled in (False, True):
        ended.clear()
        asyncio.run(left(cancelled))
        assert ended.wait(WAIT)


def test_what_the_pipeline_raises_is_raised_here() -> None:
    def pipeline(stop: threading.Event) -> Generator[Event, None, None]:
        yield Event("status", "begun")
        raise LibraryError("gone")

    async def collected() -> None:
        async for _ in relayed(EventStream(pipeline)):
            pass

    with pytest.raises(LibraryError, match="gone"):
        asyncio.run(collected())
