"""The bot's own workers: conversations in parallel, the questions of one conversation in order."""

from __future__ import annotations

import logging
import queue
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.state.records import ConversationPlace
from index.errors import DragomanError

log = logging.getLogger("dragoman.slack")
WAITING = 500  # jobs that may wait; more are refused, so that memory has a bound


@dataclass(slots=True)
class Pool:
    """The bot's own workers. Jobs of one key run in order, one at a time; keys run in parallel."""

    workers: int
    _waiting: dict[ConversationPlace, deque[Callable[[], None]]] = field(default_factory=dict)
    _ready: queue.SimpleQueue[ConversationPlace] = field(default_factory=queue.SimpleQueue)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _jobs: int = 0

    @property
    def jobs(self) -> int:
        """How many run or wait."""
        return self._jobs

    def start(self) -> None:
        for number in range(self.workers):
            threading.Thread(target=self._work, name=f"answer-{number}", daemon=True).start()

    def submit(self, key: ConversationPlace, job: Callable[[], None]) -> bool:
        """Queue a job behind the others of its key; False if too many wait."""
        with self._changed:
            if self._jobs >= WAITING + self.workers:
                return False
            self._jobs += 1
            line = self._waiting.setdefault(key, deque())
            line.append(job)
            if len(line) == 1:
                self._ready.put(key)
        return True

    def idle(self, seconds: float) -> bool:
        """Wait until nothing runs or waits; False if that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._jobs, seconds)

    def _work(self) -> None:
        while True:
            key = self._ready.get()
            with self._changed:
                job = self._waiting[key][0]
            try:
                job()
            except Exception:  # noqa: BLE001  the border: one job never ends a worker
                log.error("a job failed: %s", where())
            with self._changed:
                line = self._waiting[key]
                line.popleft()
                self._jobs -= 1
                if line:
                    self._ready.put(key)
                else:
                    del self._waiting[key]
                self._changed.notify_all()


def where() -> str:
    """The kind of an exception and the lines it passed, without its words: they may hold article text or a key."""
    kind, error, trace = sys.exc_info()
    steps = [f"{Path(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(trace)[-4:]]
    reason = f": {error}" if isinstance(error, DragomanError) else ""
    return f"{kind.__name__ if kind else 'error'} at {' > '.join(steps)}{reason}"
