"""A damaged library: what can be read is saved, the rest is named, and nothing is lost without a word."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from bot.cli.main import main
from index import Index, LibraryError
from index.errors import Damaged
from index.storage.sqlite.salvage import salvage
from scripts.crash import differences
from tests.index.test_index import article
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.slow

PAGE = 4096


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of 60 articles, some of them copies, changed or deleted."""
    folder = tmp_path_factory.mktemp("sound") / "library"
    with Index(folder, embeddings=HashEmbeddings()) as index:
        index.add([article(f"a{i}", title=f"Story {i}", text=_text(i)) for i in range(60)])
        index.add([article("a7", title="Story 7", text=_text(7) + " It was changed.")])
        index.delete(["a9"])
    return folder


def _text(i: int) -> str:
    return "\n\n".join(f"“The {i * 7 + n} barges stay,” Ann Lee of pier {i} said on day {n}." for n in range(40))


def _copy(folder: Path, to: Path) -> Path:
    to.mkdir()
    with sqlite3.connect(folder / "library.db") as old, sqlite3.connect(to / "library.db") as new:
        old.backup(new)
    return to


def _pages(folder: Path, table: str) -> list[int]:
    """The leaf pages of a table."""
    with sqlite3.connect(folder / "library.db") as db:
        try:
            return [n for (n,) in db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,))]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite was built without dbstat")


def _spoil(folder: Path, page: int) -> None:
    with (folder / "library.db").open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def _mended(folder: Path) -> tuple[list[str], Index]:
    with pytest.raises(Damaged), Index(folder, embeddings=HashEmbeddings()) as index:
        index.doctor()
    told = salvage(folder)
    index = Index(folder, embeddings=HashEmbeddings())
    health = index.doctor(rebuild=True)
    assert health.ok, health.problems
    return [*told, *health.done], index


@pytest.mark.parametrize("table", ["passages", "vectors", "statements", "lexical_data"])
def test_what_is_derived_is_made_again(sound: Path, tmp_path: Path, table: str) -> None:
    folder = _copy(sound, tmp_path / "library")
    _spoil(folder, _pages(folder, table)[-1])
    told, index = _mended(folder)
    index.close()
    assert not any("cannot be read" in line for line in told), told
    assert differences(sound, folder) == []
    assert list(folder.glob("library.damaged-*.db"))


def test_a_lost_text_is_named_and_comes_back_when_it_is_ingested_again(sound: Path, tmp_path: Path) -> None:
    folder = _copy(sound, tmp_path / "library")
    _spoil(folder, _pages(folder, "texts")[3])
    told, index = _mended(folder)
    line = next(line for line in told if "ingest them again" in line)
    lost = line.rpartition(": ")[2].split(", ")
    assert 0 < len(lost) < 20
    assert {a.id for a in index.articles()} == {f"a{i}" for i in range(60) if i != 9} - set(lost)
    assert index.add([article(id, title=f"Story {id[1:]}", text=_text(int(id[1:]))) for id in lost]).new == len(lost)
    assert index.doctor().ok
    index.close()


@pytest.mark.parametrize("table", ["articles", "versions"])
def test_lost_rows_are_read_by_way_of_indexes_or_named(sound: Path, tmp_path: Path, table: str) -> None:
    folder = _copy(sound, tmp_path / "library")
    _spoil(folder, _pages(folder, table)[0])
    told, index = _mended(folder)
    have = {a.id for a in index.articles()}
    named = {id for line in told if "ingest them again" in line for id in line.rpartition(": ")[2].split(", ")}
    assert have, told
    if table == "articles":
        assert have == {f"a{i}" for i in range(60) if i != 9}
    else:
        assert len(have) + len(named) >= 59 or any("and" in id for id in named)
    index.close()


def test_a_first_page_of_noise(sound: Path, tmp_path: Path) -> None:
    folder = _copy(sound, tmp_path / "library")
    _spoil(folder, 1)
    with pytest.raises(Damaged):
        Index(folder, embeddings=HashEmbeddings())
    salvage(folder)
    with Index(folder, embeddings=HashEmbeddings()) as index:
        assert index.doctor(rebuild=True).ok
    assert differences(sound, folder) == []


def test_nothing_left_is_said_and_nothing_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    noise = b"only noise, and no page of anything " * 4000
    (folder / "library.db").write_bytes(noise)
    with pytest.raises(LibraryError, match="Nothing can be read"):
        salvage(folder)
    assert (folder / "library.db").read_bytes() == noise
    assert not (folder / "salvaged").exists()


def test_doctor_on_the_command_line(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _copy(sound, tmp_path / "library")
    _spoil(folder, _pages(folder, "lexical_data")[-1])
    assert main(["doctor", "--library", str(folder), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["ok"], row
    assert any("kept as library.damaged-" in line for line in row["done"])
    assert main(["doctor", "--library", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"] == []
