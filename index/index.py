"""Index: a searchable library of news. Taking articles in and searching them, each read downwards.

in:   sources.read -> deciding.py -> preparation.py -> storage.put; behind it embedding.py: storage.to_embed -> storage.embed
out:  search.py
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.address import ChromaAddress, ServerAddress, chroma_address, library_address
from index.errors import ModelError, SourceError
from index.ingest import embedding, preparation
from index.ingest.attempts import set_aside
from index.ingest.deciding import to_write
from index.ingest.embedding import Embedder
from index.ingest.http.urls import canonical
from index.quotes.quotation import Quotation, read, whole
from index.records import AddReport, Article, Embeddings, Extent, Filter, Hit, Passage, Period, Results, Scope
from index.search import quotes as spoken
from index.search import recent_reports
from index.search.recent_reports import Report
from index.search.search import Search
from index.storage.models import other_model
from index.storage.opening import open_storage
from index.storage.protocol import Storage
from index.storage.records import Health, StatementQuery, Stats
from index.text.language import identify
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.quotes import Statement

Named = TypeVar("Named", Article, Passage)


class Index:
    """A library of news in a folder or a database. Safe in threads; one process writes at a time, any number read."""

    def __init__(
        self,
        folder: Path | str | ServerAddress,
        *,
        embeddings: Embeddings | None = None,
        create: bool = True,
        publishers: Publishers = SHIPPED,
        chroma: ChromaAddress | str | None = None,
    ) -> None:
        """Open or (with `create`) make the library in `folder`, which may be a server's address: `postgresql://HOST/NAME`.

        `embeddings`: what makes the vectors; None is the embedded default model, loaded when first needed.
        `publishers`: what is known of outlets. `chroma`: a Chroma server that indexes the vectors of a library in PostgreSQL.
        Raises LibraryError if the folder or the server cannot be used.
        """
        self.folder = library_address(folder)
        server = chroma_address(chroma) if isinstance(chroma, str) else chroma
        self.storage: Storage = open_storage(self.folder, create=create, publishers=publishers, chroma=server)
        self._embeddings = embeddings
        self._loading = threading.Lock()
        self.publishers = publishers
        self._search = Search(self.storage, self._query, publishers)
        self._embedder = Embedder(self.storage, lambda: self.embeddings)

    # Taking articles in

    def add(
        self,
        articles: Iterable[Article | SourceError],
        *,
        wait: bool = True,
        on_progress: Callable[[AddReport], None] | None = None,
    ) -> AddReport:
        """Write articles into the library. Adding the same again changes nothing.

        An article is found by its words, and by who says what in it, as soon as it is read; by meaning when it is embedded,
        which goes on behind that, the last one first. This returns when all of these articles are; without `wait` when they
        are written: the embedding goes on until `close`, and what is not embedded then is at the next `add` or `catch_up`.

        A SourceError among the articles is noted in the report and the rest goes on. `on_progress` is called now and then with
        the report so far. Raises WrongModel, Busy, LibraryError, ModelError; what was written before stays written.
        """
        report = AddReport()
        self._check_model()
        self._embedder.anew()
        given: list[str] = []
        for batch in to_write(articles, report, given, self.storage, self.publishers):
            self._embedder.own([article.id for article in batch])
            report.include(self.storage.put(preparation.prepared(batch, self.embeddings)))
            self._embedder.start()
            if on_progress:
                on_progress(report)
        if wait:
            self._embedder.finish(given, self._telling(report, on_progress))
            self.storage.catch_up()
        return self._ended(report)

    def add_embedded(self, articles: Iterable[Article | SourceError]) -> AddReport:
        """As `add`, but embedded before it is written: of a text that ends the process, or that the model fails on, nothing is
        left in the library for others to meet. Raises what the model raises; what was written before stays written.
        """
        report = AddReport()
        self._check_model()
        given: list[str] = []
        for batch in to_write(articles, report, given, self.storage, self.publishers):
            prepared = preparation.prepared(batch, self.embeddings)
            known = self.storage.known([article.id for article in batch])
            ids, made = self._embedder.before(prepared, known)
            report.include(self.storage.put(prepared))
            if ids:
                self.storage.embed(ids, made, self._embedder.made_by(made))
        self._embedder.finish(given)
        self.storage.catch_up()
        return self._ended(report)

    def _ended(self, report: AddReport) -> AddReport:
        """With how much waits at the end, and which articles were set aside, once each."""
        report.waiting = self.storage.waiting()
        report.set_aside += map(set_aside, self._embedder.newly_set_aside())
        return report

    def _telling(self, report: AddReport, on_progress: Callable[[AddReport], None] | None) -> Callable[[], None]:
        """What tells how much waits to be embedded."""

        def tell() -> None:
            if on_progress:
                report.waiting = self.storage.waiting()
                on_progress(report)

        return tell

    def catch_up(self, *, wait: bool = True, on_progress: Callable[[AddReport], None] | None = None) -> AddReport:
        """Finish what a killed run left undone; without `wait` behind whatever comes next, but for what may have killed it.

        What another process is embedding is left to it. The report has what was set aside; without `wait` the next `add` tells
        it. `on_progress` as of `add`. Raises like `add`.
        """
        report = AddReport()
        self._check_model()
        waiting = self.storage.waiting()
        if not wait:
            if waiting:
                self._embedder.finish_suspects()  # before anything else is begun that would end with the process
            return report
        if waiting:
            self._embedder.finish_all(self._telling(report, on_progress))
        self.storage.catch_up()
        return self._ended(report)

    @property
    def waiting(self) -> int:
        """How many passages and titles are found by words, and not yet by meaning: what waits for its vector, without what is
        set aside."""
        return self.storage.waiting()

    def matching(self, *, url: str = "", outlet: str = "", before: int | None = None) -> list[str]:
        """Ids of the articles that have all of these: the address (tracking parameters do not count), the outlet (compared
        without case and accents), a publication that was over before the time `before` in UTC seconds."""
        urls = tuple(dict.fromkeys((url, canonical(url)))) if url else ()
        return self.storage.matching(urls=urls, outlet=outlet, before=before)

    def delete(self, ids: Iterable[str]) -> int:
        """Forget articles, every version, in every index. A tombstone keeps feeds from bringing them back. Returns how many.

        SQLite takes .02 s at 100,000 passages; where Chroma is not open yet, opening it to drop their vectors takes .9.
        """
        return self.storage.delete(list(ids))

    # Searching

    def results(
        self,
        question: str,
        *,
        k: int = 10,
        scope: Scope = Scope(),
    ) -> Results:
        """The k articles that answer best, each with its best passages, and what was taken from the question for a filter.

        The scope's filter narrows, and is never relaxed; what the question asks for ("according to EFE", "since Monday")
        narrows further, unless that leaves nothing on the topic: then its chips are relaxed. Undated articles stay, whatever
        `scope.as_of` is. Raises WrongModel if the library was built with other embeddings, ModelError if they fail.
        """
        self._check_model()
        results = self._search.results(question, k=k, scope=scope)
        return replace(results, hits=[self._hit(hit) for hit in results.hits])

    def search(self, question: str, *, k: int = 10, scope: Scope = Scope()) -> list[Hit]:
        """The hits of `results` alone."""
        return self.results(question, k=k, scope=scope).hits

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
        scope: Scope = Scope(),
        original: bool = False,
        best_first: bool = False,
    ) -> list[Quotation]:
        """Who said what: at most `limit` statements, newest first; with `best_first`, of those on a topic the ones most on it.

        `speaker`: as anybody may write the name, see `speakers.speaks`. `about`: words on the topic, in any language.
        `since`, `until`: when it was said, or published where the article does not tell; the whole of both periods is inside.
        `original`: the speaker's own words, without those that their article calls a translation; it seldom tells.
        `lang`, `outlet` and `scope` narrow the articles. Raises WrongModel, ModelError, LibraryError.
        """
        if outlet:
            scope = replace(scope, filter=replace(scope.filter or Filter(), outlets=frozenset({outlet})))
        self._check_model()
        found = spoken.quotes(
            self._search, speaker=speaker, about=about, since=since, until=until, lang=lang, limit=limit, scope=scope,
            original=original, best_first=best_first,
        )  # fmt: skip
        return [replace(one, outlet=self._called(one.passage).outlet, passage=self._called(one.passage)) for one in found]

    def sharing(self, text: str, *, k: int = 10, scope: Scope = Scope()) -> list[Passage]:
        """The k passages that share most of a text's words, by the lexical index alone: for finding where a text comes from."""
        return [self._called(passage) for passage in self._search.sharing(text, k=k, scope=scope)]

    def reports(self, window: Period, *, scope: Scope = Scope()) -> list[Report]:
        """What came out in a window, the oldest first, with what it is compared by; see `recent.reports`.

        `scope.as_of` hides what was published, or changed, after that time. LibraryError when the library cannot be read.
        """
        return recent_reports.reports(self.storage, self._search.means, window, scope=scope, publishers=self.publishers)

    def undated(self, *, scope: Scope = Scope()) -> list[Report]:
        """The articles without a date, the newest 2,000, as `reports` gives those that have one. LibraryError."""
        return recent_reports.undated(self.storage, self._search.means, scope=scope, publishers=self.publishers)

    def topic(self, text: str) -> NDArray[np.float32]:
        """The vector of a topic in words, to be compared with those of `reports`: unit length, centred. ModelError."""
        return self._search.shipped.question(self._query(text), identify(text))

    def sentences(self, texts: Sequence[str], langs: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimension) vectors of sentences in their languages, comparable across them. ModelError."""
        return self._search.means.centred(embedding.vectors(list(texts), self.embeddings).astype(np.float32), langs)

    def _query(self, question: str) -> NDArray[np.float32]:
        """The unit vector of a question."""
        vector = np.asarray(self.embeddings.embed_query(question), dtype=np.float32)
        unit: NDArray[np.float32] = vector / max(float(np.linalg.norm(vector)), 1e-12)
        return unit

    # Outlets by the name they are known by

    def _hit(self, hit: Hit) -> Hit:
        first = self._called(hit.passage)
        if first is hit.passage:  # and so are the others: they are of one article
            return hit
        return replace(hit, passage=first, more=tuple(replace(passage, outlet=first.outlet) for passage in hit.more))

    def _called(self, item: Named) -> Named:
        name = self.publishers.shown(item.outlet, item.url)
        return item if name == item.outlet else replace(item, outlet=name)

    # The model

    @property
    def embeddings(self) -> Embeddings:
        """What makes the vectors. The embedded default model is loaded at the first use."""
        if self._embeddings is None:
            with self._loading:
                if self._embeddings is None:
                    from index.embedding.e5 import load

                    self._embeddings = load()
        return self._embeddings

    @property
    def embedder(self) -> str:
        """The name of the embedding model, as the library records it."""
        if self._embeddings is None:
            from index.embedding.e5 import E5

            return E5.name
        return embedding.model_name(self._embeddings)

    def _check_model(self) -> None:
        """Refuse to mix vectors of two models."""
        held = self.storage.model
        if held and held.name != self.embedder and not self.storage.empty:
            raise other_model(held, self.embedder, self.folder)

    # Looking after it

    def article(self, id: str, version: int | None = None) -> Article | None:
        """One version of an article, the newest by default; None if there is none."""
        found = self.storage.article(id, version)
        return self._called(found) if found else None

    def story(self, item: Article | Passage) -> list[Article]:
        """An article or a passage's, and the others that print its text, in the order they came in."""
        ids = self.storage.copies([item.origin]).get(item.origin, ()) if item.origin else ()
        return [article for id in ids if (article := self.article(id))]

    def statements(self, article: Article) -> list[Statement]:
        """Who says what in an article, in its order: as stored; of an older version, read anew. LibraryError."""
        newest = self.storage.article(article.id)
        if newest is None or newest.version != article.version:
            return read(article)
        rows = self.storage.statements(StatementQuery(), Scope(filter=Filter(ids=frozenset({article.id}))))
        return sorted((whole(row.statement, article.text) for row in rows), key=lambda one: (one.start, -one.end))

    def articles(self) -> Iterator[Article]:
        """The newest version of every article, in the order they came in."""
        return map(self._called, self.storage.articles())

    def stats(self) -> Stats:
        """What is in the library."""
        stats = self.storage.stats()
        outlets = Counter[str]()
        for name, count in stats.outlets.items():
            outlets[self.publishers.shown(name)] += count
        return replace(stats, outlets=dict(outlets.most_common()))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to ask."""
        return self.storage.empty

    @property
    def vector_server(self) -> bool | None:
        """Whether the Chroma server that machines share can be asked; None where there is none. See `Storage.vector_server`."""
        return self.storage.vector_server

    @property
    def outlets(self) -> Sequence[str]:
        """Who published what there is, most articles first."""
        return self._search.outlets

    def extent(self, *, scope: Scope = Scope()) -> Extent:
        """How much there is to search in a scope."""
        return self.storage.extent(scope)

    def doctor(
        self, *, rebuild: bool = False, retry: bool = False, on_progress: Callable[[AddReport], None] | None = None
    ) -> Health:
        """Check everything, and mend what can be mended from SQLite; with `rebuild`, make the derived indexes anew.

        `retry`: try to embed again what was set aside since that ended the process again and again.
        `on_progress` as of `add`, for what waits to be embedded.
        Raises Damaged when the articles themselves cannot be read: `salvage(folder)` then makes a new file of what can.
        """
        again = self.storage.attempts.again() if retry else 0
        bare = self.storage.unembedded()
        if bare:
            self.add([article for id in bare if (article := self.article(id))], on_progress=on_progress)
        waiting, why = self.storage.waiting(), ""
        try:
            if waiting:
                self.catch_up(on_progress=on_progress)
        except ModelError as error:
            why = str(error)
        health = self.storage.check(rebuild=rebuild)
        if health.waiting and why:
            health.ok = False
            health.problems.append(f"{health.waiting} passages and titles wait to be embedded: {why}")
        health.set_aside = list(map(set_aside, self.storage.attempts.set_aside()))
        if again:
            health.done.insert(0, f"tried again what was set aside ({again})")
        if (embedded := waiting - health.waiting) > 0:
            health.done.insert(0, f"embedded {embedded} passages and titles that waited for it")
        if bare:
            health.done.insert(0, f"embedded {len(bare)} articles again")
        return health

    def close(self) -> None:
        """Close the files. The object cannot be used afterwards; what waits to be embedded goes on waiting."""
        self._embedder.stop()
        self.storage.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
