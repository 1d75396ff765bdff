"""bot/rewrite.py: follow-ups carry over what they lean on; new topics stay clean."""

from __future__ import annotations

import pytest

from bot.records import Turn
from bot.rewrite import standalone, understood


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


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "searched"),
    [
        ("en", "What did Olsen say?", "Only from Spanish outlets", "What did Olsen say, in Spanish outlets?"),
        ("en", "What did Olsen say?", "Spanish media only", "What did Olsen say, in Spanish media?"),
        ("en", "What did Olsen say?", "since Monday?", "What did Olsen say, since Monday?"),
        ("en", "What did Olsen say?", "and according to EFE?", "What did Olsen say, according to EFE?"),
        ("en", "How many ships waited in Selwyn?", "And in Norwick?", "How many ships waited in Norwick?"),
        ("en", "What did Olsen say?", "in the Guardian?", "What did Olsen say, in the Guardian?"),
        ("es", "¿Qué dijo Olsen?", "solo de medios españoles", "¿Qué dijo Olsen, en medios españoles?"),
        ("es", "¿Qué dijo Olsen?", "¿Y según EFE?", "¿Qué dijo Olsen, según EFE?"),
        ("fr", "Qu'a dit Olsen ?", "seulement dans la presse allemande", "Qu'a dit Olsen, dans la presse allemande?"),
        ("de", "Was sagte Olsen?", "nur aus deutschen Medien", "Was sagte Olsen, in deutschen Medien?"),
        ("pt", "O que disse Olsen?", "só de jornais espanhóis", "O que disse Olsen, em jornais espanhóis?"),
    ],
)
def test_what_only_narrows_is_put_behind_the_question_before(lang: str, earlier: str, question: str, searched: str) -> None:
    meant = understood(question, asked(earlier), lang)
    assert meant.searched == searched and meant.again


@pytest.mark.parametrize(
    ("question", "lang", "brief"),
    [
        ("shorter", "", True), ("Shorter, please!", "", True), ("más corto", "", True), ("Kürzer bitte", "", True),
        ("plus court", "", True), ("mais curto", "", True), ("and in Spanish?", "es", False), ("¿Y en inglés?", "en", False),
        ("auf Deutsch", "de", False), ("en français, s'il te plaît", "fr", False), ("em português", "pt", False),
    ],
)  # fmt: skip
def test_the_question_before_is_asked_again_in_another_way(question: str, lang: str, brief: bool) -> None:
    meant = understood(question, asked("What did Olsen say?"), "en")
    assert (meant.searched, meant.again, meant.lang, meant.brief) == ("What did Olsen say?", True, lang, brief)


def test_commands_add_up_and_are_no_topic() -> None:
    history = asked("What did Olsen say about tariffs?", "only from French newspapers", "shorter")
    meant = understood("and in Spanish?", history, "en")
    assert (meant.searched, meant.lang, meant.brief) == ("What did Olsen say about tariffs, in French newspapers?", "es", True)
    assert understood("And what did Brandt say?", history, "en").searched == "And what did Brandt say? (tariffs)"


def test_a_follow_up_that_names_its_speaker_can_stand_alone() -> None:
    meant = understood("And what did Marwick say?", asked("What did Robledo say about inspections?"), "en")
    assert meant.alone == "What did Marwick say?"
    assert understood("And what did she say?", asked("What did Robledo say about inspections?"), "en").alone == ""


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "What happened in Norwick in October?"),
        ("en", "Who wrote the report in the Guardian on the strike?"),
        ("es", "¿Qué pasó en Sarvella desde el lunes?"),
        ("en", "Which ships are in Selwyn?"),
    ],
)
def test_a_question_with_a_filter_of_its_own_is_left_alone(lang: str, question: str) -> None:
    assert understood(question, asked("What did Mara Olsen say?"), lang).searched == question
