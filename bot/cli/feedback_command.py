"""The body of `dragoman feedback`: what people thought of answers, with question, answer and sources."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.rendering.json_rows import SCHEMA, Json, dumps, iso
from bot.rendering.quotes import csv_cell
from bot.settings.settings import Settings
from bot.state.opening import has_state, open_state
from bot.state.records import Opinion
from index.text.printable import line

COLUMNS = ("at", "value", "reason", "user", "question", "reply", "sources", "answer")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print it, oldest first. LibraryError."""
    opinions: list[Opinion] = []
    if has_state(settings.library):
        state = open_state(settings.library, write=False)
        try:
            opinions = state.conversations.opinions(args.since.start if args.since else 0.0)
        finally:
            state.close()
    if args.format == "json":
        print(dumps({"schema": SCHEMA, "feedback": [row(opinion) for opinion in opinions]}))
    elif args.format == "csv":
        print(as_csv(opinions), end="")
    else:
        print("\n\n".join(map(_shown, opinions)) or "No feedback yet.")
    return 0


def row(opinion: Opinion) -> Json:
    """One opinion as --json has it."""
    return {
        "at": iso(int(opinion.at)), "value": opinion.value, "reason": opinion.reason, "user": opinion.user,
        "question": opinion.question, "reply": opinion.reply, "sources": list(opinion.sources), "answer": opinion.answer,
    }  # fmt: skip


def as_csv(opinions: Sequence[Opinion]) -> str:
    """Rows with a heading. What a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for opinion in opinions:
        cells = row(opinion) | {"sources": " ".join(opinion.sources)}
        writer.writerow([csv_cell(line(cell) if isinstance(cell := cells[name], str) else cell) for name in COLUMNS])
    return out.getvalue()


def _shown(opinion: Opinion) -> str:
    when = f"{datetime.fromtimestamp(opinion.at, UTC):%Y-%m-%d %H:%M}"
    about = f"{when}  {'good' if opinion.value > 0 else 'bad'}{f', {opinion.reason}' if opinion.reason else ''}  {opinion.user}"
    sources = f"\n  sources: {', '.join(map(line, opinion.sources))}" if opinion.sources else ""
    return f"{about}\n  {line(opinion.question)}\n  {line(opinion.reply)}{sources}"
