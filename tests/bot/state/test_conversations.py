"""ConversationStore: one claim, whoever asks; conversations apart; answers forgotten, ratings not."""

from __future__ import annotations

import threading

import pytest

from bot.records import Citation, Turn
from bot.state.opening import State
from bot.state.records import ConversationPlace, Kept
from index.errors import Busy
from index.records import Period
from tests.bot.state.conftest import Open

HERE = ConversationPlace("T", "C", "1.1")


def kept(id: str, place: ConversationPlace = HERE, question: str = "?", reply: str = "!") -> Kept:
    citation = Citation(number=1, article_id="a", version=2, start=3, end=4, quote="“x”")
    return Kept(id, place, question, reply, Period(1, 2), (("sentence", (citation,)),), ({"text": "m"},))


def test_one_of_many_threads_claims(state: State) -> None:
    won: list[bool] = []
    start = threading.Barrier(8)

    def claim() -> None:
        start.wait()
        won.append(state.conversations.claim("T/C/1", HERE, "U"))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_a_claim_survives_the_process_and_says_how_far_it_came(state: State, open_again: Open) -> None:
    assert state.conversations.claim("k", HERE, "U", private=True)
    state.conversations.note("k", "finishing", "2.2", {"text": "whole"})
    other = open_again()
    assert not other.conversations.claim("k", HERE, "U")
    (claim,) = other.conversations.unfinished()
    assert (claim.place, claim.user, claim.private, claim.stage, claim.message, claim.payload) == (
        HERE, "U", True, "finishing", "2.2", {"text": "whole"},
    )  # fmt: skip
    other.conversations.note("k", "done", "2.2")
    assert state.conversations.unfinished() == [] and state.conversations.newest(HERE) == "2.2"
    assert state.conversations.newest(ConversationPlace("T", "C", "9.9")) == ""
    state.conversations.forget("k")
    assert state.conversations.claim("k", HERE, "U")


def test_an_answer_comes_back_as_it_was(state: State) -> None:
    state.conversations.keep(kept("1"))
    assert state.conversations.kept("1") == kept("1")
    assert state.conversations.kept("2") is None


def test_history_is_of_one_conversation_and_in_order(state: State) -> None:
    for number in range(6):
        state.conversations.keep(kept(str(number), question=f"q{number}", reply=f"r{number}"))
        state.conversations.keep(kept(f"x{number}", ConversationPlace("T2", "C", "1.1"), question="other"))
    assert state.conversations.turns(HERE, last=2) == (
        Turn("user", "q4"),
        Turn("assistant", "r4"),
        Turn("user", "q5"),
        Turn("assistant", "r5"),
    )
    assert [turn.content for turn in state.conversations.turns(HERE, before="1")] == ["q0", "r0"]
    assert state.conversations.knows(HERE) and not state.conversations.knows(ConversationPlace("T", "C", "2.2"))
    state.conversations.keep(kept("again", question="q1"))
    assert [t.content for t in state.conversations.turns(HERE, before="again", last=9) if t.role == "user"] == [
        "q0",
        "q2",
        "q3",
        "q4",
        "q5",
    ]


def test_the_last_word_of_a_user_counts(state: State) -> None:
    for user, value in (("U1", 1), ("U2", -1), ("U2", 1)):
        state.conversations.rate("a", user, value)
    assert state.conversations.ratings("a") == {"U1": 1, "U2": 1}


def test_old_answers_and_finished_claims_go_and_feedback_stays(state: State) -> None:
    state.conversations.claim("open", HERE, "U")
    state.conversations.claim("done", HERE, "U")
    state.conversations.note("done", "done")
    state.conversations.keep(kept("1"))
    state.conversations.rate("1", "U", 1)
    state.conversations.prune(before=4e9)
    assert state.conversations.kept("1") is None and state.conversations.ratings("1") == {"U": 1}
    assert [claim.key for claim in state.conversations.unfinished()] == ["open"]
    assert state.conversations.claim("done", HERE, "U")


def test_one_bot_a_library(state: State, open_again: Open) -> None:
    with (
        state.conversations.exclusive(),
        pytest.raises(Busy, match="Another Slack bot"),
        open_again().conversations.exclusive(),
    ):
        pass
    with state.conversations.exclusive():
        pass
