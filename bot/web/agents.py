"""/mcp beside the rest, where the extra `mcp` is installed: the same callers, the same workers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from bot.records import Answer, AskRequest
from bot.web.access import Caller
from bot.web.desk import WebDesk
from bot.web.problems import Refused
from index.records import Scope

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_agents(app: FastAPI, desk: WebDesk) -> bool:
    """Serve /mcp, too; False where its SDK is not installed."""
    try:
        from bot.mcp.tools import Denied, Reach
        from bot.mcp.transports import http
    except ImportError:
        return False

    @contextmanager
    def denied() -> Iterator[None]:
        """What the server refuses, as the tools hand it on."""
        try:
            yield
        except Refused as refused:
            raise Denied(refused.detail) from None

    def within(request: Any, scope: Scope) -> Scope:
        with denied():
            return desk.within(_caller(request), scope)

    async def run(job: Any) -> Any:
        with denied():
            return await desk.run(job)

    async def answer(request: Any, asked: AskRequest) -> Answer:
        with denied():
            return await desk.answer(asked, _caller(request))

    def whole(request: Any) -> None:
        with denied():
            desk.whole(_caller(request))

    routes, running = http(desk.bot, Reach(run, answer, within, whole))
    app.router.routes.extend(routes)
    app.state.running = [running]
    return True


def _caller(request: Any) -> Caller:
    return cast(Caller, request.scope["caller"])
