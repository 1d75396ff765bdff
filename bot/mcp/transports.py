"""How agents reach the tools: over a pipe (`dragoman mcp`), or over HTTP beside the rest (`/mcp`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import BaseRoute

from bot.bot import Bot
from bot.mcp.tools import Reach, make_server


def stdio(bot: Bot) -> int:
    """Serve the program at the other end of standard input and output, until it closes them."""
    asyncio.run(make_server(bot).run_stdio_async())
    return 0


def http(bot: Bot, reach: Reach) -> tuple[list[BaseRoute], Callable[[], AbstractAsyncContextManager[None]]]:
    """The route of /mcp, without sessions, and what has to run while it is served. Hosts are checked before it, by the gate."""
    server = make_server(bot, reach)
    app = server.streamable_http_app(
        stateless_http=True, json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )  # fmt: skip
    return list(app.routes), server.session_manager.run
