"""Answers that are kept: whole, with the way back, their owner's alone, and forgotten in time."""

from __future__ import annotations

import dataclasses
import time

import pytest

from bot.records import Answer, Citation, Note, Sentence, Source
from bot.state import answers
from bot.state.opening import State
from index.records import Chip, Filter, Period

CITATION = Citation(number=1, article_id="a", version=2, start=3, end=8, quote="words")
ANSWER = Answer(
    id="1", question="q", searched="q at X", lang="en", outcome="answered",
    sentences=(Sentence(text="t", citations=(CITATION,), lang="es", status="unconfirmed"),),
    sources=(Source(number=1, article_id="a", version=2, title="T", outlet="O", agency="", lang="es", url="u", published=Period(1, 9)),),
    notes=(Note(kind="conflict", text="n", citations=(CITATION,)),), retrieved=("a", "b"),
    chips=(Chip(kind="outlet", start=2, end=6, filter=Filter(outlets=frozenset({"X", "Y"}), window=Period(0, 5))),),
    timings={"search": 0.5}, withheld={"number": 2}, as_of=Period(0, 7),
)  # fmt: skip


def test_what_is_kept_comes_back_as_it_was(state: State) -> None:
    state.answers.keep(ANSWER, owner="", parent="", at=time.time())
    assert state.answers.thread("1", owner="") == [ANSWER]


def test_a_conversation_is_the_way_back_from_an_answer(state: State) -> None:
    for id, parent in (("1", ""), ("2", "1"), ("3", "2"), ("4", "2")):
        state.answers.keep(dataclasses.replace(ANSWER, id=id), owner="press", parent=parent, at=time.time())
    assert [answer.id for answer in state.answers.thread("4", owner="press")] == ["1", "2", "4"]
    assert state.answers.thread("4", owner="") == [] == state.answers.thread("9", owner="press")


def test_old_ones_are_forgotten_and_so_are_too_many(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept() -> str:
        return "".join(str(n) for n in range(6) if state.answers.thread(str(n), owner=""))

    now = time.time()
    for n in range(6):
        state.answers.keep(dataclasses.replace(ANSWER, id=str(n)), owner="", parent="", at=now + n)
    state.answers.prune(now + 2)
    assert kept() == "2345"
    monkeypatch.setattr(answers, "MOST", 2)
    state.answers.prune(0.0)
    assert kept() == "45"
