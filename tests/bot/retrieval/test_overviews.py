"""bot/retrieval/overviews.py: what happened in a matter is told by its reports, the newest first, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Bot
from index import Article, Index, Period

pytestmark = pytest.mark.model

STRIKE = [
    ("s1", "en", "2025-03-03", "Dockers walk out in Port Halden", "PORT HALDEN - Dockers at Port Halden walked out on Monday over "
     "pay.\n\nThe union says 900 people take part. The last strike there was in 2014."),
    ("s2", "es", "2025-03-10", "La huelga de Port Halden deja tres fábricas paradas", "La huelga de los estibadores de Port Halden "
     "ha obligado a parar tres fábricas.\n\nEl puerto mueve la mitad de la carga del país."),
    ("s3", "en", "2025-03-20", "Port Halden dockers accept deal", "Dockers at Port Halden have accepted a deal that ends their "
     "strike, the union said on Thursday.\n\nThey return to work on Friday."),
]  # fmt: skip
OTHERS = [
    ("o1", "en", "2025-03-11", "Museum of clocks reopens in Sele", "The museum of clocks in Sele reopened on Tuesday after a year.\n\n"
     "Its oldest piece is from 1604. Ellerhude lent it two clocks."),
    ("o2", "en", "2025-03-12", "Ship from Port Halden runs aground", "A freighter that had left Port Halden ran aground off Sele on "
     "Wednesday.\n\nNobody was hurt, the coastguard said."),
    ("o3", "de", "2025-03-13", "Brücke in Ellerhude gesperrt", "Die Brücke in Ellerhude ist seit Donnerstag gesperrt.\n\nEin Pfeiler "
     "hat Risse."),
]  # fmt: skip


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    articles = [
        Article(id=id, text=text, title=title, lang=lang, published=Period.parse(day), outlet=f"Outlet {id}")
        for id, lang, day, title, text in STRIKE + OTHERS
    ]
    with Index(Path(tmp_path_factory.mktemp("library"))) as index:
        index.add(articles)
        yield Bot(index)


@pytest.mark.parametrize(
    "question",
    [
        "What's the latest on the strike in Port Halden?",
        "tell me about the port halden strike",
        "¿Qué ha pasado con la huelga de Port Halden?",
        "Was ist der aktuelle Stand beim Streik in Port Halden?",
        "Où en est la grève de Port Halden ?",
    ],
)
def test_the_reports_of_a_matter_are_told_the_newest_first(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    told = [sentence.citations[0].article_id for sentence in answer.sentences]
    assert told[:1] == ["s3"] and set(told) >= {"s1", "s3"} and set(told) <= {"s1", "s2", "s3"}
    assert next(sentence.heading for sentence in answer.sentences) == "2025-03-20"
    days = [sentence.heading for sentence in answer.sentences if sentence.heading]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    "question",
    ["tell me about quantum computing", "What's the latest on the weather in Madrid?", "Was ist in Mannheim passiert?"],
)
def test_an_overview_of_what_nothing_is_about_is_refused(bot: Bot, question: str) -> None:
    assert bot.ask(question).outcome in ("no_evidence", "unclear") and not bot.ask(question).sentences


@pytest.mark.parametrize(
    "question",
    [
        "What happened in Sele in March 2025?",
        "what's the latest on Sele in march 2025",
        "¿Qué pasó en Sele en marzo de 2025?",
        "Que s'est-il passé à Sele en mars 2025 ?",
        "O que aconteceu em Sele em março de 2025?",
    ],
)
def test_the_time_asked_for_is_no_matter_of_its_own(bot: Bot, question: str) -> None:
    told = {sentence.citations[0].article_id for sentence in bot.ask(question).sentences}
    assert told and told <= {"o1", "o2"}


@pytest.mark.parametrize(
    "question",
    ["What happened in Sele in May 2025?", "¿Qué pasó en Sele en mayo de 2025?", "Que s'est-il passé à Sele en mai 2025 ?"],
)
def test_what_came_out_at_another_time_is_not_told(bot: Bot, question: str) -> None:
    assert not bot.ask(question).sentences


@pytest.mark.parametrize("question", ["What happened in Port Halden in 2014?", "¿Qué pasó en Port Halden en 2014?"])
def test_of_a_time_of_which_later_reports_tell_their_sentences_answer(bot: Bot, question: str) -> None:
    sentences = bot.ask(question).sentences
    assert [sentence.text for sentence in sentences] == ["The last strike there was in 2014."] and not sentences[0].heading


def test_what_names_it_in_passing_is_no_report_of_it(bot: Bot) -> None:
    answer = bot.ask("Any news from Sele?")
    assert {citation.article_id for sentence in answer.sentences for citation in sentence.citations} == {"o1", "o2"}
    told = {
        citation.article_id for sentence in bot.ask("Any news from Ellerhude?").sentences for citation in sentence.citations
    }
    assert "o1" not in told


def test_what_happened_to_somebody_is_no_overview(bot: Bot) -> None:
    answer = bot.ask("What happened to the freighter off Sele?")
    assert answer.sentences[0].citations[0].article_id == "o2" and not answer.sentences[0].heading
