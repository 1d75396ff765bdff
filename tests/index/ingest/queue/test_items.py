"""What is put in line reads as what is read at once: the same articles, the same errors, whoever takes the text out."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.http.polite import Web
from index.ingest.queue import items as queue
from index.ingest.queue.items import BATCH, batches, items, read
from index.ingest.sources import read as read_at_once
from index.records import Article, Period
from index.storage.records import QueueItem

ROWS = [
    {
        "id": "a",
        "title": "Bridge \ud800 closed",
        "text": "The bridge of Beiling was closed on Monday.",
        "date": "2024-05",
        "lang": "en",
    },
    {"id": "b", "text": "El puerto abri\u00f3 el martes.", "lang": "es", "authors": ["Ana Ruiz", "Leo Paz"]},
    {"id": "c", "text": "The ferry sails at nine.", "date": "no date"},
]
PAGE = "<html lang=en><title>Port opens</title><article><p>The port of Sarvella opened on Sunday after repairs.</p></article>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One of each shape, and some that cannot be read."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/page.html").write_text(PAGE)
    (tmp_path / "note.txt").write_text("The council of Norby met on Tuesday.")
    (tmp_path / "packed.txt.gz").write_bytes(gzip.compress(b"The strike in Lothmar ended on Friday."))
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(b"The strike in Lothmar ended on Friday.")[:-9])
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, ROWS)) + "\nno row")
    (tmp_path / "table.csv").write_text("id,text\nx,The wool market was calm.\ny,The salt market was not.\n")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    return tmp_path


def all_read(paths: list[str]) -> list[Article | str]:
    """What comes of the paths by way of the queue, as `plain` has it."""
    got = list[Article | SourceError]()
    for item in items(paths, stdin=io.BytesIO(b"A text from standard input.")):
        got += [item] if isinstance(item, SourceError) else read(item, Web())
    return plain(got)


def plain(got: list[Article | SourceError]) -> list[Article | str]:
    return [str(item) if isinstance(item, SourceError) else item for item in got]


def test_the_way_through_the_queue_changes_nothing(folder: Path) -> None:
    paths = [str(folder), str(folder / "note.txt"), "-", "", str(folder / "gone.txt"), str(folder / "*.csv")]
    at_once = plain(list(read_at_once(paths, stdin=io.BytesIO(b"A text from standard input."))))
    assert all_read(paths) == at_once and sum(isinstance(item, Article) for item in at_once) > 8
    assert [item.placed for item in at_once if isinstance(item, Article)] == [
        item.placed for item in all_read(paths) if isinstance(item, Article)
    ]


def test_documents_are_left_to_the_workers(folder: Path) -> None:
    made = [item for item in items([str(folder)]) if isinstance(item, QueueItem)]
    assert {Path(item.name).name: item.id for item in made if item.kind == "file"} == {
        "page.html": "deep/page.html", "note.txt": "note.txt", "packed.txt.gz": "packed.txt.gz", "cut.txt.gz": "cut.txt.gz",
        "table.csv": "table.csv", "broken.pdf": "broken.pdf",
    }  # fmt: skip
    assert [item.id for item in made if item.kind == "article"] == ["a", "b", "c"]


def test_a_large_file_is_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LARGEST", 10)
    assert {item.kind for item in items([str(folder / "note.txt")]) if isinstance(item, QueueItem)} == {"article"}
    assert all_read([str(folder)]) == plain(list(read_at_once([str(folder)])))


def test_an_article_comes_back_with_all_that_it_has() -> None:
    whole = Article(
        id="a", text="\ud800 “x”\u2028", title="t", outlet="o", agency="g", authors=("A", "B"), published=Period(1, 2),
        date_source="row", lang="en", url="u", told_by_feed=True, placed=True,
    )  # fmt: skip
    for article in (whole, replace(whole, published=None, authors=(), told_by_feed=False)):
        (back,) = read(queue.of_article(article), Web())
        assert isinstance(back, Article) and back == article
        assert (back.told_by_feed, back.placed) == (article.told_by_feed, article.placed)


def test_jobs_are_of_one_host_and_of_a_size() -> None:
    urls = [QueueItem("url", f"https://{host}.example/") for host in "ab"]
    notes = [QueueItem("file", f"{n}.txt", body=b"x") for n in range(BATCH + 1)]
    large = [QueueItem("file", f"{n}.txt", body=b"x" * (queue.BYTES // 2)) for n in range(3)]
    made = [(host, len(batch)) for batch, host in batches([*urls, *large, *notes])]
    assert made == [("a.example", 1), ("b.example", 1), ("", 2), ("", BATCH), ("", 2)]
