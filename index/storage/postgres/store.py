"""A Storage in PostgreSQL: articles, words, vectors and statements in one database, which any number of machines share.

put -> writer: one transaction. The passages wait for vectors
to_embed, embed -> writer: one transaction -> nearest.sync: the HNSW index once it is needed, or shared.sync: Chroma
candidates -> nearest: by vectors + reader.holders: by words -> reader: what ranking needs of both
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.address import ChromaAddress, ServerAddress
from index.embedding.language_means import fingerprint
from index.records import AddReport, Passage, Scope
from index.storage.models import other_model
from index.storage.postgres.database import PostgresDatabase
from index.storage.postgres.maintenance import examine
from index.storage.postgres.nearest import PostgresNearest
from index.storage.postgres.reader import PostgresReader
from index.storage.postgres.shared_chroma import SharedChroma
from index.storage.postgres.writer import PostgresWriter
from index.storage.records import Candidates, Health, Model, PassageVectors, Prepared, Query, Stats
from index.storage.tables import statements
from index.storage.tables.database import set_meta
from index.storage.tables.postings import FREQUENT, KEPT, Ints, Keys, best, membership, readable, richest, weighed
from index.storage.tables.storage import TableStorage
from index.text.publishers import SHIPPED, Publishers
from index.text.terms import VERSION as TERMS_VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")


class PostgresStorage(TableStorage):
    """See `Storage`. Any number of processes on any number of machines; one writes a batch at a time."""

    database: PostgresDatabase
    reader: PostgresReader
    writer: PostgresWriter

    def __init__(
        self,
        address: ServerAddress,
        *,
        create: bool = True,
        publishers: Publishers = SHIPPED,
        chroma: ChromaAddress | None = None,
    ) -> None:
        """Open, create or migrate. LibraryError if the database cannot be used or is newer than this program.

        `chroma`: the server that indexes the vectors, in place of an HNSW index in the database.
        """
        self.address = address
        self.database = PostgresDatabase(address, create=create)
        self.reader = PostgresReader(self.database, publishers)
        super().__init__(address)
        self.writer = PostgresWriter(self.database, self.reader)
        self.shared = SharedChroma(chroma, self.database, self.reader) if chroma else None
        self.nearest = PostgresNearest(self.database, self.reader, self.writer, self.shared)
        self._looked_up: tuple[int, Mapping[str, str], Scope, Keys] | None = None  # generation, keys, scope, what they are
        self._counted: tuple[int, Mapping[str, int]] = (-1, {})  # generation, language -> passages
        self._kept: tuple[int, dict[int, Ints]] = (-1, {})  # generation, number of a key -> rows

    @property
    def model(self) -> Model | None:
        meta: dict[str, str] = dict(self.database.rows("SELECT key, value FROM meta WHERE key IN ('embedder', 'dimension')"))
        return Model(meta["embedder"], int(meta["dimension"])) if meta.get("embedder") else None

    @property
    def vector_server(self) -> bool | None:
        return self.shared.answers if self.shared else None

    def stats(self) -> Stats:
        sql = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r'"
        return self._stats(int(self.database.rows(f"{sql} AND relnamespace = 'dragoman'::regnamespace")[0][0]))

    # Writing

    def put(self, batch: Sequence[Prepared]) -> AddReport:
        if self.shared:
            self.shared.check()

        def write() -> AddReport:
            with self.writing():
                if self.empty:
                    self._begin()
                return self.writer.put(batch)

        return self.database.again(write)

    def _begin(self) -> None:
        """What comes from now on is read and derived by the rules of today; whatever made the vectors of what is gone."""
        values = {"embedder": "", "recipe": fingerprint(), "terms": TERMS_VERSION, "statements": statements.VERSION}
        with self.database.transaction() as db:
            for key, value in values.items():
                set_meta(db, key, value)

    @contextmanager
    def to_embed(self, most: int, without: Collection[str] = (), *, suspects_first: bool = False) -> Iterator[list[Passage]]:
        with self.reader.unembedded(most, without, suspects_first=suspects_first) as rows:
            ids = self.reader.ids_of(rows)
            found = self.passages(list(ids.values()))
            yield [found[ids[row]] for row in rows if row in ids and ids[row] in found]

    def embed(self, passages: Sequence[str], vectors: NDArray[np.float16], model: Model) -> None:
        def write() -> None:
            with self.writing():
                held = self.model
                if held and held != model:
                    raise other_model(held, model.name, self.address)
                if not held:
                    self.database.set_meta("dimension", str(model.dimension))
                    self.database.set_meta("embedder", model.name)
                self.writer.embed(passages, vectors)
                self.nearest.sync()

        self.database.again(write)
        if self.shared:
            self.shared.sync()

    def delete(self, ids: Sequence[str]) -> int:
        def forget() -> int:
            with self.writing():
                return self.writer.delete(ids)

        gone = self.database.again(forget)
        if self.shared:
            self.shared.sync()
        return gone

    def catch_up(self) -> None:
        """What older rules derived is made anew, and Chroma brought up to date; nothing else is ever left half done."""
        self.database.again(self._catch_up)
        if self.shared:
            self.shared.sync()

    def _catch_up(self) -> None:
        if self.database.read_only or not self.model:
            return
        older = [
            key for key, value in (("recipe", fingerprint()), ("terms", TERMS_VERSION)) if self.database.meta(key, "") != value
        ]
        if older:
            with self.writing():
                if "recipe" in older:
                    self.nearest.centre_anew()
                    self.database.set_meta("recipe", fingerprint())
                if "terms" in older:
                    self.writer.rebuild_lexical()
        if self.nearest.lacking:
            with self.writing():
                self.nearest.sync()

    def unembedded(self) -> list[str]:
        bare = self.reader.bare()
        if bare:
            with self.writing():
                self.writer.forget_about(bare)
        return bare

    def check(self, *, rebuild: bool = False) -> Health:
        self._catch_up()
        return examine(self.database, self.writer, self.nearest, rebuild=rebuild)

    def close(self) -> None:
        if self.shared:
            self.shared.close()
        self.database.close()

    # Searching

    def in_one_moment(self, read: Callable[[], T]) -> T:
        def of_one_moment() -> T:
            with self.database.reading():
                return read()

        return self.database.again(of_one_moment)

    def candidates(self, query: Query, scope: Scope, k: int) -> Candidates:
        return self.in_one_moment(lambda: self._candidates(query, scope, k))

    def _candidates(self, query: Query, scope: Scope, k: int) -> Candidates:
        centred = self.writer.means.question(query.vector, query.lang)
        near = self.nearest.find(centred, scope, k)
        keys = self._keys(query.keys, scope)
        lexical = best(keys, lambda rows: self.nearest.cosines(rows, centred), k)
        return self._side_by_side(near, lexical, keys, len(query.vector))

    def sharing(self, keys: Mapping[str, str], scope: Scope, k: int) -> list[str]:
        held = self._keys(keys, scope)
        return self._ids_in_order(richest(held.postings, held.weights, k).tolist())

    def vectors(self, ids: Sequence[str], keys: Mapping[str, str]) -> PassageVectors:
        return self._vectors(ids, self._keys(keys, Scope()))

    def _keys(self, wanted: Mapping[str, str], scope: Scope) -> Keys:
        """The keys of a query that the index has, with the passages of a scope; they weigh as in the whole library."""
        generation, last = self.generation, self._looked_up
        if last is None or last[0] != generation or last[1] is not wanted or last[2] != scope:
            last = self._looked_up = generation, wanted, scope, self._read_keys(wanted, scope)
        return last[3]

    def _read_keys(self, wanted: Mapping[str, str], scope: Scope) -> Keys:
        known = self.reader.known_keys(list(wanted))
        counts = {key: known[key][1] if key in known else 0 for key in wanted}
        weights = weighed(wanted, {key: counts[key] for key in readable(counts)}, self._language_counts())
        held = self._holders({known[key][0]: counts[key] for key in weights if key in known}, scope)
        none = np.zeros(0, np.int64)
        postings = [held.get(known[key][0], none) if key in known else none for key in weights]
        return Keys([wanted[key] for key in weights], postings, np.array(list(weights.values()), np.float32))

    def _language_counts(self) -> Mapping[str, int]:
        """Language -> how many passages; kept until the library changes."""
        generation, kept = self.generation, self._counted
        if kept[0] != generation:
            kept = self._counted = generation, self.reader.language_counts()
        return kept[1]

    def _holders(self, counts: Mapping[int, int], scope: Scope) -> dict[int, Ints]:
        """Number of a key -> the passage rows in a scope that have it. `counts`: how many there are in all.

        Those of frequent words, which come again in question after question, are kept until the library changes.
        """
        inside = self.nearest.inside(scope) if self.reader.where(scope)[0] else None
        if inside is not None:  # looking each posting up in the filter takes the server five times as long
            return {n: rows[membership(rows, [inside])[:, 0]] for n, rows in self._holders(counts, Scope()).items()}
        if self.reader.where(scope)[0]:
            return dict(self.reader.holders(list(counts), scope))
        generation = self.generation
        if self._kept[0] != generation or len(self._kept[1]) >= KEPT:
            self._kept = generation, {}
        kept = self._kept[1]
        read = self.reader.holders([number for number in counts if number not in kept], scope)
        kept |= {number: rows for number, rows in read.items() if counts[number] >= FREQUENT}
        return {**kept, **read}
