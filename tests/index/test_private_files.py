"""index/private_files.py: what is kept for a library is its owner's alone."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.state.opening import open_state
from index import Index
from index.ingest.feeds.file_ledger import FileLedger
from index.private_files import make_private
from index.records import Article
from tests.support.embedding import HashEmbeddings

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="no permissions of this kind")]


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_library_its_state_and_its_feeds_are_their_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir(mode=0o755)  # made by somebody else, for others to look into
    with Index(folder, embeddings=HashEmbeddings()) as index:
        index.add([Article(id="a", text="The bridge at Elmby was opened on Tuesday.", lang="en")])
        state = open_state(folder)
        FileLedger(folder)
        databases = [path for path in folder.iterdir() if ".db" in path.name]
        assert {path.name for path in databases} >= {"library.db", "library.db-wal", "state.db", "feeds.db"}
        assert {path.name: oct(mode(path)) for path in databases if mode(path) != 0o600} == {}
        assert mode(folder / "chroma") == 0o700
        state.close()


def test_permissions_that_somebody_gave_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    make_private(file)
    assert mode(file) == 0o600
    file.chmod(0o640)
    make_private(file)
    assert mode(file) == 0o640
