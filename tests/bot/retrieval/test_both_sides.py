"""bot/retrieval/both_sides.py: a comparison is answered with both sides, or as any other question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bot import Bot
from index import Article, Index

pytestmark = pytest.mark.model

ARTICLES = [
    Article(id="osk", lang="en", title="Hurricane Osk leaves Norwick", text="Hurricane Osk killed 14 people in Norwick. Trees fell."),
    Article(id="tavi", lang="en", title="Typhoon Tavi", text="Typhoon Tavi killed 31 people on the Coral Islands. Ferries stopped."),
    Article(id="port", lang="en", title="Port to reopen", text="The port of Selwyn reopens in June. Its cranes were repaired."),
]  # fmt: skip


def test_both_sides_are_quoted(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add(ARTICLES)
        answer = Bot(index).ask("Which killed more people, Hurricane Osk or Typhoon Tavi?")
        assert {c.article_id for sentence in answer.sentences for c in sentence.citations} == {"osk", "tavi"}
        assert "14" in str(answer) and "31" in str(answer)


def test_a_side_that_is_nowhere_is_not_made_up(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add(ARTICLES)
        answer = Bot(index).ask("Which killed more people, Hurricane Osk or Cyclone Brannoc?")
        assert "tavi" not in {c.article_id for sentence in answer.sentences for c in sentence.citations}
