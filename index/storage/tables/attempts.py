"""Articles whose embedding ended its process: how often it was tried, and which are set aside for it.

    count   before articles are embedded that somebody else left without vectors: a process that ends there has said so
    done    afterwards: their process did not end
    aside   counted ATTEMPTS times, and never done: found by words alone until `again`

An article has a row from `count` to `done` only. What takes an article's passages away takes its row, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from index.storage.records import ATTEMPTS
from index.storage.tables.database import Statements, Tables

T = TypeVar("T")
ASIDE = f"SELECT article FROM attempts WHERE tries >= {ATTEMPTS}"
_ROW = "(SELECT n FROM articles WHERE id = ?)"


def forget(db: Statements, n: int) -> None:
    """Count no attempt of article row `n`."""
    db.execute("DELETE FROM attempts WHERE article = ?", (n,))


class AttemptCounts:
    """See `protocol.Attempts`."""

    def __init__(self, database: Tables, again: Callable[[Callable[[], None]], None] = lambda do: do()) -> None:
        """`again` does something once more where the connection was lost."""
        self._database = database
        self._again = again

    def of(self, articles: Sequence[str]) -> Mapping[str, int]:
        sql = "SELECT a.id, tried.tries FROM attempts tried JOIN articles a ON a.n = tried.article WHERE a.id IN ({})"
        return dict(self._database.among(sql, list(articles)))

    def suspects(self) -> list[str]:
        return self._ids(f"tried.tries < {ATTEMPTS}")

    def count(self, articles: Sequence[str], done: Sequence[str] = ()) -> None:
        def write() -> None:
            with self._database.writing(), self._database.transaction() as db:
                db.executemany(f"DELETE FROM attempts WHERE article = {_ROW}", [(id,) for id in done])
                more = "ON CONFLICT (article) DO UPDATE SET tries = attempts.tries + 1"
                sql = f"INSERT INTO attempts (article, tries) SELECT n, 1 FROM articles WHERE id = ? {more}"
                db.executemany(sql, [(id,) for id in articles])

        if articles or done:
            self._again(write)

    def set_aside(self) -> list[str]:
        return self._ids(f"tried.tries >= {ATTEMPTS}")

    def newly_set_aside(self) -> list[str]:
        new = f"tried.tries >= {ATTEMPTS} AND tried.aside IS NULL"
        if not self._ids(new):
            return []
        with self._database.writing(), self._database.transaction() as db:
            ids = self._ids(new)
            db.execute(f"UPDATE attempts SET aside = ? WHERE tries >= {ATTEMPTS} AND aside IS NULL", (int(time.time()),))
        return ids

    def again(self) -> int:
        ids = self.set_aside()
        if ids:
            with self._database.writing(), self._database.transaction() as db:
                db.execute(f"UPDATE attempts SET tries = 1, aside = NULL WHERE tries >= {ATTEMPTS}")
        return len(ids)

    def _ids(self, where: str) -> list[str]:
        sql = f"SELECT a.id FROM attempts tried JOIN articles a ON a.n = tried.article WHERE {where} ORDER BY tried.article"
        return [id for (id,) in self._database.rows(sql)]
