"""bot/retrieval/told_before.py: what is asked on of an answer is answered from it, or said not to be there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.questions.question import read
from bot.records import Answer, Turn
from bot.rendering.answer_text import words
from bot.retrieval.candidates import Candidate
from bot.retrieval.told_before import main_clause
from index.index import Index
from index.records import Article, Passage, Period

pytestmark = pytest.mark.model

TEXT = (
    "On Tuesday Ilse Marn, the harbour master of Kelpie Sound, closed the old lock to barges. "
    "“The gate is rotten, and I will not have a crew drown in it,” Marn said. "
    "The bargemen went to court over it. “She might have asked us,” their spokesman Odd Fell said. "
    "Marn said her nephew would run for mayor in the autumn. "
    "According to a letter to the crews by engineer Tove Brask, “the hinges were never greased”."
)
BARGE = "The barge Tuva sank off Gull Point on Monday, with forty tonnes of barley in her hold. Nobody was aboard."
SELVANIA = (
    "Jimena Abarca, vicepresidenta del Senado, se proclamó este martes presidenta de Selvania. "
    "La senadora prometió elecciones. “Vamos a pacificar el país”, dijo Abarca ante la Asamblea. "
    "“Hoy Selvania recupera la voz”, afirmó el dirigente Luis Camargo en la plaza."
)
FIRST = "What did Ilse Marn say about the gate of the lock?"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Index(tmp_path_factory.mktemp("told") / "library") as index:
        index.add(
            [
                Article(id="lock", title="Old lock closed", text=TEXT, outlet="Sound Post", published=Period.parse("2025-03-06"), lang="en"),
                Article(id="barge", title="Barge lost", text=BARGE, outlet="Sound Post", published=Period.parse("2025-04-09"), lang="en"),
                Article(id="ferry", title="New ferry", text="The ferry Hulda sails from Kelpie Sound at noon.", outlet="Sound Post", lang="en"),
            ]
        )  # fmt: skip
        yield Bot(index)


def talk(bot: Bot, *questions: str) -> Answer:
    history: list[Turn] = []
    for question in questions:
        answer = bot.ask(question, history=history)
        history += [Turn("user", question), Turn("assistant", words(answer))]
    return answer


def told(answer: Answer) -> str:
    return " ".join(sentence.text for sentence in answer.sentences)


def notes(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes]


def test_the_day_of_an_answer_is_told_from_it(bot: Bot) -> None:
    answer = talk(bot, "Who closed the old lock of Kelpie Sound to barges?", "when was that?")
    assert "On Tuesday [2025-03-04]" in told(answer) and len(answer.sentences) == 1
    undated = talk(bot, "Where does the ferry Hulda sail from?", "when did that happen?")
    assert "Hulda" in told(undated) and "The articles name no day for it. The report: undated." in notes(undated)


def test_what_else_somebody_said_is_what_was_not_shown_and_then_nothing(bot: Bot) -> None:
    first, more = talk(bot, FIRST), talk(bot, FIRST, "what else did she say?")
    assert "rotten" in told(first) and "rotten" not in told(more) and "nephew" in told(more)
    assert told(talk(bot, FIRST, "what else did she say?", "shorter")) in told(more)
    nothing = talk(bot, FIRST, "what else did she say?", "what else did she say?", "what else did she say?")
    assert nothing.outcome == "no_evidence" and notes(nothing)[-1] == "Nothing more on this was found than what was shown."


def test_doubt_is_answered_with_the_same_words_and_what_they_are_worth(bot: Bot) -> None:
    answer = talk(bot, FIRST, "are you sure?")
    assert told(answer) == told(talk(bot, FIRST)) != "" and notes(answer)[-1].startswith("That is what the articles say")
    refused = talk(bot, "What did Zorban say about the Danube?", "are you sure?")
    assert (
        refused.outcome == "no_evidence"
        and "Zorban" in refused.notes[-1].text
        and refused.searched.startswith("What did Zorban")
    )


def test_without_a_model_nothing_is_translated_and_the_answer_says_so(bot: Bot) -> None:
    answer = talk(bot, FIRST, "in Spanish, please")
    assert told(answer) == told(talk(bot, FIRST))
    assert notes(answer) == ["Citado tal como está en los artículos: sin un modelo de lenguaje no se traduce nada."]
    refused = talk(bot, "What did Zorban say about the Danube?", "in Spanish, please")
    assert refused.outcome == "no_evidence" and notes(refused)[0].startswith("No se encontró evidencia.")


def test_shorter_keeps_the_best_sentence(bot: Bot) -> None:
    answer = talk(bot, FIRST, "shorter")
    assert len(answer.sentences) == 1 and "rotten" in told(answer)


def test_what_was_one_sentence_is_cut_to_what_answers_and_then_cannot_be_shorter(bot: Bot) -> None:
    question = "When did the barge Tuva sink off Gull Point?"
    whole, shorter, again = (talk(bot, question, *["shorter"] * n) for n in range(3))
    assert "barley" in told(whole) and len(whole.sentences) == 1
    assert told(shorter) == "The barge Tuva sank off Gull Point on Monday [2025-04-07] […]" and not shorter.notes
    assert shorter.sentences[0].citations[0].quote == "The barge Tuva sank off Gull Point on Monday"
    assert told(again) == told(shorter) and notes(again) == ["The article's own words cannot be cut any shorter."]


@pytest.mark.parametrize(
    "text",
    [
        "Osk was behind the fire in the old mill, the prosecutor said on Tuesday.",  # whose words they are
        "Osk was accused of the fire in the mill, which he denied.",
        "Osk was released by the court in Terlow, but will be tried again.",
        "Osk was questioned in the town of Terlow, and fined in May.",  # what is asked for
    ],
)
def test_a_clause_that_turns_or_holds_the_answer_is_not_left_out(text: str) -> None:
    passage = Passage(id="p", article_id="a", version=1, start=0, end=len(text), text=text, lang="en")
    candidate = Candidate(passage=passage, hit=0, start=0, end=len(text), text=text)
    assert main_clause(candidate, read("When was Osk fined?", lang="en")) is candidate


def test_whom_a_pronoun_means_is_asked(bot: Bot) -> None:
    answer = talk(bot, FIRST, "and him?")
    assert answer.outcome == "unclear" and notes(answer) == ["Whom do you mean? Please name the person."]
    assert "might have asked" in told(talk(bot, FIRST, "and him?", "and Odd Fell?"))


@pytest.mark.parametrize(
    ("lang", "before", "question"),
    [
        ("es", "¿Cuándo se proclamó Abarca presidenta de Selvania?", "¿Y qué dijo Camargo?"),
        ("es", "¿Quién es Jimena Abarca?", "¿Y qué dijo Camargo?"),
        ("en", "When did Abarca declare herself president of Selvania?", "And what did Camargo say?"),
        ("fr", "Quand Abarca s'est-elle proclamée présidente de Selvania ?", "Et qu'a dit Camargo ?"),
        ("pt", "Quando Abarca se proclamou presidente de Selvania?", "E o que disse Camargo?"),
    ],
)
def test_what_another_said_is_not_answered_with_what_the_first_one_did(
    tmp_path: Path, lang: str, before: str, question: str
) -> None:
    with Index(tmp_path / "library") as index:
        index.add(
            [Article(id="a", title="Abarca asume en Selvania", text=SELVANIA, lang="es", published=Period.parse("2025-11-13"))]
        )
        answer = talk(Bot(index), before, question)
    assert "recupera la voz" in told(answer) and "se proclamó" not in told(answer)


def test_words_of_a_letter_are_its_writers(bot: Bot) -> None:
    answer = talk(bot, FIRST, "and what did Brask say?")
    assert answer.outcome == "answered" and "never greased" in told(answer)


def test_who_somebody_is_that_the_articles_name_is_answered_and_nobody_else_is_shown_in_place(bot: Bot) -> None:
    assert "harbour master" in told(bot.ask("Who is Ilse Marn?"))
    assert "engineer" in told(bot.ask("Who is Tove Brask?"))
    other = bot.ask("Who is Tove Halvorsen?")
    assert other.outcome == "no_evidence" and not any(note.citations for note in other.notes)


def test_what_the_articles_quote_of_somebody_on_a_matter_is_not_called_nothing(bot: Bot) -> None:
    answer = bot.ask("What did Brask say about the hinges?")
    assert answer.outcome == "answered" and "never greased" in told(answer)
    other = bot.ask("What did Brask say about the elections in Terlow?")
    assert other.outcome == "no_evidence" and not any(note.citations for note in other.notes)
