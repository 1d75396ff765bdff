"""What the library holds: articles, their versions, passages, vectors and the lexical index. THE SOURCE OF TRUTH.

Every write is one transaction that moves the *generation* on by one; a passage remembers the generation that gave it its
vector, and until then it is WAITING. What each database writes in its own way (vectors, the lexical index) stands with that
database, in a writer made from this one.

Text is stored compressed as UTF-8 bytes, not as an SQL string, see `rows.packed`.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.records import AddReport, Article, Change, Furniture, passage_id
from index.storage.lexical import passage_keys
from index.storage.records import Prepared
from index.storage.tables import attempts, statements
from index.storage.tables.database import Statements, Tables, set_meta
from index.storage.tables.rows import CURRENT, INSERT_VERSION, ITS_VERSION, WAITING, VersionRow, packed, sql_text
from index.text.credits import furniture
from index.text.near_duplicates import MOST, SHARED, Fingerprint, KnownStory, decide, fingerprint
from index.text.terms import VERSION as TERMS_VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.storage.tables.reader import Reader


class VectorRow(NamedTuple):
    """A passage's vector as it is written."""

    n: int  # row of the passage
    article: int
    lang: str
    vector: NDArray[np.float16]


class KeysRow(NamedTuple):
    """What the lexical index is to hold of a passage."""

    n: int  # row of the passage
    article: int
    keys: Sequence[str]


@dataclass(slots=True)
class _Rows:
    """Rows of the tables that nothing is looked up in while a batch is written: each table takes them in one go."""

    generation: int  # of the write
    next: int  # row of the next passage
    passages: list[tuple[object, ...]] = field(default_factory=list)
    lexical: list[KeysRow] = field(default_factory=list)
    worded: Counter[str] = field(default_factory=Counter)  # passages a language
    said: list[statements.Said] = field(default_factory=list)

    def add(self, n: int, version: int, article: Article, prepared: Prepared) -> None:
        """The passages of article row `n`."""
        places = []
        for (start, end), held in zip(prepared.spans, passage_keys(article, prepared.spans), strict=True):
            id = passage_id(article.id, version, start, end)
            self.passages.append((self.next, id, n, start, end, len(held), WAITING, _aside(prepared.aside, start, end)))
            if end:  # not the title alone
                self.lexical.append(KeysRow(self.next, n, held))
                self.worded[article.lang] += 1
                places.append((self.next, start))
            self.next += 1
        if places and prepared.said:
            self.said.append((places, article.text, prepared.said))


class Writer(ABC):
    """Writes a library. Whatever is called here, the caller holds the writer's lock."""

    def __init__(self, database: Tables, reader: Reader) -> None:
        self.database = database
        self.reader = reader

    # What each database does in its own way

    @abstractmethod
    def _next_row(self, db: Statements) -> int:
        """A passage row above all that were ever used."""

    @abstractmethod
    def add_vectors(self, db: Statements, rows: Sequence[VectorRow]) -> None:
        """Write the vectors of passages."""

    @abstractmethod
    def add_keys(self, db: Statements, rows: Sequence[KeysRow]) -> None:
        """Put passages into the lexical index."""

    @abstractmethod
    def _drop(self, db: Statements, n: int, generation: int) -> None:
        """Take the passages of article row `n`, whose rows and text are still there, out of both; their vectors, too."""

    @abstractmethod
    def number_on(self, db: Statements) -> None:
        """After rows were written with numbers of another library's: articles to come get higher ones."""

    @abstractmethod
    def _drop_keys(self, db: Statements) -> None:
        """Empty the lexical index."""

    # Writing

    def put(self, batch: Iterable[Prepared]) -> AddReport:
        """Write articles with their passages, in one transaction. The passages wait for their vectors.

        Decides once more, since another process may have written meanwhile.
        """
        report = AddReport()
        with self.database.transaction() as db:
            rows = _Rows(self._next_generation(db), self._next_row(db))
            for prepared in batch:
                change = self._put_one(db, prepared, rows)
                passages = sum(end > 0 for _, end in prepared.spans) if change in ("new", "changed") else 0
                report.count(change, passages)
            self._write(db, rows)
        return report

    def _put_one(self, db: Statements, prepared: Prepared, rows: _Rows) -> Change:
        article = replace(prepared.article, id=sql_text(prepared.article.id))
        known = self.reader.known_row(article.id)
        if known and known.deleted:
            return "deleted"
        if known and (known.hash, known.about) == (article.hash, article.details_hash):
            return "same"
        if known:
            n, version = known.n, known.version + (known.hash != article.hash)
            self._write(db, rows)  # the passages to forget may have come in this very batch
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
        db.executemany("INSERT INTO shingles VALUES (?, ?)", [(key, n) for key in prepared.mark.keys])
        first = rows.next
        rows.add(n, version, article, prepared)
        titled = bool(prepared.spans) and not prepared.spans[0][1]
        db.execute(INSERT_VERSION, VersionRow.of(article, n, version, opening=first if prepared.spans else 0, titled=titled))
        sql = "INSERT INTO texts VALUES (?, ?, ?) ON CONFLICT (article, version) DO UPDATE SET text = excluded.text"
        db.execute(sql, (n, version, packed(article.text)))
        return "changed" if known else "new"

    def _write(self, db: Statements, rows: _Rows) -> None:
        """Insert what there is, and start anew."""
        db.executemany(
            'INSERT INTO passages (n, id, article, start, "end", keys, generation, aside) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            rows.passages,
        )
        self.add_keys(db, rows.lexical)
        for lang, passages in rows.worded.items():
            count_waiting(db, lang, passages)
        if rows.said:
            statements.write(db, rows.said)
        for each in (rows.passages, rows.lexical, rows.worded, rows.said):
            each.clear()

    def embed(self, passages: Sequence[str], vectors: NDArray[np.float16]) -> None:
        """Give passages, by their ids, their vectors, in one transaction; those that are gone, or have one, are left out."""
        import numpy as np

        of = dict(zip(passages, vectors, strict=True))
        sql = (
            f'SELECT p.id, p.n, p.article, p."end", v.lang FROM passages p {ITS_VERSION}'
            f" WHERE +p.generation = {WAITING} AND p.id IN ({{}})"
        )
        with self.database.transaction() as db:
            rows = sorted(self.database.among(sql, list(of)), key=lambda row: int(row[1]))
            generation = self._next_generation(db)
            self.add_vectors(db, [VectorRow(n, article, lang, of[id]) for id, n, article, _, lang in rows])
            db.executemany("UPDATE passages SET generation = ? WHERE n = ?", [(generation, n) for _, n, *_ in rows])
            attempts.forget(db, {article for _, _, article, *_ in rows})
            for language in dict.fromkeys(lang for *_, lang in rows):
                worded = [of[id] for id, _, _, end, lang in rows if end and lang == language]
                if worded:
                    count_vectors(db, language, np.stack(worded), +1)
                    count_waiting(db, language, -len(worded))

    def _story(self, db: Statements, article: Article, mark: Fingerprint) -> str:
        """The origin of a new article: its own id, or that of the story it is a copy of."""
        rows: list[tuple[int]] = []
        if mark.keys:  # a text without a word has none
            marks = ",".join("?" * len(mark.keys))
            rows = db.execute(
                f"SELECT article FROM shingles WHERE key IN ({marks}) GROUP BY article HAVING count(*) >= ?"
                " ORDER BY count(*) DESC, article LIMIT ?",
                (*mark.keys, SHARED, MOST),
            ).fetchall()
        near = [other for (n,) in rows if (other := self.reader.version(n)) is not None]
        decision = decide(
            article.id,
            article.hash,
            mark,
            stored=None,
            candidates=[KnownStory(id=o.id, origin=o.origin, fingerprint=_mark(o.text)) for o in near],
        )
        db.executemany(
            "UPDATE articles SET origin = ? WHERE origin = ?", [(decision.origin, other) for other in decision.joins]
        )
        return decision.origin

    def delete(self, ids: Iterable[str]) -> int:
        """Forget articles, every version, leaving a tombstone each. Returns how many."""
        gone = 0
        with self.database.transaction() as db:
            generation = self._next_generation(db)
            for id in ids:
                known = self.reader.known_row(id)
                if known is None or known.deleted:
                    continue
                self._forget_passages(db, known.n, generation)
                db.execute("DELETE FROM shingles WHERE article = ?", (known.n,))
                db.execute("DELETE FROM texts WHERE article = ?", (known.n,))
                db.execute("DELETE FROM versions WHERE article = ?", (known.n,))
                db.execute("UPDATE articles SET deleted = ? WHERE n = ?", (int(time.time()), known.n))
                gone += 1
        return gone

    def _forget_passages(self, db: Statements, n: int, generation: int) -> None:
        """Remove the passages of article row `n`."""
        sql = f'SELECT p.n, p.generation, v.lang FROM passages p {ITS_VERSION} WHERE p.article = ? AND p."end" > 0'
        worded = db.execute(sql, (n,)).fetchall()
        self._uncount(db, worded)
        self._drop(db, n, generation)
        statements.forget(db, n)
        attempts.forget(db, [n])
        db.execute("DELETE FROM passages WHERE article = ?", (n,))

    def _uncount(self, db: Statements, worded: Sequence[tuple[int, int, str]]) -> None:
        """Count passages, as (row, generation, language), all of one article, no more."""
        if waiting := sum(generation == WAITING for _, generation, _ in worded):
            count_waiting(db, worded[0][2], -waiting)
        stored, langs, vectors = self.reader.vectors([row for row, *_ in worded])
        if len(stored):
            count_vectors(db, langs[0], vectors, -1)

    def _next_generation(self, db: Statements) -> int:
        generation = self.database.generation + 1
        set_meta(db, "generation", str(generation))
        return generation

    # Making anew what follows from texts and vectors

    def rebuild_derived(self) -> None:
        """Make all that follows from texts and vectors anew."""
        self.rebuild_lexical()
        self.reread_statements()
        with self.database.transaction() as db:
            db.execute("DELETE FROM shingles")
            db.execute("DELETE FROM means")
            for n, article in self._newest():
                db.executemany("INSERT INTO shingles VALUES (?, ?)", [(key, n) for key in fingerprint(article.text).keys])
                rows = db.execute('SELECT n FROM passages WHERE article = ? AND "end" > 0', (n,)).fetchall()
                vectors = self.reader.vectors([row for (row,) in rows])[2]
                count_vectors(db, article.lang, vectors, +1)
                count_waiting(db, article.lang, len(rows) - len(vectors))

    def rebuild_lexical(self) -> None:
        """Make the lexical index anew from the texts, and say again where their captions are."""
        with self.database.transaction() as db:
            self._drop_keys(db)
            for n, article in self._newest():
                rows = db.execute('SELECT n, start, "end" FROM passages WHERE article = ?', (n,)).fetchall()
                aside = furniture(article.text)
                held = [
                    (row, start, end, keys)
                    for (row, start, end), keys in zip(rows, passage_keys(article, [span for _, *span in rows]), strict=True)
                ]
                db.executemany(
                    "UPDATE passages SET keys = ?, aside = ? WHERE n = ?",
                    [(len(keys), _aside(aside, start, end), row) for row, start, end, keys in held],
                )
                self.add_keys(db, [KeysRow(row, n, keys) for row, _, end, keys in held if end])
            set_meta(db, "terms", TERMS_VERSION)

    def reread_statements(self) -> None:
        """Read who said what from all texts anew."""
        from index.quotes import statements as read

        with self.database.transaction() as db:
            for n, article in self._newest():
                statements.forget(db, n)
                sql = 'SELECT n, start FROM passages WHERE article = ? AND "end" > 0 ORDER BY n'
                places = db.execute(sql, (n,)).fetchall()
                reread = read(article.text, lang=article.lang, title=article.title, published=article.published)
                statements.write(db, [(places, article.text, reread)] if places else [])
            set_meta(db, "statements", statements.VERSION)

    def _newest(self) -> Iterable[tuple[int, Article]]:
        """(row, newest version) of every article."""
        for (n,) in self.database.rows(f"SELECT a.n FROM {CURRENT}"):
            article = self.reader.version(n)
            if article is not None:
                yield n, article

    def forget_about(self, ids: Sequence[str]) -> None:
        """Take articles for changed, so that adding them again writes their passages anew."""
        with self.database.transaction() as db:
            of = "FROM articles WHERE id = ?"
            sql = f"UPDATE versions SET about = '' WHERE article = (SELECT n {of}) AND version = (SELECT version {of})"
            db.executemany(sql, [(id, id) for id in ids])


def _aside(aside: Iterable[Furniture], start: int, end: int) -> str:
    """What of a passage is no prose and yet in it, as JSON; "" where it is nothing else, as most are."""
    inside = [span for span in aside if span[0] < end and start < span[1] and span[2] in ("caption", "closing")]
    return json.dumps(inside) if inside else ""


@lru_cache(maxsize=256)  # copies of a story come close after each other; 2 MB
def _mark(text: str) -> Fingerprint:
    return fingerprint(text)


def count_vectors(db: Statements, lang: str, vectors: NDArray[np.float16] | NDArray[np.float32], sign: int) -> None:
    """Add vectors to, or take them from, the sum of their language."""
    import numpy as np

    if not len(vectors):
        return
    total, n = vectors.astype(np.float32).sum(0, dtype=np.float64) * sign, len(vectors) * sign
    row = db.execute("SELECT sum, n FROM means WHERE lang = ?", (lang,)).fetchone()
    if row and row[1]:
        total, n = np.frombuffer(row[0], np.float64) + total, row[1] + n
    added = "INSERT INTO means (lang, n, sum) VALUES (?, ?, ?)"
    db.execute(f"{added} ON CONFLICT (lang) DO UPDATE SET n = excluded.n, sum = excluded.sum", (lang, n, total.tobytes()))


def count_waiting(db: Statements, lang: str, passages: int) -> None:
    """Count so many passages of a language more, or fewer, among those that wait for their vectors."""
    if passages:
        added = "INSERT INTO means (lang, n, sum, waiting) VALUES (?, 0, ?, ?)"
        sql = f"{added} ON CONFLICT (lang) DO UPDATE SET waiting = means.waiting + excluded.waiting"
        db.execute(sql, (lang, b"", passages))
