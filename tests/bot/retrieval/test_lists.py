"""bot/retrieval/lists.py: several things that are asked for are told by a report each, or by the sentence that names them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Bot
from index import Article, Index, Period

pytestmark = pytest.mark.model

FIRES = [
    ("f1", "2025-02-03", "Warehouse fire in Sele kills two", "A fire in a warehouse in Sele killed two night watchmen on Sunday.\n\n"
     "The owner, Lind Timber, said the alarm had been tested a week before."),
    ("f2", "2025-03-11", "Three die in hotel fire in Norwick", "A fire in the Hotel Marwick in Norwick killed three guests on Monday "
     "night.\n\nThe fire brigade needed four hours to put it out. The hotel was built in 1911."),
    ("f3", "2025-05-20", "Ferry fire off Halden kills one", "A fire on the ferry Osprey off Halden killed a sailor on Tuesday.\n\nThe "
     "ferry carried 80 people, who were taken ashore by fishing boats."),
    ("f4", "2024-05-20", "Farm fire near Ellerhude kills one", "A fire on a farm near Ellerhude killed a farmhand on Monday.\n\nThe "
     "barn had no sprinklers, the county said."),
]  # fmt: skip
OTHERS = [
    ("s1", "2025-04-01", "States sue over the canal decree", "A decree on the Marwick canal has ended up in court in Sele.\n\nThe suit "
     "was brought by the states of Arvania, Bestland, Corrin, Delmark, Estoria, Falkenau and Gorse.\n\nThe canal is to be widened, "
     "and the decree pays for it with money that was meant for schools."),
    ("s2", "2025-04-02", "Canal decree: minister is calm", "The minister for canals, Ada Osk, is calm about the suit over the Marwick "
     "canal decree.\n\nShe expects a ruling in the summer."),
    ("r1", "2025-06-01", "Bank of Sele keeps its forecast", "The Bank of Sele kept its forecast for growth on Monday.\n\nIt names these "
     "risks for the economy of Sele:\n- a new tariff on the timber that Norwick buys,\n- a dry summer in the hills,\n- the election "
     "in the autumn, which nobody dares to foretell.\n\nThe governor spoke for an hour."),
    ("o1", "2025-03-12", "Museum of clocks reopens", "The museum of clocks in Sele reopened on Tuesday after a year.\n\nIts oldest piece "
     "is from 1604."),
]  # fmt: skip

RACES = [
    ("w1", "2025-06-08", "Ada Marn back on her bicycle", "Few had thought it possible after her fall in April.\n\nAda Marn won the Tour of "
     "Selwyn on Sunday, eleven seconds ahead of Lind."),
    ("w2", "2025-07-13", "Ada Marn's summer goes on", "The crowd stood four deep along the quay.\n\nAda Marn won the Halden Classic on "
     "Saturday in a sprint of twenty."),
]  # fmt: skip


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    articles = [
        Article(id=id, text=text, title=title, lang="en", published=Period.parse(day), outlet=f"Outlet {id}")
        for id, day, title, text in FIRES + OTHERS + RACES
    ]
    with Index(Path(tmp_path_factory.mktemp("library"))) as index:
        index.add(articles)
        yield Bot(index)


def test_what_several_titles_tell_is_answered_though_no_sentence_is_sure(bot: Bot) -> None:
    answer = bot.ask("Quels incendies ont fait des morts en 2025 ?")
    assert {sentence.citations[0].article_id for sentence in answer.sentences} == {"f1", "f2", "f3"}
    assert not bot.ask("Quels ponts se sont effondrés en 2025 ?").sentences


def test_each_report_of_the_time_asked_about_has_a_line(bot: Bot) -> None:
    answer = bot.ask("Which fires killed people in 2025?")
    assert {sentence.citations[0].article_id for sentence in answer.sentences} == {"f1", "f2", "f3"}
    assert all(sentence.text.startswith("A fire") for sentence in answer.sentences)


def test_a_list_says_among_how_many_articles_it_was_made(bot: Bot) -> None:
    notes = [note.text for note in bot.ask("Which fires killed people in 2025?").notes]
    assert any("10 articles" in note and "others" in note for note in notes)
    assert not any("others" in note.text for note in bot.ask("When did the museum of clocks reopen?").notes)


def test_the_sentence_that_names_them_all_answers_alone(bot: Bot) -> None:
    answer = bot.ask("Which states sued over the Marwick canal decree?")
    assert "Arvania, Bestland, Corrin" in answer.sentences[0].text


def test_lines_that_an_article_sets_under_each_other_are_its_list(bot: Bot) -> None:
    answer = bot.ask("Which risks does the Bank of Sele name for the economy?")
    assert [sentence.text.split()[1] for sentence in answer.sentences] == ["new", "dry", "election"]


def test_a_list_has_one_line_a_report_and_none_of_what_is_no_fire(bot: Bot) -> None:
    answer = bot.ask("Which fires killed people?")
    told = [sentence.citations[0].article_id for sentence in answer.sentences]
    assert sorted(told) == ["f1", "f2", "f3", "f4"]


def test_of_reports_on_one_person_each_tells_what_is_asked_for(bot: Bot) -> None:
    text = " ".join(sentence.text for sentence in bot.ask("Which races has Ada Marn won?").sentences)
    assert "Tour of Selwyn" in text and "Halden Classic" in text and "quay" not in text
