"""What a library is kept in: one interface, whatever is behind it.

    index.index, index.search  ──>  Storage  <──  storage/sqlite (SQLite, Chroma and flat files in a folder)

Ids in, ids out. Every method may be called from any thread. Errors are those of `index.errors`, one clear line each: Damaged
where the file or database is not what was written, Busy where another process writes for too long, LibraryError for all else
that keeps it from being read or written (disk, rights, connection). tests/index/storage/test_storage_contract.py holds every
implementation to what is said here.

It stands here and not in `index.protocols` since it speaks of statements and fingerprints, which lie above those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeVar

from index.quotes.quotation import Quotation
from index.records import AddReport, Article, Extent, Passage, Period, Scope
from index.storage.records import (
    Candidates,
    Health,
    KnownArticle,
    Model,
    Openings,
    PassageVectors,
    Prepared,
    Query,
    SourceNames,
    StatementQuery,
    StatementRow,
    Stats,
    VersionDates,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.storage.records import Floats


T = TypeVar("T")


class Attempts(Protocol):
    """How often embedding an article was begun and its process ended there. Called by `ingest.attempts` and `Index`."""

    def of(self, articles: Sequence[str]) -> Mapping[str, int]:
        """How often, of those of the articles that were counted and are not done."""
        ...

    def suspects(self) -> list[str]:
        """Those that were counted, are not done, and are not set aside."""
        ...

    def count(self, articles: Sequence[str], done: Sequence[str] = ()) -> None:
        """Count one more attempt each; and of those that are done none."""
        ...

    def set_aside(self) -> list[str]:
        """Those that were put aside. A new text, or none, ends that."""
        ...

    def put_aside(self, articles: Sequence[str]) -> None:
        """Set articles aside that were counted. Called by whoever has them in hands (`Storage.to_embed`)."""
        ...

    def again(self) -> int:
        """Let those that are set aside be tried again, as suspects; how many there were."""
        ...


class Storage(Protocol):
    """Articles in every version, their passages with vectors and words, and who said what in them."""

    # What it is

    @property
    def generation(self) -> int:
        """How many writes there have been. Whoever keeps something read from here asks again when it has moved on."""
        ...

    @property
    def model(self) -> Model | None:
        """What made the vectors; None while there is none. Asked by `Index` before it embeds and before it searches."""
        ...

    @property
    def empty(self) -> bool:
        """Whether there is no passage at all."""
        ...

    @property
    def vector_server(self) -> bool | None:
        """Whether the server that indexes the vectors can be asked; None where there is none. Without it words and the
        library's own vectors answer, more slowly. LibraryError where what it holds is not ours."""
        ...

    def stats(self) -> Stats:
        """What there is. Counts everything once: for people, not for a search."""
        ...

    def extent(self, scope: Scope) -> Extent:
        """How much there is to search in a scope."""
        ...

    def names(self) -> SourceNames:
        """What outlets, agencies and authors are called. Kept by the search until the generation moves on."""
        ...

    def language_sums(self) -> Mapping[str, tuple[Floats, int]]:
        """Language -> (sum of the vectors of its passages, how many), titles alone left out. Kept like `names`."""
        ...

    def languages(self) -> Sequence[str]:
        """Those that there are passages in. Kept like `names`."""
        ...

    # Writing: called by Index.add, Index.delete and Index.doctor

    def writing(self, wait: float = ...) -> AbstractContextManager[None]:
        """Keep other writers out, for a batch and not longer; within it the same thread may call what follows.

        Every method that writes takes this by itself. Busy, naming the holder, after `wait` seconds.
        """
        ...

    def known(self, ids: Sequence[str]) -> Mapping[str, KnownArticle]:
        """What is known of article ids, deleted ones included; of the others nothing."""
        ...

    def put(self, batch: Sequence[Prepared]) -> AddReport:
        """Write articles with all that was read from them: all or, killed anywhere, none. Words and statements find them at
        once; their passages wait for vectors (`to_embed`).

        Decides once more what is new, changed or the same, since others may have written since `known`. A changed title or text
        is a new version, other metadata is not. An article that is a copy of a known story gets its origin.
        """
        ...

    def waiting(self, articles: Sequence[str] | None = None) -> int:
        """How many passages and titles have no vector yet; those of some articles. What is set aside does not wait."""
        ...

    def to_embed(
        self, most: int, without: Collection[str] = (), *, suspects_first: bool = False
    ) -> AbstractContextManager[list[Passage]]:
        """At most so many passages that wait for a vector, the last to come in first; a title alone has no text. Until they
        are given back nobody else gets them, on whichever machine; killed, they are given back. None: all are in hands.
        Nothing of an article that is set aside.

        `without`: articles whose passages are left out. `suspects_first`: before what came in later, see `Attempts`.
        """
        ...

    @property
    def attempts(self) -> Attempts:
        """Which articles ended the process that embedded them."""
        ...

    def embed(self, passages: Sequence[str], vectors: NDArray[np.float16], model: Model) -> None:
        """Give passages, by their ids, their vectors (n, dimension), of unit length: all or, killed anywhere, none; the next
        writer finishes the rest. Those that are gone, or have one, are left out. WrongModel if the library holds another's.
        """
        ...

    def delete(self, ids: Sequence[str]) -> int:
        """Forget articles, every version, in every index; what is put under such an id later counts as deleted.

        Returns how many there were.
        """
        ...

    def catch_up(self) -> None:
        """Finish what a killed writer left. Costs nothing when there is nothing."""
        ...

    def unembedded(self) -> list[str]:
        """Ids of articles whose passages were lost with a damaged file. From now on they count as changed: put them again."""
        ...

    def check(self, *, rebuild: bool = False) -> Health:
        """Look everything over, and mend what can be mended from the articles; with `rebuild`, make derived indexes anew.

        Damaged where the articles themselves cannot be read: see `opening.salvage`.
        """
        ...

    def close(self) -> None:
        """Give back files and connections. The object cannot be used afterwards."""
        ...

    # Articles

    def article(self, id: str, version: int | None = None) -> Article | None:
        """One version of an article, the newest by default; None if there is none, or if it was deleted."""
        ...

    def articles(self, wanted: Sequence[tuple[str, int]] | None = None) -> Iterator[Article]:
        """The newest version of every article, in the order they came in; or those of the (id, version) that are there."""
        ...

    def matching(self, *, urls: Sequence[str] = (), outlet: str = "", before: int | None = None) -> list[str]:
        """Ids of the articles that have all of these: one of the addresses, the outlet (compared without case and accents), a
        publication that was over before a time. In the order they came in; undated articles are never before."""
        ...

    def copies(self, origins: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Origin -> ids of all articles that carry its story, in the order they came in."""
        ...

    # Searching: called by index.search

    def in_one_moment(self, read: Callable[[], T]) -> T:
        """What a function reads here: on one connection, and of one moment, where the database is a server."""
        ...

    def candidates(self, query: Query, scope: Scope, k: int) -> Candidates:
        """What may answer a query, in a scope: the k nearest passages by vector and the k best by words, in one call.

        Nearest: cosine after language means are taken away, exact or as good as (recall@10 ≥ .99). By words: the weight of the
        query's keys that a passage has (`lexical.weight`), its names and its terms apart. What waits for its vector is found by
        words. `scope.without` is not looked at.
        """
        ...

    def sharing(self, keys: Mapping[str, str], scope: Scope, k: int) -> list[str]:
        """Ids of the k passages that have the most weight of the keys (as in `Query`), the most first."""
        ...

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]:
        """Whole passages, with all that a citation shows; of what is gone by now, nothing."""
        ...

    def vectors(self, ids: Sequence[str], keys: Mapping[str, str]) -> PassageVectors:
        """The vectors of passages, and which of the keys (as in `Query`) they have. Called for statements on a topic."""
        ...

    # Reports of a time: called by index.search.recent_reports

    def versions(self, window: Period, scope: Scope) -> list[VersionDates]:
        """Every version of each article that came out in the window, or changed in it, by article and number.

        Of the scope only `filter.ids` counts: the rest is for the version of the time, which the caller decides on.
        """
        ...

    def undated(self, most: int) -> list[VersionDates]:
        """The newest versions of articles that have no date, those taken in last first, at most so many."""
        ...

    def openings(self, ids: Sequence[str], first: int) -> Openings:
        """The title and the `first` passages of the newest versions of articles."""
        ...

    # Statements: called by index.search.quotes

    def statements(self, query: StatementQuery, scope: Scope) -> list[StatementRow]:
        """Who said what in the newest versions, newest first, at most some 3,000."""
        ...

    def quotations(self, rows: Sequence[StatementRow]) -> list[Quotation]:
        """Statements with their articles' words; without those whose passage is gone by now. In the order of `rows`."""
        ...
