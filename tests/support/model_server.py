"""A server on loopback that speaks the OpenAI API, and fails in every way a real one can. A double at the network's edge."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.verification import canary

Reply = str | Callable[[dict[str, object]], str]  # the same whatever is asked, or made of the request
REPLY = "The bridge stays closed [1]."


def told_apart() -> list[dict[str, str]]:
    """The verdicts of a judge that tells the known false sentence from the known true one (`bot/verification/canary.py`)."""
    return [verdict(canary.FALSE, "unsupported"), verdict(canary.TRUE, "supported")]


def verdict(text: str, said: str) -> dict[str, str]:
    """What a judge says of a sentence, under the id by which it is asked about it."""
    return {"id": hashlib.blake2b(text.encode(), digest_size=3).hexdigest(), "verdict": said, "words": ""}


@dataclass
class Server:
    """What it does next is set by the test: `mode` is a status code, or one of the words in `Handler.do_POST`."""

    mode: int | str = "reply"
    text: str = REPLY
    in_json: dict[str, Reply] = field(default_factory=dict)  # what it replies where JSON is asked for, by the schema's name
    retry_after: str = ""
    message: str = "no"  # of a failure
    likely: list[float] = field(default_factory=list)  # probabilities of a decision endpoint; it refuses the rest
    delay: float = 0.0  # seconds between two pieces of a reply
    wait: float = 0.0  # seconds before the first of them
    requests: list[dict[str, object]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)  # of each request
    begun: threading.Event = field(default_factory=threading.Event)  # the first piece of a stalled reply is sent
    released: threading.Event = field(default_factory=threading.Event)  # the caller of a stalled or endless reply hung up
    url: str = ""
    body: bytes = b""  # of a "raw" reply, as it is sent
    content_type: str = "text/event-stream"
    refuses: tuple[str, ...] = ()  # parameters, answered with 400 and a message that names them
    longest: int = 10**9  # characters of a prompt that it takes


@contextmanager
def serving(port: int = 0) -> Iterator[Server]:
    """The server, running for the length of a `with`."""
    server = Server()

    def refusal(body: dict[str, object]) -> str:
        for name in server.refuses:
            if name in body:
                return f"Unsupported parameter: '{name}' is not supported with this model."
        if len(json.dumps(body.get("messages"))) > server.longest:
            return "This model's maximum context length is 2048 tokens. However, your messages resulted in 3127 tokens."
        return ""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            server.requests.append(body | {"path": self.path})
            message = refusal(body)
            if message:
                server.message = message
                self.fail(400)
            elif isinstance(server.mode, int):
                self.fail(server.mode)
            elif self.path.endswith("/embeddings"):
                self.embeddings(body)
            elif self.path.endswith("/decisions"):
                self.decisions(body)
            elif server.mode == "raw":
                self.send_response(200)
                self.send_header("Content-Type", server.content_type)
                self.send_header("Content-Length", str(len(server.body)))
                self.end_headers()
                self.wfile.write(server.body)
            elif server.mode == "garbage":
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                self.wfile.write(b"data: {not json\n\n<html>\xff\xfe</html>\n\n")
            else:
                form = body.get("response_format", {}).get("json_schema", {}).get("name", "")
                reply = server.in_json.get(form, server.text)
                self.stream(reply if isinstance(reply, str) else reply(body))

        def fail(self, status: int) -> None:
            self.send_response(status)
            if server.retry_after:
                self.send_header("Retry-After", server.retry_after)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"error": {"message": server.message, "type": "x", "code": None}}).encode())

        def embeddings(self, body: dict[str, object]) -> None:
            texts = body["input"]
            assert isinstance(texts, list)
            rows = [{"object": "embedding", "index": i, "embedding": [float(len(t)), 1.0]} for i, t in enumerate(texts)]
            reply = json.dumps({"object": "list", "data": rows, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}})
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(reply.encode())

        def decisions(self, body: dict[str, object]) -> None:
            questions = body["questions"]
            assert isinstance(questions, list)
            names = [str(question["name"]) for question in questions]
            answers = [
                {"type": "predicate", "name": name, "probability": server.likely[i]}
                if i < len(server.likely)
                else {"type": "refusal", "name": name, "refusal": "no"}
                for i, name in enumerate(names)
            ]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"model": "m", "answers": answers, "usage": {}}).encode())

        def stream(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if server.wait:
                time.sleep(server.wait)
            pieces = [text[i : i + 7] for i in range(0, len(text), 7)]
            if server.mode == "broken":
                pieces = pieces[: len(pieces) // 2]
            for piece in pieces:
                self.chunk({"content": piece}, None)
                if server.delay:
                    time.sleep(server.delay)
            if server.mode == "endless":
                while not server.released.wait(0.001):
                    self.chunk({"content": "and so on "}, None)
            if server.mode == "stalled":
                server.begun.set()
                self.connection.settimeout(30)
                if self.rfile.read(1) == b"":
                    server.released.set()
            if server.mode not in ("broken", "stalled", "endless"):
                self.chunk({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")

        def chunk(self, delta: dict[str, str], finish: str | None) -> None:
            row = {
                "id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(row)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                server.released.set()

    http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        http.server_close()
