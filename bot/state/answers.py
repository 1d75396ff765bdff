"""Answers kept for the page and the HTTP API, each with the one it follows: a conversation is the way back from its last.

They are forgotten after a month, or when there are more than MOST.
"""

from __future__ import annotations

import json
import time

from bot.records import Answer
from bot.state.database import StateDatabase
from bot.state.record_json import record, text

KEPT = 30 * 86_400.0  # seconds
MOST = 20_000  # answers
DEEPEST = 200  # answers of one conversation that are read
OFTEN = 100  # answers after which old ones are looked for


class Answers:
    """See `AnswerStore`."""

    def __init__(self, db: StateDatabase) -> None:
        self.db = db
        self._since_pruned = OFTEN

    def keep(self, answer: Answer, *, owner: str, parent: str, at: float) -> None:
        row = (answer.id, owner, parent, text(answer), at)
        with self.db.writing() as db:
            db.execute(
                "INSERT INTO web_answers (id, owner, parent, body, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
                "SET owner = excluded.owner, parent = excluded.parent, body = excluded.body, at = excluded.at",
                row,
            )
        self._since_pruned += 1
        if self._since_pruned > OFTEN:
            self._since_pruned = 0
            self.prune(time.time() - KEPT)

    def thread(self, id: str, *, owner: str) -> list[Answer]:
        rows = self.db.read(
            "WITH RECURSIVE back(id, parent, body, depth) AS ("
            "SELECT id, parent, body, 0 FROM web_answers WHERE id = ? AND owner = ? UNION ALL "
            "SELECT w.id, w.parent, w.body, depth + 1 FROM web_answers w JOIN back ON w.id = back.parent "
            "WHERE w.owner = ? AND depth < ?) SELECT body FROM back ORDER BY depth DESC",
            (id, owner, owner, DEEPEST),
        )
        return [record(Answer, json.loads(body)) for (body,) in rows]

    def prune(self, before: float) -> None:
        with self.db.writing() as db:
            db.execute("DELETE FROM web_answers WHERE at < ? OR n <= (SELECT max(n) FROM web_answers) - ?", (before, MOST))
