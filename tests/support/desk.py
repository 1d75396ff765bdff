"""What a desk's briefings are sent to, real but on loopback: a library of the sample articles, a mail server."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from index import Index
from index.ingest.sources import read
from tests.support.briefing import SAMPLES

WAIT = 60.0  # seconds after which a test gives up


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the sample articles. Tests work on a copy."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    with Index(folder) as index:
        index.add(read([str(SAMPLES)]))
    return folder


@pytest.fixture
def shelf(samples: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(samples, tmp_path / "library"))


@dataclass
class Mailbox:
    """What a mail server took, and how it behaves. `hold`: it takes the text and never answers."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""  # answer to the text: "550 no"
    refuse_rcpt: str = ""
    drop: bool = False  # closes the connection once it has the text
    hold: threading.Event | None = None  # set when it holds a text
    logins: list[tuple[str, str]] = field(default_factory=list)

    async def handle_RCPT(self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.refuse_rcpt:
            return self.refuse_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return self.refuse
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if self.hold:
            import asyncio

            self.hold.set()
            await asyncio.sleep(WAIT)
        if self.drop:
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"

    def authenticate(self, server: Server, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"s3cret", handled=False)


@contextmanager
def mail_server(**options: object) -> Iterator[Mailbox]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = Mailbox(port)
    controller = Controller(box, hostname="127.0.0.1", port=port, authenticator=box.authenticate, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made
