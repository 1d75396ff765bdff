"""A Storage in a folder: SQLite holds everything, Chroma and flat files find vectors in it.

    put -> writer: one transaction -> vector_index.sync: Chroma and the flat files -> the mark that they have it
    candidates -> vector_index: nearest + lexical_index: by words -> reader: what ranking needs of both

Row numbers end here: everybody else sees ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.quotes.quotation import Quotation, quotation, whole
from index.records import AddReport, Article, Extent, Passage, Period, Scope
from index.storage.models import other_model
from index.storage.records import (
    Candidates,
    Health,
    KnownArticle,
    Model,
    Openings,
    PassageVectors,
    Prepared,
    Query,
    SourceNames,
    StatementQuery,
    StatementRow,
    Stats,
    VersionDates,
)
from index.storage.sqlite.database import WAIT, Database
from index.storage.sqlite.lexical_index import Keys, LexicalIndex
from index.storage.sqlite.maintenance import examine
from index.storage.sqlite.reader import Reader
from index.storage.sqlite.vector_index import Nearest
from index.storage.sqlite.writer import Writer
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from index.storage.records import Floats, Ints
    from index.storage.sqlite.rows import CandidateArticleRow


class SqliteStorage:
    """See `Storage`. One process writes at a time, any number read."""

    def __init__(self, folder: Path, *, create: bool = True, publishers: Publishers = SHIPPED) -> None:
        """Open, create or migrate. LibraryError if the folder cannot be used or is newer than this program."""
        self.folder = folder
        self.database = Database(folder, create=create)
        self.reader = Reader(self.database, publishers)
        self.writer = Writer(self.database, self.reader)
        self.nearest = Nearest(self.database, self.reader, self.writer)
        self.lexical = LexicalIndex(self.reader, self.nearest)

    # What it is

    @property
    def generation(self) -> int:
        return self.database.generation

    @property
    def model(self) -> Model | None:
        name = self.database.meta("embedder", "")
        return Model(name, int(self.database.meta("dimension", "0"))) if name else None

    @property
    def empty(self) -> bool:
        return self.reader.empty

    def stats(self) -> Stats:
        reader = self.reader
        return Stats(
            folder=str(self.folder), **reader.counts(), undated=reader.undated(), dates=reader.span_of_dates(),
            languages=reader.languages(), outlets=reader.outlets(), embedder=self.database.meta("embedder", ""),
            bytes=sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()),
        )  # fmt: skip

    def extent(self, scope: Scope) -> Extent:
        return self.reader.extent(scope)

    def names(self) -> SourceNames:
        return self.reader.names()

    def language_sums(self) -> Mapping[str, tuple[Floats, int]]:
        return self.reader.sums()

    # Writing

    def writing(self, wait: float = WAIT) -> AbstractContextManager[None]:
        return self.database.writing(wait)

    def known(self, ids: Sequence[str]) -> Mapping[str, KnownArticle]:
        return self.reader.known(ids)

    def put(self, batch: Sequence[Prepared], model: Model | None) -> AddReport:
        with self.writing():
            held = self.model
            if model and model != held:
                if held and not self.empty:
                    raise other_model(held, model.name, self.folder)
                self.database.set_meta("embedder", model.name)
                self.database.set_meta("dimension", str(model.dimension))
            report = self.writer.put(batch)
            self.nearest.sync()
        return report

    def delete(self, ids: Sequence[str]) -> int:
        with self.writing():
            gone = self.writer.delete(ids)
            self.nearest.sync()
        return gone

    def catch_up(self) -> None:
        if self.database.indexed != self.database.generation:
            with self.writing():
                self.nearest.sync()

    def unembedded(self) -> list[str]:
        bare = self.reader.bare()
        if bare:
            with self.writing():
                self.writer.forget_about(bare)
        return bare

    def check(self, *, rebuild: bool = False) -> Health:
        return examine(self.database, self.writer, self.nearest, rebuild=rebuild)

    def close(self) -> None:
        self.nearest.close()
        self.database.close()

    # Articles

    def article(self, id: str, version: int | None = None) -> Article | None:
        return self.reader.article(id, version)

    def articles(self, wanted: Sequence[tuple[str, int]] | None = None) -> Iterator[Article]:
        return self.reader.articles(wanted)

    def matching(self, *, urls: Sequence[str] = (), outlet: str = "", before: int | None = None) -> list[str]:
        return self.reader.matching(urls=urls, outlet=outlet, before=before)

    def copies(self, origins: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return self.reader.copies(origins)

    # Searching

    def candidates(self, query: Query, scope: Scope, k: int) -> Candidates:
        allowed = self.reader.allowed(scope)
        centred = self.nearest.means.question(query.vector, query.lang)
        near = self.nearest.find(centred, allowed, k)
        keys = self.lexical.look_up(query.keys)
        lexical = self.lexical.best(keys, allowed, centred, k)
        with self.database.reading():
            return self._side_by_side(near, lexical, keys)

    def _side_by_side(self, near: Sequence[int], lexical: Sequence[int], keys: Keys) -> Candidates:
        """What ranking needs of the passage rows that the two searches found."""
        passages, articles = self.reader.candidates(list(dict.fromkeys([*near, *lexical])))
        order = [articles[n] for n in dict.fromkeys(passage.article for passage in passages)]
        place = {article.n: i for i, article in enumerate(order)}
        numbers = np.array([passage.n for passage in passages], np.int64)
        vectors, titles = self._vectors_and_titles(numbers, order)
        near_rank, lexical_rank = ({row: i for i, row in enumerate(rows, 1)} for rows in (near, lexical))
        return Candidates(
            ids=[passage.id for passage in passages],
            article=np.array([place[passage.article] for passage in passages], np.int64),
            near=np.array([near_rank.get(passage.n, 0) for passage in passages], np.int64),
            lexical=np.array([lexical_rank.get(passage.n, 0) for passage in passages], np.int64),
            vectors=vectors,
            words=keys.words(numbers),
            length=np.array([passage.keys for passage in passages], np.float32),
            captioned=np.array([passage.captioned for passage in passages], np.float32),
            articles=[article.record for article in order],
            titles=titles,
        )

    def _vectors_and_titles(self, passages: Ints, articles: Sequence[CandidateArticleRow]) -> tuple[Floats, Floats]:
        """The vectors of passage rows, ascending, and of articles' titles; zeros for an article that has none."""
        openings = [article.opening for article in articles if article.titled]
        rows, _, matrix = self.reader.vectors([*passages.tolist(), *openings])
        titles = np.zeros((len(articles), matrix.shape[1]), np.float32)
        titles[np.array([article.titled for article in articles], bool)] = matrix[np.searchsorted(rows, openings)]
        return matrix[np.searchsorted(rows, passages)], titles

    def sharing(self, keys: Mapping[str, str], scope: Scope, k: int) -> list[str]:
        rows = self.lexical.sharing(self.lexical.look_up(keys), self.reader.allowed(scope), k)
        ids = self.reader.ids_of(rows)
        return [ids[row] for row in rows if row in ids]

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]:
        return {id: passage for id, (passage, _) in self.reader.passages(ids).items()}

    def vectors(self, ids: Sequence[str], keys: Mapping[str, str]) -> PassageVectors:
        by_row = {row: id for id, row in self.reader.rows_of(list(dict.fromkeys(ids))).items()}
        rows, langs, matrix = self.reader.vectors(list(by_row))
        return PassageVectors([by_row[row] for row in rows.tolist()], langs, matrix, self.lexical.look_up(keys).words(rows))

    # Reports of a time

    def versions(self, window: Period, scope: Scope) -> list[VersionDates]:
        return self.reader.versions(window, scope.filter.ids if scope.filter else ())

    def undated(self, most: int) -> list[VersionDates]:
        return self.reader.without_date(most)

    def openings(self, ids: Sequence[str], first: int) -> Openings:
        by_row = {row: (id, heading) for row, id, heading in self.reader.openings(ids, first)}
        rows, langs, matrix = self.reader.vectors(list(by_row))
        of = [by_row[row] for row in rows.tolist()]
        return Openings([id for id, _ in of], np.array([heading for _, heading in of], bool), langs, matrix)

    # Statements

    def statements(self, query: StatementQuery, scope: Scope) -> list[StatementRow]:
        return self.reader.statements(query, scope)

    def quotations(self, rows: Sequence[StatementRow]) -> list[Quotation]:
        there = self.reader.passages(list({row.passage for row in rows}))
        return [
            quotation(whole(row.statement, text), text, passage)
            for row in rows
            if row.passage in there
            for passage, text in [there[row.passage]]
        ]
