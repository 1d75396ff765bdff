"""bot/retrieval/candidates.py: what of a text can be an answer. A date alone is none."""

from __future__ import annotations

import pytest

from bot.retrieval.candidates import sentences_of, tells_nothing
from index.records import Passage


@pytest.mark.parametrize(
    ("text", "lang", "nothing"),
    [
        ("date 2023-10", "es", True),
        ("Fecha: 12 de mayo de 2023", "es", True),
        ("Datum: 3. Februar 2023", "de", True),
        ("Date : lundi 3 février 2023", "fr", True),
        ("Published 12 May 2023", "en", True),
        ("The date is 12 May 2023.", "en", True),
        ("The date was put off to 12 May 2023.", "en", False),
        ("Olsen published it on 12 May 2023.", "en", False),
        ("Das Datum der Wahl ist der 3. Februar.", "de", False),
    ],
)
def test_a_date_alone_tells_nothing(text: str, lang: str, nothing: bool) -> None:
    assert tells_nothing(text, lang) is nothing


def test_a_date_alone_and_who_said_what_stands_above_answer_nothing() -> None:
    text = "Monday, July 15, 2019\nA quake hit Selwyn.\n“We dug all night.”\n—Mira Osk on the rescue of a child"
    passage = Passage(id="p", article_id="a", version=1, start=0, end=len(text), text=text, lang="en")
    assert [one.text for one in sentences_of(passage, 0)] == ["A quake hit Selwyn.", "“We dug all night.”"]
