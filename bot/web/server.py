"""`dragoman serve`: the application under uvicorn, until it is told to end."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from bot.settings.http import HttpSettings
from bot.state.opening import open_state
from bot.web.app import make_app
from bot.web.desk import WebDesk

if TYPE_CHECKING:
    from bot.bot import Bot

GRACE = 10  # seconds that running answers get when the server is told to end
FIELDS = ("method", "route", "status", "seconds")


def run(bot: Bot, settings: HttpSettings, *, log_format: str = "text", verbose: bool = False) -> int:
    """Serve until SIGTERM or SIGINT. The exit code; LibraryError if nothing can be kept in the library's folder."""
    log_to(sys.stderr.write, log_format, verbose=verbose)
    state = open_state(bot.index.folder)
    try:
        server = make_server(WebDesk(bot, state, settings))
        server.run()
    finally:
        state.close()
    return 0 if server.started else 1


def make_server(desk: WebDesk) -> uvicorn.Server:
    """The server, not yet started. Forwarded headers are believed from the addresses of the settings alone."""
    settings = desk.settings
    desk.metrics.gauge("jobs", "Requests that run or wait.", lambda: desk.workers.jobs)
    desk.metrics.gauge("library_articles", "Articles of the library.", lambda: desk.bot.index.extent().articles)
    return uvicorn.Server(
        uvicorn.Config(
            make_app(desk), host=settings.host, port=settings.port, root_path=settings.root_path,
            proxy_headers=bool(settings.forwarded_from), forwarded_allow_ips=list(settings.forwarded_from),
            log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE, ws="none",
            timeout_keep_alive=30, limit_concurrency=None, h11_max_incomplete_event_size=64_000,
        )
    )  # fmt: skip


# Logs ------------------------------------------------------------------------------------------------------------------------


class LogLines(logging.Formatter):
    """A record as one line: time, level, words; or as one JSON object. Questions are not in it."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        more = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        message = record.getMessage()
        if record.exc_info:
            message += " " + self.formatException(record.exc_info).replace("\n", " | ")
        if self.form == "json":
            return json.dumps({"time": at, "level": record.levelname.lower(), "logger": record.name, "message": message} | more)
        return " ".join([at, record.levelname.lower(), message, *(f"{name}={value}" for name, value in more.items())])


def log_to(write: Callable[[str], object], form: str, *, verbose: bool) -> None:
    """Ours and the server's log go to `write`, a line each. `verbose`: also one line a request."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            write(self.format(record) + "\n")

    handler = Handler()
    handler.setFormatter(LogLines(form))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)  # before packages set up one of their own
    for name, level in (("dragoman", logging.INFO if verbose else logging.WARNING), ("uvicorn", logging.INFO)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
