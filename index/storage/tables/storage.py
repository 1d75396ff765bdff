"""What of a Storage is the same over every database with our tables: all that only reads them, and the putting together.

Row numbers end here: everybody else sees ids.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.quotes.quotation import Quotation, quotation, whole
from index.records import Article, Extent, Passage, Period, Scope
from index.storage.records import (
    Candidates,
    Health,
    KnownArticle,
    Model,
    Openings,
    PassageVectors,
    SourceNames,
    StatementQuery,
    StatementRow,
    Stats,
    VersionDates,
)
from index.storage.tables.attempts import AttemptCounts
from index.storage.tables.database import WAIT, Tables
from index.storage.tables.postings import Keys
from index.storage.tables.reader import Reader
from index.storage.tables.writer import Writer

if TYPE_CHECKING:
    from index.storage.records import Floats, Ints
    from index.storage.tables.rows import CandidateArticleRow


T = TypeVar("T")


class TableStorage(ABC):
    """The reading half of a `Storage`. Safe in threads."""

    database: Tables
    reader: Reader
    writer: Writer

    def __init__(self, place: object) -> None:
        """`place`: where it is, for people."""
        self.place = str(place)

    # What each has in its own way

    @abstractmethod
    def catch_up(self) -> None:
        """See `Storage`, like the others."""

    @abstractmethod
    def check(self, *, rebuild: bool = False) -> Health: ...

    @abstractmethod
    def close(self) -> None: ...

    # Writing

    def writing(self, wait: float = WAIT) -> AbstractContextManager[None]:
        return self.database.writing(wait)

    @property
    def attempts(self) -> AttemptCounts:
        return AttemptCounts(self.database)

    # What it is

    @property
    def generation(self) -> int:
        return self.database.generation

    @property
    def vector_server(self) -> bool | None:
        return None

    @property
    def model(self) -> Model | None:
        name = self.database.meta("embedder", "")
        return Model(name, int(self.database.meta("dimension", "0"))) if name else None

    @property
    def empty(self) -> bool:
        return self.reader.empty

    def extent(self, scope: Scope) -> Extent:
        return self.reader.extent(scope)

    def names(self) -> SourceNames:
        return self.reader.names()

    def language_sums(self) -> Mapping[str, tuple[Floats, int]]:
        return self.reader.sums()

    def languages(self) -> Sequence[str]:
        return list(self.reader.language_counts())

    def waiting(self, articles: Sequence[str] | None = None) -> int:
        return self.reader.waiting(articles)

    def known(self, ids: Sequence[str]) -> Mapping[str, KnownArticle]:
        return self.reader.known(ids)

    def _stats(self, bytes: int) -> Stats:
        reader = self.reader
        return Stats(
            folder=self.place, **reader.counts(), waiting=reader.waiting(), undated=reader.undated(),
            dates=reader.span_of_dates(), languages=reader.languages(), outlets=reader.outlets(),
            embedder=self.database.meta("embedder", ""), bytes=bytes, set_aside=self.attempts.set_aside(),
        )  # fmt: skip

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

    def in_one_moment(self, read: Callable[[], T]) -> T:
        return read()

    def _side_by_side(self, near: Sequence[int], lexical: Sequence[int], keys: Keys, dimension: int) -> Candidates:
        """What ranking needs of the passage rows that the two searches found."""
        passages, articles = self.reader.candidates(list(dict.fromkeys([*near, *lexical])))
        order = [articles[n] for n in dict.fromkeys(passage.article for passage in passages)]
        place = {article.n: i for i, article in enumerate(order)}
        numbers = np.array([passage.n for passage in passages], np.int64)
        vectors, titles = self._vectors_and_titles(numbers, order, dimension)
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

    def _vectors_and_titles(
        self, passages: Ints, articles: Sequence[CandidateArticleRow], dimension: int
    ) -> tuple[Floats, Floats]:
        """The vectors of passage rows, and of articles' titles; zeros for what has none, or none yet."""
        openings = np.array([article.opening if article.titled else 0 for article in articles], np.int64)
        wanted = np.concatenate([passages, openings])
        rows, _, matrix = self.reader.vectors(wanted[wanted > 0].tolist())
        found = np.zeros((len(wanted), dimension), np.float32)
        if len(rows):
            at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
            there = rows[at] == wanted
            found[there] = matrix[at[there]]
        return found[: len(passages)], found[len(passages) :]

    def _ids_in_order(self, rows: Sequence[int]) -> list[str]:
        """The ids of passage rows, of those that are there."""
        ids = self.reader.ids_of(rows)
        return [ids[row] for row in rows if row in ids]

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]:
        return {id: passage for id, (passage, _) in self.reader.passages(ids).items()}

    def _vectors(self, ids: Sequence[str], keys: Keys) -> PassageVectors:
        there = self.reader.rows_of(list(dict.fromkeys(ids)))
        langs = self.reader.langs_of(list(there.values()))
        rows = np.array(sorted(langs), np.int64)
        found, _, matrix = self.reader.vectors(rows.tolist())
        vectors = np.zeros((len(rows), matrix.shape[1]), np.float32)
        vectors[np.searchsorted(rows, found)] = matrix
        by_row = {row: id for id, row in there.items()}
        return PassageVectors(
            [by_row[row] for row in rows.tolist()], [langs[row] for row in rows.tolist()], vectors, keys.words(rows)
        )

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
