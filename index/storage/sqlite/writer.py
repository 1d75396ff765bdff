"""What the library holds: articles, their versions, passages, vectors and the lexical index. THE SOURCE OF TRUTH.

Whatever Chroma holds can be rebuilt from here without embedding again. Every write is one transaction that moves the
*generation* on by one; a passage remembers the generation that wrote it, and `removed` those that Chroma still has to forget.
So "what does Chroma lack?" is one query (`pending`), the same after a crash as in the middle of an ordinary run.

Text is stored compressed as UTF-8 bytes, not as an SQL string: SQL functions stop at NUL, and a lone surrogate is no SQL text.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from index.records import AddReport, Article, Change, Furniture, passage_id
from index.storage.lexical import passage_keys
from index.storage.records import Prepared
from index.storage.sqlite import statements
from index.storage.sqlite.database import Database, set_meta
from index.storage.sqlite.reader import Reader
from index.storage.sqlite.rows import CURRENT, INSERT_VERSION, VersionRow, packed, sql_text
from index.text.credits import furniture
from index.text.near_duplicates import MOST, SHARED, Fingerprint, KnownStory, decide, fingerprint
from index.text.terms import VERSION as TERMS_VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(slots=True)
class _Rows:
    """Rows of the tables that nothing is looked up in while a batch is written: each table takes them in one go."""

    generation: int
    next: int  # row of the next passage
    passages: list[tuple[object, ...]] = field(default_factory=list)
    vectors: list[tuple[int, str, bytes]] = field(default_factory=list)
    lexical: list[tuple[int, str]] = field(default_factory=list)
    sums: dict[str, list[NDArray[np.float16]]] = field(default_factory=dict)  # by language
    said: list[statements.Said] = field(default_factory=list)

    @classmethod
    def after(cls, db: sqlite3.Connection, generation: int) -> _Rows:
        row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
        return cls(generation, 1 + (row[0] if row else 0))

    def add(self, n: int, version: int, article: Article, prepared: Prepared) -> None:
        """The passages of article row `n`."""
        places = []
        for (start, end), vector, held in zip(
            prepared.spans, prepared.vectors, passage_keys(article, prepared.spans), strict=True
        ):
            id = passage_id(article.id, version, start, end)
            self.passages.append((self.next, id, n, start, end, len(held), self.generation, _aside(prepared.aside, start, end)))
            self.vectors.append((self.next, article.lang, vector.tobytes()))
            if end:  # not the title alone
                self.lexical.append((self.next, " ".join(held)))
                self.sums.setdefault(article.lang, []).append(vector)
                places.append((self.next, start))
            self.next += 1
        if places and prepared.said:
            self.said.append((places, article.text, prepared.said))

    def write(self, db: sqlite3.Connection) -> None:
        """Insert what there is, and start anew."""
        import numpy as np

        db.executemany(
            'INSERT INTO passages (n, id, article, start, "end", keys, generation, aside) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            self.passages,
        )
        db.executemany("INSERT INTO vectors VALUES (?, ?, ?)", self.vectors)
        db.executemany("INSERT INTO lexical (rowid, keys) VALUES (?, ?)", self.lexical)
        for lang, vectors in self.sums.items():
            _count(db, lang, np.stack(vectors), +1)
        if self.said:
            statements.write(db, self.said)
        for rows in (self.passages, self.vectors, self.lexical, self.sums, self.said):
            rows.clear()


class Writer:
    """Writes a library. Whatever is called here, the caller holds `database.writing()`."""

    def __init__(self, database: Database, reader: Reader) -> None:
        """LibraryError if what older rules derived cannot be made anew."""
        self.database = database
        self.reader = reader
        if database.meta("terms", "") != TERMS_VERSION:
            with database.writing():
                self.rebuild_lexical()
        if database.meta("statements", "") != statements.VERSION and reader.empty:
            with database.writing():
                database.set_meta("statements", statements.VERSION)

    def put(self, batch: Iterable[Prepared]) -> AddReport:
        """Write articles with their passages, in one transaction.

        Decides once more, since another process may have written meanwhile.
        """
        report = AddReport()
        with self.database.transaction() as db:
            rows = _Rows.after(db, self._next_generation(db))
            for prepared in batch:
                change = self._put_one(db, prepared, rows)
                passages = sum(end > 0 for _, end in prepared.spans) if change in ("new", "changed") else 0
                report.count(change, passages)
            rows.write(db)
        return report

    def _put_one(self, db: sqlite3.Connection, prepared: Prepared, rows: _Rows) -> Change:
        article = replace(prepared.article, id=sql_text(prepared.article.id))
        known = self.reader.known_row(db, article.id)
        if known and known.deleted:
            return "deleted"
        if known and (known.hash, known.about) == (article.hash, article.details_hash):
            return "same"
        if known:
            n, version = known.n, known.version + (known.hash != article.hash)
            rows.write(db)  # the passages to forget may have come in this very batch
            self._forget_passages(db, n, rows.generation)
            db.execute("UPDATE articles SET version = ? WHERE n = ?", (version, n))
            db.execute("DELETE FROM shingles WHERE article = ?", (n,))
            db.execute("UPDATE versions SET current = 0 WHERE article = ?", (n,))
        else:
            version = 1
            n = int(
                db.execute(
                    "INSERT INTO articles (id, version, origin) VALUES (?, 1, ?) RETURNING n",
                    (article.id, self._story(db, article, prepared.mark)),
                ).fetchone()[0]
            )
        db.executemany("INSERT INTO shingles VALUES (?, ?)", ((key, n) for key in prepared.mark.keys))
        first = rows.next
        rows.add(n, version, article, prepared)
        titled = bool(prepared.spans) and not prepared.spans[0][1]
        db.execute(INSERT_VERSION, VersionRow.of(article, n, version, opening=first if prepared.spans else 0, titled=titled))
        db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", (n, version, packed(article.text)))
        return "changed" if known else "new"

    def _story(self, db: sqlite3.Connection, article: Article, mark: Fingerprint) -> str:
        """The origin of a new article: its own id, or that of the story it is a copy of."""
        marks = ",".join("?" * len(mark.keys))
        rows = db.execute(
            f"SELECT article FROM shingles WHERE key IN ({marks}) GROUP BY article HAVING count(*) >= ?"
            " ORDER BY count(*) DESC, article LIMIT ?",
            (*mark.keys, SHARED, MOST),
        ).fetchall()
        near = [other for (n,) in rows if (other := self.reader.version(db, n)) is not None]
        decision = decide(
            article.id,
            article.hash,
            mark,
            stored=None,
            candidates=[KnownStory(id=o.id, origin=o.origin, fingerprint=_mark(o.text)) for o in near],
        )
        db.executemany(
            "UPDATE articles SET origin = ? WHERE origin = ?", ((decision.origin, other) for other in decision.joins)
        )
        return decision.origin

    def delete(self, ids: Iterable[str]) -> int:
        """Forget articles, every version, leaving a tombstone each. Returns how many."""
        gone = 0
        with self.database.transaction() as db:
            generation = self._next_generation(db)
            for id in ids:
                known = self.reader.known_row(db, id)
                if known is None or known.deleted:
                    continue
                self._forget_passages(db, known.n, generation)
                db.execute("DELETE FROM shingles WHERE article = ?", (known.n,))
                db.execute("DELETE FROM texts WHERE article = ?", (known.n,))
                db.execute("DELETE FROM versions WHERE article = ?", (known.n,))
                db.execute("UPDATE articles SET deleted = ? WHERE n = ?", (int(time.time()), known.n))
                gone += 1
        return gone

    def _forget_passages(self, db: sqlite3.Connection, n: int, generation: int) -> None:
        """Remove the passages of article row `n`; a contentless lexical index must be told the old terms to forget them."""
        old = self.reader.version(db, n)
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
        db.executemany("INSERT INTO removed VALUES (?, ?, ?)", ((id, generation, row) for row, id, _, _ in rows))
        stored, langs, vectors = self.reader.vectors([row for row, _, _, end in rows if end])
        if len(stored):
            _count(db, langs[0], vectors, -1)
        db.executemany("DELETE FROM vectors WHERE n = ?", ((row,) for row, *_ in rows))
        statements.forget(db, n)
        db.execute("DELETE FROM passages WHERE article = ?", (n,))

    def _next_generation(self, db: sqlite3.Connection) -> int:
        generation = self.database.generation + 1
        set_meta(db, "generation", str(generation))
        return generation

    def _rebuild_lexical(self, db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO lexical (lexical) VALUES ('delete-all')")
        for (n,) in db.execute(f"SELECT a.n FROM {CURRENT}").fetchall():
            article = self.reader.version(db, n)
            if article is not None:
                rows = db.execute('SELECT n, start, "end" FROM passages WHERE article = ?', (n,)).fetchall()
                aside = furniture(article.text)
                for (row, start, end), held in zip(rows, passage_keys(article, [span for _, *span in rows]), strict=True):
                    sql = "UPDATE passages SET keys = ?, aside = ? WHERE n = ?"
                    db.execute(sql, (len(held), _aside(aside, start, end), row))
                    if end:
                        db.execute("INSERT INTO lexical (rowid, keys) VALUES (?, ?)", (row, " ".join(held)))
        set_meta(db, "terms", TERMS_VERSION)

    def rebuild_derived(self) -> None:
        """Make all that follows from texts and vectors anew."""
        self.rebuild_lexical()
        self.reread_statements()
        with self.database.transaction() as db:
            db.execute("DELETE FROM shingles")
            db.execute("DELETE FROM means")
            for (n,) in db.execute(f"SELECT a.n FROM {CURRENT}").fetchall():
                article = self.reader.version(db, n)
                if article is not None:
                    db.executemany("INSERT INTO shingles VALUES (?, ?)", ((k, n) for k in fingerprint(article.text).keys))
                    rows = db.execute('SELECT n FROM passages WHERE article = ? AND "end" > 0', (n,)).fetchall()
                    _count(db, article.lang, self.reader.vectors([row for (row,) in rows])[2], +1)

    def mark_indexed(self, generation: int) -> None:
        """Chroma holds everything up to `generation`."""
        with self.database.transaction() as db:
            set_meta(db, "indexed", str(generation))
            db.execute("DELETE FROM removed WHERE generation <= ?", (generation,))

    def forget_about(self, ids: Sequence[str]) -> None:
        """Take articles for changed, so that adding them again writes their passages anew."""
        with self.database.transaction() as db:
            sql = "UPDATE versions SET about = '' WHERE current AND article = (SELECT n FROM articles WHERE id = ?)"
            db.executemany(sql, [(id,) for id in ids])

    def rebuild_lexical(self) -> None:
        """Make the lexical index anew from the texts, and say again where their captions are."""
        with self.database.transaction() as db:
            self._rebuild_lexical(db)

    def reread_statements(self) -> None:
        """Read who said what from all texts anew."""
        from index.quotes import statements as read

        with self.database.transaction() as db:
            for (n,) in db.execute(f"SELECT a.n FROM {CURRENT}").fetchall():
                article = self.reader.version(db, n)
                if article is not None:
                    statements.forget(db, n)
                    sql = 'SELECT n, start FROM passages WHERE article = ? AND "end" > 0 ORDER BY n'
                    places = db.execute(sql, (n,)).fetchall()
                    reread = read(article.text, lang=article.lang, title=article.title, published=article.published)
                    statements.write(db, [(places, article.text, reread)] if places else [])
            set_meta(db, "statements", statements.VERSION)


def _aside(aside: Iterable[Furniture], start: int, end: int) -> str:
    """What of a passage is no prose and yet in it, as JSON; "" where it is nothing else, as most are."""
    inside = [span for span in aside if span[0] < end and start < span[1] and span[2] in ("caption", "closing")]
    return json.dumps(inside) if inside else ""


@lru_cache(maxsize=256)  # copies of a story come close after each other; 2 MB
def _mark(text: str) -> Fingerprint:
    return fingerprint(text)


def _count(db: sqlite3.Connection, lang: str, vectors: NDArray[np.float16] | NDArray[np.float32], sign: int) -> None:
    """Add vectors to, or take them from, the sum of their language."""
    import numpy as np

    if not len(vectors):
        return
    total, n = vectors.astype(np.float32).sum(0, dtype=np.float64) * sign, len(vectors) * sign
    row = db.execute("SELECT sum, n FROM means WHERE lang = ?", (lang,)).fetchone()
    if row:
        total, n = np.frombuffer(row[0], np.float64) + total, row[1] + n
    db.execute("INSERT OR REPLACE INTO means VALUES (?, ?, ?)", (lang, n, total.tobytes()))
