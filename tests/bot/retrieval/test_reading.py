"""What the trained reader is asked: the question as it is asked of a report of that time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.questions.question import read
from bot.retrieval.candidates import sentences_of
from bot.retrieval.reading import readings
from index.records import Passage, Period


class Recording:
    """Reads nothing; keeps what it is asked of which heading."""

    def __init__(self) -> None:
        self.asked: dict[str, str] = {}

    def read_sentences(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> Sequence[NDArray[np.float32]]:
        self.asked |= {heading: question for heading, _ in passages}
        return [np.full(len(sentences), 1.0 + len(question), np.float32) for _, sentences in passages]


def _passage(title: str, published: str) -> Passage:
    text = "The council of Norwick chose Ada Lund as its speaker by nine votes to four."
    return Passage(
        id=title, article_id=title, version=1, start=0, end=len(text), text=text, title=title, outlet="Courier", agency="",
        lang="en", url="", published=Period.parse(published) if published else None, origin="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Who became speaker of Norwick in January 2019?", "Who became speaker of Norwick?"),
        ("Wer wurde im Januar 2019 Sprecher von Norwick?", "Wer wurde Sprecher von Norwick?"),
        ("¿Quién fue elegido en enero de 2019?", "¿Quién fue elegido?"),
    ],
)
def test_a_report_of_the_time_asked_about_is_read_for_the_rest(question: str, bare: str) -> None:
    reader = Recording()
    passages = [_passage("of it", "2019-01-04"), _passage("just after it", "2019-02-01"), _passage("undated", "")]
    found = readings(read(question), [c for one in passages for c in sentences_of(one, 0)], reader)
    assert {" ".join(reader.asked[title].split()) for title in ("of it", "just after it")} == {bare}
    assert reader.asked["undated"] == question
    assert found == [1.0 + len(reader.asked[one.title]) for one in passages]  # each sentence has its own passage's


def test_a_report_of_another_time_has_to_name_the_one_asked_about() -> None:
    reader, question = Recording(), "How many visitors did the museum of Norwick have in 2022?"
    readings(read(question), sentences_of(_passage("later", "2024-03-01"), 0), reader)
    assert reader.asked == {"later": question}
