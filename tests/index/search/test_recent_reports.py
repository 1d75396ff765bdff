"""What came out in a window, in the versions of that time; what came in late is told once; names in any spelling."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Bot
from bot.records import Beat
from index import Article, Index
from index.records import Filter, Period, Scope

pytestmark = pytest.mark.model

HOUR = 3600


def at(moment: str) -> Period:
    return Period.parse(moment)


def article(id: str, moment: str, text: str, title: str = "", lang: str = "en") -> Article:
    return Article(id=id, title=title, text=text, lang=lang, published=at(moment))


TOLL = "The ferry Aldona ran onto a rock off Quay Nine and {} people were hurt, the harbour office said. Divers are at work."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("recent") / "library") as index:
        index.add(
            [
                article("ferry", "2026-05-04T08:00:00Z", TOLL.format("four"), "Ferry Aldona runs onto rock"),
                article("rail", "2026-05-04T09:00:00Z", "The railway bridge at Nordkap opened to trains after two years.", "Bridge open"),
                article("lavrov", "2026-05-05T09:00:00Z", "Serguéi Lavrov llegó este martes a Pionyang para una visita oficial.", "Llega Lavrov", "es"),
                article("month", "2026-05", "In May the port handled more grain than in April, the pilots' logbooks say.", "The month"),
            ]
        )  # fmt: skip
        index.add([article("ferry", "2026-05-05T10:00:00Z", TOLL.format("nine"), "Ferry Aldona runs onto rock")])
        yield index


def test_an_article_is_in_the_version_of_the_time(index: Index) -> None:
    monday, both = index.reports(at("2026-05-04")), index.reports(Period(at("2026-05-04").start, at("2026-05-05").end))
    assert [(r.article.id, r.article.version) for r in monday] == [("month", 1), ("ferry", 1), ("rail", 1)]
    assert "four people" in monday[1].article.text and [r.article.id for r in monday if r.vague] == ["month"]
    newest = next(r for r in both if r.article.id == "ferry")
    assert newest.article.version == 2 and "nine people" in newest.article.text and newest.changed


def test_as_of_and_filter(index: Index) -> None:
    found = index.reports(at("2026-05"), scope=Scope(as_of=at("2026-05-04"), filter=Filter(langs=frozenset({"en"}))))
    assert {r.article.id for r in found} == {"month", "ferry", "rail"}


def test_a_month_is_news_of_the_month_and_of_none_of_its_days(index: Index) -> None:
    def told(window: str) -> set[str]:
        made = Bot(index).brief(Beat(name="all"), since=at(window), until=at(window), keep=False)
        return {id for event in made.events for id in event.article_ids}

    assert "month" in told("2026-05") and "month" not in told("2026-05-04") | told("2026-06")


def test_what_has_no_date_is_never_news(tmp_path: Path) -> None:
    with Index(tmp_path / "library") as index:
        index.add([Article(id="undated", text=TOLL.format("four"), lang="en")])
        made = Bot(index).brief(Beat(name="all"), keep=False)
        assert not made.events and [note.kind for note in made.notes] == ["undated"]


@pytest.mark.parametrize("name", ["Sergey Lavrov", "Serguéi Lavrov", "Сергей Лавров"])
def test_a_person_in_any_spelling(index: Index, name: str) -> None:
    found = Bot(index).brief(Beat(name="p", people=(name,)), until=at("2026-05-05"), keep=False)
    assert [event.article_ids for event in found.events] == [("lavrov",)]


def test_what_comes_in_late_is_told_once(tmp_path: Path) -> None:
    now = int(time.time())
    with Index(tmp_path / "library") as index:
        beat, bot = Beat(name="all"), Bot(index)
        index.add([Article(id="a", text=TOLL.format("four"), lang="en", published=Period(now - HOUR, now - HOUR + 60))])
        first = bot.brief(beat, until=Period(now - 60, now - 59))
        late = "The mayor of Nordkap opened the railway bridge to trains after two years of repairs, her office said."
        index.add([Article(id="b", text=late, lang="en", published=Period(now - 2 * HOUR, now - 2 * HOUR + 60))])
        index.storage.database.db.execute(
            "UPDATE versions SET added = added + 2 WHERE article = (SELECT n FROM articles WHERE id = 'b')"
        )  # no sleep
        second = bot.brief(beat, keep=False)
        assert [event.article_ids for event in first.events] == [("a",)]
        assert [event.article_ids for event in second.events] == [("b",)]
