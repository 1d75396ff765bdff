"""Slots: each once, whatever clocks do; late ones within their grace, missed ones written down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.records import Beat
from bot.settings.cron import MEMORY, Due, between, due, following, named, slots


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def names(schedule: str, zone: str, after: str, until: str) -> list[str]:
    return [named(slot, zone) for slot in between(schedule, zone, at(after), at(until))]


@pytest.mark.parametrize(
    ("schedule", "zone", "day", "expected"),
    [
        # the hour that is left out: once, right after it
        ("30 2 * * *", "Europe/Berlin", "2026-03-29", ["2026-03-29T03:00+02:00"]),
        ("0,30 2 * * *", "Europe/Berlin", "2026-03-29", ["2026-03-29T03:00+02:00"]),
        ("*/30 2 * * *", "Europe/Berlin", "2026-03-29", ["2026-03-29T03:00+02:00"]),
        ("0 2,3 * * *", "Europe/Berlin", "2026-03-29", ["2026-03-29T03:00+02:00"]),
        ("30 2 * * *", "America/New_York", "2026-03-08", ["2026-03-08T03:00-04:00"]),
        ("0 0 * * *", "America/Santiago", "2026-09-06", ["2026-09-06T01:00-03:00"]),
        # the hour that comes twice: once, the first time
        ("30 2 * * *", "Europe/Berlin", "2026-10-25", ["2026-10-25T02:30+02:00"]),
        ("*/30 2 * * *", "Europe/Berlin", "2026-10-25", ["2026-10-25T02:00+02:00", "2026-10-25T02:30+02:00"]),
        ("30 1 * * *", "America/New_York", "2026-11-01", ["2026-11-01T01:30-04:00"]),
        ("30 23 * * *", "America/Santiago", "2026-04-04", ["2026-04-04T23:30-03:00"]),
        ("0 1-3 * * *", "Europe/Berlin", "2026-10-25", ["2026-10-25T01:00+02:00", "2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00"]),
    ],
)  # fmt: skip
def test_each_slot_once_when_clocks_are_moved(schedule: str, zone: str, day: str, expected: list[str]) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    noon = start.replace(hour=12)
    assert [
        named(s, zone) for s in between(schedule, zone, int(start.timestamp()) - 1, int(noon.timestamp()) + 43_199)
    ] == expected


def test_every_hour_is_every_real_hour() -> None:
    hours = names("30 * * * *", "Europe/Berlin", "2026-10-25T00:00+02:00", "2026-10-25T04:00+01:00")
    assert hours == ["2026-10-25T00:30+02:00", "2026-10-25T01:30+02:00", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00",
                     "2026-10-25T03:30+01:00"]  # fmt: skip
    assert len(names("30 * * * *", "Europe/Berlin", "2026-03-29T00:00+01:00", "2026-03-29T05:00+02:00")) == 4


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "America/Santiago"])
@pytest.mark.parametrize("schedule", ["30 2 * * *", "*/20 1,2 * * *", "0 0 * * *", "15 */2 * * *", "*/10 * * * *"])
@given(moment=st.integers(at("2026-01-01T00:00Z"), at("2027-01-01T00:00Z")))
@settings(max_examples=12, deadline=None)
def test_it_does_not_matter_when_one_looks(schedule: str, zone: str, moment: int) -> None:
    """Looked at once or in two steps, the same slots come, each once and in order."""
    start, end = moment - 2 * 86_400, moment + 2 * 86_400
    whole = between(schedule, zone, start, end)
    assert between(schedule, zone, start, moment) + between(schedule, zone, moment, end) == whole
    assert whole == sorted(set(whole)) and whole
    assert following(schedule, zone, moment) == next(
        slot for slot in [*whole, following(schedule, zone, end)] if slot and slot > moment
    )


def test_two_looks_inside_the_doubled_hour() -> None:
    """cronsim alone, started at 02:15 the second time, gives 02:30 of the first time again."""
    assert names("30 2 * * *", "Europe/Berlin", "2026-10-25T02:15+01:00", "2026-10-25T23:00+01:00") == []


def test_weekdays_are_cron_s() -> None:
    week = names("0 7 * * 1-5", "UTC", "2026-11-14T00:00Z", "2026-11-21T00:00Z")  # Saturday to Saturday
    assert [datetime.fromisoformat(day).weekday() for day in week] == [0, 1, 2, 3, 4]
    for sunday in ("0", "7", "SUN"):
        (slot,) = names(f"0 7 * * {sunday}", "UTC", "2026-11-14T00:00Z", "2026-11-21T00:00Z")
        assert datetime.fromisoformat(slot).weekday() == 6


DAILY = Beat(name="strait", schedule="0 7 * * *", timezone="Europe/Berlin", grace=6 * 3600)


def test_a_late_slot_runs_within_its_grace_and_not_after() -> None:
    slot = at("2026-11-22T07:00+01:00")
    assert due(DAILY, slot - 86_400, slot - 1) == Due(None)
    assert due(DAILY, slot - 86_400, slot) == Due(slot)
    assert due(DAILY, slot - 86_400, slot + 6 * 3600) == Due(slot)
    assert due(DAILY, slot - 86_400, slot + 6 * 3600 + 1) == Due(None, (slot,))
    assert due(DAILY, slot, slot + 3600) == Due(None)


def test_missed_slots_become_one_run() -> None:
    slot = at("2026-11-22T07:00+01:00")
    found = due(DAILY, slot - 4 * 86_400, slot + 60)
    assert found == Due(slot, (slot - 3 * 86_400, slot - 2 * 86_400, slot - 86_400))


def test_a_beat_that_never_ran_looks_back_its_grace_only() -> None:
    slot = at("2026-11-22T07:00+01:00")
    assert due(DAILY, None, slot + 3600) == Due(slot)
    assert due(DAILY, None, slot + 6 * 3600) == Due(slot)
    assert due(DAILY, None, slot + 12 * 3600) == Due(None)
    assert due(DAILY, None, at("2026-03-29T03:30+02:00")) == Due(None)
    early = Beat(name="night", schedule="30 2 * * *", timezone="Europe/Berlin")
    assert due(early, None, at("2026-03-29T03:30+02:00")) == Due(at("2026-03-29T03:00+02:00"))


def test_a_long_sleep_costs_a_month_of_rows_at_most() -> None:
    hourly = Beat(name="x", schedule="0 * * * *", grace=3600)
    now = at("2026-11-22T07:30Z")
    found = due(hourly, now - 400 * 86_400, now)
    assert found.run == at("2026-11-22T07:00Z") and len(found.missed) == MEMORY // 3600 - 1


@pytest.mark.parametrize(
    ("schedule", "zone", "complaint"),
    [
        ("7 uhr", "UTC", "five fields"),
        ("0 25 * * *", "UTC", r"no cron expression \(bad hour\)"),
        ("0 0 30 2 *", "UTC", "no cron expression"),
        ("0 0 7 * * *", "UTC", "five fields"),
        ("0 7 * * *", "Europa/Berlin", "no time zone"),
        ("0 7 * * *", "../../etc/passwd", "no time zone"),
        ("0 7 * * *", "", "no time zone"),
    ],
)
def test_what_is_wrong_is_said(schedule: str, zone: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        next(slots(schedule, zone, 0))


def test_a_schedule_goes_on_for_years() -> None:
    years = [datetime.fromtimestamp(slot, UTC) for slot in islice(slots("0 12 29 2 *", "UTC", at("2026-01-01T00:00Z")), 3)]
    assert [moment.year for moment in years] == [2028, 2032, 2036]
    assert all(moment - timedelta(hours=12) == moment.replace(hour=0) for moment in years)
    assert between("", "UTC", 0, 10**9) == [] and following("", "UTC", 0) is None
