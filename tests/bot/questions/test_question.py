"""bot/questions/question.py: a question and what was said before it become one record."""

from __future__ import annotations

import ast

import pytest

from bot.questions.question import LONGEST, Context, ends_of, read
from bot.records import Turn
from index.records import Period
from tests.support import ROOT

NOON = Context(Period.parse("2024-05-16"), lambda: ["Coast Courier"])
BEFORE = (Turn("user", "What did Mara Olsen say in Norwick?"), Turn("assistant", "That the port would open."))


def test_what_is_read_of_a_question() -> None:
    question = read("How many ships did Olsen see on Monday, 13 May 2024?", context=NOON)
    assert (question.lang, question.kind, question.names, question.text) == ("en", "count", ("Olsen",), question.asked)
    assert [question.text[start : start + 5] for start in question.counted] == ["ships"]
    assert 13.0 in question.numbers and any(date.period == Period.parse("2024-05-13") for date in question.dates)
    assert [word.text for word in question.words if word.name] == ["Olsen"]
    assert not (question.speakers or question.everything or question.who_said or question.hurried or question.asks_for_news)


def test_who_said_what_is_read_with_the_outlets_of_the_library() -> None:
    question = read("What did Olsen say about the strike, according to the Coast Courier?", context=NOON)
    assert question.kind == "said" and question.speakers == ("Olsen",) and question.who_said
    assert (question.who_said.speaker, question.who_said.outlet) == ("Olsen", "Coast Courier")
    assert not question.everything and read("What did Olsen say?").everything


@pytest.mark.parametrize(
    ("asked", "text", "again"),
    [
        ("And in Karsund?", "What did Mara Olsen say in Karsund?", True),
        ("And Lind?", "What did Lind say in Norwick?", True),
        ("shorter", "What did Mara Olsen say in Norwick?", True),
        ("Who won the chess championship in Reykjavik?", "Who won the chess championship in Reykjavik?", False),
    ],
)
def test_it_is_understood_after_those_before_it(asked: str, text: str, again: bool) -> None:
    question = read(asked, BEFORE)
    assert (question.asked, question.text, question.follow_up.again) == (asked, text, again)


def test_a_short_question_takes_the_language_of_the_conversation() -> None:
    spoken = (Turn("user", "¿Qué dijo Mara Olsen sobre el puerto de Norwick?"), Turn("assistant", "Que abriría."))
    assert read("¿Y Lind?", spoken).lang == "es"
    assert read("Lind?", default="fr").lang == "fr"


def test_other_words_are_read_anew_and_the_same_are_not() -> None:
    question = read("what did olsen say?", context=NOON)
    assert question.hurried and not question.speakers
    written = question.reworded("what did Olsen say?")
    assert written.speakers == ("Olsen",) and written.asked == question.asked and written.context is question.context
    assert question.reworded(question.text) is question


def test_the_times_can_be_taken_out() -> None:
    question = read("What did Olsen say on Monday and in June 2023?", context=NOON)
    june = Period.parse("2023-06")
    assert question.without_dates(june).text == "What did Olsen say on Monday and?"
    assert not question.without_dates().dates


def test_nobody_else_reads_the_words_of_a_question() -> None:
    """What reads questions is imported inside bot.questions alone; what is left to others are records, and readers of sentences."""
    for_others = {
        "bot.questions.question": {"LONGEST", "Context", "Question", "read"},
        "bot.questions.question_kind": {"NUMBERS"},
        "bot.questions.sentence_kind": {"explains", "is_saying", "says"},
        "bot.questions.agent_patient": {"Deed", "reversed_in"},
        "bot.questions.capitals": {"cased"},
        "bot.questions.small_talk": {"ORDER", "SmallTalk", "SmallTalkKind"},
        "bot.questions.who_said": {"WhoSaid"},
        "bot.questions.words": {"QueryText", "Word"},
    }
    imported = 0
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.questions"):
                imported += 1
                names = {alias.name for alias in node.names}
                assert path.parent.name == "questions" or names <= for_others.get(node.module or "", set()), f"{path}: {names}"
    assert imported


def test_of_a_pasted_article_the_beginning_and_the_end_are_read() -> None:
    text = "Is this true? " + "The harbour was closed. " * 900 + "When did it open?"
    read_of = ends_of(text)
    assert len(read_of) <= LONGEST + 3 and read_of.startswith("Is this true? The") and read_of.endswith("When did it open?")
    assert len(ends_of("港" * 5_000)) <= LONGEST + 3
    assert ends_of("Is this true?") == "Is this true?"


@pytest.mark.parametrize(
    ("question", "lang", "several"),
    [
        ("Which ministers have resigned since May?", "en", True),
        ("Name all the ships that sank", "en", True),
        ("Who were the people on the list?", "en", True),
        ("¿Qué ciudades se quedaron sin agua?", "es", True),
        ("Quels pays ont signé l'accord ?", "fr", True),
        ("Welche Länder haben unterschrieben?", "de", True),
        ("Quais cidades ficaram sem água?", "pt", True),
        ("Which bank loans failed?", "en", True),
        ("Which of its plants will Velmar close?", "en", True),
        ("Welche Flüsse traten über die Ufer?", "de", True),
        ("Which company owns the ferry?", "en", False),
        ("What city lies south of the dam?", "en", False),
        ("Which crisis delayed the talks?", "en", False),
        ("¿Qué crisis retrasó las obras?", "es", False),
        ("Welche Rolle haben die Banken gespielt?", "de", False),
        ("Que país sofreu mais?", "pt", False),
        ("Which hospital was hit?", "en", False),
        ("Who was the captain?", "en", False),
        ("¿Qué país firmó?", "es", False),
        ("Welche Partei hat gewonnen?", "de", False),
        ("Quel pays a signé ?", "fr", False),
        ("How many ministers have resigned?", "en", False),
        ("Which killed more people, Hurricane Osk or Typhoon Tavi?", "en", False),
    ],
)
def test_several_things_are_asked_for(question: str, lang: str, several: bool) -> None:
    assert read(question, lang=lang).several is several
