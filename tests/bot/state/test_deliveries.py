"""DeliveryStore: a slot is claimed once, for all its targets; what a dead process left is done again only where that is safe."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from bot.state.deliveries import DIED, KEPT
from bot.state.opening import State
from bot.state.records import Slot
from index.errors import Busy
from tests.bot.state.conftest import Open

TARGETS = ("folder:/news", "mail:desk@example.org")


def test_of_many_one_claims_a_slot_with_all_its_targets(state: State) -> None:
    won: list[bool] = []
    start = threading.Barrier(8)

    def claim() -> None:
        start.wait()
        won.append(state.deliveries.claim("strait", 100, TARGETS, (50,), 101))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]
    rows = state.deliveries.rows("strait")
    assert [(row.slot, row.target, row.stage) for row in rows] == [
        (slot, target, stage) for slot, stage in ((100, "claimed"), (50, "missed")) for target in TARGETS
    ]
    assert [row.slot for row in state.deliveries.rows("strait", 50)] == [50, 50] and state.deliveries.rows("harbour") == []


def test_the_last_slot_up_to_a_time(state: State) -> None:
    assert state.deliveries.last("strait", 500) is None
    state.deliveries.miss("strait", (100, 200), TARGETS, 201)
    assert [state.deliveries.last("strait", until) for until in (99, 100, 199, 500)] == [None, 100, 100, 200]


def test_a_row_is_written_as_it_is_now(state: State, open_again: Open) -> None:
    state.deliveries.claim("strait", 100, TARGETS[:1], (), 101)
    row = Slot("strait", 100, TARGETS[0], "failed", briefing="b", message="m", error="no", at=107)
    state.deliveries.note(row)
    assert open_again().deliveries.rows("strait") == [row] and not row.unknown and row.again == 407


def test_a_row_is_sent_by_one_of_those_that_saw_it(state: State, open_again: Open) -> None:
    state.deliveries.claim("strait", 100, TARGETS[:1], (), 101)
    (seen,) = state.deliveries.rows("strait")
    sending = replace(seen, stage="sending", at=107)
    assert open_again().deliveries.begin(seen, sending)
    assert not state.deliveries.begin(seen, replace(sending, at=108))
    assert state.deliveries.rows("strait") == [sending]


def test_what_a_dead_process_left_is_repeated_only_where_that_does_no_harm(state: State) -> None:
    state.deliveries.claim("strait", 100, (*TARGETS, "slack:C", "slack:D"), (), 101)
    for row in state.deliveries.rows("strait"):
        state.deliveries.note(replace(row, stage="sending", message="1.1" if row.target == "slack:D" else ""))
    lost = state.deliveries.settle(200)
    assert {row.target for row in lost} == {"mail:desk@example.org", "slack:C"}
    assert all(row.unknown and row.error == DIED for row in lost)
    stages = {row.target: row.stage for row in state.deliveries.rows("strait")}
    assert (stages["folder:/news"], stages["slack:D"]) == ("claimed", "claimed")
    assert state.deliveries.settle(201) == []
    assert state.deliveries.settle(202 + KEPT) == [] == state.deliveries.rows("strait")


def test_one_process_delivers(state: State, open_again: Open) -> None:
    other = open_again()
    with state.deliveries.delivering():
        assert other.deliveries.held()
        with pytest.raises(Busy, match="Another process delivers"), other.deliveries.delivering():
            pass
    assert not other.deliveries.held()
