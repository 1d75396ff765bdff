"""The pipeline of a search: a question becomes the articles that answer it, each with its best passages.

question -> question_filters.read: chips -> embed -> storage.candidates: nearest + lexical -> ranking -> Hits -> Results
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.language_means import NONE, Means, shipped
from index.records import Chip, Hit, Passage, Period, Results, Scope
from index.search import question_filters, ranking
from index.storage.protocol import Storage
from index.storage.records import Candidates, Query, SourceNames
from index.text.dates import mentions
from index.text.language import identify
from index.text.publishers import SHIPPED, Publishers
from index.text.terms import asks_what_was_said, question_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = 100  # candidates taken by vectors, and as many by words
MORE = 4  # further passages of an article in its hit
WORSE = 0.25  # how far the best score may fall through what a question asks for: further, and nothing on the topic is left
GIVEN_UP = ("dates", "author", "outlet", "language")  # what is relaxed first
TRIES = 3  # searches for one question while others replace what it finds


class Search:
    """Searches of one library. Safe in threads."""

    def __init__(self, storage: Storage, embed: Callable[[str], NDArray[np.float32]], publishers: Publishers = SHIPPED) -> None:
        """`embed`: question -> unit vector (dimension,). `publishers`: what outlets are called."""
        self.storage = storage
        self.publishers = publishers
        self.embed = embed
        self._remembering = threading.Lock()
        self._means: tuple[int, Means, tuple[str, ...]] = (-1, NONE, ())  # generation, means, languages
        self._filled = -1  # the generation of which it is known that there is something
        self._names: tuple[int, SourceNames, question_filters.Names] = (
            -1, SourceNames((), (), ()), question_filters.names((), ())
        )  # fmt: skip

    def results(self, question: str, *, k: int, scope: Scope) -> Results:
        """The k articles that answer best, and the chips that were read from the question; see `Index.results`."""
        generation = self.storage.generation  # asked for once: over a server it is a way there and back
        if not question.strip() or k < 1 or self._empty(generation):
            return Results(hits=[], filter=scope.filter, matter=question, bare=question)
        moment, lang = scope.as_of or Period.now(), identify(question)
        dates = mentions(question, moment, lang)
        read = question_filters.read(question, self._named(generation)[2], dates, lang)
        bare = question_filters.without(question, read.chips)
        chips = [chip for chip in read.chips if not {chip.kind, question[chip.start : chip.end]} & scope.without]
        days = [date.period for date in dates if not any(chip.start <= date.start and date.end <= chip.end for chip in chips)]
        if chips:
            rest = self._asked(question_filters.without(question, chips), lang, days)
            best = self._found(rest, scope, 1)
            for kept in _choices(chips) if best else ():
                both = question_filters.narrowed(scope.filter, kept)
                hits = self._found(rest, replace(scope, filter=both), k) if both else []
                if hits and hits[0].score >= best[0].score - WORSE:
                    shown = tuple(replace(chip, relaxed=chip not in kept) for chip in chips)
                    return Results(
                        hits=hits, chips=shown, filter=both, matter=question_filters.without(question, kept), bare=bare
                    )
        hits = self._found(self._asked(question, lang, days, sources=read.sources), scope, k)
        shown = tuple(replace(chip, relaxed=True) for chip in chips)
        return Results(hits=hits, chips=shown, filter=scope.filter, matter=question, bare=bare)

    def sharing(self, text: str, *, k: int, scope: Scope) -> list[Passage]:
        """The k passages that share most of a text's words, by the lexical index alone."""
        ids = self.storage.sharing(self._keys(text, identify(text)), scope, k)
        passages = self.storage.passages(ids)
        return [passages[id] for id in ids if id in passages]

    def query(self, text: str, lang: str) -> Query:
        """A text in a language as the storage takes it. ModelError."""
        return Query(self.embed(text), lang, self._keys(text, lang))

    def _keys(self, text: str, lang: str) -> dict[str, str]:
        """A text's keys: names, and terms in its language (in all that the library has, when that is not known)."""
        return question_keys(text, [lang] if lang else self.languages)

    # What the library knows

    @property
    def shipped(self) -> Means:
        """The language means that ship for the library's model: they do not move."""
        model = self.storage.model
        return shipped(model.name, model.dimension) if model else NONE

    @property
    def means(self) -> Means:
        """The language means that ranking uses: the shipped ones, moved towards those of this library."""
        return self._known()[1]

    @property
    def languages(self) -> Sequence[str]:
        """Those that the library has passages in."""
        return self._known()[2]

    @property
    def outlets(self) -> Sequence[str]:
        """The library's outlets, most articles first."""
        return list(dict.fromkeys(map(self.publishers.shown, self._named()[1].outlets)))

    @property
    def names(self) -> question_filters.Names:
        """What a question may call the library's outlets, agencies and authors."""
        return self._named()[2]

    def _empty(self, generation: int) -> bool:
        """Whether there is nothing to find at a generation."""
        if self._filled != generation and not self.storage.empty:
            self._filled = generation
        return self._filled != generation

    def _known(self) -> tuple[int, Means, tuple[str, ...]]:
        generation = self.storage.generation
        if self._means[0] != generation:
            sums, languages = self.storage.language_sums(), self.storage.languages()
            self._means = (generation, self.shipped.with_library(sums), tuple(languages))
        return self._means

    def _named(self, generation: int = -1) -> tuple[int, SourceNames, question_filters.Names]:
        generation = self.storage.generation if generation < 0 else generation
        if self._names[0] != generation:
            with self._remembering:
                if self._names[0] != generation:
                    names = self.storage.names()
                    called = question_filters.names([*names.outlets, *names.agencies], names.authors, self.publishers)
                    self._names = (generation, names, called)
        return self._names

    # Finding

    def _asked(
        self, question: str, lang: str, days: Sequence[Period], sources: frozenset[str] = frozenset()
    ) -> tuple[Query, ranking.RankingQuestion]:
        """A question as the storage takes it, and as ranking does."""
        query = self.query(question, lang)
        return query, ranking.RankingQuestion(
            query.vector,
            lang,
            asks_what_was_said(question, lang),
            question_filters.asks_of_a_picture(question, lang),
            days,
            sources,
        )

    def _found(self, asked: tuple[Query, ranking.RankingQuestion], scope: Scope, k: int) -> list[Hit]:
        """The k best articles in a scope."""
        for _ in range(TRIES):
            hits, whole = self.storage.in_one_moment(lambda: self._ranked(*asked, scope, k))
            if whole:  # else somebody put something else in the place of one meanwhile
                break
        return hits

    def _ranked(self, query: Query, question: ranking.RankingQuestion, scope: Scope, k: int) -> tuple[list[Hit], bool]:
        """The hits, and whether all of them were still there when they were read."""
        candidates = self.storage.candidates(query, scope, NEAR)
        scores = ranking.rank(question, candidates, self.means)
        best = _best(scores, candidates, k)
        hits = self._hits(question, candidates, scores, best)
        return hits, len(hits) == len(best)

    def _hits(
        self, question: ranking.RankingQuestion, candidates: Candidates, scores: ranking.Scores, best: Sequence[Sequence[int]]
    ) -> list[Hit]:
        """`best`: of each article the places of its best passages. What is gone from the storage by now is left out."""
        if not best:
            return []
        passages = self.storage.passages([candidates.ids[i] for places in best for i in places])
        articles = [candidates.articles[candidates.article[places[0]]] for places in best]
        copies = self.storage.copies(list({article.origin for article in articles}))
        hits = []
        for (first, *more), article in zip(best, articles, strict=True):
            if candidates.ids[first] in passages:
                hits.append(
                    Hit(
                        passage=passages[candidates.ids[first]],
                        more=tuple(passages[id] for i in more if (id := candidates.ids[i]) in passages),
                        score=float(scores.articles[candidates.article[first]]),
                        cosine=float(vector @ question.vector) if (vector := candidates.vectors[first]).any() else None,
                        lexical_rank=int(candidates.lexical[first]) or None,
                        vector_rank=int(candidates.near[first]) or None,
                        copies=tuple(id for id in copies.get(article.origin, ()) if id != article.id),
                    )
                )
        return hits


def _choices(chips: Sequence[Chip]) -> Iterator[list[Chip]]:
    """All chips, then without the kind that is given up first, and so on down to one kind."""
    kinds = [kind for kind in reversed(GIVEN_UP) if any(chip.kind == kind for chip in chips)]
    for n in range(len(kinds), 0, -1):
        for kept in combinations(kinds, n):
            yield [chip for chip in chips if chip.kind in kept]


def _best(scores: ranking.Scores, candidates: Candidates, k: int) -> list[list[int]]:
    """The first k stories: of each the best article, as the places of its best passages."""
    of: dict[int, list[int]] = {}
    for i in np.argsort(-scores.passages, kind="stable").tolist():
        of.setdefault(int(candidates.article[i]), []).append(i)
    stories: dict[str, list[int]] = {}
    for place in np.argsort(-scores.articles, kind="stable").tolist():
        stories.setdefault(candidates.articles[place].origin, of[place][: 1 + MORE])
    return list(stories.values())[:k]
