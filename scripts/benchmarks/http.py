"""`dragoman serve` under load, in a process of its own, with a slow chat model on loopback.

first sentence   of /v1/ask as a stream, against the same question asked of a Bot in this process, by turns: with
                 the model, and as the articles have it, where what HTTP costs is most of what there is
at once          fifty clients in one moment: each is answered, or told to come again (429)
memory           fifty clients, each until it has had forty answers: 2,000, and what was refused on the way
gone             a client hangs up on a model that is silent, and the only worker has to read for somebody else
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from scripts.benchmarks import Figure
from tests.support import ROOT
from tests.support.model_server import Server, serving
from tests.support.programs import free_port

TEXT = "The port of Sarvella will reopen on 3 June, its director Mira Osei said on Tuesday. The union wants a report."
REPLY = "The port of Sarvella will reopen on 3 June, its director Mira Osei said [1]. The union wants a report [1]."
QUESTION = "When will the port of Sarvella reopen?"
CLIENTS, ANSWERS, EARLY = 50, 40, 400  # answers of each client; memory is first read after so many of all
DELAY, FASTER = 0.05, 0.005  # seconds between two pieces of the model's reply, some 20 tokens a second, or 200
AGAIN = 0.25  # seconds after which a refused client comes again
WAIT = 120.0  # seconds after which a request is given up
FIRST, MEMORY, FREE = 1.1, 1.05, 1.0  # as issue 16 asks; memory after 2,000 answers over that after EARLY
TURNS = 15


def main() -> list[Figure]:
    from index import Article, Index

    with tempfile.TemporaryDirectory() as folder, serving() as model:
        library = Path(folder) / "library"
        with Index(library) as index:
            index.add([Article(id="port", title="Port of Sarvella to reopen", text=TEXT, lang="en")])
        model.text, model.delay = REPLY, DELAY
        slow = {"model": "openai:slow", "base_url": model.url}
        with running(library) as (url, _):
            rows = first_sentence(library, {}, url, None)
        with running(library, **slow) as (url, process):
            rows += [*first_sentence(library, slow, url, FIRST), *at_once(url)]
            model.delay = FASTER
            rows += memory(url, process)
        with running(library, **slow, workers="1") as (url, _):
            model.mode = "stalled"
            rows += [gone(url, model, stream) for stream in (True, False)]
        return rows


@contextmanager
def running(library: Path, **flags: str) -> Iterator[tuple[str, int]]:
    """The address of a server, and its process; it has answered once."""
    port = free_port()
    given = [word for name, value in flags.items() for word in (f"--{name.replace('_', '-')}", value)]
    command = [sys.executable, "-m", "bot.cli", "serve", "--library", str(library), "--port", str(port), *given]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"OPENAI_API_KEY": "none"}, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + WAIT
        while True:
            try:
                assert httpx.post(f"{url}/v1/ask", json={"question": QUESTION}, timeout=WAIT).status_code == 200
                break
            except httpx.ConnectError:
                assert server.poll() is None and time.monotonic() < until
                time.sleep(0.05)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(WAIT)


def first_sentence(library: Path, flags: Mapping[str, str], url: str, at_most: float | None) -> list[Figure]:
    """By turns: over HTTP, and as the terminal has it."""
    from bot import open_bot

    bot = open_bot(library, **flags)
    bot.ask(QUESTION)

    def in_process() -> None:
        with bot.stream(QUESTION) as events:
            next(event for event in events if event.kind == "sentence")

    def over_http() -> None:
        with client.stream("POST", "/v1/ask", json={"question": QUESTION, "stream": True}) as response:
            next(line for line in response.iter_lines() if line == "event: sentence")

    with httpx.Client(base_url=url, timeout=WAIT) as client:
        laps = [(timed(in_process), timed(over_http)) for _ in range(TURNS)]
    bot.index.close()
    own, other = (1000 * statistics.median(times) for times in zip(*laps, strict=True))
    whose = "a slow model's" if flags else "the articles'"
    return [
        Figure(f"{whose} first sentence in this process, ms", own),
        Figure(f"{whose} first sentence over HTTP, ms", other),
        Figure(f"{whose} first sentence over HTTP / in this process", other / own, at_most=at_most),
    ]


def timed(job: Callable[[], None]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def at_once(url: str) -> list[Figure]:
    """What fifty clients get that ask in the same moment."""
    start = threading.Barrier(CLIENTS)

    def ask(_: int) -> str:
        start.wait()
        response = httpx.post(f"{url}/v1/ask", json={"question": QUESTION}, timeout=WAIT)
        told = response.status_code == 429 and response.headers.get("retry-after")
        return "answered" if response.status_code == 200 and response.json()["sentences"] else "refused" if told else "lost"

    with ThreadPoolExecutor(CLIENTS) as clients:
        got = Counter(clients.map(ask, range(CLIENTS)))
    return [
        Figure("fifty at once: answered", got["answered"], at_least=20),
        Figure("fifty at once: told to come again", got["refused"]),
        Figure("fifty at once: neither", got["lost"], at_most=0),
    ]


def memory(url: str, process: int) -> list[Figure]:
    """Resident memory while fifty clients have 2,000 answers."""
    got: Counter[int] = Counter()
    early = list[float]()
    guard = threading.Lock()

    def person(_: int) -> None:
        with httpx.Client(base_url=url, timeout=WAIT) as client:
            had = 0
            while had < ANSWERS:
                status = client.post("/v1/ask", json={"question": QUESTION}).status_code
                had += status != 429
                with guard:
                    got[status] += 1
                    if got[200] == EARLY and not early:
                        early.append(resident(process))
                if status == 429:
                    time.sleep(AGAIN)

    with ThreadPoolExecutor(CLIENTS) as people:
        list(people.map(person, range(CLIENTS)))
    after = resident(process)
    return [
        Figure("2,000 answers: other than 200 and 429", sum(got.values()) - got[200] - got[429], at_most=0),
        Figure("2,000 answers: told to come again", got[429]),
        Figure(f"memory after {EARLY} answers, MiB", early[0]),
        Figure("memory after 2,000 answers, MiB", after),
        Figure(f"memory after 2,000 answers / after {EARLY}", after / early[0], at_most=MEMORY),
    ]


def resident(process: int) -> float:
    """MiB."""
    fields = Path(f"/proc/{process}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGESIZE") / 2**20


def gone(url: str, model: Server, stream: bool) -> Figure:
    """Seconds until the only worker serves another, after the client it worked for hung up."""
    model.begun.clear()
    model.released.clear()
    body = json.dumps({"question": QUESTION, "stream": stream}).encode()
    host = url.removeprefix("http://")
    head = f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2]))) as client:
        client.sendall(head.encode() + body)
        assert model.begun.wait(WAIT)
        time.sleep(0.2)
    began = time.perf_counter()
    assert httpx.post(f"{url}/v1/search", json={"question": QUESTION}, timeout=WAIT).status_code == 200
    name = "a stream" if stream else "an answer"
    return Figure(f"the worker of a client that left {name} is free again, s", time.perf_counter() - began, at_most=FREE)


if __name__ == "__main__":
    print(*main(), sep="\n")
