"""What happens in a service, told in one place: an event in the log, and counted where somebody reads the counters."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from bot.monitoring import logs, systemd
from bot.monitoring.logs import Tell
from bot.records import Answer, Beat
from bot.rendering.ingest_report import summary
from bot.settings.monitoring import MonitoringSettings
from bot.state.records import Slot
from index.errors import SettingsError
from index.ingest.feeds.watcher import Told

if TYPE_CHECKING:
    from bot.bot import Bot
    from bot.monitoring.metrics import Metrics


class Monitor:
    """One service: `interface` is what its events are named by."""

    def __init__(self, interface: str, settings: MonitoringSettings | None = None) -> None:
        """It counts where the settings name a port. SettingsError if nothing is installed that counts."""
        self.interface, self.settings = interface, settings or MonitoringSettings()
        self.metrics: Metrics | None = None
        if self.settings.port:
            self.count()

    def count(self) -> Metrics:
        """Count from now on. SettingsError if nothing is installed that counts."""
        if self.metrics is None:
            self.metrics = _metrics()
        return self.metrics

    def answered(self, answer: Answer, seconds: float) -> None:
        """An answer was made in so many seconds, waiting included."""
        if self.metrics:
            self.metrics.answered(answer, seconds)
        shown = [sentence.status for sentence in answer.sentences]
        facts: dict[str, object] = {
            "interface": self.interface, "id": answer.id, "generator": answer.generator, "language": answer.lang,
            "seconds": round(seconds, 3), "sentences": len(shown), "unconfirmed": shown.count("unconfirmed"),
            "withheld": sum(answer.withheld.values()),
        }  # fmt: skip
        if self.settings.questions:
            facts["question"] = answer.question
        logs.event("questions", answer.outcome, facts)

    def jobs(self, number: Callable[[], int]) -> None:
        """How many questions run or wait is to be looked up so."""
        if self.metrics:
            self.metrics.gauges(lambda: {"jobs": number()}, {"jobs": ("jobs", "Questions that run or wait.")})

    def failed(self, reason: str) -> None:
        """A question got no answer: the name of the error, or the status."""
        if self.metrics:
            self.metrics.failed(reason)
        logs.event("questions", "failed", {"interface": self.interface, "reason": reason}, level=logging.WARNING)

    def visited(self, visit: Told) -> None:
        """A feed was read, or did not answer."""
        if self.metrics:
            self.metrics.visited(visit)

    def delivered(self, row: Slot) -> None:
        """A delivery ended."""
        if self.metrics:
            self.metrics.delivered(row)


def tell_of(visit: Told, tell: Tell = logs.tell) -> None:
    """A visit of a feed: what failed or was set aside, and what it brought. One that brought nothing only --verbose tells."""
    url = visit.feed.url
    for failure in (*visit.report.failed, *visit.report.set_aside):
        tell("feeds", failure, trouble=True)
    if visit.error:
        tell("feeds", f"{url}: {visit.error}", trouble=True)
    elif visit.unchanged:
        logs.event("feeds", f"{url}: nothing new", level=logging.DEBUG)
    else:
        tell("feeds", f"{url}: {summary(visit.report)}")


@contextmanager
def watched(monitor: Monitor, bot: Bot, beats: Sequence[Beat] = ()) -> Iterator[int]:
    """Signs of life for systemd, and the address of the settings, while in the `with`; its port, 0 without.

    SettingsError where nothing can listen there.
    """
    from bot.monitoring.health import ServiceHealth, add_gauges
    from bot.state.opening import open_state

    with ExitStack() as stack:
        state = open_state(bot.index.folder)
        stack.callback(state.close)
        health = ServiceHealth(bot, state, beats)
        stack.callback(health.close)
        stack.enter_context(systemd.watchdog(health.answers))
        port = 0
        if monitor.metrics and monitor.settings.port:
            from bot.monitoring.endpoint import listening

            add_gauges(monitor.metrics, health)
            port = stack.enter_context(listening(monitor.settings, health, monitor.metrics))
        yield port


def _metrics() -> Metrics:
    try:
        from bot.monitoring.metrics import Metrics
    except ImportError as error:
        raise SettingsError(
            f"[monitoring] port: {error.name} is not installed: pip install '.[monitoring]' in Dragoman's folder"
        ) from None
    return Metrics()
