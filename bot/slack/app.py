"""`dragoman slack`: with `slack_check` all that knows slack_bolt and slack_sdk. Bolt receives, `slack_desk` does the rest.

Socket Mode needs no public address and is the default; `--http PORT` serves the same handlers, signed, under waitress.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import io
import logging
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.monitoring import logs, systemd
from bot.monitoring.monitor import Monitor, watched
from bot.slack.attachments import LARGEST
from bot.slack.blocks import Json
from bot.slack.desk import SlackDesk
from bot.slack.streaming import Call, Pace, SlackRefused, Unsure
from bot.slack.workers import log
from bot.state.opening import State, open_state
from index.errors import DragomanError, LibraryError, SettingsError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    from bot.bot import Bot
    from bot.settings.slack import SlackSettings

TIMEOUT = 30  # seconds for one call of the Web API
LOOK = 5.0  # seconds after which one looks whether this is still the one bot of its library
FRESH = 300  # seconds for which a signature is good
READING = ("conversations.replies", "users.info", "usergroups.users.list")
BODY = 1_000_000  # bytes of a request over HTTP: Slack's are a few kilobytes


class SlackError(DragomanError):
    """Slack cannot be reached, or does not let the bot in."""


def run(
    bot: Bot,
    settings: SlackSettings,
    *,
    http: str = "",
    ready: Callable[[], None] | None = None,
    pace: Pace | None = None,
    monitor: Monitor | None = None,
) -> int:
    """Serve until SIGTERM or SIGINT; then running answers get `settings.grace` seconds. The exit code.

    `http`: "PORT" or "HOST:PORT" (default host 127.0.0.1) instead of Socket Mode. `ready` is called once questions are taken.
    """
    monitor = monitor or Monitor("slack")

    def begun() -> None:
        systemd.notify("READY=1", "STATUS=answering in Slack")
        if ready:
            ready()

    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with watched(monitor, bot, tuple(settings.beats.values())):
        serve(bot, settings, over, http=http, ready=begun, pace=pace, monitor=monitor)
    return 0


def serve(
    bot: Bot,
    settings: SlackSettings,
    over: threading.Event,
    *,
    http: str = "",
    ready: Callable[[], None] | None = None,
    pace: Pace | None = None,
    monitor: Monitor | None = None,
) -> None:
    """`run` in any thread, until `over` is set. SettingsError, SlackError, Busy."""
    logs.start_unless_begun()
    state = open_state(bot.index.folder)
    with state.conversations.exclusive() as held:
        desk = open_desk(bot, state, settings, pace, monitor)
        desk.start()
        with (_http if http else _socket)(desk, settings, http):
            log.info("ready")
            if ready:
                ready()
            while not over.wait(LOOK) and held():
                pass
            if over.is_set():
                systemd.notify("STOPPING=1")
            log.info("ending: running answers have %g s", settings.grace)
        desk.close(settings.grace)
    state.close()
    if not over.is_set():
        raise LibraryError("the connection that made this the one Slack bot of the library was lost")


def open_desk(
    bot: Bot, state: State, settings: SlackSettings, pace: Pace | None = None, monitor: Monitor | None = None
) -> SlackDesk:
    """The SlackDesk of the app whose token the settings hold. SettingsError without a token, SlackError if Slack refuses it."""
    if not settings.bot_token:
        raise SettingsError("no bot token: set SLACK_BOT_TOKEN (xoxb-…, under OAuth & Permissions of the app)")
    client = web_client(settings)
    try:
        who = client.auth_test()
    except SlackApiError as error:
        raise SlackError(
            f"Slack refused SLACK_BOT_TOKEN: {error.response['error']}. Copy it again from the app's pages."
        ) from None
    except (SlackClientError, OSError, http.client.HTTPException) as error:
        raise SlackError(f"Slack cannot be reached at {settings.api_url} ({type(error).__name__}); try again later.") from None
    home, me = str(who["team_id"]), str(who["user_id"])
    return SlackDesk(
        bot, state, settings, caller(client), respond, me, pace or Pace(), home, downloader(settings),
        monitor or Monitor("slack"),
    )  # fmt: skip


def web_client(settings: SlackSettings, token: str = "") -> WebClient:
    """Nothing is retried by the client: what may be repeated is known where it is called (`slack_stream`)."""
    return WebClient(token or settings.bot_token, base_url=settings.api_url, timeout=TIMEOUT, retry_handlers=[])


def caller(client: WebClient) -> Call:
    """The Web API, its failures sorted into the two that matter."""

    def call(method: str, /, **arguments: object) -> Mapping[str, object]:
        try:
            # What reads takes no JSON body.
            reads = method in READING
            reply = client.api_call(method, params=arguments) if reads else client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise _sorted(error) from None
        except URLError as error:
            refused = isinstance(error.reason, ConnectionRefusedError)
            raise Unsure(f"{method}: {'connection refused' if refused else type(error.reason).__name__}") from None
        except (OSError, http.client.HTTPException, SlackClientError) as error:
            raise Unsure(f"{method}: {type(error).__name__}") from None
        data: Mapping[str, object] = reply.data if isinstance(reply.data, dict) else {}
        return data

    return call


def _sorted(error: SlackApiError) -> SlackRefused | Unsure:
    response: Any = error.response
    status, code = getattr(response, "status_code", 0), str(response.get("error", "") if hasattr(response, "get") else "")
    if status == 429 or code == "ratelimited":
        after = str(getattr(response, "headers", {}).get("Retry-After", "1"))
        return SlackRefused("ratelimited", float(after) if re.fullmatch(r"\d+(\.\d+)?", after) else 1.0)
    if status >= 500 or code in ("internal_error", "fatal_error", "service_unavailable", "request_timeout"):
        return Unsure(f"{code or 'server error'} ({status})")
    return SlackRefused(code if re.fullmatch(r"\w+", code) else f"http_{status}")


def downloader(settings: SlackSettings) -> Callable[[str], bytes]:
    """Fetch a file that was sent: from Slack alone, since the token goes with it, without redirects, up to LARGEST bytes."""
    api = urlsplit(settings.api_url)

    def download(url: str) -> bytes:
        parts = urlsplit(url)
        slack = parts.scheme == "https" and parts.netloc == "files.slack.com"
        if not slack and (parts.scheme, parts.netloc) != (api.scheme, api.netloc):
            raise SlackRefused("not_at_slack")
        request = Request(url, headers={"Authorization": f"Bearer {settings.bot_token}"})
        try:
            with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as reply:
                data: bytes = reply.read(LARGEST + 1)
        except HTTPError as error:
            raise SlackRefused(f"http_{error.code}") from None
        except (OSError, http.client.HTTPException) as error:
            raise Unsure(f"file: {type(error).__name__}") from None
        if len(data) > LARGEST:
            raise SlackRefused("too_large")
        return data

    return download


class _NoRedirect(HTTPRedirectHandler):
    """A redirect of a private address leads to a page for logging in, or away from Slack."""

    def redirect_request(self, *_: object) -> None:
        return None


def respond(url: str, message: Json) -> None:
    """Answer a command or click under its response_url. Refused or Unsure as a call of the Web API."""
    try:
        reply = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[]).send_dict(dict(message))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unsure(f"response_url: {type(error).__name__}") from None
    if reply.status_code >= 500:
        raise Unsure(f"response_url: {reply.status_code}")
    if reply.status_code != 200:
        raise SlackRefused(f"response_url: {reply.status_code}")


# Receiving -------------------------------------------------------------------------------------------------------------------


def make_app(desk: SlackDesk, settings: SlackSettings, *, signed: bool) -> App:
    """Bolt with our handlers. Each acknowledges first, then claims and queues: a few milliseconds on Bolt's thread."""
    app = App(
        client=web_client(settings),
        signing_secret=settings.signing_secret if signed else "none",
        request_verification_enabled=signed,
        raise_error_for_unhandled_request=False,
        logger=logging.getLogger("slack_bolt.app"),
    )

    def message(body: dict[str, Any], event: dict[str, Any]) -> None:
        desk.message(_team(body), event, shared=bool(body.get("is_ext_shared_channel")))

    app.event("app_mention")(message)
    app.event("message")(message)

    @app.event("app_home_opened")
    def opened(event: dict[str, Any]) -> None:
        desk.opened(str(event.get("tab", "")), str(event.get("channel", "")), str(event.get("user", "")))

    @app.event("member_joined_channel")
    def joined(body: dict[str, Any], event: dict[str, Any]) -> None:
        desk.joined(_team(body), str(event.get("channel", "")), str(event.get("user", "")))

    @app.event("agent_session_stopped")
    def stopped(body: dict[str, Any], event: dict[str, Any]) -> None:
        desk.stop(_team(body), str(event.get("channel", "")), str(event.get("thread_ts", "")))

    @app.command("/dragoman")
    def command(ack: Callable[[], None], body: dict[str, Any]) -> None:
        ack()
        desk.command(_team(body), {key: value for key, value in body.items() if isinstance(value, str)})

    @app.shortcut("check_quotes")
    def check_quotes(ack: Callable[[], None], body: dict[str, Any]) -> None:
        ack()
        channel, user = str((body.get("channel") or {}).get("id", "")), str(body["user"]["id"])
        text = str((body.get("message") or {}).get("text", ""))
        desk.check(_team(body), channel, user, str(body.get("response_url", "")), text)

    @app.action("feedback")
    def feedback(ack: Callable[[], None], body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        desk.feedback(str(action.get("value", "")), str(body["user"]["id"]), str(body.get("response_url", "")))

    @app.action(re.compile("^reason_[a-z]+$"))
    def reason(ack: Callable[[], None], body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        why, url = str(action["action_id"]).removeprefix("reason_"), str(body.get("response_url", ""))
        desk.reason(str(action.get("value", "")), str(body["user"]["id"]), why, url)

    @app.action(re.compile("^(passages|narrower|wider|share|human|without_[a-z]+)$"))
    def clicked(ack: Callable[[], None], body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        channel = str((body.get("channel") or {}).get("id", ""))
        who, url = str(body["user"]["id"]), str(body.get("response_url", ""))
        desk.clicked(str(action["action_id"]), str(action.get("value", "")), _team(body), channel, who, url)

    return app


def _team(body: Mapping[str, Any]) -> str:
    """The workspace: a string in events and commands, an object in clicks."""
    team = body.get("team_id") or body.get("team") or ""
    return str(team.get("id", "")) if isinstance(team, dict) else str(team)


class _socket:
    """Connected over Socket Mode while in the `with`."""

    def __init__(self, desk: SlackDesk, settings: SlackSettings, _: str) -> None:
        if not settings.app_token:
            raise SettingsError("no app-level token: set SLACK_APP_TOKEN (xapp-…, with connections:write), or use --http PORT")
        from slack_bolt.adapter.socket_mode import SocketModeHandler

        logger = logging.getLogger("slack_sdk.socket_mode")
        self.handler = SocketModeHandler(make_app(desk, settings, signed=False), settings.app_token, logger=logger)
        self.url = settings.api_url

    def __enter__(self) -> None:
        try:
            self.handler.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            raise SlackError(f"Slack refused SLACK_APP_TOKEN: {error.response['error']}. It needs connections:write.") from None
        except (OSError, http.client.HTTPException, SlackClientError) as error:
            raise SlackError(f"Slack cannot be reached at {self.url} ({type(error).__name__}); try again later.") from None

    def __exit__(self, *_: object) -> None:
        session = self.handler.client.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):  # wakes the reading thread, which close() would wait three seconds for
                session.sock.shutdown(socket.SHUT_RDWR)
        self.handler.close()  # type: ignore[no-untyped-call]


class _http:
    """Listening for signed requests while in the `with`."""

    def __init__(self, desk: SlackDesk, settings: SlackSettings, address: str) -> None:
        if not settings.signing_secret:
            raise SettingsError("no signing secret: set SLACK_SIGNING_SECRET (under Basic Information of the app)")
        from waitress.server import create_server

        host, _, port = address.rpartition(":")
        if not port.isdecimal() or int(port) > 65_535:
            raise SettingsError(f"--http {address}: write a port up to 65535, or host:port")
        app = guarded(make_app(desk, settings, signed=True), settings.signing_secret)
        try:
            self.server = create_server(app, host=host or "127.0.0.1", port=int(port), threads=8, max_request_body_size=BODY)
        except OSError as error:
            raise SettingsError(f"--http {address}: cannot listen there ({error.strerror}); choose another port") from None

        self.over = threading.Event()
        self.thread = threading.Thread(target=self._serve, name="http", daemon=True)

    def _serve(self) -> None:
        # Not server.run(): nothing but a signal in its own thread ends that one.
        while not self.over.is_set():
            self.server.asyncore.loop(timeout=1.0, map=self.server._map, count=1)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.pull_trigger()
        self.thread.join()
        self.server.task_dispatcher.shutdown()
        self.server.close()


def guarded(app: App, secret: str) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """WSGI at /slack/events.

    A timestamp that is no number would be a 500 from slack_sdk's verifier; here it is a 401. So would be a body that is signed
    and not what Slack sends; here it is a 400.
    """
    from slack_bolt.adapter.wsgi import SlackRequestHandler

    handler = SlackRequestHandler(app)

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        stamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        posted = environ.get("REQUEST_METHOD") == "POST" and environ.get("PATH_INFO") == handler.path
        if posted and not (re.fullmatch(r"[0-9]{1,12}", stamp) and re.fullmatch(r"v0=[0-9a-f]{64}", signature)):
            start("401 Unauthorized", [("Content-Type", "text/plain")])
            return [b"invalid signature"]
        if not posted:
            return handler(environ, start)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            return handler(environ, start)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # Bolt reads it before it looks who signed
            made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
            signed = hmac.compare_digest(f"v0={made}", signature) and abs(time.time() - int(stamp)) < FRESH
            start("400 Bad Request" if signed else "401 Unauthorized", [("Content-Type", "text/plain")])
            return [b"invalid body"]

    return serve
