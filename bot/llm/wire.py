"""How servers are reached, and what they send made plain: the reply of any server that claims OpenAI's API -> clean events.

A reply may ignore that a stream was asked for, put its error into a 200, send no choices, content as a list, refusals, tool
calls, or no end at all. What `Events` gives is a stream of text that ends with [DONE], or with one error whose code says how
the reply ended. A server on this machine or network is asked directly, whatever proxy the environment names.
"""

from __future__ import annotations

import ipaddress
import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.llm.failures import ENDED, End
from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

LARGEST = 4_000_000  # bytes of one event, or of a reply that is not streamed
LOCAL_NAMES = (".localhost", ".local", ".docker.internal", ".containers.internal")
SHARED = ipaddress.ip_network("100.64.0.0/10")  # of a private network over others' (Tailscale)


def is_local(address: str) -> bool:
    """Whether the host of an address is this machine or on its own network."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if is_loopback(address) or host.endswith(LOCAL_NAMES):
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and "." not in host  # a name that only this network knows, as in Docker Compose
    return ip.is_private or ip.is_link_local or (ip.version == 4 and ip in SHARED)


def is_loopback(address: str) -> bool:
    """Whether what is sent to an address never leaves this machine."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@cache
def clients(process: int, direct: bool) -> tuple[httpx.Client, httpx.AsyncClient]:
    """HTTP clients for the models of `process`; `direct`: past every proxy. SettingsError names a proxy that cannot be used."""
    import httpx

    options: dict[str, Any] = {"trust_env": not direct, "follow_redirects": True, "headers": {"Accept-Encoding": "identity"}}
    try:
        return httpx.Client(**options), httpx.AsyncClient(**options, event_hooks={"response": [_made_plain]})
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise SettingsError(proxy_trouble(error)) from None


def proxy_trouble(error: Exception) -> str:
    """What to do about a proxy variable that no connection can be made with. Its value may hold a password and is not shown."""
    from urllib.request import getproxies_environment

    proxies = getproxies_environment()
    scheme = next((name for name, value in proxies.items() if value.lower().startswith("socks")), next(iter(proxies), "all"))
    name = f"{scheme.upper()}_PROXY"
    if isinstance(error, ImportError):
        return f"{name} names a SOCKS proxy, which needs one more package; pip install socksio, or unset {name}"
    return f"{name} names a proxy of an unknown kind; write it as http://host:port or socks5://host:port, or unset {name}"


async def _made_plain(response: httpx.Response) -> None:
    """A hook of the client: puts `Events` before a streamed reply is read."""
    request, headers = response.request, response.headers
    if response.status_code != 200 or not request.url.path.endswith("/chat/completions") or "content-encoding" in headers:
        return
    try:
        streamed = json.loads(request.content).get("stream")
    except ValueError:
        return
    if streamed:
        framed = response.http_version == "HTTP/2" or "content-length" in headers or "transfer-encoding" in headers
        response.stream = _plain_stream()(response.stream, Events(framed=framed))


@cache
def _plain_stream() -> Any:
    import httpx

    class PlainStream(httpx.AsyncByteStream):
        """The body of a reply, made plain."""

        def __init__(self, body: Any, events: Events) -> None:
            self._body = body
            self._plain = self._made(events)

        def __aiter__(self) -> AsyncIterator[bytes]:
            return (
                self._plain
            )  # whoever asks again, as the openai package does at the end, gets the rest and not a new beginning

        async def _made(self, events: Events) -> AsyncIterator[bytes]:
            async for data in self._body:
                if plain := events.feed(data):
                    yield plain
            yield events.end()

        async def aclose(self) -> None:
            await self._body.aclose()

    return PlainStream


class Events:
    """Pure: the bytes of a reply as they come -> events with text, then [DONE] or one error."""

    def __init__(self, *, framed: bool) -> None:
        """`framed`: HTTP itself says where the body ends, so that a body that ends is whole."""
        self._framed = framed
        self._rest = b""
        self._form = ""  # "events" or "json", as soon as it is known
        self._data: list[str] = []  # lines of an event whose JSON is not complete
        self._spoke = self._thought = self._tools = self._closed = False
        self._refusal = ""
        self._finish = ""

    def feed(self, data: bytes) -> bytes:
        self._rest += data
        if not self._form and (start := self._rest.lstrip(b"\xef\xbb\xbf \t\r\n")):
            self._form = "json" if start[:1] in b"{[<" else "events"
        if len(self._rest) > LARGEST:
            self._rest = b""
            return b"" if self._closed else self._failed("garbage")
        if self._form != "events":
            return b""
        *lines, self._rest = self._rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        return b"".join(map(self._line, lines))

    def end(self) -> bytes:
        """What is sent when the body has ended."""
        if self._closed:
            return b""
        text = self._rest.decode(errors="replace").lstrip("\ufeff").strip()
        if self._form == "events":
            return self._line(self._rest) + self._line(b"") + self._finished(whole=self._framed)
        if text.startswith("<"):
            return self._failed("page")
        try:
            rows = [json.loads(text)] if text else []
        except ValueError:
            try:
                rows = [json.loads(line) for line in text.splitlines() if line.strip()]  # one a line
            except ValueError:
                return self._failed("garbage")
        return b"".join(self._event(row) for row in rows) + self._finished(whole=True)

    def _line(self, line: bytes) -> bytes:
        text = line.decode(errors="replace").lstrip("\ufeff")
        if text.startswith("data:"):
            self._data.append(text[5:].strip())
        elif text.strip() or not self._data:
            return b""
        data = "\n".join(self._data)
        if not data or self._closed:
            self._data = []
            return b""
        if data == "[DONE]":
            return self._finished(whole=True)
        try:
            row = json.loads(data)
        except ValueError:
            return b"" if text else self._failed("garbage")
        self._data = []
        return self._event(row)

    def _event(self, row: Any) -> bytes:
        """A row of a reply, streamed or whole."""
        if isinstance(row, list):
            row = row[0] if row else {}
        if not isinstance(row, dict) or self._closed:
            return b""
        choices = row.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        error = row.get("error") or choice.get("error") or (not choice and _bare_error(row))
        if error:
            return self._error(error)
        message = choice.get("delta") or choice.get("message") or {"content": choice.get("text")}
        self._finish = str(choice.get("finish_reason") or self._finish).lower()
        self._thought |= any(message.get(key) for key in ("reasoning_content", "reasoning", "thinking", "reasoning_details"))
        self._tools |= bool(message.get("tool_calls") or message.get("function_call"))
        self._refusal += str(message.get("refusal") or "")
        text = _text(message.get("content"))
        self._spoke |= bool(text.strip())
        return _sent({"choices": [_choice({"role": "assistant", "content": text})]}) if text else b""

    def _error(self, error: object) -> bytes:
        self._closed = True
        table = error if isinstance(error, dict) else {"message": str(error)}
        return _sent({"error": {"message": "", **table}})

    def _failed(self, end: End, words: str = "") -> bytes:
        return self._error({"message": words, "code": f"{ENDED}{end}"})

    def _finished(self, *, whole: bool) -> bytes:
        """The end of the reply, as what it is."""
        if self._closed:
            return b""
        finish = self._finish
        if self._refusal or finish == "refusal":
            return self._failed("refusal", self._refusal)
        if finish in ("content_filter", "safety", "sensitive", "recitation"):
            return self._failed("filtered")
        if finish in ("error", "network_error", "insufficient_system_resource"):
            return self._failed("broken", finish)
        if finish in ("length", "max_tokens", "model_context_window_exceeded"):
            return self._failed("length" if self._spoke or not self._thought else "thinking")
        if not self._spoke and self._tools:
            return self._failed("tool")
        if not whole and not finish:
            return self._failed("broken")
        if not self._spoke and self._thought:
            return self._failed("thinking")
        self._closed = True
        return _sent({"choices": [_choice({}, "stop")]}) + b"data: [DONE]\n\n"


def _bare_error(row: dict[str, Any]) -> object:
    """The error that a row is which has no choices and calls itself none: of vLLM, FastAPI, Venice."""
    if row.get("object") == "error" or row.get("type") == "error" or row.get("error_message") or row.get("detail"):
        return row
    return row if isinstance(row.get("message"), str) and "choices" not in row else None


def _text(content: object) -> str:
    """The words of a message: a string, or a list of parts of which those count that are text."""
    if isinstance(content, str):
        return content
    return "".join(text_parts(content)) if isinstance(content, list) else ""


def text_parts(content: list[Any]) -> list[str]:
    """The text of a message's parts; what a model thought, or called, is none."""
    parts = [{"text": part} if isinstance(part, str) else part for part in content]
    return [
        part["text"]
        for part in parts
        if isinstance(part, dict) and part.get("type", "text") in ("text", "output_text") and isinstance(part.get("text"), str)
    ]


def _choice(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _sent(row: dict[str, Any]) -> bytes:
    head = {"id": "reply", "object": "chat.completion.chunk", "created": 0, "model": "model"}
    return b"data: " + json.dumps({**head, **row}).encode() + b"\n\n"
