"""What went wrong with a model, however its server says it -> one line for a person: what to do, and the server's own words.

Pure. A server's words are a stranger's: one short line, without control characters, links or the key. Nothing of the request is
in a message of ours.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from index.errors import ModelError
from index.text.printable import clean, one_line

FORM = "response_format"  # the parameter by which JSON of a schema is asked for
QUOTED = 200  # characters of a server's message that are shown
End = Literal["broken", "length", "refusal", "tool", "filtered", "thinking", "empty", "garbage", "page"]
ENDED = "ended:"  # begins the code of an error that `bot.llm.wire` makes of a reply which ended in one of these ways
ENDS: Mapping[End, str] = {
    "broken": "the answer broke off, {server} closed the connection; try again",
    "length": "the reply was cut off at its limit of tokens; raise the max_completion_tokens setting or the server's own limit",
    "refusal": "the model declined to answer; ask in other words or set another model",
    "tool": "the model called a tool instead of answering; switch tools off at the server or set another model",
    "filtered": "a content filter stopped the reply; ask in other words or set another model",
    "thinking": "the reply was thinking alone; raise max_completion_tokens, lower reasoning_effort or set another model",
    "empty": "the reply is empty; check the model and the length of its context at the server",
    "garbage": "{server} sent something that is not an answer; check the base_url setting",
    "page": "{server} sent a web page and not an answer; check the base_url setting, which usually ends in /v1",
}


class ContextTooLong(ModelError):
    """The prompt is longer than the model or its server takes."""


class Unsupported(ModelError):
    """The server does not take a parameter that was sent."""

    def __init__(self, message: str, parameter: str) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Failure:
    """What a server says of a failure, wherever in its reply it says it."""

    status: int = 0
    code: str = ""
    message: str = ""
    parameter: str = ""

    @property
    def text(self) -> str:
        return f"{self.code} {self.message}".lower()


def ended(end: End, name: str, where: str, words: str = "", *, secret: str = "") -> ModelError:
    """The error for a reply that ended in another way than by being complete. `words`: the server's or the model's own."""
    return ModelError(f"{name}: {ENDS[end].format(server=_server(where))}{_quoted(words, secret)}")


def translated(error: Exception, name: str, where: str, *, sent: Collection[str] = (), secret: str = "") -> ModelError:
    """One line for a foreign error. `sent`: the parameters of the call, one of which the server may refuse."""
    if isinstance(error, ModelError):
        return error
    failure = read(error)
    if failure.code.startswith(ENDED):
        return ended(failure.code.removeprefix(ENDED), name, where, failure.message, secret=secret)  # type: ignore[arg-type]
    if failure.status or failure.message:
        return _refused(failure, error, name, where, sent, secret)
    return ModelError(f"{name}: {_unreached(error, _server(where))}")


def _refused(failure: Failure, error: Exception, name: str, where: str, sent: Collection[str], secret: str) -> ModelError:
    """The error for a call that a server answered with a failure of its own."""
    server, status, text = _server(where), failure.status, failure.text
    at = f" ({status})" if status else ""
    words = _quoted(failure.message, secret)
    wait = _wait(error, failure.message)
    kinds = [kind for kind, pattern in _meanings().items() if pattern.search(text)]
    if status == 413 or ("context" in kinds and status in (0, 400, 422, 429, 500)):
        return ContextTooLong(
            f"{name}: the passages are longer than {server} takes{at}; set a model, or the server, to a longer context{words}"
        )
    if FORM in sent and "schema" in kinds and status not in (401, 403, 429):
        return Unsupported(f"{name}: {server} does not take {FORM}{at}{words}", FORM)
    if status in (0, 400, 422) and (parameter := _parameter(failure, sent)):
        return Unsupported(f"{name}: {server} does not take {parameter}{at}; remove that setting{words}", parameter)
    if status == 401 or (status == 403 and "key" in text):
        return ModelError(f"{name}: {server} refused the key ({status}); check DRAGOMAN_API_KEY or OPENAI_API_KEY")
    if "filtered" in kinds:
        return ended("filtered", name, where, failure.message, secret=secret)
    if status == 402 or ("quota" in kinds and not wait):
        return ModelError(f"{name}: the account's quota at {server} is used up{at}; check its plan and billing{words}")
    if status == 404:
        return ModelError(f"{name}: {server} {_unknown(error, text)}{words}")
    if status == 429:
        return ModelError(f"{name}: {server} asks to slow down (429); try again {f'in {wait} s' if wait else 'later'}{words}")
    if "loading" in kinds:
        return ModelError(f"{name}: {server} is still loading the model{at}; try again in a minute{words}")
    if "busy" in kinds or status in (503, 529):
        return ModelError(f"{name}: {server} has too much to do{at}; try again later{words}")
    if status == 403:
        return ModelError(f"{name}: {server} refused access (403); check what the key is allowed to use{words}")
    if FORM in sent and status in (400, 422, 501):  # perhaps for that: asked without it, the server tells
        return Unsupported(f"{name}: {server} does not take {FORM}{at}{words}", FORM)
    if 400 <= status < 500:
        return ModelError(f"{name}: {server} refused the request{at}; check the model, extra_body and base_url settings{words}")
    return ModelError(f"{name}: {server} failed{at}; try again later{words}")


def read(error: Exception) -> Failure:
    """What a foreign error says: its status, and code, message and parameter from wherever its body has them."""
    body = _unwrapped(getattr(error, "body", None))
    status = str(getattr(error, "status_code", None) or body.get("code") or body.get("status") or "")
    code = " ".join(str(body[key]) for key in ("code", "type", "error_type", "status") if body.get(key))
    return Failure(
        status=int(status) if re.fullmatch(r"[45]\d\d", status) else 0,
        code=code,
        message=str(body.get("message") or ""),
        parameter=str(body.get("param") or ""),
    )


def _unwrapped(body: object, depth: int = 5) -> dict[str, object]:
    """One flat table of an error's body: `error` and `detail` in it, lists, and JSON within a message are opened."""
    if not depth:
        return {}
    if isinstance(body, list):
        return _unwrapped(body[0], depth - 1) if body else {}
    if isinstance(body, str):
        text = body.strip()
        if text.startswith(("{", "[")):
            try:
                return _unwrapped(json.loads(text), depth - 1)
            except ValueError:
                pass
        return {} if text.startswith("<") else {"message": text}
    if not isinstance(body, dict):
        return {}
    flat: dict[str, object] = {key: value for key, value in body.items() if isinstance(value, str | int)}
    if "loc" in body:  # of pydantic: where in the request, and why
        flat["param"] = str((body["loc"] or [""])[-1])
    metadata = body.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None  # of OpenRouter: what the provider behind it said
    message = body.get("message") or body.get("error_message") or body.get("msg")
    for inner in (body.get("error"), body.get("detail"), raw, message):
        if inner:
            flat |= _unwrapped(inner, depth - 1)
            break
    return flat


def _parameter(failure: Failure, sent: Collection[str]) -> str:
    """The parameter of a call that a failure names."""
    named = failure.parameter.rsplit(".", 1)[-1]
    aliases = {"max_tokens": "max_completion_tokens", "effort": "reasoning_effort"}
    named = aliases.get(named, named) if named not in sent else named
    if named in sent:
        return named
    words = set(re.findall(r"\w+", failure.message))
    words |= {aliases[word] for word in words if word in aliases}
    return next((parameter for parameter in sent if parameter in words), "")


def _unreached(error: Exception, server: str) -> str:
    """What to say where no server answered."""
    kind = type(error).__name__
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and len(causes) < 8:
        causes.append(cause)  # type: ignore[arg-type]
    kinds = {type(cause).__name__ for cause in causes}
    texts = " ".join(map(str, causes))
    if any("Timeout" in name for name in kinds):
        return f"{server} did not answer in time; try again or raise the timeout setting"
    if "ProxyError" in kinds:
        return f"cannot reach {server} through the proxy of HTTPS_PROXY or ALL_PROXY; check it, or name the host in NO_PROXY"
    if any("SSL" in name for name in kinds) or "CERTIFICATE_VERIFY" in texts:
        return f"the certificate of {server} is not trusted; check the base_url setting, or set SSL_CERT_FILE"
    if "RemoteProtocolError" in kinds or "ReadError" in kinds:
        return ENDS["broken"].format(server=server)
    if "Connection" in kind or "ConnectError" in kinds or isinstance(error, OSError):
        return f"cannot reach {server}; check that it runs and the base_url setting"
    return f"{ENDS['garbage'].format(server=server)} ({kind})"


def _wait(error: Exception, message: str) -> str:
    """The seconds that a server asks to wait, from its header or its message."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    after = str(headers.get("retry-after", "")).strip()
    if after.isdecimal():
        return after
    match = re.search(r"(?:in|after) (?:(\d+)m)?(\d+(?:\.\d+)?) ?s", message)
    return str(int(match[1] or 0) * 60 + round(float(match[2]) + 0.5)) if match else ""


def _unknown(error: Exception, text: str) -> str:
    """What a 404 means: OpenAI's API answers a wrong model in JSON that names it, and a wrong address in any way."""
    address = str(getattr(getattr(error, "request", None), "url", ""))
    if "model" in text:
        return "does not know this model (404); check the model setting"
    if address and "/v1/" not in address:
        return "has nothing at this address (404); base_url usually ends in /v1"
    return "does not know this model or address (404); check the model and base_url settings"


@cache
def _meanings() -> Mapping[str, re.Pattern[str]]:
    rows = tomllib.loads((files("bot.llm") / "server_messages.toml").read_text(encoding="utf-8"))
    return {kind: re.compile("|".join(row["pattern"] for row in table)) for kind, table in rows.items()}


def _server(where: str) -> str:
    return f"the server at {where}" if where else "the provider"


def _quoted(words: str, secret: str) -> str:
    """A stranger's words as they may stand in a message of ours."""
    words = one_line(clean(words).replace(secret or "\0", "…"))
    words = re.sub(r"\bsk-[\w*-]{6,}", "…", words)
    if not words:
        return ""
    return f" (it says: {words if len(words) <= QUOTED else words[:QUOTED].rsplit(' ', 1)[0] + ' …'})"
