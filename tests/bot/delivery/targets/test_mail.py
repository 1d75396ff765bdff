"""Mail to a real server: what arrives, what is secret, and which failures are certain."""

from __future__ import annotations

import socket
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lx

from bot.delivery.outcomes import NotSent, Unknown
from bot.delivery.targets.mail import message, send
from bot.rendering.briefing_text import plain
from bot.settings.mail import MailSettings
from tests.support.briefing import hostile, nothing, strait
from tests.support.desk import Mailbox, mail_server
from tests.support.programs import program

TO = "desk@example.org"


def settings(port: int, **more: object) -> MailSettings:
    plainly = MailSettings(host="127.0.0.1", port=port, security="none", sender="Dragomán <briefings@example.org>", timeout=20)
    return replace(plainly, **more)  # type: ignore[arg-type]


def test_a_mail_arrives_whole(box: Mailbox) -> None:
    sent = send(strait(), TO, settings(box.port))
    (mail,) = box.mails
    assert mail["Message-ID"] == sent and mail["To"] == TO and mail["From"] == "Dragomán <briefings@example.org>"
    assert mail["Subject"] == "Correction: Astrid Vale carried fourteen sailors – Briefing: strait, 2025-05-19: 4 events"
    assert mail["List-Unsubscribe"] == "<mailto:briefings@example.org?subject=unsubscribe%20strait>"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["List-Id"] == "<strait.dragoman.example.org>"
    text, page = mail.iter_parts()
    assert text.get_content_type() == "text/plain" and text.get_content().replace("\r\n", "\n") == plain(strait()) + "\n"
    assert page.get_content_type() == "text/html"
    shown = lx.fromstring(page.get_content())
    assert "أستريد فيل" in shown.text_content() and shown.xpath("//h2[@lang='ar'][@dir='rtl']")
    assert not shown.xpath("//script | //svg | //@href[starts-with(., '#')]")


def test_the_same_briefing_has_one_message_id_an_address() -> None:
    ids = [
        message(briefing, to, settings(25))["Message-ID"] for briefing in (strait(), nothing()) for to in (TO, "x@example.org")
    ]
    assert len(set(ids)) == 4 and message(strait(), TO, settings(25))["Message-ID"] == ids[0]


def test_strangers_write_no_headers_and_no_markup(box: Mailbox) -> None:
    evil = replace(hostile(), beat="b\r\nBcc: spy@example.org")
    event = replace(
        evil.events[0], headline=replace(evil.events[0].headline, text="Headline\r\nBcc: spy@example.org\r\n\r\n<script>")
    )
    send(replace(evil, beat="evil", events=(event,)), TO, settings(box.port))
    (mail,) = box.mails
    assert mail["Bcc"] is None and "\n" not in mail["Subject"]
    _, page = mail.iter_parts()
    assert not lx.fromstring(page.get_content()).xpath("//script | //img")


def test_a_quiet_day_s_subject_says_so(box: Mailbox) -> None:
    send(nothing(), TO, settings(box.port, unsubscribe="https://desk.example.org/leave?beat=strait"))
    (mail,) = box.mails
    assert mail["Subject"].startswith("Nothing new on strait")
    assert mail["List-Unsubscribe"] == "<https://desk.example.org/leave?beat=strait>"


def test_what_is_certainly_not_sent(box: Mailbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotSent, match="cannot be reached"):
        send(strait(), TO, settings(port))
    with pytest.raises(NotSent, match="no mail server"):
        send(strait(), TO, MailSettings())
    with pytest.raises(NotSent, match=r"127\.0\.0\.1"):  # it has no STARTTLS
        send(strait(), TO, settings(box.port, security="starttls"))
    box.refuse_rcpt = "550 5.1.1 unknown"
    with pytest.raises(NotSent, match=r"refused the recipient desk@example\.org: 550 5\.1\.1 unknown"):
        send(strait(), TO, settings(box.port))
    box.refuse_rcpt, box.refuse = "", "554 5.7.1 spam"
    with pytest.raises(NotSent, match=r"554 5\.7\.1 spam"):
        send(strait(), TO, settings(box.port))
    with pytest.raises(NotSent, match="no mail address"):
        send(strait(), "not an address", settings(box.port))
    assert box.mails == []


def test_a_connection_lost_after_the_text_is_unknown(box: Mailbox) -> None:
    box.drop = True
    with pytest.raises(Unknown, match="connection broke while sending"):
        send(strait(), TO, settings(box.port))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key."""
    openssl = program("openssl")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([openssl, *command.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def test_the_password_is_sent_over_tls_only(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    cert, key = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    with mail_server(tls_context=context, require_starttls=True) as box:
        secure = settings(box.port, security="starttls", password="s3cret")
        with pytest.raises(NotSent, match="no secure connection"):  # nobody vouches for the certificate
            send(strait(), TO, secure)
        assert box.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        send(strait(), TO, secure)
        assert box.logins == [("briefings@example.org", "s3cret")] and len(box.mails) == 1
        with pytest.raises(NotSent, match="535"):
            send(strait(), TO, replace(secure, password="wrong"))


def test_tls_from_the_first_byte(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    cert, key = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    with mail_server(ssl_context=context) as box:
        send(strait(), TO, settings(box.port, security="ssl"))
        assert len(box.mails) == 1
