"""The state of a library, in every implementation there is; another is another entry of `params`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot.state.opening import State, open_state

Open = Callable[[], State]


@pytest.fixture(params=[open_state], ids=["sqlite"])
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same state once more, as another process does."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(request.param(tmp_path)))


@pytest.fixture
def state(open_again: Open) -> State:
    return open_again()
