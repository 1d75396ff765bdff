"""The end of sd_notify that systemd has: a real datagram socket, and what came to it."""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType

WAIT = 60.0  # seconds after which a test gives up


class Systemd:
    """Listening at `path` for the length of a `with`."""

    def __init__(self, path: Path) -> None:
        self.path, self.came = path, list[str]()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)

    def __enter__(self) -> Systemd:
        self._socket.bind(str(self.path))
        self._socket.settimeout(WAIT)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._socket.close()

    def next(self) -> str:
        self.came.append(self._socket.recv(4096).decode())
        return self.came[-1]

    def wait_for(self, line: str) -> str:
        """The first datagram that holds a line; those before it are skipped."""
        while line not in self.next().splitlines():
            pass
        return self.came[-1]
