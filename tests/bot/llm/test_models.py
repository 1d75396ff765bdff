"""bot/llm/models.py against a server on loopback: replies stream; every failure is one line that says what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.llm.models import chat_model, embedding_model
from index.errors import ModelError, SettingsError, Stopped
from tests.support import ROOT
from tests.support.model_server import REPLY, Server, serving

NAME = "openai:some-model"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def test_a_reply_streams_in_pieces(server: Server) -> None:
    server.text = f"{REPLY} The port is open [2]."
    pieces = list(chat_model(NAME, base_url=server.url).stream("What about the bridge?"))
    assert len(pieces) > 1 and "".join(pieces) == server.text
    assert server.requests[0]["model"] == "some-model" and server.requests[0]["stream"] is True


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (401, "refused the key (401); check DRAGOMAN_API_KEY or OPENAI_API_KEY"),
        (404, "does not know this model or address (404)"),
        (500, "failed (500)"),
        ("broken", "broke off"),
        ("garbage", "not an answer"),
    ],
)
def test_failures_are_one_line(server: Server, mode: int | str, said: str) -> None:
    server.mode = mode
    with pytest.raises(ModelError) as error:
        list(chat_model(NAME, base_url=server.url).stream("secret question"))
    message = str(error.value)
    assert said in message and "\n" not in message and "secret question" not in message
    assert message.startswith(NAME)


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [("/v1", "model 'some-model' not found", "check the model setting"), ("", "not found", "base_url usually ends in /v1")],
)
def test_a_404_says_what_is_wrong(server: Server, path: str, body: str, said: str) -> None:
    server.mode, server.message = 404, body
    with pytest.raises(ModelError, match=said):
        list(chat_model(NAME, base_url=server.url.removesuffix("/v1") + path).stream("x"))


def test_slow_down_says_for_how_long(server: Server) -> None:
    server.mode, server.retry_after = 429, "1"
    with pytest.raises(ModelError, match=r"slow down \(429\); try again in 1 s"):
        list(chat_model(NAME, base_url=server.url).stream("x"))


def test_a_stalled_stream_ends_with_the_timeout(server: Server) -> None:
    server.mode = "stalled"
    with pytest.raises(ModelError, match="did not answer in time"):
        list(chat_model(NAME, base_url=server.url, timeout=0.3).stream("x"))


def test_a_server_may_read_for_as_long_as_the_timeout_says(server: Server) -> None:
    """langchain-openai has a limit of its own, 120 s between two pieces, whatever the timeout is."""
    assert chat_model(NAME, base_url=server.url, timeout=600)._build({}).stream_chunk_timeout is None


@pytest.mark.parametrize("why", ["stopped", "late", "left"])
def test_a_call_that_nobody_waits_for_is_cut_at_the_server(server: Server, why: str) -> None:
    server.mode = "stalled"
    stop = threading.Event()
    stream = chat_model(NAME, base_url=server.url).stream("x", seconds=0.2 if why == "late" else 20, stop=stop)
    assert next(stream)
    if why == "left":
        stream.close()
    else:
        if why == "stopped":
            assert server.begun.wait(20)
            stop.set()
        with pytest.raises(Stopped if why == "stopped" else ModelError):
            list(stream)
    assert server.released.wait(20), "the connection stayed open"


def test_many_replies_are_read_at_once(server: Server) -> None:
    model = chat_model(NAME, base_url=server.url)
    with ThreadPoolExecutor(12) as pool:
        assert {"".join(pieces) for pieces in pool.map(lambda _: list(model.stream("x")), range(40))} == {REPLY}


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match=f"cannot reach the server at 127.0.0.1:{port}"):
        list(chat_model(NAME, base_url=f"http://127.0.0.1:{port}/v1").stream("x"))


def test_the_key_is_sent_to_the_named_server_and_never_shown(server: Server) -> None:
    model = chat_model(NAME, base_url=server.url, api_key="sk-very-secret")
    list(model.stream("x"))
    assert "sk-very-secret" not in repr(model)


@pytest.mark.parametrize("make", [chat_model, embedding_model])
def test_a_name_without_provider_or_key_says_what_to_write(make: object) -> None:
    assert callable(make)
    with pytest.raises(SettingsError, match="provider:name"):
        make("gpt")
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        make(NAME)
    with pytest.raises(ModelError, match="nosuch"):
        make("nosuch:model")


def test_embeddings_keep_order_and_record_their_name(server: Server) -> None:
    model = embedding_model("openai:text-embedding-x", base_url=server.url)
    vectors = model.embed_documents(["a", "bbb", "cc"])
    assert [row[0] for row in vectors] == [1.0, 3.0, 2.0]
    assert model.embed_query("four")[0] == 4.0
    assert model.name == "openai:text-embedding-x"
    assert all(isinstance(text, str) for row in server.requests for text in row["input"])  # type: ignore[union-attr, attr-defined]


def test_embedding_failures_are_model_errors(server: Server) -> None:
    server.mode = 401
    with pytest.raises(ModelError, match="refused the key"):
        embedding_model("openai:text-embedding-x", base_url=server.url).embed_query("x")


def test_a_server_that_does_not_run_costs_no_packages_and_is_asked_again_once_it_does() -> None:
    """In a process of its own: what is loaded is not loaded again."""
    program = """
import socket, sys
from bot.llm.models import chat_model
from index.errors import ModelError

with socket.create_server(("127.0.0.1", 0)) as taken:
    port = taken.getsockname()[1]
model = chat_model("openai:m", base_url=f"http://127.0.0.1:{port}/v1")
for _ in range(2):
    try:
        list(model.stream("Say yes."))
    except ModelError as error:
        print(error)
print(sorted({"langchain", "openai"} & set(sys.modules)))
from tests.support.model_server import serving

with serving(port=port) as there:
    print("".join(model.stream("Say yes.")) == there.text)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    *refused, loaded, answered = done.stdout.splitlines()
    assert len(refused) == 2 and all("cannot reach the server at 127.0.0.1:" in line for line in refused)
    assert (loaded, answered) == ("[]", "True")
