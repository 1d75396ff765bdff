"""What the server is watched by: is it alive, can it answer, how much of what."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.api import DeskHere, json_response
from index.errors import DragomanError

router = APIRouter(tags=["watch"])


@router.get("/healthz")
async def healthz() -> Response:
    """Alive: the process takes requests."""
    return json_response({"status": "ok"})


@router.get("/readyz")
async def readyz(desk: DeskHere) -> Response:
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
    return json_response({"status": status}, 200 if status == "ok" else 503)


@router.get("/metrics")
async def metrics(desk: DeskHere) -> Response:
    """Counters and gauges, in the text format of Prometheus."""
    return Response(await desk.run(desk.metrics.text), media_type=desk.metrics.content_type)
