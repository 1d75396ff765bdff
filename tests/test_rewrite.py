"""bot/rewrite.py: follow-ups carry over what they lean on; new topics stay clean."""

from __future__ import annotations

import pytest

from bot.records import Turn
from bot.rewrite import standalone


def asked(*questions: str) -> list[Turn]:
    turns: list[Turn] = []
    for question in questions:
        turns += [Turn("user", question), Turn("assistant", "The Zebra Society denied it.")]
    return turns


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "carried", "dropped"),
    [
        ("en", "What did Olsen say about the harbour strike?", "And what did Petrov answer?", ["harbour", "strike"], ["Olsen"]),
        ("en", "When did Mara Olsen arrive in Norwick?", "Why did she go there?", ["Mara", "Olsen", "Norwick"], []),
        ("en", "When did Mara Olsen arrive in Norwick?", "Why?", ["Olsen", "Norwick"], []),
        ("es", "¿Cuándo llegó Mara Olsen a Norwick?", "¿Y después?", ["Olsen", "Norwick"], []),
        ("es", "¿Qué dijo Olsen sobre la huelga del puerto?", "¿Y qué respondió Petrov?", ["huelga", "puerto"], ["Olsen"]),
        ("fr", "Qu'a dit Olsen sur la grève du port ?", "Et pourquoi ?", ["Olsen", "grève", "port"], []),
        ("de", "Wann kam Olsen in Norwick an?", "Und warum?", ["Olsen", "Norwick"], []),
        ("pt", "Quando chegou Olsen a Norwick?", "E depois?", ["Olsen", "Norwick"], []),
    ],
)
def test_a_follow_up_carries_the_topic(lang: str, earlier: str, question: str, carried: list[str], dropped: list[str]) -> None:
    result = standalone(question, asked(earlier), lang)
    assert result.startswith(question.rstrip())
    assert all(word in result for word in carried)
    assert not any(word in result for word in dropped)
    assert "Zebra" not in result  # what an assistant said is not evidence of what the user means


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "How many containers were waiting in Brightwater in October?"),
        ("en", "What did the mayor of Brightwater say about the tunnel?"),
        ("es", "¿Qué dijo la alcaldesa de Brightwater sobre el túnel?"),
        ("de", "Was sagte die Bürgermeisterin von Brightwater über den Tunnel?"),
    ],
)
def test_a_new_topic_is_left_alone(lang: str, question: str) -> None:
    assert standalone(question, asked("When did Mara Olsen arrive in Norwick?"), lang) == question


def test_without_history_nothing_changes() -> None:
    assert standalone("And then?", (), "en") == "And then?"


def test_a_chain_of_follow_ups_goes_back_to_the_topic() -> None:
    assert "Norwick" in standalone("And then?", asked("When did Mara Olsen arrive in Norwick?", "And why?"), "en")
