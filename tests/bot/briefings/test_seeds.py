"""The two articles that the product was asked for: the plan, and what came of it. They lie beside the developers' checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from bot.records import Beat
from index import Index
from index.ingest.sources import read
from index.records import Period

OCTOBER = Period.parse("2023-10")

pytestmark = pytest.mark.model


def test_the_arrival_supersedes_the_plan(tmp_path: Path, shared: Path) -> None:
    seeds = sorted((shared / "data" / "seeds").glob("0*.txt"))
    with Index(tmp_path / "library") as index:
        index.add(read([str(file) for file in seeds]))
        made = Bot(index).brief(Beat(name="all"), since=OCTOBER, until=OCTOBER, keep=False)
    (event,) = made.events  # the plan has no date: it is no news of its own
    assert event.label == "superseded" and event.headline.lang == "es"
    assert [sentence.lang for sentence in event.before] == ["en"]
