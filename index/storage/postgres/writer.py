"""What only PostgreSQL is written in its own way: vectors with their centred twins, and the keys of the GIN index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.language_means import Means, fingerprint, shipped
from index.storage.postgres.database import OpenTransaction, PostgresDatabase
from index.storage.postgres.reader import PostgresReader, indexed
from index.storage.tables.database import Statements, set_meta
from index.storage.tables.writer import KeysRow, VectorRow, Writer
from index.text.terms import VERSION as TERMS_VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.storage.postgres.connection import Connection


class PostgresWriter(Writer):
    """See `Writer`."""

    database: PostgresDatabase
    reader: PostgresReader

    def __init__(self, database: PostgresDatabase, reader: PostgresReader) -> None:
        super().__init__(database, reader)

    @property
    def means(self) -> Means:
        """The language means that vectors are centred by: the shipped ones, which do not move."""
        return shipped(self.database.meta("embedder", ""), int(self.database.meta("dimension", "0")))

    def _next_row(self, db: Statements) -> int:
        return int(db.execute("SELECT coalesce(max(n), 0) + 1 FROM passages").fetchone()[0])

    def add_vectors(self, db: Statements, rows: Sequence[VectorRow]) -> None:
        if not rows:
            return
        centred = self.means.centred(np.stack([row.vector for row in rows]).astype(np.float32), [row.lang for row in rows])
        copied = "COPY vectors (n, article, lang, vector, centred) FROM STDIN (FORMAT binary)"
        with _connection(db).cursor().copy(copied) as copy:
            copy.set_types(["int8", "int8", "text", "bytea", "bytea"])  # bytes as they are: the server reads them as halfvec
            for row, own in zip(rows, centred, strict=True):
                copy.write_row((row.n, row.article, row.lang, halfvec(row.vector), halfvec(own)))

    def add_keys(self, db: Statements, rows: Sequence[KeysRow]) -> None:
        if not rows:
            return
        held = [(row.n, row.article, set(map(indexed, row.keys))) for row in rows]
        numbers = self._counted(db, Counter(key for *_, keys in held for key in keys))
        with _connection(db).cursor().copy("COPY lexical (n, article, keys) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int8", "int8", "int4[]"])
            for n, article, keys in held:
                copy.write_row((n, article, sorted(numbers[key] for key in keys)))

    def _counted(self, db: Statements, counts: Counter[str]) -> dict[str, int]:
        """Count passages more to keys; their numbers, new ones where they have none."""
        given = "FROM unnest(?::text[], ?::bigint[]) AS k (key, n)"
        update = f"UPDATE vocabulary v SET passages = v.passages + k.n {given} WHERE v.key = k.key RETURNING v.key, v.id"
        keys = sorted(counts)  # not INSERT … ON CONFLICT, which takes a number for each key that is there, too
        numbers: dict[str, int] = dict(db.execute(update, (keys, [counts[key] for key in keys])).fetchall())
        if new := [key for key in keys if key not in numbers]:
            insert = f"INSERT INTO vocabulary (key, passages) SELECT k.key, k.n {given} RETURNING key, id"
            numbers |= dict(db.execute(insert, (new, [counts[key] for key in new])).fetchall())
        return numbers

    def _drop(self, db: Statements, n: int, generation: int) -> None:
        db.execute(
            "UPDATE vocabulary v SET passages = v.passages - gone.n FROM (SELECT id, count(*) AS n FROM lexical l,"
            " unnest(l.keys) AS id WHERE l.article = ? GROUP BY id) gone WHERE v.id = gone.id",
            (n,),
        )
        db.execute(
            "DELETE FROM vocabulary v USING (SELECT DISTINCT unnest(keys) AS id FROM lexical WHERE article = ?) gone"
            " WHERE v.id = gone.id AND v.passages <= 0",
            (n,),
        )
        for table in ("lexical", "vectors"):
            db.execute(f"DELETE FROM {table} WHERE article = ?", (n,))
        db.execute(  # where a Chroma server has vectors of this library
            "INSERT INTO removed SELECT id, ? FROM passages WHERE article = ?"
            " AND EXISTS (SELECT FROM meta WHERE key = 'chroma')",
            (generation, n),
        )

    def number_on(self, db: Statements) -> None:
        db.execute("SELECT setval(pg_get_serial_sequence('articles', 'n'), (SELECT max(n) FROM articles))")
        set_meta(db, "terms", TERMS_VERSION)
        set_meta(db, "recipe", fingerprint())

    def _drop_keys(self, db: Statements) -> None:
        for table in ("lexical", "vocabulary"):  # no TRUNCATE: whoever reads meanwhile goes on with what there was
            db.execute(f"DELETE FROM {table}")


def _connection(db: Statements) -> Connection:
    """psycopg's own connection, for COPY."""
    assert isinstance(db, OpenTransaction)
    return db.db


def halfvec(vector: NDArray[np.float16] | NDArray[np.float32]) -> bytes:
    """A vector as pgvector's halfvec_recv reads it: how many numbers, two bytes of nothing, float16 with the big end first."""
    return len(vector).to_bytes(2, "big") + b"\0\0" + vector.astype(">f2").tobytes()
