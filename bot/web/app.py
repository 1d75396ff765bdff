"""The application: routes, what becomes of errors, and the gate before all of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from typing import cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.requests import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from bot.web import api, chat_protocol, lookup_pages, pages, watch
from bot.web.agents import add_agents
from bot.web.desk import WebDesk
from bot.web.gate import Gate, path_of
from bot.web.html import problem_page
from bot.web.problems import NO_JSON, Refused, of_error, of_validation, problem
from index.errors import DragomanError

log = logging.getLogger("dragoman.http")
ABOUT = "Ask the news in your language; every sentence of the answer names the passage it stands on. Schema 1, as `--json`."


def make_app(desk: WebDesk) -> FastAPI:
    """The server of a desk, as ASGI."""
    app = FastAPI(
        title="Dragoman", version=version("dragoman"), description=ABOUT,
        docs_url=None, redoc_url=None, lifespan=_lifespan, separate_input_output_schemas=False,
    )  # fmt: skip
    app.state.desk = desk
    for router in (api.router, chat_protocol.router, watch.router, pages.router, lookup_pages.router):
        app.include_router(router)
    add_agents(app, desk)
    app.mount("/static", StaticFiles(packages=[("bot.web", "static")]))
    handlers: list[tuple[type[Exception], Callable[[Request, Exception], Response]]] = [
        (Refused, lambda request, error: _told(request, cast(Refused, error))),
        (DragomanError, _of_library),
        (RequestValidationError, _of_schema),
        (HTTPException, _of_framework),
        (Exception, _of_anything),
    ]
    for kind, handler in handlers:
        app.add_exception_handler(kind, handler)
    app.add_middleware(Gate, desk=desk)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for enter in getattr(app.state, "running", ()):
            await stack.enter_async_context(enter())
        yield
        app.state.desk.workers.close()


def _of_schema(request: Request, error: Exception) -> Response:
    kind = request.headers.get("content-type", "")
    return _told(request, of_validation(cast(RequestValidationError, error).errors(), kind))


def _of_library(request: Request, error: Exception) -> Response:
    log.error("library: %s", error)
    return _told(request, of_error(cast(DragomanError, error)))


def _of_framework(request: Request, error: Exception) -> Response:
    refused = cast(HTTPException, error)
    detail = {
        400: NO_JSON.format(where=""),  # of a body that cannot even be decoded, or is nested too deeply
        404: "There is nothing at this address. See /docs.",
        405: "This address takes another method. See /docs.",
    }
    said = detail.get(refused.status_code, str(refused.detail))
    return _told(request, Refused(refused.status_code, said, refused.headers))


def _of_anything(request: Request, error: Exception) -> Response:
    log.error("%s: a request failed", type(error).__name__, exc_info=error)
    failed = Refused(500, "Something went wrong here. The people who run this server find the reason in its log.")
    return _told(request, failed)


def _told(request: Request, refused: Refused) -> Response:
    """A page for a browser, a problem for a program."""
    path = path_of(request.scope)
    if "text/html" in request.headers.get("accept", "") and not path.startswith("/v1/"):
        return problem_page(request, refused)
    return problem(refused, path)
