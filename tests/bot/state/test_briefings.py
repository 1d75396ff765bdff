"""BriefingStore: what was told comes back as it was, the newest first, and in the thread it was told in."""

from __future__ import annotations

from dataclasses import replace

from bot.records import Briefing
from bot.state.opening import State
from bot.state.records import ConversationPlace, Kept
from tests.bot.state.conftest import Open

HERE = ConversationPlace("T", "C", "1.1")
FIRST = Briefing(id="b1", beat="strait", lang="en", since=0, until=10, events=())


def test_a_briefing_comes_back_as_it_was(state: State, open_again: Open) -> None:
    state.briefings.keep(FIRST, at=11.5)
    assert open_again().briefings.find("b1") == FIRST and state.briefings.find("b2") is None
    state.briefings.keep(replace(FIRST, until=20), at=21.0)
    assert state.briefings.latest("strait", last=9) == [(replace(FIRST, until=20), 21.0)]


def test_the_newest_first_and_of_one_beat(state: State) -> None:
    for id, beat, until in (("b1", "strait", 10), ("b2", "strait", 30), ("b3", "strait", 20), ("c", "harbour", 40)):
        state.briefings.keep(replace(FIRST, id=id, beat=beat, until=until), at=float(until))
    assert [briefing.id for briefing, _ in state.briefings.latest("strait", last=2)] == ["b2", "b3"]
    assert [briefing.id for briefing, _ in state.briefings.latest("strait", before=30, last=9)] == ["b3", "b1"]
    assert [briefing.id for briefing, _ in state.briefings.latest()] == ["c"]


def test_a_thread_knows_its_briefing(state: State) -> None:
    state.briefings.keep(FIRST, at=11.0)
    assert state.briefings.told_in(HERE) is None
    state.conversations.keep(Kept("b1@1.1", HERE, "/dragoman brief strait", "text", None, (), ()))
    assert state.briefings.told_in(HERE) == FIRST and state.briefings.told_in(ConversationPlace("T", "C", "2.2")) is None
    assert state.deliveries.claim("strait", 5, ["slack:C"], (), 5)
    (row,) = state.deliveries.rows("strait")
    state.deliveries.note(replace(row, stage="sent", briefing="b1", message="C 3.3"))
    assert state.briefings.told_in(ConversationPlace("", "C", "3.3")) == FIRST
