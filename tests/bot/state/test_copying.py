"""A library's state moves with it, between a folder and a server, whole and in its order."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.state import copying
from bot.state.copying import TABLES, copy_state
from bot.state.opening import open_database, open_state
from bot.state.records import ConversationPlace
from tests.bot.state.test_answers import ANSWER
from tests.bot.state.test_briefings import FIRST
from tests.bot.state.test_conversations import HERE, kept
from tests.support.library import ARTICLES, Run
from tests.support.postgres import PostgresServer, name_of


def fill(library: Path | str) -> None:
    """Some of everything."""
    with closing(open_state(library)) as state:
        for number in range(5):
            state.conversations.claim(f"k{number}", HERE, "U", private=number > 3)
            state.conversations.keep(kept(str(9 - number), question=f"q{number} 100% ?"))
            state.briefings.keep(replace(FIRST, id=f"b{9 - number}"), at=1.5 + number)
            state.answers.keep(replace(ANSWER, id=str(9 - number)), owner="", parent="", at=4e9)
        state.conversations.note("k1", "finishing", "2.2", {"text": "“whole”"})
        state.conversations.rate("9", "U", -1, "other")
        state.deliveries.claim("strait", 100, ("folder:/news", "mail:desk@example.org"), (50,), 101)
        state.channels.subscribe("T", "C", "strait")


def rows(library: Path | str) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_database(library)) as db:
        return {table: db.read(f"SELECT {columns} FROM {table} ORDER BY {order}") for table, (columns, order) in TABLES.items()}


@pytest.fixture
def server(server_library: str, postgres: PostgresServer) -> str:
    postgres.sql("DROP SCHEMA IF EXISTS dragoman_state CASCADE", name_of(server_library))
    return server_library


def test_there_and_back_it_is_the_same(tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    fill(tmp_path / "old")
    count = copy_state(tmp_path / "old", server)
    assert count == sum(map(len, rows(server).values())) == 5 + 5 + 1 + 5 + 4 + 5 + 1
    assert copy_state(server, tmp_path / "new") == count
    assert rows(tmp_path / "old") == rows(server) == rows(tmp_path / "new")
    with closing(open_state(server)) as state:
        assert [turn.content for turn in state.conversations.turns(HERE, last=1)] == ["q4 100% ?", "!"]
        assert state.conversations.claim("k9", HERE, "U") and not state.conversations.claim("k1", HERE, "U")
        state.conversations.keep(kept("new", ConversationPlace("T", "C", "8.8")))


def test_what_is_there_stays(tmp_path: Path, server: str) -> None:
    fill(tmp_path)
    with closing(open_state(server)) as state:
        state.channels.set("T", "C", "language", "es")
    before = rows(server)
    assert copy_state(tmp_path, server) is None and rows(server) == before
    assert copy_state(tmp_path / "none", server) == 0


@pytest.mark.model
def test_it_goes_with_the_library(dragoman: Run, tmp_path: Path, postgres: PostgresServer) -> None:
    old, new = tmp_path / "old", postgres.fresh()
    done = dragoman("ingest", "-", "--library", old, stdin=json.dumps(ARTICLES[0]))
    assert done.returncode == 0, done.stderr
    fill(old)
    copied = dragoman("copy", old, new)
    assert copied.returncode == 0 and "the two are equal. 26 rows of its state, too." in copied.stdout, copied.stderr
    assert rows(old) == rows(new)
    postgres.drop(new)
