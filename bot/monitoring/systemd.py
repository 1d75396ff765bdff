"""What systemd is told (sd_notify): ready, stopping, alive. Nothing where NOTIFY_SOCKET is not set.

The protocol: a datagram of lines NAME=VALUE to a Unix socket, whose name may be abstract (written with "@").
https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress


def notify(*lines: str) -> bool:
    """Tell systemd; whether there is one that was told. `notify("READY=1", "STATUS=running feeds")`."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect("\0" + address[1:] if address.startswith("@") else address)
        sender.sendall("\n".join(line.replace("\n", " ") for line in lines).encode())
        return True
    return False


def watchdog_seconds(environ: Mapping[str, str]) -> float:
    """How long systemd waits for a sign of life of this process; 0: for ever."""
    usec, pid = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    return int(usec) / 1e6 if usec.isdecimal() and pid in ("", str(os.getpid())) else 0.0


@contextmanager
def watchdog(alive: Callable[[], bool]) -> Iterator[None]:
    """Signs of life while in the `with`, for as long as `alive` says so and does not hang."""
    seconds, over = watchdog_seconds(os.environ), threading.Event()

    def beat() -> None:
        while not over.wait(seconds / 3):
            if alive():
                notify("WATCHDOG=1")

    if seconds:
        threading.Thread(target=beat, name="watchdog", daemon=True).start()
    try:
        yield
    finally:
        over.set()
