"""A Storage in a folder: SQLite holds everything, Chroma and flat files find vectors in it.

put -> writer: one transaction. The passages wait for vectors
to_embed, embed -> writer: one transaction -> vector_index.sync: Chroma and the flat files -> the mark that they have it
candidates -> vector_index: nearest + lexical_index: by words -> reader: what ranking needs of both
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.records import AddReport, Passage, Scope
from index.storage.models import other_model
from index.storage.records import Candidates, Health, Model, PassageVectors, Prepared, Query, Stats
from index.storage.sqlite.database import Database
from index.storage.sqlite.lexical_index import LexicalIndex
from index.storage.sqlite.maintenance import examine
from index.storage.sqlite.reader import SqliteReader
from index.storage.sqlite.vector_index import Nearest
from index.storage.sqlite.writer import SqliteWriter
from index.storage.tables.storage import TableStorage
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SqliteStorage(TableStorage):
    """See `Storage`. One process writes at a time, any number read."""

    database: Database
    reader: SqliteReader
    writer: SqliteWriter

    def __init__(self, folder: Path, *, create: bool = True, publishers: Publishers = SHIPPED) -> None:
        """Open, create or migrate. LibraryError if the folder cannot be used or is newer than this program."""
        self.folder = folder
        self.database = Database(folder, create=create)
        self.reader = SqliteReader(self.database, publishers)
        super().__init__(folder)
        self.writer = SqliteWriter(self.database, self.reader)
        self.nearest = Nearest(self.database, self.reader, self.writer)
        self.lexical = LexicalIndex(self.reader, self.nearest)

    def stats(self) -> Stats:
        return self._stats(sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()))

    # Writing

    def put(self, batch: Sequence[Prepared]) -> AddReport:
        with self.writing():
            if self.model and self.empty:  # whatever made the vectors of what is gone
                self.database.set_meta("embedder", "")
            return self.writer.put(batch)

    @contextmanager
    def to_embed(self, most: int, without: Collection[str] = (), *, suspects_first: bool = False) -> Iterator[list[Passage]]:
        lock = self.database.embedding_lock()
        try:
            ids = self.reader.unembedded(most, without, suspects_first=suspects_first) if lock else []
            found = self.passages(ids)
            yield [found[id] for id in ids if id in found]
        finally:
            if lock:
                lock.release()

    def embed(self, passages: Sequence[str], vectors: NDArray[np.float16], model: Model) -> None:
        with self.writing():
            held = self.model
            if held and held != model:
                raise other_model(held, model.name, self.folder)
            if not held:
                self.database.set_meta("dimension", str(model.dimension))
                self.database.set_meta("embedder", model.name)
            self.writer.embed(passages, vectors)
            self.nearest.sync()

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

    # Searching

    def candidates(self, query: Query, scope: Scope, k: int) -> Candidates:
        allowed = self.reader.allowed(scope)
        centred = self.nearest.means.question(query.vector, query.lang)
        near = self.nearest.find(centred, allowed, k)
        keys = self.lexical.look_up(query.keys)
        lexical = self.lexical.best(keys, allowed, centred, k)
        with self.database.reading():
            return self._side_by_side(near, lexical, keys, len(query.vector))

    def sharing(self, keys: Mapping[str, str], scope: Scope, k: int) -> list[str]:
        return self._ids_in_order(self.lexical.sharing(self.lexical.look_up(keys), self.reader.allowed(scope), k))

    def vectors(self, ids: Sequence[str], keys: Mapping[str, str]) -> PassageVectors:
        return self._vectors(ids, self.lexical.look_up(keys))
