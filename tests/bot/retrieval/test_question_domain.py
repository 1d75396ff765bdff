"""bot/retrieval/question_domain.py: what is no question for news is refused, what an article plainly answers is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from bot.retrieval.question_domain import MOST, doubt
from index import Article, Index
from index.embedding import e5
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "question",
    [
        "How do I get candle wax out of a tablecloth?",
        "receta de lentejas con chorizo",
        "Schreib mir ein Gedicht zum Geburtstag meiner Oma",
        "quelle est la racine carrée de 144",
        "como desbloquear um iphone sem senha",
        "jak usunąć plamę z czerwonego wina",
        "excel sum every second row",
    ],
)
def test_what_is_no_question_for_news_is_doubted(question: str, model: e5.E5) -> None:
    assert doubt(question, model) < -1


@pytest.mark.parametrize(
    "question",
    [
        "How many people were hurt when the bridge in Marwick gave way?",
        "¿Por qué se retiró el queso de Sele?",
        "Wann öffnet die Fähre nach Norwick wieder?",
        "What did the health office say about the tap water?",
        "ok, something else now: how big is the fine that the ferry company could get?",
    ],
)
def test_a_question_for_news_is_not(question: str, model: e5.E5) -> None:
    assert doubt(question, model) > -0.5


def test_it_takes_no_more_than_it_may_and_nothing_from_vectors_of_another_model(model: e5.E5) -> None:
    assert doubt("pancake recipe no milk", model) == -MOST
    assert doubt("pancake recipe no milk", HashEmbeddings()) == 0.0


def test_an_archive_that_has_the_recipe_gives_it(tmp_path: Path) -> None:
    recipe = Article(
        id="kitchen", lang="en", title="How long to boil an egg: our cook answers",
        text="How long should an egg boil? A soft egg boils for six minutes, said the Courier's cook Ida Brandt. A hard one takes ten.",
    )  # fmt: skip
    bridge = Article(
        id="bridge", lang="en", title="Bridge closed", text="The bridge in Marwick was closed on Monday. It had cracks."
    )
    with Index(tmp_path) as index:
        index.add([recipe, bridge])
        bot = Bot(index)
        assert "six minutes" in str(bot.ask("How long does a soft egg boil?"))
        assert bot.ask("how do i descale a kettle").outcome == "unclear"  # it is told what to ask
