"""Which passages are nearest to a question's vector: by an exact scan of what a filter lets through, or by an HNSW index.

How many a filter lets through is counted first, and no further than EXACT: an exact scan of 14,000 rows takes 26 ms and misses
none, where an HNSW scan under a filter that lets 3 % through takes 10 to 12 ms and misses 5 to 14 % of the ten nearest.
Wider filters are left to the index, whose scan goes on (`hnsw.iterative_scan`) until it has found enough that the
filter lets through; without that it finds 4.7 of 10 under 5 % (pgvector 0.8.6, 100,000 and 500,000 vectors of 384 float16).
Where a Chroma server is set, it is asked in place of that index: `shared_chroma.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.records import Scope
from index.storage.postgres.database import PostgresDatabase
from index.storage.postgres.reader import PostgresReader, text
from index.storage.postgres.shared_chroma import SharedChroma
from index.storage.postgres.writer import PostgresWriter
from index.storage.tables.database import set_meta

EXACT = 15_000  # passages up to which all are compared
COMPARED = 200_000  # .4 s; of more, words alone answer while a Chroma server is away
DIMENSIONS = 4_000  # of a halfvec at most, for an HNSW index
ALONE = 200_000  # rows up to which the index is made by one process: several need more shared memory than a container has
RANKED = 64  # of the nearest are put in order by the vectors as the model gave them
INSIDE = "JOIN versions v ON v.article = x.article AND v.current = 1"


class PostgresNearest:
    """Searches by vectors. Safe in threads."""

    def __init__(
        self, database: PostgresDatabase, reader: PostgresReader, writer: PostgresWriter, shared: SharedChroma | None = None
    ) -> None:
        """`shared`: what is asked in place of an HNSW index, which is not made then."""
        self.database, self.reader, self.writer, self.shared = database, reader, writer, shared
        self._inside: tuple[int, Scope, NDArray[np.int64] | None] | None = None  # generation, scope, rows

    @property
    def indexed(self) -> int:
        """The dimension that there is an HNSW index of; 0 while there is none."""
        return int(self.database.meta("hnsw", "0"))

    def find(self, vector: NDArray[np.float32], scope: Scope, k: int) -> list[int]:
        """The k passage rows nearest to a centred vector in a scope, nearest first."""
        dimension = self.indexed
        where, values = self.reader.where(scope)
        most = max(k, RANKED)
        narrow = bool(where and (dimension or self.shared)) and self.inside(scope) is not None
        rows = self.shared.find(vector, where, values, most) if self.shared and not narrow else None
        if rows is None and dimension and not narrow:
            rows = self._from_index(vector, where, values, most, dimension)
        if rows is None:
            rows = self._scanned(vector, where, values, most) if narrow or self._comparable else []
        return self._in_order(rows, vector)[:k]

    @property
    def _comparable(self) -> bool:
        """Whether all may be compared: while Chroma cannot be asked, no more than COMPARED, or a question takes minutes."""
        if not self.shared:
            return True
        return not self.database.rows(f"SELECT 1 FROM passages OFFSET {COMPARED} LIMIT 1")

    def inside(self, scope: Scope) -> NDArray[np.int64] | None:
        """The passage rows that a filter lets through, ascending; None where they are too many to be compared one by one.

        Kept for the search by words, which asks the same again.
        """
        generation, kept = self.database.generation, self._inside
        if kept is None or kept[0] != generation or kept[1] != scope:
            kept = self._inside = generation, scope, self.reader.rows_in(*self.reader.where(scope), EXACT)
        return kept[2]

    def _scanned(self, vector: NDArray[np.float32], where: str, values: list[str | int], k: int) -> list[int]:
        """All compared. OFFSET 0 keeps the planner from the index, which would not see what is filtered."""
        inside = f"{INSIDE} WHERE {where}" if where else ""
        sql = (
            f"SELECT n FROM (SELECT x.n, x.centred <#> ?::halfvec AS distance FROM vectors x {inside} OFFSET 0) AS compared"
            f" ORDER BY distance, n LIMIT {int(k)}"
        )
        return [n for (n,) in self.database.rows(sql, (text(vector), *values))]

    def _from_index(
        self, vector: NDArray[np.float32], where: str, values: list[str | int], k: int, dimension: int
    ) -> list[int]:
        """From the HNSW index, whose rows are looked up in the filter one by one, the nearest first."""
        inside = (
            f"CROSS JOIN LATERAL (SELECT FROM versions v WHERE v.article = x.article AND v.current = 1 AND {where} LIMIT 1) f"
        )
        distance = f"(x.centred::halfvec({dimension})) <#> ?::halfvec({dimension})"
        sql = (
            f"WITH near AS MATERIALIZED (SELECT x.n, {distance} AS distance FROM vectors x {inside if where else ''}"
            f" ORDER BY {distance} LIMIT {int(k)}) SELECT n FROM near ORDER BY distance, n"
        )
        given = text(vector)
        return [n for (n,) in self.database.rows(sql, (given, *values, given))]

    def _in_order(self, rows: list[int], vector: NDArray[np.float32]) -> list[int]:
        """The first RANKED in the order of the vectors as the model gave them: the same as with any other storage."""
        first, langs, matrix = self.reader.vectors(rows[:RANKED])
        cosine = self.writer.means.centred(matrix, langs) @ vector if len(first) else np.zeros(0, np.float32)
        return [*first[np.argsort(-cosine, kind="stable")].tolist(), *rows[RANKED:]]

    def cosines(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of a centred vector with passage rows, to about .001; 0 for rows that are gone."""
        sql = "SELECT n, -(centred <#> ?::halfvec) FROM vectors WHERE n = ANY(?::bigint[])"
        found: dict[int, float] = dict(self.database.rows(sql, (text(vector), rows.tolist())))
        return np.array([found.get(n, 0.0) for n in rows.tolist()], np.float32)

    # Keeping up; the caller holds the writer's lock

    def sync(self) -> None:
        """Make the HNSW index once there is too much to compare it all. What comes later goes into it as it is written."""
        dimension = int(self.database.meta("dimension", "0"))
        if self.shared or self.indexed == dimension or not dimension or dimension > DIMENSIONS:
            return
        counted = self.database.rows(f"SELECT count(*) FROM (SELECT 1 FROM passages LIMIT {ALONE + 1}) AS counted")[0][0]
        if counted <= EXACT or not self._owned():
            return
        with self.database.transaction() as db:
            if counted <= ALONE:
                db.execute("SET LOCAL max_parallel_maintenance_workers = 0")
            db.execute("DROP INDEX IF EXISTS vectors_nearest")
            db.execute(
                f"CREATE INDEX vectors_nearest ON vectors USING hnsw ((centred::halfvec({dimension})) halfvec_ip_ops)"
                " WITH (m = 16, ef_construction = 64)"
            )
            set_meta(db, "hnsw", str(dimension))

    def _owned(self) -> bool:
        """Whether this user may make an index; else all is compared until the owner's `doctor` makes it."""
        sql = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'vectors'::regclass"
        return bool(self.database.rows(sql)[0][0])

    @property
    def lacking(self) -> bool:
        """Whether there is too much to compare it all, and no index."""
        some = self.database.rows(f"SELECT count(*) FROM (SELECT 1 FROM passages LIMIT {EXACT + 1}) AS counted")[0][0]
        return some > EXACT and not self.shared and not self.indexed and int(self.database.meta("dimension", "0")) <= DIMENSIONS

    def forget(self) -> None:
        """Without the HNSW index: for what is written anew as a whole."""
        with self.database.transaction() as db:
            db.execute("DROP INDEX IF EXISTS vectors_nearest")
            set_meta(db, "hnsw", "0")

    def centre_anew(self) -> None:
        """Centre all vectors by the means that ship now."""
        rows = [n for (n,) in self.database.rows("SELECT n FROM vectors ORDER BY n")]
        with self.database.transaction() as db:
            db.execute("UPDATE meta SET value = '0' WHERE key = 'indexed'")  # Chroma lacks them all
            for at in range(0, len(rows), EXACT):
                found, langs, matrix = self.reader.vectors(rows[at : at + EXACT])
                centred = self.writer.means.centred(matrix, langs)
                given = [(text(vector), n) for n, vector in zip(found.tolist(), centred, strict=True)]
                db.executemany("UPDATE vectors SET centred = ?::halfvec WHERE n = ?", given)
