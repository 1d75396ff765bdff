"""What the server is watched by: is it alive, can it answer, how much of what."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends
from fastapi.requests import Request
from fastapi.responses import Response

from bot.rendering.answer_text import dumps
from bot.web.desk import WebDesk
from index.errors import DragomanError

router = APIRouter(tags=["watch"])


def _desk(request: Request) -> WebDesk:
    return cast(WebDesk, request.app.state.desk)


@router.get("/healthz")
async def healthz() -> Response:
    """Alive: the process takes requests."""
    return Response(dumps({"status": "ok"}), media_type="application/json")


@router.get("/readyz")
async def readyz(desk: Annotated[WebDesk, Depends(_desk)]) -> Response:
    """Ready: the library is read, its model is loaded and fits it, and there is something to ask. 503 until then."""

    def check() -> str:
        try:
            if desk.bot.index.empty:
                return "empty"
            if not desk.loaded:
                desk.bot.index.search("news", k=1)
                desk.loaded = True
        except DragomanError:
            return "failing"
        return "ok"

    status = await desk.run(check)
    return Response(dumps({"status": status}), 200 if status == "ok" else 503, media_type="application/json")


@router.get("/metrics")
async def metrics(desk: Annotated[WebDesk, Depends(_desk)]) -> Response:
    """Counters and gauges, in the text format of Prometheus."""
    return Response(await desk.run(desk.metrics.text), media_type=desk.metrics.content_type)
