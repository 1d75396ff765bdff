"""bot/briefings/news_overview.py: what is new, asked without a matter, over a real library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.bot import Bot
from bot.questions.question_kind import asks_for_news
from bot.records import Answer, AskRequest, Turn
from index.index import Index
from index.records import Article, Filter, Period, Scope
from index.text.language import identify

pytestmark = pytest.mark.model

BREAD, FERRY, PAN, OLD = (
    Article(
        id="bread", lang="en", title="Bakers of Ostrel call off their strike", outlet="Ostrel Courier",
        published=Period.parse("2024-03-12"),
        text="The bakers of Ostrel called off their strike on Tuesday after nine days.\n\n"
        "“We have flour and a contract,” said their spokeswoman, Ida Renn.",
    ),
    Article(
        id="ferry", lang="en", title="Night ferry to Lund Island returns", outlet="Island Post",
        published=Period.parse("2024-03-14"),
        text="The night ferry to Lund Island will sail again from Friday.\n\nIts engine had failed in January, the owner said.",
    ),
    Article(
        id="pan", lang="es", title="Vuelve el pan a Ostrel", outlet="Diario del Norte", published=Period.parse("2024-03-13"),
        text="Las panaderías de Ostrel abrieron este miércoles tras nueve días de huelga.\n\n"
        "«Hay harina y hay contrato», dijo la portavoz, Ida Renn.",
    ),
    Article(
        id="old", lang="en", title="Snow closes the Harrow pass", outlet="Ostrel Courier", published=Period.parse("2023-12-02"),
        text="Snow closed the Harrow pass on Saturday. It may stay closed until spring.",
    ),
)  # fmt: skip
NOW = Period.parse("2024-03-15")
STRIKE = {"bread": "strike", "pan": "strike"}  # either may tell it


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("overview")) as index:
        index.add([BREAD, FERRY, PAN, OLD])
        yield index


def told(index: Index, question: str, **options: object) -> list[str]:
    """The articles of the first sentences that are told."""
    answer = Bot(index).ask(question, as_of=NOW, **options)  # type: ignore[arg-type]
    return [sentence.citations[0].article_id for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("What is new?", {"bread", "ferry"}),
        ("¿Qué hay de nuevo?", {"pan", "ferry"}),
        ("Was gibt es Neues?", {"bread", "ferry"}),
        ("What happened on 14 March 2024?", {"ferry"}),
        ("What happened in December 2023?", {"old"}),
        ("What's new in the Island Post?", {"ferry"}),
        ("What are the headlines in the Spanish press?", {"pan"}),
    ],
)
def test_each_event_is_told_once_by_its_first_sentence(index: Index, question: str, articles: set[str]) -> None:
    found = told(index, question)
    assert len(found) == len(articles)  # the strike, in two languages, is one event
    assert {STRIKE.get(id, id) for id in found} == {STRIKE.get(id, id) for id in articles}


def test_it_is_an_answer_like_any_other(index: Index) -> None:
    events = list(Bot(index).stream(AskRequest("What is new in March 2024?", scope=Scope(as_of=NOW))))
    answer = events[-1].data
    assert isinstance(answer, Answer)
    assert answer.outcome == "answered"
    numbers = [citation.number for sentence in answer.sentences for citation in sentence.citations]
    assert sorted(set(numbers)) == [source.number for source in answer.sources] == list(range(1, len(answer.sources) + 1))
    for sentence in answer.sentences:
        for cited in sentence.citations:
            article = index.article(cited.article_id, cited.version)
            assert article is not None and article.text[cited.start : cited.end] == cited.quote
    assert [event.data for event in events if event.kind == "sentence"] == list(answer.sentences)
    assert "2024-03-01 – 2024-03-31" in str(answer) or "2024-03-01 – 2024-03-15" in str(answer)
    assert {chip.kind for chip in answer.chips} <= {"dates"}


def test_what_follows_on_it_is_not_the_same_again(index: Index) -> None:
    history = (Turn("user", "What is new?"), Turn("assistant", "The night ferry to Lund Island will sail again."))
    short = Bot(index).ask("shorter", history, as_of=NOW)
    assert len(short.sentences) == 1 < len(told(index, "What is new?"))
    later = Bot(index).ask("And then?", history, as_of=NOW)
    assert not any(note.text.startswith("How the reports") for note in later.notes)


@pytest.mark.parametrize("question", ["What is new?", "any news?", "¿Qué hay de nuevo?", "Was gibt's Neues?"])
def test_in_a_conversation_it_is_what_it_is_alone(index: Index, question: str) -> None:
    history = (Turn("user", "How long is the ferry?"), Turn("assistant", "The ferry is 80 metres long."))
    alone, later = Bot(index).ask(question, as_of=NOW), Bot(index).ask(question, history, as_of=NOW)
    assert alone.outcome == "answered" and later.sentences == alone.sentences
    assert not any(note.kind == "rewrite" for note in later.notes)


def test_what_was_said_is_told_by_a_statement_of_each_event(index: Index) -> None:
    answer = Bot(index).ask("What was said this week?", as_of=NOW)
    assert any("Renn" in sentence.text for sentence in answer.sentences)


def test_a_place_that_may_see_a_part_is_told_that_part(index: Index) -> None:
    assert told(index, "What is new?", filter=Filter(outlets=frozenset({"Ostrel Courier"}))) == ["bread"]
    assert told(index, "What happened today?") == []  # nothing came out: refused, with what was searched


@pytest.mark.parametrize(
    "question",
    [
        "What is new about the ferry?", "Who said that?", "What did they say?", "Why did it happen?", "When did this happen?",
        "What happened to the ferry?", "What is the new engine?", "¿Qué pasó con el pan?", "Quoi de neuf à Ostrel ?",
    ],
)  # fmt: skip
def test_a_question_with_a_matter_is_answered_by_its_evidence(index: Index, question: str) -> None:
    answer = Bot(index).ask(question, as_of=NOW)
    assert not any(note.text.startswith(("How the reports", "Así empiezan", "Ainsi")) for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "News", "Any updates?", "What did I miss?", "Summarise the week", "¿Alguna novedad?", "Resumen de la semana",
        "Quoi de neuf ?", "Was ist passiert?", "O que há de novo?", "Cosa è successo?", "Что нового?", "ما الجديد؟", "最近有什么新闻?",
    ],
)  # fmt: skip
def test_the_news_is_asked_for_in_many_ways(question: str) -> None:
    assert asks_for_news(question, identify(question, default="en"))


def piece(id: str, day: str, title: str, text: str) -> Article:
    return Article(id=id, lang="en", title=title, text=text, outlet="Courier", published=Period.parse(day))


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("What happened in Russia in January 2023?", {"depot"}),
        ("¿Qué pasó en Rusia en enero de 2023?", {"depot"}),
        ("Was geschah im Januar 2023 in Russland?", {"depot"}),
        ("Que s'est-il passé en Russie en janvier 2023 ?", {"depot"}),
        ("O que aconteceu na Rússia em janeiro de 2023?", {"depot"}),
        ("Co się stało w Rosji w styczniu 2023?", {"depot"}),
        ("What happened in Norway in January 2023?", {"ferry"}),
        ("What happened in Portugal in January 2023?", set()),
    ],
)
def test_a_place_and_a_time_are_no_topic(tmp_path_factory: pytest.TempPathFactory, question: str, articles: set[str]) -> None:
    with Index(tmp_path_factory.mktemp("places")) as index:
        index.add([
            piece("depot", "2023-01-12", "Tram depot burns down in Russia",
                  "A tram depot in the Russian city of Perm burned down on Thursday.\n\nNobody was hurt, officials in Russia said."),
            piece("later", "2023-04-02", "Russia opens a bridge", "Russia opened a bridge over the Kama on Sunday, officials in Russia said."),
            piece("ferry", "2023-01-20", "Norway retires its oldest ferry",
                  "Norway took its oldest ferry out of service on Friday.\n\nThe ferry had sailed in Norway for ninety years."),
        ])  # fmt: skip
        assert set(told(index, question)) == articles


def test_each_event_stands_under_the_title_that_its_source_has(index: Index) -> None:
    answer = Bot(index).ask("What is new?", as_of=NOW)
    titles = {source.number: source.title for source in answer.sources}
    assert len(answer.sentences) > 1
    for sentence in answer.sentences:
        assert sentence.heading in [titles[citation.number] for citation in sentence.citations]
