"""bot/questions/parts.py: a question that asks two things is two questions, any other is none."""

from __future__ import annotations

import pytest

from bot.questions.question import read
from bot.records import Turn


@pytest.mark.parametrize(
    ("lang", "question", "first", "second"),
    [
        ("en", "Where was Lind flying when he fell ill, and where did he land?", "Where was Lind flying when he fell ill?",
         "Where did he land? (Lind flying fell ill)"),
        ("en", "Who founded Solvane, and in which state?", "Who founded Solvane?", "In which state? (founded Solvane)"),
        ("en", "According to the Selwyn Courier, who fell ill, and when?", "According to the Selwyn Courier, who fell ill?",
         "When? (According Selwyn Courier fell ill)"),
        ("es", "Según el Correo de Selwyn, ¿quién enfermó y cuándo?", "Según el Correo de Selwyn, ¿quién enfermó?",
         "¿Cuándo? (Correo Selwyn enfermó)"),
        ("fr", "Selon le Courrier de Selwyn, qui est tombé malade et quand ?",
         "Selon le Courrier de Selwyn, qui est tombé malade ?", "Quand ? (Courrier Selwyn tombé malade)"),
        ("en", "Did Osei resign, and why?", "Did Osei resign?", "Why? (Osei resign)"),
        ("en", "Who won the cup? And by how much?", "Who won the cup?", "By how much? (won cup)"),
        ("en", "When and where was the Norwick treaty signed?", "When was the Norwick treaty signed?",
         "Where was the Norwick treaty signed?"),
        ("es", "¿Quién se atribuyó los ataques y a quién culpó Rivas?", "¿Quién se atribuyó los ataques?",
         "¿A quién culpó Rivas?"),
        ("de", "Wie viele waren es, und wann kehrte Lind zurück?", "Wie viele waren es? (kehrte Lind zurück)",
         "Wann kehrte Lind zurück?"),
        ("fr", "D'où venait le ballon et où s'est-il posé ?", "D'où venait le ballon ?", "Où s'est-il posé ? (venait ballon)"),
        ("it", "Chi ha vinto la corsa e dove?", "Chi ha vinto la corsa?", "Dove? (vinto corsa)"),
        ("en", "What happened when the port closed? When did it reopen?", "What happened when the port closed?",
         "When did it reopen? (happened port closed)"),
        ("en", "Was Osei there when the mill burned, and who paid?", "Was Osei there when the mill burned?",
         "Who paid? (Osei mill burned)"),
        ("pt", "Que disse Lind e que fez Osk?", "Que disse Lind?", "Que fez Osk?"),
        ("pt", "Quem ganhou a volta e por quanto?", "Quem ganhou a volta?", "Por quanto? (ganhou volta)"),
        ("pl", "Kto wygrał wyścig i o ile?", "Kto wygrał wyścig?", "O ile? (wygrał wyścig)"),
    ],
)  # fmt: skip
def test_each_part_is_a_question_with_what_it_leans_on(lang: str, question: str, first: str, second: str) -> None:
    assert [part.searched for part in read(question, lang=lang).parts] == [first, second]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "What did Mara and Ute Kessel found?"),
        ("en", "And where did he land?"),
        ("en", "What did Osei say about who paid and who knew?"),
        ("en", "How many died in Norwick, and how many in Selwyn?"),  # two sides of one question
        ("en", "On what day of the week and in which month did Lind arrive in Selwyn?"),
        ("de", "In welchem Jahr und für wie viel wurde das Rathaus von Selwyn verkauft?"),
        ("es", "¿Quién dijo que no iría y que dimitiría?"),
        # clauses of one question
        ("en", "Who is the woman who founded Solvane and who sold it?"),
        ("en", "What happened when the port closed and when it reopened?"),
        ("en", "Did Lind explain why the port closed and how it reopened?"),
        ("en", "Has Osei said when he leaves, and why?"),
        ("es", "¿Quién dirigía el puerto cuando cerró y cuando reabrió?"),
        ("es", "¿Explicó Lind por qué cerró el puerto y cómo reabrió?"),
        ("de", "Wer weiß, wann der Hafen schloss und wann er öffnete?"),
        ("de", "Hat Lind erklärt, warum der Hafen schloss und wie er öffnete?"),
        ("fr", "Qui pense que Osei partira et que Lind restera ?"),
        ("fr", "Le ministre a-t-il promis que Lind restera et qu'on rouvrira le port ?"),
        ("fr", "Lind a-t-il promis que le port rouvrira et que tous resteront ?"),
        ("it", "Chi dirigeva il porto quando chiuse e quando riaprì?"),
        ("pt", "Quem disse que não iria e que se demitiria?"),
        ("pl", "Kto kierował portem, kiedy go zamknięto i kiedy otwarto?"),
        ("de", "Was sagte Lind über den Hafen und das Wetter?"),
        ("fr", "Que demandent Osei et le préfet ?"),
    ],
)
def test_one_thing_asked_is_one_question(lang: str, question: str) -> None:
    assert not read(question, lang=lang).parts


def test_what_a_follow_up_leans_on_is_no_second_part() -> None:
    before = [
        Turn(role="user", content="How far have the sponge gardens of Norwick shrunk?"),
        Turn(role="assistant", content="By a third."),
    ]
    asked = read("And who disputes the comparison?", before, lang="en")
    assert "(" in asked.text and not asked.parts
