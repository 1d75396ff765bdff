"""Small talk in Slack: answered briefly, once, or not at all; among people it speaks when it is plainly asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bot.slack.test_app import ANSWER, MENTION, QUESTION
from tests.support.fake_slack import BOT, values
from tests.support.slack import Running


@pytest.mark.parametrize(
    ("text", "reply"),
    [("hi", "Hello."), ("Danke!", "Gern geschehen."), ("¿Quién eres?", "Soy Dragoman"), ("Tchau!", "Até logo."), ("And?", "What would you like")],
)  # fmt: skip
def test_small_talk_gets_a_line_without_buttons(running: Running, text: str, reply: str) -> None:
    ts = running.slack.say("D0ANN", text)
    (said,) = running.slack.answered("D0ANN", ts)
    assert said.text.startswith(reply) and not values(said.blocks)


def test_in_a_thread_it_is_silent_until_it_is_plainly_asked(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    fake.answered("C0NEWS", ts)
    for text in (
        "thanks!",
        "Marta, can you take this?",
        "lunch in ten?",
        "I'll call the harbour",
        "lol",
        "The union is right.",
    ):
        fake.say("C0NEWS", text, user="U0BOB", thread=ts)
    fake.say("C0NEWS", "And what did the union ask for?", thread=ts)
    _, second = fake.answered("C0NEWS", ts, count=2)
    assert "safety report" in second.text and len(fake.from_bot("C0NEWS")) == 2


def test_a_courtesy_is_returned_once_in_a_thread(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    fake.answered("C0NEWS", ts)
    for _ in range(2):
        fake.say("C0NEWS", f"<@{BOT}> thanks!", thread=ts)
        fake.answered("C0NEWS", ts, count=2)
    fake.say("C0NEWS", f"<@{BOT}> and what did the union ask for?", thread=ts)
    first, thanks, second = fake.answered("C0NEWS", ts, count=3)
    assert (ANSWER in first.text, thanks.text.strip(), "safety report" in second.text) == (True, "You are welcome.", True)


@pytest.mark.parametrize(("setting", "answers"), [("mention", 1), ("asked", 1), ("all", 2)])
def test_follow_ups_without_a_mention_are_a_setting(running: Running, setting: str, answers: int) -> None:
    fake = running.slack
    running.desk.settings = replace(running.settings, follow_ups=setting)  # type: ignore[arg-type]
    ts = fake.say("C0NEWS", MENTION)
    fake.answered("C0NEWS", ts)
    fake.say("C0NEWS", "the dockers' union, then", thread=ts)
    fake.say("C0NEWS", "thanks!", thread=ts)
    last = fake.say("D0ANN", QUESTION)
    fake.answered("D0ANN", last)
    fake.wait(lambda: not running.state.conversations.unfinished())
    assert len(fake.from_bot("C0NEWS", ts)) == answers
