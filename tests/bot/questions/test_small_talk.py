"""bot/questions/small_talk.py: what is no question is told from what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.phrases import say
from bot.questions.follow_ups import resolved
from bot.questions.question import read
from bot.questions.small_talk import plainly_asked, small_talk, vague, without_courtesy, without_small_talk
from bot.records import Turn

DATA = Path(__file__).parents[2] / "data"


def lines(name: str) -> list[list[str]]:
    rows = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows if not row.startswith("#")]


def test_small_talk_is_recognised_in_six_languages() -> None:
    """But for questions about the bot: those have no words of their own."""
    talk = [(kind, text) for kind, _, text in lines("small_talk.tsv") if kind not in ("question", "about")]
    found = [(kind, said.kind if (said := small_talk(text, "en")) else "") for kind, text in talk]
    same = sum(kind == said or {kind, said} == {"acknowledged", "colleagues"} for kind, said in found)
    assert len(talk) == 107 and same >= 104


def test_no_question_is_taken_for_small_talk() -> None:
    questions = [text for kind, _, text in lines("small_talk.tsv") if kind == "question"]
    assert len(questions) == 120 and [text for text in questions if small_talk(text, "en")] == []


@pytest.mark.parametrize("text", ["ok " * 15 + "Peru", "谢谢你，发生了什么", "merci Macron", "are you a fan of Messi"])
def test_one_word_of_a_topic_makes_a_question(text: str) -> None:
    assert small_talk(text, "en") is None


@pytest.mark.parametrize("text", ["merciii", "谢谢你", "hellooo!!", "شكرا جزيلا", "ありがとうございます", "Спасибо!", "👍"])
def test_small_talk_is_recognised_as_it_is_typed(text: str) -> None:
    assert small_talk(text, "en") is not None


def test_among_people_nobody_is_interrupted() -> None:
    talk = [text for kind, _, text in lines("small_talk.tsv") if kind not in ("question", "about") and "<@" not in text]
    assert [text for text in talk if plainly_asked(text, "en")] == []


@pytest.mark.parametrize(
    ("lang", "text", "plain"),
    [
        ("en", "And what did the union ask for?", True),
        ("en", "can you tell me who won in Nigeria", True),
        ("en", "Did you see this?", False),
        ("en", "Marta, what do you think?", False),
        ("en", "Thanks! Lunch in ten, Ben?", False),
        ("en", "Was there a strike in Paris, France?", True),
        ("en", "The union wants more, they say.", False),
        ("en", "when does the port reopen", True),
        ("de", "Kannst du mir sagen, wer gewonnen hat?", True),
        ("de", "Hast du das gesehen?", False),
        ("es", "¿puedes mirar esto?", False),
        ("fr", "Et combien de blessés ?", True),
        ("pl", "Kto wygrał wybory?", True),
    ],
)
def test_what_is_plainly_asked_among_people(lang: str, text: str, plain: bool) -> None:
    assert plainly_asked(text, lang) is plain


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Hi, what happened in Caracas yesterday?", "What happened in Caracas yesterday?"),
        ("Danke. Und wie viele Tote gab es?", "Und wie viele Tote gab es?"),
        ("Great, thanks — how many were evacuated then?", "How many were evacuated then?"),
        ("hello kitty sales?", "hello kitty sales?"),
        ("Oi falência", "Oi falência"),
        ("Thanks!", "Thanks!"),
    ],
)
def test_a_greeting_before_a_question_is_no_part_of_it(text: str, bare: str) -> None:
    assert without_courtesy(text, "en") == bare


@pytest.mark.parametrize(
    "text", ["And?", "Why?", "What do you think?", "tell me something interesting", "¿y eso?", "Kto to?", "is it true"]
)
def test_what_names_nothing_is_vague(text: str) -> None:
    assert vague(text, "en") and read(text).vague


@pytest.mark.parametrize("text", ["strike", "what about Peru", "who won", "¿qué pasó?", "7 October", "der Hafen", "AFP"])
def test_what_names_something_is_not(text: str) -> None:
    assert not read(text).vague


def test_thanks_do_not_become_the_topic() -> None:
    history = [
        Turn("user", "When did Olsen arrive in Norwick?"), Turn("assistant", "On Monday."),
        Turn("user", "Thanks!"), Turn("assistant", "You are welcome."),
    ]  # fmt: skip
    assert without_small_talk(history, "en") == tuple(history[:2])


def test_what_got_a_reply_to_talk_is_no_topic() -> None:
    history = [
        Turn("user", "When did Olsen arrive in Norwick?"), Turn("assistant", "On Monday."),
        Turn("user", "who nicked my stapler"), Turn("assistant", say("reply_colleagues", "en")),
    ]  # fmt: skip
    assert without_small_talk(history, "en") == tuple(history[:2])


def test_how_it_works_is_about_what_was_asked_before() -> None:
    asked = [Turn("user", "What is the new harbour crane?"), Turn("assistant", "A crane.")]
    assert small_talk("How does it work?", "en") is not None
    assert read("How does it work?", asked).small_talk is None


@pytest.mark.parametrize(("fate", "lang", "before", "question"), lines("topics.tsv"))
def test_a_topic_is_left_where_the_next_question_has_its_own(fate: str, lang: str, before: str, question: str) -> None:
    searched = resolved(question, [Turn("user", before), Turn("assistant", "…")], lang).searched
    assert any(
        name in searched
        for name in ("Olsen", "Norwick", "Selwyn", "strike", "Hafenstreik", "huelga", "grève", "greve", "strajk")
    ) is (fate == "keep")
