"""`dragoman serve`: the application under uvicorn, until it is told to end."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from bot.monitoring import systemd
from bot.monitoring.monitor import Monitor
from bot.settings.http import HttpSettings
from bot.state.opening import open_state
from bot.web.app import make_app
from bot.web.desk import WebDesk
from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.bot import Bot

GRACE = 10  # seconds that running answers get when the server is told to end
PATIENCE = 10.0  # seconds in which the event loop has to come round


def run(bot: Bot, settings: HttpSettings, monitor: Monitor) -> int:
    """Serve until SIGTERM or SIGINT. The exit code; LibraryError if nothing can be kept in the library's folder,
    SettingsError if it cannot listen there."""
    try_to_listen(settings.host, settings.port)
    state = open_state(bot.index.folder)
    try:
        server = make_server(WebDesk(bot, state, settings, monitor))
        signal.signal(signal.SIGTERM, server.handle_exit)  # uvicorn raises it again when it has ended: nothing may die of it
        with systemd.watchdog(server.alive):
            server.run()
    except SystemExit:  # another process was faster; the log says so
        return 1
    finally:
        state.close()
    return 0 if server.started else 1


def try_to_listen(host: str, port: int) -> None:
    """SettingsError where nothing can listen: the port is taken, or the address is not this machine's."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        number = error.errno or 0  # below 0: of the look-up of a name
        free = "choose another with --port" if number in (errno.EADDRINUSE, errno.EACCES) else "check --host"
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        why = os.strerror(number) if number > 0 else error.strerror
        raise SettingsError(f"{where}: cannot listen there ({why}); {free}") from None


class NewsServer(uvicorn.Server):
    """uvicorn, which tells systemd when it listens, when it ends, and that it is alive."""

    def __init__(self, config: uvicorn.Config, desk: WebDesk) -> None:
        super().__init__(config)
        self.desk = desk
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            systemd.notify("READY=1", "STATUS=answering over HTTP")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        systemd.notify("STOPPING=1")
        await super().shutdown(sockets)
        self.desk.health.close()

    def alive(self) -> bool:
        """Whether the event loop comes round, and the library is read. Called by another thread."""
        if self._loop is None:
            return False
        came_round = threading.Event()
        with suppress(RuntimeError):  # it is closed
            self._loop.call_soon_threadsafe(came_round.set)
        return came_round.wait(PATIENCE) and self.desk.health.answers()


def make_server(desk: WebDesk) -> NewsServer:
    """The server, not yet started. Forwarded headers are believed from the addresses of the settings alone."""
    settings = desk.settings
    config = uvicorn.Config(
        make_app(desk), host=settings.host, port=settings.port, root_path=settings.root_path,
        proxy_headers=bool(settings.forwarded_from), forwarded_allow_ips=list(settings.forwarded_from),
        log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE, ws="none",
        timeout_keep_alive=30, limit_concurrency=None, h11_max_incomplete_event_size=64_000,
    )  # fmt: skip
    return NewsServer(config, desk)
