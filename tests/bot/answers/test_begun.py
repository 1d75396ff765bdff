"""bot/answers/begun.py: a chat model writes while what it reads is weighed, and is cut where that was for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.answers.writer import ChatGenerator
from bot.bot import Bot
from bot.llm.models import chat_model
from bot.retrieval import retrieve
from bot.retrieval.evidence import Evidence, weigh
from index.index import Index
from index.records import Article, Period
from tests.support.model_server import Server, serving

pytestmark = pytest.mark.model

QUESTION = "When was the kiln of Tressel fired again?"
REPLY = "The kiln of Tressel was fired again on Monday after nine winters [1]. Some 3,400 bricks"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("begun") / "library") as made:
        made.add(
            Article(id=name, title=f"Kiln of {name}", lang="en", published=Period.parse("2024-05-07"), text=text)
            for name, text in (
                ("Tressel", "The kiln of Tressel was fired again on Monday after nine winters. The bricks are for the school."),
                ("Orla", "The kiln of Orla was pulled down in April. Nobody had fired it for thirty years."),
            )
        )
        yield made


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.mode, running.text = "stalled", REPLY
        yield running


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch, server: Server) -> Callable[[Callable[[Evidence], Evidence]], None]:
    """Set what comes of the weighing, which is not done before the model has begun to reply."""

    def set_to(change: Callable[[Evidence], Evidence]) -> None:
        def waiting(*args: Any, **more: Any) -> Evidence:
            assert server.begun.wait(20), "the model is not asked before everything is weighed"
            return change(weigh(*args, **more))

        monkeypatch.setattr(retrieve, "weigh", waiting)

    return set_to


def bot(index: Index, server: Server) -> Bot:
    return Bot(index, generator=ChatGenerator(chat_model("openai:m", base_url=server.url, api_key="none")))


def test_the_model_is_asked_before_what_it_reads_is_weighed(
    index: Index, server: Server, weighed: Callable[[Callable[[Evidence], Evidence]], None]
) -> None:
    weighed(lambda evidence: evidence)
    with bot(index, server).stream(QUESTION) as events:
        shown = next(event.data for event in events if event.kind == "sentence")
    assert getattr(shown, "text", "").startswith("The kiln of Tressel was fired again on Monday")
    assert len(server.requests) == 1
    assert server.released.wait(20)


def test_where_nothing_answers_the_model_is_cut_and_nothing_of_it_is_shown(
    index: Index, server: Server, weighed: Callable[[Callable[[Evidence], Evidence]], None]
) -> None:
    weighed(lambda evidence: replace(evidence, probability=0.0))
    answer = bot(index, server).ask(QUESTION)
    assert (answer.outcome, answer.sentences, len(server.requests)) == ("no_evidence", (), 1)
    assert server.released.wait(20)


def test_where_something_else_has_to_be_read_the_model_is_asked_anew(
    index: Index, server: Server, weighed: Callable[[Callable[[Evidence], Evidence]], None]
) -> None:
    def reversed_passages(evidence: Evidence) -> Evidence:
        server.mode, server.text = "reply", REPLY.replace("[1]", f"[{len(evidence.passages)}]")
        return replace(evidence, passages=evidence.passages[::-1])

    weighed(reversed_passages)
    answer = bot(index, server).ask(QUESTION)
    assert [sentence.text.split(" on ")[0] for sentence in answer.sentences][:1] == ["The kiln of Tressel was fired again"]
    first, second = (str(request["messages"]) for request in server.requests)
    assert first != second and server.released.wait(20)
