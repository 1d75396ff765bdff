"""What only PostgreSQL is asked for: vectors as its extension holds them, and the postings of its GIN index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import numpy as np

from index.records import Scope
from index.storage.postgres.connection import give_back
from index.storage.postgres.database import PostgresDatabase
from index.storage.tables.attempts import ASIDE, SUSPECTS_FIRST
from index.storage.tables.reader import Reader
from index.storage.tables.rows import WAITING
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from numpy.typing import NDArray

EMBEDDING = 2**31 - 1  # the class of the advisory locks of who embeds an article; the other number is its row
HEADER = 4  # bytes of a halfvec before its numbers: how many there are, and two that are not used
LONGEST = 500  # bytes of a key: an index takes 2,700, and a word is no longer


class PostgresReader(Reader):
    """See `Reader`."""

    database: PostgresDatabase

    def __init__(self, database: PostgresDatabase, publishers: Publishers = SHIPPED) -> None:
        super().__init__(database, publishers)

    def vectors(
        self, rows: Sequence[int], *, centred: bool = False
    ) -> tuple[NDArray[np.int64], list[str], NDArray[np.float32]]:
        """The vectors of passage rows, as (rows found, their languages, matrix), in row order. `centred`: as indexed."""
        sql = f"SELECT n, lang, halfvec_send({'centred' if centred else 'vector'}) FROM vectors WHERE n IN ({{}}) ORDER BY n"
        stored = self.database.among(sql, list(rows))
        if not stored:
            return np.zeros(0, np.int64), [], np.zeros((0, int(self.database.meta("dimension", "0"))), np.float32)
        data = b"".join(vector[HEADER:] for *_, vector in stored)
        matrix = np.frombuffer(data, ">f2").reshape(len(stored), -1).astype(np.float32)
        return np.array([n for n, *_ in stored], np.int64), [lang for _, lang, _ in stored], matrix

    def rows_inside(self, ids: Sequence[str], where: str, values: Sequence[str | int]) -> list[int]:
        """The rows of passage ids that are in the library, and in a scope, in the order of the ids."""
        inside = f" JOIN versions v ON v.article = p.article AND v.current = 1 WHERE {where} AND" if where else " WHERE"
        sql = f"SELECT p.id, p.n FROM passages p{inside} p.id = ANY(?::text[])"
        rows: dict[str, int] = dict(self.database.rows(sql, (*values, list(ids))))
        return [rows[id] for id in ids if id in rows]

    def nearest_after(
        self, generation: int, vector: NDArray[np.float32], where: str, values: Sequence[str | int], k: int
    ) -> list[int]:
        """The k passage rows in a scope that were written after a generation and are nearest to a centred vector."""
        inside = " JOIN versions v ON v.article = x.article AND v.current = 1" if where else ""
        sql = (
            f"SELECT x.n FROM passages p JOIN vectors x ON x.n = p.n{inside} WHERE p.generation > ?"
            f"{f' AND {where}' if where else ''} ORDER BY x.centred <#> ?::halfvec, x.n LIMIT {int(k)}"
        )
        return [n for (n,) in self.database.rows(sql, (generation, *values, text(vector)))]

    @contextmanager
    def unembedded(self, most: int, without: Collection[str], *, suspects_first: bool) -> Iterator[list[int]]:
        """The rows of at most so many passages that have no vector yet, the last to come in first, without those of articles.

        Their articles are locked for this connection, whose end gives them back; those that others have locked are passed over.
        """
        held = ExitStack()
        rows = self.database.again(
            lambda: held.enter_context(self._locked(most, without, SUSPECTS_FIRST if suspects_first else ""))
        )
        with held:
            yield rows

    @contextmanager
    def _locked(self, most: int, without: Collection[str], first: str) -> Iterator[list[int]]:
        left_out = " AND article NOT IN (SELECT n FROM articles WHERE id = ANY(%s))" if without else ""
        able = f"generation = {WAITING} AND article NOT IN ({ASIDE})"
        sql = (
            f"SELECT n FROM (SELECT n, article FROM passages WHERE {able}{left_out} ORDER BY {first}n DESC OFFSET 0) AS waiting"
            f" WHERE pg_try_advisory_lock({EMBEDDING}, (article %% {EMBEDDING})::integer) LIMIT {int(most)}"
        )
        with self.database.pool.connection() as db:
            try:
                yield [int(str(n)) for (n,) in db.execute(sql.encode(), (sorted(without),) if without else ())]
            finally:
                give_back(db, "SELECT pg_advisory_unlock_all()")

    def known_keys(self, keys: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Key -> its number in the lexical index, and how many passages have it; without those that none has."""
        given = {indexed(key): key for key in keys}
        rows = self.database.among("SELECT key, id, passages FROM vocabulary WHERE key IN ({})", list(given))
        return {given[key]: (number, count) for key, number, count in rows}

    def rows_in(self, where: str, values: Sequence[str | int], most: int) -> NDArray[np.int64] | None:
        """The passage rows that a condition lets through, ascending; None if they are more than `most`."""
        inside = f"SELECT x.n FROM versions v JOIN passages x ON x.article = v.article WHERE v.current = 1 AND {where}"
        agreed = f"CASE WHEN count(*) <= {int(most)} THEN string_agg(int8send(n), ''::bytea) END"
        ((count, found),) = self.database.rows(f"SELECT count(*), {agreed} FROM ({inside} LIMIT {int(most) + 1}) AS x", values)
        return None if count > most else np.sort(np.frombuffer(found or b"", ">i8").astype(np.int64))

    def holders(self, numbers: Sequence[int], scope: Scope) -> Mapping[int, NDArray[np.int64]]:
        """Number of a key -> the passage rows in a scope that have it, ascending; without those that none has."""
        where, values = self.where(scope)
        inside = f" JOIN versions v ON v.article = l.article AND v.current = 1 WHERE {where}" if where else ""
        sql = (
            "SELECT k.id, string_agg(int8send(l.n), ''::bytea) FROM unnest(?::integer[]) AS k (id)"
            f" JOIN lexical l ON l.keys @> ARRAY[k.id]{inside} GROUP BY k.id"
        )
        rows = self.database.rows(sql, (list(numbers), *values)) if numbers else []
        return {number: np.sort(np.frombuffer(found, ">i8").astype(np.int64)) for number, found in rows}


def text(vector: NDArray[np.float32]) -> str:
    """A vector as pgvector reads it."""
    return "[" + ",".join(map(str, vector.astype(np.float16).tolist())) + "]"


def indexed(key: str) -> str:
    """A key as the index has it: cut where it is longer than any word, which only data in the text is.

    >>> indexed("harbour"), len(indexed("é" * 9000).encode())
    ('harbour', 500)
    """
    data = key.encode("utf-8", "replace")
    return key if len(data) <= LONGEST else data[:LONGEST].decode("utf-8", "ignore")
