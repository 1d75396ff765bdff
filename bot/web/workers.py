"""The threads that answer, and how many requests may wait for one: what is beyond is refused at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.web.problems import Refused

T = TypeVar("T")
AGAIN = 5  # seconds after which a refused client may try again


class Workers:
    """`workers` threads, and room for `waiting` jobs more."""

    def __init__(self, workers: int, waiting: int) -> None:
        self.workers, self.room = workers, workers + waiting
        self._jobs = 0
        self._guard = threading.Lock()
        self._threads = ThreadPoolExecutor(workers, "answer")

    @property
    def jobs(self) -> int:
        """How many run or wait."""
        return self._jobs

    def run(self, job: Callable[[], T]) -> asyncio.Future[T]:
        """Start a job, or let it wait. Refused with 429 when too many wait. Cancelled before it begins, it never begins."""
        with self._guard:
            if self._jobs >= self.room:
                raise Refused(429, f"Too many questions at once. Try again in {AGAIN} seconds.", {"Retry-After": str(AGAIN)})
            self._jobs += 1
        started = self._threads.submit(job)
        started.add_done_callback(self._ended)
        return asyncio.wrap_future(started)

    def close(self) -> None:
        """Take nothing more; what waits is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ended(self, _: Future[T]) -> None:
        with self._guard:
            self._jobs -= 1
