"""Briefings kept: what was told, so that the next one tells what is new."""

from __future__ import annotations

import json

from bot.records import Briefing
from bot.state.database import StateDatabase
from bot.state.record_json import record, text
from bot.state.records import ConversationPlace, Json


class Briefings:
    """See `BriefingStore`."""

    def __init__(self, db: StateDatabase) -> None:
        self.db = db

    def keep(self, briefing: Briefing, *, at: float) -> None:
        """Store a briefing in the place of an earlier one with its id. `at`: when the library was read for it, UTC seconds."""
        row = (briefing.id, briefing.beat, briefing.since, briefing.until, text(briefing), at)
        with self.db.writing() as db:
            db.execute("DELETE FROM briefings WHERE id = ?", (briefing.id,))
            db.execute("INSERT INTO briefings (id, beat, since, until, body, at) VALUES (?, ?, ?, ?, ?, ?)", row)

    def find(self, id: str) -> Briefing | None:
        """The briefing of an id, or None."""
        rows = self.db.read("SELECT body FROM briefings WHERE id = ?", (id,))
        return read(json.loads(rows[0][0])) if rows else None

    def latest(self, beat: str = "", *, before: int | None = None, last: int = 1) -> list[tuple[Briefing, float]]:
        """The last briefings of a beat ("": of any), the newest first, each with the time it was made.

        `before`: only those whose window ended earlier (UTC seconds).
        """
        rows = self.db.read(
            "SELECT body, at FROM briefings WHERE (? = '' OR beat = ?) AND until < ? ORDER BY until DESC, n DESC LIMIT ?",
            (beat, beat, 1 << 62 if before is None else before, last),
        )
        return [(read(json.loads(body)), at) for body, at in rows]

    def told_in(self, place: ConversationPlace) -> Briefing | None:
        """The briefing whose thread this is; None elsewhere."""
        rows = self.db.read(
            "SELECT body FROM briefings b WHERE id IN (SELECT briefing FROM slots WHERE message = ?) OR EXISTS ("
            "SELECT 1 FROM answers a WHERE team = ? AND channel = ? AND thread = ? "
            "AND substr(a.id, 1, length(b.id) + 1) = b.id || '@') ORDER BY n DESC LIMIT 1",
            (f"{place.channel} {place.thread}", place.team, place.channel, place.thread),
        )
        return read(json.loads(rows[0][0])) if rows else None


def read(body: Json) -> Briefing:
    """The Briefing of `asdict(briefing)`. TypeError or KeyError if it is not one."""
    return record(Briefing, body)
