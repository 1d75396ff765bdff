"""A Chroma server as the index of vectors of a library in PostgreSQL: derived, and shared by all machines.

    outbox     passages after the generation `indexed`, and the table `removed`: what Chroma lacks is two queries
    fill       generation by generation, under a lock of its own, by whoever wrote last; killed anywhere, the next one goes on
    find       Chroma's nearest + what is newer than `indexed`, compared in PostgreSQL: never less than what is written

`meta` says of which collection `indexed` speaks. Where the server cannot be asked, PostgreSQL answers, and one line says so: it
has every vector. Filters are not given to Chroma: see `index/storage/sqlite/vector_index.py`.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.address import ChromaAddress
from index.errors import Busy, LibraryError
from index.storage.postgres.database import PostgresDatabase
from index.storage.postgres.reader import PostgresReader
from index.storage.records import Health
from index.storage.tables.database import set_meta
from index.storage.tables.rows import WAITING
from index.storage.vectors.chroma_server import ChromaServer, Collection, Unavailable

MOST = 2_000  # of the nearest that are asked for under a filter
BLOCK = 2_000  # passages taken to Chroma at a time: so much work is lost when killed
PAUSE = 10.0  # seconds for which a server that could not be asked is left alone
WAIT = 60.0  # seconds that `doctor` waits for another process that fills it
MEANWHILE = "Nothing is lost: meanwhile PostgreSQL finds passages, more slowly, or by their words alone."
log = logging.getLogger("dragoman.index")
T = TypeVar("T")


class SharedChroma:
    """Safe in threads, like its server and database."""

    def __init__(self, address: ChromaAddress, database: PostgresDatabase, reader: PostgresReader) -> None:
        self.address, self.database, self.reader = address, database, reader
        self._left_alone = 0.0  # until then, monotonic
        self._told = ""
        self._looked_at = ""  # the collection that was found to be ours

    @cached_property
    def server(self) -> ChromaServer:
        """The collection is called after the database: a copy or a restored backup of it has another."""
        sql = "SELECT system_identifier, oid::bigint FROM pg_control_system(), pg_database WHERE datname = current_database()"
        ((system, database),) = self.database.rows(sql)
        name = hashlib.blake2b(f"{system}/{database}".encode(), digest_size=10).hexdigest()
        return ChromaServer(self.address, f"dragoman-{name}")

    # Asking

    def find(self, vector: NDArray[np.float32], where: str, values: list[str | int], k: int) -> list[int] | None:
        """Some k passage rows that are nearest to a centred vector, under a filter; None where Chroma cannot tell.

        LibraryError if somebody else made the collection.
        """
        collection, indexed = self.database.meta("chroma", ""), int(self.database.meta("indexed", "0"))
        if not collection or not indexed:
            return None
        ids = self._asked(lambda: self._found(collection, vector, MOST if where else k))
        if ids is None:
            return None
        rows = self.reader.rows_inside(ids, where, values)
        if where and len(rows) < k // 2:  # the question is about something else than what the filter lets through
            return None
        if indexed == self.database.generation:
            return rows[:k]
        return rows[:k] + self.reader.nearest_after(indexed, vector, where, values, k)

    def _found(self, collection: str, vector: NDArray[np.float32], k: int) -> list[str]:
        if self._looked_at != collection:
            self._look(collection)
        return self.server.nearest(collection, vector, k)

    def _look(self, collection: str) -> bool:
        """That a collection is there and ours, or that none is needed yet. Unavailable where it is not."""
        held = self.server.look()
        if collection and (held is None or held.id != collection):
            raise Unavailable(f"The Chroma server {self.address} lacks the vectors of {self.database.address}.")
        if held:
            self._ours(held)
        return True

    @property
    def answers(self) -> bool:
        """Whether it can be asked, looked at anew. LibraryError as `find`."""
        collection = self.database.meta("chroma", "")
        return self._asked(lambda: self._look(collection)) or False

    # Filling

    def check(self) -> None:
        """LibraryError if somebody else made the collection, before anything is written; looked at once."""
        if not self._looked_at and (held := self._asked(self.server.look)):
            self._ours(held)

    def sync(self) -> None:
        """Bring Chroma up to the library's generation. What cannot be done now is done by the next one who writes."""
        if not self.database.read_only and self.database.meta("dimension", ""):
            self.database.again(self._sync)

    def _sync(self) -> None:
        if int(self.database.meta("indexed", "0")) == self.database.generation and self._looked_at:
            return
        try:
            with self._filling(0.0):
                self._asked(self._fill)
        except Busy:
            return  # another process is at it, and goes on until there is nothing left

    def _fill(self) -> Collection:
        """The collection, with all that the library has."""
        held = self.server.open()
        self._ours(held)
        if self.database.meta("chroma", "") != held.id:
            with self.database.writing(), self.database.transaction() as db:  # from now on, whoever deletes says so
                set_meta(db, "chroma", held.id)
                set_meta(db, "indexed", "0")
        while (step := self._next()) is not None:
            indexed, until, gone, ids, vectors = step
            self.server.forget(held.id, gone)
            self.server.put(held.id, ids, vectors)
            self._mark(indexed, until)
        return held

    def _next(self) -> tuple[int, int, list[str], list[str], NDArray[np.float32]] | None:
        """From which generation to which the next step leads, the ids to forget first, and those to take with their vectors."""
        with self.database.reading():
            indexed, generation = int(self.database.meta("indexed", "0")), self.database.generation
            if indexed >= generation:
                return None
            rows = self.database.rows
            far = rows(f"SELECT generation FROM passages WHERE generation > ? ORDER BY 1 OFFSET {BLOCK} LIMIT 1", (indexed,))
            until = int(far[0][0]) if far else generation
            gone = rows("SELECT id FROM removed WHERE generation > ? AND generation <= ?", (indexed, until))
            added: dict[int, str] = dict(
                rows("SELECT n, id FROM passages WHERE generation > ? AND generation <= ?", (indexed, until))
            )
            found, _, vectors = self.reader.vectors(list(added), centred=True)
            return indexed, until, [id for (id,) in gone], [added[n] for n in found.tolist()], vectors

    def _mark(self, indexed: int, until: int) -> None:
        """Say that Chroma holds everything up to a generation; not where all is to be taken anew since."""
        with self.database.pool.transaction() as db:
            sql = "UPDATE meta SET value = %s WHERE key = 'indexed' AND value = %s"
            if db.execute(sql, (str(until), str(indexed))).rowcount:
                db.execute("DELETE FROM removed WHERE generation <= %s", (until,))

    # Looking after it; the caller holds the writer's lock

    def examine(self, health: Health, *, rebuild: bool) -> None:
        """Compare all that Chroma holds with the library, and mend it; with `rebuild`, make it anew."""
        self._left_alone, self._looked_at = 0.0, ""
        try:
            with self._filling(WAIT):
                if rebuild:
                    self.server.drop()
                    health.done.append(f"made the collection {self.server.name} on {self.address} anew")
                before = self.database.meta("chroma", "")
                held = self._fill()
                if before and before != held.id and not rebuild:
                    health.done.append(f"filled {self.address}, which had lost its vectors")
                self._mend(held.id, health)
                health.vectors = self.server.count(held.id)
        except LibraryError as error:
            health.problems.append(str(error))
            health.vectors = 0

    def _mend(self, collection: str, health: Health) -> None:
        """Put right what differs."""
        passages = {id: n for n, id in self.database.rows(f"SELECT n, id FROM passages WHERE generation > {WAITING}")}
        ids, lacking, unlike = list(passages), 0, 0
        for at in range(0, len(ids), BLOCK):
            part = {passages[id]: id for id in ids[at : at + BLOCK]}
            rows, _, vectors = self.reader.vectors(list(part), centred=True)
            held = self.server.vectors(collection, list(part.values()))
            wrong = [i for i, n in enumerate(rows.tolist()) if not _alike(held.get(part[n]), vectors[i])]
            lacking += sum(part[int(rows[i])] not in held for i in wrong)
            unlike += sum(part[int(rows[i])] in held for i in wrong)
            self.server.put(collection, [part[int(rows[i])] for i in wrong], vectors[wrong])
        if self.server.count(collection) != len(passages):
            more = [id for id in self.server.ids(collection) if id not in passages]
            self.server.forget(collection, more)
            health.done.append(f"Chroma had {len(more)} passages too many")
        if lacking or unlike:
            health.done.append(f"Chroma lacked {lacking} passages and held other vectors of {unlike}")

    # The server

    def _ours(self, held: Collection) -> None:
        """Note that a collection is this library's. LibraryError if its vectors are of another length."""
        dimension = int(self.database.meta("dimension", "0"))
        if held.dimension and dimension and held.dimension != dimension:
            raise LibraryError(
                f"The collection {self.server.name} on {self.address} has vectors of {held.dimension} numbers, and those of "
                f"{self.database.address} have {dimension}. To replace it, run: dragoman doctor --rebuild"
            )
        self._looked_at = held.id

    def _filling(self, wait: float) -> AbstractContextManager[object]:
        def busy(holder: str) -> str:
            return f"{self.address} is being filled by {holder}. Try again when it is done."

        return self.database.pool.lock("chroma", wait=wait, busy=busy)

    def _asked(self, ask: Callable[[], T]) -> T | None:
        """What the server gives, None where it cannot be asked, which is told once. It is left alone for a while then."""
        if time.monotonic() < self._left_alone:
            return None
        try:
            answer = ask()
        except Unavailable as error:
            self._left_alone, self._looked_at = time.monotonic() + PAUSE, ""
            if str(error) != self._told:
                self._told = str(error)
                log.warning("%s %s", error, MEANWHILE)
            return None
        self._told = ""
        return answer

    def close(self) -> None:
        """Close the connections to the server."""
        if "server" in self.__dict__:
            self.server.close()


def _alike(held: NDArray[np.float32] | None, vector: NDArray[np.float32]) -> bool:
    return held is not None and float(held @ vector) >= 0.999 * float(vector @ vector)
