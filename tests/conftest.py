"""Fixtures shared by all tests: no network, and ../shared where it is present."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.support import ROOT

pytest_plugins = ["tests.support.library"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real question sets beside the checkout. A stranger does not have it; CI must."""
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("../shared is missing, and CI must have it")
    pytest.skip("needs ../shared, which only the developers have")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback and local sockets connect: a test that reaches for the network fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise OSError(f"tests do not reach the network: {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
