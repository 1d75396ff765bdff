"""A real Chroma server for the tests: the program that chromadb's wheel brings.

def test_it(chroma_server): ...        the server, which all tests share
ChromaProcess.start()                  one of a test's own: to be killed
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.support.programs import served

RUN = (
    "import sys; from chromadb.cli.cli import app; sys.argv = ['chroma', *sys.argv[1:]]; app()"  # what the script `chroma` does
)


@dataclass
class ChromaProcess:
    """A server with its data in a folder, on a port of 127.0.0.1."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls) -> ChromaProcess:
        """A new server in a folder of its own."""
        server = cls(Path(tempfile.mkdtemp(prefix="dragoman-chroma-")))
        server.up()
        return server

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def collections(self) -> str:
        """Where its collections are, for what only a stranger does to them."""
        return f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections"

    def up(self) -> None:
        """Start it, or start it again, on the port it had."""
        self.port, self.process = served(self._command, self._answers, self.folder / "log", self.port)

    def _command(self, port: int) -> list[object]:
        return [sys.executable, "-c", RUN, "run", "--path", self.folder / "data", "--port", port, "--host", "127.0.0.1"]

    def _answers(self, port: int) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{port}/api/v2/heartbeat").is_success
        return False

    def kill(self) -> None:
        """kill -9: nothing is flushed, nobody is told."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def lose(self) -> None:
        """Kill it, and lose its disk."""
        self.kill()
        shutil.rmtree(self.folder / "data")

    def stop(self) -> None:
        """End it, and remove its folder."""
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chroma_server() -> Iterator[ChromaProcess]:
    """A server that all tests share. Nobody stops it."""
    server = ChromaProcess.start()
    yield server
    server.stop()
