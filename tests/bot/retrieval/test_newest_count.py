"""bot/retrieval/newest_count.py: of a running count the newest report answers, and the older one is named as older."""

from __future__ import annotations

import pytest

from bot.questions.question import read
from bot.retrieval.candidates import Candidate, sentences_of
from bot.retrieval.newest_count import newest_first
from index.records import Hit, Passage, Period

OLD = "A fever spread in Terlow this spring. Officials say 53 people have died of the Terlow fever."
NEW = "The Terlow fever is over, the council of Terlow said. 460 people fell ill, while 81 had lost their lives."
QUESTION = "How many people died of the Terlow fever?"


def article(id: str, text: str, day: str, title: str = "Terlow fever spreads") -> list[Candidate]:
    passage = Passage(
        id=id, article_id=id, version=1, start=0, end=len(text), text=text, lang="en", title=title,
        published=Period.parse(day) if day else None,
    )  # fmt: skip
    return sentences_of(passage, 0)


def first_two(question: str, lang: str, old: list[Candidate], new: list[Candidate]) -> list[tuple[str, str]]:
    ranked = [old[1], old[0]]
    hits = [Hit(passage=one.passage, score=1.0) for one in (old[0], new[0])]
    return [(c.heading, c.text) for c in newest_first(read(question, lang=lang), ranked, hits)][:2]


def test_the_newest_count_stands_first_and_the_older_one_under_its_day() -> None:
    old, new = article("a", OLD, "2025-03-02"), article("b", NEW, "2025-04-01", "Terlow fever: council ends ban")
    assert first_two(QUESTION, "en", old, new) == [
        ("Latest report found, 2025-04-01", "460 people fell ill, while 81 had lost their lives."),
        ("Older report, 2025-03-02", "Officials say 53 people have died of the Terlow fever."),
    ]
    assert (
        first_two("¿Cuántos muertos dejó la fiebre de Terlow?", "es", old, new)[0][0]
        == "Informe más reciente encontrado, 2025-04-01"
    )


@pytest.mark.parametrize(
    ("question", "new", "day", "title"),
    [
        (QUESTION, NEW, "2025-02-01", "Terlow fever: council ends ban"),  # earlier
        (QUESTION, NEW, "2026-04-01", "Terlow fever: council ends ban"),  # another year's
        (QUESTION, NEW, "", "Terlow fever: council ends ban"),
        (QUESTION, NEW, "2025-04-01", "Mill burns down"),  # another event
        (QUESTION, NEW.replace("Terlow", "Osk"), "2025-04-01", "Osk fever spreads"),  # another place
        (QUESTION, NEW.replace("81", "14"), "2025-04-01", "Terlow fever: council ends ban"),  # smaller: of a part
        ("Where did the Terlow fever begin?", NEW, "2025-04-01", "Terlow fever: council ends ban"),
        ("How many ships reached Terlow?", NEW, "2025-04-01", "Terlow fever: council ends ban"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_later_count_of_the_same_changes_nothing(question: str, new: str, day: str, title: str) -> None:
    old = article("a", OLD, "2025-03-02")
    assert first_two(question, "en", old, article("b", new, day, title)) == [("", old[1].text), ("", old[0].text)]
