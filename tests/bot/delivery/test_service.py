"""The whole of a desk: feeds from loopback, into the library, into briefings, to a folder, a mail server and a fake Slack."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.delivery import service
from bot.delivery.scheduler import Post
from bot.records import Beat
from bot.settings.mail import MailSettings
from bot.settings.settings import Settings
from bot.settings.slack import SlackSettings
from index.errors import Busy, LibraryError, SettingsError
from tests.support.desk import WAIT, Mailbox
from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, FakeSlack, serving
from tests.support.feed_server import Site, item
from tests.support.feed_server import serving as serving_feeds
from tests.support.library import COMMAND, Run, environment

pytestmark = pytest.mark.model

DAY = 86_400
SLOT = int(datetime.fromisoformat("2025-05-19T07:00+02:00").timestamp())


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with serving() as fake:
        yield fake


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_feeds() as made:
        yield made


def published(site: Site, *stories: tuple[str, str, str, int]) -> str:
    """A feed of (name, title, text, seconds since 1970), each with its page; its URL."""
    items = []
    for name, title, text, moment in stories:
        when = datetime.fromtimestamp(moment).astimezone()
        link = site.article(
            f"/{name}", title, text, text.replace("said", "added"), date=when.isoformat(), outlet="Norby Herald"
        )
        items.append(item(link, title, date=format_datetime(when)))
    return site.feed("/feed.xml", "Norby Herald", *items)


PORT = (
    "port",
    "Port of Sarvella reopens",
    "The port of Sarvella reopened on Sunday after two years of repairs. “Ships are welcome again,” harbour director Mira Osei said at the quay.",
    SLOT - 9 * 3600,
)
BRIDGE = (
    "bridge",
    "Bridge of Beiling closes for repairs",
    "The railway bridge of Beiling was closed on Monday because of cracks in two pillars. “It is a matter of weeks,” engineer Lin Xiao said in Norby.",
    SLOT + 9 * 3600,
)


def beat(folder: Path, name: str = "news") -> Beat:
    targets = (f"folder:{folder / 'out'}", "mail:desk@example.org", "slack:C0NEWS")
    return Beat(name=name, schedule="0 7 * * *", timezone="Europe/Berlin", targets=targets)


class Clock:
    """Time that goes on when the test says so. Parts that pause wait here until their moment has come."""

    def __init__(self, now: float, over: threading.Event) -> None:
        self.now, self.over = now, over
        self.waiting: dict[int, float] = {}
        self.changed = threading.Condition()

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        me = threading.get_ident()
        with self.changed:
            self.waiting[me] = self.now + seconds
            self.changed.notify_all()
            assert self.changed.wait_for(lambda: self.now >= self.waiting[me] or self.over.is_set(), WAIT)
            del self.waiting[me]

    def settled(self, parts: int) -> bool:
        """Wait until so many parts have nothing to do at this time."""
        with self.changed:
            return self.changed.wait_for(lambda: sum(wake > self.now for wake in self.waiting.values()) == parts, WAIT)

    def go(self, to: float, parts: int) -> None:
        with self.changed:
            self.now = to
            self.changed.notify_all()
        assert self.settled(parts)

    def end(self) -> None:
        self.over.set()
        with self.changed:
            self.changed.notify_all()


class Running:
    """`service.run` in a thread, with its lines."""

    def __init__(self, desk: service.Desk, now: float) -> None:
        self.over, self.lines = threading.Event(), list[str]()
        self.clock = Clock(now, self.over)
        self.result: list[bool] = []
        self.thread = threading.Thread(target=self._run, args=(desk,))
        self.thread.start()

    def _run(self, desk: service.Desk) -> None:
        self.result.append(service.run(desk, self.over, tell=self.tell, clock=self.clock, pause=self.clock.pause))

    def tell(self, part: str, text: str, /, *, trouble: bool = False) -> None:
        with self.clock.changed:
            self.lines.append(f"{part}: {text}")
            self.clock.changed.notify_all()

    def said(self, text: str) -> bool:
        with self.clock.changed:
            return self.clock.changed.wait_for(lambda: any(text in line for line in self.lines), WAIT)

    def end(self) -> bool:
        self.clock.end()
        self.thread.join(WAIT)
        return self.result == [True]


def test_a_day_of_a_desk(tmp_path: Path, site: Site, slack: FakeSlack, box: Mailbox) -> None:
    slack.reset()
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{published(site, PORT)}"\nevery = "1h"\n')
    desk = service.Desk(
        Settings(library=tmp_path / "library", feeds=feeds, allow_hosts=("127.0.0.1",)),
        (beat(tmp_path),),
        Post(MailSettings(host="127.0.0.1", port=box.port, security="none", sender="Desk <desk@example.org>"),
             SlackSettings(api_url=slack.url, bot_token=BOT_TOKEN), lambda _: None),
        SlackSettings(api_url=slack.url, bot_token=BOT_TOKEN, app_token=APP_TOKEN, grace=WAIT),
    )  # fmt: skip
    running = Running(desk, SLOT - 600)
    try:
        assert running.clock.settled(2), running.lines  # the feed was read, no briefing is due
        assert box.mails == [] and any("1 new" in line for line in running.lines), running.lines
        with pytest.raises(Busy, match="Another dragoman run"):
            service.run(desk, threading.Event(), tell=lambda *_, **__: None)

        running.clock.go(SLOT + 1, 2)
        (mail,) = box.mails
        assert "port of Sarvella reopened" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert [file.suffix for file in sorted((tmp_path / "out").iterdir())] == [".html", ".json", ".md"]
        assert "Port of Sarvella reopens" in slack.from_bot("C0NEWS")[0].text

        slack.wait(lambda: slack._sockets, "Slack's connection")
        question = slack.say("C0NEWS", f"<@{BOT}> Who said that ships are welcome again?")
        assert "Mira Osei" in slack.answered("C0NEWS", question)[-1].text

        published(site, PORT, BRIDGE)
        for hour in range(1, 25):  # a day: nothing but the feed until the next morning
            running.clock.go(SLOT + 1 + hour * 3600, 2)
        assert len(box.mails) == 2, running.lines
        text = box.mails[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "1. [New] Bridge of Beiling closes for repairs" in text and "The railway bridge of Beiling was closed" in text
        assert "port of Sarvella reopened" not in text.partition("Watched, without news")[0]
    finally:
        assert running.end(), running.lines
    assert running.lines[-1] == "run: ended"


def test_a_part_that_fails_does_not_stop_the_others(tmp_path: Path, slack: FakeSlack, site: Site) -> None:
    slack.reset()
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{site.address}/dead.xml"\n')
    wrong = SlackSettings(api_url=slack.url, bot_token="xoxb-wrong", app_token=APP_TOKEN)
    target = (f"folder:{tmp_path / 'out'}",)
    desk = service.Desk(
        Settings(library=tmp_path / "library", feeds=feeds, allow_hosts=("127.0.0.1",)),
        (Beat(name="news", schedule="0 7 * * *", targets=target),), Post(), wrong,
    )  # fmt: skip
    running = Running(desk, SLOT - 600)
    try:
        assert running.said("slack: Slack refused SLACK_BOT_TOKEN: invalid_auth") and running.said("tried again in 15 s")
        assert running.said("/dead.xml: ")
        running.clock.settled(3)
        running.clock.go(SLOT + 4 * 3600, 3)
        assert running.said("tried again in 30 s")
        assert len(list((tmp_path / "out").iterdir())) == 3  # an empty library: a quiet day is a briefing, too
    finally:
        assert running.end(), running.lines


def test_without_anything_to_do_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing to run: give --feeds"):
        service.run(service.Desk(Settings(library=tmp_path / "library")), threading.Event(), tell=lambda *_, **__: None)
    with pytest.raises(SettingsError, match="feeds file cannot be read"):
        desk = service.Desk(Settings(library=tmp_path / "library", feeds=tmp_path / "none.toml"))
        service.run(desk, threading.Event(), tell=lambda *_, **__: None)


# From outside, as cron and systemd see it -------------------------------------------------------------------------------------


@pytest.fixture
def config(tmp_path: Path, slack: FakeSlack, box: Mailbox) -> Path:
    file = tmp_path / "dragoman.toml"
    file.write_text(
        f"""library = "library"
[slack]
api_url = "{slack.url}"
[mail]
host = "127.0.0.1"
port = {box.port}
security = "none"
sender = "Desk <desk@example.org>"
[beats.news]
schedule = "0 7 * * *"
timezone = "Europe/Berlin"
targets = ["folder:out", "mail:desk@example.org", "slack:C0NEWS"]
"""
    )
    return file


def test_a_part_stands_by_while_another_process_does_it() -> None:
    held, over, lines, pauses = ["The other one works."] * 3 + ["", "The other one works."], threading.Event(), [], []

    def work() -> None:
        if not held:
            return
        if busy := held.pop(0):
            raise Busy(busy)
        raise LibraryError("It broke.")

    part = service.ServicePart("slack", work)
    service._keep(part, over, lambda part, text, **_: lines.append(f"{part}: {text}"), pauses.append)
    stands, broke = "slack: The other one works. Standing by.", f"slack: It broke.; tried again in {service.PAUSE:g} s"
    assert lines == [stands, broke, stands]
    assert pauses == [service.STANDBY] * 3 + [service.PAUSE, service.STANDBY]


def test_from_feed_to_desk_through_the_command_line(
    dragoman: Run, home: Path, config: Path, site: Site, slack: FakeSlack, box: Mailbox
) -> None:
    slack.reset()
    folder = config.parent
    (folder / "feeds.toml").write_text(f'[[feed]]\nurl = "{published(site, PORT)}"\n')
    at = "2025-05-19T07:00:05+02:00"

    def command(*args: str) -> subprocess.CompletedProcess[str]:
        return dragoman(*args, "--config", config, SLACK_BOT_TOKEN=BOT_TOKEN)

    def start(*args: str) -> subprocess.Popen[bytes]:
        env = environment(home) | {"SLACK_BOT_TOKEN": BOT_TOKEN}
        return subprocess.Popen(
            [*COMMAND, *args, "--config", str(config)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    watched = command("watch", str(folder / "feeds.toml"), "--once", "--allow-host", "127.0.0.1")
    assert watched.returncode == 0, watched.stderr
    dry = command("run-due", "--now", at, "--dry-run")
    targets = f"folder:{folder / 'out'} mail:desk@example.org slack:C0NEWS"
    assert dry.stdout == f"news 2025-05-19T07:00+02:00 {targets}\n" and not (folder / "out").exists()

    box.hold = threading.Event()  # the server has the mail, and the program is killed before it hears so
    killed = start("run-due", "--now", at)
    assert box.hold.wait(WAIT)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    box.hold = None
    assert len(box.mails) == 1 and slack.from_bot("C0NEWS") == []

    after = command("run-due", "--now", "2025-05-19T07:10:00+02:00")
    assert after.returncode == 1 and "mail:desk@example.org unknown the process ended while it was sending" in after.stdout
    assert "slack:C0NEWS sent" in after.stdout
    seen = len(slack.from_bot("C0NEWS"))
    again = command("run-due", "--now", "2025-05-19T07:20:00+02:00")
    assert (again.returncode, again.stdout) == (0, "Nothing is due.\n")
    assert len(box.mails) == 1 and len(slack.from_bot("C0NEWS")) == seen > 0

    states = {
        row["target"].partition(":")[0]: row["state"]
        for row in json.loads(command("beats", "--json").stdout)["beats"][0]["slots"]
    }
    assert states == {"folder": "sent", "mail": "unknown", "slack": "sent"}

    two = [start("run-due", "--now", "2025-05-20T07:00:05+02:00") for _ in range(2)]
    ended = [process.communicate()[1] for process in two]
    assert any(process.returncode == 0 for process in two), ended
    assert len(box.mails) == 2 and len(list((folder / "out").glob("*.html"))) == 2


def test_sigterm_ends_it_with_grace(home: Path, config: Path, slack: FakeSlack) -> None:
    slack.reset()
    env = environment(home) | {"PYTHONUNBUFFERED": "1"}
    config.write_text(config.read_text().replace("0 7 * * *", "0 7 29 2 *"))  # not now
    running = subprocess.Popen(
        [*COMMAND, "run", "--config", str(config)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stderr is not None
    assert re.fullmatch(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ info run: running briefings\n", running.stderr.readline())
    os.kill(running.pid, signal.SIGTERM)
    _, log = running.communicate(timeout=WAIT)
    assert running.returncode == 0 and log.endswith(b" info run: ended\n"), log
