"""The walk out: a question becomes the articles that answer it, each with its best passages.

question -> asked.read: chips -> embed -> nearest (Chroma or an exact scan) + lexical -> rank -> Hits -> Results
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.language_means import NONE, Means
from index.records import Chip, Filter, Hit, Passage, Period, Results, Scope
from index.search import question_filters, ranking
from index.storage.sqlite.reader import Candidate, Found
from index.storage.sqlite.writer import Library
from index.storage.vector_index import Nearest
from index.text.dates import mentions
from index.text.language import identify
from index.text.terms import NAME, asks_what_was_said, question_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEPTH = 200  # candidates taken from each lexical search
NEAR = 100  # candidates taken from the vectors, and kept of the lexical ones
MORE = 4  # further passages of an article in its hit
WORSE = 0.25  # how far the best score may fall through what a question asks for: further, and nothing on the matter is left
GIVEN_UP = ("dates", "author", "outlet", "language")  # what is relaxed first


@dataclass(frozen=True, slots=True)
class Words:
    """A question's keys in the lexical index, side by side; see `rank.Question`."""

    langs: list[str]
    postings: list[NDArray[np.int64]]  # the rows that have each
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as the searches take it."""

    question: ranking.Question
    centred: NDArray[np.float32]  # its vector without the question mean
    words: Words
    days: list[Period]  # the times it names
    pictured: bool = False  # whether it asks what a picture shows: captions answer that as well as prose
    sources: NDArray[np.bool_] | None = None  # by article row: whether it is from an outlet that it names; None: it names none


class Search:
    """Searches of one library. Safe in threads."""

    def __init__(self, library: Library, nearest: Nearest, embed: Callable[[str], NDArray[np.float32]]) -> None:
        """`embed`: question -> unit vector (dimension,)."""
        self.library = library
        self.nearest = nearest
        self.embed = embed
        self._remembering = threading.Lock()
        self._means = (-1, NONE)  # generation, means
        self._names = (-1, question_filters.names((), ()))  # likewise

    def results(self, question: str, *, k: int, scope: Scope) -> Results:
        """The k articles that answer best, and the chips that were read from the question; see `Index.results`."""
        if not question.strip() or k < 1 or self.library.empty:
            return Results(hits=[], filter=scope.filter, matter=question, bare=question)
        moment, lang = scope.as_of or Period.now(), identify(question)
        dates = mentions(question, moment, lang)
        read = question_filters.read(question, self.names, dates)
        bare = question_filters.without(question, read.chips)
        chips = [chip for chip in read.chips if not {chip.kind, question[chip.start : chip.end]} & scope.without]
        days = [date.period for date in dates if not any(chip.start <= date.start and date.end <= chip.end for chip in chips)]
        if chips:
            rest = self._asking(question_filters.without(question, chips), lang, days)
            best = self._found(rest, self.library.allowed(scope), 1)
            for kept in _choices(chips) if best else ():
                both = question_filters.narrowed(scope.filter, kept)
                hits = self._found(rest, self.library.allowed(replace(scope, filter=both)), k) if both else []
                if hits and hits[0].score >= best[0].score - WORSE:
                    told = tuple(replace(chip, relaxed=chip not in kept) for chip in chips)
                    return Results(
                        hits=hits, chips=told, filter=both, matter=question_filters.without(question, kept), bare=bare
                    )
        named = self.library.allowed(Scope(filter=Filter(sources=read.sources)))
        asking = replace(self._asking(question, lang, days), sources=named)
        hits = self._found(asking, self.library.allowed(scope), k)
        told = tuple(replace(chip, relaxed=True) for chip in chips)
        return Results(hits=hits, chips=told, filter=scope.filter, matter=question, bare=bare)

    def sharing(self, text: str, *, k: int, scope: Scope) -> list[Passage]:
        """The k passages that share most of a text's words, by the lexical index alone."""
        words = self.looked_up(text, identify(text))
        postings = self._inside(words, self.library.allowed(scope))
        rows = ranking.richest(postings, words.weights, k).tolist()
        found = self.library.passages(rows)
        return [found[row] for row in rows if row in found]

    def on(self, about: str, allowed: NDArray[np.bool_] | None) -> list[int]:
        """Passage rows that may be about something."""
        lang = identify(about)
        centred = self.nearest.means.question(self.embed(about), lang)
        near = self.nearest.find(centred, allowed, NEAR)
        return list(dict.fromkeys(near + self.with_words(self.looked_up(about, lang), allowed, centred)))

    # What the library knows

    @property
    def means(self) -> Means:
        """The language means that ranking uses: the shipped ones, moved towards those of this library."""
        generation = self.library.generation
        if self._means[0] != generation:
            self._means = (generation, self.nearest.means.with_library(self.library.sums()))
        return self._means[1]

    @property
    def names(self) -> question_filters.Names:
        """What a question may call the library's outlets, agencies and authors."""
        generation = self.library.generation
        if self._names[0] != generation:
            with self._remembering:
                if self._names[0] != generation:
                    self._names = (generation, question_filters.names(*self.library.named()))
        return self._names[1]

    # Finding

    def _asking(self, question: str, lang: str, days: list[Period]) -> Asking:
        vector, words = self.embed(question), self.looked_up(question, lang)
        return Asking(
            ranking.Question(vector, lang, words.langs, words.weights, asks_what_was_said(question, lang)),
            self.nearest.means.question(vector, lang),
            words,
            days,
            question_filters.asks_of_a_picture(question),
        )

    def _found(self, asking: Asking, allowed: NDArray[np.bool_] | None, k: int) -> list[Hit]:
        near = self.nearest.find(asking.centred, allowed, NEAR)
        lexical = self.with_words(asking.words, allowed, asking.centred)
        with self.library.reading():
            return self._ranked(asking, near, lexical, k)

    def looked_up(self, question: str, lang: str) -> Words:
        """The question's keys in the lexical index: names, and terms in its language (in all, when that is not known)."""
        counts = {of: n for of, (_, n) in self.library.sums().items()}
        keys = question_keys(question, [lang] if lang else counts)
        postings = {key: rows for key, rows in self.library.postings(list(keys)).items() if len(rows) or keys[key] != NAME}
        langs = [keys[key] for key in postings]
        total = sum(counts.values())
        size = [total if of == NAME else counts.get(of, 0) for of in langs]
        weights = [ranking.weight(n, len(rows)) for n, rows in zip(size, postings.values(), strict=True)]
        return Words(langs, list(postings.values()), np.array(weights, np.float32))

    def with_words(self, words: Words, allowed: NDArray[np.bool_] | None, centred: NDArray[np.float32]) -> list[int]:
        """Passage rows that have the most of the question's terms, or of its names.

        Of those, the NEAR that do best by words and vector together are kept: what ranking reads of each costs 10 us.
        """
        postings = self._inside(words, allowed)
        parts = [
            ranking.richest([postings[i] for i in of], words.weights[of], DEPTH)
            for of in ([i for i, lang in enumerate(words.langs) if (lang == NAME) is name] for name in (False, True))
        ]
        rows = np.array(list(dict.fromkeys(np.concatenate(parts).tolist())), np.int64)
        if len(rows) <= NEAR:
            return [int(row) for row in rows]
        share = ranking.membership(rows, postings) @ words.weights / max(float(words.weights.sum()), 1e-6)
        best = np.sort(np.argsort(-(share + self.nearest.cosines(rows, centred)), kind="stable")[:NEAR])
        return [int(row) for row in rows[best]]

    def _inside(self, words: Words, allowed: NDArray[np.bool_] | None) -> list[NDArray[np.int64]]:
        """The postings without the passages of articles that may not be found."""
        if allowed is None:
            return words.postings
        inside = self.nearest.inside(allowed)
        there = np.append(inside, False)  # a row that came since is none that was asked for
        return [rows[there[np.minimum(rows, len(inside))]] for rows in words.postings]

    # Ranking

    def _ranked(self, asking: Asking, near: list[int], lexical: list[int], k: int) -> list[Hit]:
        """The k best articles of those that the two searches found."""
        found, articles = self.library.candidates(list(dict.fromkeys(near + lexical)))
        if not found:
            return []
        passages, sources = self._side_by_side(found, articles, asking)
        scores = ranking.rank(asking.question, passages, sources, self.means)
        best = _best(scores, passages.article, sources.origins, k)
        shown = self.library.passages([found[i].n for of in best for i in of])
        copies = self.library.copies({sources.origins[passages.article[of[0]]] for of in best})
        vector_rank = {row: i for i, row in enumerate(near, 1)}
        lexical_rank = {row: i for i, row in enumerate(lexical, 1)}
        cosine = passages.vectors @ asking.question.vector
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

    def _side_by_side(
        self, found: Sequence[Candidate], articles: dict[int, Found], asking: Asking
    ) -> tuple[ranking.Passages, ranking.Articles]:
        """Candidates as ranking takes them."""
        of = [articles[n] for n in dict.fromkeys(passage.article for passage in found)]
        titled = [article.opening for article in of if article.titled]
        rows, _, matrix = self.library.vectors([*(passage.n for passage in found), *titled])
        numbers = np.array([passage.n for passage in found], np.int64)
        titles = np.zeros((len(of), matrix.shape[1]), np.float32)
        titles[[article.titled for article in of]] = matrix[np.searchsorted(rows, titled)]
        place = {article.n: i for i, article in enumerate(of)}
        return ranking.Passages(
            article=np.array([place[passage.article] for passage in found], np.int64),
            vectors=matrix[np.searchsorted(rows, numbers)],
            found=ranking.membership(numbers, asking.words.postings),
            length=np.array([passage.keys for passage in found], np.float32),
            captioned=np.array([0.0 if asking.pictured else passage.captioned for passage in found], np.float32),
        ), ranking.Articles(
            langs=[article.lang for article in of],
            titles=[article.title for article in of],
            origins=[article.origin for article in of],
            vectors=titles,
            named=ranking.named(
                [article.published for article in of],
                asking.days,
                [asking.sources is not None and bool(asking.sources[article.n]) for article in of],
            ),
        )


def _choices(chips: Sequence[Chip]) -> Iterator[list[Chip]]:
    """All chips, then without the kind that is given up first, and so on down to one kind."""
    kinds = [kind for kind in reversed(GIVEN_UP) if any(chip.kind == kind for chip in chips)]
    for n in range(len(kinds), 0, -1):
        for kept in combinations(kinds, n):
            yield [chip for chip in chips if chip.kind in kept]


def _best(scores: ranking.Scores, article: NDArray[np.int64], origins: Sequence[str], k: int) -> list[list[int]]:
    """The first k stories: of each the best article, as the places of its best passages."""
    of: dict[int, list[int]] = {}
    for i in np.argsort(-scores.passages, kind="stable").tolist():
        of.setdefault(int(article[i]), []).append(i)
    stories: dict[str, list[int]] = {}
    for place in np.argsort(-scores.articles, kind="stable").tolist():
        stories.setdefault(origins[place], of[place][: 1 + MORE])
    return list(stories.values())[:k]
