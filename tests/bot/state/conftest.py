"""The state of a library, in every implementation there is: in a folder, and in a database of a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot.state.opening import State, open_state
from tests.support.postgres import PostgresServer, name_of

Open = Callable[[], State]


@pytest.fixture(scope="module")
def server_library(postgres: PostgresServer) -> Iterator[str]:
    """The address of a database for the tests of a file."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """The address of a library that has no state yet."""
    if request.param == "sqlite":
        return tmp_path
    url = str(request.getfixturevalue("server_library"))
    request.getfixturevalue("postgres").sql("DROP SCHEMA IF EXISTS dragoman_state CASCADE", name_of(url))
    return url


@pytest.fixture
def open_again(where: Path | str) -> Iterator[Open]:
    """Opens the same state once more, as another process does."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_state(where)))


@pytest.fixture
def state(open_again: Open) -> State:
    return open_again()
