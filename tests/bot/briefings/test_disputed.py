"""Figures that differ are disputed where reports of one time give them; later ones only know more."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from bot.records import Beat
from index import Article, Index
from index.records import Period

pytestmark = pytest.mark.model

FIRST = "A fire in a dye works in Karsund killed nine people, the fire service said. The roof of the old hall fell in at noon."
SECOND = (
    "Fourteen people were killed by the fire in the dye works of Karsund, a hospital counted. Many were on the night shift."
)


@pytest.mark.parametrize(("later", "disputed"), [("2025-05-06T16:00", True), ("2025-05-07T18:00", False)])
def test_a_later_toll_is_no_dispute(tmp_path: Path, later: str, disputed: bool) -> None:
    with Index(tmp_path / "library") as index:
        index.add(
            Article(
                id=id, title="Dye works fire in Karsund kills many", text=text, lang="en", outlet=id,
                published=Period.parse(day),
            )
            for id, text, day in (("Courier", FIRST, "2025-05-06T14:00"), ("Ledger", SECOND, later))
        )  # fmt: skip
        beat = Beat(name="all")
        made = Bot(index).brief(beat, since=Period.parse("2025-05-06"), until=Period.parse("2025-05-08"), keep=False)
    (event,) = made.events
    assert len(event.article_ids) == 2 and bool(event.disputed) == disputed
