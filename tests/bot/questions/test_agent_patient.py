"""bot/questions/agent_patient.py: a deed that is told the other way round is no answer, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from bot.questions.agent_patient import asked, reversed_in

REVERSED = [
    ("en", "Why did Marwick thank Robledo?", "Robledo thanked Marwick for the grain on Monday."),
    ("en", "When did President Aubert accuse Vantor Steel?", "Vantor Steel accused President Aubert of breaking the contract."),
    ("en", "What did Kessler promise Olsen?", "Olsen promised Kessler ten ships."),
    ("en", "Why did Olsen sue Harlow?", "Olsen was sued by Harlow for libel."),
    ("es", "¿Por qué agradeció Marwick a Robledo?", "Robledo agradeció a Marwick el envío de trigo."),
    ("es", "¿Cuándo acusó Rivas a Corvane?", "Corvane acusó a Rivas de mentir."),
    ("es", "¿Por qué Rivas demandó a Corvane?", "Rivas fue demandado por Corvane en mayo."),
    ("fr", "Pourquoi Aubert a-t-il accusé Lorne ?", "Lorne a accusé Aubert de mensonge."),
    ("fr", "Quand Lorne a-t-il invité Aubert ?", "Aubert a invité Lorne à Tervo."),
    ("pt", "Por que Moura acusou Pires?", "Pires acusou Moura de favorecer a emissora."),
]
STRAIGHT = [
    ("en", "Why did Marwick thank Robledo?", "Marwick thanked Robledo for the grain."),
    ("en", "Why did Marwick thank Robledo?", "Robledo was thanked by Marwick for the grain."),
    ("en", "Why did Marwick thank Robledo?", "Robledo thanked Marwick. Later Marwick thanked Robledo."),
    ("en", "When did Marwick meet Robledo?", "Robledo met Marwick on Monday."),
    ("en", "Why did Marwick thank Robledo?", "Robledo praised Marwick for the grain."),
    ("en", "Which towns in East Altura were destroyed by Kovar?", "Kovar destroyed the towns of East Altura."),
    (
        "en",
        "Which South Altura official was Marwick due to meet?",
        "Marwick has opened the door to an official visit to South Altura.",
    ),
    ("en", "Who thanked Robledo?", "Robledo thanked Marwick."),
    ("es", "¿Por qué agradeció Marwick a Robledo?", "Marwick agradeció a Robledo el envío."),
    ("es", "¿Qué dijo Marwick en Selwyn?", "En Selwyn, dijo Marwick, nada cambia."),
    ("fr", "Pourquoi Aubert a-t-il accusé Lorne ?", "Lorne a été accusé par Aubert de mensonge."),
    ("de", "Warum dankte Marwick Robledo?", "Robledo dankte Marwick."),
    ("pt", "Por que Moura acusou Pires?", "Moura acusou Pires na televisão."),
]


@pytest.mark.parametrize(("lang", "question", "sentence"), REVERSED)
def test_what_is_told_the_other_way_round_is_seen(lang: str, question: str, sentence: str) -> None:
    assert reversed_in(asked(question, lang), lang, [sentence])


@pytest.mark.parametrize(("lang", "question", "sentence"), STRAIGHT)
def test_nothing_else_is_taken_for_that(lang: str, question: str, sentence: str) -> None:
    assert not reversed_in(asked(question, lang), lang, sentence.split(". ") if "Later" in sentence else [sentence])


def test_a_question_without_two_names_asks_of_no_deed_between_them() -> None:
    assert asked("Why did the tunnel close?", "en") is None
    assert asked("Who thanked Robledo?", "en") is None


def test_what_a_name_is_said_to_be_is_no_deed_of_its_country() -> None:
    assert asked("Why was the Philippine broadcaster TVK shut down?", "en") is None
    assert asked("Why did Russia thank the Philippine broadcaster TVK?", "en") is not None
