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


PAIRS = [  # what stands against what, each a report of one morning
    ("en", "Thirty people drowned when a ferry sank off Bansar on Monday, the coastguard said.",
     "de", "Vor Bansar ist am Montag eine Fähre gesunken. Dabei ertranken 52 Menschen, wie der Bürgermeister sagte.", True),
    ("de", "Bei einem Großbrand in einer Halle in Emden sind am Montag vier Arbeiter verletzt worden, teilte die Polizei mit.",
     "de", "Ein Feuer hat am Montag eine Halle in Emden zerstört. Nach Angaben der Klinik wurden elf Arbeiter verletzt.", True),
    ("en", "The army said on Monday that a drone strike on a depot in Halem killed six rebels.",
     "en", "The rebels denied that any of their men died in Monday's drone strike on a depot in Halem.", True),
    ("en", "A blast at the Lugan refinery injured at least 10 workers on Monday.",
     "en", "Fifteen workers were injured in a blast at the Lugan refinery on Monday.", False),
    ("de", "Am Flughafen Nordholm fielen am Montag wegen eines Streiks 140 Flüge aus.",
     "de", "Der Streik am Flughafen Nordholm traf am Montag 21.000 Reisende.", False),
    ("es", "La ministra Robledo llegó el lunes a Karsund, ocho días después de que la guardia costera detuviera el carguero Vale.",
     "en", "Minister Robledo said in Karsund on Monday that the freighter Vale will be released within three days.", False),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "other_lang", "other", "disputed"), PAIRS)
def test_what_one_event_is_reported_with(
    tmp_path: Path, lang: str, text: str, other_lang: str, other: str, disputed: bool
) -> None:
    with Index(tmp_path / "library") as index:
        index.add(
            Article(id=id, title=words[:40], text=words, lang=of, outlet=id, published=Period.parse("2024-02-12T10:00"))
            for id, of, words in (("Courier", lang, text), ("Ledger", other_lang, other))
        )
        day = Period.parse("2024-02-12")
        (event,) = Bot(index).brief(Beat(name="all"), since=day, until=day, keep=False).events
    assert len(event.article_ids) == 2 and bool(event.disputed) == disputed
