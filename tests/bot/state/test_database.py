"""state.db: one claim, whoever asks; conversations apart; migrations refused where they must be."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records import Citation, Turn
from bot.state.database import Kept, Place, State
from index.errors import Busy, LibraryError
from index.records import Period

HERE = Place("T", "C", "1.1")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    made = State(tmp_path)
    yield made
    made.close()


def kept(id: str, place: Place = HERE, question: str = "?", reply: str = "!") -> Kept:
    citation = Citation(number=1, article_id="a", version=2, start=3, end=4, quote="“x”")
    return Kept(id, place, question, reply, Period(1, 2), (("sentence", (citation,)),), ({"text": "m"},))


def test_one_of_many_threads_claims(state: State) -> None:
    won: list[bool] = []
    start = threading.Barrier(8)

    def claim() -> None:
        start.wait()
        won.append(state.claim("T/C/1", HERE, "U"))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_a_claim_survives_the_process_and_says_how_far_it_came(state: State, tmp_path: Path) -> None:
    assert state.claim("k", HERE, "U", private=True)
    state.note("k", "finishing", "2.2", {"text": "whole"})
    other = State(tmp_path)
    assert not other.claim("k", HERE, "U")
    (claim,) = other.unfinished()
    assert (claim.place, claim.user, claim.private, claim.stage, claim.message, claim.payload) == (
        HERE, "U", True, "finishing", "2.2", {"text": "whole"},
    )  # fmt: skip
    other.note("k", "done", "2.2")
    assert state.unfinished() == [] and state.newest(HERE) == "2.2"
    assert state.newest(Place("T", "C", "9.9")) == ""
    state.forget("k")
    assert state.claim("k", HERE, "U")
    other.close()


def test_an_answer_comes_back_as_it_was(state: State) -> None:
    state.keep(kept("1"))
    assert state.kept("1") == kept("1")
    assert state.kept("2") is None


def test_history_is_of_one_conversation_and_in_order(state: State) -> None:
    for number in range(6):
        state.keep(kept(str(number), question=f"q{number}", reply=f"r{number}"))
        state.keep(kept(f"x{number}", Place("T2", "C", "1.1"), question="other"))
    assert state.turns(HERE, last=2) == (
        Turn("user", "q4"),
        Turn("assistant", "r4"),
        Turn("user", "q5"),
        Turn("assistant", "r5"),
    )
    assert [turn.content for turn in state.turns(HERE, before="1")] == ["q0", "r0"]
    assert state.knows(HERE) and not state.knows(Place("T", "C", "2.2"))
    state.keep(kept("again", question="q1"))
    assert [t.content for t in state.turns(HERE, before="again", last=9) if t.role == "user"] == ["q0", "q2", "q3", "q4", "q5"]


def test_the_last_word_of_a_user_counts(state: State) -> None:
    for user, value in (("U1", 1), ("U2", -1), ("U2", 1)):
        state.rate("a", user, value)
    assert state.ratings("a") == {"U1": 1, "U2": 1}


def test_old_answers_and_finished_claims_go_and_feedback_stays(state: State) -> None:
    state.claim("open", HERE, "U")
    state.claim("done", HERE, "U")
    state.note("done", "done")
    state.keep(kept("1"))
    state.rate("1", "U", 1)
    state.prune(before=4e9)
    assert state.kept("1") is None and state.ratings("1") == {"U": 1}
    assert [claim.key for claim in state.unfinished()] == ["open"]
    assert state.claim("done", HERE, "U")


def test_one_bot_a_library(state: State, tmp_path: Path) -> None:
    with state.exclusive(), pytest.raises(Busy, match="Another Slack bot"), State(tmp_path).exclusive():
        pass
    with state.exclusive():
        pass


def test_a_newer_file_is_refused_and_kept_as_it_is(tmp_path: Path) -> None:
    State(tmp_path).close()
    db = sqlite3.connect(tmp_path / "state.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match="newer"):
        State(tmp_path)


def test_what_is_not_a_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryError, match=r"state\.db"):
        State(tmp_path)
