"""Where a model is, and with which key: what a base_url says, and whether a server near by runs at all."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from bot.llm.wire import is_local, is_loopback
from index.errors import ModelError

KNOCK = 1.0  # seconds in which a server near by takes a connection
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """The server of a model. `where` and `address` hold no password."""

    address: str  # "" where the provider decides
    where: str
    key: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


def server_of(provider: str, base_url: str, api_key: str, headers: Mapping[str, str] | None = None) -> Server:
    """What a base_url and a key say. A name and password in the address go into a header; ModelError without a key."""
    parts = urlsplit(base_url)
    where = parts.netloc.rpartition("@")[2]
    address = urlunsplit(parts._replace(netloc=where))
    sent = dict(headers or {})
    if parts.username:
        from base64 import b64encode

        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        sent["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
    if parts.scheme == "http" and not is_loopback(address) and (api_key or sent.get("Authorization")):
        log.warning(
            "the key is sent to %s unencrypted, where anybody on the way can read it; write https:// in base_url", where
        )
    if not api_key and provider == "openai" and not (is_local(address) or "Authorization" in sent):
        raise ModelError(
            "no key for the model: set DRAGOMAN_API_KEY or OPENAI_API_KEY, or base_url to a server on this machine"
        )
    return Server(address, where, api_key or ("none" if address else ""), sent)


def knock(address: str) -> None:
    """ConnectionRefusedError where a server of this machine or network does not run.

    The packages that would speak to it take two seconds of CPU to load, and then try twice.
    """
    import socket

    if not is_local(address):
        return
    parts = urlsplit(address)
    try:
        at = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        socket.create_connection(at, timeout=KNOCK).close()
    except ConnectionRefusedError:
        raise
    except (OSError, ValueError):  # whatever it is, the call itself tells more
        return
