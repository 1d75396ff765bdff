"""The `[mail]` table of dragoman.toml, and the password, which comes from the environment only."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from bot.settings.settings import read_table
from bot.settings.values import seconds, text
from index.address import LOOPBACK
from index.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The `[mail]` table of the file, and the password, which comes from the environment only."""

    host: str = ""  # of the SMTP server; empty: no mail is sent
    port: int = 587
    security: str = "starttls"  # starttls | ssl (the default for port 465) | none
    sender: str = ""  # "Dragoman <briefings@example.org>"
    user: str = ""  # to log in with; empty: the sender's address, where there is a password
    unsubscribe: str = ""  # address or web page for List-Unsubscribe; empty: the sender's address
    timeout: float = 30.0  # seconds that one step may take
    password: str = field(default="", repr=False)  # DRAGOMAN_MAIL_PASSWORD


def load_mail(config: Path | None = None, *, environ: Mapping[str, str] | None = None) -> MailSettings:
    """What sending mail needs. SettingsError as `load`."""
    environ = os.environ if environ is None else environ
    table, file = read_table("mail", config)
    where = f"{file}: mail"
    known = [f.name for f in fields(MailSettings) if f.name != "password"]
    for key in table:
        if key not in known:
            hint = "set DRAGOMAN_MAIL_PASSWORD in the environment" if key == "password" else f"known: {', '.join(known)}"
            raise SettingsError(f"{where}: setting '{key}' does not belong there; {hint}")
    host, sender, user, unsubscribe, security = (
        text(table.get(key), f"{where}.{key}", None) for key in ("host", "sender", "user", "unsubscribe", "security")
    )
    port = table.get("port", 465 if security == "ssl" else 587)
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65_536:
        raise SettingsError(f"{where}.port: expected a number from 1 to 65535, found {port!r}")
    security, password = security or ("ssl" if port == 465 else "starttls"), environ.get("DRAGOMAN_MAIL_PASSWORD", "")
    if security not in ("starttls", "ssl", "none"):
        raise SettingsError(f"{where}.security: expected starttls, ssl or none, found '{security}'")
    if security == "none" and password and host not in LOOPBACK:
        raise SettingsError(f'{where}.security: a password is not sent in the clear; write "starttls" or "ssl"')
    if host and not re.search(r"[^\s@]@[^\s@]", sender):
        raise SettingsError(f'{where}.sender: expected an address, as in sender = "Dragoman <briefings@example.org>"')
    return MailSettings(
        host=host, port=port, security=security, sender=sender, user=user, unsubscribe=unsubscribe, password=password,
        timeout=seconds(table.get("timeout"), f"{where}.timeout", None, default=MailSettings().timeout),
    )  # fmt: skip
