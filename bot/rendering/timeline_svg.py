"""The picture of a briefing: a row an outlet, a mark for each event that it reported, placed in time. Pure.

Places are per cent of the width and heights are pixels, so that the letters keep their size on a phone and on a desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.phrases import say
from bot.rendering.briefing_text import local
from index.text.printable import line

if TYPE_CHECKING:
    from bot.records import Briefing, Label
    from index.records import Period

COLORS: dict[Label, str] = {  # of marks and labels; white on each has a contrast of at least 4.5 (WCAG AA; tested)
    "new": "#0b6e4f",
    "developed": "#1f4e9c",
    "corrected": "#9a3412",
    "withdrawn": "#7f1d1d",
    "superseded": "#5b4b8a",
}
LEFT, RIGHT = 4.0, 96.0  # per cent: where the window begins and ends
APART = 8.0  # per cent between the centres of two marks: 24 pixels on the narrowest phone
ROWS = 12  # outlets at most
NAME, LANE, AXIS, RADIUS = 17, 22, 24, 9  # pixels
STEPS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440, 2160, 4320, 8760)  # hours between ticks
TICKS = 6


@dataclass(frozen=True, slots=True)
class TimelineReport:
    """One article about one event."""

    event: int
    label: Label
    outlet: str
    published: Period
    copy: bool  # drawn as a ring: it adds no independent report


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark in its place: per cent across, pixels down."""

    mark: TimelineReport
    left: str
    middle: str
    right: str
    y: int
    color: str


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet, and the pixels at which its name and the line below it stand."""

    outlet: str
    name_y: int
    rule_y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A time on the axis."""

    across: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, for `templates/timeline.svg.jinja`. Pixels."""

    rows: tuple[OutletRow, ...]
    ticks: tuple[Tick, ...]
    bottom: int
    height: int
    radius: int = RADIUS


def marks(briefing: Briefing) -> list[TimelineReport]:
    """The articles of the window on its events, by outlet in the order of their first reports: the outlets that report most."""
    reports = [
        TimelineReport(
            event.number, event.label, line(coverage.outlet) or say("unnamed", briefing.lang), coverage.published, coverage.copy
        )
        for event in briefing.events
        for coverage in event.coverage
        if coverage.published.start < briefing.until and coverage.published.end > briefing.since
    ]
    events: dict[str, set[int]] = {}
    first: dict[str, int] = {}
    for mark in reports:
        events.setdefault(mark.outlet, set()).add(mark.event)
        first[mark.outlet] = min(mark.published.start, first.get(mark.outlet, mark.published.start))
    rows = sorted(events, key=lambda outlet: (-len(events[outlet]), first[outlet], outlet))[:ROWS]
    shown = [mark for mark in reports if mark.outlet in rows]
    return sorted(shown, key=lambda mark: (first[mark.outlet], mark.outlet, mark.published, mark.event))


def hidden(briefing: Briefing) -> int:
    """How many outlets have no row."""
    return max(0, len({line(coverage.outlet) for event in briefing.events for coverage in event.coverage}) - ROWS)


def drawing(briefing: Briefing, shown: Sequence[TimelineReport]) -> Drawing:
    """Where everything stands in the picture; the table beside it says the same in words."""
    rows, top = [], 0
    for outlet in dict.fromkeys(mark.outlet for mark in shown):
        row = _row(outlet, [mark for mark in shown if mark.outlet == outlet], briefing, top)
        rows.append(row)
        top = row.rule_y + 2
    ticks = tuple(Tick(_percent(across), text) for across, text in _ticks(briefing))
    return Drawing(tuple(rows), ticks, bottom=top, height=top + AXIS)


def _row(outlet: str, marks: Sequence[TimelineReport], briefing: Briefing, top: int) -> OutletRow:
    """Marks that would cover one another lie in lanes below one another."""
    lanes: list[float] = []  # where each lane of the row is taken up to
    dots = []
    for mark in marks:
        left, right = (_across(briefing, moment) for moment in (mark.published.start, mark.published.end))
        middle = (left + right) / 2
        begins = min(left, middle - APART / 2)
        lane = next((i for i, end in enumerate(lanes) if end <= begins), len(lanes))
        lanes[lane:] = [max(right, middle + APART / 2), *lanes[lane + 1 :]]
        y = top + NAME + lane * LANE + LANE // 2
        dots.append(Dot(mark, _percent(left), _percent(middle), _percent(right), y, COLORS[mark.label]))
    return OutletRow(outlet, top + NAME - 4, top + NAME + len(lanes) * LANE + 1, tuple(dots))


def _ticks(briefing: Briefing) -> list[tuple[float, str]]:
    """(per cent, what is written there): round hours or days in the beat's time zone, a handful."""
    hours = (briefing.until - briefing.since) / 3600
    step = next((step for step in STEPS if hours / step <= TICKS), STEPS[-1])
    moment = local(briefing.since, briefing.timezone).replace(hour=0, minute=0, second=0)
    ticks = []
    while (seconds := int(moment.timestamp())) < briefing.until:
        if seconds >= briefing.since and LEFT <= (across := _across(briefing, seconds)) <= RIGHT:
            month = say("months", briefing.lang).split()[moment.month - 1]
            ticks.append((across, f"{moment:%H:%M}" if step < 24 and moment.hour else f"{moment.day} {month}"))
        moment += timedelta(hours=step)  # on the wall, as an aware datetime counts
    return ticks


def _across(briefing: Briefing, moment: int) -> float:
    share = (moment - briefing.since) / max(1, briefing.until - briefing.since)
    return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share))


def _percent(value: float) -> str:
    return f"{value:.1f}%"
