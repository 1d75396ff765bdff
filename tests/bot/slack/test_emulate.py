"""The bot against a Slack that nobody here wrote: npm's `emulate`, a stateful Web API (no streaming, no Socket Mode, no events out).

It refuses `chat.startStream`, so this is also how the bot fares in a workspace without streaming. Events are signed and delivered by
the test, as Slack would. Skipped where npm or its registry is missing.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.support.library import COMMAND, environment
from tests.support.programs import free_port, program

PACKAGES = ["node@22", "emulate@0.12.2"]  # the version has to be named: the registry's `latest` is an unrelated package
BOT, PERSON, SECRET = "xoxb-dragoman-test", "xoxp-person-test", "not-a-real-signing-secret"
SCOPES = ["chat:write", "channels:read", "channels:history", "channels:join", "im:write", "im:history", "users:read"]
SEED = {
    "slack": {
        "team": {"name": "Desk", "domain": "desk"},
        "users": [{"name": "ann", "email": "ann@desk.example"}, {"name": "dragoman", "email": "bot@desk.example"}],
        "channels": [{"name": "news"}],
        "strict_scopes": True,
        "tokens": [
            {"token": BOT, "user": "dragoman", "scopes": SCOPES},
            {"token": PERSON, "user": "ann", "scopes": SCOPES},
        ],
    }
}


def ended(process: subprocess.Popen[str], sent: signal.Signals = signal.SIGTERM) -> int:
    process.send_signal(sent)
    try:
        return process.wait(60)
    finally:
        process.kill()


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `emulate` Slack."""
    npm = program("npm")
    folder = tmp_path_factory.mktemp("emulate")
    made = subprocess.run(
        [npm, "install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", *PACKAGES],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    node = folder / "node_modules" / "node" / "bin" / "node"
    if made.returncode or not node.exists():
        pytest.skip(f"emulate cannot be installed here: {made.stderr.strip().splitlines()[-1:]}")
    (folder / "seed.json").write_text(json.dumps(SEED), encoding="utf-8")
    port = free_port()
    script = folder / "node_modules" / "emulate" / "dist" / "index.js"
    command = [node, script, "start", "--port", str(port), "--service", "slack", "--seed", folder / "seed.json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder) as server:
        assert server.stdout
        for line in server.stdout:
            if str(port) in line:
                break
        yield f"http://127.0.0.1:{port}/api/"
        ended(server)


@dataclass
class Workspace:
    """The channel #news with a person and the bot in it, and the door that takes events."""

    person: WebClient
    bot_user: str
    channel: str
    port: int

    def ask(self, text: str, thread: str = "", again: int = 1) -> str:
        """A person's message, delivered `again` times; its ts."""
        extra: dict[str, Any] = {"thread_ts": thread} if thread else {}
        ts = str(self.person.chat_postMessage(channel=self.channel, text=text, **extra)["ts"])
        event = {"type": "app_mention", "channel": self.channel, "user": "UANN", "text": text, "ts": ts} | extra
        body = json.dumps({"type": "event_callback", "team_id": "T000000001", "event": event, "event_id": f"Ev{ts}"}).encode()
        for _ in range(again):
            stamp = str(int(time.time()))
            made = "v0=" + hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
            headers = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": made}
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("POST", "/slack/events", body, headers)
            assert connection.getresponse().status == 200
            connection.close()
        return ts

    def replies(self, thread: str, expected: int) -> list[dict[str, Any]]:
        """The messages of a thread once there are so many."""
        deadline = time.monotonic() + 120
        while True:
            found: list[dict[str, Any]] = self.person.conversations_replies(channel=self.channel, ts=thread)["messages"]
            if len(found) >= expected or time.monotonic() > deadline:
                return found


@pytest.fixture(scope="session")
def workspace(emulated: str, library: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("emulated") / "library"
    shutil.copytree(library, folder)
    port = free_port()
    command = [*COMMAND, "slack", "--library", str(folder), "--api-url", emulated, "--http", f"127.0.0.1:{port}"]
    env = environment(home) | {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET}
    person = WebClient(PERSON, base_url=emulated)
    channel = next(c["id"] for c in person.conversations_list()["channels"] if c["name"] == "news")
    bot_user = str(WebClient(BOT, base_url=emulated).auth_test()["user_id"])
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env, cwd=home) as bot:
        assert bot.stderr
        said = []
        for line in bot.stderr:
            said.append(line)
            if "ready" in line:
                break
        assert bot.poll() is None, said
        yield Workspace(person, bot_user, channel, port)
        assert ended(bot) == 0


def test_a_question_and_a_follow_up_are_answered_in_their_thread(workspace: Workspace) -> None:
    ts = workspace.ask(f"<@{workspace.bot_user}> When will the port of Sarvella reopen?", again=3)
    answer = workspace.replies(ts, 2)[1]
    assert answer["user"] == workspace.bot_user and "3 June" in answer["text"]
    assert any(block["type"] == "actions" for block in answer["blocks"])
    workspace.ask(f"<@{workspace.bot_user}> And what did Mira Osei say?", thread=ts)
    found = workspace.replies(ts, 4)
    assert len(found) == 4, "one answer a question, however often it was delivered"
    assert "Mira Osei" in found[3]["text"] and found[3]["thread_ts"] == ts


def test_what_the_articles_do_not_hold_is_said(workspace: Workspace) -> None:
    ts = workspace.ask(f"<@{workspace.bot_user}> Who won the chess tournament in Oslo?")
    reply = workspace.replies(ts, 2)[1]
    assert "[1]" not in reply["text"] and reply["thread_ts"] == ts
