"""What the server is watched by: is it alive, can it answer, how much of what."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.monitoring.health import READY
from bot.web.api import CallerHere, DeskHere, json_response

router = APIRouter(tags=["watch"])


@router.get("/healthz")
async def healthz() -> Response:
    """Alive: the process takes requests."""
    return json_response({"status": "ok"})


@router.get("/readyz")
async def readyz(desk: DeskHere, caller: CallerHere) -> Response:
    """Ready: the library is read, its model is loaded and fits it, and there is something to ask. 503 until then.

    Whoever may see everything sees each check, also of what is behind: feeds, briefings, the queue, a Chroma server.
    """
    status, checks = await desk.run(desk.health.report)
    row = {"status": status, **(checks if caller.allowed is None else {})}
    return json_response(row, 200 if status in READY else 503)


@router.get("/metrics")
async def metrics(desk: DeskHere) -> Response:
    """Counters and gauges, in the text format of Prometheus."""
    return Response(await desk.run(desk.metrics.text), media_type=desk.metrics.content_type)
