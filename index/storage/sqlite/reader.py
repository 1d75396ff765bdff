"""Reading the library: articles and versions, passages and vectors for the search, counts. `writer.py` writes them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.records import Article, Extent, Passage, Period, Scope
from index.storage.sqlite import statements
from index.storage.sqlite.database import Database
from index.text.fold import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

POSTINGS = 25_000  # rows of the lexical index read for one question, the rarest keys first: 2 ms of CPU

FREQUENT = 2_000  # passages that have a word from which on its postings are kept
KEPT = 200  # words, so at most 40 MB

VERSION = (
    "SELECT a.n, a.id, t.text, v.title, v.outlet, v.agency, v.authors, v.published_from, v.published_to, v.date_source,"
    " v.lang, v.url, v.version, a.origin FROM articles a"
    " JOIN versions v ON v.article = a.n JOIN texts t ON t.article = a.n AND t.version = v.version"
)
# One row an article: its newest version, unless deleted.
CURRENT = "articles a JOIN versions v ON v.article = a.n AND v.version = a.version AND a.deleted IS NULL"


class Candidate(NamedTuple):  # made by the hundred for each question, in a third of a dataclass's time
    """What ranking needs to know of a passage, without its text."""

    n: int
    article: int  # row
    keys: int  # how many the lexical index has of it
    captioned: float = 0.0  # share of it that is captions, 0..1


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


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows of an article id."""

    n: int
    version: int
    deleted: int | None  # when
    hash: str | None
    about: str | None


class Reading(Database):
    """What can be asked of a library. Methods may be called from any thread."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        super().__init__(folder, create=create)
        self._postings: tuple[int, dict[str, NDArray[np.int64]]] = (-1, {})  # generation, key -> rows

    @property
    def generation(self) -> int:
        """How many writes there have been."""
        return int(self.meta("generation", "0"))

    @property
    def indexed(self) -> int:
        """The generation up to which Chroma's folder holds everything."""
        return int(self.meta("indexed", "0"))

    # What Chroma lacks

    def pending(self) -> tuple[list[str], list[int], list[tuple[str, int, int]]]:
        """What the derived stores have to do to be current: ids and rows to forget, then (id, row, article row) to take."""
        with self._errors():
            removed = self._db.execute("SELECT id, n FROM removed").fetchall()
            added = self._db.execute(
                "SELECT id, n, article FROM passages WHERE generation > ? ORDER BY n", (self.indexed,)
            ).fetchall()
            return [id for id, _ in removed], [n for _, n in removed if n], added

    # Reading

    def known(self, id: str) -> Known | None:
        """What is known of an article id, deleted ones included."""
        with self._errors():
            return self._known(self._db, id)

    def _known(self, db: sqlite3.Connection, id: str) -> Known | None:
        row = db.execute(
            "SELECT a.n, a.version, a.deleted, v.hash, v.about FROM articles a "
            "LEFT JOIN versions v ON v.article = a.n AND v.version = a.version WHERE a.id = ?",
            (sql_text(id),),
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

    def size(self, *, until: int | None = None) -> int:
        """How many passages there are, titles counted; those that were written up to a generation."""
        with self._errors():
            sql = "SELECT count(*) FROM passages" + (" WHERE generation <= ?" if until is not None else "")
            return int(self._db.execute(sql, () if until is None else (until,)).fetchone()[0])

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

    def extent(self, scope: Scope) -> Extent:
        """How much is in a scope."""
        where, values = _where(scope)
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

    def allowed(self, scope: Scope) -> NDArray[np.bool_] | None:
        """By article row: which articles are in a scope. None: all of them."""
        import numpy as np

        where, values = _where(scope)
        if not where:
            return None
        with self._errors():
            # One string: fetching a number a row costs twice the time.
            sql = f"SELECT group_concat(v.article, ' ') FROM versions v WHERE v.current = 1 AND {where}"
            rows = np.fromstring(self._db.execute(sql, values).fetchone()[0] or "", np.int64, sep=" ")
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
        of = 'SELECT n, article, keys, "end" = 0, aside, start, "end" FROM passages WHERE n IN ({})'
        found = self._in(of, sorted(rows))
        articles = {
            n: Found(n, id, origin, lang, title, None if start is None else Period(start, end), opening, bool(titled))
            for n, id, origin, lang, title, start, end, opening, titled in self._in(
                "SELECT a.n, a.id, a.origin, v.lang, v.title, v.published_from, v.published_to, v.opening, v.titled"
                f" FROM {CURRENT} WHERE a.n IN ({{}})",
                sorted({article for _, article, *_ in found}),
            )
        }
        candidates = {
            n: Candidate(n, article, keys, _captioned(*place) if place[0] else 0.0)
            for n, article, keys, heading, *place in found
            if not heading and article in articles
        }
        first = {articles[article].first for _, article, _, heading, *_ in found if heading and article in articles}
        for n, article, keys, heading, *place in self._in(of, sorted(first)):
            if not heading:
                candidates[n] = Candidate(n, article, keys, _captioned(*place) if place[0] else 0.0)
        return [candidates[n] for n in sorted(candidates)], articles

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Whole passages by row, each with all that a citation shows."""
        found = self._in('SELECT p.n, p.id, p.article, p.start, p."end", p.aside FROM passages p WHERE p.n IN ({})', rows)
        articles = self._in(f"{VERSION} WHERE a.n IN ({{}}) AND v.current", list({article for _, _, article, *_ in found}))
        whole = {n: _article(row) for n, *row in articles}
        return {
            n: Passage(
                id=id, article_id=of.id, version=of.version, start=start, end=end, text=of.text[start:end], title=of.title,
                outlet=of.outlet, agency=of.agency, lang=of.lang, url=of.url, published=of.published, origin=of.origin,
                aside=tuple(tuple(one) for one in json.loads(aside)) if aside else (),
            )
            for n, id, article, start, end, aside in found
            if (of := whole.get(article)) is not None
        }  # fmt: skip

    def said(
        self,
        scope: Scope,
        *,
        keys: frozenset[str] = frozenset(),
        passages: Sequence[int] | None = None,
        since: int | None = None,
        until: int | None = None,
        lang: str = "",
    ) -> list[statements.Row]:
        """Statements, newest first, without their texts; see `statements.find`."""
        where, values = _where(scope)
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
            parts.append("v.outlet_key = ?")
            values.append(fold(outlet))
        if before is not None:
            parts.append("v.published_to <= ?")
            values.append(before)
        with self._errors():
            sql = f"SELECT a.id FROM {CURRENT} WHERE {' AND '.join(parts)} ORDER BY a.n"
            return [id for (id,) in self._db.execute(sql, values)]


def _where(scope: Scope) -> tuple[str, list[str | int]]:
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


def _captioned(aside: str, start: int, end: int) -> float:
    """The share of a passage that is captions."""
    captions = (min(b, end) - max(a, start) for a, b, kind in json.loads(aside) if kind == "caption")
    return float(sum(captions) / (end - start))


def sql_text(text: str) -> str:
    """Text that SQLite takes: lone surrogates become U+FFFD, NUL becomes a visible mark."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{SYMBOL FOR NULL}")


def _unpack(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
