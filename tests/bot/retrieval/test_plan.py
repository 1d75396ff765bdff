"""bot/retrieval/plan.py: a plan chooses what is searched, and costs nothing where it is none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

from bot.answers.writer import ChatGenerator
from bot.bot import Bot
from bot.llm.models import chat_model
from bot.questions.question import read
from bot.records import Answer
from bot.retrieval import plan
from index.errors import ModelError, Stopped
from index.index import Index
from index.records import Article, Passage, Period
from index.text import token_count
from tests.support.model_server import Server, serving

QUESTION = read(
    "Which was older when it was closed for repairs, the bridge of Selwyn or the lighthouse on Cape Orla?", lang="en"
)
PARTS = ("When was the bridge of Selwyn built?", "When was the lighthouse on Cape Orla built?")


@pytest.mark.parametrize(
    ("question", "lang", "parts"),
    [
        (QUESTION.text, "en", True),
        ("Who drew more, Selwyn in May or Orla in June?", "en", True),
        ("Wer kam zuerst an, die Alba aus Oslo, die Norma aus Bergen oder die Tessa aus Kiel, und wann?", "de", True),
        ("¿Cuántos muertos hubo el 3 de mayo de 2024 y cuántos el 5 de junio de 2024?", "es", True),
        ("Who is the mayor of Selwyn?", "en", False),
        ("Quand le phare a-t-il été construit ?", "fr", False),
    ],
)
def test_short_questions_for_one_thing_are_not_planned(question: str, lang: str, parts: bool) -> None:
    assert plan.may_have_parts(read(question, lang=lang)) is parts


@pytest.mark.parametrize(
    ("reply", "searches"),
    [
        (json.dumps({"searches": PARTS}), PARTS),
        (f"```json\n{json.dumps({'searches': PARTS})}\n```", PARTS),
        (json.dumps({"searches": [*PARTS, *PARTS, "", "  ", 7, None, QUESTION.text.upper(), "x" * 900]}), PARTS),
        (json.dumps({"searches": [f"search {n}\n\tmore" for n in range(9)]}), tuple(f"search {n} more" for n in range(4))),
        ('{"searches": []}', ()),
        ('{"searches": "all"}', ()),
        ("1. bridge\n2. lighthouse", ()),
        ("", ()),
    ],
)
def test_a_reply_is_read_as_data(reply: str, searches: tuple[str, ...]) -> None:
    assert plan.searches(reply, QUESTION.text) == searches


def test_a_plan_that_fails_or_is_late_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def late(question: object, end: threading.Event) -> tuple[str, ...]:
        end.wait()
        ended.set()
        raise Stopped("stopped")

    def fails(question: object, end: threading.Event) -> tuple[str, ...]:
        raise ModelError("no")

    monkeypatch.setattr(plan, "LATE", 0.05)
    for planner in (late, fails):
        with plan.planned(planner, QUESTION, threading.Event()) as planned:
            assert planned is not None and planned.searches() == ()
    assert ended.wait(10), "the call of a plan that is late was not cut"


def test_an_answer_that_is_no_longer_wanted_waits_for_no_plan() -> None:
    stop = threading.Event()
    stop.set()
    with plan.planned(lambda question, end: PARTS, QUESTION, stop) as planned:
        assert planned is not None
        with pytest.raises(Stopped):
            planned.searches()


def passage(name: str, words: int = 30) -> Passage:
    return Passage(id=name, article_id=name[0], version=1, start=0, end=9, text=" ".join(["word"] * words), lang="en")


def test_the_best_of_each_search_comes_first_within_one_budget() -> None:
    first, second = [passage(f"a{n}") for n in range(9)], [passage("b0"), passage("a0"), passage("b1")]
    names = [found.id for found in plan.merged([first, second])]
    assert names[: plan.READ] == ["a0", "b0", "a1", "a2", "b1", "a3", "a4", "a5"]
    assert sorted(names) == sorted({found.id for found in (*first, *second)})


def test_what_is_read_fits_the_budget() -> None:
    long, short = passage("a", plan.BUDGET - 10), [passage("b", 30), passage("c", 5)]
    found = plan.merged([[long, *short]])
    assert [each.id for each in found] == ["a", "c", "b"]
    assert sum(token_count.count([each.text for each in found[:2]])) <= plan.BUDGET


# Over the wire

ARTICLES = [
    Article(
        id=id, title=title, outlet="Cape Herald", lang="en", published=Period.parse("2024-05-07"),
        text=f"{opening}\n\nThe harbour master said that nobody had been hurt.",
    )
    for id, title, opening in (
        ("bridge", "Selwyn without its bridge", "The bridge of Selwyn, built in 1911, was closed for repairs on Monday."),
        ("light", "Dark on the cape", "Cape Orla is dark: its lighthouse of 1887 needs a new lamp, and is shut for a year."),
        ("fair", "Selwyn's fair", "The fair of Selwyn drew 12,000 people, the town said."),
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("plan") / "library") as made:
        made.add(ARTICLES)
        yield made


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.in_json["answer"] = '{"found": false, "sentences": []}'
        yield running


def asked(index: Index, server: Server, question: str) -> tuple[Answer, list[str]]:
    bot = Bot(index, generator=ChatGenerator(chat_model("openai:m", base_url=server.url)))
    events = list(bot.stream(question))
    answer = events[-1].data
    assert isinstance(answer, Answer)
    return answer, [str(event.data) for event in events if event.kind == "status"]


@pytest.mark.model
def test_a_plan_is_carried_out_and_shown(index: Index, server: Server) -> None:
    server.in_json["plan"] = json.dumps({"searches": PARTS})
    answer, told = asked(index, server, QUESTION.text)
    assert answer.plan == PARTS and any(PARTS[0] in status for status in told)
    assert any(note.kind == "rewrite" and PARTS[1] in note.text for note in answer.notes)
    planning, writing = server.requests
    assert "1911" not in str(planning["messages"]) and QUESTION.text in str(planning["messages"])
    assert "1911" in str(writing["messages"]) and "1887" in str(writing["messages"])


@pytest.mark.model
@pytest.mark.parametrize("reply", ["I cannot help with that.", '{"searches": []}', '{"searches": [['])
def test_without_a_plan_the_plain_search_is_read(index: Index, server: Server, reply: str) -> None:
    server.in_json["plan"] = reply
    answer, told = asked(index, server, QUESTION.text)
    assert answer.plan == () and "1911" in str(server.requests[-1]["messages"])
    assert len(told) == 3 and len(server.requests) == 2


@pytest.mark.model
def test_a_question_for_one_thing_asks_the_model_once(index: Index, server: Server) -> None:
    answer, _ = asked(index, server, "How many people were at the fair of Selwyn?")
    assert answer.plan == () and len(server.requests) == 1
