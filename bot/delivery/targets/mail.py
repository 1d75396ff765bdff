"""Briefings by mail: plain text with the same as HTML beside it, over SMTP.

The Message-ID follows from the briefing and the address, so that a mail that was sent twice all the same can be told as one.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

from bot.delivery.outcomes import NotSent, Unknown
from bot.phrases import count
from bot.records import Briefing
from bot.rendering.briefing_html import letter
from bot.rendering.briefing_text import listed, local, nothing, plain, title
from bot.settings.mail import MailSettings
from index.text.printable import line

SUBJECT = 150  # characters


def send(briefing: Briefing, to: str, settings: MailSettings) -> str:
    """Send it to one address; its Message-ID. NotSent, or Unknown if the connection broke after the text was given away."""
    if not settings.host:
        raise NotSent("no mail server: write host and sender under [mail] in dragoman.toml")
    mail = message(briefing, to, settings)
    sender = parseaddr(settings.sender)[1]
    try:
        with _connected(settings) as server:
            _accepted(server.mail(sender), f"sender {sender}")
            _accepted(server.rcpt(to), f"recipient {to}")
            try:
                code, reply = server.data(mail.as_bytes())
            except smtplib.SMTPDataError as error:  # the server said no before or after the text
                raise NotSent(f"{settings.host} refused the mail: {_said(error.smtp_code, error.smtp_error)}") from None
            except (smtplib.SMTPException, OSError) as error:
                raise Unknown(f"{settings.host}: the connection broke while sending ({type(error).__name__})") from None
            if code != 250:
                raise NotSent(f"{settings.host} refused the mail: {_said(code, reply)}")
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        answer = _said(error.smtp_code, error.smtp_error) if isinstance(error, smtplib.SMTPResponseException) else _why(error)
        raise NotSent(f"{settings.host}:{settings.port}: {answer}") from None
    return str(mail["Message-ID"])


class _connected:
    """A server that takes mail, while in the `with`. Leaving it says goodbye, and does not mind if nobody listens."""

    def __init__(self, settings: MailSettings) -> None:
        place, context = (settings.host, settings.port), ssl.create_default_context()
        name = parseaddr(settings.sender)[1].rpartition("@")[2]
        self.server: smtplib.SMTP
        if settings.security == "ssl":
            self.server = smtplib.SMTP_SSL(*place, local_hostname=name, timeout=settings.timeout, context=context)
        else:
            self.server = smtplib.SMTP(*place, local_hostname=name, timeout=settings.timeout)
        try:
            if settings.security == "starttls":
                self.server.starttls(context=context)
            if settings.password:
                self.server.login(settings.user or parseaddr(settings.sender)[1], settings.password)
            self.server.ehlo_or_helo_if_needed()
        except BaseException:
            self.server.close()
            raise

    def __enter__(self) -> smtplib.SMTP:
        return self.server

    def __exit__(self, *_: object) -> None:
        try:
            self.server.quit()
        except (smtplib.SMTPException, OSError):
            self.server.close()


def message(briefing: Briefing, to: str, settings: MailSettings) -> EmailMessage:
    """The whole mail. NotSent if an address has no place in a header."""
    name, sender = parseaddr(settings.sender)
    domain = sender.rpartition("@")[2]
    mark = hashlib.blake2b(f"{briefing.beat}\0{briefing.id}\0{to}".encode(), digest_size=16).hexdigest()
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(name, addr_spec=sender)
        mail["To"] = Address(addr_spec=to)
    except (ValueError, IndexError, UnicodeError) as error:
        raise NotSent(f"'{line(to)}' or '{line(settings.sender)}' is no mail address ({error})") from None
    mail["Subject"] = subject(briefing)
    mail["Date"] = format_datetime(datetime.fromtimestamp(briefing.until, UTC))
    mail["Message-ID"] = f"<{mark}@{domain}>"
    mail["List-Id"] = f"<{briefing.beat}.dragoman.{domain}>"
    mail["List-Unsubscribe"] = f"<{_unsubscribe(settings.unsubscribe or sender, briefing.beat)}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine shall answer
    mail["Content-Language"] = briefing.lang
    mail.set_content(plain(briefing) + "\n", cte="base64")  # lines are never wrapped, and may be longer than SMTP's 998
    mail.add_alternative(letter(briefing), subtype="html", cte="base64")
    return mail


def subject(briefing: Briefing) -> str:
    """The first event, then the briefing: "Port closed for a week – Briefing: strait, 2026-11-22: 4 events". Or nothing new."""
    if not briefing.events:
        return line(nothing(briefing))[:SUBJECT]
    day = f"{local(briefing.until, briefing.timezone):%Y-%m-%d}"
    about = line(f"{title(briefing)}, {day}: {count('event', briefing.lang, len(briefing.events))}")
    text, room = listed(briefing.events[0], briefing.lang), SUBJECT - len(about) - 3
    return f"{text if len(text) <= room else text[: room - 2].rstrip() + ' …'} – {about}"


def _unsubscribe(where: str, beat: str) -> str:
    """A web page as it is; an address as a mail that says from what."""
    if re.match(r"(?i)https?://|mailto:", where):
        return quote(where, safe="!#$%&'()*+,-./:;=?@[]_~")
    return f"mailto:{quote(where, safe='@')}?subject=unsubscribe%20{quote(beat)}"


def _accepted(reply: tuple[int, bytes], what: str) -> None:
    code, answer = reply
    if code not in (250, 251):
        raise NotSent(f"the mail server refused the {what}: {_said(code, answer)}")


def _said(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {line(text)[:200]}"


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return f"no secure connection ({error.reason or error})"
    return f"cannot be reached ({getattr(error, 'strerror', None) or type(error).__name__})"
