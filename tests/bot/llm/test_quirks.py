"""What servers of chat models do in the wild, each as it was reported of one of them, over a server on loopback."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.llm.models import chat_model
from index.errors import ModelError, SettingsError
from tests.support.model_server import REPLY, Server, serving

NAME = "openai:m"
DONE = b"data: [DONE]\n\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def event(delta: object = None, finish: str | None = None, **more: object) -> bytes:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'created': 0, 'model': 'm', 'choices': choices, **more})}\n\n".encode()


def whole(message: object, **more: object) -> bytes:
    return json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], **more}).encode()


def reply(server: Server, body: bytes) -> str:
    server.mode, server.body = "raw", body
    return "".join(chat_model(NAME, base_url=server.url).stream("x"))


TEXT = {"content": REPLY}
WHOLE = {
    "[DONE] and no finish_reason": event(TEXT) + DONE,
    "an empty finish_reason": event(TEXT, "") + DONE,
    "a finish_reason and no [DONE]": event(TEXT, "stop"),
    "neither, where HTTP says where the body ends": event(TEXT),
    "no stream at all": whole(TEXT),
    "no stream, after lines that keep the connection open": b"\n\n\n" + whole(TEXT),
    "chunks of JSON, one a line": b"\n".join(json.dumps({"choices": [{"delta": {"content": c}}]}).encode() for c in REPLY),
    "content as a list": event({"content": [{"type": "text", "text": REPLY}]}) + DONE,
    "thinking as a part of a list": event({"content": [{"type": "thinking", "thinking": [{"text": "Hm."}]}, {"type": "text", "text": REPLY}]}) + DONE,
    "events without choices": event(prompt_filter_results=[]) + event(TEXT, "stop") + event(usage={"total_tokens": 2}) + DONE,
    "comments, other events, and CRLF": b": PROCESSING\r\n\r\nevent: ping\r\ndata: {\"type\": \"ping\"}\r\n\r\n" + (event(TEXT) + DONE).replace(b"\n", b"\r\n"),
    "thinking in a field of its own": event({"content": "", "reasoning_content": "Hm."}) + event({"reasoning": "Hm."}) + event(TEXT, "stop") + DONE,
    "a null error and no delta": event(None, error=None) + b'data: {"choices": [{"delta": null, "message": {"content": "%s"}}], "error": null}\n\n' % REPLY.encode(),
}  # fmt: skip


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_a_whole_reply_is_an_answer(server: Server, body: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    assert reply(server, body) == REPLY
    assert capfd.readouterr().err == ""


ENDS = {
    "an error within a 200": (b'{"error": {"message": "model requires more memory", "code": 500}}', "failed (500)|model requires more memory"),
    "an error as an event": (event(TEXT) + b'data: {"error": {"message": "runner has terminated", "code": 500}}\n\n', "runner has terminated"),
    "an error event of LM Studio": (b'event: error\ndata: {"error": {"message": "Model was unloaded."}, "message": "Model was unloaded."}\n\n', "Model was unloaded"),
    "an error in a choice": (b'data: {"choices": [{"delta": {"content": ""}, "error": {"code": 502, "message": "upstream is gone"}, "finish_reason": "error"}]}\n\n', "upstream is gone"),
    "an error beside empty choices": (event(error={"code": 503, "message": "worker limit reached"}) + DONE, "worker limit reached"),
    "an error without the word": (b'data: {"error_type": "x", "error_message": "it is shut down"}\n\n', "it is shut down"),
    "an error of FastAPI": (b'{"detail": "Not allowed"}', "Not allowed"),
    "a tool call": (event({"content": None, "tool_calls": [{"index": 0, "id": "x", "function": {"name": "search", "arguments": "{}"}}]}, "tool_calls"), "called a tool"),
    "a refusal": (event({"content": None, "refusal": "I can't help with that."}, "stop") + DONE, "declined to answer|I can't help with that."),
    "a filter": (event(TEXT, "content_filter") + DONE, "content filter"),
    "a limit": (event(TEXT, "length") + DONE, "limit of tokens; raise the max_completion_tokens"),
    "a limit in thinking": (event({"content": "", "reasoning": "Hm"}) + event({}, "length") + DONE, "thinking alone"),
    "thinking in content": (event({"content": "<think>Hm"}, "stop") + DONE, "thinking alone"),
    "nothing": (event({"content": ""}, "stop") + DONE, "reply is empty"),
    "a web page": (b"<!doctype html><html><body>Hello</body></html>", "web page|ends in /v1"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), ENDS.values(), ids=ENDS)
def test_what_is_no_whole_answer_is_said_as_what_it_is(server: Server, body: bytes, said: str) -> None:
    with pytest.raises(ModelError) as error:
        reply(server, body)
    assert all(part in str(error.value) for part in said.split("|")), str(error.value)
    assert str(error.value).startswith(NAME) and "\n" not in str(error.value)


def test_a_reply_without_end_is_not_kept() -> None:
    from bot.llm.wire import LARGEST, Events

    for start in (b"{", b"data: {"):
        events = Events(framed=True)
        sent = b"".join(events.feed(start + b"x" * 1_000_000) for _ in range(LARGEST // 1_000_000 + 2))
        assert b"ended:garbage" in sent and events.end() == b""


def test_only_what_is_set_is_sent(server: Server) -> None:
    list(chat_model(NAME, base_url=server.url).stream("x"))
    assert set(server.requests[0]) == {"model", "messages", "stream", "path"}
    set_ = {"temperature": 0.0, "max_completion_tokens": 50, "reasoning_effort": "low", "extra_body": {"top_k": 3}}
    list(chat_model(NAME, base_url=server.url, parameters=set_).stream("x"))
    sent = server.requests[1]
    assert (sent["temperature"], sent["max_completion_tokens"], sent["reasoning_effort"], sent["top_k"]) == (0.0, 50, "low", 3)


def test_a_refused_parameter_is_left_out_from_then_on(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.refuses = ("temperature", "top_k")
    model = chat_model(NAME, base_url=server.url, parameters={"temperature": 0.0, "extra_body": {"top_k": 3, "top_p": 0.9}})
    with caplog.at_level(logging.WARNING):
        assert "".join(model.stream("x")) == REPLY
    assert [("temperature" in sent, "top_k" in sent) for sent in server.requests] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    assert server.requests[-1]["top_p"] == 0.9
    assert len(caplog.records) == 2 and "remove that setting" in caplog.text
    again = chat_model(NAME, base_url=server.url, parameters={"temperature": 0.0})
    assert "".join(again.stream("x")) == REPLY and len(server.requests) == 4


def test_a_server_that_refuses_a_schema_is_asked_in_lines_from_then_on(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    model = chat_model(NAME, base_url=server.url, parameters={"temperature": 0.0}).in_json("answer", {"type": "object"})
    assert model.asks_json and "".join(model.stream("in json", plain="in lines")) == REPLY
    server.refuses = ("response_format",)
    with caplog.at_level(logging.WARNING):
        assert "".join(model.stream("in json", plain="in lines")) == REPLY
    other = chat_model(NAME, base_url=server.url).in_json("verdicts", {"type": "object"})  # the same server
    assert "".join(other.stream("verdicts")) == REPLY
    assert "".join(model.stream("in json", plain="in lines")) == REPLY
    sent = [("in json" in str(row["messages"]), "response_format" in row) for row in server.requests]
    assert sent == [(True, True), (True, True), (False, False), (False, False), (False, False)]
    assert not (model.asks_json or other.asks_json or caplog.records) and server.requests[2]["temperature"] == 0.0


def test_a_request_refused_for_something_else_is_told_as_that(server: Server) -> None:
    server.mode, server.message = 400, "no such thing"
    model = chat_model(NAME, base_url=server.url).in_json("answer", {"type": "object"})
    with pytest.raises(ModelError, match=r"refused the request \(400\).*no such thing"):
        list(model.stream("in json", plain="in lines"))
    assert len(server.requests) == 2


def test_too_long_a_prompt_is_shortened_once(server: Server) -> None:
    server.longest = 300
    model = chat_model(NAME, base_url=server.url)
    assert "".join(model.stream("x" * 1000, shorter=lambda prompt: prompt[:100])) == REPLY
    with pytest.raises(ModelError, match="longer than"):
        list(model.stream("x" * 1000, shorter=lambda prompt: prompt[:900]))
    assert len(server.requests) == 4


@pytest.mark.parametrize("value", ["http://127.0.0.1:9", "socks5://127.0.0.1:9", "socks://127.0.0.1:9", "no address"])
@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
def test_a_local_server_is_asked_past_any_proxy(server: Server, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    for variable in (name, name.lower()):
        monkeypatch.setenv(variable, value)
    assert "".join(chat_model(NAME, base_url=server.url).stream("x")) == REPLY


def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.llm.wire import clients

    clients.cache_clear()
    monkeypatch.setenv("ALL_PROXY", "socks://user:secret@proxy.example:1080")
    with pytest.raises(SettingsError, match="ALL_PROXY names a proxy of an unknown kind") as error:
        chat_model(NAME, base_url="https://models.example/v1", api_key="k")
    assert "secret" not in str(error.value) and "\n" not in str(error.value)
    clients.cache_clear()


def test_a_password_in_the_address_is_sent_and_never_shown(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.mode = 500
    address = server.url.replace("://", "://ann:hun%20ter2@")
    model = chat_model(NAME, base_url=address)
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelError) as error:
        list(model.stream("x"))
    sent = server.headers[-1]["authorization"]
    assert sent.startswith("Basic ")
    shown = f"{error.value} {error.value!r} {model!r} {model.where} {caplog.text}"
    assert "hun" not in shown and sent.removeprefix("Basic ") not in shown


def test_a_key_is_in_no_log_and_no_message(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.mode, server.message = 400, "bad key my-very-own-key"
    model = chat_model(NAME, base_url=server.url, api_key="my-very-own-key", headers={"X-Desk": "header-secret"})
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelError) as error:
        list(model.stream("x"))
    assert server.headers[-1]["authorization"].endswith("my-very-own-key") and server.headers[-1]["x-desk"] == "header-secret"
    assert "very-own" not in f"{error.value} {model!r} {caplog.text}" and "header-secret" not in f"{model!r} {caplog.text}"


@pytest.mark.parametrize(
    ("address", "key", "warned"),
    [
        ("http://models.example/v1", "k", True),
        ("http://192.168.1.5/v1", "k", True),
        ("http://192.168.1.5/v1", "", False),
        ("https://models.example/v1", "k", False),
        ("http://127.0.0.1:9/v1", "k", False),
    ],
)
def test_a_key_in_the_clear_is_warned_about(address: str, key: str, warned: bool, caplog: pytest.LogCaptureFixture) -> None:
    chat_model(NAME, base_url=address, api_key=key)
    assert ("unencrypted" in caplog.text) is warned


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:1/v1", True), ("http://[::1]:1/v1", True), ("http://10.0.0.4/v1", True), ("http://host.docker.internal/v1", True),
        ("http://ollama:11434/v1", True), ("http://100.100.1.2/v1", True), ("https://api.openai.com/v1", False), ("http://8.8.8.8/v1", False), ("", False),
    ],
)  # fmt: skip
def test_which_servers_are_local(address: str, local: bool) -> None:
    from bot.llm.wire import is_local

    assert is_local(address) is local
