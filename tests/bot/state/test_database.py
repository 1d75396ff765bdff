"""state.db: migrations refused where they must be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.state.opening import open_state
from index.errors import LibraryError


def test_a_newer_file_is_refused_and_kept_as_it_is(tmp_path: Path) -> None:
    open_state(tmp_path).close()
    db = sqlite3.connect(tmp_path / "state.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match="newer"):
        open_state(tmp_path)


def test_what_is_not_a_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryError, match=r"state\.db"):
        open_state(tmp_path)
