"""bot/llm/thinking.py: of what a model thinks, nothing is answer, however it is marked and wherever the stream is cut."""

from __future__ import annotations

import re

import pytest

from bot.llm.reply_parser import begins_answer
from bot.llm.thinking import Thinking

ANSWER = "The port stays shut [1]. Ships wait [2]."
REPLIES = [
    f"<think>\nPassage [2] says more [2].\n</think>\n\n{ANSWER}",
    f"They ask about the port. Passage [2] says more [2].\n</think>\n\n{ANSWER}",
    f"<thinking>One <reflection>two</reflection> three.</thinking>{ANSWER}",
    f"<reasoning effort='low'>One.</reasoning>{ANSWER}",
    f"[THINK]One.[/THINK]{ANSWER}",
    f"◁think▷One.◁/think▷{ANSWER}",
    f"<|START_THINKING|>One.<|END_THINKING|><|START_RESPONSE|>{ANSWER}<|END_RESPONSE|>",
    f"<|channel|>analysis<|message|>One.<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}<|return|>",
    f"<|channel|>final<|message|>{ANSWER}",
    f"analysisWe need passage [2].assistantfinal{ANSWER}",
    f"<|channel>thought\nOne.<channel|>{ANSWER}",
    f"<mm:think>One.</mm:think>{ANSWER}",
    f"<think></think><answer>{ANSWER}</answer>",
    f"{ANSWER}<|im_end|>",
    f"{ANSWER}<｜end▁of▁sentence｜>",
    f"{ANSWER}<think>and on [3].",
]


def read(reply: str, size: int) -> tuple[str, Thinking]:
    thinking = Thinking(begins_answer)
    pieces = [thinking.feed(reply[i : i + size]) for i in range(0, len(reply), size)]
    return "".join(pieces) + thinking.end(), thinking


@pytest.mark.parametrize("size", [1, 2, 5, 9, 1000])
@pytest.mark.parametrize("reply", REPLIES)
def test_only_the_answer_is_passed_on(reply: str, size: int) -> None:
    assert read(reply, size)[0].strip() == ANSWER


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    "reply", ["<think>\nOne [1].", "<|channel|>analysis<|message|>One.", "analysisOne.", "<think>One.</think>"]
)
def test_thinking_alone_is_no_answer(reply: str, size: int) -> None:
    text, thinking = read(reply, size)
    assert not text.strip() and thinking.thought


@pytest.mark.parametrize(
    "text", ["a < b and 5 > 4, an assistant in [THE] hall", "Analysis: the port [1].", "analysis of it [1]."]
)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_what_is_no_mark_stays(text: str, size: int) -> None:
    assert read(text, size)[0] == text


def test_a_reply_that_begins_as_an_answer_is_passed_on_at_once() -> None:
    thinking = Thinking(begins_answer)
    assert thinking.feed("The port stays ") == ""
    assert thinking.feed("shut [1].") == "The port stays shut [1]."
    assert thinking.feed(" Ships wait") == " Ships wait"


def test_a_missing_opening_mark_is_noticed() -> None:
    assert read(REPLIES[1], 5)[1].unopened and not read(REPLIES[0], 5)[1].unopened


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        ("The port stays shut [1].", True),
        ("The port stays shut. [1]", True),
        ("Dr. Falk said so【1†source】.", True),
        ('{"answer": ', True),
        ('```json\n[\n {"id": ', True),
        ("The port stays shut", False),
        ("Passage [1]", False),
        ("They ask about the port. It is shut [1].", False),
    ],
)
def test_an_answer_begins_with_a_sentence_that_cites(start: str, answer: bool) -> None:
    assert begins_answer(start) is answer
    assert re.search(r"\w", start)
