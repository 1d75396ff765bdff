"""A Slack on loopback: Web API, streaming, Socket Mode, response_url, and the ways they fail. The double at the network's edge.

What it takes Slack to do, and where that is from ("assumed" where nobody has written it down):

1.  Every method answers HTTP 200 with {"ok": false, "error": …} when it refuses, 429 with Retry-After when limited.
    docs.slack.dev
2.  startStream makes a message in a thread; appendStream adds to it; stopStream adds, puts blocks below and ends it.
    docs.slack.dev
3.  recipient_team_id and recipient_user_id are required when a stream goes to a channel.  docs.slack.dev, startStream; the
    error's name `missing_recipient_team_id` is assumed.
4.  Append and stop on a message that is not (or no longer) a stream: message_not_in_streaming_state.
    python-slack-sdk issue 1859
5.  Streams expire by themselves after about five minutes.  same issue; here when the test says so
6.  chat.update on a message that is still streaming is refused: streaming_state_conflict.  assumed, the stricter way
7.  All Markdown of one payload together: 12,000 characters, else msg_blocks_too_long.  markdown block page; bolt-js issue 2509;
    that characters, and not bytes, are counted is assumed
8.  section 3,000, header 150, 50 blocks: invalid_blocks.  docs.slack.dev and slack_sdk's validators
9.  A stop button ends the app's streams before agent_session_stopped is sent, and lists them.  docs.slack.dev, page of that
    event
10. Events are acknowledged by envelope_id; what is not acknowledged comes again, with retry_attempt.  docs.slack.dev
11. One socket of several gets an event; a `disconnect` frame asks for a new connection.  docs.slack.dev
12. A message that mentions the app arrives twice, as app_mention and as message.channels, with different event ids and one ts,
    where the history scope is granted.  bolt-python issue 1206
13. A redelivered slash command keeps its trigger_id.  assumed
14. A 5xx or a lost connection may come before or after the work was done.  assumed; tests do both
15. The ts of a message orders it, and is a string of seconds with six decimals.  docs.slack.dev
16. conversations.replies needs channels:history (im:history in a DM), lists the parent first, and takes `oldest`.
    docs.slack.dev; that our own message is in it as soon as it was made is assumed
17. An auth.test reply names the token's scopes in x-oauth-scopes.  docs.slack.dev
18. A post to a response_url takes thread_ts and blocks of type markdown.  assumed
19. A file's private address takes the bot's token, and redirects to a login without it.  docs.slack.dev, file object
20. users.info names guests by is_restricted and is_ultra_restricted; events from another organisation carry user_team.
    docs.slack.dev
21. Markdown in markdown_text follows CommonMark: backslash escapes, entities, and [[1]](address) as a link.  assumed; nothing
    here renders it, the tests look at what is sent
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

Json = dict[str, object]
TEAM, BOT, BOT_ID, APP = "T0TEAM", "U0BOT", "B0BOT", "A0APP"
SCOPES = (
    "app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,files:read,groups:history,groups:read,"
    "im:history,usergroups:read,users:read"
)
BOT_TOKEN, APP_TOKEN = "xoxb-test-token", "xapp-test-token"
WAIT = 20.0  # seconds after which a test gives up


@dataclass
class Message:
    """One message as people see it."""

    channel: str
    ts: str
    thread: str
    user: str
    text: str = ""  # Markdown streamed or of a markdown block, else the text field
    blocks: list[Json] = field(default_factory=list)
    streaming: bool = False
    only_for: str = ""  # ephemeral


@dataclass
class Fault:
    """What happens instead of a reply: an HTTP status, "drop" (the connection closes) or an error code of Slack's."""

    what: int | str
    retry_after: int = 1
    done: bool = False  # whether the work is done all the same


class FakeSlack:
    """Started by `serving`. Everything it saw is in `calls` and `messages`; `wait` blocks until something is true."""

    def __init__(self, began: int = 1_700_000_000) -> None:
        """`began`: the second in which everything is written here."""
        self.url = ""
        self.scopes = SCOPES
        self.app_scope = True
        self.manifest: Json = {}
        self.calls: list[tuple[str, Json]] = []
        self.messages: dict[tuple[str, str], Message] = {}
        self.faults: dict[str, deque[Fault]] = {}
        self.accounts: dict[str, Json] = {}  # user -> what users.info says of the account
        self.groups: dict[str, list[str]] = {}  # user group -> members
        self.files: dict[str, bytes] = {}  # name -> what is at its private address
        self.homes: dict[str, Json] = {}  # user -> home tab
        self.acks: dict[str, Json] = {}  # envelope_id -> payload of the acknowledgement
        self.acked: list[str] = []
        self.connections = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self.began = began
        self._ids = 0

    # For tests

    def reset(self) -> None:
        """Forget everything but the connections; time goes on."""
        self.wait(lambda: not self.calls_open, "quiet")
        with self._changed:
            self.calls.clear()
            self.messages.clear()
            self.faults.clear()
            self.scopes = SCOPES

    def wait(self, true: Callable[[], object], what: str = "the condition") -> None:
        """Until it is true; looked at when something arrives here, and now and then for what the bot does by itself."""
        end = time.monotonic() + WAIT
        with self._changed:
            while not true():
                assert time.monotonic() < end, f"{what} did not come true"
                self._changed.wait(0.05)

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of a method fail so, one after another."""
        self.faults.setdefault(method, deque()).extend(faults)

    def expire_streams(self) -> None:
        with self._changed:
            for message in self.messages.values():
                message.streaming = False

    def post(self, channel: str, text: str, user: str = "U0ANN", thread: str = "") -> str:
        """A person writes; the ts. No event is sent."""
        with self._changed:
            ts = self._ts()
            self.messages[channel, ts] = Message(channel, ts, thread or ts, user, text)
            return ts

    def say(self, channel: str, text: str, user: str = "U0ANN", thread: str = "", kind: str = "", **more: object) -> str:
        """A person writes, and the app is told; the ts. Mentions come as app_mention, everything else as message."""
        ts = self.post(channel, text, user, thread)
        self.event(self.message_event(channel, ts, text, user, thread, kind, **more))
        return ts

    @staticmethod
    def message_event(channel: str, ts: str, text: str, user: str, thread: str = "", kind: str = "", **more: object) -> Json:
        kind = kind or ("app_mention" if f"<@{BOT}>" in text and not channel.startswith("D") else "message")
        event: Json = {"type": kind, "channel": channel, "ts": ts, "event_ts": ts, "text": text, "user": user}
        if kind == "message":
            event["channel_type"] = "im" if channel.startswith("D") else "channel"
        return event | ({"thread_ts": thread} if thread else {}) | more

    def event(self, event: Json, *, retry: int = 0, event_id: str = "", team: str = TEAM) -> str:
        """Deliver an event and wait for its acknowledgement; the envelope id."""
        body = {"type": "event_callback", "team_id": team, "api_app_id": APP, "event": event, "event_id": event_id or self._id("Ev"),
                "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}]}  # fmt: skip
        return self.deliver("events_api", body, retry=retry)

    def slash(self, text: str, channel: str = "C0NEWS", user: str = "U0ANN", trigger: str = "") -> str:
        body = {"type": "slash_commands", "command": "/dragoman", "text": text, "team_id": TEAM, "channel_id": channel, "user_id": user,
                "trigger_id": trigger or self._id("13."), "response_url": self._response_url(channel, user), "api_app_id": APP}  # fmt: skip
        return self.deliver("slash_commands", body)

    def click(self, message: Message, action: str, value: str = "", user: str = "U0ANN", channel: str = "") -> str:
        """Press a button below a message, with the value that it has there."""
        channel = channel or message.channel
        body = {"type": "block_actions", "team": {"id": TEAM, "domain": "desk"}, "user": {"id": user, "team_id": TEAM}, "api_app_id": APP,
                "channel": {"id": channel}, "container": {"type": "message", "message_ts": message.ts, "channel_id": channel},
                "response_url": self._response_url(channel, user, message.thread), "trigger_id": self._id("13."),
                "actions": [{"type": "button", "action_id": action, "block_id": "b", "action_ts": self._ts(),
                             "value": value or values(message.blocks)[action]}]}  # fmt: skip
        return self.deliver("interactive", body)

    def shortcut(self, message: Message, callback: str, user: str = "U0ANN") -> str:
        body = {"type": "message_action", "callback_id": callback, "team": {"id": TEAM}, "user": {"id": user}, "api_app_id": APP,
                "channel": {"id": message.channel}, "message": {"text": message.text, "ts": message.ts, "user": message.user},
                "message_ts": message.ts, "trigger_id": self._id("13."), "action_ts": self._ts(),
                "response_url": self._response_url(message.channel, user, message.thread)}  # fmt: skip
        return self.deliver("interactive", body)

    def deliver(self, kind: str, body: Json, *, retry: int = 0, envelope: str = "") -> str:
        envelope = envelope or self._id("env-")
        frame: Json = {"type": kind, "envelope_id": envelope, "payload": body, "accepts_response_payload": kind != "events_api"}
        if kind == "events_api":
            frame |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        before = self.acked.count(envelope)
        self.send(frame)
        self.wait(lambda: self.acked.count(envelope) > before, "the acknowledgement")
        return envelope

    def send(self, frame: Json) -> None:
        self.wait(lambda: self._sockets, "a connection")
        socket = self._sockets[-1]
        asyncio.run_coroutine_threadsafe(socket.send_str(json.dumps(frame)), self._loop).result(WAIT)

    def disconnect(self) -> None:
        """Ask for a new connection, and wait for it."""
        before = self.connections
        self.send({"type": "disconnect", "reason": "refresh_requested"})
        self.wait(lambda: self.connections > before, "the new connection")

    def from_bot(self, channel: str = "", thread: str = "") -> list[Message]:
        """What the bot has shown, oldest first."""
        with self._changed:
            found = [
                m for m in self.messages.values() if m.user == BOT and channel in ("", m.channel) and thread in ("", m.thread)
            ]
        return sorted(found, key=lambda m: m.ts)

    def answered(self, channel: str = "", thread: str = "", count: int = 1) -> list[Message]:
        """Wait until the bot has that many complete messages there."""

        def complete() -> list[Message]:
            return [m for m in self.from_bot(channel, thread) if not m.streaming]

        self.wait(
            lambda: len(complete()) >= count and not self.calls_open, f"{count} complete message(s) in {channel} {thread}"
        )
        return complete()

    calls_open = 0  # requests being handled

    def count(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)

    # The server

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            arguments = json.loads(await request.text() or "{}")
        else:
            arguments = {**request.query, **(await request.post())}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.get("token", "")
        with self._changed:
            self.calls.append((method, arguments))
            waiting = self.faults.get(method)
            fault = waiting.popleft() if waiting else None
            known = token in (BOT_TOKEN, APP_TOKEN, "xoxe.test")
            reply: Json = {"ok": False, "error": "invalid_auth"}
            if known and (fault is None or fault.done):
                reply = self._do(method, arguments, token)
            self._changed.notify_all()
        if fault is not None:
            if fault.what == "drop":
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            if fault.what == 429:
                limited = {"Retry-After": str(fault.retry_after)}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=limited)
            if isinstance(fault.what, int):
                return web.Response(status=fault.what, text="<html>upstream error</html>")
            reply = {"ok": False, "error": fault.what}
        return web.json_response(reply, headers={"x-oauth-scopes": self.scopes} if known else {})

    def _do(self, method: str, a: Json, token: str) -> Json:
        """One method's work, under the lock."""
        handler = getattr(self, "_" + method.replace(".", "_"), None)
        if handler is None:
            return {"ok": False, "error": "unknown_method"}
        if method.startswith("apps.connections") and not (token == APP_TOKEN and self.app_scope):
            return {"ok": False, "error": "missing_scope" if token == APP_TOKEN else "not_allowed_token_type"}
        reply: Json = handler(a)
        return reply if "error" in reply else {"ok": True, **reply}

    def _auth_test(self, a: Json) -> Json:
        return {
            "team_id": TEAM,
            "team": "Desk",
            "user_id": BOT,
            "user": "dragoman",
            "bot_id": BOT_ID,
            "url": "https://desk.slack.example/",
        }

    def _bots_info(self, a: Json) -> Json:
        return {"bot": {"id": BOT_ID, "app_id": APP}}

    def _apps_manifest_export(self, a: Json) -> Json:
        return {"manifest": self.manifest}

    def _apps_connections_open(self, a: Json) -> Json:
        return {"url": self.url.replace("http:", "ws:").replace("/api/", "/socket?ticket=secret-ticket")}

    def _assistant_threads_setStatus(self, a: Json) -> Json:
        return {}

    def _assistant_threads_setSuggestedPrompts(self, a: Json) -> Json:
        return {}

    def _agents_sessions_setStatus(self, a: Json) -> Json:
        return {}

    def _views_publish(self, a: Json) -> Json:
        view = a["view"]
        assert isinstance(view, dict)
        self.homes[str(a["user_id"])] = view
        return {}

    def _users_info(self, a: Json) -> Json:
        return {"user": {"id": a["user"], **self.accounts.get(str(a["user"]), {})}}

    def _usergroups_users_list(self, a: Json) -> Json:
        group = str(a["usergroup"])
        return {"users": self.groups[group]} if group in self.groups else {"error": "no_such_subteam"}

    def _chat_startStream(self, a: Json) -> Json:
        channel, thread = str(a.get("channel")), a.get("thread_ts")
        if not thread:
            return {"error": "missing_thread_ts"}
        if not channel.startswith("D") and not (a.get("recipient_team_id") and a.get("recipient_user_id")):
            return {"error": "missing_recipient_team_id"}
        message = Message(channel, self._ts(), str(thread), BOT, str(a.get("markdown_text") or ""), streaming=True)
        if problem := too_long(message.text, []):
            return {"error": problem}
        self.messages[channel, message.ts] = message
        return {"channel": channel, "ts": message.ts}

    def _chat_appendStream(self, a: Json) -> Json:
        message = self.messages.get((str(a.get("channel")), str(a.get("ts"))))
        if message is None or not message.streaming:
            return {"error": "message_not_in_streaming_state"}
        text = message.text + str(a.get("markdown_text") or "")
        if problem := too_long(text, []):
            return {"error": problem}
        message.text = text
        return {"channel": message.channel, "ts": message.ts}

    def _chat_stopStream(self, a: Json) -> Json:
        message = self.messages.get((str(a.get("channel")), str(a.get("ts"))))
        if message is None or not message.streaming:
            return {"error": "message_not_in_streaming_state"}
        text, below = message.text + str(a.get("markdown_text") or ""), a.get("blocks") or []
        assert isinstance(below, list)
        if problem := too_long(text, below):
            return {"error": problem}
        message.text, message.blocks, message.streaming = text, below, False
        return {"channel": message.channel, "ts": message.ts}

    def _chat_postMessage(self, a: Json) -> Json:
        return self._put(Message(str(a["channel"]), self._ts(), "", BOT), a)

    def _chat_postEphemeral(self, a: Json) -> Json:
        return self._put(Message(str(a["channel"]), self._ts(), "", BOT, only_for=str(a["user"])), a)

    def _chat_update(self, a: Json) -> Json:
        message = self.messages.get((str(a.get("channel")), str(a.get("ts"))))
        if message is None:
            return {"error": "message_not_found"}
        if message.streaming:
            return {"error": "streaming_state_conflict"}
        return self._put(message, a | {"thread_ts": message.thread})

    def _put(self, message: Message, a: Json) -> Json:
        """Take text and blocks as posted: Markdown blocks are the text, the others stand below."""
        all_blocks = a.get("blocks") or []
        assert isinstance(all_blocks, list)
        written = [str(block["text"]) for block in all_blocks if block["type"] == "markdown"]
        below = [block for block in all_blocks if block["type"] != "markdown"]
        text = "\n\n".join(written) if all_blocks else str(a.get("text") or "")
        if problem := too_long(text, all_blocks):
            return {"error": problem}
        message.text, message.blocks, message.thread = text, below, str(a.get("thread_ts") or message.ts)
        self.messages[message.channel, message.ts] = message
        return {"channel": message.channel, "ts": message.ts}

    def _conversations_replies(self, a: Json) -> Json:
        channel, thread, oldest = str(a["channel"]), str(a["ts"]), str(a.get("oldest") or "0")
        needed = "im:history" if channel.startswith("D") else "channels:history"
        if needed not in self.scopes.split(","):
            return {"error": "missing_scope", "needed": needed, "provided": self.scopes}
        found = [m for m in self.messages.values() if m.channel == channel and m.thread == thread and not m.only_for]
        rows = [
            {"ts": m.ts, "user": m.user, "text": m.text}
            for m in sorted(found, key=lambda m: m.ts)
            if m.ts > oldest or m.ts == thread
        ]
        return {"messages": rows}

    def shared_file(self, name: str, data: bytes) -> Json:
        """A file at Slack, as an event lists it."""
        self.files[name] = data
        return {"name": name, "size": len(data), "url_private_download": self.url.replace("/api/", f"/files/{name}")}

    async def _file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(status=302, headers={"Location": "https://slack.example/login"})
        return web.Response(body=self.files[request.match_info["name"]])

    async def _respond(self, request: web.Request) -> web.Response:
        channel, user, thread = (request.match_info[name] for name in ("channel", "user", "thread"))
        body = await request.json()
        with self._changed:
            self.calls.append(("response_url", body))
            waiting = self.faults.get("response_url")
            if waiting:
                self._changed.notify_all()
                return web.Response(status=int(waiting.popleft().what))
            only_for = "" if body.get("response_type") == "in_channel" else user
            in_thread = {} if thread == "-" else {"thread_ts": thread}
            self._put(Message(channel, self._ts(), "", BOT, only_for=only_for), in_thread | body)
            self._changed.notify_all()
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}}))
        with self._changed:
            self._sockets.append(socket)
            self.connections += 1
            self._changed.notify_all()
        async for frame in socket:
            if frame.type == WSMsgType.TEXT and frame.data.startswith("{"):
                reply = json.loads(frame.data)
                with self._changed:
                    self.acked.append(reply["envelope_id"])
                    self.acks[reply["envelope_id"]] = reply.get("payload") or {}
                    self._changed.notify_all()
        with self._changed:
            self._sockets.remove(socket)
            self._changed.notify_all()
        return socket

    def _response_url(self, channel: str, user: str, thread: str = "") -> str:
        return self.url.replace("/api/", f"/respond/{channel}/{user}/{thread or '-'}")

    def _ts(self) -> str:
        self._ids += 1
        return f"{self.began}.{self._ids:06}"

    def _id(self, prefix: str) -> str:
        self._ids += 1
        return f"{prefix}{self.began}{self._ids:06}"

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        @web.middleware
        async def counting(request: web.Request, handler: Callable[[web.Request], object]) -> web.StreamResponse:
            with self._changed:
                self.calls_open += 1
            try:
                return await handler(request)  # type: ignore[misc]
            finally:
                with self._changed:
                    self.calls_open -= 1
                    self._changed.notify_all()

        async def start() -> web.AppRunner:
            app = web.Application(client_max_size=4_000_000)
            app.add_routes([web.get("/socket", self._socket), web.post("/respond/{channel}/{user}/{thread}", self._respond)])
            app.add_routes([web.get("/files/{name}", self._file)])
            api = web.Application(middlewares=[counting])
            api.add_routes([web.route("*", "/{method}", self._method)])
            app.add_subapp("/api/", api)
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
            return runner

        runner = self._loop.run_until_complete(start())
        ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    def _stop(self) -> None:
        for socket in list(self._sockets):
            asyncio.run_coroutine_threadsafe(socket.close(), self._loop)
        self._loop.call_soon_threadsafe(self._loop.stop)


@contextmanager
def serving(began: int = 1_700_000_000) -> Iterator[FakeSlack]:
    """The server, for the length of a `with`; `began`: the second in which everything is written there."""
    slack, ready = FakeSlack(began), threading.Event()
    thread = threading.Thread(target=slack._run, args=(ready,), daemon=True)
    thread.start()
    assert ready.wait(WAIT)
    try:
        yield slack
    finally:
        slack._stop()
        thread.join(WAIT)


def too_long(text: str, blocks: list[Json]) -> str:
    """Slack's error for a payload that breaks a limit, or ""."""
    written = text if not any(block["type"] == "markdown" for block in blocks) else ""
    if len(written) + sum(len(piece) for piece in strings(blocks)) > 12_000:
        return "msg_blocks_too_long"
    if len(blocks) > 50:
        return "invalid_blocks"
    for block in blocks:
        limit = {"section": 3000, "header": 150}.get(str(block["type"]), 12_000)
        if sum(len(piece) for piece in strings(block)) > limit:
            return "invalid_blocks"
    return ""


def strings(value: object) -> Iterator[str]:
    """Every text and address in some blocks."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("text", "url"):
                yield inner
            else:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def values(blocks: object) -> dict[str, str]:
    """Action ids of the buttons in some blocks, with what a click on each sends."""
    found: dict[str, str] = {}
    for block in blocks if isinstance(blocks, list) else []:
        for element in block.get("elements", []):
            if element.get("type") == "button":
                found[element["action_id"]] = element["value"]
            elif element.get("type") == "feedback_buttons":
                found["feedback"] = element["positive_button"]["value"]
    return found
