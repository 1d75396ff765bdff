"""A briefing as Slack's messages: one in the channel, the rest in its thread, all within the limits and inert."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from slack_sdk.models.blocks import Block

from bot.rendering.briefing_text import heading
from bot.slack.briefing_blocks import messages
from tests.support.briefing import hostile, nothing, strait
from tests.support.fake_slack import strings, too_long, values


def plain(payload: dict[str, object]) -> str:
    """All that people read of a message, without escapes."""
    text = " ".join(strings(payload["blocks"]))
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def test_headlines_first_then_all_events_in_one_message() -> None:
    first, thread = messages(strait())
    assert all(heading(event, "en") in plain(first) for event in strait().events)
    told = plain(thread)
    assert all(f"**{event.number}.** " in told and event.outlets[0] in told for event in strait().events)
    assert all(sentence.text in told for event in strait().events for sentence in (event.headline, *event.sentences[:1]))
    assert "**1.** **Correction: Astrid Vale carried fourteen sailors** [" in told
    assert "https://courier.example.org/2025/05/correction-astrid-vale" in json.dumps(first)
    assert str(first["text"]).startswith("Briefing: strait, ") and "1. Correction: Astrid Vale" in str(first["text"])
    assert values(thread["blocks"])["feedback"] == f"briefing:{strait().id} 1"
    assert not re.search(r"https?:|\*\*|^_", f"{first['text']} {thread['text']}")


@pytest.mark.parametrize(("events", "most"), [(1, 2), (6, 2), (12, 3)])
def test_a_briefing_of_six_events_is_at_most_two_messages(events: int, most: int) -> None:
    many = (strait().events * events)[:events]
    assert 2 <= len(messages(replace(strait(), events=tuple(replace(e, number=n) for n, e in enumerate(many, 1))))) <= most


def test_a_short_briefing_leads_to_the_very_words() -> None:
    assert "#:~:text=" in json.dumps(messages(replace(strait(), events=strait().events[:2])))


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
