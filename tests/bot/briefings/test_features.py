"""What tells no news is left out of a briefing, and counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from bot.records import Beat
from index import Article, Index
from index.records import Period

pytestmark = pytest.mark.model

DAY = Period.parse("2025-05-06")
QUIET = "The cranes of the port are old and the quays are empty. It rains a lot, and the gulls are loud in the morning."
TITLES = {
    "news": ("Hotel fire in Karsund kills eight", "Eight people died when a hotel burned down in Karsund, firefighters said."),
    "talk": ("‘I was never at home anywhere’: an evening with Irena Kovac", QUIET),
    "list": (
        "Die zehn schönsten Wanderungen bei Selwyn",
        "Der Weg führt an alten Kränen vorbei. Es regnet oft, und es ist still.",
    ),
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Index(tmp_path_factory.mktemp("features") / "library") as index:
        index.add(
            Article(id=id, title=title, text=text, lang="de" if id == "list" else "en", outlet=id, published=DAY)
            for id, (title, text) in TITLES.items()
        )
        yield Bot(index)


def told(bot: Bot, *sections: str) -> tuple[set[str], list[str]]:
    made = bot.brief(Beat(name="all", sections=sections), since=DAY, until=DAY, keep=False)
    return {id for event in made.events for id in event.article_ids}, [note.text for note in made.notes]


def test_features_are_left_out_and_counted(bot: Bot) -> None:
    ids, notes = told(bot)
    assert ids == {"news"}
    assert notes == ["Left out, as their titles tell no news: 2 articles read."]


def test_features_are_told_where_they_are_asked_for(bot: Bot) -> None:
    assert told(bot, "feature") == ({"news", "talk", "list"}, [])
