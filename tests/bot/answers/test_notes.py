"""bot/answers/notes.py: what is said beside an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from index import Article, Index, Period

pytestmark = pytest.mark.model

TEXT = (
    "The ferry Aldona ran aground off Norwick on Monday with {} people on board, the coastguard said. Two tugs pulled her free at "
    "noon, and nobody was hurt. Her master, Ida Brandt, will be heard by the harbour board in June. The ferry was built in Selwyn."
)


def test_no_source_stands_below_that_nothing_cites(tmp_path: Path) -> None:
    """Many copies with another figure: three are told, and the others are no sources."""
    copies = [
        Article(
            id=f"a{n}", lang="en", title="Ferry Aldona runs aground", text=TEXT.format(300 + 7 * n), outlet=f"Courier {n}",
            url=f"https://courier{n}.example/ferry", published=Period.parse(f"2025-05-{n + 1:02d}"),
        )
        for n in range(8)
    ]  # fmt: skip
    with Index(tmp_path) as index:
        index.add(copies)
        answer = Bot(index).ask("How many people were on board the Aldona?")
    cited = {c.number for part in (*answer.sentences, *answer.notes) for c in part.citations}
    assert sum(note.kind == "conflict" for note in answer.notes) == 3
    assert {source.number for source in answer.sources} == cited and len(cited) == 4


@pytest.mark.parametrize(("title", "shown"), [("", "notes/ferry.txt"), ("Ferry Aldona", "Ferry Aldona")])
def test_the_nearest_article_has_its_title_or_its_name(title: str, shown: str, tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([Article(id="notes/ferry.txt", lang="en", title=title, text=TEXT.format(307))])
        answer = Bot(index).ask("Who designed the lighthouse of Brack?")
    [note] = [note for note in answer.notes if note.kind == "searched"]
    assert answer.outcome == "no_evidence" and note.text.endswith(f"Nearest: {shown} (undated).")


TRAM = [  # outlet, language, day, title, text
    ("Harbour Post", "en", "2025-04-07", "Tram leaves the rails in Lindhaven",
     "A tram came off the rails on the Weir Bridge in Lindhaven on Monday. Nine people were injured, the fire brigade said."),
    ("Nordkurier", "de", "2025-04-07", "Straßenbahn in Lindhaven entgleist",
     "In Lindhaven ist am Montag eine Straßenbahn entgleist. 23 Menschen wurden verletzt, vier von ihnen schwer."),
    ("Le Quai", "fr", "2025-04-08", "Déraillement du tramway de Lindhaven",
     "Le déraillement du tramway à Lindhaven a fait 31 blessés lundi, selon la préfecture. Une enquête est ouverte."),
    ("Harbour Post", "en", "2024-11-19", "Tram hits lorry in Lindhaven",
     "A tram hit a lorry in Lindhaven on Tuesday. Fifteen people were injured, police said."),
]  # fmt: skip


def test_reports_on_one_event_that_count_otherwise_are_named_with_their_figures(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add(
            Article(id=f"t{n}", outlet=outlet, lang=lang, published=Period.parse(day), title=title, text=text)
            for n, (outlet, lang, day, title, text) in enumerate(TRAM)
        )
        answer = Bot(index).ask("How many people were injured when the tram left the rails in Lindhaven?")
    assert "31" in answer.sentences[0].text
    notes = sorted(note.text for note in answer.notes if note.kind == "conflict")
    assert len(notes) == 2 and all("Le Quai, 2025-04-08: 31." in text for text in notes)
    assert "Nine" in notes[0] and "23" in notes[1]
    assert not any("Fifteen" in note.text for note in answer.notes)  # another event
