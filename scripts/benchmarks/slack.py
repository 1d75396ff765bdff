"""The Slack bot under load, in a process of its own, against the fake Slack and a slow chat model on loopback.

Fifty questions from twenty threads within ten seconds; then a thousand events, most of them for nobody. The time to the first
sentence is compared with the terminal's: the same question, asked of a Bot in this process one after the other.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.benchmarks import Figure

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

TEXT = "The port of Sarvella will reopen on 3 June, its director Mira Osei said on Tuesday. The union wants a report."
REPLY = "The port of Sarvella will reopen on 3 June, its director Mira Osei said [1]. The union wants a report [1]."
QUESTION = "When will the port of Sarvella reopen?"
QUESTIONS, PEOPLE, WITHIN = 50, 20, 10.0
DELAY = 0.05  # seconds between two pieces of the model's reply: about 20 tokens a second
EVENTS = 1000
MEMORY = 1.05  # resident memory after the events, over that before


def main() -> list[Figure]:
    from index import Article, Index
    from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, serving
    from tests.support.model_server import serving as model

    with tempfile.TemporaryDirectory() as folder, model() as server, serving() as slack:
        library = Path(folder) / "library"
        with Index(library) as index:
            index.add([Article(id="port", title="Port of Sarvella to reopen", text=TEXT, lang="en")])
        server.text, server.delay = REPLY, DELAY
        command = [sys.executable, "-m", "bot.cli", "slack", "--library", str(library), "--api-url", slack.url,
                   "--model", "openai:slow", "--base-url", server.url]  # fmt: skip
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "PYTHONPATH": str(ROOT)}
        bot = subprocess.Popen(command, env=os.environ | tokens, stderr=subprocess.DEVNULL)
        try:
            slack.answered("C0", slack.say("C0", f"<@{BOT}> {QUESTION}"))

            streamed = []
            for number in range(9):
                channel = f"C1{number}"
                began = time.perf_counter()
                ts = slack.say(channel, f"<@{BOT}> {QUESTION}")
                slack.wait(lambda c=channel, t=ts: slack.from_bot(c, t))  # type: ignore[misc]
                streamed.append(time.perf_counter() - began)
                slack.answered(channel, ts)

            def ask(number: int) -> tuple[str, str]:
                channel = f"C{number:03}"
                return channel, slack.say(channel, f"<@{BOT}> {QUESTION}")

            began = time.perf_counter()
            with ThreadPoolExecutor(PEOPLE) as people:
                asked = list(people.map(ask, range(QUESTIONS)))
            asking = time.perf_counter() - began
            answered = sum("3 June" in slack.answered(channel, ts)[0].text for channel, ts in asked)

            before = resident(bot.pid)
            mention = slack.message_event(*asked[0], f"<@{BOT}> {QUESTION}", "U0ANN")
            for number in range(EVENTS):
                chatter = slack.message_event("C0", f"9{number}.1", "Good morning", "U0ANN")
                slack.event(mention if number % 10 == 0 else chatter, retry=number % 10)
            slack.answered("C9", slack.say("C9", f"<@{BOT}> {QUESTION}"))  # all of them are through
            after = resident(bot.pid)
        finally:
            bot.terminate()
            bot.wait(60)
        terminal = first_sentences(library, server.url, times=9)
    return [
        Figure(f"of {QUESTIONS} questions asked by {PEOPLE} people, answered", answered, at_least=QUESTIONS),
        Figure("seconds in which they were asked", asking, at_most=WITHIN),
        Figure(f"memory after {EVENTS} further events / before", after / before, at_most=MEMORY),
        Figure("megabytes of the bot's process", after / 1e6),
        Figure(
            "median time to the first sentence, Slack / terminal", statistics.median(streamed) / statistics.median(terminal)
        ),
    ]


def resident(pid: int) -> float:
    """Bytes of memory that a process holds now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * float(os.sysconf("SC_PAGE_SIZE"))


def first_sentences(library: Path, url: str, times: int) -> list[float]:
    """Seconds from the question to the first verified sentence, from a Bot that has answered before."""
    from bot import open_bot

    bot = open_bot(library, model="openai:slow", base_url=url)
    bot.ask(QUESTION)
    waited = []
    for _ in range(times):
        began = time.perf_counter()
        came = [time.perf_counter() for event in bot.stream(QUESTION) if event.kind == "sentence"]
        waited.append(came[0] - began)
    bot.index.close()
    return waited
