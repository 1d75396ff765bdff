"""Articles -> what is written of them: passages with their vectors, a fingerprint, who says what in them.

split -> embed (batched across articles), and beside it read statements -> Prepared
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.quotes import Statement, statements
from index.records import Article, Embeddings, Furniture
from index.storage.records import Prepared
from index.text.credits import furniture
from index.text.near_duplicates import Fingerprint, fingerprint

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 500_000  # characters of a text whose statements are looked for


def prepared(batches: Iterable[list[Article]], embeddings: Callable[[], Embeddings]) -> Iterator[list[Prepared]]:
    """The batches, ready to be written; no lock is held here. `embeddings` is called at the first batch. ModelError.

    While one is embedded, which takes nine tenths of the time, its statements are read, the one before it is written, and
    the one after it is split.
    """
    with ThreadPoolExecutor(1, "embed") as ahead:
        last: tuple[list[_Read], Future[NDArray[np.float16]]] | None = None
        for batch in batches:
            model = embeddings()
            asides = [furniture(article.text) for article in batch]
            spans = _split(batch, asides, model)
            texts = [passage_text(a.title, a.text[s:e]) for a, of in zip(batch, spans, strict=True) for s, e in of]
            embedded = ahead.submit(vectors, texts, model)
            read = [_read(*one) for one in zip(batch, spans, asides, strict=True)]
            if last:
                yield _joined(*last)
            last = read, embedded
        if last:
            yield _joined(*last)


def _split(batch: Sequence[Article], asides: Sequence[list[Furniture]], model: Embeddings) -> list[list[tuple[int, int]]]:
    """The spans of each article's passages, (0, 0) first for its title alone."""
    from index.text.passages import split

    count = getattr(model, "count", None)
    window = getattr(model, "window", 512)
    return [
        [(0, 0)] * bool(article.title) + split(article.text, lang=article.lang, count=count, window=window, aside=aside)
        for article, aside in zip(batch, asides, strict=True)
    ]


def passage_text(title: str, text: str) -> str:
    """What is embedded of a passage: the title in front of it, unless it begins with that; of no text the title alone.

    "Super_Bowl_50", as files and Wikipedia have it, is read as three words: they are what the model knows (scripts/LOG.md).
    """
    return text if not title or text.startswith(title) else f"{title.replace('_', ' ')}\n{text}".strip()


@dataclass(frozen=True, slots=True)
class _Read:
    """An article with what is read from it beside its vectors."""

    article: Article
    spans: list[tuple[int, int]]
    aside: list[Furniture]
    mark: Fingerprint
    said: list[Statement]


def _read(article: Article, spans: list[tuple[int, int]], aside: list[Furniture]) -> _Read:
    # Longer than any article: a dump, of which the statements would take a gigabyte of memory to find.
    whole = article.text if len(article.text) <= LONGEST else ""
    said = statements(whole, lang=article.lang, title=article.title, published=article.published)
    return _Read(article, spans, aside, fingerprint(article.text), said)


def _joined(read: Sequence[_Read], embedded: Future[NDArray[np.float16]]) -> list[Prepared]:
    """The articles of a batch, each with its vectors."""
    of = embedded.result()
    prepared: list[Prepared] = []
    at = 0
    for one in read:
        prepared.append(Prepared(one.article, one.spans, of[at : at + len(one.spans)], one.mark, one.said, one.aside))
        at += len(one.spans)
    return prepared


def vectors(texts: list[str], model: Embeddings) -> NDArray[np.float16]:
    """Normalised float16 vectors, (len(texts), dimension): rounded once, here, so that Chroma and a rebuild get the very same
    values. ModelError where the model gives something else."""
    made = np.asarray(model.embed_documents(texts), dtype=np.float32)
    if made.ndim != 2 or len(made) != len(texts) or not np.isfinite(made).all():
        raise ModelError(f"The embedding model {model_name(model)} returned {made.shape} for {len(texts)} texts.")
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    rounded: NDArray[np.float16] = (made / np.maximum(lengths, 1e-12)).astype(np.float16)
    return rounded


def model_name(model: Embeddings) -> str:
    """The name of an embedding model, as a library records it."""
    name = getattr(model, "name", None) or getattr(model, "model", None)
    return str(name or f"{type(model).__module__}.{type(model).__qualname__}")
