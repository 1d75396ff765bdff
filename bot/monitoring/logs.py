"""The log of a service: a line a record, with time and level, or a JSON object. Secrets and what people wrote are not in it.

    2026-11-30T03:12:44Z info questions: answered interface=slack seconds=1.4 …

Packages of others are heard from WARNING, or from ERROR where they would print what people wrote.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from collections.abc import Collection, Mapping
from typing import Protocol, TextIO

from index.text.printable import line

FACTS = "facts"  # of a record's `extra`: name -> number or short text
TALKATIVE = ("slack_bolt", "slack_sdk", "waitress")  # below ERROR they print bodies of requests
SHORTEST = 8  # characters of a secret: a shorter one would be found in ordinary words
_SECRET_NAME = re.compile(r"(?i)(?:token|secret|password|(?:^|_)key)(?:_|$)")
_SECRET = re.compile(
    r"""xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[\w.-]+|\bsk-[\w-]{16,}
    |(?<=://)[^/\s@]+(?=@)
    |(?<=\bBearer\ )[!-~]+
    |(?<=[?&])(?P<name>[\w-]*(?:ticket|key|token|secret|password|signature|auth)[\w-]*=)[^&\s"']+""",
    re.I | re.X,
)


def start(out: TextIO, form: str = "text", *, verbose: bool = False) -> None:
    """From now on everything goes to `out`; `form` is text or json. `verbose`: also each request and each feed visited."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(LogLines(form, secrets(os.environ)))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)  # before packages set up one of their own
    for name, level in (("dragoman", logging.DEBUG if verbose else logging.INFO), ("uvicorn", logging.INFO)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    _hush()


def start_unless_begun() -> None:
    """`start`, where no program has set up the log by itself."""
    if not logging.getLogger().handlers:
        start(sys.stderr)
    _hush()


def _hush() -> None:
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("slack_sdk.web").setLevel(logging.CRITICAL)  # what it says of a failed call is raised, too


def event(name: str, text: str, facts: Mapping[str, object] | None = None, *, level: int = logging.INFO) -> None:
    """Write one record of the logger dragoman.`name`."""
    logging.getLogger(f"dragoman.{name}").log(level, "%s", text, extra={FACTS: facts or {}})


class Tell(Protocol):
    """`tell`, or what stands in for it."""

    def __call__(self, part: str, text: str, /, *, trouble: bool = False) -> None: ...


def tell(part: str, text: str, /, *, trouble: bool = False) -> None:
    """A line of a part of the service; a warning where somebody should look at it."""
    event(part, text, level=logging.WARNING if trouble else logging.INFO)


class LogLines(logging.Formatter):
    """A record as one line."""

    def __init__(self, form: str, hidden: Collection[str] = ()) -> None:
        super().__init__()
        self.form, self.hidden = form, hidden

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        message = record.getMessage()
        if record.exc_info:
            message += " " + self.formatException(record.exc_info).replace("\n", " | ")
        facts = {name: self._hide(value) for name, value in getattr(record, FACTS, {}).items()}
        # uvicorn.error is the logger of all that uvicorn says.
        level, name, message = (
            record.levelname.lower(),
            record.name.removeprefix("dragoman.").removesuffix(".error"),
            str(self._hide(message)),
        )
        if self.form == "json":
            return json.dumps({"time": at, "level": level, "logger": name, "message": message} | facts, ensure_ascii=False)
        return line(" ".join([at, level, f"{name}: {message}", *(f"{key}={_value(value)}" for key, value in facts.items())]))

    def _hide(self, value: object) -> object:
        return without_secrets(value, self.hidden) if isinstance(value, str) else value


def _value(value: object) -> str:
    """A fact as it stands in a line: what has a blank in it is quoted."""
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or re.search(r'[\s"=]', text) else text


# Secrets ---------------------------------------------------------------------------------------------------------------------


def secrets(environ: Mapping[str, str]) -> frozenset[str]:
    """What the environment calls a token, a key, a secret or a password."""
    return frozenset(value for name, value in environ.items() if _SECRET_NAME.search(name) and len(value) >= SHORTEST)


def without_secrets(text: str, hidden: Collection[str] = ()) -> str:
    """The text with "…" for secrets: those that are `hidden`, and what looks like one.

    >>> without_secrets("https://desk:swordfish@feeds.example/all.xml?page=2&api_key=k7 sent Bearer k8")
    'https://…@feeds.example/all.xml?page=2&api_key=… sent Bearer …'
    """
    for secret in sorted(hidden, key=len, reverse=True):
        text = text.replace(secret, "…")
    return _SECRET.sub(lambda found: f"{found['name'] or ''}…", text)
