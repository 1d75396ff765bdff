"""Which briefings are due: cron expressions in an IANA time zone, and what becomes of slots that were missed. Pure.

A slot is the moment at which a schedule asks for a briefing, in whole seconds since 1970. Expressions are those of Debian's
cron: five fields, 0 and 7 are Sunday, names of days and months in English.

Daylight saving: an expression with fixed hours speaks of the clock on the wall. What falls into the hour that is left out
happens once, right after it; what falls into the hour that comes twice happens once, the first time. With `*` in the field of
hours real hours are counted, and none is left out or doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.records import Beat

MEMORY = 31 * 86_400  # seconds: slots that lie further back are not counted, not even as missed
MARGIN = timedelta(hours=26)  # more than any zone's clock was ever moved at once


@dataclass(frozen=True, slots=True)
class Due:
    """What has to be done about a schedule now."""

    run: int | None  # the slot whose briefing has to be made, the newest; None: none is due
    missed: tuple[int, ...] = ()  # older slots, or too old ones: not made up for, only written down


def due(beat: Beat, last: int | None, now: int) -> Due:
    """What to do at `now` for a beat whose last known slot is `last` (None: none yet, then only the grace time is looked back).

    However many slots passed by, one briefing is made: the newest slot's, if it is within its grace time.
    """
    after = now - beat.grace - 1 if last is None else max(last, now - MEMORY)
    slots = between(beat.schedule, beat.timezone, after, now)
    if not slots or now - slots[-1] > beat.grace:
        return Due(None, tuple(slots))
    return Due(slots[-1], tuple(slots[:-1]))


def between(schedule: str, timezone: str, after: int, until: int) -> list[int]:
    """The slots later than `after` and not later than `until`, oldest first. [] without a schedule."""
    return list(takewhile(lambda slot: slot <= until, slots(schedule, timezone, after))) if schedule else []


def following(schedule: str, timezone: str, after: int) -> int | None:
    """The first slot later than `after`, or None if there is none in the next decades."""
    return next(slots(schedule, timezone, after), None) if schedule else None


def slots(schedule: str, timezone: str, after: int) -> Iterator[int]:
    """The slots later than `after`, oldest first, each once. ValueError says what is wrong with the schedule or the zone."""
    from cronsim import CronSim, CronSimError

    zone = _zone(timezone)
    fields = schedule.split()
    if len(fields) != 5:
        raise ValueError(f"'{schedule}' is no cron expression; five fields are needed, as in '0 7 * * 1-5'")
    start = datetime.fromtimestamp(after, UTC).astimezone(zone)
    on_the_wall = not fields[1].startswith("*")
    try:
        # cronsim's own rule looks at minutes, too, and doubles "*/30 2 * * *" in autumn; so it only ever sees naive time here.
        walk = CronSim(schedule, start.replace(tzinfo=None) - MARGIN if on_the_wall else start)
    except CronSimError as error:
        raise ValueError(f"'{schedule}' is no cron expression ({str(error).lower()})") from None
    moments = (_moment(time, zone) for time in walk) if on_the_wall else (int(time.timestamp()) for time in walk)
    return _later(moments, after)


def _later(moments: Iterable[int], last: int) -> Iterator[int]:
    for moment in moments:
        if moment > last:
            yield moment
            last = moment


def _moment(time: datetime, zone: ZoneInfo) -> int:
    """The first moment at which the clock on the wall shows `time`, or jumps over it."""
    while datetime.fromtimestamp(time.replace(tzinfo=zone).timestamp(), zone).replace(tzinfo=None) != time:
        time += timedelta(minutes=1)
    return int(time.replace(tzinfo=zone).timestamp())


def named(slot: int, timezone: str) -> str:
    """A slot as people and files name it, local time with its offset: 2026-03-29T03:00+02:00."""
    return datetime.fromtimestamp(slot, _zone(timezone)).isoformat(timespec="minutes")


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"'{name}' is no time zone; write an IANA name, as in 'Europe/Berlin' or 'UTC'") from None
