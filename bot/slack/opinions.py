"""What people think of answers: a reason asked at a thumb down, a person asked for help, a line a week to the owner. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.slack import blocks
from bot.slack.blocks import Json
from bot.state.records import Opinion

REASONS = {
    "wrong": "It is wrong",
    "missing": "Something is missing",
    "beside": "Not what I asked",
    "old": "It is out of date",
    "sources": "Bad sources",
}
WEEK = 7 * 86_400.0


def why(answer: str, *, human: bool) -> list[Json]:
    """The question after a thumb down, to the person alone."""
    row = [blocks.button(f"reason_{reason}", text, answer) for reason, text in REASONS.items()]
    ask = [blocks.button("human", "Ask a human", answer)] if human else []
    return [*blocks.said("Thank you. What was wrong with it?"), {"type": "actions", "elements": [*row, *ask]}]


def call_for_help(user: str, group: str, question: str) -> Json:
    """The message that mentions the group. What was asked stands in it as text that nothing in Slack acts on."""
    words = f" asks for your help with: {blocks.literal(question)}"
    elements: list[Json] = [
        {"type": "usergroup", "usergroup_id": group}, {"type": "text", "text": " "},
        {"type": "user", "user_id": user}, {"type": "text", "text": words},
    ]  # fmt: skip
    block: Json = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    return {"text": f"Somebody asks for help with: {blocks.literal(question)}", "blocks": [block], "unfurl_links": False}


def week_of(now: float) -> str:
    """The ISO week of a moment: "2026-W48"."""
    year, week, _ = datetime.fromtimestamp(now, UTC).isocalendar()
    return f"{year}-W{week:02}"


def weekly(opinions: Sequence[Opinion], now: float) -> str:
    """The line to the owner about the last seven days; "" where nobody said anything."""
    if not opinions:
        return ""
    bad = [opinion for opinion in opinions if opinion.value < 0]
    reasons = Counter(REASONS.get(opinion.reason, "no reason given").lower() for opinion in bad)
    told = f" ({', '.join(f'{number} × {reason}' for reason, number in reasons.most_common())})" if bad else ""
    since = (datetime.fromtimestamp(now, UTC) - timedelta(days=7)).date()
    return (
        f"In the last week: {len(opinions) - len(bad)} × good, {len(bad)} × bad{told}. "
        f"All of them, with question, answer and sources: dragoman feedback --since {since}"
    )
