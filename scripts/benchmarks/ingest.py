"""Taking articles in, with a stand-in for the embedding model: CPU against a plain LangChain + Chroma loader in the same run.

The loader is the usual one: RecursiveCharacterTextSplitter (800 characters, about one of our passages), langchain-chroma, in
batches. Skipped, visibly, where langchain-chroma and langchain-text-splitters are not installed. Then the default model on the
sample articles: what the whole run leaves of its own speed, and what the statements cost.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import index.quotes
from index import Article, Index
from index.embedding.e5 import E5, load
from index.ingest.sources import read
from index.records import AddReport, Embeddings, Period
from index.storage.vectors.chroma import Vectors
from index.text.sentences import sentences
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import DAYS, FIRST, own, words

ARTICLES = 2_000
CHARACTERS = 3_000
AMPLIFIED = 20_000
MIXED = 60  # articles for the default model, of as many SENTENCES
SENTENCES = 24
ROUNDS = 3
SAMPLES = Path(__file__).parent.parent / "samples" / "articles.jsonl"
DIMENSION = 384


class HashEmbeddings:
    """A vector that depends on the text alone and costs next to nothing: noise from a table, placed by the text's hash."""

    name = "hash-384"
    _noise = np.random.default_rng(3).standard_normal(1 << 16).astype(np.float32)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 384)"""
        starts = [hash(text) % (len(self._noise) - DIMENSION) for text in texts]
        return np.stack([self._noise[start : start + DIMENSION] for start in starts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(384,)"""
        vector: NDArray[np.float32] = self.embed_documents([text])[0]
        return vector


def articles(n: int, seed: int = 0) -> Iterator[Article]:
    """n articles of about CHARACTERS, in sentences and paragraphs."""
    rng = np.random.default_rng(seed)
    for i in range(n):
        lang = ("en", "es")[i % 2]
        chosen, sentences, size = words(rng, lang, CHARACTERS // 6), [], 0
        while size < CHARACTERS and chosen:
            length = int(rng.integers(8, 24))
            sentences.append(" ".join(chosen[:length]).capitalize() + ".")
            del chosen[:length]
            size += len(sentences[-1]) + 1
        text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
        start = FIRST + int(rng.integers(DAYS)) * 86_400
        yield Article(
            id=f"made-up-{seed}-{i}", title=" ".join(words(rng, lang, 8)).capitalize(), text=text, lang=lang,
            outlet=f"Outlet {i % 50}", published=Period(start, start + 86_400),
        )  # fmt: skip


def main() -> list[Figure]:
    return [*_against_plain(), *_against_model(), *_growth()]


def _against_plain() -> Iterator[Figure]:
    """CPU with the stand-in for a model, of the better of two rounds."""
    given = list(articles(ARTICLES))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _ours(folder / "warm", list(articles(20, seed=1)))  # imports and tables are paid before the clock runs
        rounds = []
        for n in range(2):
            whole, again = _ours(folder / f"ours {n}", given), _ours(folder / f"ours {n}", given)
            with _unsaid():
                unsaid = _ours(folder / f"unsaid {n}", given)
            rounds.append(
                (whole, again, unsaid, _chroma(folder / f"chroma {n}", given), _plain(str(folder / f"plain {n}"), given))
            )
    whole, again, unsaid, chroma, plain = (min(figures, key=lambda n: n or 0) for figures in zip(*rounds, strict=True))
    assert whole is not None and again is not None and unsaid is not None and chroma is not None
    yield Figure("ms of CPU for an article of 3,000 characters", whole / ARTICLES * 1e3)
    yield Figure("the same articles again / the first time", again / whole, at_most=0.05)
    if plain is None:
        print("  skipped: langchain-chroma and langchain-text-splitters are not installed")
        return
    yield Figure("2,000 articles / plain LangChain + Chroma loader, CPU", whole / plain, at_most=1 / 3)
    yield Figure("the same without statements", unsaid / plain)
    yield Figure("Chroma alone, the same vectors / the loader", chroma / plain)


def _against_model() -> list[Figure]:
    """The default model: what it takes alone for the same texts, against the whole run; the least of each, of all rounds."""
    model = load()
    given = list(_mixed([article for article in read([str(SAMPLES)]) if isinstance(article, Article)], MIXED))
    heard = _Heard(model)
    rounds = []
    with tempfile.TemporaryDirectory() as name:
        _timed(Path(name) / "warm", given, heard)
        first = min(_until_found(Path(name) / f"first {n}", given, model) for n in range(ROUNDS))
        for n in range(ROUNDS):
            wall, cpu = time.perf_counter(), time.process_time()
            for texts in heard.batches:
                model.embed_documents(texts)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            whole_wall, whole_cpu = _timed(Path(name) / f"whole {n}", given, model)
            with _unsaid():
                _, unsaid = _timed(Path(name) / f"unsaid {n}", given, model)
            rounds.append((wall, cpu, whole_wall, whole_cpu, unsaid))
    wall, cpu, whole_wall, whole_cpu, unsaid = (min(figures) for figures in zip(*rounds, strict=True))
    return [
        Figure("seconds until the first article answers by words", first[0], at_most=1),
        Figure("the same, CPU", first[1]),
        Figure("seconds for all of them, CPU", whole_cpu),
        Figure("passages a second, the whole run / the model alone, wall", wall / whole_wall, at_least=0.85),
        Figure("passages a second, likewise, CPU", cpu / whole_cpu, at_least=0.85),
        Figure("statements / the rest of the ingestion, CPU", whole_cpu / unsaid - 1, at_most=0.25),
    ]


def _mixed(samples: list[Article], n: int) -> Iterator[Article]:
    """n articles of SENTENCES each, drawn from the samples of one language: as long and as full of names as news, no copies."""
    rng = random.Random(5)
    of: dict[str, list[str]] = {}
    for article in samples:
        of.setdefault(article.lang, []).extend(article.text[start:end] for start, end in sentences(article.text, article.lang))
    for i in range(n):
        article = samples[i % len(samples)]
        drawn = rng.choices(of[article.lang], k=SENTENCES)
        paragraphs = [" ".join(drawn[at : at + 4]) for at in range(0, SENTENCES, 4)]
        yield replace(article, id=f"{article.id} {i}", text="\n\n".join(paragraphs))


class _Heard:
    """An embedding model that remembers what it was given."""

    def __init__(self, model: E5) -> None:
        self.model, self.batches = model, list[list[str]]()
        self.name, self.count, self.window = model.name, model.count, model.window
        self.embed_query = model.embed_query

    def embed_documents(self, texts: list[str]) -> NDArray[np.float32]:
        self.batches.append(texts)
        return self.model.embed_documents(texts)


@contextmanager
def _unsaid() -> Iterator[None]:
    """Inside, no statements are looked for."""
    kept = index.quotes.statements
    index.quotes.statements = lambda *_, **__: []
    try:
        yield
    finally:
        index.quotes.statements = kept


def _ours(folder: Path, given: list[Article]) -> float:
    return _timed(folder, given, HashEmbeddings())[1]


def _timed(folder: Path, given: list[Article], model: Embeddings) -> tuple[float, float]:
    """Seconds, and seconds of CPU."""
    with Index(folder, embeddings=model) as index:
        wall, cpu = time.perf_counter(), time.process_time()
        report = index.add(given)
        assert report.new + report.same == len(given)
        return time.perf_counter() - wall, time.process_time() - cpu


def _until_found(folder: Path, given: list[Article], model: Embeddings) -> tuple[float, float]:
    """Seconds, and seconds of CPU, until one of the articles that are added is found by its words."""
    with Index(folder, embeddings=model) as index:
        wall, cpu = time.perf_counter(), time.process_time()
        took: list[tuple[float, float]] = []

        def look(report: AddReport) -> None:
            if not took and index.sharing(given[0].text[:200]):
                took.append((time.perf_counter() - wall, time.process_time() - cpu))

        index.add(given, on_progress=look)
        return took[0]


def _chroma(folder: Path, given: list[Article]) -> float:
    """CPU of writing the vectors of passages and titles into Chroma, a thousand at a time as `Index.add` does here."""
    texts = [f"{article.id} {n}" for article in given for n in range(5)]
    vectors = HashEmbeddings().embed_documents(texts)
    store = Vectors(folder)
    store.open(0)
    before = time.process_time()
    for at in range(0, len(texts), 1_000):
        store.put(texts[at : at + 1_000], vectors[at : at + 1_000])
    took = time.process_time() - before
    store.close()
    return took


def _plain(folder: str, given: list[Article]) -> float | None:
    try:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        return None

    class Lists(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def, override]
            return super().embed_documents(texts).tolist()

    splitter = RecursiveCharacterTextSplitter(chunk_size=800, chunk_overlap=80)
    Chroma("warm", Lists(), persist_directory=folder).add_texts(["warm"])  # type: ignore[arg-type]
    store = Chroma("news", Lists(), persist_directory=folder, collection_configuration={"hnsw": {"space": "cosine"}})  # type: ignore[arg-type]
    before = time.process_time()
    documents = [
        Document(
            article.text,
            metadata={
                "id": article.id, "title": article.title, "outlet": article.outlet, "lang": article.lang,
                "published": article.published.start if article.published else 0,
            },
        )
        for article in given
    ]  # fmt: skip
    chunks = splitter.split_documents(documents)
    for at in range(0, len(chunks), 5_000):
        store.add_documents(chunks[at : at + 5_000])
    return time.process_time() - before


def _growth() -> Iterator[Figure]:
    """Memory after the last of AMPLIFIED articles over that after the first fifth, each store in a process of its own.

    Chroma keeps its graph in memory, with every vector: whoever writes into it grows by that much.
    """
    sizes = {}
    for store in (_grown, _grown_chroma):
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            sizes[store] = alone.submit(store).result()
        print(f"  {store.__name__}: MB after each fifth:", ", ".join(f"{size / 1e6:.0f}" for size in sizes[store]))
    ours, chroma = sizes[_grown], sizes[_grown_chroma]
    yield Figure("memory after 20,000 articles / after 4,000", ours[-1] / ours[0])
    beyond = ours[-1] - (chroma[-1] - chroma[0])
    yield Figure("the same without what Chroma alone grows by", beyond / ours[0], at_most=1.15)


def _grown() -> list[int]:
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as name, Index(Path(name) / "large", embeddings=HashEmbeddings()) as index:
        for part in range(5):
            index.add(articles(AMPLIFIED // 5, seed=100 + part))
            gc.collect()
            sizes.append(own())
    return sizes


def _grown_chroma() -> list[int]:
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as name:
        store = Vectors(Path(name))
        store.open(0)
        for part in range(5):
            for at in range(0, AMPLIFIED, 1_000):  # five vectors an article
                ids = [f"{part} {at + n}" for n in range(1_000)]
                store.put(ids, HashEmbeddings().embed_documents(ids))
            gc.collect()
            sizes.append(own())
        store.close()
    return sizes
