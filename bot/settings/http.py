"""The `[http]` table of dragoman.toml, and the tokens, which come from the environment only.

[http]
hosts = ["news.example.org"]
[http.allow.press]           # what the token in DRAGOMAN_HTTP_TOKEN_PRESS may see
outlets = ["Coast Courier"]
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from bot.records import Beat
from bot.settings.settings import load_beats, read_table
from bot.settings.values import filters, names, string, switch
from index.address import LOOPBACK
from index.errors import SettingsError
from index.records import Filter

VARIABLE = "DRAGOMAN_HTTP_TOKEN"
FLAGS = {"hosts": "name"}  # where a flag is called otherwise than its setting
SHORTEST = 16  # characters of a token


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """Where `dragoman serve` listens, what it believes, how much it takes at once, and who may ask."""

    host: str = "127.0.0.1"
    port: int = 8391
    hosts: tuple[str, ...] = ()  # names it is reached by, beside loopback's and addresses in figures
    root_path: str = ""  # the path under which a proxy shows it: "/news"
    forwarded_from: tuple[str, ...] = ()  # addresses of proxies whose X-Forwarded-For and -Proto are believed
    workers: int = 4  # answers made at the same time
    waiting: int = 16  # requests that may wait for a worker; more are refused with 429
    timeout: float = 120.0  # seconds that a request may take
    rate: int = 60  # requests a minute and token
    keep: bool = True  # answers of the page and of /v1/ask are kept, so that their addresses hold
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)  # name ("" for DRAGOMAN_HTTP_TOKEN) -> token
    allow: Mapping[str, Filter] = field(default_factory=dict)  # name of a token -> what it may see; a name that lacks: all
    beats: Mapping[str, Beat] = field(default_factory=dict)


def load_http(config: Path | None = None, *, environ: Mapping[str, str] | None = None, **flags: object) -> HttpSettings:
    """From flags (None: not given), the file and the environment. SettingsError says what to write instead.

    Off loopback a token is needed; a token of a name needs an entry under `[http.allow]`, which may be empty: everything.
    """
    environ = os.environ if environ is None else environ
    table, file = read_table("http", config)
    where, default = f"{file}: http", HttpSettings()
    known = tuple(f.name for f in fields(HttpSettings) if f.name not in ("tokens", "beats"))
    for key in table:
        if key not in known:
            hint = f"set {VARIABLE} in the environment" if "token" in key else f"known: {', '.join(known)}"
            raise SettingsError(f"{where}: setting '{key}' does not belong there; {hint}")
    given = {key: value for key, value in flags.items() if value not in (None, [])}
    said = table | given

    def at(key: str) -> str:
        """Where it was said, for messages."""
        return f"--{FLAGS.get(key, key.replace('_', '-'))}" if key in given else f"{where}.{key}"

    settings = HttpSettings(
        host=string(said.get("host", default.host), at("host")),
        port=whole(said.get("port", default.port), at("port"), 65_535, least=0),
        hosts=_names(said.get("hosts", ()), at("hosts")),
        root_path=_path(said.get("root_path", ""), at("root_path")),
        forwarded_from=_names(said.get("forwarded_from", ()), at("forwarded_from")),
        workers=whole(said.get("workers", default.workers), at("workers"), 64),
        waiting=whole(said.get("waiting", default.waiting), at("waiting"), 10_000, least=0),
        timeout=float(whole(said.get("timeout", int(default.timeout)), at("timeout"), 86_400)),
        rate=whole(said.get("rate", default.rate), at("rate"), 1_000_000),
        keep=switch(said.get("keep", default.keep), at("keep")),
        tokens=tokens_of(environ),
        allow=filters(table.get("allow"), f"{where}.allow") or {},
        beats=load_beats(config),
    )
    return _checked(settings, where)


def _checked(settings: HttpSettings, where: str) -> HttpSettings:
    address_checked(settings.host, settings.tokens, f"--host {settings.host}")
    if settings.allow:
        for name in settings.tokens:
            if name and name not in settings.allow:
                raise SettingsError(
                    f"{where}.allow: no entry for the token {VARIABLE}_{name.upper()}; write [http.allow.{name}], empty for all"
                )
    named = {name: allowed for name, allowed in settings.allow.items() if name in settings.tokens}
    return replace(settings, allow=named)


def address_checked(host: str, tokens: Mapping[str, str], where: str) -> None:
    """SettingsError where others could reach the library and no token keeps them out."""
    if host not in LOOPBACK and not tokens:
        raise SettingsError(
            f"{where}: others could reach the library; set {VARIABLE} to a secret of {SHORTEST} characters or more,"
            " or listen on 127.0.0.1"
        )


def tokens_of(environ: Mapping[str, str]) -> dict[str, str]:
    """Name -> token, of DRAGOMAN_HTTP_TOKEN and DRAGOMAN_HTTP_TOKEN_NAME."""
    found = {}
    for variable, token in environ.items():
        if not token or not (match := re.fullmatch(rf"{VARIABLE}(?:_(\w+))?", variable)):
            continue
        if len(token) < SHORTEST or not re.fullmatch(r"[!-~]+", token):
            raise SettingsError(f"{variable}: expected {SHORTEST} or more letters and digits, as of: openssl rand -hex 24")
        found[(match[1] or "").lower()] = token
    if len(set(found.values())) < len(found):
        raise SettingsError(f"{VARIABLE}: two names have one token; each needs its own")
    return found


def host_fits(header: str, hosts: Collection[str]) -> bool:
    """Whether a Host header names this server: loopback, an address in figures, or one of `hosts`.

    It is checked first: a page of another site whose name was pointed at this machine (DNS rebinding) gets nothing.
    """
    name = header.rsplit(":", 1)[0] if header.rpartition(":")[2].isdigit() and not header.endswith("]") else header
    name = name.strip("[]").lower().rstrip(".")
    if name in LOOPBACK or name in hosts:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _names(value: object, where: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in names(value, where, Path()))


def _path(value: object, where: str) -> str:
    text = string(value, where).rstrip("/")
    if text and not re.fullmatch(r"(/[\w.~-]+)+", text):
        raise SettingsError(f"{where}: expected a path such as /news, found '{text}'")
    return text


def whole(value: object, where: str, most: int, least: int = 1) -> int:
    """A whole number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SettingsError(f"{where}: expected a whole number from {least} to {most}, found {value!r}")
    return value
