"""`dragoman run`, `slack` and `serve` as systemd and Prometheus see them: processes of their own."""

from __future__ import annotations

import json
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, FakeSlack, serving
from tests.support.feed_server import item
from tests.support.feed_server import serving as serving_feeds
from tests.support.library import COMMAND, environment
from tests.support.programs import free_port
from tests.support.systemd import WAIT, Systemd

pytestmark = pytest.mark.model
TEXT = "The port of Sarvella reopened on Sunday after two years. “Ships are welcome again,” harbour director Mira Osei said."


class Service:
    """A process that tells systemd what it does, with its log as JSON."""

    def __init__(self, systemd: Systemd, command: list[str], env: dict[str, str]) -> None:
        told = {"NOTIFY_SOCKET": str(systemd.path), "WATCHDOG_USEC": "3000000", "PYTHONUNBUFFERED": "1"}
        self.systemd, self.rows = systemd, list[dict[str, object]]()
        self.process = subprocess.Popen(
            [*COMMAND, *command, "--log-format", "json"], env=env | told, stderr=subprocess.PIPE, text=True
        )

    def logs(self, logger: str, words: str) -> dict[str, object]:
        """The first row from now on of a logger that has these words."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.rows.append(json.loads(line))
            if self.rows[-1]["logger"] == logger and words in str(self.rows[-1]["message"]):
                return self.rows[-1]
        raise AssertionError(f"{logger} never said {words}: {self.rows}")

    def end(self) -> str:
        """Ended by SIGTERM, which it says; its whole log."""
        self.process.send_signal(signal.SIGTERM)
        self.systemd.wait_for("STOPPING=1")
        rest = self.process.communicate(timeout=WAIT)[1]
        self.rows += map(json.loads, rest.splitlines())
        assert self.process.returncode == 0, self.rows
        assert all(row.keys() >= {"time", "level", "logger", "message"} for row in self.rows)
        return "\n".join(map(str, self.rows))


@contextmanager
def service(command: list[str], env: dict[str, str]) -> Iterator[Service]:
    with tempfile.TemporaryDirectory() as folder, Systemd(Path(folder) / "notify") as systemd:
        made = Service(systemd, command, env)
        try:
            yield made
        finally:
            made.process.kill()
            made.process.communicate()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with serving() as fake:
        yield fake


def test_a_desk_is_watched(tmp_path: Path, home: Path, slack: FakeSlack) -> None:
    port, env = free_port(), environment(home) | {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    with serving_feeds() as site:
        link = site.article("/port", "Port of Sarvella reopens", TEXT, TEXT.replace("said", "added"), outlet="Norby Herald")
        good = site.feed("/feed.xml", "Norby Herald", item(link, "Port of Sarvella reopens"))
        (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{good}"\n[[feed]]\nurl = "{site.address}/dead.xml"\n')
        config = tmp_path / "dragoman.toml"
        config.write_text(
            f'library = "library"\nfeeds = "feeds.toml"\nallow_hosts = ["127.0.0.1"]\n[monitoring]\nport = {port}\n'
            f'[slack]\napi_url = "{slack.url}"\n[beats.news]\nschedule = "* * * * *"\ntargets = ["folder:{tmp_path / "out"}"]\n'
        )
        with service(["run", "--config", str(config)], env) as desk:
            ready = desk.systemd.wait_for("READY=1")
            assert "STATUS=running feeds, briefings, slack" in ready
            desk.logs("feeds", "1 new")
            desk.logs("briefings", "sent")
            slack.wait(lambda: slack._sockets, "Slack's connection")
            slack.answered("C0NEWS", slack.say("C0NEWS", f"<@{BOT}> Who said that ships are welcome again?"))
            asked = desk.logs("questions", "answered")
            assert asked["interface"] == "run" and asked["generator"] == "extractive" and asked["sentences"]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=WAIT) as client:
                assert client.get("/healthz").status_code == 200
                checks = client.get("/readyz").json()
                assert checks["library"]["articles"] == 1 and (checks["feeds"]["watched"], checks["feeds"]["failing"]) == (2, 1)
                text = client.get("/metrics").text
            for line in (
                'dragoman_questions_total{generator="extractive",outcome="answered"} 1.0',
                'dragoman_feed_visits_total{outcome="read"} 1.0', 'dragoman_feed_visits_total{outcome="failed"} 1.0',
                'dragoman_feed_articles_total{change="new"} 1.0', "dragoman_feeds_failing 1.0", "dragoman_jobs 0.0",
                'dragoman_deliveries_total{stage="sent",way="folder"}', 'dragoman_stage_seconds_count{stage="search"} 1.0',
            ):  # fmt: skip
                assert line in text, line
            desk.systemd.wait_for("WATCHDOG=1")
            log = desk.end()
    assert any(row["level"] == "warning" and "/dead.xml" in str(row["message"]) for row in desk.rows)
    assert BOT_TOKEN not in log and APP_TOKEN not in log and "welcome" not in log


def test_slack_and_serve_say_when_they_are_ready(library: Path, home: Path, slack: FakeSlack) -> None:
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    for command, env in (["slack", "--api-url", slack.url], tokens), (["serve", "--port", "0"], {}):
        with service([*command, "--library", str(library)], environment(home) | env) as one:
            assert "STATUS=answering" in one.systemd.wait_for("READY=1")
            one.systemd.wait_for("WATCHDOG=1")
            one.end()
