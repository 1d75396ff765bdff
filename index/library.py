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
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index import statements
from index.database import Database, set_meta
from index.dedupe import MOST, SHARED, Fingerprint, decide, fingerprint
from index.dedupe import Known as KnownStory
from index.quotes import Statement
from index.records import Article, Extent, Filter, Passage, Period, passage_id
from index.terms import VERSION as TERMS_VERSION
from index.terms import fold, keys
from index.urls import canonical

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# One row an article: its newest version, unless deleted.
POSTINGS = 25_000  # rows of the lexical index read for one question, the rarest keys first: 2 ms of CPU

FREQUENT = 2_000  # passages that have a word from which on its postings are kept
KEPT = 200  # words, so at most 40 MB

VERSION = (
    "SELECT a.n, a.id, t.text, v.title, v.outlet, v.agency, v.authors, v.published_from, v.published_to, v.date_source,"
    " v.lang, v.url, v.version, a.origin FROM articles a"
    " JOIN versions v ON v.article = a.n JOIN texts t ON t.article = a.n AND t.version = v.version"
)
CURRENT = "articles a JOIN versions v ON v.article = a.n AND v.version = a.version AND a.deleted IS NULL"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be written."""

    article: Article
    spans: Sequence[tuple[int, int]]  # of its passages, code points; (0, 0) first for the title alone, where it has one
    vectors: NDArray[np.float16]  # (len(spans), dimension), normalised
    mark: Fingerprint
    said: Sequence[Statement] = ()


class Candidate(NamedTuple):  # made by the hundred for each question, in a third of a dataclass's time
    """What ranking needs to know of a passage, without its text."""

    n: int
    article: int  # row
    keys: int  # how many the lexical index has of it


class Found(NamedTuple):
    """What ranking needs to know of an article, without its text."""

    n: int
    id: str
    origin: str
    lang: str
    title: str
    published: Period | None
    opening: int  # the row of its title where that is a passage of its own, else of its first passage
    titled: bool  # it is the title's

    @property
    def first(self) -> int:
        """The row of its first passage: the rows of an article follow each other."""
        return self.opening + self.titled


@dataclass(slots=True)
class _Rows:
    """Rows of the tables that nothing is looked up in while a batch is written: each table takes them in one go."""

    generation: int
    next: int  # row of the next passage
    passages: list[tuple[object, ...]] = field(default_factory=list)
    vectors: list[tuple[int, str, bytes]] = field(default_factory=list)
    lexical: list[tuple[int, str]] = field(default_factory=list)
    sums: dict[str, list[NDArray[np.float16]]] = field(default_factory=dict)  # by language
    said: list[tuple[list[tuple[int, int]], str, Sequence[Statement]]] = field(default_factory=list)

    @classmethod
    def after(cls, db: sqlite3.Connection, generation: int) -> _Rows:
        row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
        return cls(generation, 1 + (row[0] if row else 0))

    def add(self, n: int, version: int, article: Article, one: Prepared) -> None:
        """The passages of article row `n`."""
        places = []
        for (start, end), vector, held in zip(one.spans, one.vectors, _keys(article, one.spans), strict=True):
            id = passage_id(article.id, version, start, end)
            self.passages.append((self.next, id, n, start, end, len(held), self.generation))
            self.vectors.append((self.next, article.lang, vector.tobytes()))
            if end:  # not the title alone
                self.lexical.append((self.next, " ".join(held)))
                self.sums.setdefault(article.lang, []).append(vector)
                places.append((self.next, start))
            self.next += 1
        if places and one.said:
            self.said.append((places, article.text, one.said))

    def write(self, db: sqlite3.Connection) -> None:
        """Insert what there is, and start anew."""
        import numpy as np

        db.executemany(
            'INSERT INTO passages (n, id, article, start, "end", keys, generation) VALUES (?, ?, ?, ?, ?, ?, ?)', self.passages
        )
        db.executemany("INSERT INTO vectors VALUES (?, ?, ?)", self.vectors)
        db.executemany("INSERT INTO lexical (rowid, keys) VALUES (?, ?)", self.lexical)
        for lang, vectors in self.sums.items():
            _count(db, lang, np.stack(vectors), +1)
        for places, text, said in self.said:
            statements.write(db, places, text, said)
        for rows in (self.passages, self.vectors, self.lexical, self.sums, self.said):
            rows.clear()


class Library(Database):
    """The articles in a library's folder. Methods may be called from any thread."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open, create or migrate. Raises LibraryError if the folder cannot be used or is newer than this program."""
        super().__init__(folder, create=create)
        self._postings: tuple[int, dict[str, NDArray[np.int64]]] = (-1, {})  # generation, key -> rows
        if self.meta("terms", "") != TERMS_VERSION:
            with self.writing():
                self.rebuild_lexical()
        if self.meta("statements", "") != statements.VERSION and self.empty:
            with self.writing():
                self.set_meta("statements", statements.VERSION)

    @property
    def generation(self) -> int:
        """How many writes there have been."""
        return int(self.meta("generation", "0"))

    @property
    def indexed(self) -> int:
        """The generation up to which Chroma's folder holds everything."""
        return int(self.meta("indexed", "0"))

    def put(self, batch: Iterable[Prepared]) -> dict[str, int]:
        """Write articles with their passages, in one transaction. The caller holds `writing()`.

        Decides once more, since another process may have written meanwhile. Returns counts: new, changed, same, deleted,
        passages.
        """
        counts = dict.fromkeys(("new", "changed", "same", "deleted", "passages"), 0)
        with self._transaction() as db:
            rows = _Rows.after(db, self._next_generation(db))
            for one in batch:
                what = self._put_one(db, one, rows)
                counts[what] += 1
                counts["passages"] += sum(end > 0 for _, end in one.spans) if what in ("new", "changed") else 0
            rows.write(db)
        return counts

    def _put_one(self, db: sqlite3.Connection, one: Prepared, rows: _Rows) -> str:
        article = replace(one.article, id=_sql(one.article.id))
        known = self._known(db, article.id)
        if known and known.deleted:
            return "deleted"
        if known and (known.hash, known.about) == (article.hash, about(article)):
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
                    (article.id, self._story(db, article, one.mark)),
                ).fetchone()[0]
            )
        db.executemany("INSERT INTO shingles VALUES (?, ?)", ((key, n) for key in one.mark.keys))
        first = rows.next
        rows.add(n, version, article, one)
        published = article.published
        db.execute(
            "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            (
                *(n, version, _sql(article.title), _sql(article.outlet), fold(_sql(article.outlet)), _sql(article.agency)),
                json.dumps(article.authors),
                "".join(f"|{fold(_sql(author))}" for author in article.authors) + "|",
                *((published.start, published.end) if published else (None, None)),
                *(_sql(article.date_source), _sql(article.lang), _sql(article.url)),
                *(article.hash, about(article), int(time.time())),
                *(first if one.spans else 0, bool(one.spans) and not one.spans[0][1]),
            ),
        )
        db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", (n, version, _pack(article.text)))
        return "changed" if known else "new"

    def _story(self, db: sqlite3.Connection, article: Article, mark: Fingerprint) -> str:
        """The origin of a new article: its own id, or that of the story it is a copy of."""
        marks = ",".join("?" * len(mark.keys))
        rows = db.execute(
            f"SELECT article FROM shingles WHERE key IN ({marks}) GROUP BY article HAVING count(*) >= ?"
            " ORDER BY count(*) DESC, article LIMIT ?",
            (*mark.keys, SHARED, MOST),
        ).fetchall()
        near = [other for (n,) in rows if (other := self._version(db, n)) is not None]
        decision = decide(
            article.id,
            article.hash,
            mark,
            stored=None,
            candidates=[KnownStory(id=o.id, origin=o.origin, fingerprint=fingerprint(o.text)) for o in near],
        )
        db.executemany(
            "UPDATE articles SET origin = ? WHERE origin = ?", ((decision.origin, other) for other in decision.joins)
        )
        return decision.origin

    def delete(self, ids: Iterable[str]) -> int:
        """Forget articles, every version, leaving a tombstone each. The caller holds `writing()`. Returns how many."""
        gone = 0
        with self._transaction() as db:
            generation = self._next_generation(db)
            for id in ids:
                known = self._known(db, id)
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
        old = self._version(db, n)
        rows = db.execute('SELECT n, id, start, "end" FROM passages WHERE article = ?', (n,)).fetchall()
        if old is not None:
            db.executemany(
                "INSERT INTO lexical (lexical, rowid, keys) VALUES ('delete', ?, ?)",
                [
                    (row[0], " ".join(held))
                    for row, held in zip(rows, _keys(old, [row[2:] for row in rows]), strict=True)
                    if row[3]
                ],
            )
        db.executemany("INSERT INTO removed VALUES (?, ?, ?)", ((id, generation, row) for row, id, _, _ in rows))
        found, langs, vectors = self.vectors([row for row, _, _, end in rows if end])
        if len(found):
            _count(db, langs[0], vectors, -1)
        db.executemany("DELETE FROM vectors WHERE n = ?", ((row,) for row, *_ in rows))
        statements.forget(db, n)
        db.execute("DELETE FROM passages WHERE article = ?", (n,))

    def _next_generation(self, db: sqlite3.Connection) -> int:
        generation = self.generation + 1
        set_meta(db, "generation", str(generation))
        return generation

    def _rebuild_lexical(self, db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO lexical (lexical) VALUES ('delete-all')")
        for (n,) in db.execute(f"SELECT a.n FROM {CURRENT}").fetchall():
            article = self._version(db, n)
            if article is not None:
                rows = db.execute('SELECT n, start, "end" FROM passages WHERE article = ?', (n,)).fetchall()
                for (row, _, end), held in zip(rows, _keys(article, [span for _, *span in rows]), strict=True):
                    db.execute("UPDATE passages SET keys = ? WHERE n = ?", (len(held), row))
                    if end:
                        db.execute("INSERT INTO lexical (rowid, keys) VALUES (?, ?)", (row, " ".join(held)))
        set_meta(db, "terms", TERMS_VERSION)

    def rebuild_derived(self) -> None:
        """Make all that follows from texts and vectors anew. The caller holds `writing()`."""
        self.rebuild_lexical()
        self.reread_statements()
        with self._transaction() as db:
            db.execute("DELETE FROM shingles")
            db.execute("DELETE FROM means")
            for (n,) in db.execute(f"SELECT a.n FROM {CURRENT}").fetchall():
                article = self._version(db, n)
                if article is not None:
                    db.executemany("INSERT INTO shingles VALUES (?, ?)", ((k, n) for k in fingerprint(article.text).keys))
                    rows = db.execute('SELECT n FROM passages WHERE article = ? AND "end" > 0', (n,)).fetchall()
                    _count(db, article.lang, self.vectors([row for (row,) in rows])[2], +1)

    def is_whole(self, n: int, version: int) -> bool:
        """Whether the text of a version is there, and the one that was stored."""
        try:
            article = self._version(self._db, n, version)
        except (zlib.error, ValueError):
            return False
        row = self._db.execute("SELECT hash FROM versions WHERE article = ? AND version = ?", (n, version)).fetchone()
        return article is not None and row is not None and article.hash == row[0]

    def bare(self) -> list[str]:
        """Ids of articles that have no passage: `salvage` could not read them all."""
        with self._errors():
            sql = f"SELECT a.id FROM {CURRENT} WHERE a.n NOT IN (SELECT article FROM passages) ORDER BY a.n"
            return [id for (id,) in self._db.execute(sql)]

    def forget_about(self, ids: Sequence[str]) -> None:
        """Take articles for changed, so that adding them again writes their passages anew. The caller holds `writing()`."""
        with self._transaction() as db:
            sql = "UPDATE versions SET about = '' WHERE current AND article = (SELECT n FROM articles WHERE id = ?)"
            db.executemany(sql, [(id,) for id in ids])

    def rebuild_lexical(self) -> None:
        """Make the lexical index anew from the texts. The caller holds `writing()`."""
        with self._transaction() as db:
            self._rebuild_lexical(db)

    def reread_statements(self) -> None:
        """Read who said what from all texts anew. The caller holds `writing()`."""
        from index.quotes import statements as read

        with self._transaction() as db:
            for (n,) in db.execute(f"SELECT a.n FROM {CURRENT}").fetchall():
                article = self._version(db, n)
                if article is not None:
                    statements.forget(db, n)
                    sql = 'SELECT n, start FROM passages WHERE article = ? AND "end" > 0 ORDER BY n'
                    places = db.execute(sql, (n,)).fetchall()
                    said = read(article.text, lang=article.lang, title=article.title, published=article.published)
                    statements.write(db, places, article.text, said if places else ())
            set_meta(db, "statements", statements.VERSION)

    # What Chroma lacks

    def pending(self) -> tuple[list[str], list[int], list[tuple[str, int, int]]]:
        """What the derived stores have to do to be current: ids and rows to forget, then (id, row, article row) to take."""
        with self._errors():
            removed = self._db.execute("SELECT id, n FROM removed").fetchall()
            added = self._db.execute(
                "SELECT id, n, article FROM passages WHERE generation > ? ORDER BY n", (self.indexed,)
            ).fetchall()
            return [id for id, _ in removed], [n for _, n in removed if n], added

    def mark_indexed(self, generation: int) -> None:
        """Chroma holds everything up to `generation`. The caller holds `writing()`."""
        with self._transaction() as db:
            set_meta(db, "indexed", str(generation))
            db.execute("DELETE FROM removed WHERE generation <= ?", (generation,))

    # Reading

    def known(self, id: str) -> Known | None:
        """What is known of an article id, deleted ones included."""
        with self._errors():
            return self._known(self._db, id)

    def _known(self, db: sqlite3.Connection, id: str) -> Known | None:
        row = db.execute(
            "SELECT a.n, a.version, a.deleted, v.hash, v.about FROM articles a "
            "LEFT JOIN versions v ON v.article = a.n AND v.version = a.version WHERE a.id = ?",
            (_sql(id),),
        ).fetchone()
        return Known(*row) if row else None

    def article(self, id: str, version: int | None = None) -> Article | None:
        """One version of an article, the newest by default; None if there is none (or it was deleted: see `known`)."""
        with self._errors():
            known = self._known(self._db, id)
            return self._version(self._db, known.n, version) if known else None

    def articles(self) -> Iterator[Article]:
        """The newest version of every article, in the order they came in."""
        with self._errors():
            for (n,) in self._db.execute(f"SELECT a.n FROM {CURRENT} ORDER BY a.n").fetchall():
                article = self._version(self._db, n)
                if article is not None:
                    yield article

    def _version(self, db: sqlite3.Connection, n: int, version: int | None = None) -> Article | None:
        row = db.execute(f"{VERSION} WHERE a.n = ? AND v.version = coalesce(?, a.version)", (n, version)).fetchone()
        return _article(row[1:]) if row else None

    def counts(self) -> dict[str, int]:
        """articles, versions, passages, deleted."""
        with self._errors():
            one = self._db.execute
            return {
                "articles": one("SELECT count(*) FROM articles WHERE deleted IS NULL").fetchone()[0],
                "versions": one("SELECT count(*) FROM versions").fetchone()[0],
                "passages": one('SELECT count(*) FROM passages WHERE "end" > 0').fetchone()[0],
                "deleted": one("SELECT count(*) FROM articles WHERE deleted IS NOT NULL").fetchone()[0],
            }

    def size(self) -> int:
        """How many passages there are, titles counted."""
        with self._errors():
            return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    @property
    def empty(self) -> bool:
        """Whether there is no passage at all."""
        with self._errors():
            return self._db.execute("SELECT 1 FROM passages LIMIT 1").fetchone() is None

    def languages(self) -> dict[str, int]:
        """Passages a language, most first."""
        with self._errors():
            rows = self._db.execute(
                f"SELECT v.lang, count(*) FROM {CURRENT} JOIN passages p ON p.article = a.n"
                ' WHERE p."end" > 0 GROUP BY v.lang ORDER BY 2 DESC, 1'
            )
            return dict(rows.fetchall())

    def outlets(self) -> dict[str, int]:
        """Articles an outlet, most first."""
        with self._errors():
            return dict(
                self._db.execute(f"SELECT v.outlet, count(*) FROM {CURRENT} GROUP BY v.outlet ORDER BY 2 DESC, 1").fetchall()
            )

    def named(self) -> tuple[list[str], list[str]]:
        """(outlets and agencies, authors): every name that an article has, as it was given."""
        with self._errors():
            sources = self._db.execute(
                "SELECT outlet FROM versions WHERE current UNION SELECT agency FROM versions WHERE current"
            )
            authors = self._db.execute("SELECT DISTINCT authors FROM versions WHERE current AND authors <> '[]'").fetchall()
        return [name for (name,) in sources if name], sorted({name for (names,) in authors for name in json.loads(names)})

    def span_of_dates(self) -> Period | None:
        """From the first publication to the last; None if nothing is dated."""
        with self._errors():
            start, end = self._db.execute(f"SELECT min(v.published_from), max(v.published_to) FROM {CURRENT}").fetchone()
            return None if start is None else Period(start, end)

    def extent(self, filter: Filter | None, as_of: Period | None) -> Extent:
        """How much passes a filter and was there at a time."""
        where, values = _where(filter, as_of)
        rows = f"FROM {CURRENT}" + (f" WHERE {where}" if where else "")
        with self._errors():
            count, start, end = self._db.execute(
                f"SELECT count(*), min(v.published_from), max(v.published_to) {rows}", values
            ).fetchone()
            langs = self._db.execute(f"SELECT v.lang {rows} GROUP BY v.lang ORDER BY count(*) DESC", values).fetchall()
        dates = None if start is None else Period(start, end)
        return Extent(articles=count, dates=dates, languages=tuple(lang for (lang,) in langs if lang))

    def undated(self) -> int:
        """How many articles have no publication date."""
        with self._errors():
            return int(self._db.execute(f"SELECT count(*) FROM {CURRENT} WHERE v.published_from IS NULL").fetchone()[0])

    def postings(self, wanted: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        """Key -> the passage rows that have it, ascending; the rarest keys first, and none that would be too many to read.

        What a passage has is all that is asked: no BM25 of FTS5's, which took 11 ms at 100,000 passages where this takes 3.
        """
        import numpy as np

        kept = self._kept_postings()
        there = [key for key in wanted if key not in kept]
        counts = dict.fromkeys(wanted, 0) | dict(self._in("SELECT term, doc FROM vocabulary WHERE term IN ({})", there))
        counts |= {key: len(kept[key]) for key in wanted if key in kept}
        found: dict[str, NDArray[np.int64]] = {}
        left = POSTINGS
        with self._errors():
            for key in sorted(counts, key=lambda key: counts[key]):
                left -= counts[key]
                if left < 0 and found:
                    break
                if key in kept:
                    found[key] = kept[key]
                    continue
                # One string a key: fetching rows one by one costs twice the time.
                sql = "SELECT group_concat(rowid, ' ') FROM lexical WHERE lexical MATCH ?"
                rows = self._db.execute(sql, (f'"{key}"',)).fetchone()[0] if counts[key] else None
                found[key] = np.fromstring(rows or "", np.int64, sep=" ")
                if counts[key] >= FREQUENT:
                    kept[key] = found[key]
        return found

    def _kept_postings(self) -> dict[str, NDArray[np.int64]]:
        """Postings of frequent words, which come again in question after question, until the library changes."""
        generation = self.generation
        if self._postings[0] != generation or len(self._postings[1]) >= KEPT:
            self._postings = (generation, {})
        return self._postings[1]

    def allowed(self, filter: Filter | None, as_of: Period | None) -> NDArray[np.bool_] | None:
        """By article row: which articles pass the filter and were there at a time. None: all of them."""
        import numpy as np

        where, values = _where(filter, as_of)
        if not where:
            return None
        with self._errors():
            found = self._db.execute(f"SELECT v.article FROM versions v WHERE v.current = 1 AND {where}", values)
            rows = np.fromiter(chain.from_iterable(found), np.int64)
            allowed = np.zeros(2 + self._db.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()[0], bool)
        allowed[rows] = True
        return allowed

    def rows(self, *, after: int = 0) -> NDArray[np.int64]:
        """The rows of all passages that were written after generation `after`, ascending."""
        import numpy as np

        with self._errors():
            found = self._db.execute("SELECT n FROM passages WHERE generation > ?", (after,))
            return np.sort(np.fromiter(chain.from_iterable(found), np.int64))  # ORDER BY n would read the whole table

    def owners(self, *, after: int = 0, rows: Sequence[int] | None = None) -> dict[int, int]:
        """Passage row -> article row: of the given rows, or of those written after generation `after`."""
        if rows is not None:
            return dict(self._in("SELECT n, article FROM passages WHERE n IN ({})", rows))
        with self._errors():
            return dict(self._db.execute("SELECT n, article FROM passages WHERE generation > ?", (after,)).fetchall())

    def rows_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Passage id -> row, for those that are in the library."""
        return dict(self._in("SELECT id, n FROM passages WHERE id IN ({})", ids))

    def vectors(self, rows: Sequence[int]) -> tuple[NDArray[np.int64], list[str], NDArray[np.float32]]:
        """The vectors of passage rows, as (rows found, their languages, matrix), in row order."""
        import numpy as np

        found = sorted(self._in("SELECT n, lang, vector FROM vectors WHERE n IN ({})", sorted(rows)))
        if not found:
            return np.zeros(0, np.int64), [], np.zeros((0, int(self.meta("dimension", "0"))), np.float32)
        matrix = np.frombuffer(b"".join(vector for *_, vector in found), np.float16).reshape(len(found), -1)
        return np.array([n for n, *_ in found], np.int64), [lang for _, lang, _ in found], matrix.astype(np.float32)

    def sums(self) -> dict[str, tuple[NDArray[np.float32], int]]:
        """Language -> (sum of the vectors of its passages, how many)."""
        import numpy as np

        with self._errors():
            rows = self._db.execute("SELECT lang, sum, n FROM means WHERE n > 0").fetchall()
        return {lang: (np.frombuffer(total, np.float64).astype(np.float32), n) for lang, total, n in rows}

    def candidates(self, rows: Sequence[int]) -> tuple[list[Candidate], dict[int, Found]]:
        """What ranking needs of passage rows, ascending, and of the articles they are from, by row.

        A title that was found stands for the first passage of its article.
        """
        found = self._in('SELECT n, article, keys, "end" = 0 FROM passages WHERE n IN ({})', sorted(rows))
        articles = {
            n: Found(n, id, origin, lang, title, None if start is None else Period(start, end), opening, bool(titled))
            for n, id, origin, lang, title, start, end, opening, titled in self._in(
                "SELECT a.n, a.id, a.origin, v.lang, v.title, v.published_from, v.published_to, v.opening, v.titled"
                f" FROM {CURRENT} WHERE a.n IN ({{}})",
                sorted({article for _, article, *_ in found}),
            )
        }
        candidates = {
            n: Candidate(n, article, keys) for n, article, keys, heading in found if not heading and article in articles
        }
        first = {articles[article].first for _, article, _, heading in found if heading and article in articles}
        for row in self._in('SELECT n, article, keys FROM passages WHERE "end" > 0 AND n IN ({})', sorted(first)):
            candidates[row[0]] = Candidate(*row)
        return [candidates[n] for n in sorted(candidates)], articles

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Whole passages by row, each with all that a citation shows."""
        found = self._in('SELECT p.n, p.id, p.article, p.start, p."end" FROM passages p WHERE p.n IN ({})', rows)
        articles = self._in(f"{VERSION} WHERE a.n IN ({{}}) AND v.current", list({article for _, _, article, _, _ in found}))
        whole = {n: _article(row) for n, *row in articles}
        return {
            n: Passage(
                id=id, article_id=of.id, version=of.version, start=start, end=end, text=of.text[start:end], title=of.title,
                outlet=of.outlet, agency=of.agency, lang=of.lang, url=of.url, published=of.published, origin=of.origin,
            )
            for n, id, article, start, end in found
            if (of := whole.get(article)) is not None
        }  # fmt: skip

    def said(
        self,
        filter: Filter | None,
        as_of: Period | None,
        *,
        keys: frozenset[str] = frozenset(),
        passages: Sequence[int] | None = None,
        since: int | None = None,
        until: int | None = None,
        lang: str = "",
    ) -> list[statements.Row]:
        """Statements, newest first, without their texts; see `statements.find`."""
        where, values = _where(filter, as_of)
        with self._errors():
            return statements.find(self._db, where, values, keys=keys, passages=passages, since=since, until=until, lang=lang)

    def texts(self, passages: Sequence[int]) -> dict[int, str]:
        """Passage row -> the whole text of its article."""
        found = self._in("SELECT n, article FROM passages WHERE n IN ({})", sorted(set(passages)))
        sql = "SELECT v.article, t.text FROM versions v JOIN texts t ON t.article = v.article AND t.version = v.version"
        sql += " WHERE v.current AND v.article IN ({})"
        texts = {n: _unpack(text) for n, text in self._in(sql, sorted({article for _, article in found}))}
        return {n: texts[article] for n, article in found if article in texts}

    def versions(self, since: int, until: int) -> list[tuple[int, int, int | None, int | None, int]]:
        """(article row, version, published from, to, taken in) of the articles that came out in [since, until) or changed then:
        every version of theirs."""
        of = "SELECT v.article, v.version, v.published_from, v.published_to, v.added FROM versions v"
        sql = (
            "SELECT article FROM versions WHERE current IN (0, 1) AND published_from < ? AND published_to > ?"
            " UNION SELECT article FROM versions WHERE (published_from IS NULL OR version > 1) AND added >= ? AND added < ?"
        )
        with self._errors():
            found = [n for (n,) in self._db.execute(sql, (until, since, since, until))]
        return self._in(f"{of} WHERE v.article IN ({{}}) ORDER BY v.article, v.version", found)

    def these(self, wanted: Sequence[tuple[int, int]]) -> dict[int, Article]:
        """Article row -> the article, of the (row, version) pairs that are there."""
        rows = self._in(f"{VERSION} WHERE a.n IN ({{}})", [n for n, _ in wanted])
        pairs = set(wanted)
        return {row[0]: _article(row[1:]) for row in rows if (row[0], row[12]) in pairs}

    def openings(self, articles: Sequence[int], first: int) -> list[tuple[int, int, bool]]:
        """(passage row, article row, whether it is the title alone) of the title and the `first` passages of each article."""
        sql = (
            'SELECT p.n, p.article, p."end" = 0 FROM passages p JOIN versions v ON v.article = p.article AND v.current'
            " WHERE p.n < v.opening + v.titled + {} AND p.article IN ({{}}) ORDER BY p.n"
        )
        return [(n, article, bool(heading)) for n, article, heading in self._in(sql.format(first), articles)]

    def copies(self, origins: Iterable[str]) -> dict[str, list[str]]:
        """Origin -> ids of all articles that carry the story, the first to come first."""
        found: dict[str, list[str]] = {}
        for origin, id in self._in(
            f"SELECT a.origin, a.id FROM {CURRENT} WHERE a.origin IN ({{}}) ORDER BY a.n", list(origins)
        ):
            found.setdefault(origin, []).append(id)
        return found

    def all_passages(self) -> Iterator[tuple[str, int, int, int]]:
        """(id, article row, start, end) of every passage, for `doctor` and for comparing libraries."""
        with self._errors():
            yield from self._db.execute('SELECT id, article, start, "end" FROM passages ORDER BY n')

    def _in(self, sql: str, values: Sequence[int] | Sequence[str]) -> list[tuple]:  # type: ignore[type-arg]
        """Run `… IN ({})`. Numbers go in as one value, so that the statement stays prepared: a third less time for 200 rows."""
        with self._errors():
            if not len(values) or not isinstance(values[0], str):
                numbers = json.dumps([int(value) for value in values])
                return self._db.execute(sql.format("SELECT value FROM json_each(?)"), (numbers,)).fetchall()
            found: list[tuple] = []  # type: ignore[type-arg]
            for i in range(0, len(values), 30_000):  # in slices that fit SQLite's limit of variables
                part = list(values[i : i + 30_000])
                found += self._db.execute(sql.format(",".join("?" * len(part))), part).fetchall()
            return found

    def problems(self) -> list[str]:
        """What is wrong inside SQLite, one line each; [] when all is well. Reads everything once."""
        found: list[str] = []
        with self._errors():
            one = self._db.execute
            found += [f"SQLite: {line}" for (line,) in one("PRAGMA quick_check") if line != "ok"]
            if broken := len(one("PRAGMA foreign_key_check").fetchall()):
                found.append(f"{broken} rows point at rows that are not there")
            passages = self.size()
            if (vectors := one("SELECT count(*) FROM vectors").fetchone()[0]) != passages:
                found.append(f"{vectors} vectors for {passages} passages")
            worded = one('SELECT count(*) FROM passages WHERE "end" > 0').fetchone()[0]
            if (lexical := one("SELECT count(*) FROM lexical_docsize").fetchone()[0]) != worded:
                found.append(f"{lexical} entries in the lexical index for {worded} passages")
            if bare := one(f"SELECT count(*) FROM {CURRENT} WHERE a.n NOT IN (SELECT article FROM passages)").fetchone()[0]:
                found.append(f"{bare} articles without a passage")
            for n, _id, version, hash in one(f"SELECT a.n, a.id, a.version, v.hash FROM {CURRENT}").fetchall():
                article = self._version(self._db, n, version)
                if article is None or article.hash != hash:
                    found.append(f"the text of {_id!r} is not the one that was stored")
                    continue
                for start, end in one('SELECT start, "end" FROM passages WHERE article = ?', (n,)):
                    if not (0 <= start < end <= len(article.text) or start == end == 0):
                        found.append(f"a passage of {_id!r} lies outside its text")
                sql = 'SELECT count(*) FROM statements s JOIN passages p ON p.n = s.passage WHERE p.article = ? AND s."end" > ?'
                if one(sql, (n, len(article.text))).fetchone()[0]:
                    found.append(f"statements of {_id!r} lie outside its text")
        return found

    def matching(self, *, url: str = "", outlet: str = "", before: int | None = None) -> list[str]:
        """Ids of the articles that have all of these: the address (tracking parameters do not count), the outlet (compared
        without case and accents), a publication that was over before the time `before`. Undated articles are never before."""
        parts = ["1"]
        values: list[str | int] = []
        if url:
            parts.append("(a.id IN (?, ?) OR v.url IN (?, ?))")
            values += [url, canonical(url)] * 2
        if outlet:
            parts.append("v.outlet_key = ?")
            values.append(fold(outlet))
        if before is not None:
            parts.append("v.published_to <= ?")
            values.append(before)
        with self._errors():
            sql = f"SELECT a.id FROM {CURRENT} WHERE {' AND '.join(parts)} ORDER BY a.n"
            return [id for (id,) in self._db.execute(sql, values)]


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows of an article id."""

    n: int
    version: int
    deleted: int | None  # when
    hash: str | None
    about: str | None


def about(article: Article) -> str:
    """Hash of everything but title and text: tells whether a known article's metadata changed."""
    import hashlib

    fields = (
        article.outlet,
        article.agency,
        article.authors,
        str(article.published or ""),
        article.date_source,
        article.lang,
        article.url,
    )
    return hashlib.blake2b(repr(fields).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _where(filter: Filter | None, as_of: Period | None) -> tuple[str, list[str | int]]:
    """A Filter and a time as SQL over `versions v`: the condition ("" for none) and its values."""
    parts: list[str] = []
    values: list[str | int] = []
    if as_of:
        parts.append("(v.published_from < ? OR v.published_from IS NULL)")
        values.append(as_of.end)
    if filter is None:
        return " AND ".join(parts), values
    if filter.ids:
        parts.append(f"v.article IN (SELECT n FROM articles WHERE id IN ({','.join('?' * len(filter.ids))}))")
        values += sorted(filter.ids)
    for column, wanted in (("v.lang", filter.langs), ("v.outlet_key", {fold(o) for o in filter.outlets})):
        if wanted:
            parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += sorted(wanted)
    if filter.authors:
        parts.append("(" + " OR ".join("instr(v.authors_key, ?)" for _ in filter.authors) + ")")
        values += sorted(f"|{fold(author)}|" for author in filter.authors)
    if filter.sources:
        marks = ",".join("?" * len(filter.sources))
        parts.append(f"(v.outlet IN ({marks}) OR v.agency IN ({marks}))")
        values += sorted(filter.sources) * 2
    if filter.window:
        parts.append("v.published_from < ? AND v.published_to > ?")
        values += [filter.window.end, filter.window.start]
    return " AND ".join(parts), values


def _article(row: Sequence[Any]) -> Article:
    """The Article of a row of VERSION, without its first column."""
    id, text, title, outlet, agency, authors, start, end, source, lang, url, number, origin = row
    return Article(
        id=id, text=_unpack(text), title=title, outlet=outlet, agency=agency, authors=tuple(json.loads(authors)),
        published=None if start is None else Period(start, end), date_source=source, lang=lang, url=url, version=number,
        origin=origin,
    )  # fmt: skip


def _keys(article: Article, spans: Iterable[Sequence[int]]) -> list[list[str]]:
    """What the lexical index holds of each passage, title and outlet among it: questions name outlets ("reported by …").

    Nothing of the title alone. Deleting repeats it: same input, same output.
    """
    head = set(keys(f"{article.title}\n{article.outlet}", article.lang))
    return [sorted(head.union(keys(article.text[start:end], article.lang))) if end else [] for start, end in spans]


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


def _sql(text: str) -> str:
    """Text that SQLite takes: lone surrogates become U+FFFD, NUL becomes a visible mark."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{SYMBOL FOR NULL}")


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def _unpack(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
