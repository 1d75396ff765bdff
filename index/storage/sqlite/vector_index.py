"""Which passages are nearest to a question's vector: from Chroma, or by an exact scan of what a filter lets through.

Chroma (`chroma.py`) and the flat files (`int8_scan.py`) are derived from the library. Both are brought up to its generation
here, the same way after a crash as in the middle of an ordinary run: what they lack is asked of the library.

Filters are never given to Chroma: over 100,000 passages its `where` costs 600 ms of CPU for a range of dates, 200 ms for a
language, where the query alone costs 2 (scripts/LOG.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.embedding.language_means import Means, fingerprint, shipped
from index.errors import Busy, LibraryError
from index.storage.sqlite.database import Database
from index.storage.sqlite.reader import SqliteReader
from index.storage.sqlite.writer import SqliteWriter
from index.storage.vectors.chroma import Vectors
from index.storage.vectors.int8_scan import Flat

SCAN = 20_000  # up to so many passages a scan costs no more than a query of Chroma's, and needs no import (.5 to 2.3 s)
WIDE = 100_000  # more than so many (15 ms) are not scanned if Chroma finds enough of them among its MOST nearest (25 ms)
MOST = 2_000
BEHIND = 2_500  # so many may be newer than what the open client has seen before it is opened again
BLOCK = 10_000  # vectors brought up to date at a time: a rebuild of a million took 6 GB of memory in one go
EXACT = 64  # of the nearest by bytes are put in order by the vectors themselves


class Nearest:
    """The two derived stores of vectors of a library. Safe in threads; the writer's lock keeps other processes out."""

    def __init__(self, database: Database, reader: SqliteReader, writer: SqliteWriter) -> None:
        self.database, self.reader, self.writer = database, reader, writer
        self.chroma = Vectors.of(database.folder)
        self._flat: Flat | None = None
        self._unembedded: tuple[int, NDArray[np.int64], NDArray[np.int64]] | None = None  # generation, rows, their articles
        self._inside: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None

    @property
    def flat(self) -> Flat:
        """The flat files; their dimension is known once there is a vector."""
        flat, dimension = self._flat, int(self.database.meta("dimension", "0"))
        if flat is None or flat.dimension != dimension:
            flat = self._flat = Flat(self.database.folder, dimension)
        return flat

    @property
    def means(self) -> Means:
        """The language means that both stores' vectors are centred by: the shipped ones, which do not move."""
        return shipped(self.database.meta("embedder", ""), int(self.database.meta("dimension", "0")))

    # Asking

    def find(self, vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None, k: int) -> list[int]:
        """The k passage rows nearest to a centred vector, nearest first. `allowed`: by article row, which may be found."""
        inside = self.articles() if allowed is None else self.inside(allowed)
        if len(waiting := self._waiting()[0]):
            inside = inside.copy()
            inside[waiting[waiting < len(inside)]] = 0
        there = int(np.count_nonzero(inside))
        # Chroma's client writes in its folder even to read.
        if there <= SCAN or (allowed is not None and there <= WIDE) or self.database.read_only:
            return self._scan(vector, np.flatnonzero(inside), k)
        wanted = k if allowed is None else min(MOST, 2 * k * len(inside) // there)
        try:
            self._refresh()
            ids, generation = self.chroma.nearest(vector, wanted)
            by_id = self.reader.rows_of(ids)
            if 2 * len(by_id) < len(ids):  # most of what the open client finds has been deleted
                self._refresh(anew=True)
                ids, generation = self.chroma.nearest(vector, wanted)
                by_id = self.reader.rows_of(ids)
        except Busy:  # somebody has been writing one batch for long: slower, but right
            return self._scan(vector, np.flatnonzero(inside), k)
        near = np.array([by_id[id] for id in ids if id in by_id], np.int64)  # what is gone from the library is dropped
        if fresh := self.reader.rows(after=generation).tolist():  # written since Chroma was opened
            near = np.array(self._scan(vector, np.array(list(dict.fromkeys([*near.tolist(), *fresh])), np.int64), wanted))
        if allowed is not None:
            near = near[near < len(inside)]  # what came in since was not asked for
            near = near[inside[near]]
            if len(near) < k // 2:  # the question is about something else than what the filter lets through
                return self._scan(vector, np.flatnonzero(inside), k)
        return [int(row) for row in near[:k]]

    def inside(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """By passage row: which are of the article rows `allowed`. Kept for the search by words, which asks the same again."""
        kept = self._inside
        if kept is None or kept[0] is not allowed:
            articles = self.articles()
            known = np.minimum(articles, len(allowed) - 1)  # what came after `allowed` was made is not in it
            kept = self._inside = allowed, allowed[known] & (articles == known)
        return kept[1]

    def cosines(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of a centred vector with passage rows, to about .001; 0 for rows that are not in the flat files yet."""
        cosines = np.zeros(len(rows), np.float32)
        if self.flat.exists:
            known = rows < len(self.flat.articles())
            cosines[known] = self.flat.cosines(rows[known], vector)
        return cosines

    def articles(self) -> NDArray[np.int32]:
        """Passage row -> article row, 0 where there is none; with what is not in the flat files yet, or has no vector."""
        articles = self.flat.articles() if self.flat.exists else np.zeros(0, np.int32)
        fresh = self.reader.owners(after=self.database.indexed if len(articles) else 0)
        waiting, owners = self._waiting()
        if fresh or len(waiting):
            last = max([*fresh, *waiting[-1:].tolist()])
            articles = np.concatenate([articles, np.zeros(max(0, last + 1 - len(articles)), np.int32)])
            articles[list(fresh)] = list(fresh.values())
            articles[waiting] = owners
        return articles

    def _waiting(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The passage rows that have no vector yet, and their article rows. Kept until the library changes."""
        generation = self.database.generation
        if self._unembedded is None or self._unembedded[0] != generation:
            self._unembedded = generation, *self.reader.waiting_rows()
        return self._unembedded[1:]

    def _scan(self, vector: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> list[int]:
        """The k nearest of the rows: by bytes, then the first of them by the vectors themselves."""
        there = self.flat.articles() if self.flat.exists else np.zeros(0, np.int32)
        known = rows < len(there)
        known[known] = there[rows[known]] > 0
        near = self.flat.nearest(vector, rows[known], max(k, EXACT)) if known.any() else rows[known]
        first = [*near[:EXACT].tolist(), *rows[~known].tolist()]
        vectors, langs, matrix = self.reader.vectors(first)
        cosine = self.means.centred(matrix, langs) @ vector if len(vectors) else np.zeros(0, np.float32)
        return [*vectors[np.argsort(-cosine, kind="stable")].tolist(), *near[EXACT:].tolist()][:k]

    def _refresh(self, *, anew: bool = False) -> None:
        """Open Chroma if it is not open, or if too much was written since to be scanned at every question; `anew`: anyway."""
        if anew or self.chroma.opened < 0 or len(self.reader.rows(after=self.chroma.opened)) > BEHIND:
            with self.database.writing(wait=2.0):
                if anew:
                    self.chroma.close()
                self.sync()

    # Keeping up; the caller holds the writer's lock

    def sync(self) -> None:
        """Bring both up to the library's generation."""
        generation = self.database.generation
        self.open()
        removed, gone, added = self.reader.pending()
        if removed:
            self.chroma.forget(removed)
            self.flat.forget(gone)
        for at in range(0, len(added), BLOCK):
            part = added[at : at + BLOCK]
            rows, langs, matrix = self.reader.vectors([row for _, row, _ in part])  # in row order, like what was added
            centred = self.means.centred(matrix, langs)
            self.chroma.put([id for id, *_ in part], centred)
            self.flat.put(rows.tolist(), [article for *_, article in part], centred)
        self.writer.mark_indexed(generation)
        self.chroma.opened = generation

    def open(self) -> None:
        """A client of Chroma that has seen every write to the folder."""
        recipe = fingerprint()
        if not self.chroma.exists or not self.flat.exists or self.database.meta("recipe", recipe) != recipe:
            self.writer.mark_indexed(0)  # everything is pending again
        if self.database.meta("recipe", "") != recipe:
            self.database.set_meta("recipe", recipe)
        indexed = self.database.indexed
        if not indexed:
            self.flat.clear()
        if not indexed and self.chroma.opened:  # a run killed while Chroma made its files leaves a folder it cannot open
            self.chroma.clear()
        elif self.chroma.opened != indexed:
            self.chroma.open(indexed)
            if (held := self.chroma.count()) < (wanted := self.reader.size(until=indexed)):
                self.chroma.close()
                raise LibraryError(
                    f"{self.chroma.folder} lacks {wanted - held:,} of {wanted:,} vectors. Nothing is lost. "
                    f"Run: dragoman doctor --library {self.database.folder}"
                )

    def rebuild(self) -> None:
        """Make both anew from the library, without embedding again."""
        self.chroma.clear()
        self.writer.mark_indexed(0)
        self.sync()

    def misplaced(self) -> int:
        """How many rows of the flat files are not what the library says. Reads everything once."""
        articles = self.flat.articles() if self.flat.exists else np.zeros(0, np.int32)
        rows = self.reader.rows()
        wrong = int(np.count_nonzero(articles)) - len(rows)  # rows that should be empty
        if wrong or (len(rows) and rows[-1] >= len(articles)):
            return max(1, abs(wrong))
        for at in range(0, len(rows), BLOCK):
            stored, langs, matrix = self.reader.vectors(rows[at : at + BLOCK].tolist())
            owners = self.reader.owners(rows=stored.tolist())
            same = self.flat.likeness(stored, self.means.centred(matrix, langs)) > 0.999
            wrong += int(np.count_nonzero(~same | (articles[stored] != np.array([owners[n] for n in stored.tolist()]))))
        return wrong

    def unlike(self) -> int:
        """How many vectors in Chroma are not the library's. Reads everything once; Chroma has to be open."""
        wrong = 0
        passages = [(id, n) for id, n in self.reader.rows_of([id for id, *_ in self.reader.all_passages()]).items()]
        for at in range(0, len(passages), BLOCK):
            part = dict(passages[at : at + BLOCK])
            rows, langs, matrix = self.reader.vectors(list(part.values()))
            held, place = self.chroma.vectors(list(part)), {int(n): i for i, n in enumerate(rows)}
            centred = self.means.centred(matrix, langs)
            wrong += sum(not float(vector @ centred[place[part[id]]]) > 0.999 for id, vector in held.items())
        return wrong

    def close(self) -> None:
        """Give the shared client back."""
        self.chroma.release()
