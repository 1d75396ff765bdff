"""Two processes over one state: what one has taken the other leaves alone, and goes on with when the first is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.state.opening import State
from bot.state.records import ConversationPlace
from index.errors import Busy
from tests.support import ROOT

BOUND = 15.0  # seconds within which a killed process is done without
HERE = ConversationPlace("T", "C", "1.1")

HOLDER = """
import sys
from dataclasses import replace
from bot.state.opening import open_state
from bot.state.records import ConversationPlace
state = open_state(sys.argv[1])
with state.conversations.exclusive(), state.deliveries.delivering(), state.watching():
    assert state.conversations.claim("T/C/1.1", ConversationPlace("T", "C", "1.1"), "U")
    assert state.deliveries.claim("strait", 100, ["mail:a@example.org", "folder:out"], (), 100)
    for row in state.deliveries.rows("strait"):
        assert state.deliveries.begin(row, replace(row, stage="sending", at=101))
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(where: Path | str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds all there is to hold, in the middle of an answer and of a delivery."""
    command = [sys.executable, "-c", HOLDER, str(where)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield process
        process.kill()


def soon(attempt: Callable[[], None]) -> None:
    """Do it as soon as it is not Busy any more, within the bound."""
    end = time.monotonic() + BOUND
    while True:
        try:
            return attempt()
        except Busy:
            assert time.monotonic() < end, "a killed process is still waited for"
            time.sleep(0.05)


def test_what_one_process_has_the_other_leaves_alone(other: subprocess.Popen[str], state: State) -> None:
    for hold in (state.conversations.exclusive, state.deliveries.delivering, state.watching):
        with pytest.raises(Busy), hold():
            pass
    assert state.deliveries.held()
    assert not state.conversations.claim("T/C/1.1", HERE, "U")
    assert not state.deliveries.claim("strait", 100, ["mail:a@example.org"], (), 102)


def test_when_one_is_killed_the_other_goes_on(other: subprocess.Popen[str], state: State) -> None:
    other.kill()
    with ExitStack() as stack:
        for hold in (state.conversations.exclusive, state.deliveries.delivering, state.watching):
            soon(lambda hold=hold: stack.enter_context(hold()))  # type: ignore[misc]
        assert [claim.key for claim in state.conversations.unfinished()] == ["T/C/1.1"]
        assert [row.target for row in state.deliveries.settle(200)] == ["mail:a@example.org"], "nobody knows whether it arrived"
        assert {row.target: row.stage for row in state.deliveries.rows("strait")} == {
            "mail:a@example.org": "sending", "folder:out": "claimed"
        }  # fmt: skip
        assert not state.conversations.claim("T/C/1.1", HERE, "U"), "it is taken up where it was left, not anew"
