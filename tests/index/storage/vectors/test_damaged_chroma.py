"""A damaged folder of Chroma's: one clear line instead of an end of the process, and doctor makes it anew without embedding."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index import Index, LibraryError
from index.storage.sqlite import vector_index
from index.storage.vectors.chroma import Vectors
from index.storage.vectors.chroma_check import HEADER
from tests.index.test_index import article
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.slow

Damage = Callable[[Path], object]


class Counting(HashEmbeddings):
    """Tells how much was embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def embed_documents(self, texts: Sequence[str]) -> object:  # type: ignore[override]
        self.texts += len(texts)
        return super().embed_documents(list(texts))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of which Chroma has written a graph, which it does after 1,000 vectors, and has a queue."""
    folder = tmp_path_factory.mktemp("chroma") / "library"
    with Index(folder, embeddings=HashEmbeddings()) as index:
        index.add([article(f"a{i}", f"Report {i}: {i * 7} boats came.", title=f"Boats of day {i}") for i in range(600)])
        index.delete([f"a{i}" for i in range(0, 600, 40)])
        index.add([article(f"a{i}", f"Report {i} was wrong.", title=f"Boats of day {i}") for i in range(1, 600, 40)])
    assert (_graph(folder / "chroma") / "header.bin").exists()
    return folder


def _graph(chroma: Path) -> Path:
    (folder,) = (path for path in chroma.iterdir() if path.is_dir())
    return folder


def _cut(chroma: Path, share: float) -> None:
    file = _graph(chroma) / "data_level0.bin"
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])


def _noise(file: Path, start: int = 0, end: int = 1, size: int = 1) -> None:
    """Other bytes at [start, end) of every `size` bytes."""
    data, dice = bytearray(file.read_bytes()), random.Random(7)
    for at in range(0, len(data) - size + 1, size):
        data[at + start : at + end] = dice.randbytes(end - start)
    file.write_bytes(data)


def _element(chroma: Path, part: str) -> None:
    """Noise in one part of every element of the graph: its links, its vector or its label."""
    file = _graph(chroma)
    _, _, _, _, size, label, data, *_ = HEADER.unpack((file / "header.bin").read_bytes())
    _noise(file / "data_level0.bin", *{"links": (0, data), "vectors": (data, label), "labels": (label, size)}[part], size)


def _script(chroma: Path, sql: str) -> None:
    with sqlite3.connect(chroma / "chroma.sqlite3") as db:
        db.executescript(sql)
    db.close()


UNREADABLE: dict[str, Damage] = {
    "graph cut": lambda chroma: _cut(chroma, 0.01),
    "graph in half": lambda chroma: _cut(chroma, 0.5),
    "graph empty": lambda chroma: _cut(chroma, 0),
    "links are noise": lambda chroma: _element(chroma, "links"),
    "upper links are noise": lambda chroma: _noise(_graph(chroma) / "link_lists.bin"),
    "header is noise": lambda chroma: _noise(_graph(chroma) / "header.bin"),
    "its other half is noise": lambda chroma: _noise(_graph(chroma) / "header.bin", 60, 64, HEADER.size),
    "pickle is noise": lambda chroma: _noise(_graph(chroma) / "index_metadata.pickle"),
    "pickle missing": lambda chroma: (_graph(chroma) / "index_metadata.pickle").unlink(),
    "graph missing": lambda chroma: shutil.rmtree(_graph(chroma)),
    "database is noise": lambda chroma: (chroma / "chroma.sqlite3").write_bytes(b"only noise " * 3000),
    "database empty": lambda chroma: (chroma / "chroma.sqlite3").write_bytes(b""),
    "table gone": lambda chroma: _script(chroma, "DROP TABLE collections"),
    "rows gone": lambda chroma: _script(chroma, "DELETE FROM embeddings; DELETE FROM embeddings_queue"),
    "configuration is noise": lambda chroma: _script(chroma, "UPDATE collections SET config_json_str = '{oops'"),
}
ABSENT: dict[str, Damage] = {
    "database missing": lambda chroma: (chroma / "chroma.sqlite3").unlink(),
    "empty folder": lambda chroma: (shutil.rmtree(chroma), chroma.mkdir()),
    "no folder": shutil.rmtree,
    "a file": lambda chroma: (shutil.rmtree(chroma), chroma.write_bytes(b"x")),
}
UNNOTICED: dict[str, Damage] = {
    "vectors are noise": lambda chroma: _element(chroma, "vectors"),
    "labels are noise": lambda chroma: _element(chroma, "labels"),
}


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "library"))


def test_a_sound_folder_is_opened(folder: Path) -> None:
    with Index(folder, embeddings=HashEmbeddings()) as index:
        index.storage.nearest.open()
        assert index.doctor().done == []


@pytest.mark.parametrize("damage", UNREADABLE)
def test_what_cannot_be_read_is_one_clear_line_and_made_anew(
    folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    UNREADABLE[damage](folder / "chroma")
    model = Counting()
    with Index(folder, embeddings=model) as index:
        assert index.search("How many boats came?")  # so small a library is searched without Chroma
        with monkeypatch.context() as patch:
            patch.setattr(vector_index, "SCAN", 0)
            for use in (lambda: index.search("How many boats came?"), lambda: index.add([article("new")])):
                with pytest.raises(LibraryError) as caught:
                    use()
                assert "Nothing is lost. Run: dragoman doctor" in str(caught.value) and "\n" not in str(caught.value)
        model.texts = 0
        health = index.doctor()
        assert health.ok and health.passages == health.vectors and model.texts == 0
        assert any("made Chroma" in line for line in health.done) and not any("Run:" in line for line in health.done)
        assert index.doctor().done == [] and index.add([article("new")]).same == 1


@pytest.mark.parametrize("damage", ABSENT)
def test_what_is_not_there_is_made_anew_at_the_next_write(folder: Path, damage: str) -> None:
    ABSENT[damage](folder / "chroma")
    model = Counting()
    with Index(folder, embeddings=model) as index:
        assert index.add([article("new")]).new == 1
        assert model.texts <= 2
        assert index.doctor().done == []


@pytest.mark.parametrize("damage", UNNOTICED)
def test_wrong_numbers_in_a_graph_that_can_be_read_are_found_by_doctor(folder: Path, damage: str) -> None:
    UNNOTICED[damage](folder / "chroma")
    with Index(folder, embeddings=HashEmbeddings()) as index:
        assert any("made Chroma" in line for line in index.doctor().done)
        assert index.doctor().done == []


def test_a_file_env_where_it_is_started_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """chromadb reads one by itself: it could send the vectors to somebody else's server."""
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nCHROMA_SERVER_HOST=127.0.0.1\n")
    monkeypatch.chdir(tmp_path)
    vectors = Vectors.of(tmp_path)
    vectors.open(0)
    assert vectors.count() == 0 and vectors.exists
    vectors.release()
