"""bot/retrieval/talk_classifier.py: talk in words that no table has, and no question for news among it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from bot.questions.question import read
from bot.records import AskRequest, Turn
from bot.retrieval.talk_classifier import MOST, doubt, talk
from index import Article, Index
from index.embedding import e5
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.model
DATA = Path(__file__).parents[2] / "data"


def lines(*names: str) -> list[list[str]]:
    rows = [row for name in names for row in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return [row.split("\t") for row in rows if not row.startswith("#")]


def test_talk_is_told_by_words_or_by_likeness(model: e5.E5) -> None:
    rows = [text for label, _, text in lines("talk_held.tsv") if label == "talk"]
    told = [text for text in rows if (question := read(text)).small_talk or talk(question, model)]
    assert len(rows) == 74 and len(told) >= 64


def test_no_question_is_taken_for_talk(model: e5.E5) -> None:
    rows = [text for label, _, text in lines("talk_held.tsv", "small_talk_unprepared.tsv") if label == "question"]
    assert len(rows) == 90 and [text for text in rows if (question := read(text)).small_talk or talk(question, model)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("are you a person or the intern", "about"),
        ("¿quién te ha programado?", "about"),
        ("Tell me a joke", "about"),
        ("Wer hat dich gebaut?", "about"),
        ("Qui es-tu ?", "about"),
        ("Kim jesteś?", "about"),
        ("logging off now, see you in the morning everyone", "goodbye"),
    ],
)
def test_of_which_kind_it_is(text: str, kind: str, model: e5.E5) -> None:
    said = talk(read(text), model)
    assert said and said.kind == kind


def test_what_goes_on_with_a_question_is_none(model: e5.E5) -> None:
    asked = [Turn("user", "Which schools are closed?"), Turn("assistant", "Two in Marwick.")]
    for text in ("all of them?", "in German please", "ok, and the union?", "shorter", "thanks, and the other one?"):
        assert talk(read(text, asked), model) is None


def test_a_question_behind_talk_is_asked(model: e5.E5) -> None:
    assert talk(read("gosh, long day, thanks for that. did anyone get hurt though"), model) is None


def test_it_takes_no_more_than_it_may_and_nothing_from_vectors_of_another_model(model: e5.E5) -> None:
    assert doubt(read("are you a person or the intern"), model) == -MOST
    assert doubt(read("are you a person or the intern"), HashEmbeddings()) == 0.0
    assert talk(read("are you a person or the intern"), HashEmbeddings()) is None


def test_talk_is_not_searched_for(tmp_path: Path) -> None:
    intern = Article(
        id="intern", lang="en", title="Intern leads the paper", outlet="Courier",
        text="The intern is the person who leads the paper this week. Nobody is made of code here, said Ida Brandt.",
    )  # fmt: skip
    with Index(tmp_path) as index:
        index.add([intern])
        events = [event.kind for event in Bot(index).stream(AskRequest("wait, are you a person or the intern?"))]
        assert events == ["done"]
        answer = Bot(index).ask("wait, are you a person or the intern?")
        assert (answer.outcome, answer.sentences) == ("small_talk", ()) and "Dragoman" in str(answer)
        assert Bot(index).ask("Who leads the paper this week?").outcome == "answered"
