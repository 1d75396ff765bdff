"""bot/bot.py: a request in, events out; the same answer streamed and asked for; a stream that anybody may close."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot import AskRequest, Bot, Event, Turn
from bot.answers.writer import ChatGenerator
from bot.llm.models import chat_model
from bot.records import Answer, Sentence, Source
from bot.rendering.json_rows import dumps, event_row
from index import Article, Filter, Index, Period, Scope
from index.errors import Stopped
from tests.support.model_server import Server, serving

pytestmark = pytest.mark.model

ARTICLES = [
    Article(
        id="kiln-en",
        lang="en",
        title="Tressel kiln fired again",
        outlet="Tressel Gazette",
        published=Period.parse("2024-05-07"),
        text="The kiln of Tressel was fired again on Monday after nine winters.\n\n"
        "Some 3,400 bricks are to leave it every day, its master potter, Jorun Adeyo, said.",
    ),
    Article(
        id="kiln-es",
        lang="es",
        title="Vuelve a arder el horno de Tressel",
        outlet="El Alfar",
        published=Period.parse("2024-06-02"),
        text="El horno de Tressel cerró de nuevo el viernes por falta de arcilla.\n\n"
        "«Nos quedan cuatro carros de barro», dijo el maestro alfarero Jorun Adeyo.",
    ),
]
QUESTION = "When was the kiln of Tressel fired again?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("bot") / "library") as made:
        made.add(ARTICLES)
        yield made


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def with_model(index: Index, server: Server) -> Bot:
    return Bot(index, generator=ChatGenerator(chat_model("openai:m", base_url=server.url, timeout=20), timeout=20))


def same(answer: object) -> Answer:
    """An answer without what no two answers share."""
    assert isinstance(answer, Answer)
    return replace(answer, id="", timings={})


@pytest.mark.parametrize("question", [QUESTION, "Who won the chess championship in Reykjavik?", "What is new?"])
def test_the_last_event_of_the_stream_is_the_answer_that_ask_returns(index: Index, question: str) -> None:
    bot = Bot(index)
    *_, last = bot.stream(question)
    assert last.kind == "done" and same(last.data) == same(bot.ask(question)) == same(bot.ask(AskRequest(question)))


@pytest.mark.parametrize("question", [QUESTION, "What did Jorun Adeyo say?", "What happened in May 2024?"])
def test_events_come_in_order_and_sentences_are_final(index: Index, question: str) -> None:
    events = list(Bot(index).stream(question))
    kinds = [event.kind for event in events]
    answer = events[-1].data
    assert isinstance(answer, Answer) and answer.sentences
    assert kinds[0] == "status" and kinds.index("done") == len(kinds) - 1
    assert [event.data for event in events if event.kind == "sentence"] == list(answer.sentences)
    assert [event.data for event in events if event.kind == "source"] == list(answer.sources)
    known = set[int]()
    for event in events:
        if isinstance(event.data, Source):
            known.add(event.data.number)
        elif isinstance(event.data, Sentence):
            assert {citation.number for citation in event.data.citations} <= known


def test_every_event_is_a_json_object_and_the_answer_comes_whole(index: Index) -> None:
    rows = [json.loads(dumps(event_row(event))) for event in Bot(index).stream(QUESTION)]
    assert {row["event"] for row in rows} == {"status", "source", "sentence", "done"}
    *before, last = rows
    assert [row["data"] for row in before if row["event"] == "sentence"] == last["data"]["sentences"]
    assert [row["data"] for row in before if row["event"] == "source"] == last["data"]["sources"]


def test_a_history_of_mappings_is_one_of_turns(index: Index) -> None:
    turns = [Turn("user", QUESTION), Turn("assistant", "On Monday.")]
    mappings = [{"role": turn.role, "content": turn.content} for turn in turns]
    follow_up = "And how many bricks are to leave it?"
    assert AskRequest(follow_up, mappings) == AskRequest(follow_up, turns)
    bot = Bot(index)
    answer = bot.ask(follow_up, mappings)
    assert "Tressel" in answer.searched and same(answer) == same(bot.ask(follow_up, turns))


@pytest.mark.parametrize(
    "turn", [{"role": "king", "content": "hm"}, {"role": "user"}, {"role": "user", "content": ["hm"]}, "hm", None]
)
def test_what_is_no_turn_is_refused_at_once(turn: object) -> None:
    with pytest.raises(ValueError, match="role"):
        AskRequest(QUESTION, [turn])  # type: ignore[list-item]


def test_a_request_is_answered_within_its_scope(index: Index) -> None:
    bot, question = Bot(index), "What happened to the kiln of Tressel?"
    early = Scope(as_of=Period.parse("2024-05-20"))
    spanish = Scope(filter=Filter(langs=frozenset({"es"})))
    assert {source.article_id for source in bot.ask(AskRequest(question, scope=early)).sources} == {"kiln-en"}
    assert {source.article_id for source in bot.ask(AskRequest(question, scope=spanish)).sources} == {"kiln-es"}
    assert same(bot.ask(AskRequest(question, scope=early))) == same(bot.ask(question, as_of=early.as_of))
    assert same(bot.ask(AskRequest(question, scope=spanish))) == same(bot.ask(question, filter=spanish.filter))


def test_a_request_names_the_language_of_our_own_words(index: Index) -> None:
    answer = Bot(index, language="fr").ask(AskRequest("Who won the chess championship in Reykjavik?", language="de"))
    assert answer.lang == "de" and "Keine Belege" in answer.notes[-1].text


# Closing


def test_closing_from_another_thread_cuts_a_silent_model(index: Index, server: Server) -> None:
    server.mode, server.text = "stalled", "The kiln"
    events = with_model(index, server).stream(QUESTION)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(list[Event], events)
        assert server.begun.wait(20)
        events.close()
        assert {event.kind for event in asked.result(20)} == {"status"}
    assert server.released.wait(20)
    assert list(events) == []
    with pytest.raises(Stopped):
        events.answer()


def test_leaving_after_a_sentence_cuts_the_model(index: Index, server: Server) -> None:
    server.mode = "stalled"
    server.text = "The kiln of Tressel was fired again on Monday after nine winters [1]. Some 3,400 bricks"
    with with_model(index, server).stream(QUESTION) as events:
        assert any(event.kind == "sentence" for event in events)
        assert not server.released.is_set()
    assert server.released.wait(20)
    assert list(events) == []


def test_a_stream_closed_before_it_began_asks_nobody(index: Index, server: Server) -> None:
    events = with_model(index, server).stream(QUESTION)
    events.close()
    events.close()
    assert list(events) == [] and server.requests == []


@pytest.mark.slow
def test_where_all_articles_are_of_one_language_a_question_that_may_be_of_several_is_read_in_it(tmp_path: Path) -> None:
    text = "Der Fährmann Ulf Brandow reparierte am Montag die Seilbahn von Kessin. Das Wetter war mild."
    with Index(tmp_path / "L") as library:
        library.add([Article(id="seilbahn", text=text, title="Kessin", lang="de")])
        answer = Bot(library).ask("Was tat Brandow?")
    assert (answer.outcome, answer.lang) == ("answered", "de")
    assert answer.sentences[0].citations[0].quote == "Der Fährmann Ulf Brandow reparierte am Montag die Seilbahn von Kessin."


def test_a_question_with_a_pasted_article_says_how_much_of_it_was_read(index: Index) -> None:
    pasted = QUESTION + " " + "A kiln is an oven for bricks. " * 200 + QUESTION
    [note] = [note for note in Bot(index).ask(pasted).notes if "1000" in note.text]
    assert note.kind == "rewrite" and "too long" in note.text
    assert not any("too long" in note.text for note in Bot(index).ask(QUESTION).notes)
