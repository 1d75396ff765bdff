"""bot/retrieval/same_article.py: a follow-up is read in the article that the reply before it told of, and else refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.questions.question import read
from bot.records import Answer, Turn
from bot.retrieval.same_article import told_of
from index import Article, Filter, Index, Scope

pytestmark = pytest.mark.model

THEFT = (
    "Anders Holt pleaded guilty on Tuesday to stealing nine church bells in Norwick. He took them over four years. "
    "The first victim was the parish of Selwyn, which lost two bells. The court gave Holt a fine of 86,000 crowns. "
    "Holt, who sells garden tools, did not ask for bail."
)
FLOOD = (
    "The flood in Karsund took 30 houses on Sunday. The first victim was a baker on Mill Street. A shop was given a fine of 400 "
    "crowns for selling wet flour. Two men asked for bail after a brawl at the shelter. Repairs will cost 5 million crowns."
)
ARTICLES = [
    Article(id="bells", lang="en", title="Bell thief pleads guilty", outlet="Norwick Post", text=THEFT),
    Article(id="flood", lang="en", title="Flood in Karsund", outlet="Karsund Times", text=FLOOD),
    Article(
        id="choir",
        lang="en",
        title="Choir sings in Tavi",
        outlet="Tavi News",
        text="The choir of Tavi sang nine songs. 300 came.",
    ),
]
ASKED = "What did Anders Holt plead guilty to?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("same")
    with Index(folder) as opened:
        opened.add(ARTICLES)
        yield opened


def chat(index: Index, *questions: str) -> Answer:
    """The answer to the last of them."""
    bot, turns = Bot(index), list[Turn]()
    for question in questions:
        answer = bot.ask(question, turns)
        turns += [Turn("user", question), Turn("assistant", str(answer))]
    return answer


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        ((ASKED, "Over how many years?", "Who was the first victim?"), "parish of Selwyn"),
        ((ASKED, "And the fine?"), "86,000"),
        ((ASKED, "Over how many years?", "Did he ask for bail?"), "did not ask for bail"),
    ],
)
def test_a_follow_up_is_answered_by_the_article_told_of(index: Index, questions: tuple[str, ...], words: str) -> None:
    answer = chat(index, *questions)
    assert words in answer.sentences[0].text
    assert {c.article_id for sentence in answer.sentences for c in sentence.citations} == {"bells"}


def test_what_names_nothing_and_is_not_in_it_is_not_answered_by_another(index: Index) -> None:
    answer = chat(index, ASKED, "How much did the repairs cost?")
    assert not answer.sentences and answer.outcome == "no_evidence"


def test_a_new_topic_is_asked_of_the_whole_library(index: Index) -> None:
    answer = chat(index, ASKED, "How many houses did the flood in Karsund take?")
    assert "30 houses" in answer.sentences[0].text


REPLIES = [  # the article's own words with a day put in; in other words; a refusal
    "Anders Holt pleaded guilty on Tuesday [2024-05-07] to stealing nine church bells in Norwick. Taken together with: this.",
    "He admitted that he had stolen bells from the churches around Norwick.",
    "No evidence found. Searched 3 articles. Nearest: Bell thief pleads guilty.",
]


@pytest.mark.parametrize("reply", REPLIES)
def test_the_article_told_of_is_known_by_the_reply(index: Index, reply: str) -> None:
    question = read("And the fine?", [Turn("user", ASKED), Turn("assistant", reply)], lang="en")
    assert told_of(question, index, Scope()) == "bells"


def test_an_article_that_may_not_be_seen_is_not_told_of(index: Index) -> None:
    question = read("And the fine?", [Turn("user", ASKED), Turn("assistant", REPLIES[0])], lang="en")
    assert told_of(question, index, Scope(filter=Filter(ids=frozenset({"flood", "choir"})))) != "bells"


@pytest.mark.parametrize("question", ["shorter", "only from Spanish outlets", "What is new?", "What did Olsen say about Tavi?"])
def test_other_ways_of_going_on_are_no_follow_up_on_it(index: Index, question: str) -> None:
    asked = read(question, [Turn("user", ASKED), Turn("assistant", REPLIES[0])], lang="en")
    assert told_of(asked, index, Scope()) == ""
