"""A briefing as Slack's messages: one in the channel, the rest in its thread, all within the limits and inert."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from slack_sdk.models.blocks import Block

from bot.rendering.briefing_text import heading, sentences
from bot.slack.briefing_blocks import messages
from tests.support.briefing import hostile, nothing, strait
from tests.support.fake_slack import strings, too_long


def plain(payload: dict[str, object]) -> str:
    """All that people read of a message, without escapes."""
    text = " ".join(strings(payload["blocks"]))
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def test_headlines_first_then_an_event_a_message() -> None:
    first, *thread = messages(strait())
    assert all(heading(event) in plain(first) for event in strait().events)
    assert len(thread) == len(strait().events) + 1
    for event, message in zip(strait().events, thread, strict=False):
        assert f"**{event.number}.** " in plain(message) and event.outlets[0] in plain(message)
    everything = " ".join(map(plain, thread))
    assert all(sentence.text in everything for sentence in sentences(strait()))
    assert "https://courier.example.org/2025/05/correction-astrid-vale" in json.dumps(first)
    assert "https://courier.example.org/2025/05/correction-astrid-vale#:~:text=Fourteen" in json.dumps(thread)
    assert str(first["text"]).startswith("Briefing: strait 2025-05-05 07:00")


def test_a_quiet_day_is_one_line() -> None:
    (only,) = messages(nothing())
    assert "Nothing new on strait" in plain(only)


@pytest.mark.slow
def test_every_payload_is_within_the_limits_and_valid() -> None:
    long = "Sanvara said that the accord would hold. " * 400
    event = strait().events[0]
    heavy = replace(event, statements=tuple(replace(s, text=long) for s in event.statements * 3))
    many = tuple(replace(heavy, number=n) for n in range(1, 51))
    for briefing in (strait(), nothing(), hostile(), replace(strait(), events=many)):
        for payload in messages(briefing):
            assert too_long("", payload["blocks"]) == ""  # type: ignore[arg-type]
            for block in Block.parse_all(payload["blocks"]):  # type: ignore[arg-type]
                block.validate_json()
            assert payload["unfurl_links"] is False and payload["unfurl_media"] is False
            assert len(str(payload["text"])) <= 3000


def test_nothing_of_an_article_acts() -> None:
    assert messages(hostile())
    for payload in messages(hostile()):
        raw = json.dumps(payload["blocks"], ensure_ascii=False)
        assert "<!channel>" not in str(payload["text"])
        assert "<!channel>" not in raw and "\\u001b" not in raw
        for block in payload["blocks"]:  # type: ignore[attr-defined]
            assert block["type"] != "markdown" or not re.search(r"(?<!\\)\]\(javascript", block["text"])
        for url in re.findall(r'"url": "([^"]*)"|\]\((https?:[^)]*)\)', raw):
            assert "".join(url).startswith("https://evil.example.org/a%22onmouseover")
