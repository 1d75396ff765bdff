"""bot/retrieval/both_sides.py: a comparison is answered with both sides, or as any other question."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.questions.question import Question, read
from bot.records import AskRequest
from bot.retrieval.both_sides import both
from bot.retrieval.candidates import sentences_of
from bot.retrieval.evidence import Evidence, Features
from bot.retrieval.instructions_left_out import LeftOut
from bot.retrieval.retrieve import Retrieved, retrieve
from index import Article, Filter, Index, Scope
from index.records import Period, Results

pytestmark = pytest.mark.model

ARTICLES = [
    Article(id="osk", lang="en", title="Hurricane Osk leaves Norwick", text="Hurricane Osk killed 14 people in Norwick. Trees fell."),
    Article(id="tavi", lang="en", title="Typhoon Tavi", text="Typhoon Tavi killed 31 people on the Coral Islands. Ferries stopped."),
    Article(id="port", lang="en", title="Port to reopen", text="The port of Selwyn reopens in June. Its cranes were repaired."),
]  # fmt: skip


def test_both_sides_are_quoted(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add(ARTICLES)
        answer = Bot(index).ask("Which killed more people, Hurricane Osk or Typhoon Tavi?")
        assert {c.article_id for sentence in answer.sentences for c in sentence.citations} == {"osk", "tavi"}
        assert "14" in str(answer) and "31" in str(answer)


def test_each_side_is_told_with_its_figure_and_no_note_sets_them_against_each_other(tmp_path: Path) -> None:
    runners = [
        Article(
            id="wanja", lang="en", title="Wanja wins in Oderstad", published=Period.parse("2031-09-06"),
            text="Runner Bea Wanja won the Oderstad mile on Sunday. She finished it in 4 minutes 41 seconds. Rain fell.",
        ),
        Article(
            id="demi", lang="de", title="Demi siegt in Karsund", published=Period.parse("2031-09-20"),
            text="Die Läuferin Hana Demi hat die Meile von Karsund gewonnen. Sie brauchte dafür 4 Minuten 32 Sekunden. Es war heiß.",
        ),
    ]  # fmt: skip
    with Index(tmp_path) as index:
        index.add([*runners, *ARTICLES])
        answer = Bot(index).ask("Compare the times of Wanja and Demi")
        assert ["4 minutes 41" in answer.sentences[0].text, "4 Minuten 32" in answer.sentences[1].text] == [True, True]
        assert not [note for note in answer.notes if note.kind in ("conflict", "superseded")]


def test_a_side_that_is_nowhere_is_not_made_up(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add(ARTICLES)
        answer = Bot(index).ask("Which killed more people, Hurricane Osk or Cyclone Brannoc?")
        assert "tavi" not in {c.article_id for sentence in answer.sentences for c in sentence.citations}


FLIGHT = Article(
    id="flight", lang="en", title="Captain collapses over Selwyn",
    text="Captain Tomas Lind fell ill on the night flight from Norwick to Karsund. His first officer landed at Port Selwyn. "
    "The airline will check the health of its 60 pilots. Two mechanics were on board.",
)  # fmt: skip


def test_two_things_asked_are_answered_in_the_order_asked(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([FLIGHT, *ARTICLES])
        answer = Bot(index).ask("How many mechanics were on board, and where did the first officer land?")
        assert [s.text for s in answer.sentences] == [
            "Two mechanics were on board.",
            "His first officer landed at Port Selwyn.",
        ]
        assert not [note for note in answer.notes if note.kind == "reply"]


def test_the_articles_of_both_stand_as_each_search_has_them_the_first_before(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([FLIGHT, *ARTICLES])
        search = partial(retrieve, index, article=index.article)
        asked = read("When does the port reopen, and which officer landed at Port Selwyn?", lang="en")
        alone = [search(asked.reworded(part.searched), scope=Scope()).hits for part in asked.parts]
        ids = [hit.passage.article_id for hits in alone for hit in hits]
        assert len(alone) == 2 and ids[: len(alone[0])] != ids[len(alone[0]) :]
        found = both(asked, search, index, Scope())
        assert [hit.passage.article_id for hit in found.hits] == list(dict.fromkeys(ids))


def test_a_sentence_that_tells_both_is_shown_once(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([FLIGHT, *ARTICLES])
        answer = Bot(index).ask("How many people did Hurricane Osk kill, and where?")
        assert [s.text for s in answer.sentences] == ["Hurricane Osk killed 14 people in Norwick."]


def test_of_two_things_asked_the_one_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([FLIGHT, *ARTICLES])
        answer = Bot(index).ask("Where did the first officer of Lind's flight land, and what was the ticket price?")
        assert "Port Selwyn" in answer.sentences[0].text
        assert [n.text for n in answer.notes if n.kind == "reply"] == ["No evidence found for: “What was the ticket price?”"]


def test_what_narrows_a_question_narrows_both_things_asked(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([FLIGHT, *ARTICLES])
        asked = AskRequest("How many pilots does it have, and who fell ill?", scope=Scope(filter=Filter(langs=("de",))))
        assert not Bot(index).ask(asked).sentences


def test_an_outlet_that_a_question_names_narrows_both_things_asked(tmp_path: Path) -> None:
    courier = Article(
        id="courier", lang="en", title="Second officer lands plane", outlet="Selwyn Courier",
        text="The captain of the night flight fell ill, and the second officer landed the plane at Karsund.",
    )  # fmt: skip
    with Index(tmp_path) as index:
        index.add([replace(FLIGHT, outlet="Norwick Herald"), courier, *ARTICLES])
        answer = Bot(index).ask("According to the Selwyn Courier, who fell ill, and how many mechanics were on board?")
        assert {c.article_id for sentence in answer.sentences for c in sentence.citations} == {"courier"}
        assert [n.text for n in answer.notes if n.kind == "reply"] == [
            "No evidence found for: “How many mechanics were on board?”"
        ]


@pytest.mark.parametrize(
    ("second", "readings", "shown"),
    [
        (9.5, (1.0, 1.0), ["Two mechanics", "Captain", "His first"]),  # nearly as good as the best
        (8.0, (1.0, 1.0), ["Two mechanics", "Captain"]),
        (8.0, (1.0, -1.0), ["Two mechanics", "Captain"]),  # hardly an answer, and not shown yet
    ],
)
def test_the_second_sentence_of_a_thing_asked_is_shown_where_it_is_nearly_as_good(
    tmp_path: Path, second: float, readings: tuple[float, float], shown: list[str]
) -> None:
    assert _told(tmp_path, [3, 0], second, readings) == shown


@pytest.mark.parametrize(
    ("second", "reading", "shown"),
    [(8.0, -1.0, ["Two mechanics", "Captain"]), (8.0, 1.0, ["Two mechanics"]), (7.0, -1.0, ["Two mechanics"])],
)
def test_where_the_best_is_shown_already_and_hardly_answers_the_second_may_be_further_behind(
    tmp_path: Path, second: float, reading: float, shown: list[str]
) -> None:
    assert _told(tmp_path, [3, 3], second, (1.0, reading)) == shown


def _told(folder: Path, best: list[int], second: float, readings: tuple[float, float]) -> list[str]:
    """What is shown, by how it begins, where the two searches have those sentences of the flight as their best, at 10.

    The second search has another sentence at `second`. All stand under an occasion, which what is asked here does not.
    """
    with Index(folder) as index:
        index.add([FLIGHT])
        asked = read("How many mechanics were on board, and who fell ill on the flight?", lang="en")
        hits = index.results(asked.text).hits
        sentences = [replace(c, heading="At the airport") for c in sentences_of(hits[0].passage, 0)]

        def search(question: Question, *, scope: Scope, results: Results | None = None) -> Retrieved:
            number = [part.searched for part in asked.parts].index(question.text)
            first = replace(sentences[best[number]], score=10.0, read=readings[number])
            others = [replace(c, score=second) for c in sentences if number and c.start != first.start]
            return Retrieved(
                searched=question.text, scope=scope, results=index.results(question.text), hits=tuple(hits), left_out=LeftOut(),
                spoken=False, evidence=Evidence(
                    question=question, passages=(first.passage,), candidates=(first, *others),
                    features=Features(), probability=1.0,
                ),
            )  # fmt: skip

        told = both(asked, search, index, Scope()).evidence
        assert not any(c.heading for c in told.candidates[: told.most])
        return [" ".join(c.text.split()[:2]).removesuffix(" Tomas") for c in told.candidates if c.score > 0]
