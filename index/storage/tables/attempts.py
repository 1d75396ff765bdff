"""Articles whose embedding ended its process: how often it was tried, and which are set aside for it.

    count       before articles are embedded that somebody else left without vectors: a process that ends there has said so
    done        afterwards: their process did not end
    put_aside   counted ATTEMPTS times, and never done: found by words alone until `again`

An article has a row from `count` to `done` only. What gives an article's passages their vectors, or takes them away, takes its
row, too.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

from index.storage.tables.database import Statements, Tables

ASIDE = "SELECT article FROM attempts WHERE aside IS NOT NULL"
SUSPECTS_FIRST = "article IN (SELECT article FROM attempts) DESC, "
_ROW = "(SELECT n FROM articles WHERE id = ?)"


def forget(db: Statements, articles: Iterable[int]) -> None:
    """Count no attempt of article rows."""
    db.executemany("DELETE FROM attempts WHERE article = ?", [(n,) for n in articles])


class AttemptCounts:
    """See `protocol.Attempts`."""

    def __init__(self, database: Tables) -> None:
        self._database = database

    def of(self, articles: Sequence[str]) -> Mapping[str, int]:
        sql = "SELECT a.id, tried.tries FROM attempts tried JOIN articles a ON a.n = tried.article WHERE a.id IN ({})"
        return dict(self._database.among(sql, list(articles)))

    def suspects(self) -> list[str]:
        return self._ids("tried.aside IS NULL")

    def count(self, articles: Sequence[str], done: Sequence[str] = ()) -> None:
        more = "ON CONFLICT (article) DO UPDATE SET tries = attempts.tries + 1"
        counted = f"INSERT INTO attempts (article, tries) SELECT n, 1 FROM articles WHERE id = ? {more}"
        self._write((f"DELETE FROM attempts WHERE article = {_ROW}", done), (counted, articles))

    def put_aside(self, articles: Sequence[str]) -> None:
        self._write((f"UPDATE attempts SET aside = {int(time.time())} WHERE article = {_ROW}", articles))

    def set_aside(self) -> list[str]:
        return self._ids("tried.aside IS NOT NULL")

    def again(self) -> int:
        ids = self.set_aside()
        self._write((f"UPDATE attempts SET tries = 1, aside = NULL WHERE article = {_ROW}", ids))
        return len(ids)

    def _ids(self, where: str) -> list[str]:
        sql = f"SELECT a.id FROM attempts tried JOIN articles a ON a.n = tried.article WHERE {where} ORDER BY tried.article"
        return [id for (id,) in self._database.rows(sql)]

    def _write(self, *changes: tuple[str, Sequence[str]]) -> None:
        """Do each statement for its articles, all in one transaction."""

        def write() -> None:
            with self._database.writing(), self._database.transaction() as db:
                for sql, ids in changes:
                    db.executemany(sql, [(id,) for id in ids])

        if any(ids for _, ids in changes):
            self._database.again(write)
