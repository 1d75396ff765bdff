"""How long the stages of an answer or a briefing took."""

from __future__ import annotations

import time

from bot import telemetry


class Clock:
    """Seconds of each stage; a stage that comes again adds to its own."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """The time since the lap before was spent on this stage."""
        now = time.perf_counter()
        self.laps[stage] = round(self.laps.get(stage, 0.0) + now - self._last, 4)
        telemetry.stage(stage, now - self._last)
        self._last = now
