"""Every vector once more, as bytes in one file that is mapped into memory: for exact scans of what a filter lets through.

Derived from `writer.py`, like Chroma. The vector of passage row n lies at place n, and rows are never used twice: writing the
same again after a crash changes nothing, and a reader sees what another process wrote without opening anything anew.

A scan of 10,000 passages takes 2 ms of CPU; Chroma's own `where` on a date, over 100,000, takes 600 (scripts/LOG.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryError

VECTORS = "vectors.i8"  # (rows, dimension) int8
ROWS = "rows.bin"  # (rows,) of ROW
ROW = np.dtype([("article", "<i4"), ("scale", "<f4")])  # its article's row, 0 for none; what makes a unit vector of the bytes
BLOCK = (
    512  # vectors multiplied at a time: from about 1,000 on OpenBLAS starts its threads, which cost ten times what they save
)


class Flat:
    """The flat files in a library's folder. Methods may be called from any thread, `put` and `forget` by one writer."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self.folder = folder / "flat"
        self.dimension = dimension
        self._mapped: tuple[tuple[int, ...], NDArray[np.int8], NDArray[np.void]] | None = None

    @property
    def exists(self) -> bool:
        """Whether there is anything: an older library, or one whose folder was removed, has none."""
        return (self.folder / ROWS).exists()

    def clear(self) -> None:
        """Start empty. Readers keep what they have mapped until they look again."""
        with self._errors():
            self.folder.mkdir(mode=0o700, exist_ok=True)
            for name in (VECTORS, ROWS):
                (self.folder / name).unlink(missing_ok=True)
                (self.folder / name).touch()

    def put(self, rows: Sequence[int], articles: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors (len(rows), dimension) of passage rows, ascending. The caller holds the library's writer lock."""
        largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-12)
        places = np.rint(vectors * (127 / largest)).astype(np.int8)
        entries = np.zeros(len(rows), ROW)
        entries["article"] = articles
        entries["scale"] = 1 / np.maximum(np.linalg.norm(places.astype(np.float32), axis=1), 1)
        self._write(np.asarray(rows, np.int64), places, entries)

    def forget(self, rows: Sequence[int]) -> None:
        """Overwrite passage rows with zeros. The caller holds the library's writer lock."""
        known = np.sort(np.asarray(rows, np.int64))
        known = known[known < len(self.articles())]
        self._write(known, np.zeros((len(known), self.dimension), np.int8), np.zeros(len(known), ROW))

    def _write(self, rows: NDArray[np.int64], places: NDArray[np.int8], entries: NDArray[np.void]) -> None:
        """Not through the mapping: a full disk would be a signal there, and is an error here."""
        borders = np.flatnonzero(np.diff(rows, prepend=-2, append=-2) != 1)
        with self._errors():
            for name, data in ((VECTORS, places), (ROWS, entries)):  # an article is named last: then its vector is there
                with (self.folder / name).open("r+b") as file:
                    for first, after in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True):
                        file.seek(int(rows[first]) * data[0].nbytes)
                        file.write(data[first:after].tobytes())

    def articles(self) -> NDArray[np.int32]:
        """Passage row -> article row; 0 where there is none."""
        articles: NDArray[np.int32] = self._map()[1]["article"]
        return articles

    def nearest(self, vector: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> NDArray[np.int64]:
        """The k of the passage rows nearest to the vector by cosine, nearest first; bytes are exact to about .001."""
        cosine = self.cosines(rows, vector)
        best = np.argpartition(-cosine, k)[:k] if len(rows) > k else np.arange(len(rows))
        nearest: NDArray[np.int64] = rows[best[np.argsort(-cosine[best], kind="stable")]]
        return nearest

    def cosines(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """(len(rows),) of a unit vector with each passage row."""
        places, entries = self._map()
        cosines = np.empty(len(rows), np.float32)
        for at in range(0, len(rows), BLOCK):
            cosines[at : at + BLOCK] = places[rows[at : at + BLOCK]].astype(np.float32) @ vector
        cosines *= entries["scale"][rows]
        return cosines

    def likeness(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(len(rows),) cosine of what is stored for each passage row with the unit vector that should be, of the same place."""
        places, entries = self._map()
        likeness: NDArray[np.float32] = np.einsum("ij,ij->i", places[rows].astype(np.float32), vectors) * entries["scale"][rows]
        return likeness

    def _map(self) -> tuple[NDArray[np.int8], NDArray[np.void]]:
        """The files as arrays; mapped again when they were replaced or have grown."""
        with self._errors():
            stats = [(self.folder / name).stat() for name in (ROWS, VECTORS)]
            state = tuple(number for stat in stats for number in (stat.st_ino, stat.st_size))
            mapped = self._mapped
            if mapped is None or mapped[0] != state:
                n = min(stats[0].st_size // ROW.itemsize, stats[1].st_size // max(self.dimension, 1))
                places: NDArray[np.int8] = np.zeros((0, self.dimension), np.int8)
                entries: NDArray[np.void] = np.zeros(0, ROW)
                if n:
                    places = np.memmap(self.folder / VECTORS, np.int8, "r", shape=(n, self.dimension)).view(np.ndarray)
                    entries = np.memmap(self.folder / ROWS, ROW, "r", shape=(n,)).view(np.ndarray)
                mapped = self._mapped = (state, places, entries)
            return mapped[1], mapped[2]

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LibraryError(
                f"{self.folder} cannot be used: {error.strerror or error}. Nothing is lost: check the disk and the "
                f"permissions, and run the command again."
            ) from error
