"""What the chat keeps in a terminal, for its owner's eyes: the questions typed, and the last conversation."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from bot.records import Turn
from bot.settings.settings import state_file

CONVERSATION = "conversation.json"


def questions_file() -> Path | None:
    """Where typed questions are kept; None if nothing can be."""
    return _private(state_file("questions"))


def last_conversation() -> list[Turn]:
    """The turns of the last time; none if they were not kept, or not by us."""
    try:
        rows = json.loads(state_file(CONVERSATION).read_text(encoding="utf-8"))
        turns = [Turn("user" if role == "user" else "assistant", str(content)) for role, content in rows]
    except (OSError, ValueError, TypeError):
        return []
    return turns if len(turns) % 2 == 0 else []


def keep_conversation(turns: Sequence[Turn]) -> None:
    """Keep it in place of the one before."""
    if file := _private(state_file(CONVERSATION)):
        file.write_text(json.dumps([[turn.role, turn.content] for turn in turns]), encoding="utf-8")


def _private(file: Path) -> Path | None:
    """The file, made so that only its owner reads it; None if it cannot be made: then nothing is kept."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        file.chmod(0o600)
    except OSError:
        return None
    return file
