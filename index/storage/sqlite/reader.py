"""What only SQLite is asked for: vectors as bytes, the postings of FTS5, and what the stores beside it lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from index.records import Scope
from index.storage.sqlite.database import Database
from index.storage.tables.attempts import ASIDE, SUSPECTS_FIRST
from index.storage.tables.reader import Reader
from index.storage.tables.rows import WAITING
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SqliteReader(Reader):
    """See `Reader`."""

    database: Database

    def __init__(self, database: Database, publishers: Publishers = SHIPPED) -> None:
        super().__init__(database, publishers)

    # What Chroma lacks

    def pending(self) -> tuple[list[str], list[int], list[tuple[str, int, int]]]:
        """What the derived stores have to do to be current: ids and rows to forget, then (id, row, article row) to take."""
        with self.database.errors():
            removed = self.database.db.execute("SELECT id, n FROM removed").fetchall()
            added = self.database.db.execute(  # ORDER BY n would read the whole table
                "SELECT id, n, article FROM passages WHERE generation > ?", (self.database.indexed,)
            ).fetchall()
            return [id for id, _ in removed], [n for _, n in removed if n], sorted(added, key=lambda row: int(row[1]))

    # Searching

    def key_counts(self, keys: Sequence[str]) -> dict[str, int]:
        """Key of the lexical index -> how many passages have it."""
        return dict(self.database.among("SELECT term, doc FROM vocabulary WHERE term IN ({})", keys))

    def holders(self, key: str) -> NDArray[np.int64]:
        """The passage rows that have a key, ascending."""
        import numpy as np

        # One string a key: fetching rows one by one costs twice the time.
        sql = "SELECT group_concat(rowid, ' ') FROM lexical WHERE lexical MATCH ?"
        with self.database.errors():
            return np.fromstring(self.database.db.execute(sql, (f'"{key}"',)).fetchone()[0] or "", np.int64, sep=" ")

    def allowed(self, scope: Scope) -> NDArray[np.bool_] | None:
        """By article row: which articles are in a scope. None: all of them."""
        import numpy as np

        where, values = self.where(scope)
        if not where:
            return None
        with self.database.errors():
            # One string: fetching a number a row costs twice the time.
            sql = f"SELECT group_concat(v.article, ' ') FROM versions v WHERE v.current = 1 AND {where}"
            rows = np.fromstring(self.database.db.execute(sql, values).fetchone()[0] or "", np.int64, sep=" ")
            allowed = np.zeros(2 + self.database.db.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()[0], bool)
        allowed[rows] = True
        return allowed

    def rows(self, *, after: int = 0) -> NDArray[np.int64]:
        """The rows of all passages that got their vectors after generation `after`, ascending."""
        import numpy as np

        with self.database.errors():
            rows = self.database.db.execute("SELECT n FROM passages WHERE generation > ?", (after,))
            return np.sort(np.fromiter(chain.from_iterable(rows), np.int64))  # ORDER BY n would read the whole table

    def waiting_rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of passages that have no vector yet, and the rows of their articles."""
        import numpy as np

        found = self.database.rows(f"SELECT n, article FROM passages WHERE generation = {WAITING}")
        pairs = np.array(found, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def embedded(self) -> set[str]:
        """The ids of all passages that have their vectors."""
        return {id for (id,) in self.database.rows(f"SELECT id FROM passages WHERE generation > {WAITING}")}

    def unembedded(self, most: int, without: Collection[str], *, suspects_first: bool) -> list[str]:
        """The ids of at most so many passages that have no vector yet, the last to come in first, without those of articles."""
        first = SUSPECTS_FIRST if suspects_first else ""
        left_out = f"AND article NOT IN (SELECT n FROM articles WHERE id IN ({self.database.LISTED}))" if without else ""
        able = f"generation = {WAITING} AND article NOT IN ({ASIDE})"
        sql = f"SELECT id FROM passages WHERE {able} {left_out} ORDER BY {first}n DESC LIMIT ?"
        given = [self.database.listed(sorted(without))] * bool(without)
        return [id for (id,) in self.database.rows(sql, (*given, most))]

    def owners(self, *, after: int = 0, rows: Sequence[int] | None = None) -> dict[int, int]:
        """Passage row -> article row: of the given rows, or of those that got their vectors after generation `after`."""
        if rows is not None:
            return dict(self.database.among("SELECT n, article FROM passages WHERE n IN ({})", rows))
        with self.database.errors():
            return dict(self.database.db.execute("SELECT n, article FROM passages WHERE generation > ?", (after,)).fetchall())

    def vectors(self, rows: Sequence[int]) -> tuple[NDArray[np.int64], list[str], NDArray[np.float32]]:
        """The vectors of passage rows, as (rows found, their languages, matrix), in row order."""
        import numpy as np

        stored = sorted(self.database.among("SELECT n, lang, vector FROM vectors WHERE n IN ({})", sorted(rows)))
        if not stored:
            return np.zeros(0, np.int64), [], np.zeros((0, int(self.database.meta("dimension", "0"))), np.float32)
        matrix = np.frombuffer(b"".join(vector for *_, vector in stored), np.float16).reshape(len(stored), -1)
        return np.array([n for n, *_ in stored], np.int64), [lang for _, lang, _ in stored], matrix.astype(np.float32)
