"""Programs beside Python that a test speaks to."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest


def program(name: str, install: str = "") -> str:
    """Its path. A stranger who lacks it is told how to `install` it and the test is skipped; CI must have it."""
    path = shutil.which(name)
    if path:
        return path
    needed = f"needs {name} (apt install {install or name}), which this machine does not have"
    if os.environ.get("CI") == "true":
        pytest.fail(needed)
    pytest.skip(needed)


def free_port() -> int:
    """A port that nothing listens at now, for a program that takes no 0."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def served(
    command: Callable[[int], Sequence[object]], answers: Callable[[int], bool], log: Path, port: int = 0, **options: object
) -> tuple[int, subprocess.Popen[bytes]]:
    """Start a server on a port (0: a free one) and wait until it answers: its port and its process.

    `options`: those of Popen. It runs in the folder of its log.
    """
    for _ in range(5):  # somebody may take the port between asking for it and using it
        at = port or free_port()
        with log.open("ab") as file:
            process = subprocess.Popen(list(map(str, command(at))), stdout=file, stderr=file, cwd=log.parent, **options)  # type: ignore[call-overload]
        for _ in range(1_200):
            if process.poll() is not None:
                break
            if answers(at):
                return at, process
            time.sleep(0.05)
        else:
            raise AssertionError("the server does not come up: " + log.read_text())
        port = 0
    raise AssertionError(log.read_text())
