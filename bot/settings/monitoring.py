"""The `[monitoring]` table of dragoman.toml: where `run` and `slack` show how they are. `serve` has an address already.

[monitoring]
port = 9464
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.http import VARIABLE, address_checked, tokens_of, whole
from bot.settings.settings import read_table
from bot.settings.values import string, switch
from index.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringSettings:
    """What a service shows of itself."""

    port: int = 0  # of /healthz, /readyz and /metrics; 0: nothing listens
    host: str = "127.0.0.1"
    questions: bool = False  # whether the log has the words of a question
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)  # as `HttpSettings.tokens`


def load_monitoring(config: Path | None = None, *, environ: Mapping[str, str] | None = None) -> MonitoringSettings:
    """From the file and the environment. SettingsError says what to write instead; off loopback a token is needed."""
    table, file = read_table("monitoring", config)
    where, default = f"{file}: monitoring", MonitoringSettings()
    for key in table:
        if key not in ("port", "host", "questions"):
            hint = f"set {VARIABLE} in the environment" if "token" in key else "known: port, host, questions"
            raise SettingsError(f"{where}: setting '{key}' does not belong there; {hint}")
    host = string(table.get("host", default.host), f"{where}.host")
    tokens = tokens_of(os.environ if environ is None else environ)
    address_checked(host, tokens, f"{where}.host: {host}")
    return MonitoringSettings(
        port=whole(table.get("port", default.port), f"{where}.port", 65_535, least=0),
        host=host,
        questions=switch(table.get("questions", default.questions), f"{where}.questions"),
        tokens=tokens,
    )
