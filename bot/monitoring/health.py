"""Whether a service can do its work, and what is behind: read from the library and its state whenever somebody asks.

ok        200
degraded  200  it answers, and something is late or fails: feeds, briefings, the queue
empty     503  there is nothing to ask yet
failing   503  the library or its state cannot be read, or the model does not load
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.bot import Bot
from bot.records import Beat
from bot.rendering.json_rows import iso
from bot.settings import cron
from bot.state.opening import State
from index.address import ServerAddress
from index.errors import DragomanError
from index.ingest.feeds.feed_state import states

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics
    from index.storage.postgres.queue import Queue

Status = Literal["ok", "degraded", "empty", "failing"]
Facts = Mapping[str, object]  # of one check: its status, and numbers
READY: tuple[Status, ...] = ("ok", "degraded")
LATE = 900  # seconds after a slot, or after a feed was to be read, from which it is late
GONE = 2 * 86_400  # seconds: a feed that was not tried for so long while others were is not read any more


@dataclass(slots=True)
class ServiceHealth:
    """The checks of one service over one library. Safe in threads."""

    bot: Bot
    state: State
    beats: Sequence[Beat] = ()  # those with a schedule are looked at
    clock: Callable[[], float] = time.time
    line: Queue | None = None  # what waits to be read; None: opened where the library is one that has a queue
    _loaded: bool = False  # a search was made: the model is there and fits the library

    def report(self) -> tuple[Status, dict[str, Facts]]:
        """The worst of all checks, and each that there is anything to say of."""
        checks: dict[str, Facts] = {}
        for name, look in self.checks().items():
            try:
                facts = look()
            except DragomanError as error:  # its words may hold addresses: they are for the log
                facts = {"status": "failing", "error": type(error).__name__}
            if facts:
                checks[name] = facts
        found = {facts["status"] for facts in checks.values()}
        order: tuple[Status, ...] = ("failing", "empty", "degraded")
        return next((status for status in order if status in found), "ok"), checks

    def answers(self) -> bool:
        """Whether the library is read within reach, well or badly: what is dead does not come back from this."""
        with suppress(DragomanError):
            self.bot.index.extent()
        return True

    def checks(self) -> dict[str, Callable[[], Facts]]:
        """All there are, by name; one that there is nothing to say of gives no facts."""
        return {
            "library": self.library, "model": self.model, "feeds": self.feeds, "briefings": self.briefings, "queue": self.queue,
        }  # fmt: skip

    def library(self) -> Facts:
        articles = self.bot.index.extent().articles
        return {"status": "ok" if articles else "empty", "articles": articles}

    def model(self) -> Facts:
        """Searched for once: what embeds a question is loaded and fits the library."""
        if not self._loaded and not self.bot.index.empty:
            self.bot.index.search("news", k=1)
            self._loaded = True
        return {"status": "ok", "loaded": self._loaded}

    def feeds(self) -> Facts:
        """The last time that any feed answered, and how many do not; {} where none is read."""
        now, known = int(self.clock()), states(self.bot.index.folder)
        if not known:
            return {}
        tried = max(feed.tried for feed in known)
        read = [feed for feed in known if tried - feed.tried < GONE]
        last = max(feed.succeeded for feed in read)
        failing, late = sum(bool(feed.error) for feed in read), sum(now - feed.due > LATE for feed in read)
        behind = 2 * late > len(read) or failing == len(read)
        return {
            "status": "degraded" if behind else "ok", "watched": len(read), "failing": failing, "late": late,
            "last": iso(last) if last else None, "age": now - last if last else None,
        }  # fmt: skip

    def briefings(self) -> Facts:
        """Slots that are due and not yet done, and what became of the last of each target; {} without a schedule."""
        now, ended, due = int(self.clock()), Counter[str](), list[int]()
        scheduled = [beat for beat in self.beats if beat.schedule]
        for beat in scheduled:
            slot = cron.due(beat, self.state.deliveries.last(beat.name, now), now).run
            due += [slot] if slot is not None else []
            newest = {row.target: row for row in reversed(self.state.deliveries.rows(beat.name)) if row.stage != "missed"}
            due += [row.slot for row in newest.values() if row.stage == "claimed"]
            ended.update("unknown" if row.unknown else row.stage for row in newest.values())
        late = sum(now - slot > LATE for slot in due)
        counts = {"due": len(due), "late": late, "failed": ended["failed"], "unknown": ended["unknown"]}
        return {"status": "degraded" if late or ended["failed"] else "ok", **counts} if scheduled else {}

    def queue(self) -> Facts:
        """What waits to be read; {} where the library has no queue."""
        if self.line is None:
            address = self.bot.index.folder
            if not isinstance(address, ServerAddress):
                return {}
            from index.storage.postgres.queue import Queue

            self.line = Queue(address)
        depth = self.line.depth()
        idle = bool(depth.waiting and not depth.workers)
        counts = {"waiting": depth.waiting, "reading": depth.reading, "workers": depth.workers, "dead": depth.dead}
        return {"status": "degraded" if idle or depth.dead else "ok", **counts}

    def close(self) -> None:
        if self.line:
            self.line.close()


def add_gauges(metrics: Metrics, health: ServiceHealth) -> None:
    """What the checks find, as numbers."""
    metrics.gauges(health.library, {"library_articles": ("articles", "Articles of the library.")})
    metrics.gauges(
        health.feeds,
        {
            "feeds": ("watched", "Feeds that are read."),
            "feeds_failing": ("failing", "Feeds whose last visit failed."),
            "feeds_age_seconds": ("age", "Time since any feed answered."),
        },
    )
    metrics.gauges(
        health.briefings,
        {
            "briefings_due": ("due", "Slots of briefings that are due."),
            "briefings_late": ("late", "Slots that have been due for long."),
            "briefings_failed": ("failed", "Targets whose last briefing failed."),
        },
    )
    metrics.gauges(
        health.queue,
        {
            "queue_waiting": ("waiting", "Items in line to be read."),
            "queue_dead": ("dead", "Items that could not be read."),
            "queue_workers": ("workers", "Workers that are heard of."),
        },
    )
