"""What the server counts, for Prometheus: names and numbers, never a question's words."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.records import Answer

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)


class Metrics:
    """The counters of one server, in a registry of their own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._questions = Counter("dragoman_questions", "Answers made.", ["outcome", "generator"], registry=registry)
        self._sentences = Counter("dragoman_sentences", "Sentences shown.", ["status"], registry=registry)
        self._withheld = Counter("dragoman_sentences_withheld", "Sentences of a model stopped.", ["reason"], registry=registry)
        self._notes = Counter("dragoman_notes", "Notes beside answers.", ["kind"], registry=registry)
        self._stages = Histogram(
            "dragoman_stage_seconds", "Time of a stage of an answer.", ["stage"], registry=registry, buckets=SECONDS
        )
        self._seconds = Histogram(
            "dragoman_answer_seconds", "Time of an answer, waiting included.", registry=registry, buckets=SECONDS
        )
        self._requests = Counter("dragoman_http_requests", "Requests.", ["route", "status"], registry=registry)
        self._gauges: list[tuple[Gauge, Callable[[], float]]] = []

    def gauge(self, name: str, purpose: str, value: Callable[[], float]) -> None:
        """A number that is looked up whenever somebody asks."""
        self._gauges.append((Gauge(f"dragoman_{name}", purpose, registry=self._registry), value))

    def answered(self, answer: Answer, seconds: float) -> None:
        """An answer was made in so many seconds."""
        self._questions.labels(answer.outcome, answer.generator).inc()
        self._seconds.observe(seconds)
        for sentence in answer.sentences:
            self._sentences.labels(sentence.status).inc()
        for reason, number in answer.withheld.items():
            self._withheld.labels(reason).inc(number)
        for note in answer.notes:
            self._notes.labels(note.kind).inc()
        for stage, took in answer.timings.items():
            self._stages.labels(stage).observe(took)

    def requested(self, route: str, status: int) -> None:
        """A request to a route, named by its pattern, ended with a status."""
        self._requests.labels(route, str(status)).inc()

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        for gauge, value in self._gauges:
            gauge.set(value())
        return generate_latest(self._registry)
