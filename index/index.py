"""Index: a searchable library of news. The walk in and the walk out, each read downwards.

in:   sources.read -> decide -> split -> embed (batched across articles) -> library.put -> vectors.put -> library.mark_indexed
out:  question -> embed -> nearest (Chroma or an exact scan) + lexical -> rank -> Hits
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np

from index import rank
from index.dedupe import fingerprint as story_mark
from index.errors import Busy, LibraryError, ModelError, SourceError, WrongModel
from index.language import identify
from index.library import Candidate, Library, Prepared, about
from index.means import NONE, Means, fingerprint, shipped
from index.records import AddReport, Article, Embeddings, Filter, Hit, Period
from index.terms import names, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 48_000  # characters prepared at a time: some 70 passages, a few seconds of work to lose when killed
SCAN = 5_000  # up to so many passages a scan of our own vectors takes less time than importing chromadb (.5 to 2.3 s)
DEPTH = 200  # candidates taken from each search
DEEP = 2_000  # rows of the lexical index whose score is looked at: those that only the vectors found have one too
MORE = 4  # further passages of an article in its hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What is in a library."""

    folder: str
    articles: int
    versions: int
    passages: int
    deleted: int
    undated: int  # articles
    dates: Period | None  # first to last publication
    languages: dict[str, int]  # passages each
    outlets: dict[str, int]  # articles each
    embedder: str
    bytes: int  # on disk


@dataclass(slots=True, kw_only=True)
class Health:
    """What `doctor` found and did."""

    ok: bool  # nothing is wrong (any more)
    passages: int = 0
    vectors: int = 0  # in Chroma
    problems: list[str] = field(default_factory=list)  # what is still wrong
    done: list[str] = field(default_factory=list)  # what was repaired


class Index:
    """A library of news in a folder. Safe in threads; one process writes at a time, any number read."""

    def __init__(self, folder: Path | str, *, embeddings: Embeddings | None = None, create: bool = True) -> None:
        """Open or (with `create`) make the library in `folder`.

        `embeddings`: what makes the vectors; None is the embedded default model, loaded when first needed.
        Raises LibraryError if the folder cannot be used.
        """
        from index.vectors import Vectors

        self.folder = Path(folder)
        self.library = Library(self.folder, create=create)
        self._vectors = Vectors.of(self.folder)
        self._embeddings = embeddings
        self._loading = threading.Lock()
        self._means = (-1, NONE)  # generation, means

    # The walk in

    def add(
        self, articles: Iterable[Article | SourceError], *, on_progress: Callable[[AddReport], None] | None = None
    ) -> AddReport:
        """Write articles into the library. Adding the same again changes nothing.

        A SourceError among the articles is noted in the report and the rest goes on. `on_progress` is called after every batch
        with the report so far. Raises WrongModel, Busy, LibraryError; what was written before stays written.
        """
        report = AddReport()
        self._check_model()
        with ThreadPoolExecutor(1, "embed") as ahead:  # a batch is embedded while the one before it is written
            embedding: Future[list[Prepared]] | None = None
            for batch in self._batches(articles, report):
                if on_progress and not batch:
                    on_progress(report)
                following = ahead.submit(self._prepare, batch)
                if embedding:
                    self._write(embedding.result(), report, on_progress)
                embedding = following
            if embedding:
                self._write(embedding.result(), report, on_progress)
        self.catch_up()
        return report

    def _batches(self, articles: Iterable[Article | SourceError], report: AddReport) -> Iterator[list[Article]]:
        """The articles that have to be written, some BATCH characters at a time. Counts the others."""
        batch: list[Article] = []
        size = 0
        for article in articles:
            if isinstance(article, SourceError):
                report.failed.append(str(article))
                continue
            if not article.text.strip():
                report.failed.append(f"{article.id}: the text is empty")
                continue
            known = self.library.known(article.id)
            if known and known.deleted:
                report.deleted += 1
            elif known and (known.hash, known.about) == (article.hash, about(article)):
                report.same += 1
            else:
                batch.append(article)
                size += len(article.text)
            if size >= BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _prepare(self, batch: Sequence[Article]) -> list[Prepared]:
        """Split and embed: no lock is held here."""
        from index.split import split

        count = getattr(self.embeddings, "count", None)
        window = getattr(self.embeddings, "window", 512)
        spans = [
            [(0, 0)] * bool(article.title) + split(article.text, lang=article.lang, count=count, window=window)
            for article in batch
        ]
        texts = [passage_text(a.title, a.text[s:e]) for a, of in zip(batch, spans, strict=True) for s, e in of]
        vectors = self._embed(texts)
        prepared, at = [], 0
        for article, of in zip(batch, spans, strict=True):
            prepared.append(Prepared(article, of, vectors[at : at + len(of)], story_mark(article.text)))
            at += len(of)
        return prepared

    def _embed(self, texts: list[str]) -> NDArray[np.float16]:
        """Normalised float16 vectors: rounded once, here, so that Chroma and a rebuild get the very same values."""
        vectors = np.asarray(self.embeddings.embed_documents(texts), dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise ModelError(f"The embedding model {self.embedder} returned {vectors.shape} for {len(texts)} texts.")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        rounded: NDArray[np.float16] = (vectors / np.maximum(lengths, 1e-12)).astype(np.float16)
        return rounded

    def _write(self, batch: list[Prepared], report: AddReport, on_progress: Callable[[AddReport], None] | None) -> None:
        """One batch, under the writer's lock: SQLite first, in one transaction, then Chroma, then the mark that it has it."""
        with self.library.writing():
            self._check_model(batch[0].vectors.shape[1] if batch and batch[0].vectors.size else None)
            counts = self.library.put(batch)
            self._sync()
        for name, count in counts.items():
            setattr(report, name, getattr(report, name) + count)
        if on_progress:
            on_progress(report)

    def _sync(self) -> None:
        """Bring Chroma up to the library's generation. The caller holds the writer's lock.

        Ordinary runs and the first run after a crash come through here alike: what Chroma lacks is asked of the library.
        """
        generation = self.library.generation
        self._open_vectors()
        removed, ids, rows = self.library.pending()
        if removed:
            self._vectors.forget(removed)
        if ids:
            _, langs, matrix = self.library.vectors(rows)  # in row order, like the ids
            self._vectors.put(ids, self.shipped.centred(matrix, langs))
        self.library.mark_indexed(generation)
        self._vectors.opened = generation

    def _open_vectors(self) -> None:
        """A client that has seen every write to the folder. The caller holds the writer's lock."""
        recipe = fingerprint()
        if not self._vectors.folder.is_dir() or self.library.meta("recipe", recipe) != recipe:  # everything is pending again
            self.library.mark_indexed(0)
        if self.library.meta("recipe", "") != recipe:
            self.library.set_meta("recipe", recipe)
        indexed = self.library.indexed
        if not indexed and self._vectors.opened:  # a run killed while Chroma made its files leaves a folder it cannot open
            self._vectors.clear()
        elif self._vectors.opened != indexed:
            self._vectors.open(indexed)

    def catch_up(self) -> None:
        """Finish what a killed run left between SQLite and Chroma."""
        if self.library.indexed != self.library.generation:
            with self.library.writing():
                self._sync()

    def delete(self, ids: Iterable[str]) -> int:
        """Forget articles, every version, in every index. A tombstone keeps feeds from bringing them back. Returns how many."""
        with self.library.writing():
            gone = self.library.delete(ids)
            self._sync()
        return gone

    # The walk out

    def search(self, question: str, *, k: int = 10, filter: Filter | None = None, as_of: Period | None = None) -> list[Hit]:
        """The k articles that answer best, each with its best passages.

        `filter` narrows; `as_of` hides what was published after that time (undated articles stay).
        Raises WrongModel if the library was built with other embeddings, ModelError if they fail.
        """
        if not question.strip() or k < 1 or not self.library.size():
            return []
        self._check_model()
        vector = self._query(question)
        lang = identify(question)
        near = self._nearest(self.shipped.question(vector, lang), filter, DEPTH)
        lexical = self.library.lexical("terms", terms(question, lang), DEEP, filter)
        named = self.library.lexical("names", names(question, lang), DEEP, filter)
        rows = list(dict.fromkeys(near + [row for row, _ in lexical[:DEPTH]] + [row for row, _ in named[:DEPTH]]))
        found = self._candidates(rows, as_of)
        if not found:
            return []
        articles, passages = self._side_by_side(found, lang, dict(lexical), dict(named))
        scores = rank.rank(rank.Question(vector, lang), passages, articles, self.means)
        cosine = passages.vectors @ vector
        vector_rank = {row: i for i, row in enumerate(near, 1)}
        lexical_rank = {row: i for i, (row, _) in enumerate(lexical, 1)}

        best = _best(scores, passages.article, articles.origins, k)
        shown = self.library.passages([found[i].n for of in best for i in of])
        copies = self.library.copies({found[of[0]].origin for of in best})
        return [
            Hit(
                passage=shown[found[of[0]].n],
                more=tuple(shown[found[i].n] for i in of[1:]),
                score=float(scores.articles[passages.article[of[0]]]),
                cosine=float(cosine[of[0]]),
                lexical_rank=lexical_rank.get(found[of[0]].n),
                vector_rank=vector_rank.get(found[of[0]].n),
                copies=tuple(id for id in copies[found[of[0]].origin] if id != found[of[0]].article_id),
            )
            for of in best
        ]

    def _candidates(self, rows: Sequence[int], as_of: Period | None) -> list[Candidate]:
        """The passages of the rows. A title that was found stands for the first passage of its article."""
        found = {
            row: passage
            for row, passage in self.library.candidates(rows).items()
            if not (as_of and passage.published and passage.published.start >= as_of.end)
        }
        headed = [passage.article for passage in found.values() if passage.heading]
        first = [row for _, row in self.library.openings(headed).values() if row is not None]
        found |= self.library.candidates([row for row in first if row not in found])
        return [found[row] for row in sorted(found) if not found[row].heading]

    def _side_by_side(
        self, found: Sequence[Candidate], lang: str, lexical: dict[int, float], named: dict[int, float]
    ) -> tuple[rank.Articles, rank.Passages]:
        """Candidates as ranking takes them. Words count only in the question's language (in all, when that is not known)."""
        articles = list({passage.article: passage for passage in found}.values())
        place = {passage.article: i for i, passage in enumerate(articles)}
        titles = {article: title for article, (title, _) in self.library.openings(list(place)).items() if title is not None}
        rows, _, matrix = self.library.vectors([*(passage.n for passage in found), *titles.values()])
        vector = dict(zip(rows.tolist(), matrix, strict=True))
        none = np.zeros(matrix.shape[1], np.float32)
        return rank.Articles(
            langs=[article.lang for article in articles],
            titles=[article.title for article in articles],
            origins=[article.origin for article in articles],
            vectors=np.stack([vector[titles[a.article]] if a.article in titles else none for a in articles]),
        ), rank.Passages(
            article=np.array([place[passage.article] for passage in found], np.int64),
            vectors=np.stack([vector[passage.n] for passage in found]),
            terms=np.array([lexical.get(p.n, 0.0) if lang in ("", p.lang) else 0.0 for p in found], np.float32),
            names=np.array([named.get(passage.n, 0.0) for passage in found], np.float32),
        )

    def _query(self, question: str) -> NDArray[np.float32]:
        vector = np.asarray(self.embeddings.embed_query(question), dtype=np.float32)
        return vector / max(float(np.linalg.norm(vector)), 1e-12)

    def _nearest(self, vector: NDArray[np.float32], filter: Filter | None, k: int) -> list[int]:
        """Passage rows nearest to the vector, nearest first.

        Filters are never given to Chroma (its `where` costs 600 ms for a range of dates over 100,000 passages, measured;
        without one it answers in 4): few passages are scanned exactly, many are found by asking for more than is needed.
        """
        size = self.library.size()
        if filter or size <= SCAN:
            rows = self.library.rows(filter)
            if len(rows) <= max(SCAN, size // 10):
                return self._scan(vector, rows.tolist(), k)
            wanted = set(rows.tolist())
            k = min(2_000, k * max(1, size // len(rows)) * 2)
        else:
            wanted = None
        try:
            self._refresh()
        except Busy:  # somebody has been writing one batch for long: slower, but right
            return self._scan(vector, self.library.rows(filter).tolist(), k)
        ids, generation = self._vectors.nearest(vector, k)
        by_id = self.library.rows_of(ids)
        near = [by_id[id] for id in ids if id in by_id]  # an id that is gone from the library is dropped
        if fresh := self.library.rows(after=generation).tolist():  # written since Chroma was opened
            near = self._scan(vector, list(dict.fromkeys(near + fresh)), k)
        return [row for row in near if wanted is None or row in wanted]

    def _scan(self, vector: NDArray[np.float32], rows: Sequence[int], k: int) -> list[int]:
        """The k nearest of the given rows, by exact cosine over our own vectors: what Chroma would find."""
        found, langs, matrix = self.library.vectors(rows)
        if not len(found):
            return []
        near = self.shipped.centred(matrix, langs) @ vector
        return [int(row) for row in found[np.argsort(-near, kind="stable")[:k]]]

    def _refresh(self) -> None:
        """Open Chroma if it is not open, or if too much was written since to be scanned at every question."""
        if self._vectors.opened < 0 or len(self.library.rows(after=self._vectors.opened)) > SCAN // 2:
            with self.library.writing(wait=2.0):
                self._sync()

    @property
    def shipped(self) -> Means:
        """The language means that ship for the model: what Chroma's vectors are centred by."""
        return shipped(self.library.meta("embedder", self.embedder), int(self.library.meta("dimension", "0")))

    @property
    def means(self) -> Means:
        """The language means that ranking uses: the shipped ones, moved towards those of this library."""
        generation = self.library.generation
        if self._means[0] != generation:
            self._means = (generation, self.shipped.with_library(self.library.sums()))
        return self._means[1]

    # The model

    @property
    def embeddings(self) -> Embeddings:
        """What makes the vectors. The embedded default model is loaded at the first use."""
        if self._embeddings is None:
            with self._loading:
                if self._embeddings is None:
                    from index.embed import load

                    self._embeddings = load()
        return self._embeddings

    @property
    def embedder(self) -> str:
        """The name of the embedding model, as the library records it."""
        if self._embeddings is None:
            from index.embed import E5

            return E5.name
        name = getattr(self._embeddings, "name", None) or getattr(self._embeddings, "model", None)
        return str(name or f"{type(self._embeddings).__module__}.{type(self._embeddings).__qualname__}")

    def _check_model(self, dimension: int | None = None) -> None:
        """Refuse to mix vectors of two models. With a dimension: also record the model in a library that has none yet."""
        recorded = self.library.meta("embedder", "")
        if recorded and recorded != self.embedder and self.library.size():
            raise WrongModel(
                f"{self.folder} was built with the embedding model {recorded}, and {self.embedder} is configured. "
                f"Set embeddings back, or export the articles and ingest them into a new library."
            )
        if dimension and (recorded, self.library.meta("dimension", "")) != (self.embedder, str(dimension)):
            if self.library.size():
                raise WrongModel(f"{self.embedder} now makes vectors of {dimension} numbers; {self.folder} holds others.")
            self.library.set_meta("embedder", self.embedder)
            self.library.set_meta("dimension", str(dimension))

    # Looking after it

    def article(self, id: str, version: int | None = None) -> Article | None:
        """One version of an article, the newest by default; None if there is none."""
        return self.library.article(id, version)

    def articles(self) -> Iterator[Article]:
        """The newest version of every article, in the order they came in."""
        return self.library.articles()

    def stats(self) -> Stats:
        """What is in the library."""
        library = self.library
        return Stats(
            folder=str(self.folder), **library.counts(), undated=library.undated(), dates=library.span_of_dates(),
            languages=library.languages(), outlets=library.outlets(), embedder=library.meta("embedder", ""),
            bytes=sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()),
        )  # fmt: skip

    def doctor(self, *, rebuild: bool = False) -> Health:
        """Check everything, and mend what can be mended from SQLite; with `rebuild`, make the derived indexes anew.

        Raises LibraryError when SQLite itself cannot be read.
        """
        health = Health(ok=True)
        with self.library.writing():
            if rebuild:
                self._rebuild(health)
            elif self.library.indexed != self.library.generation:
                self._sync_or_rebuild(health)
                health.done.append("finished what an interrupted run had left undone")
            health.problems = self.library.problems()
            if any("lexical" in problem for problem in health.problems):
                self.library.rebuild_lexical()
                health.done.append("made the lexical index anew")
                health.problems = self.library.problems()
            wanted = {id for id, *_ in self.library.all_passages()}
            if (held := self._held(health)) != wanted:
                health.done.append(f"Chroma lacked {len(wanted - held)} passages and had {len(held - wanted)} too many")
                self._rebuild(health)
                held = self._held(health)
                if held != wanted:
                    health.problems.append("Chroma does not hold the passages of the library, even after a rebuild")
            health.passages, health.vectors = len(wanted), len(held)
        health.ok = not health.problems
        return health

    def _held(self, health: Health) -> set[str]:
        try:
            self._open_vectors()
            return self._vectors.ids()
        except LibraryError as error:
            health.done.append(str(error))
            return set()

    def _sync_or_rebuild(self, health: Health) -> None:
        try:
            self._sync()
        except LibraryError as error:
            health.done.append(str(error))
            self._rebuild(health)

    def _rebuild(self, health: Health) -> None:
        """Chroma and the lexical index from SQLite, without embedding again."""
        self._vectors.clear()
        self.library.mark_indexed(0)
        self._sync()
        self.library.rebuild_lexical()
        health.done.append("made Chroma and the lexical index anew")

    def close(self) -> None:
        """Close the files. The object cannot be used afterwards."""
        self._vectors.release()
        self.library.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def passage_text(title: str, text: str) -> str:
    """What is embedded of a passage: the title in front of it, unless it begins with that; of no text the title alone."""
    return text if not title or text.startswith(title) else f"{title}\n{text}".strip()


def _best(scores: rank.Scores, article: NDArray[np.int64], origins: Sequence[str], k: int) -> list[list[int]]:
    """The first k stories: of each the best article, as the places of its best passages."""
    of: dict[int, list[int]] = {}
    for i in np.argsort(-scores.passages, kind="stable").tolist():
        of.setdefault(int(article[i]), []).append(i)
    stories: dict[str, list[int]] = {}
    for place in np.argsort(-scores.articles, kind="stable").tolist():
        stories.setdefault(origins[place], of[place][: 1 + MORE])
    return list(stories.values())[:k]
