"""Server-sent events, and clients that go away: nothing is worked out for somebody who has hung up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from fastapi.requests import Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

T = TypeVar("T")
PING = 15.0  # seconds of silence after which a comment is sent, so that proxies keep the connection
GONE = 499  # the status, for the log, of a request whose client hung up


def sse(data: str, event: str = "") -> bytes:
    """One event. `data` on several lines stays one event."""
    named = f"event: {event}\n" if event else ""
    lines = "".join(f"data: {part}\n" for part in data.split("\n"))
    return f"{named}{lines}\n".encode()


async def streamed(request: Request, events: AsyncGenerator[bytes, None]) -> Response:
    """A stream of events, once the first of them is there: what is refused is refused with its status, not in the stream."""
    begun = await unless_gone(request, _begun(events))
    return EventResponse(begun) if begun else Response(status_code=GONE)


async def _begun(events: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The same events, the first of which is there."""
    first = await anext(events, None)

    async def all_of_them() -> AsyncGenerator[bytes, None]:
        try:
            if first is not None:
                yield first
                async for event in events:
                    yield event
        finally:
            await events.aclose()

    return all_of_them()


class EventResponse(Response):
    """A stream of server-sent events, which ends, with the work behind it, when the client goes away."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes, None]) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self.events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        gone: asyncio.Future[Any] = asyncio.ensure_future(hung_up(receive))
        step: asyncio.Future[Any] | None = None
        try:
            while True:
                step = step or asyncio.ensure_future(anext(self.events, None))
                await asyncio.wait({gone, step}, timeout=PING, return_when=asyncio.FIRST_COMPLETED)
                if gone.done():
                    return
                if not step.done():
                    await send({"type": "http.response.body", "body": b": \n\n", "more_body": True})
                    continue
                event, step = step.result(), None
                if event is None:
                    break
                await send({"type": "http.response.body", "body": event, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            if step:
                step.cancel()
                with suppress(asyncio.CancelledError):
                    await step
            await self.events.aclose()


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of some work; None, the work being cancelled, where the client hangs up before."""
    gone, working = asyncio.ensure_future(hung_up(request.receive)), asyncio.ensure_future(work)
    try:
        await asyncio.wait({gone, working}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        gone.cancel()
        if not working.done():
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working


async def hung_up(receive: Receive) -> None:
    """Returns when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
