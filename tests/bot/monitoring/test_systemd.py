"""What systemd is told, over a real datagram socket."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.monitoring import systemd
from bot.settings.http import HttpSettings
from bot.state.opening import open_state
from bot.web import server as web
from bot.web.desk import WebDesk
from tests.support.site import Site
from tests.support.systemd import Systemd


@pytest.fixture
def manager() -> Iterator[Systemd]:
    # Not tmp_path: a socket's path may have 107 characters.
    with tempfile.TemporaryDirectory() as folder, Systemd(Path(folder) / "notify") as made:
        yield made


def test_it_is_told_over_the_socket_that_the_environment_names(manager: Systemd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not systemd.notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(manager.path))
    assert systemd.notify("READY=1", "STATUS=running feeds\nand briefings")
    assert manager.next() == "READY=1\nSTATUS=running feeds and briefings"
    monkeypatch.setenv("NOTIFY_SOCKET", str(manager.path) + ".gone")
    assert not systemd.notify("READY=1")


@pytest.mark.skipif(not Path("/proc/self/ns").exists(), reason="abstract sockets are Linux's")
def test_an_abstract_socket_is_written_with_an_at_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"dragoman-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(f"\0{name}")
        receiver.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        assert systemd.notify("STOPPING=1") and receiver.recv(100) == b"STOPPING=1"


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, 0.0), ({"WATCHDOG_USEC": "30000000"}, 30.0), ({"WATCHDOG_USEC": "soon"}, 0.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
    ],
)  # fmt: skip
def test_the_watchdog_is_this_process_s(environ: dict[str, str], seconds: float) -> None:
    assert systemd.watchdog_seconds(environ) == seconds


def test_what_is_not_alive_gives_no_sign(manager: Systemd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(manager.path))
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    said, dead = list[bool](), iter([False, False])

    def alive() -> bool:
        said.append(next(dead, True))
        return said[-1]

    with systemd.watchdog(alive):
        assert manager.next() == "WATCHDOG=1"
    assert said[:3] == [False, False, True]


def test_a_server_whose_event_loop_hangs_is_not_alive(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = open_state(folder)
    server = web.make_server(WebDesk(site.desk.bot, state, HttpSettings()))
    assert not server.alive()  # it has not begun
    loop, gate = asyncio.new_event_loop(), threading.Event()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server._loop = loop
    try:
        assert server.alive()
        monkeypatch.setattr(web, "PATIENCE", 0.05)
        loop.call_soon_threadsafe(gate.wait)
        assert not server.alive()
    finally:
        gate.set()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        state.close()
    assert not server.alive()
