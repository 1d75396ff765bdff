"""Two `dragoman run` over one library in PostgreSQL: one answers and delivers, the other stands by, and goes on when it is killed."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue

import pytest

from tests.support.desk import WAIT, Mailbox
from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, FakeSlack, serving
from tests.support.library import ARTICLES, COMMAND, Run, environment
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.model


class Machine:
    """A `dragoman run` in a process of its own, with its lines."""

    def __init__(self, config: Path, home: Path) -> None:
        env = environment(home) | {"PYTHONUNBUFFERED": "1", "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
        command = [*COMMAND, "run", "--config", str(config)]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines, self.seen = Queue[str](), list[str]()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def says(self, *texts: str) -> None:
        """Wait until it has said all of these."""
        while not all(any(text in line for line in self.seen) for text in texts):
            try:
                self.seen.append(self.lines.get(timeout=WAIT))
            except Empty:
                raise AssertionError(f"never said {texts}: {self.seen}") from None

    def lose_connections(self, postgres: PostgresServer) -> None:
        """As by a restart of the server, or a failover."""
        mine = f"application_name LIKE 'process {self.process.pid} %'"
        (count,) = postgres.sql(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {mine}")[0]
        assert count

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with serving() as fake:
        yield fake


@pytest.fixture
def machine(
    tmp_path: Path, home: Path, dragoman: Run, slack: FakeSlack, box: Mailbox, postgres: PostgresServer
) -> Iterator[Callable[[], Machine]]:
    """Starts one more machine of a desk, whose hourly briefing is due."""
    url = postgres.fresh()
    config = tmp_path / "dragoman.toml"
    config.write_text(
        f"""library = "{url}"
[slack]
api_url = "{slack.url}"
[mail]
host = "127.0.0.1"
port = {box.port}
security = "none"
sender = "Desk <desk@example.org>"
[beats.news]
schedule = "0 * * * *"
targets = ["folder:{tmp_path / "out"}", "mail:desk@example.org", "slack:C0NEWS"]
"""
    )
    with ExitStack() as stack:
        stack.callback(postgres.drop, url)
        read = dragoman("ingest", "-", "--config", config, stdin="\n".join(map(json.dumps, ARTICLES)))
        assert read.returncode == 0, read.stderr

        def start() -> Machine:
            made = Machine(config, home)
            stack.callback(made.kill)
            return made

        yield start


def test_one_does_it_all_and_the_other_goes_on(
    machine: Callable[[], Machine], slack: FakeSlack, box: Mailbox, tmp_path: Path, postgres: PostgresServer
) -> None:
    box.hold = threading.Event()  # the server has the mail, and the first is killed before it hears so
    first = machine()
    assert box.hold.wait(WAIT), first.seen
    second = machine()
    second.says("Another process delivers", "Another Slack bot runs")
    slack.wait(lambda: slack._sockets, "Slack's connection")
    question = slack.say("C0NEWS", f"<@{BOT}> When will the port of Sarvella reopen?")
    assert "3 June" in slack.answered("C0NEWS", question)[-1].text

    first.kill()
    box.hold = None
    second.says("news to mail:desk@example.org: unknown", "news to slack:C0NEWS: sent")
    slack.wait(lambda: slack._sockets, "Slack's connection")
    again = slack.say("C0NEWS", f"<@{BOT}> Who said that the cranes are repaired?")
    assert "Mira Osei" in slack.answered("C0NEWS", again)[-1].text
    assert len(box.mails) == 1 == len(list((tmp_path / "out").glob("*.html")))
    assert len(slack.from_bot("C0NEWS", question)) == 1 == len(slack.from_bot("C0NEWS", again))

    second.lose_connections(postgres)
    second.says("slack: the connection that made this the one Slack bot of the library was lost; tried again in 15 s")
    assert second.process.poll() is None
