"""Reading the library: articles and versions, passages and vectors for the search, counts. `writer.py` writes them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from index.records import Article, Extent, Passage, Period, Scope
from index.storage.records import CandidateArticle, KnownArticle, SourceNames, StatementQuery, StatementRow, VersionDates
from index.storage.sqlite import statements
from index.storage.sqlite.database import Database
from index.storage.sqlite.rows import (
    CURRENT,
    SELECT_ARTICLE,
    ArticleRow,
    CandidateArticleRow,
    CandidateRow,
    KnownRow,
    period,
    sql_text,
)
from index.text.fold import fold
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KNOWN = (
    "SELECT a.n, a.id, a.version, a.deleted, v.hash, v.about FROM articles a "
    "LEFT JOIN versions v ON v.article = a.n AND v.version = a.version"
)


class Reader:
    """What can be asked of a library. Methods may be called from any thread."""

    def __init__(self, database: Database, publishers: Publishers = SHIPPED) -> None:
        """`publishers`: which names of outlets mean one, in filters."""
        self.database = database
        self.publishers = publishers

    # What Chroma lacks

    def pending(self) -> tuple[list[str], list[int], list[tuple[str, int, int]]]:
        """What the derived stores have to do to be current: ids and rows to forget, then (id, row, article row) to take."""
        with self.database.errors():
            removed = self.database.db.execute("SELECT id, n FROM removed").fetchall()
            added = self.database.db.execute(
                "SELECT id, n, article FROM passages WHERE generation > ? ORDER BY n", (self.database.indexed,)
            ).fetchall()
            return [id for id, _ in removed], [n for _, n in removed if n], added

    # Reading

    def known(self, ids: Sequence[str]) -> dict[str, KnownArticle]:
        """What is known of article ids, deleted ones included."""
        given = {sql_text(id): id for id in ids}
        return {
            given[row.id]: KnownArticle(row.version, row.deleted, row.hash or "", row.about or "")
            for row in map(KnownRow._make, self._in(f"{KNOWN} WHERE a.id IN ({{}})", list(given)))
        }

    def known_row(self, db: sqlite3.Connection, id: str) -> KnownRow | None:
        row = db.execute(f"{KNOWN} WHERE a.id = ?", (sql_text(id),)).fetchone()
        return KnownRow._make(row) if row else None

    def article(self, id: str, version: int | None = None) -> Article | None:
        """One version of an article, the newest by default; None if there is none (or it was deleted: see `known`)."""
        with self.database.errors():
            known = self.known_row(self.database.db, id)
            return self.version(self.database.db, known.n, version) if known else None

    def articles(self, wanted: Sequence[tuple[str, int]] | None = None) -> Iterator[Article]:
        """The newest version of every article, in the order they came in; or those of the (id, version) that are there."""
        if wanted is not None:
            pairs = set(wanted)
            rows = map(ArticleRow._make, self._in(f"{SELECT_ARTICLE} WHERE a.id IN ({{}})", list({id for id, _ in wanted})))
            yield from (row.article for row in rows if (row.id, row.version) in pairs)
            return
        with self.database.errors():
            for (n,) in self.database.db.execute(f"SELECT a.n FROM {CURRENT} ORDER BY a.n").fetchall():
                article = self.version(self.database.db, n)
                if article is not None:
                    yield article

    def version(self, db: sqlite3.Connection, n: int, version: int | None = None) -> Article | None:
        row = db.execute(f"{SELECT_ARTICLE} WHERE a.n = ? AND v.version = coalesce(?, a.version)", (n, version)).fetchone()
        return ArticleRow._make(row).article if row else None

    def counts(self) -> dict[str, int]:
        """articles, versions, passages, deleted."""
        with self.database.errors():
            execute = self.database.db.execute
            return {
                "articles": execute("SELECT count(*) FROM articles WHERE deleted IS NULL").fetchone()[0],
                "versions": execute("SELECT count(*) FROM versions").fetchone()[0],
                "passages": execute('SELECT count(*) FROM passages WHERE "end" > 0').fetchone()[0],
                "deleted": execute("SELECT count(*) FROM articles WHERE deleted IS NOT NULL").fetchone()[0],
            }

    def size(self, *, until: int | None = None) -> int:
        """How many passages there are, titles counted; those that were written up to a generation."""
        with self.database.errors():
            sql = "SELECT count(*) FROM passages" + (" WHERE generation <= ?" if until is not None else "")
            return int(self.database.db.execute(sql, () if until is None else (until,)).fetchone()[0])

    @property
    def empty(self) -> bool:
        """Whether there is no passage at all."""
        return not self._all("SELECT 1 FROM passages LIMIT 1")

    def languages(self) -> dict[str, int]:
        """Passages a language, most first."""
        return dict(
            self._all(
                f"SELECT v.lang, count(*) FROM {CURRENT} JOIN passages p ON p.article = a.n"
                ' WHERE p."end" > 0 GROUP BY v.lang ORDER BY 2 DESC, 1'
            )
        )

    def outlets(self) -> dict[str, int]:
        """Articles an outlet, most first."""
        return dict(self._all(f"SELECT v.outlet, count(*) FROM {CURRENT} GROUP BY v.outlet ORDER BY 2 DESC, 1"))

    def names(self) -> SourceNames:
        """Every name that an article has, as it was given."""
        agencies = self._all("SELECT DISTINCT agency FROM versions WHERE current")
        authors = self._all("SELECT DISTINCT authors FROM versions WHERE current AND authors <> '[]'")
        return SourceNames(
            outlets=[name for name in self.outlets() if name],
            agencies=[name for (name,) in agencies if name],
            authors=sorted({name for (names,) in authors for name in json.loads(names)}),
        )

    def span_of_dates(self) -> Period | None:
        """From the first publication to the last; None if nothing is dated."""
        ((start, end),) = self._all(f"SELECT min(v.published_from), max(v.published_to) FROM {CURRENT}")
        return period(start, end)

    def extent(self, scope: Scope) -> Extent:
        """How much is in a scope."""
        where, values = _where(scope, self.publishers)
        rows = f"FROM {CURRENT}" + (f" WHERE {where}" if where else "")
        with self.database.errors():
            latest = "max(min(v.published_to, v.published_from + 86400))"
            count, start, end, day = self.database.db.execute(
                f"SELECT count(*), min(v.published_from), max(v.published_to), {latest} {rows}", values
            ).fetchone()
            langs = self.database.db.execute(f"SELECT v.lang {rows} GROUP BY v.lang ORDER BY count(*) DESC", values).fetchall()
        languages = tuple(lang for (lang,) in langs if lang)
        return Extent(articles=count, dates=period(start, end), languages=languages, latest=day)

    def undated(self) -> int:
        """How many articles have no publication date."""
        return int(self._all(f"SELECT count(*) FROM {CURRENT} WHERE v.published_from IS NULL")[0][0])

    def key_counts(self, keys: Sequence[str]) -> dict[str, int]:
        """Key of the lexical index -> how many passages have it."""
        return dict(self._in("SELECT term, doc FROM vocabulary WHERE term IN ({})", keys))

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

        where, values = _where(scope, self.publishers)
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
        """The rows of all passages that were written after generation `after`, ascending."""
        import numpy as np

        with self.database.errors():
            rows = self.database.db.execute("SELECT n FROM passages WHERE generation > ?", (after,))
            return np.sort(np.fromiter(chain.from_iterable(rows), np.int64))  # ORDER BY n would read the whole table

    def owners(self, *, after: int = 0, rows: Sequence[int] | None = None) -> dict[int, int]:
        """Passage row -> article row: of the given rows, or of those written after generation `after`."""
        if rows is not None:
            return dict(self._in("SELECT n, article FROM passages WHERE n IN ({})", rows))
        with self.database.errors():
            return dict(self.database.db.execute("SELECT n, article FROM passages WHERE generation > ?", (after,)).fetchall())

    def rows_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Passage id -> row, for those that are in the library."""
        return dict(self._in("SELECT id, n FROM passages WHERE id IN ({})", ids))

    def ids_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Row -> passage id, for those that are in the library."""
        return dict(self._in("SELECT n, id FROM passages WHERE n IN ({})", rows))

    def vectors(self, rows: Sequence[int]) -> tuple[NDArray[np.int64], list[str], NDArray[np.float32]]:
        """The vectors of passage rows, as (rows found, their languages, matrix), in row order."""
        import numpy as np

        stored = sorted(self._in("SELECT n, lang, vector FROM vectors WHERE n IN ({})", sorted(rows)))
        if not stored:
            return np.zeros(0, np.int64), [], np.zeros((0, int(self.database.meta("dimension", "0"))), np.float32)
        matrix = np.frombuffer(b"".join(vector for *_, vector in stored), np.float16).reshape(len(stored), -1)
        return np.array([n for n, *_ in stored], np.int64), [lang for _, lang, _ in stored], matrix.astype(np.float32)

    def sums(self) -> dict[str, tuple[NDArray[np.float32], int]]:
        """Language -> (sum of the vectors of its passages, how many)."""
        import numpy as np

        rows = self._all("SELECT lang, sum, n FROM means WHERE n > 0")
        return {lang: (np.frombuffer(total, np.float64).astype(np.float32), n) for lang, total, n in rows}

    def language_counts(self) -> dict[str, int]:
        """Language -> how many passages `sums` has of it."""
        return dict(self._all("SELECT lang, n FROM means WHERE n > 0"))

    def candidates(self, rows: Sequence[int]) -> tuple[list[CandidateRow], dict[int, CandidateArticleRow]]:
        """What ranking needs of passage rows, ascending, and of the articles they are from, by row.

        A title that was found stands for the first passage of its article.
        """
        query = 'SELECT n, id, article, keys, "end" = 0, aside, start, "end" FROM passages WHERE n IN ({})'
        stored = self._in(query, sorted(rows))
        articles = {
            n: CandidateArticleRow(
                n, opening, bool(titled), CandidateArticle(id, origin, lang, title, outlet, agency, period(start, end))
            )
            for n, opening, titled, id, origin, lang, title, outlet, agency, start, end in self._in(
                "SELECT a.n, v.opening, v.titled, a.id, a.origin, v.lang, v.title, v.outlet, v.agency,"
                f" v.published_from, v.published_to FROM {CURRENT} WHERE a.n IN ({{}})",
                sorted({article for _, _, article, *_ in stored}),
            )
        }
        candidates: dict[int, CandidateRow] = {}
        first = {articles[article].first for _, _, article, _, heading, *_ in stored if heading and article in articles}
        for n, id, article, keys, heading, *place in [*stored, *self._in(query, sorted(first))]:
            if not heading and article in articles:
                candidates[n] = CandidateRow(n, id, article, keys, _captioned(*place) if place[0] else 0.0)
        return [candidates[n] for n in sorted(candidates)], articles

    def passages(self, ids: Sequence[str]) -> dict[str, tuple[Passage, str]]:
        """Whole passages by id, each with all that a citation shows, and the text of its article."""
        stored = self._in('SELECT id, article, start, "end", aside FROM passages WHERE id IN ({})', ids)
        rows = self._in(f"{SELECT_ARTICLE} WHERE a.n IN ({{}}) AND v.current", list({article for _, article, *_ in stored}))
        articles = {row[0]: ArticleRow._make(row).article for row in rows}
        return {
            id: (
                Passage(
                    id=id, article_id=whole.id, version=whole.version, start=start, end=end,
                    text=whole.text[start:end], title=whole.title, outlet=whole.outlet, agency=whole.agency, lang=whole.lang,
                    url=whole.url, published=whole.published, origin=whole.origin,
                    aside=tuple(tuple(pair) for pair in json.loads(aside)) if aside else (),
                ),
                whole.text,
            )
            for id, article, start, end, aside in stored
            if (whole := articles.get(article)) is not None
        }  # fmt: skip

    def statements(self, query: StatementQuery, scope: Scope) -> list[StatementRow]:
        """Statements, newest first, without what their texts tell; see `statements.find`."""
        where, values = _where(scope, self.publishers)
        with self.database.errors():
            return statements.find(self.database.db, query, where, values)

    def versions(self, window: Period, ids: Collection[str]) -> list[VersionDates]:
        """Every version of the articles that came out in the window or changed in it; of those with `ids` where any are."""
        inside = " AND article IN (SELECT n FROM articles WHERE id IN (SELECT value FROM json_each(?)))" if ids else ""
        given = [json.dumps(sorted(ids))] * bool(ids)
        sql = (
            f"SELECT article FROM versions WHERE current IN (0, 1) AND published_from < ? AND published_to > ?{inside} UNION"
            f" SELECT article FROM versions WHERE (published_from IS NULL OR version > 1) AND added >= ? AND added < ?{inside}"
        )
        of = (
            "SELECT a.id, v.version, v.published_from, v.published_to, v.added"
            " FROM versions v JOIN articles a ON a.n = v.article WHERE v.article IN ({}) ORDER BY v.article, v.version"
        )
        with self.database.errors():
            values = (window.end, window.start, *given, window.start, window.end, *given)
            there = [n for (n,) in self.database.db.execute(sql, values)]
        return [VersionDates(*row) for row in self._in(of, there)]

    def without_date(self, most: int) -> list[VersionDates]:
        """The newest versions of articles without a date, those taken in last first, at most so many."""
        sql = f"SELECT a.id, v.version, NULL, NULL, v.added FROM {CURRENT} WHERE v.published_from IS NULL"
        return [VersionDates(*row) for row in self._all(f"{sql} ORDER BY v.added DESC, a.n DESC LIMIT {int(most)}")]

    def openings(self, ids: Sequence[str], first: int) -> list[tuple[int, str, bool]]:
        """(passage row, article id, whether it is the title alone) of the title and the `first` passages of each article."""
        sql = (
            f'SELECT p.n, a.id, p."end" = 0 FROM {CURRENT} JOIN passages p ON p.article = a.n'
            f" WHERE p.n < v.opening + v.titled + {int(first)} AND a.id IN ({{}}) ORDER BY p.n"
        )
        return [(n, id, bool(heading)) for n, id, heading in self._in(sql, ids)]

    def copies(self, origins: Iterable[str]) -> dict[str, list[str]]:
        """Origin -> ids of all articles that carry the story, the first to come first."""
        by_origin: dict[str, list[str]] = {}
        for origin, id in self._in(
            f"SELECT a.origin, a.id FROM {CURRENT} WHERE a.origin IN ({{}}) ORDER BY a.n", list(origins)
        ):
            by_origin.setdefault(origin, []).append(id)
        return by_origin

    def all_passages(self) -> Iterator[tuple[str, int, int, int]]:
        """(id, article row, start, end) of every passage, for `doctor` and for comparing libraries."""
        with self.database.errors():
            yield from self.database.db.execute('SELECT id, article, start, "end" FROM passages ORDER BY n')

    def _all(self, sql: str, values: Sequence[int | str] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self.database.errors():
            return self.database.db.execute(sql, values).fetchall()

    def _in(self, sql: str, values: Sequence[int] | Sequence[str]) -> list[tuple]:  # type: ignore[type-arg]
        """Run `… IN ({})`. They go in as one value, so that the statement stays prepared: a third less time for 200 rows."""
        given = json.dumps(values if not len(values) or isinstance(values[0], str) else [int(value) for value in values])
        return self._all(sql.format("SELECT value FROM json_each(?)"), (given,))

    def is_whole(self, n: int, version: int) -> bool:
        """Whether the text of a version is there, and the one that was stored."""
        try:
            article = self.version(self.database.db, n, version)
        except (zlib.error, ValueError):
            return False
        row = self.database.db.execute("SELECT hash FROM versions WHERE article = ? AND version = ?", (n, version)).fetchone()
        return article is not None and row is not None and article.hash == row[0]

    def bare(self) -> list[str]:
        """Ids of articles that have no passage: `salvage` could not read them all."""
        with self.database.errors():
            sql = f"SELECT a.id FROM {CURRENT} WHERE a.n NOT IN (SELECT article FROM passages) ORDER BY a.n"
            return [id for (id,) in self.database.db.execute(sql)]

    def matching(self, *, urls: Sequence[str] = (), outlet: str = "", before: int | None = None) -> list[str]:
        """Ids of the articles that have all of these: one of the addresses, the outlet (compared
        without case and accents), a publication that was over before the time `before`. Undated articles are never before."""
        parts = ["1"]
        values: list[str | int] = []
        if urls:
            places = ",".join("?" * len(urls))
            parts.append(f"(a.id IN ({places}) OR v.url IN ({places}))")
            values += [*urls, *urls]
        if outlet:
            spellings = sorted(self.publishers.spellings(outlet))
            parts.append(f"v.outlet_key IN ({','.join('?' * len(spellings))})")
            values += spellings
        if before is not None:
            parts.append("v.published_to <= ?")
            values.append(before)
        with self.database.errors():
            sql = f"SELECT a.id FROM {CURRENT} WHERE {' AND '.join(parts)} ORDER BY a.n"
            return [id for (id,) in self.database.db.execute(sql, values)]


def _where(scope: Scope, publishers: Publishers) -> tuple[str, list[str | int]]:
    """A scope as SQL over `versions v`: the condition ("" for none) and its values."""
    parts: list[str] = []
    values: list[str | int] = []
    filter = scope.filter
    if scope.as_of:
        parts.append("(v.published_from < ? OR v.published_from IS NULL)")
        values.append(scope.as_of.end)
    if filter is None:
        return " AND ".join(parts), values
    if filter.ids:
        parts.append(f"v.article IN (SELECT n FROM articles WHERE id IN ({','.join('?' * len(filter.ids))}))")
        values += sorted(filter.ids)
    spellings = frozenset[str]().union(*map(publishers.spellings, filter.outlets))
    for column, wanted in (("v.lang", filter.langs), ("v.outlet_key", spellings)):
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


def _captioned(aside: str, start: int, end: int) -> float:
    """The share of a passage that is captions."""
    captions = (min(b, end) - max(a, start) for a, b, kind in json.loads(aside) if kind == "caption")
    return float(sum(captions) / (end - start))
