"""/mcp beside the rest, where the extra `mcp` is installed: the same callers, the same workers."""

from __future__ import annotations

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

    def within(request: Any, scope: Scope) -> Scope:
        try:
            return desk.within(_caller(request), scope)
        except Refused as refused:
            raise Denied(refused.detail) from None

    async def run(job: Any) -> Any:
        try:
            return await desk.run(job)
        except Refused as refused:
            raise Denied(refused.detail) from None

    async def answer(request: Any, asked: AskRequest) -> Answer:
        try:
            return await desk.answer(asked, _caller(request))
        except Refused as refused:
            raise Denied(refused.detail) from None

    routes, running = http(desk.bot, Reach(run, answer, within, lambda request: _caller(request).allowed is None))
    app.router.routes.extend(routes)
    app.state.running = [running]
    return True


def _caller(request: Any) -> Caller:
    return cast(Caller, request.scope["caller"])
