"""Taking articles in, with a stand-in for the embedding model: CPU against a plain LangChain + Chroma loader in the same run.

The loader is the usual one: RecursiveCharacterTextSplitter (800 characters, about one of our passages), langchain-chroma, in
batches. Skipped, visibly, where langchain-chroma and langchain-text-splitters are not installed.
"""

from __future__ import annotations

import gc
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Article, Index
from index.records import Period
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import DAYS, FIRST, words

ARTICLES = 2_000
CHARACTERS = 3_000
AMPLIFIED = 20_000
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
    given = list(articles(ARTICLES))
    with tempfile.TemporaryDirectory() as name:
        with Index(Path(name) / "warm", embeddings=HashEmbeddings()) as index:
            index.add(articles(20, seed=1))  # imports and tables are paid before the clock runs
        first = _ours(Path(name) / "ours", given)
        again = _ours(Path(name) / "ours", given)
        plain = _plain(str(Path(name) / "plain"), given)
    figures = [Figure("the same 2,000 articles again / the first time", again / first, at_most=0.05)]
    if plain is None:
        print("  skipped: langchain-chroma and langchain-text-splitters are not installed")
    else:
        figures.insert(0, Figure("2,000 articles / plain LangChain + Chroma loader, CPU", first / plain, at_most=1 / 3))
    figures.append(Figure("CPU seconds for 2,000 articles", first))
    figures.append(Figure("memory after 20,000 articles / after 4,000", _growth(), at_most=1.15))
    return figures


def _ours(folder: Path, given: list[Article]) -> float:
    with Index(folder, embeddings=HashEmbeddings()) as index:
        before = time.process_time()
        report = index.add(given)
        assert report.new + report.same == len(given)
        return time.process_time() - before


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


def _growth() -> float:
    """Resident memory of this process, after the last of AMPLIFIED articles over that after the first fifth."""
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as name, Index(Path(name) / "large", embeddings=HashEmbeddings()) as index:
        for part in range(5):
            index.add(articles(AMPLIFIED // 5, seed=100 + part))
            gc.collect()
            sizes.append(_resident())
    print("  resident MB after each fifth:", ", ".join(f"{size / 1e6:.0f}" for size in sizes))
    return sizes[-1] / sizes[0]


def _resident() -> int:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
