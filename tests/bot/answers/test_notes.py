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
