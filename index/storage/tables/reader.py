"""Reading the library: articles and versions, passages for the search, counts. `writer.py` writes them.

What each database reads in its own way (vectors, the lexical index) stands with that database, in a reader made from this one.
"""

from __future__ import annotations

import json
import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from index.records import Article, Extent, Passage, Period, Scope
from index.storage.records import CandidateArticle, KnownArticle, SourceNames, StatementQuery, StatementRow, VersionDates
from index.storage.tables import statements
from index.storage.tables.attempts import ASIDE
from index.storage.tables.database import Tables
from index.storage.tables.rows import (
    CURRENT,
    ITS_VERSION,
    SELECT_ARTICLE,
    WAITING,
    ArticleRow,
    CandidateArticleRow,
    CandidateRow,
    KnownRow,
    period,
    sql_text,
)
from index.storage.tables.scopes import condition
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SOME = 100  # articles read in one go
KNOWN = (
    "SELECT a.n, a.id, a.version, a.deleted, v.hash, v.about FROM articles a "
    "LEFT JOIN versions v ON v.article = a.n AND v.version = a.version"
)


class Reader(ABC):
    """What can be asked of a library. Methods may be called from any thread."""

    def __init__(self, database: Tables, publishers: Publishers = SHIPPED) -> None:
        """`publishers`: which names of outlets mean one, in filters."""
        self.database = database
        self.publishers = publishers

    # Reading

    def known(self, ids: Sequence[str]) -> dict[str, KnownArticle]:
        """What is known of article ids, deleted ones included."""
        given = {sql_text(id): id for id in ids}
        return {
            given[row.id]: KnownArticle(row.version, row.deleted, row.hash or "", row.about or "")
            for row in map(KnownRow._make, self.database.among(f"{KNOWN} WHERE a.id IN ({{}})", list(given)))
        }

    def known_row(self, id: str) -> KnownRow | None:
        rows = self.database.rows(f"{KNOWN} WHERE a.id = ?", (sql_text(id),))
        return KnownRow._make(rows[0]) if rows else None

    def article(self, id: str, version: int | None = None) -> Article | None:
        """One version of an article, the newest by default; None if there is none (or it was deleted: see `known`)."""
        known = self.known_row(id)
        return self.version(known.n, version) if known else None

    def articles(self, wanted: Sequence[tuple[str, int]] | None = None) -> Iterator[Article]:
        """The newest version of every article, in the order they came in; or those of the (id, version) that are there."""
        if wanted is not None:
            pairs = set(wanted)
            ids = list({id for id, _ in wanted})
            rows = map(ArticleRow._make, self.database.among(f"{SELECT_ARTICLE} WHERE a.id IN ({{}})", ids))
            yield from (row.article for row in rows if (row.id, row.version) in pairs)
            return
        numbers = [n for (n,) in self.database.rows(f"SELECT a.n FROM {CURRENT} ORDER BY a.n")]
        for at in range(0, len(numbers), SOME):
            sql = f"{SELECT_ARTICLE} WHERE v.version = a.version AND a.n IN ({{}}) ORDER BY a.n"
            yield from (ArticleRow._make(row).article for row in self.database.among(sql, numbers[at : at + SOME]))

    def version(self, n: int, version: int | None = None) -> Article | None:
        """One version of article row `n`, the newest by default."""
        which = "a.version" if version is None else "?"
        rows = self.database.rows(
            f"{SELECT_ARTICLE} WHERE a.n = ? AND v.version = {which}", (n,) if version is None else (n, version)
        )
        return ArticleRow._make(rows[0]).article if rows else None

    def counts(self) -> dict[str, int]:
        """articles, versions, passages, deleted."""
        counted = {
            "articles": "articles WHERE deleted IS NULL",
            "versions": "versions",
            "passages": 'passages WHERE "end" > 0',
            "deleted": "articles WHERE deleted IS NOT NULL",
        }
        return {name: self.database.rows(f"SELECT count(*) FROM {rows}")[0][0] for name, rows in counted.items()}

    def size(self, *, until: int | None = None) -> int:
        """How many passages there are, titles counted; those that got their vectors up to a generation."""
        sql = "SELECT count(*) FROM passages" + (
            f" WHERE generation > {WAITING} AND generation <= ?" if until is not None else ""
        )
        return int(self.database.rows(sql, () if until is None else (until,))[0][0])

    @property
    def empty(self) -> bool:
        """Whether there is no passage at all."""
        return not self.database.rows("SELECT 1 FROM passages LIMIT 1")

    def languages(self) -> dict[str, int]:
        """Passages a language, most first."""
        return dict(
            self.database.rows(
                f"SELECT v.lang, count(*) FROM {CURRENT} JOIN passages p ON p.article = a.n"
                ' WHERE p."end" > 0 GROUP BY v.lang ORDER BY 2 DESC, 1'
            )
        )

    def outlets(self) -> dict[str, int]:
        """Articles an outlet, most first."""
        return dict(self.database.rows(f"SELECT v.outlet, count(*) FROM {CURRENT} GROUP BY v.outlet ORDER BY 2 DESC, 1"))

    def names(self) -> SourceNames:
        """Every name that an article has, as it was given."""
        agencies = self.database.rows("SELECT DISTINCT agency FROM versions WHERE current = 1")
        authors = self.database.rows("SELECT DISTINCT authors FROM versions WHERE current = 1 AND authors <> '[]'")
        return SourceNames(
            outlets=[name for name in self.outlets() if name],
            agencies=[name for (name,) in agencies if name],
            authors=sorted({name for (names,) in authors for name in json.loads(names)}),
        )

    def span_of_dates(self) -> Period | None:
        """From the first publication to the last; None if nothing is dated."""
        ((start, end),) = self.database.rows(f"SELECT min(v.published_from), max(v.published_to) FROM {CURRENT}")
        return period(start, end)

    def extent(self, scope: Scope) -> Extent:
        """How much is in a scope."""
        where, values = self.where(scope)
        rows = f"FROM {CURRENT}" + (f" WHERE {where}" if where else "")
        day = "v.published_from + 86400"
        latest = f"max(CASE WHEN v.published_to < {day} THEN v.published_to ELSE {day} END)"
        ((count, start, end, last),) = self.database.rows(
            f"SELECT count(*), min(v.published_from), max(v.published_to), {latest} {rows}", values
        )
        langs = self.database.rows(f"SELECT v.lang {rows} GROUP BY v.lang ORDER BY count(*) DESC, 1", values)
        languages = tuple(lang for (lang,) in langs if lang)
        return Extent(articles=count, dates=period(start, end), languages=languages, latest=last)

    def undated(self) -> int:
        """How many articles have no publication date."""
        return int(self.database.rows(f"SELECT count(*) FROM {CURRENT} WHERE v.published_from IS NULL")[0][0])

    def rows_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Passage id -> row, for those that are in the library."""
        return dict(self.database.among("SELECT id, n FROM passages WHERE id IN ({})", ids))

    def ids_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Row -> passage id, for those that are in the library."""
        return dict(self.database.among("SELECT n, id FROM passages WHERE n IN ({})", rows))

    def langs_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Row -> its article's language, for those that are in the library."""
        return dict(self.database.among(f"SELECT p.n, v.lang FROM passages p {ITS_VERSION} WHERE p.n IN ({{}})", rows))

    @abstractmethod
    def vectors(self, rows: Sequence[int]) -> tuple[NDArray[np.int64], list[str], NDArray[np.float32]]:
        """The vectors of passage rows, as (rows found, their languages, matrix), in row order."""

    def sums(self) -> dict[str, tuple[NDArray[np.float32], int]]:
        """Language -> (sum of the vectors of its passages, how many)."""
        import numpy as np

        rows = self.database.rows("SELECT lang, sum, n FROM means WHERE n > 0")
        return {lang: (np.frombuffer(total, np.float64).astype(np.float32), n) for lang, total, n in rows}

    def language_counts(self) -> dict[str, int]:
        """Language -> how many passages there are in it."""
        return dict(self.database.rows("SELECT lang, n + waiting FROM means WHERE n + waiting > 0"))

    def bare_rows(self) -> int:
        """How many passages and titles have no vector, those of articles that are set aside included."""
        return int(self.database.rows(f"SELECT count(*) FROM passages WHERE generation = {WAITING}")[0][0])

    def waiting(self, articles: Sequence[str] | None = None) -> int:
        """How many passages and titles are still to be embedded; those of some articles. What is set aside is not."""
        sql = f"SELECT count(*) FROM passages p WHERE p.generation = {WAITING} AND p.article NOT IN ({ASIDE})"
        if articles is None:
            return int(self.database.rows(sql)[0][0])
        inside = f"SELECT n FROM articles WHERE id IN ({self.database.LISTED})"
        return int(self.database.rows(f"{sql} AND p.article IN ({inside})", (self.database.listed(articles),))[0][0])

    def candidates(self, rows: Sequence[int]) -> tuple[list[CandidateRow], dict[int, CandidateArticleRow]]:
        """What ranking needs of passage rows, ascending, and of the articles they are from, by row.

        A title that was found stands for the first passage of its article.
        """
        query = 'SELECT n, id, article, keys, "end" = 0, aside, start, "end" FROM passages WHERE n IN ({})'
        stored = self.database.among(query, sorted(rows))
        articles = {
            n: CandidateArticleRow(
                n, opening, bool(titled), CandidateArticle(id, origin, lang, title, outlet, agency, period(start, end))
            )
            for n, opening, titled, id, origin, lang, title, outlet, agency, start, end in self.database.among(
                "SELECT a.n, v.opening, v.titled, a.id, a.origin, v.lang, v.title, v.outlet, v.agency,"
                f" v.published_from, v.published_to FROM {CURRENT} WHERE a.n IN ({{}})",
                sorted({article for _, _, article, *_ in stored}),
            )
        }
        candidates: dict[int, CandidateRow] = {}
        first = {articles[article].first for _, _, article, _, heading, *_ in stored if heading and article in articles}
        for n, id, article, keys, heading, *place in [*stored, *self.database.among(query, sorted(first))]:
            if not heading and article in articles:
                candidates[n] = CandidateRow(n, id, article, keys, _captioned(*place) if place[0] else 0.0)
        return [candidates[n] for n in sorted(candidates)], articles

    def passages(self, ids: Sequence[str]) -> dict[str, tuple[Passage, str]]:
        """Whole passages by id, each with all that a citation shows, and the text of its article."""
        stored = self.database.among('SELECT id, article, start, "end", aside FROM passages WHERE id IN ({})', ids)
        owners = list({article for _, article, *_ in stored})
        rows = self.database.among(f"{SELECT_ARTICLE} WHERE a.n IN ({{}}) AND v.version = a.version", owners)
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
        return statements.find(self.database, query, *self.where(scope))

    def where(self, scope: Scope) -> tuple[str, list[str | int]]:
        """A scope as SQL over `versions v`: the condition, "" for none, and its values."""
        return condition(scope, self.publishers)

    def versions(self, window: Period, ids: Collection[str]) -> list[VersionDates]:
        """Every version of the articles that came out in the window or changed in it; of those with `ids` where any are."""
        inside = f" AND article IN (SELECT n FROM articles WHERE id IN ({self.database.LISTED}))" if ids else ""
        given = [self.database.listed(sorted(ids))] * bool(ids)
        sql = (
            f"SELECT article FROM versions WHERE current IN (0, 1) AND published_from < ? AND published_to > ?{inside} UNION"
            f" SELECT article FROM versions WHERE (published_from IS NULL OR version > 1) AND added >= ? AND added < ?{inside}"
        )
        of = (
            "SELECT a.id, v.version, v.published_from, v.published_to, v.added"
            " FROM versions v JOIN articles a ON a.n = v.article WHERE v.article IN ({}) ORDER BY v.article, v.version"
        )
        values = (window.end, window.start, *given, window.start, window.end, *given)
        there = [n for (n,) in self.database.rows(sql, values)]
        return [VersionDates(*row) for row in self.database.among(of, there)]

    def without_date(self, most: int) -> list[VersionDates]:
        """The newest versions of articles without a date, those taken in last first, at most so many."""
        sql = f"SELECT a.id, v.version, NULL, NULL, v.added FROM {CURRENT} WHERE v.published_from IS NULL"
        return [VersionDates(*row) for row in self.database.rows(f"{sql} ORDER BY v.added DESC, a.n DESC LIMIT {int(most)}")]

    def openings(self, ids: Sequence[str], first: int) -> list[tuple[int, str, bool]]:
        """(passage row, article id, whether it is the title alone) of the title and the `first` passages of each article."""
        sql = (
            f'SELECT p.n, a.id, p."end" = 0 FROM {CURRENT} JOIN passages p ON p.article = a.n'
            f" WHERE p.n < v.opening + v.titled + {int(first)} AND a.id IN ({{}}) ORDER BY p.n"
        )
        return [(n, id, bool(heading)) for n, id, heading in self.database.among(sql, ids)]

    def copies(self, origins: Iterable[str]) -> dict[str, list[str]]:
        """Origin -> ids of all articles that carry the story, the first to come first."""
        by_origin: dict[str, list[str]] = {}
        for origin, id in self.database.among(
            f"SELECT a.origin, a.id FROM {CURRENT} WHERE a.origin IN ({{}}) ORDER BY a.n", list(origins)
        ):
            by_origin.setdefault(origin, []).append(id)
        return by_origin

    def all_passages(self) -> Iterator[tuple[str, int, int, int]]:
        """(id, article row, start, end) of every passage, for `doctor` and for comparing libraries."""
        yield from self.database.rows('SELECT id, article, start, "end" FROM passages ORDER BY n')

    def is_whole(self, n: int, version: int) -> bool:
        """Whether the text of a version is there, and the one that was stored."""
        try:
            article = self.version(n, version)
        except (zlib.error, ValueError):
            return False
        rows = self.database.rows("SELECT hash FROM versions WHERE article = ? AND version = ?", (n, version))
        return article is not None and rows == [(article.hash,)]

    def bare(self) -> list[str]:
        """Ids of articles that have no passage: `salvage` could not read them all."""
        sql = f"SELECT a.id FROM {CURRENT} WHERE a.n NOT IN (SELECT article FROM passages) ORDER BY a.n"
        return [id for (id,) in self.database.rows(sql)]

    def matching(self, *, urls: Sequence[str] = (), outlet: str = "", before: int | None = None) -> list[str]:
        """Ids of the articles that have all of these: one of the addresses, the outlet (compared
        without case and accents), a publication that was over before the time `before`. Undated articles are never before."""
        parts = ["TRUE"]
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
        sql = f"SELECT a.id FROM {CURRENT} WHERE {' AND '.join(parts)} ORDER BY a.n"
        return [id for (id,) in self.database.rows(sql, values)]


def _captioned(aside: str, start: int, end: int) -> float:
    """The share of a passage that is captions."""
    captions = (min(b, end) - max(a, start) for a, b, kind in json.loads(aside) if kind == "caption")
    return float(sum(captions) / (end - start))
