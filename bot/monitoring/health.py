"""Whether a service can do its work, and what is behind: read from the library and its state whenever somebody asks.

ok        200
degraded  200  it answers, and something is late or fails: feeds, briefings, the queue, a Chroma server
empty     503  there is nothing to ask yet
failing   503  the library cannot be read, or the model does not load
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.bot import Bot
from bot.records import Beat
from bot.rendering.json_rows import iso
from bot.settings import cron
from bot.state.opening import State
from index.address import ServerAddress
from index.errors import DragomanError
from index.ingest.feeds.ledger import states

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics
    from index.storage.postgres.queue import Queue

Status = Literal["ok", "degraded", "empty", "failing"]
Facts = Mapping[str, object]  # of one check: its status, and numbers
READY: tuple[Status, ...] = ("ok", "degraded")
NEEDED = ("library", "model")  # checks without which no question is answered
PATIENCE = 4.0  # seconds: Prometheus and load balancers wait for five or ten
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
    _looking: dict[str, _Look] = field(default_factory=dict, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _loaded: bool = False  # a search was made: the model is there and fits the library

    def report(self) -> tuple[Status, dict[str, Facts]]:
        """The worst of all checks, and each that there is anything to say of."""
        checks = {name: facts for name, facts in self.look(*self.checks()).items() if facts}
        needed = [checks[name]["status"] for name in NEEDED]
        if "failing" in needed or "empty" in needed:
            return ("failing" if "failing" in needed else "empty"), checks
        return ("ok" if all(facts["status"] == "ok" for facts in checks.values()) else "degraded"), checks

    def numbers(self) -> dict[str, object]:
        """What the checks count: "feeds failing" -> 2."""
        found = self.look("library", "feeds", "briefings", "queue")
        return {f"{name} {key}": value for name, facts in found.items() for key, value in facts.items()}

    def look(self, *names: str) -> dict[str, Facts]:
        """Some checks side by side. One that fails or takes longer than PATIENCE is failing; it goes on by itself meanwhile."""
        checks = self.checks()
        with self._guard:
            for name in names:
                if name not in self._looking:
                    self._looking[name] = _Look(checks[name])
            looking = {name: self._looking[name] for name in names}
        until = time.monotonic() + PATIENCE
        found = {name: look.facts(until - time.monotonic()) for name, look in looking.items()}
        with self._guard:
            self._looking = {name: look for name, look in self._looking.items() if not look.over}
        return found

    def answers(self) -> bool:
        """Whether the library is read within reach, well or badly: what is dead does not come back from this."""
        with suppress(DragomanError):
            self.bot.index.extent()
        return True

    def checks(self) -> dict[str, Callable[[], Facts]]:
        """All there are, by name; one that there is nothing to say of gives no facts."""
        return {
            "library": self.library, "model": self.model, "feeds": self.feeds, "briefings": self.briefings, "queue": self.queue,
            "chroma": self.chroma,
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

    def chroma(self) -> Facts:
        """Whether the Chroma server can be asked: without it questions are answered, more slowly; {} where there is none."""
        there = self.bot.index.vector_server
        return {} if there is None else {"status": "ok" if there else "degraded"}

    def close(self) -> None:
        if self.line:
            self.line.close()


class _Look:
    """A check in a thread of its own."""

    def __init__(self, check: Callable[[], Facts]) -> None:
        self._done = threading.Event()
        self._facts: Facts = {"status": "failing", "error": "Timeout"}  # until it is over
        threading.Thread(target=self._run, args=(check,), name="health", daemon=True).start()

    def _run(self, check: Callable[[], Facts]) -> None:
        try:
            self._facts = check()
        except DragomanError as error:  # its words may hold addresses: they are for the log
            self._facts = {"status": "failing", "error": type(error).__name__}
        finally:
            self._done.set()

    @property
    def over(self) -> bool:
        return self._done.is_set()

    def facts(self, seconds: float) -> Facts:
        self._done.wait(max(0.0, seconds))
        return self._facts


def add_gauges(metrics: Metrics, health: ServiceHealth) -> None:
    """What the checks find, as numbers."""
    metrics.gauges(
        health.numbers,
        {
            "library_articles": ("library articles", "Articles of the library."),
            "feeds": ("feeds watched", "Feeds that are read."),
            "feeds_failing": ("feeds failing", "Feeds whose last visit failed."),
            "feeds_age_seconds": ("feeds age", "Time since any feed answered."),
            "briefings_due": ("briefings due", "Slots of briefings that are due."),
            "briefings_late": ("briefings late", "Slots that have been due for long."),
            "briefings_failed": ("briefings failed", "Targets whose last briefing failed."),
            "queue_waiting": ("queue waiting", "Items in line to be read."),
            "queue_dead": ("queue dead", "Items that could not be read."),
            "queue_workers": ("queue workers", "Workers that are heard of."),
        },
    )
