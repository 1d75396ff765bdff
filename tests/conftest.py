"""Fixtures shared by all tests: no network, one embedding model, marks that hold, and ../shared where it is present."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from index.embedding import e5
from index.storage.vectors import chroma
from tests.support import ROOT, embedding

pytest_plugins = ["tests.support.library", "tests.support.postgres", "tests.support.chroma"]
collect_ignore = ["support", "index/ingest/wild/inputs"]  # no tests, and no doctests

BY_FIXTURE = {  # what a test that takes one of these fixtures is marked with, wherever it stands
    "model": {"library", "site", "samples", "shelf", "model", "alike", "running", "connected"},
    "slow": {"home", "shared", "library", "site", "samples", "shelf", "running", "connected", "postgres", "chroma_server"},
    "slack": {"slack", "running", "connected"},
}
hypothesis.settings.register_profile("tests", deadline=None)  # how long an example takes says nothing here
hypothesis.settings.load_profile("tests")

marks: set[str] = set()
"""The marks of the test that runs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for mark, names in BY_FIXTURE.items():
            if fixtures & names:
                item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    marks.clear()
    marks.update(mark.name for mark in item.iter_markers())
    return (yield)


@pytest.fixture(scope="session", autouse=True)
def one_model_and_marks_that_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """One model for all. Where `-m` leaves tests out, one that opens the model or Chroma without its mark fails."""
    everything = not request.config.getoption("markexpr")
    opened = chroma.Vectors.open

    def load(weights: Path | None = None) -> e5.E5:
        assert everything or "model" in marks, "this test needs the embedding model: mark it `model`, or use HashEmbeddings"
        return embedding.load(weights)

    def open(self: chroma.Vectors, generation: int) -> None:
        assert everything or marks & {"model", "slow"}, "this test opens a Chroma collection: mark it `slow`"
        opened(self, generation)

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background ignores it, and its children would
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(e5, "load", load)
        patch.setattr(chroma.Vectors, "open", open)
        yield


@pytest.fixture(scope="session")
def model() -> e5.E5:
    return e5.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real question sets beside the checkout. A stranger does not have it; CI must."""
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("../shared is missing, and CI must have it")
    pytest.skip("needs ../shared, which only the developers have")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback and local sockets connect: a test that reaches for the network fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise OSError(f"tests do not reach the network: {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
