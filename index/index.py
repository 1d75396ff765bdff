"""Index: a searchable library of news. The walk in and the walk out, each read downwards.

in:   sources.read -> decide -> split -> embed (batched across articles) -> library.put -> vectors.put -> library.mark_indexed
out:  question -> embed -> nearest (Chroma or an exact scan) + lexical -> rank -> Hits
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np

from index import rank, recent
from index.dates import mentions
from index.dedupe import fingerprint as story_mark
from index.doctor import Health, examine
from index.errors import ModelError, SourceError, WrongModel
from index.language import identify
from index.library import Candidate, Found, Library, Prepared, about
from index.means import NONE, Means
from index.nearest import Nearest, permitted
from index.recent import Report
from index.records import AddReport, Article, Embeddings, Filter, Hit, Passage, Period
from index.statements import Quotation, Row, alone, asked_keys, quotation, speaks, whole
from index.terms import NAME, asks_what_was_said, question_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 48_000  # characters prepared at a time: some 70 passages
WRITE = 1.0, 1_000_000  # seconds and characters after which what is prepared is written: so much work is lost when killed
DEPTH = 200  # candidates taken from each lexical search
NEAR = 100  # candidates taken from the vectors, and kept of the lexical ones
LONGEST = 500_000  # characters of a text whose statements are looked for
SLICE = 100  # statements read with their texts at a time
ON_IT = 0.5  # closeness from which a statement is about something
UNLIKE, ALIKE = 0.05, 0.25  # centred cosines of words and a passage on something else, and on that
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


@dataclass(frozen=True, slots=True)
class Words:
    """A question's keys in the lexical index, side by side; see `rank.Question`."""

    langs: list[str]
    postings: list[NDArray[np.int64]]  # the rows that have each
    weights: NDArray[np.float32]


class Index:
    """A library of news in a folder. Safe in threads; one process writes at a time, any number read."""

    def __init__(self, folder: Path | str, *, embeddings: Embeddings | None = None, create: bool = True) -> None:
        """Open or (with `create`) make the library in `folder`.

        `embeddings`: what makes the vectors; None is the embedded default model, loaded when first needed.
        Raises LibraryError if the folder cannot be used.
        """
        self.folder = Path(folder)
        self.library = Library(self.folder, create=create)
        self._nearest = Nearest(self.library)
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
        waiting: list[Prepared] = []
        written = time.monotonic()
        for prepared in self._ahead(self._batches(articles, report)):
            waiting += prepared
            if time.monotonic() - written >= WRITE[0] or sum(len(one.article.text) for one in waiting) >= WRITE[1]:
                self._write(waiting, report, on_progress)
                waiting, written = [], time.monotonic()
        if waiting:
            self._write(waiting, report, on_progress)
        self.catch_up()
        return report

    def _ahead(self, batches: Iterable[list[Article]]) -> Iterator[list[Prepared]]:
        """The batches, prepared: each while the one before it is written."""
        with ThreadPoolExecutor(1, "embed") as ahead:
            embedding: Future[list[Prepared]] | None = None
            for batch in batches:
                following = ahead.submit(self._prepare, batch)
                if embedding:
                    yield embedding.result()
                embedding = following
            if embedding:
                yield embedding.result()

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
        from index.quotes import statements
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
            # Longer than any article: a dump, of which the statements would take a gigabyte of memory to find.
            whole = article.text if len(article.text) <= LONGEST else ""
            said = statements(whole, lang=article.lang, title=article.title, published=article.published)
            prepared.append(Prepared(article, of, vectors[at : at + len(of)], story_mark(article.text), said))
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
            self._nearest.sync()
        for name, count in counts.items():
            setattr(report, name, getattr(report, name) + count)
        if on_progress:
            on_progress(report)

    def catch_up(self) -> None:
        """Finish what a killed run left between SQLite and Chroma."""
        if self.library.indexed != self.library.generation:
            with self.library.writing():
                self._nearest.sync()

    def delete(self, ids: Iterable[str]) -> int:
        """Forget articles, every version, in every index. A tombstone keeps feeds from bringing them back. Returns how many."""
        with self.library.writing():
            gone = self.library.delete(ids)
            self._nearest.sync()
        return gone

    # The walk out

    def search(self, question: str, *, k: int = 10, filter: Filter | None = None, as_of: Period | None = None) -> list[Hit]:
        """The k articles that answer best, each with its best passages.

        `filter` narrows; `as_of` hides what was published after that time (undated articles stay).
        Raises WrongModel if the library was built with other embeddings, ModelError if they fail.
        """
        if not question.strip() or k < 1 or self.library.empty:
            return []
        self._check_model()
        vector = self._query(question)
        lang = identify(question)
        allowed = self.library.allowed(filter, as_of)
        centred = self._nearest.means.question(vector, lang)
        near = self._nearest.find(centred, allowed, NEAR)
        words = self._looked_up(question, lang)
        lexical = self._with_words(words, allowed, centred)
        named = [mention.period for mention in mentions(question, as_of or _today(), lang)]
        with self.library.reading():
            asked = rank.Question(vector, lang, words.langs, words.weights, asks_what_was_said(question))
            return self._ranked(asked, words, near, lexical, named, k)

    def quotes(
        self,
        *,
        speaker: str = "",
        about: str = "",
        since: Period | None = None,
        until: Period | None = None,
        lang: str = "",
        outlet: str = "",
        limit: int = 50,
        filter: Filter | None = None,
        as_of: Period | None = None,
    ) -> list[Quotation]:
        """Who said what: at most `limit` statements, newest first.

        `speaker`: as anybody may write the name, see `statements.speaks`. `about`: words on the matter, in any language.
        `since`, `until`: when it was said, or published where the article does not tell; the whole of both periods is inside.
        `lang`, `outlet`, `filter` and `as_of` narrow the articles. Raises WrongModel, ModelError, LibraryError.
        """
        keys = asked_keys(speaker)
        if (speaker.strip() and not keys) or limit < 1 or self.library.empty:
            return []
        if outlet:
            filter = replace(filter or Filter(), outlets=frozenset({outlet}))
        self._check_model()
        passages = self._on(about, self.library.allowed(filter, as_of)) if about.strip() and not keys else None
        rows = self.library.said(
            filter, as_of, keys=keys, passages=passages, lang=lang,
            since=since.start if since else None, until=until.end if until else None,
        )  # fmt: skip
        close = self._closeness(about, [row.passage for row in rows]) if about.strip() else None
        sure = list(islice(self._quoted(rows, speaker, close), limit))
        if sure or not alone(speaker, (row.statement for row in rows)):
            return sure
        return list(islice(self._quoted(rows, speaker, close, surname=True), limit))

    def sharing(self, text: str, *, k: int = 10, filter: Filter | None = None, as_of: Period | None = None) -> list[Passage]:
        """The k passages that share most of a text's words, by the lexical index alone: for finding where a text comes from."""
        words = self._looked_up(text, identify(text))
        allowed = self.library.allowed(filter, as_of)
        postings = words.postings
        if allowed is not None:
            articles = self._nearest.articles()
            inside = np.append(permitted(articles, allowed), False)
            postings = [rows[inside[np.minimum(rows, len(articles))]] for rows in postings]
        rows = rank.richest(postings, words.weights, k).tolist()
        found = self.library.passages(rows)
        return [found[row] for row in rows if row in found]

    def reports(self, window: Period, *, filter: Filter | None = None, as_of: Period | None = None) -> list[Report]:
        """What came out in a window, the oldest first, with what it is compared by; see `recent.reports`.

        `as_of` hides what was published, or changed, after that time. LibraryError when the library cannot be read.
        """
        return recent.reports(self.library, self.means, window, filter=filter, as_of=as_of)

    def topic(self, text: str) -> NDArray[np.float32]:
        """The vector of a topic in words, to be compared with those of `reports`: unit length, centred. ModelError."""
        return self._nearest.means.question(self._query(text), identify(text))

    def sentences(self, texts: Sequence[str], langs: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimension) vectors of sentences in their languages, comparable across them. ModelError."""
        return self.means.centred(self._embed(list(texts)).astype(np.float32), langs)

    def _on(self, about: str, allowed: NDArray[np.bool_] | None) -> list[int]:
        """Passage rows that may be about something."""
        lang = identify(about)
        centred = self._nearest.means.question(self._query(about), lang)
        near = self._nearest.find(centred, allowed, NEAR)
        return list(dict.fromkeys(near + self._with_words(self._looked_up(about, lang), allowed, centred)))

    def _closeness(self, about: str, rows: Sequence[int]) -> dict[int, float]:
        """How near passages are to what is asked about, 0..1: by its words in their language, by names and vectors in all."""
        lang = identify(about)
        words = self._looked_up(about, lang)
        numbers, langs, matrix = self.library.vectors(list(dict.fromkeys(rows)))
        if not len(numbers):
            return {}
        cosine = self.means.centred(matrix, langs) @ self._nearest.means.question(self._query(about), lang)
        found = rank.membership(numbers, words.postings)
        close = np.clip((cosine - UNLIKE) / (ALIKE - UNLIKE), 0, 1)
        for key_lang in dict.fromkeys(words.langs):
            keys = np.array([of == key_lang for of in words.langs], bool)
            readers = np.array([key_lang in (NAME, of) for of in langs], bool)
            share = found[:, keys] @ words.weights[keys] / max(float(words.weights[keys].sum()), 1e-6)
            close = np.maximum(close, np.where(readers, share, 0))
        return dict(zip(numbers.tolist(), close.tolist(), strict=True))

    def _quoted(
        self, rows: Sequence[Row], speaker: str, close: dict[int, float] | None, *, surname: bool = False
    ) -> Iterator[Quotation]:
        """The statements that are the speaker's and on the matter, whole."""
        rows = [row for row in rows if close is None or close.get(row.passage, 0.0) >= ON_IT]
        for at in range(0, len(rows), SLICE):
            part = rows[at : at + SLICE]
            numbers = sorted({row.passage for row in part})
            texts, passages = self.library.texts(numbers), self.library.passages(numbers)
            for row in part:
                if row.passage in texts and row.passage in passages:
                    statement = whole(row.statement, texts[row.passage])
                    if not speaker.strip() or speaks(speaker, statement, surname=surname):
                        nearness = close[row.passage] if close else 0.0
                        yield quotation(statement, texts[row.passage], passages[row.passage], nearness)

    def _ranked(
        self, asked: rank.Question, words: Words, near: list[int], lexical: list[int], named: Sequence[Period], k: int
    ) -> list[Hit]:
        """The k best articles of those that the two searches found."""
        found, articles = self.library.candidates(list(dict.fromkeys(near + lexical)))
        if not found:
            return []
        passages, sources = self._side_by_side(found, articles, words, named)
        scores = rank.rank(asked, passages, sources, self.means)
        best = _best(scores, passages.article, sources.origins, k)
        shown = self.library.passages([found[i].n for of in best for i in of])
        copies = self.library.copies({sources.origins[passages.article[of[0]]] for of in best})
        vector_rank = {row: i for i, row in enumerate(near, 1)}
        lexical_rank = {row: i for i, row in enumerate(lexical, 1)}
        cosine = passages.vectors @ asked.vector
        return [
            Hit(
                passage=shown[found[of[0]].n],
                more=tuple(shown[found[i].n] for i in of[1:]),
                score=float(scores.articles[passages.article[of[0]]]),
                cosine=float(cosine[of[0]]),
                lexical_rank=lexical_rank.get(found[of[0]].n),
                vector_rank=vector_rank.get(found[of[0]].n),
                copies=tuple(
                    id for id in copies[articles[found[of[0]].article].origin] if id != articles[found[of[0]].article].id
                ),
            )
            for of in best
        ]

    def _looked_up(self, question: str, lang: str) -> Words:
        """The question's keys in the lexical index: names, and terms in its language (in all, when that is not known)."""
        counts = {of: n for of, (_, n) in self.library.sums().items()}
        asked = question_keys(question, [lang] if lang else counts)
        postings = {key: rows for key, rows in self.library.postings(list(asked)).items() if len(rows) or asked[key] != NAME}
        langs = [asked[key] for key in postings]
        total = sum(counts.values())
        size = [total if of == NAME else counts.get(of, 0) for of in langs]
        weights = [rank.weight(n, len(rows)) for n, rows in zip(size, postings.values(), strict=True)]
        return Words(langs, list(postings.values()), np.array(weights, np.float32))

    def _with_words(self, words: Words, allowed: NDArray[np.bool_] | None, centred: NDArray[np.float32]) -> list[int]:
        """Passage rows that have the most of the question's terms, or of its names.

        Of those, the NEAR that do best by words and vector together are kept: what ranking reads of each costs 10 us.
        """
        if allowed is None:
            postings = words.postings
        else:
            articles = self._nearest.articles()
            inside = np.append(permitted(articles, allowed), False)  # a row that came since is none that was asked for
            postings = [rows[inside[np.minimum(rows, len(articles))]] for rows in words.postings]
        parts = [
            rank.richest([postings[i] for i in of], words.weights[of], DEPTH)
            for of in ([i for i, lang in enumerate(words.langs) if (lang == NAME) is name] for name in (False, True))
        ]
        rows = np.array(list(dict.fromkeys(np.concatenate(parts).tolist())), np.int64)
        if len(rows) <= NEAR:
            return [int(row) for row in rows]
        share = rank.membership(rows, postings) @ words.weights / max(float(words.weights.sum()), 1e-6)
        best = np.sort(np.argsort(-(share + self._nearest.cosines(rows, centred)), kind="stable")[:NEAR])
        return [int(row) for row in rows[best]]

    def _side_by_side(
        self, found: Sequence[Candidate], articles: dict[int, Found], words: Words, named: Sequence[Period]
    ) -> tuple[rank.Passages, rank.Articles]:
        """Candidates as ranking takes them."""
        of = [articles[n] for n in dict.fromkeys(passage.article for passage in found)]
        titled = [article.opening for article in of if article.titled]
        rows, _, matrix = self.library.vectors([*(passage.n for passage in found), *titled])
        numbers = np.array([passage.n for passage in found], np.int64)
        titles = np.zeros((len(of), matrix.shape[1]), np.float32)
        titles[[article.titled for article in of]] = matrix[np.searchsorted(rows, titled)]
        place = {article.n: i for i, article in enumerate(of)}
        return rank.Passages(
            article=np.array([place[passage.article] for passage in found], np.int64),
            vectors=matrix[np.searchsorted(rows, numbers)],
            found=rank.membership(numbers, words.postings),
            length=np.array([passage.keys for passage in found], np.float32),
        ), rank.Articles(
            langs=[article.lang for article in of],
            titles=[article.title for article in of],
            origins=[article.origin for article in of],
            vectors=titles,
            dated=rank.dated([article.published for article in of], named),
        )

    def _query(self, question: str) -> NDArray[np.float32]:
        vector = np.asarray(self.embeddings.embed_query(question), dtype=np.float32)
        return vector / max(float(np.linalg.norm(vector)), 1e-12)

    @property
    def means(self) -> Means:
        """The language means that ranking uses: the shipped ones, moved towards those of this library."""
        generation = self.library.generation
        if self._means[0] != generation:
            self._means = (generation, self._nearest.means.with_library(self.library.sums()))
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
        if recorded and recorded != self.embedder and not self.library.empty:
            raise WrongModel(
                f"{self.folder} was built with the embedding model {recorded}, and {self.embedder} is configured. "
                f"Set embeddings back, or export the articles and ingest them into a new library."
            )
        if dimension and (recorded, self.library.meta("dimension", "")) != (self.embedder, str(dimension)):
            if not self.library.empty:
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
        return examine(self.library, self._nearest, rebuild=rebuild)

    def close(self) -> None:
        """Close the files. The object cannot be used afterwards."""
        self._nearest.close()
        self.library.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def passage_text(title: str, text: str) -> str:
    """What is embedded of a passage: the title in front of it, unless it begins with that; of no text the title alone."""
    return text if not title or text.startswith(title) else f"{title}\n{text}".strip()


def _today() -> Period:
    """The moment a question is asked."""
    now = int(time.time())
    return Period(now, now + 1)


def _best(scores: rank.Scores, article: NDArray[np.int64], origins: Sequence[str], k: int) -> list[list[int]]:
    """The first k stories: of each the best article, as the places of its best passages."""
    of: dict[int, list[int]] = {}
    for i in np.argsort(-scores.passages, kind="stable").tolist():
        of.setdefault(int(article[i]), []).append(i)
    stories: dict[str, list[int]] = {}
    for place in np.argsort(-scores.articles, kind="stable").tolist():
        stories.setdefault(origins[place], of[place][: 1 + MORE])
    return list(stories.values())[:k]
