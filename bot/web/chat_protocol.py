"""OpenAI's protocol: /v1/models, /v1/chat/completions, /v1/responses. A chat client becomes a client of the library.

`[n]` and the sources stay in the text, and come as url_citation annotations with the same numbers: few clients show those.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.requests import Request
from fastapi.responses import Response

from bot.records import Answer, AskRequest, Sentence, Source
from bot.rendering.json_rows import Json, dumps
from bot.rendering.marked_text import MarkedText
from bot.web import chat_rows
from bot.web.access import Caller
from bot.web.api import FAULTS, STREAM, CallerHere, DeskHere, json_response
from bot.web.chat_requests import MODEL, CompletionBody, ResponseBody
from bot.web.chat_rows import ResponseRows, Usage
from bot.web.desk import WebDesk
from bot.web.problems import Refused, of_error
from bot.web.streaming import GONE, sse, streamed, unless_gone
from index.errors import DragomanError
from index.text.token_count import count

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"description": "{error: {message, type}}", "content": {"application/json": {}}} for status in FAULTS
}
router = APIRouter(prefix="/v1", tags=["OpenAI's protocol"], responses=ERRORS)
STARTED = int(time.time())


@router.get("/models")
async def models() -> Response:
    """The one model there is."""
    return json_response({"object": "list", "data": [chat_rows.model_row(STARTED)]})


@router.get("/models/{id}")
async def model(id: str) -> Response:
    if id != MODEL:
        raise Refused(404, f"There is no such model; the one there is is called {MODEL}.")
    return json_response(chat_rows.model_row(STARTED))


@router.post("/chat/completions", responses=STREAM)
async def completions(body: CompletionBody, request: Request, desk: DeskHere, caller: CallerHere) -> Response:
    """Chat Completions, streamed or not. The last message is the question, those before it are its history."""
    reply = ChatReply(desk, caller, body.request(), body.texts(), base_of(request))
    id, created = uuid.uuid4().hex, int(time.time())
    if body.stream:
        usage = bool(body.stream_options and body.stream_options.include_usage)
        return await streamed(request, _chunks(reply, id, created, usage))
    if await unless_gone(request, reply.finished()) is None:
        return Response(status_code=GONE)
    return json_response(chat_rows.completion(id, created, reply.text.text, reply.text.citations, await reply.usage()))


async def _chunks(reply: ChatReply, id: str, created: int, usage: bool) -> AsyncGenerator[bytes, None]:
    def row(delta: Json, finish: str | None = None) -> bytes:
        return sse(dumps(chat_rows.chunk(id, created, delta, finish)))

    first = True
    pieces = reply.pieces(lambda message: sse(dumps({"error": {"message": message, "type": "server_error", "code": None}})))
    try:
        async for piece in pieces:
            if isinstance(piece, bytes):
                yield piece
                return
            if first:
                yield row({"role": "assistant", "content": ""})
                first = False
            if piece:
                yield row({"content": piece})
        yield row({"annotations": chat_rows.nested(reply.text.citations)})
        yield row({}, "stop")
        if usage:
            yield sse(dumps(chat_rows.usage_chunk(id, created, await reply.usage())))
        yield sse("[DONE]")
    finally:
        await pieces.aclose()


@router.post("/responses", responses=STREAM)
async def responses(body: ResponseBody, request: Request, desk: DeskHere, caller: CallerHere) -> Response:
    """Responses, streamed or not. `previous_response_id` is followed where that answer is kept (`store`)."""
    store = body.store is not False and desk.settings.keep
    reply = ChatReply(desk, caller, body.request(), body.texts(), base_of(request), parent=body.parent, keep=store)
    rows = ResponseRows(uuid.uuid4().hex, int(time.time()), body.previous_response_id, store, body.instructions)
    if body.stream:
        return await streamed(request, _response_events(reply, rows))
    answer = await unless_gone(request, reply.finished())
    if answer is None:
        return Response(status_code=GONE)
    rows.id = answer.id
    return json_response(rows.done(reply.text.text, reply.text.citations, await reply.usage()))


async def _response_events(reply: ChatReply, rows: ResponseRows) -> AsyncGenerator[bytes, None]:
    def sent(events: Iterator[Json]) -> bytes:
        return b"".join(sse(dumps(row), str(row["type"])) for row in events)

    first = True
    pieces = reply.pieces(lambda message: sent(iter([rows.failed(message)])))
    try:
        async for piece in pieces:
            if isinstance(piece, bytes):
                yield piece
                return
            if first:
                rows.id = reply.id
                yield sent(rows.begun())
                first = False
            if piece:
                yield sent(iter([rows.delta(piece)]))
        yield sent(rows.ended(reply.text.text, reply.text.citations, await reply.usage()))
    finally:
        await pieces.aclose()


# What both have in common ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ChatReply:
    """One answer as a text that grows."""

    desk: WebDesk
    caller: Caller
    request: AskRequest
    sent: list[str]
    base: str
    parent: str = ""
    keep: bool = False
    text: MarkedText = field(init=False)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        self.text = MarkedText(lambda article: f"{self.base}/articles/{quote(article, safe='')}")

    async def pieces(self, error: Callable[[str], bytes]) -> AsyncGenerator[str | bytes, None]:
        """Its parts as they come, the first of them empty; once something was sent, a failure is bytes and the last."""
        events = self.desk.ask(self.request, self.caller, parent=self.parent, keep=self.keep, id=self.id)
        begun = False
        try:
            async for event in events:
                match event.data:
                    case Source():
                        self.text.source(event.data)
                    case Sentence():
                        yield self.text.sentence(event.data)
                    case Answer():
                        yield self.text.end(event.data)
                    case str():
                        yield ""
                begun = True
        except (Refused, DragomanError) as failed:
            if not begun:
                raise
            yield error(of_error(failed).detail)
        finally:
            await events.aclose()

    async def finished(self) -> Answer:
        """The Answer, its text complete."""
        answer = await self.desk.answer(self.request, self.caller, parent=self.parent, keep=self.keep, id=self.id)
        for source in answer.sources:
            self.text.source(source)
        for sentence in answer.sentences:
            self.text.sentence(sentence)
        self.text.end(answer)
        return answer

    async def usage(self) -> Usage:
        sent, back = await asyncio.to_thread(lambda: (sum(count(self.sent)), count([self.text.text])[0]))
        return Usage(sent, back)


def base_of(request: Request) -> str:
    """The address of this server as the client knows it."""
    return str(request.base_url).rstrip("/")
