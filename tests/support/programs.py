"""Programs beside Python that a test speaks to."""

from __future__ import annotations

import os
import shutil
import socket

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
