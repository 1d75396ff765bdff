"""The events of an answer for programs that run on an event loop: the pipeline works in a thread, its events arrive here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from bot.event_stream import EventStream
from bot.records import Event

Work = Callable[[], None]


async def relayed(
    stream: EventStream, run: Callable[[Work], asyncio.Future[None]] | None = None
) -> AsyncGenerator[Event, None]:
    """The events of a stream as they come. Whoever stops iterating, or is cancelled, closes the stream.

    `run`: starts a function in a thread; None is the loop's own pool. What the pipeline raises is raised here.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[Event | None] = asyncio.Queue()

    def tell(event: Event) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(arrived.put_nowait, event)

    def work() -> None:
        for event in stream:
            tell(event)

    working = run(work) if run else loop.run_in_executor(None, work)
    working.add_done_callback(lambda _: arrived.put_nowait(None))
    try:
        while (event := await arrived.get()) is not None:
            yield event
        await working
    finally:
        stream.close()
        working.cancel()  # if it has not begun, it never will
