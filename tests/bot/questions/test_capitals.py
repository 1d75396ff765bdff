"""bot/questions/capitals.py: questions typed without capitals."""

from __future__ import annotations

import pytest

from bot.questions.capitals import cased, hurried
from index.text.language import identify

TEXTS = (
    "Foreign minister Elena Robledo flew to Karsund on Monday. The ministers of NATO met there.",
    "Markets fell in Karsund. The Market Board of NATO is to meet, said Robledo. Karsund's markets are small.",
)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("what did robledo say in karsund", "what did Robledo say in Karsund"),
        ("WHAT DID ROBLEDO SAY ABOUT NATO?", "what did Robledo say about NATO?"),
        ("What did robledo say about markets?", "What did Robledo say about markets?"),
        ("who runs the market", "who runs the Market"),  # never small here: read as a name, which costs little
        ("which ministers met", "which ministers met"),
        ("qué dijo róbledo", "qué dijo Róbledo"),  # the accents stay as typed
        ("罗夫莱多说了什么", "罗夫莱多说了什么"),
        ("", ""),
    ],
)
def test_capitals_come_from_the_articles(question: str, written: str) -> None:
    assert (cased(question, TEXTS) if hurried(question, identify(question, default="en")) else question) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Taxis frente a Uber: lanzan Nekso", "cuanto cuesta Nekso"),
        ("Lo que cuesta Nekso en la capital", "cuanto cuesta Nekso"),
        ("How Much Nekso Will Cost You Now", "cuanto cuesta nekso"),  # a headline with capitals on all its words
        ("NEKSO LLEGA A LA CIUDAD", "cuanto cuesta nekso"),
        ("Nekso llega a la ciudad", "cuanto cuesta nekso"),  # at its start any word has one
    ],
)
def test_a_title_has_capitals_too(title: str, written: str) -> None:
    assert cased("cuanto cuesta nekso", ["La tarifa no ha cambiado en dos años.", title]) == written


def test_a_careful_question_is_left_alone() -> None:
    assert not hurried("What did Robledo say?", "en") and not hurried("How many markets fell?", "en")
    assert not hurried("¿Qué pasó?", "es")
