"""A running Slack bot in this process: the real Bot over a real library, Bolt over Socket Mode, the fake Slack on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.answers.extractive import Extractive
from bot.bot import Bot
from bot.questions.question import Question
from bot.records import Draft, Turn
from bot.retrieval.evidence import Evidence
from bot.settings.slack import SlackSettings
from bot.slack import app as door
from bot.slack.desk import SlackDesk
from bot.slack.streaming import Bucket, Pace
from bot.state.opening import open_state
from index.index import Index
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, WAIT, FakeSlack, serving


class Slow:
    """A generator that waits for the test before each sentence, then quotes as the default one does."""

    name, prompt = "slow", "answer@test"

    def __init__(self, index: Index) -> None:
        self.quoting = Extractive(index.article)
        self.gate = threading.Semaphore(0)
        self.open = True
        self.changed = threading.Condition()
        self.waiting = self.most = self.began = 0
        self.histories: list[tuple[str, tuple[Turn, ...]]] = []
        self.fail: Exception | None = None
        self.stop = threading.Event()  # the one of the last answer

    def rewrite(self, question: Question, history: Sequence[Turn], *, stop: threading.Event | None = None) -> str:
        self.histories.append((question.asked, tuple(history)))
        return question.text

    def generate(self, evidence: Evidence, lang: str, *, stop: threading.Event | None = None) -> Iterator[Draft]:
        with self.changed:
            self.stop = stop or self.stop
            self.began += 1
            self.waiting += 1
            self.most = max(self.most, self.waiting)
            self.changed.notify_all()
        try:
            for draft in self.quoting.generate(evidence, lang):
                if not self.open:
                    assert self.gate.acquire(timeout=WAIT)
                yield draft
                if self.fail:
                    raise self.fail
            if not self.open:
                assert self.gate.acquire(timeout=WAIT)
        finally:
            with self.changed:
                self.waiting -= 1
                self.changed.notify_all()

    def reset(self) -> None:
        self.gate, self.open, self.fail = threading.Semaphore(0), True, None
        self.most = self.began = 0
        self.histories.clear()

    def wait_for(self, running: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.waiting >= running, WAIT), f"{self.waiting} of {running} answers run"


class Running:
    """The bot, connected. `pauses` are the waits it was asked to make; none of them takes time here."""

    def __init__(self, slack: FakeSlack, library: Path, state: Path, **settings: object) -> None:
        self.slack, self.library, self.folder = slack, library, state
        self.index = Index(library, create=False)
        self.generator = Slow(self.index)
        self.bot = Bot(self.index, generator=self.generator)
        self.now, self.pauses = 0.0, list[float]()
        self.settings = SlackSettings(api_url=slack.url, bot_token=BOT_TOKEN, app_token=APP_TOKEN, **settings)  # type: ignore[arg-type]
        self.start()

    def start(self) -> None:
        def pause(seconds: float) -> None:
            self.pauses.append(seconds)
            self.now += seconds

        pace = Pace(Bucket(18, clock=self.clock), Bucket(90, clock=self.clock), self.clock, pause)
        self.state = open_state(self.folder)
        self.desk: SlackDesk = door.open_desk(self.bot, self.state, self.settings, pace)
        self.desk.start()
        self.stack = ExitStack()
        self.stack.enter_context(door._socket(self.desk, self.settings, ""))

    def clock(self) -> float:
        """Each look at it is a minute later: the pace never holds anything back, unless a test stops it."""
        self.now += self.tick
        return self.now

    tick = 60.0

    def stop(self, grace: float = WAIT) -> None:
        self.stack.close()
        self.generator.open = True
        self.generator.gate.release(1000)
        self.desk.close(grace)
        self.state.close()

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture(scope="module")
def connected(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One bot for a module: making and ending a connection takes seconds."""
    with serving() as slack:
        bot = Running(slack, library, tmp_path_factory.mktemp("state"))
        yield bot
        bot.stop()
        bot.index.close()


@pytest.fixture
def running(connected: Running) -> Running:
    """That bot with nothing to do, in a Slack that has forgotten what was said."""
    connected.slack.reset()
    connected.generator.reset()
    connected.tick = 60.0
    connected.desk.settings = connected.settings
    return connected
