"""Spans, as the SDK of OpenTelemetry exports them: one question is one tree, and holds no words of anybody."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import open_bot
from bot.event_stream import EventStream
from bot.monitoring import tracing
from bot.records import Event
from index.errors import LibraryError
from tests.support import ROOT
from tests.support.library import environment
from tests.support.model_server import serving

QUESTION = "What did Mira Osei say about the port of Sarvella?"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What is exported while the test runs."""
    provider, exporter = TracerProvider(), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    yield exporter
    provider.shutdown()


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


@pytest.mark.model
@pytest.mark.slow
def test_a_question_is_one_tree_of_spans_without_words(library: Path, spans: InMemorySpanExporter) -> None:
    with serving() as server:
        server.text = "Mira Osei said that the port of Sarvella will reopen on 3 June [1]."
        model = {"model": "openai:m", "base_url": server.url, "judge": "off", "temperature": 0.2, "max_completion_tokens": 300}
        bot = open_bot(library, **model)
        answer = bot.ask(QUESTION)
        bot.index.close()
    found = by_name(spans)
    root, chat, retrieval = found["invoke_agent dragoman"], found["chat m"], found["retrieval"]
    assert root.parent is None and root.end_time is not None
    assert {span.parent.span_id for name, span in found.items() if span is not root and span.parent} == {root.context.span_id}
    assert {"retrieval", "evidence", "write", "chat m", "invoke_agent dragoman"} == set(found)
    assert root.attributes == {
        "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "dragoman", "dragoman.answer.id": answer.id,
        "dragoman.outcome": "answered", "dragoman.generator": answer.generator, "dragoman.language": "en",
        "dragoman.sentences": len(answer.sentences), "dragoman.sentences.unconfirmed": 1, "dragoman.sentences.withheld": 0,
    }  # fmt: skip
    first = chat.attributes and chat.attributes["gen_ai.response.time_to_first_chunk"]
    assert chat.kind is trace.SpanKind.CLIENT and isinstance(first, float) and first > 0
    assert chat.attributes == {
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "m",
        "gen_ai.request.stream": True, "gen_ai.request.temperature": 0.2, "gen_ai.request.max_tokens": 300,
        "server.address": "127.0.0.1", "server.port": urlsplit(server.url).port, "gen_ai.response.time_to_first_chunk": first,
    }  # fmt: skip
    assert dict(retrieval.attributes or {}) == {"gen_ai.operation.name": "retrieval"}
    assert retrieval.start_time and root.start_time and root.start_time <= retrieval.start_time
    shown = " ".join(span.to_json() for span in found.values())
    assert "Sarvella" not in shown and "Osei" not in shown


def test_what_fails_and_what_is_closed_ends_its_span(spans: InMemorySpanExporter) -> None:
    def failing(stop: threading.Event) -> Generator[Event, None, None]:
        yield Event("status", "searching")
        raise LibraryError("of words that nobody may see")

    def waiting(stop: threading.Event) -> Generator[Event, None, None]:
        yield Event("status", "searching")

    with pytest.raises(LibraryError):
        list(EventStream(failing))
    (failed,) = spans.get_finished_spans()
    assert failed.status.status_code is trace.StatusCode.ERROR
    assert failed.attributes and failed.attributes["error.type"] == "LibraryError" and "words" not in failed.to_json()
    spans.clear()
    stream = EventStream(waiting)
    next(stream)
    assert spans.get_finished_spans() == ()
    stream.close()
    assert [span.status.status_code for span in spans.get_finished_spans()] == [trace.StatusCode.UNSET]


def test_a_program_that_does_not_trace_imports_nothing_for_it(home: Path) -> None:
    code = (
        "import sys\nfrom bot.event_stream import EventStream\nfrom bot.records import Event\nfrom bot.clock import Clock\n"
        "print(list(EventStream(lambda stop: iter([Event('status', 'x')]))), Clock().lap('search'))\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry') or name.startswith('bot.monitoring')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(home), capture_output=True, text=True)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr


def test_spans_are_sent_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not tracing.start({})
    assert not tracing.start({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_SDK_DISABLED": "true"})
    own = TracerProvider()
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", own)
    assert tracing.start({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"})
    assert trace.get_tracer_provider() is own  # whoever set one up keeps it


def test_a_service_sends_its_spans_by_the_extra_s_exporter(home: Path) -> None:
    code = (
        "from bot.monitoring import tracing\nfrom opentelemetry import trace\nassert tracing.start()\n"
        "made = trace.get_tracer_provider()\nprint(type(made).__module__, made.resource.attributes['service.name'])\nmade.shutdown()"
    )
    env = environment(home) | {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["opentelemetry.sdk.trace dragoman"], done.stderr
