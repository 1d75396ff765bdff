"""What somebody may see of a library, where it is not the whole: on the page, over HTTP, in a channel of Slack. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.records import Answer
from index.records import Filter, Period
from index.text.fold import fold


def shared(allowed: Filter, asked: Filter) -> Filter | None:
    """What lies within both; None if nothing can."""
    fields: dict[str, frozenset[str]] = {}
    for name in ("langs", "outlets", "authors", "sources", "ids"):
        some, wanted = getattr(allowed, name), getattr(asked, name)
        if some and wanted:
            same = str if name == "ids" else fold
            known = {same(one) for one in some}
            wanted = frozenset(one for one in wanted if same(one) in known)
            if not wanted:
                return None
        fields[name] = wanted or some
    window = allowed.window or asked.window
    if allowed.window and asked.window:
        if not allowed.window.overlaps(asked.window):
            return None
        window = Period(max(allowed.window.start, asked.window.start), min(allowed.window.end, asked.window.end))
    return Filter(window=window, **fields)


def discreet(answer: Answer, words: str) -> Answer:
    """With these words in place of the note on what was searched, which counts the whole library."""
    notes = tuple(replace(note, text=words) if note.kind == "searched" else note for note in answer.notes)
    return replace(answer, notes=notes)
