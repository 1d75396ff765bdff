"""Measurements of speed and memory, one file a subject. Each has main() -> rows of (figure, value, at most, at least)."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    name: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        return (self.at_most is None or self.value <= self.at_most) and (self.at_least is None or self.value >= self.at_least)

    @property
    def bounds(self) -> str:
        """What was asked for, and whether it is so: "≤ 1.3", "≥ 7  MISSED", or "" for a figure that is only shown."""
        asked = [f"≤ {self.at_most:g}"] if self.at_most is not None else []
        asked += [f"≥ {self.at_least:g}"] if self.at_least is not None else []
        return " ".join(asked) + ("" if self.holds else "  MISSED")
