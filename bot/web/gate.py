"""What every request passes before a route sees it: host, token, rate, size. And what every response carries: headers that
keep a browser from letting anything in it act.

ASGI, not a framework's middleware: a stream goes through as it comes, and a client that hangs up is noticed behind it.
"""

from __future__ import annotations

import logging
import re
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.monitoring.logs import FACTS
from bot.settings.http import host_fits
from bot.web import access
from bot.web.access import Caller
from bot.web.desk import WebDesk
from bot.web.problems import Refused, problem

log = logging.getLogger("dragoman.http")
BODY = 2_000_000  # bytes of a request
COOKIE = "dragoman"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Gate:
    """The application behind its door."""

    def __init__(self, app: ASGIApp, desk: WebDesk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = scope["method"]
        if method == "HEAD" and path_of(scope) != "/mcp":  # there a GET is a stream without an end
            scope = {**scope, "method": "GET"}  # the server sends the headers alone: it goes by what was asked
        begun, status = time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._through(scope, receive, sent)
        finally:
            route = getattr(scope.get("route"), "path", "")
            self.desk.metrics.requested(route, status)
            seconds = round(time.perf_counter() - begun, 4)
            facts = {"method": method, "route": route, "status": status, "seconds": seconds}
            log.debug("request", extra={FACTS: facts})

    async def _through(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        try:
            self._host(headers)
            _origin(scope["method"], headers)
            scope["caller"] = self._caller(scope, headers)
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > BODY:
                raise _too_long()
            await self.app(scope, _limited(receive), send)
        except Refused as refused:
            response: Response = problem(refused, path_of(scope))
            if refused.status == 401 and "text/html" in headers.get("accept", ""):
                response = RedirectResponse(f"{scope.get('root_path', '')}/login?to={quote(path_of(scope))}", 303)
            await response(scope, receive, send)

    def _host(self, headers: Headers) -> None:
        host = headers.get("host", "")
        if not host_fits(host, self.desk.settings.hosts):
            hint = "Start it with --name, or list the name in [http] hosts."
            raise Refused(421, f"This server does not know the name '{host[:80]}'. {hint}")

    def _caller(self, scope: Scope, headers: Headers) -> Caller:
        settings, path = self.desk.settings, path_of(scope)
        who = access.caller(settings, access.bearer(headers.get("authorization", "")), _cookie(headers))
        if who is None:
            if path in access.PUBLIC or path.startswith("/static/"):
                return Caller(allowed=access.NOTHING)
            if headers.get("authorization") and (wait := self.desk.guesses.take((scope.get("client") or ("", 0))[0])):
                raise _too_often(wait)
            raise Refused(
                401, "A token is needed: send it as 'Authorization: Bearer TOKEN', or log in at /login.",
                {"WWW-Authenticate": 'Bearer realm="dragoman"'},
            )  # fmt: skip
        if settings.tokens and not path.startswith("/static/") and (wait := self.desk.rate.take(who.name)):
            raise _too_often(wait)
        return who


def path_of(scope: Scope) -> str:
    """The path of a request without that under which a proxy shows the server."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


def _origin(method: str, headers: Headers) -> None:
    """A page of another site may not make a browser send something in its user's name."""
    if method not in ("GET", "HEAD") and headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise Refused(403, "Another site's page sent this. Programs may, without the header Sec-Fetch-Site; pages may not.")


def _cookie(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel and re.fullmatch("[0-9a-f]{64}", morsel.value) else ""


def _limited(receive: Receive) -> Receive:
    """The same messages; Refused where they are more than BODY bytes together."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > BODY:
            raise _too_long()
        return message

    return limited


def _too_long() -> Refused:
    return Refused(413, f"A request may have {BODY:,} bytes. Send less.", {"Connection": "close"})


def _too_often(seconds: float) -> Refused:
    wait = str(int(seconds) + 1)
    return Refused(429, f"Too many requests. Try again in {wait} seconds.", {"Retry-After": wait})
