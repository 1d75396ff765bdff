"""What only SQLite is written in its own way: vectors as bytes, the postings of FTS5, and what Chroma has to forget.

Whatever Chroma holds can be rebuilt from here without embedding again. `removed` names the passages that it still has to
forget, so that "what does Chroma lack?" is one query (`pending`), the same after a crash as in the middle of an ordinary run.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.storage.lexical import passage_keys
from index.storage.sqlite.database import Database
from index.storage.sqlite.reader import SqliteReader
from index.storage.tables import statements
from index.storage.tables.database import Statements, set_meta
from index.storage.tables.writer import KeysRow, VectorRow, Writer
from index.text.terms import VERSION as TERMS_VERSION


class SqliteWriter(Writer):
    """See `Writer`."""

    database: Database
    reader: SqliteReader

    def __init__(self, database: Database, reader: SqliteReader) -> None:
        """LibraryError if what older rules derived cannot be made anew."""
        super().__init__(database, reader)
        if database.meta("terms", "") != TERMS_VERSION:
            with database.writing():
                self.rebuild_lexical()
        if database.meta("statements", "") != statements.VERSION and reader.empty:
            with database.writing():
                database.set_meta("statements", statements.VERSION)

    def _next_row(self, db: Statements) -> int:
        row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
        return 1 + (row[0] if row else 0)

    def add_vectors(self, db: Statements, rows: Sequence[VectorRow]) -> None:
        db.executemany("INSERT INTO vectors VALUES (?, ?, ?)", [(row.n, row.lang, row.vector.tobytes()) for row in rows])

    def add_keys(self, db: Statements, rows: Sequence[KeysRow]) -> None:
        db.executemany("INSERT INTO lexical (rowid, keys) VALUES (?, ?)", [(row.n, " ".join(row.keys)) for row in rows])

    def _drop(self, db: Statements, n: int, generation: int) -> None:
        """A contentless lexical index must be told the old terms to forget them."""
        old = self.reader.version(n)
        rows = db.execute('SELECT n, id, start, "end" FROM passages WHERE article = ?', (n,)).fetchall()
        if old is not None:
            db.executemany(
                "INSERT INTO lexical (lexical, rowid, keys) VALUES ('delete', ?, ?)",
                [
                    (row[0], " ".join(held))
                    for row, held in zip(rows, passage_keys(old, [row[2:] for row in rows]), strict=True)
                    if row[3]
                ],
            )
        db.executemany("INSERT INTO removed VALUES (?, ?, ?)", [(id, generation, row) for row, id, _, _ in rows])
        db.executemany("DELETE FROM vectors WHERE n = ?", [(row,) for row, *_ in rows])

    def number_on(self, db: Statements) -> None:
        """SQLite does so by itself."""

    def _drop_keys(self, db: Statements) -> None:
        db.execute("INSERT INTO lexical (lexical) VALUES ('delete-all')")

    def mark_indexed(self, generation: int) -> None:
        """Chroma holds everything up to `generation`."""
        with self.database.transaction() as db:
            set_meta(db, "indexed", str(generation))
            db.execute("DELETE FROM removed WHERE generation <= ?", (generation,))
