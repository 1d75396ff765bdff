"""What the library holds: articles, their versions, passages, vectors and the lexical index. THE SOURCE OF TRUTH.

Whatever Chroma holds can be rebuilt from here without embedding again. Every write is one transaction that moves the
*generation* on by one; a passage remembers the generation that wrote it, and `removed` those that Chroma still has to forget.
So "what does Chroma lack?" is one query (`pending`), the same after a crash as in the middle of an ordinary run.

Text is stored compressed as UTF-8 bytes, not as an SQL string: SQL functions stop at NUL, and a lone surrogate is no SQL text.
"""

from __future__ import annotations

import json
import math
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.database import Database, set_meta
from index.dedupe import MOST, SHARED, Fingerprint, decide, fingerprint
from index.dedupe import Known as KnownStory
from index.records import Article, Filter, Passage, Period, passage_id
from index.terms import VERSION as TERMS_VERSION
from index.terms import fold, names, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# One row an article: its newest version, unless deleted.
CURRENT = "articles a JOIN versions v ON v.article = a.n AND v.version = a.version AND a.deleted IS NULL"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be written."""

    article: Article
    spans: Sequence[tuple[int, int]]  # of its passages, code points; (0, 0) first for the title alone, where it has one
    vectors: NDArray[np.float16]  # (len(spans), dimension), normalised
    mark: Fingerprint


@dataclass(frozen=True, slots=True)
class Candidate:
    """What ranking needs to know of a passage, without its text."""

    n: int
    article: int  # row
    article_id: str
    origin: str
    lang: str
    title: str
    published: Period | None
    heading: bool  # it is the title alone


class Library(Database):
    """The articles in a library's folder. Methods may be called from any thread."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open, create or migrate. Raises LibraryError if the folder cannot be used or is newer than this program."""
        super().__init__(folder, create=create)
        if self.meta("terms", "") != TERMS_VERSION:
            with self.writing():
                self.rebuild_lexical()

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
            generation = self._next_generation(db)
            for one in batch:
                what = self._put_one(db, one, generation)
                counts[what] += 1
                counts["passages"] += sum(end > 0 for _, end in one.spans) if what in ("new", "changed") else 0
        return counts

    def _put_one(self, db: sqlite3.Connection, one: Prepared, generation: int) -> str:
        article = replace(one.article, id=_sql(one.article.id))
        known = self._known(db, article.id)
        if known and known.deleted:
            return "deleted"
        if known and (known.hash, known.about) == (article.hash, about(article)):
            return "same"
        if known:
            n, version = known.n, known.version + (known.hash != article.hash)
            self._forget_passages(db, n, generation)
            db.execute("UPDATE articles SET version = ? WHERE n = ?", (version, n))
            db.execute("DELETE FROM shingles WHERE article = ?", (n,))
        else:
            version = 1
            n = int(
                db.execute(
                    "INSERT INTO articles (id, version, origin) VALUES (?, 1, ?) RETURNING n",
                    (article.id, self._story(db, article, one.mark)),
                ).fetchone()[0]
            )
        db.executemany("INSERT INTO shingles VALUES (?, ?)", ((key, n) for key in one.mark.keys))
        published = article.published
        db.execute(
            "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(n, version, _sql(article.title), _sql(article.outlet), fold(_sql(article.outlet)), _sql(article.agency)),
                json.dumps(article.authors),
                "".join(f"|{fold(_sql(author))}" for author in article.authors) + "|",
                *((published.start, published.end) if published else (None, None)),
                *(_sql(article.date_source), _sql(article.lang), _sql(article.url)),
                *(article.hash, about(article), int(time.time())),
            ),
        )
        db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", (n, version, _pack(article.text)))
        _count(db, article.lang, one.vectors[sum(not end for _, end in one.spans) :], +1)  # titles stand first
        for (start, end), vector in zip(one.spans, one.vectors, strict=True):
            row = db.execute(
                'INSERT INTO passages (id, article, start, "end", generation) VALUES (?, ?, ?, ?, ?) RETURNING n',
                (passage_id(article.id, version, start, end), n, start, end, generation),
            ).fetchone()[0]
            db.execute("INSERT INTO vectors VALUES (?, ?, ?)", (row, article.lang, vector.tobytes()))
            if end:
                entry = (row, *_lexical(article, start, end))
                db.execute("INSERT INTO lexical (rowid, terms, names) VALUES (?, ?, ?)", entry)
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
                "INSERT INTO lexical (lexical, rowid, terms, names) VALUES ('delete', ?, ?, ?)",
                ((row, *_lexical(old, start, end)) for row, _, start, end in rows if end),
            )
        db.executemany("INSERT INTO removed VALUES (?, ?)", ((id, generation) for _, id, _, _ in rows))
        found, langs, vectors = self.vectors([row for row, _, _, end in rows if end])
        if len(found):
            _count(db, langs[0], vectors, -1)
        db.executemany("DELETE FROM vectors WHERE n = ?", ((row,) for row, *_ in rows))
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
                db.executemany(
                    "INSERT INTO lexical (rowid, terms, names) VALUES (?, ?, ?)",
                    ((row, *_lexical(article, start, end)) for row, start, end in rows if end),
                )
        set_meta(db, "terms", TERMS_VERSION)

    def rebuild_lexical(self) -> None:
        """Make the lexical index anew from the texts. The caller holds `writing()`."""
        with self._transaction() as db:
            self._rebuild_lexical(db)

    # What Chroma lacks

    def pending(self) -> tuple[list[str], list[str], list[int]]:
        """What Chroma has to do to be current: ids to forget, then ids to take and their rows. Empty lists: nothing."""
        with self._errors():
            after = self.indexed
            removed = [id for (id,) in self._db.execute("SELECT id FROM removed")]
            added = self._db.execute("SELECT id, n FROM passages WHERE generation > ? ORDER BY n", (after,)).fetchall()
            return removed, [id for id, _ in added], [n for _, n in added]

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
        row = db.execute(
            "SELECT a.id, t.text, v.title, v.outlet, v.agency, v.authors, v.published_from, v.published_to, v.date_source,"
            " v.lang, v.url, v.version, a.origin FROM articles a"
            " JOIN versions v ON v.article = a.n JOIN texts t ON t.article = a.n AND t.version = v.version"
            " WHERE a.n = ? AND v.version = coalesce(?, a.version)",
            (n, version),
        ).fetchone()
        if row is None:
            return None
        id, text, title, outlet, agency, authors, start, end, source, lang, url, number, origin = row
        return Article(
            id=id, text=_unpack(text), title=title, outlet=outlet, agency=agency, authors=tuple(json.loads(authors)),
            published=None if start is None else Period(start, end), date_source=source, lang=lang, url=url, version=number,
            origin=origin,
        )  # fmt: skip

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

    def span_of_dates(self) -> Period | None:
        """From the first publication to the last; None if nothing is dated."""
        with self._errors():
            start, end = self._db.execute(f"SELECT min(v.published_from), max(v.published_to) FROM {CURRENT}").fetchone()
            return None if start is None else Period(start, end)

    def undated(self) -> int:
        """How many articles have no publication date."""
        with self._errors():
            return int(self._db.execute(f"SELECT count(*) FROM {CURRENT} WHERE v.published_from IS NULL").fetchone()[0])

    def lexical(self, column: str, words: Iterable[str], limit: int, filter: Filter | None = None) -> list[tuple[int, float]]:
        """Passage rows with any of the words in the column ("terms" or "names"), best first, and how well each does, 0..1.

        The value is BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = .75) over the highest that a passage could reach.
        """
        wanted = list(dict.fromkeys(words))
        if not wanted:
            return []
        quoted = " OR ".join(f'"{word}"' for word in wanted)
        query = f"{column} : ({quoted})"
        sql, values = "SELECT rowid, -bm25(lexical) FROM lexical WHERE lexical MATCH ?", [query]
        where, more = _where(filter)
        if where:
            sql += f" AND rowid IN (SELECT p.n FROM {CURRENT} JOIN passages p ON p.article = a.n WHERE {where})"
        with self._errors():
            found = self._db.execute(f"{sql} ORDER BY rank LIMIT ?", (*values, *more, limit)).fetchall()
            highest = self._attainable(column, wanted)
        return [(row, score / highest) for row, score in found]

    def _attainable(self, column: str, words: Sequence[str]) -> float:
        """The BM25 that a very short passage full of the words would have: the sum of idf (k1 + 1), with FTS5's idf."""
        size = self._db.execute("SELECT count(*) FROM lexical_docsize").fetchone()[0]
        found = dict(
            self._db.execute(
                f"SELECT term, doc FROM vocabulary WHERE col = ? AND term IN ({','.join('?' * len(words))})", (column, *words)
            )
        )
        counts = (found.get(word, 0) for word in words)
        return max(1e-9, sum(max(1e-6, math.log((size - n + 0.5) / (n + 0.5))) * 2.2 for n in counts))

    def rows(self, filter: Filter | None = None, *, after: int = 0) -> NDArray[np.int64]:
        """The rows of all passages that pass the filter and were written after generation `after`."""
        import numpy as np

        where, values = _where(filter)
        sql = "SELECT n FROM passages WHERE generation > ?"
        if where:
            sql = f"SELECT p.n FROM {CURRENT} JOIN passages p ON p.article = a.n WHERE p.generation > ? AND {where}"
        with self._errors():
            return np.fromiter((n for (n,) in self._db.execute(sql, (after, *values))), np.int64)

    def rows_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Passage id -> row, for those that are in the library."""
        return dict(self._in("SELECT id, n FROM passages WHERE id IN ({})", ids))

    def vectors(self, rows: Sequence[int]) -> tuple[NDArray[np.int64], list[str], NDArray[np.float32]]:
        """The vectors of passage rows, as (rows found, their languages, matrix), in row order."""
        import numpy as np

        found = sorted(self._in("SELECT n, lang, vector FROM vectors WHERE n IN ({})", rows))
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

    def candidates(self, rows: Sequence[int]) -> dict[int, Candidate]:
        """What ranking needs of passage rows."""
        found = self._in(
            f'SELECT p.n, a.n, a.id, a.origin, v.lang, v.title, v.published_from, v.published_to, p."end" = 0 FROM {CURRENT} '
            "JOIN passages p ON p.article = a.n WHERE p.n IN ({})",
            rows,
        )
        return {
            row: Candidate(row, n, id, origin, lang, title, None if start is None else Period(start, end), bool(heading))
            for row, n, id, origin, lang, title, start, end, heading in found
        }

    def openings(self, articles: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
        """Article row -> the passage rows of its title (None: it has none) and of its first passage."""
        rows = self._in(
            'SELECT article, n, "end" = 0 FROM passages WHERE article IN ({}) ORDER BY start DESC, "end" DESC', articles
        )
        found: dict[int, tuple[int | None, int | None]] = {}
        for article, n, heading in rows:
            title, first = found.get(article, (None, None))
            found[article] = (n, first) if heading else (title, n)
        return found

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Whole passages by row, each with all that a citation shows."""
        found = self._in('SELECT p.n, p.id, p.article, p.start, p."end" FROM passages p WHERE p.n IN ({})', rows)
        with self._errors():
            whole = {n: self._version(self._db, n) for n in {article for _, _, article, _, _ in found}}
        return {
            n: Passage(
                id=id, article_id=of.id, version=of.version, start=start, end=end, text=of.text[start:end], title=of.title,
                outlet=of.outlet, agency=of.agency, lang=of.lang, url=of.url, published=of.published, origin=of.origin,
            )
            for n, id, article, start, end in found
            if (of := whole[article]) is not None
        }  # fmt: skip

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
        """Run `… IN ({})` in slices that fit SQLite's limit of variables."""
        found: list[tuple] = []  # type: ignore[type-arg]
        with self._errors():
            for i in range(0, len(values), 30_000):
                part = [v.item() if hasattr(v, "item") else v for v in values[i : i + 30_000]]
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
        return found


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


def _where(filter: Filter | None) -> tuple[str, list[str | int]]:
    """A Filter as SQL over CURRENT: the condition ("" for none) and its values."""
    parts: list[str] = []
    values: list[str | int] = []
    if filter is None:
        return "", values
    for column, wanted in (("v.lang", filter.langs), ("a.id", filter.ids), ("v.outlet_key", {fold(o) for o in filter.outlets})):
        if wanted:
            parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += sorted(wanted)
    if filter.authors:
        parts.append("(" + " OR ".join("instr(v.authors_key, ?)" for _ in filter.authors) + ")")
        values += sorted(f"|{fold(author)}|" for author in filter.authors)
    if filter.window:
        parts.append("v.published_from < ? AND v.published_to > ?")
        values += [filter.window.end, filter.window.start]
    return " AND ".join(parts), values


def _lexical(article: Article, start: int, end: int) -> tuple[str, str]:
    """The terms and names that the lexical index holds of a passage. Deleting repeats them: same input, same output."""
    text = f"{article.title}\n{article.outlet}\n{article.text[start:end]}"  # questions name outlets: "reported by …"
    return " ".join(terms(text, article.lang)), " ".join(names(text, article.lang))


def _count(db: sqlite3.Connection, lang: str, vectors: NDArray[np.float16] | NDArray[np.float32], sign: int) -> None:
    """Add vectors to, or take them from, the sum of their language."""
    import numpy as np

    if not len(vectors):
        return
    total, n = vectors.sum(0, dtype=np.float64) * sign, len(vectors) * sign
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
