"""A running `dragoman serve` in this process: the real Bot over a real library, the real server on loopback."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.bot import Bot
from bot.settings.http import HttpSettings
from bot.state.opening import open_state
from bot.web.desk import WebDesk
from bot.web.server import make_server
from index.index import Index
from tests.support.slack import Slow

WAIT = 60.0  # seconds after which a test gives up


@dataclass
class Site:
    """The server, where it is, and a client that is allowed in."""

    desk: WebDesk
    url: str
    client: httpx.Client

    @property
    def slow(self) -> Slow:
        """The generator, where the site was made with one that waits for the test."""
        assert isinstance(self.desk.bot.generator, Slow)
        return self.desk.bot.generator

    def reached(self, jobs: int) -> bool:
        """Whether so many requests run or wait, soon."""
        until = time.monotonic() + WAIT
        while self.desk.workers.jobs != jobs and time.monotonic() < until:
            threading.Event().wait(0.01)
        return self.desk.workers.jobs == jobs


@contextmanager
def running_site(library: Path, *, slow: bool = False, **settings: object) -> Iterator[Site]:
    """Served for the length of a `with`; state is written into the library's folder."""
    with Index(library, create=False) as index:
        bot = Bot(index)
        if slow:
            bot.generator = Slow(index)
        state = open_state(library)
        desk = WebDesk(bot, state, HttpSettings(port=0, **settings))  # type: ignore[arg-type]
        server = make_server(desk)
        thread = threading.Thread(target=server.run)
        thread.start()
        until = time.monotonic() + WAIT
        while not server.started and thread.is_alive() and time.monotonic() < until:
            threading.Event().wait(0.01)
        assert server.started
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        try:
            with httpx.Client(base_url=url, timeout=WAIT) as client:
                yield Site(desk, url, client)
        finally:
            if slow:
                bot.generator.gate.release(1000)  # type: ignore[attr-defined]
            server.should_exit = True
            thread.join(WAIT)
            state.close()
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def site(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all tests that change nothing of it, without tokens, over the library of `tests.support.library`."""
    folder = copied(library, tmp_path_factory.mktemp("site"))
    with running_site(folder) as made:
        yield made


@pytest.fixture
def folder(library: Path, tmp_path: Path) -> Path:
    """A copy of the library, for a server of a test's own."""
    return copied(library, tmp_path)


def copied(library: Path, into: Path) -> Path:
    """A copy of the articles alone: what commands of other tests have said and briefed is not in it."""
    return Path(shutil.copytree(library, into / "library", ignore=shutil.ignore_patterns("state.db*")))
