"""Spans of OpenTelemetry, for whoever set it up: what an answer took, and each call of a chat model. No words of anybody.

    invoke_agent dragoman        one question, from EventStream
      retrieval, evidence, write its stages, from Clock
      chat gpt-…                 one call of a model, from Chat

The names are those of OpenTelemetry's conventions for generative AI 0.1.0 (2026, in development), and stand here alone:
https://github.com/open-telemetry/semantic-conventions-genai. Only the API is used, and only where somebody has imported it: a
program that does not trace pays for one look-up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.records import Answer

AGENT = "dragoman"
OPERATION, PROVIDER, MODEL, STREAMED = (
    "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.request.stream"
)  # fmt: skip
AGENT_NAME, TEMPERATURE, MOST_TOKENS = "gen_ai.agent.name", "gen_ai.request.temperature", "gen_ai.request.max_tokens"
FIRST_CHUNK, ERROR = "gen_ai.response.time_to_first_chunk", "error.type"
SERVER, PORT = "server.address", "server.port"
OPERATIONS = {"search": "retrieval"}  # stages that the conventions have a name for; the others are our own

Attributes = Mapping[str, str | int | float | bool]


class Span:
    """One span, or nothing where nobody traces. Begun at once; `end` may be called again and by any thread."""

    def __init__(self, name: str, attributes: Attributes, *, client: bool = False) -> None:
        api = _api()
        self._span: Any = None
        if api:
            kind = api.SpanKind.CLIENT if client else api.SpanKind.INTERNAL
            self._span = api.get_tracer(AGENT).start_span(name, kind=kind, attributes=dict(attributes))

    def set(self, attributes: Attributes) -> None:
        if self._span:
            self._span.set_attributes(dict(attributes))

    def failed(self, error: BaseException) -> None:
        """It ended so; of the error only its kind is told."""
        api = _api()
        if self._span and api:
            self._span.set_attribute(ERROR, type(error).__name__)
            self._span.set_status(api.Status(api.StatusCode.ERROR))

    @contextmanager
    def current(self) -> Iterator[None]:
        """Spans that begin in the `with`, in this thread, are parts of this one."""
        api = _api()
        if not self._span or not api:
            yield
            return
        with api.use_span(self._span, end_on_exit=False, record_exception=False, set_status_on_exception=False):
            yield

    def end(self) -> None:
        if self._span and self._span.is_recording():
            self._span.end()


def question() -> Span:
    """A question that is being answered."""
    return Span(f"invoke_agent {AGENT}", {OPERATION: "invoke_agent", AGENT_NAME: AGENT})


def answered(span: Span, answer: Answer) -> None:
    """What became of it."""
    shown = [sentence.status for sentence in answer.sentences]
    span.set(
        {
            "dragoman.answer.id": answer.id, "dragoman.outcome": answer.outcome, "dragoman.generator": answer.generator,
            "dragoman.language": answer.lang, "dragoman.sentences": len(shown),
            "dragoman.sentences.unconfirmed": shown.count("unconfirmed"),
            "dragoman.sentences.withheld": sum(answer.withheld.values()),
        }
    )  # fmt: skip


def stage(name: str, seconds: float) -> None:
    """A stage that has just ended and took so many seconds."""
    api = _api()
    if api:
        ended, operation = time.time_ns(), OPERATIONS.get(name)
        attributes = {OPERATION: operation} if operation else {}
        tracer = api.get_tracer(AGENT)
        span = tracer.start_span(operation or name, start_time=ended - int(seconds * 1e9), attributes=attributes)
        span.end(ended)


@contextmanager
def chat(model: str, server: str, parameters: Mapping[str, Any]) -> Iterator[Chunks]:
    """A call of "provider:name" at "host:port", streamed. Nothing is made current: another thread may end it."""
    provider, _, name = model.partition(":")
    attributes: dict[str, str | int | float | bool] = {OPERATION: "chat", PROVIDER: provider, MODEL: name, STREAMED: True}
    place = urlsplit(f"//{server}")
    sent = {
        SERVER: place.hostname, PORT: place.port,
        TEMPERATURE: parameters.get("temperature"), MOST_TOKENS: parameters.get("max_completion_tokens"),
    }  # fmt: skip
    attributes.update({key: value for key, value in sent.items() if value not in (None, "")})
    span = Span(f"chat {name}", attributes, client=True)
    try:
        yield Chunks(span)
    except GeneratorExit:
        raise
    except BaseException as error:
        span.failed(error)
        raise
    finally:
        span.end()


class Chunks:
    """The pieces of a reply, as they come."""

    def __init__(self, span: Span) -> None:
        self._span, self._begun, self._came = span, time.perf_counter(), False

    def came(self) -> None:
        if not self._came:
            self._came = True
            self._span.set({FIRST_CHUNK: round(time.perf_counter() - self._begun, 4)})


def _api() -> Any:
    """opentelemetry.trace, where somebody has imported it, else None."""
    api = sys.modules.get("opentelemetry.trace")
    return api if hasattr(api, "use_span") else None
