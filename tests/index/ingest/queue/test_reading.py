"""A batch: what fails costs itself alone, what may succeed later is tried again, and nothing is taken off before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from index.errors import LibraryError, ModelError, SourceError
from index.ingest.http.polite import Web
from index.ingest.queue.reading import ATTEMPTS, BatchReader, Later
from index.records import AddReport, Article
from index.storage.records import QueueItem


@dataclass
class Line:
    """A queue in memory."""

    items: dict[int, QueueItem] = field(default_factory=dict)
    dead: dict[int, str] = field(default_factory=dict)

    def put(self, *texts: str) -> list[int]:
        for text in texts:
            number = len(self.items) + 1
            self.items[number] = QueueItem("file", f"{number}.txt", f"{number}.txt", text.encode(), number)
        return [*self.items]

    def take(self, numbers: Sequence[int]) -> list[QueueItem]:
        for number in numbers:
            if number in self.items:
                self.items[number] = replace(self.items[number], tries=self.items[number].tries + 1)
        return [self.items[number] for number in numbers if number in self.items]

    def done(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            del self.items[number]

    def bury(self, number: int, why: str) -> None:
        del self.items[number]
        self.dead[number] = why


@dataclass
class Shelf:
    """A library in memory, whose model or disk fails on some texts."""

    folder: Path = Path()
    texts: list[str] = field(default_factory=list)
    raises: dict[str, BaseException] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)

    def add_embedded(self, articles: Iterable[Article | SourceError], /) -> AddReport:
        given = [article for article in articles if isinstance(article, Article)]
        for article in given:
            for words, error in self.raises.items():
                if words in article.text:
                    raise error
        self.texts += [article.text for article in given]
        return AddReport(new=len(given), set_aside=self.aside)


class Killed(BaseException):
    """The process ends here."""


def reader(line: Line, shelf: Shelf) -> BatchReader:
    return BatchReader(line, shelf, Web(), lambda _, trouble=False: None)


def test_all_at_once_where_nothing_fails() -> None:
    line, shelf = Line(), Shelf()
    reader(line, shelf).batch(line.put("One.", "Two.", "Three."), again=False)
    assert (shelf.texts, line.items, line.dead) == (["One.", "Two.", "Three."], {}, {})


def test_what_was_set_aside_is_told_and_costs_no_item() -> None:
    line, shelf, told = Line(), Shelf(aside=["b: set aside"]), list[tuple[str, bool]]()
    one = BatchReader(line, shelf, Web(), lambda text, trouble=False: told.append((text, trouble)))
    one.batch(line.put("One."), again=False)
    assert told == [("b: set aside", True), ("1 read: 1 new", False)] and (line.items, line.dead) == ({}, {})


def test_what_cannot_be_read_costs_itself_alone() -> None:
    line, shelf = Line(), Shelf(raises={"Two": ValueError("no vector")})
    numbers = line.put("One.", "Two.", "", "Four.")
    reader(line, shelf).batch(numbers, again=False)
    assert shelf.texts == ["One.", "Four."] and line.items == {}
    assert line.dead[2] == "ValueError: no vector" and "empty" in line.dead[3] and set(line.dead) == {2, 3}


def test_a_model_that_does_not_answer_is_asked_again_and_then_no_more() -> None:
    line, shelf = Line(), Shelf(raises={"Two": ModelError("the server is down")})
    numbers = line.put("One.", "Two.")
    for again in range(ATTEMPTS - 1):
        with pytest.raises(Later, match="the server is down"):
            reader(line, shelf).batch(numbers, again=again > 0)
        assert shelf.texts == ["One."] and set(line.items) == {2} and line.dead == {}
    reader(line, shelf).batch(numbers, again=True)
    assert line.items == {} and line.dead == {2: "the server is down"}


def test_what_ends_its_worker_is_found_out_and_the_others_are_read() -> None:
    line, shelf = Line(), Shelf(raises={"Two": Killed()})
    numbers = line.put("One.", "Two.", "Three.")
    deaths = 0
    while line.items:
        try:
            reader(line, shelf).batch(numbers, again=deaths > 0)
        except Killed:
            deaths += 1
    assert deaths == ATTEMPTS and shelf.texts == ["One.", "Three."]
    assert line.dead == {2: f"its worker ended {ATTEMPTS} times while it was being read"}


def test_a_library_that_is_away_is_nobodys_fault() -> None:
    line, shelf = Line(), Shelf(raises={"Two": LibraryError("the disk is full")})
    numbers = line.put("One.", "Two.")
    with pytest.raises(LibraryError, match="full"):
        reader(line, shelf).batch(numbers, again=False)
    assert set(line.items) == {1, 2} and line.dead == {}
    shelf.raises.clear()
    reader(line, shelf).batch(numbers, again=True)
    assert shelf.texts == ["One.", "Two."] and line.items == {} == line.dead


def test_a_server_that_does_not_answer_is_asked_again() -> None:
    line, shelf = Line(), Shelf()
    line.items[1] = QueueItem("url", "http://127.0.0.1:1/a", number=1)
    mine = BatchReader(line, shelf, Web(["127.0.0.1"], wait=lambda _: None), lambda _, trouble=False: None)
    for again in range(ATTEMPTS - 1):
        with pytest.raises(Later):
            mine.batch([1], again=again > 0)
    mine.batch([1], again=True)
    assert line.items == {} and "127.0.0.1" in line.dead[1]
