"""The vectors in Chroma: nearest neighbours over the whole library. The only file that imports chromadb.

Derived: everything here can be made again from `writer.py`. Only ids and vectors are stored, since Chroma would keep a trigram
index of the documents (684 MB for 100,000 passages, measured) that nothing of ours reads.

Chroma's embedded client is safe for one writer at a time only if every writer has seen the writes before its own, and a client
that was open while another process wrote does not find what was written. So there is one client a process and folder
(`Vectors.of`), and it is closed and opened again, waiting for running queries, whenever `opened` is behind the library.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from index.errors import LibraryError
from index.storage.vectors import chroma_check

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "chroma"
FILE = "chroma.sqlite3"  # in it
NAME = "passages"
# Half the time of Chroma's own graph (100 at construction, 100 at search), and more of the true neighbours: of the nearest 10
# in 20,000 clustered vectors .93 instead of .86, at .3 instead of .5 ms a vector and 2.2 instead of 1.8 ms a query.
GRAPH = {"space": "cosine", "ef_construction": 40, "ef_search": 200}
ROOM = 8_000_000  # bytes: with less left on the disk Chroma fails with errors of many kinds
BATCH = 5_000  # Chroma takes at most 5,461 records a call


class Vectors:
    """The Chroma folder inside a library's folder. Methods may be called from any thread."""

    _shared: ClassVar[dict[Path, Vectors]] = {}
    _guard: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.opened = -1  # the library's generation that this client has seen; -1: not open
        self._users = 0
        self._client: Any = None
        self._collection: Any = None
        self._turn = threading.Condition()
        self._queries = 0
        self._switching = False

    @classmethod
    def of(cls, folder: Path) -> Vectors:
        """The one object of this process for a library's folder. Call `release` when done with it."""
        with cls._guard:
            key = folder.resolve()
            shared = cls._shared.setdefault(key, cls(key))
            shared._users += 1
            return shared

    def release(self) -> None:
        """Give the object back; the last one closes the client."""
        with self._guard:
            self._users -= 1
            if self._users == 0:
                self._shared.pop(self.folder.parent, None)
                self.close()

    @property
    def exists(self) -> bool:
        """Whether there is anything to open."""
        return (self.folder / FILE).exists()

    def open(self, generation: int) -> None:
        """(Re)open the client, waiting for running queries. The caller keeps writers out; `generation` is what is there now."""
        with self._alone():
            self._close()
            with self._errors():
                import chromadb
                from chromadb.config import Settings

                self._refuse_foreign_code()
                if self.exists and (why := chroma_check.problem(self.folder)):
                    raise LibraryError(self._damaged(why))
                self.folder.mkdir(mode=0o700, exist_ok=True)
                # It would read a file .env where we are started, which may name another implementation, and its server.
                settings = Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
                self._client = self._started(chromadb.PersistentClient, settings)
                self._collection = self._client.get_or_create_collection(
                    NAME, embedding_function=None, configuration={"hnsw": GRAPH}
                )
            self.opened = generation

    def _started(self, client: Callable[..., Any], settings: object) -> Any:
        try:
            return client(str(self.folder), settings=settings)
        except BaseException:  # chromadb 1.5.9 keeps what it had begun, and gives it to the next client of the folder
            from chromadb.api.shared_system_client import SharedSystemClient

            SharedSystemClient._identifier_to_system.pop(str(self.folder), None)
            raise

    def close(self) -> None:
        """Close the client, waiting for running queries."""
        with self._alone():
            self._close()

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = self._collection = None
        self.opened = -1

    def clear(self) -> None:
        """Throw the folder away and start an empty one."""
        with self._alone():
            self._close()
            with self._errors():
                if self.folder.is_symlink() or self.folder.is_file():
                    self.folder.unlink()
                shutil.rmtree(self.folder, ignore_errors=True)
        self.open(0)

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add or replace vectors (len(ids), dimension). The caller holds the writer's lock and has opened the client."""
        with self._query(), self._errors():
            for i in range(0, len(ids), BATCH):
                self._collection.upsert(ids=list(ids[i : i + BATCH]), embeddings=vectors[i : i + BATCH])

    def forget(self, ids: Sequence[str]) -> None:
        """Remove vectors; ids that are not there are no error. The caller holds the library's writer lock."""
        with self._query(), self._errors():
            for i in range(0, len(ids), BATCH):
                self._collection.delete(ids=list(ids[i : i + BATCH]))

    def nearest(self, vector: NDArray[np.float32], k: int) -> tuple[list[str], int]:
        """The ids of the k nearest by cosine, nearest first, and the generation they are of."""
        with self._query(), self._errors():
            if self._collection is None:
                return [], self.opened
            # Not bounded by count(), which takes ten times as long as the query: Chroma returns what there is.
            answer = self._collection.query(query_embeddings=vector[None, :], n_results=k, include=[])
            return list(answer["ids"][0]), self.opened

    def count(self) -> int:
        """How many vectors there are."""
        with self._query(), self._errors():
            return int(self._collection.count())

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of the ids that are there."""
        import numpy as np

        vectors: dict[str, NDArray[np.float32]] = {}
        with self._query(), self._errors():
            for i in range(0, len(ids), BATCH):
                got = self._collection.get(ids=list(ids[i : i + BATCH]), include=["embeddings"])
                vectors |= zip(got["ids"], np.asarray(got["embeddings"], np.float32), strict=True)
        return vectors

    def ids(self) -> set[str]:
        """All ids."""
        with self._query(), self._errors():
            return set(self._collection.get(include=[])["ids"])

    @contextmanager
    def _query(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: not self._switching)
            self._queries += 1
        try:
            yield
        finally:
            with self._turn:
                self._queries -= 1
                self._turn.notify_all()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: not self._switching)
            self._switching = True
            self._turn.wait_for(lambda: not self._queries)
        try:
            yield
        finally:
            with self._turn:
                self._switching = False
                self._turn.notify_all()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Translate Chroma's errors. All it can lose is derived, so the way out is always the same."""
        try:
            yield
        except LibraryError:
            raise
        except OSError as error:
            raise LibraryError(
                f"{self.folder} cannot be used: {error.strerror or error}. Check the disk and the permissions."
            ) from error
        except Exception as error:  # chromadb raises its own tree, pyo3's panics and ValueError alike
            if "full" in str(error) or shutil.disk_usage(self.folder.parent).free < ROOM:
                raise LibraryError(
                    f"The disk of {self.folder} is full. Nothing is lost: free some space and run the command again."
                ) from error
            if re.search("read-?only|[Pp]ermission denied", str(error)):
                raise LibraryError(f"{self.folder} cannot be written. Nothing is lost: check its permissions.") from error
            raise LibraryError(self._damaged(_line(error))) from error

    def _damaged(self, why: str) -> str:
        """What to say of a folder that cannot be read."""
        return f"{self.folder} is damaged ({why}). Nothing is lost. Run: dragoman doctor --library {self.folder.parent}"

    def _refuse_foreign_code(self) -> None:
        """Refuse a folder whose collection names an embedding function: the client would build it, whatever we pass to it."""
        path = self.folder / FILE
        if not self.exists:
            return
        db = sqlite3.connect(path)  # not read-only: what a killed run left half written is rolled back first
        try:
            rows = db.execute("SELECT config_json_str, schema_str FROM collections").fetchall()
        except sqlite3.Error as error:
            raise LibraryError(self._damaged(_line(error))) from error
        finally:
            db.close()
        for kind in foreign_functions([json.loads(text) for row in rows for text in row if text]):
            raise LibraryError(
                f"{self.folder} names code to run ({kind!r}), which Dragoman never writes: somebody else made it. "
                f"Remove that folder and run: dragoman doctor --rebuild --library {self.folder.parent}"
            )


def foreign_functions(config: object) -> Iterator[str]:
    """The embedding functions named anywhere in a collection's configuration: Dragoman names none."""
    if isinstance(config, dict):
        for key, value in config.items():
            if key == "embedding_function" and isinstance(value, dict):
                kind = str(value.get("type") if "name" not in value else value["name"])
                if kind not in ("legacy", "unknown"):
                    yield kind
            else:
                yield from foreign_functions(value)
    elif isinstance(config, list):
        for value in config:
            yield from foreign_functions(value)


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
