"""What a service counts, for Prometheus: names and numbers, never a question's words. The only file that imports its client."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.records import Answer
from bot.state.records import Slot
from index.ingest.feeds.watcher import Told

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)
UNKNOWN = float("nan")  # of a gauge that cannot be looked up now


class Metrics:
    """The counters of one service, in a registry of their own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)  # memory, CPU, open files
        self._questions = self._counter("questions", "Answers made.", "outcome", "generator")
        self._failures = self._counter("questions_failed", "Questions without an answer.", "reason")
        self._sentences = self._counter("sentences", "Sentences shown.", "status")
        self._withheld = self._counter("sentences_withheld", "Sentences of a model stopped.", "reason")
        self._notes = self._counter("notes", "Notes beside answers.", "kind")
        self._stages = self._histogram("stage_seconds", "Time of a stage of an answer.", "stage")
        self._seconds = self._histogram("answer_seconds", "Time of an answer, waiting included.")
        self._requests = self._counter("http_requests", "Requests.", "route", "status")
        self._visits = self._counter("feed_visits", "Visits of feeds.", "outcome")
        self._articles = self._counter("feed_articles", "Articles of feeds.", "change")
        self._deliveries = self._counter("deliveries", "Briefings to a target, as each ended.", "way", "stage")
        self._gauges: dict[str, Gauge] = {}
        self._looks: dict[str, tuple[Callable[[], Mapping[str, object]], str]] = {}

    def _counter(self, name: str, purpose: str, *labels: str) -> Counter:
        return Counter(f"dragoman_{name}", purpose, labels, registry=self._registry)

    def _histogram(self, name: str, purpose: str, *labels: str) -> Histogram:
        return Histogram(f"dragoman_{name}", purpose, labels, registry=self._registry, buckets=SECONDS)

    def gauges(self, look: Callable[[], Mapping[str, object]], purposes: Mapping[str, tuple[str, str]]) -> None:
        """Numbers that are looked up together whenever somebody asks: name -> (key of what `look` gives, purpose).

        What it does not give is not known. Given again, the last `look` counts.
        """
        for name, (key, purpose) in purposes.items():
            gauge = self._gauges.get(name) or Gauge(f"dragoman_{name}", purpose, registry=self._registry)
            self._gauges[name], self._looks[name] = gauge, (look, key)

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

    def failed(self, reason: str) -> None:
        """A question got no answer; the reason is one of a few."""
        self._failures.labels(reason).inc()

    def requested(self, route: str, status: int) -> None:
        """A request to a route, named by its pattern, ended with a status."""
        self._requests.labels(route, str(status)).inc()

    def visited(self, visit: Told) -> None:
        """A feed was read, or did not answer."""
        self._visits.labels("failed" if visit.error else "unchanged" if visit.unchanged else "read").inc()
        report = visit.report
        for change, number in (("new", report.new), ("changed", report.changed), ("failed", len(report.failed))):
            self._articles.labels(change).inc(number)

    def delivered(self, row: Slot) -> None:
        """A delivery ended as the row says."""
        self._deliveries.labels(row.target.partition(":")[0], "unknown" if row.unknown else row.stage).inc()

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        found = {look: look() for look in dict.fromkeys(look for look, _ in self._looks.values())}
        for name, (look, key) in self._looks.items():
            number = found[look].get(key)
            self._gauges[name].set(number if isinstance(number, int | float) else UNKNOWN)
        return generate_latest(self._registry)
