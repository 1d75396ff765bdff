"""`Index.search` without the model's own time, against raw Chroma in the same run, at 10,000 and 100,000 vectors.

Raw Chroma holds the same passages with their text and metadata, as a plain loader would store them, and answers with them.
Libraries are made once and kept in the folder for temporary files (a few minutes of CPU for 100,000); TMPDIR moves it.
Times are CPU of the whole process. A million: `bench.py million`.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import Filter, Index, Period, Scope
from index.search.search import NEAR
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import DIMENSION, FIRST, Placed, articles, fill, own, questions

KEPT = Path(tempfile.gettempdir()) / "dragoman-bench"
ARTICLES = {"10k": 1_700, "100k": 17_000}  # six vectors each
ASKED = 40
ROUNDS = 3  # after one that does not count
DAY = 86_400
START = FIRST + 100 * DAY
Asked = list[tuple[str, NDArray[np.float32]]]


def filters() -> dict[str, Filter]:
    """By what they let through."""
    month, days = Period(START, START + 30 * DAY), Period(START, START + 3 * DAY)
    spanish = frozenset({"es"})
    return {
        "language, 35 %": Filter(langs=spanish),
        "language, 5 %": Filter(langs=frozenset({"it"})),
        "dates, 8 %": Filter(window=month),
        "dates, .8 %": Filter(window=days),
        "dates and language, 3 %": Filter(window=month, langs=spanish),
        "outlets, 6 %": Filter(outlets=frozenset({"Outlet 0", "Outlet 1", "Outlet 2"})),
    }


def main() -> list[Figure]:
    figures: list[Figure] = []
    asked = list(questions(ASKED))
    for size, n in ARTICLES.items():
        large = size == "100k"
        fill(KEPT / f"library-{n}", n)
        placed, before = Placed(), own()
        with Index(KEPT / f"library-{n}", embeddings=placed, create=False) as index:
            plain, told = latencies(size, index, placed, asked, lexical=10)
            figures.append(Figure(f"{size}: memory with the library open, MB", (own() - before) / 1e6))
            raw = _p95(asked, _raw(KEPT / f"plain-{n}", n))
            figures += [Figure(f"{size}: search / raw Chroma, p95", plain / raw, at_most=3 if large else None), *told]
            worst = min(_recall(index, asked, filter) for filter in filters().values())
            figures.append(Figure(f"{size}: recall@10, worst filter", worst, at_least=0.99))
            figures.append(Figure(f"{size}: recall@10, unfiltered", _recall(index, asked, None)))
        figures.append(Figure(f"{size}: first delete, CPU s", _first_delete(KEPT / f"library-{n}"), at_most=1))
        ours, theirs = disk(KEPT / f"library-{n}"), disk(KEPT / f"plain-{n}")
        figures.append(Figure(f"{size}: disk, MB", ours / 1e6))
        figures.append(Figure(f"{size}: disk / LangChain + Chroma folder", ours / theirs, at_most=0.45 if large else None))
    return figures


def latencies(size: str, index: Index, placed: Placed, asked: Asked, *, lexical: float) -> tuple[float, list[Figure]]:
    """p95 of an unfiltered search in seconds of CPU, and all the figures; `lexical`: ms that the lexical search may take."""

    def search(text: str, vector: NDArray[np.float32], filter: Filter | None = None) -> None:
        placed.next = vector
        index.search(text, scope=Scope(filter=filter))

    index.storage.nearest._refresh()  # Chroma open, as in a process that answers
    plain = _p95(asked, search)
    figures = [Figure(f"{size}: search, p95, CPU ms", plain * 1e3)]
    for name, filter in filters().items():
        filtered = _p95(asked, lambda text, vector, filter=filter: search(text, vector, filter))
        figures.append(Figure(f"{size}: filtered by {name} / unfiltered, p95", filtered / plain, at_most=3))
    figures.append(Figure(f"{size}: lexical search, p95, CPU ms", _p95(asked, _lexical(index, None)) * 1e3, at_most=lexical))
    worst = max(_p95(asked, _lexical(index, filter)) for filter in filters().values())
    figures.append(Figure(f"{size}: lexical search, worst filter, p95, CPU ms", worst * 1e3, at_most=lexical))
    return plain, figures


def disk(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _p95(asked: Asked, ask: Callable[..., object]) -> float:
    """Seconds of CPU, each question at its least of ROUNDS: what else runs on the machine costs caches."""
    rounds: list[list[float]] = []
    for _ in range(1 + ROUNDS):
        rounds.append([])
        for text, vector in asked:
            before = time.process_time()
            ask(text, vector)
            rounds[-1].append(time.process_time() - before)
    return statistics.quantiles([min(times) for times in zip(*rounds[1:], strict=True)], n=20)[-1]


def _lexical(index: Index, filter: Filter | None) -> Callable[[str, NDArray[np.float32]], object]:
    def ask(text: str, vector: NDArray[np.float32]) -> list[int]:
        keys = index.storage.lexical.look_up(index._search._keys(text, "en" if text.startswith("What") else "es"))
        return index.storage.lexical.best(keys, index.storage.reader.allowed(Scope(filter=filter)), vector, NEAR)

    return ask


def _recall(index: Index, asked: Asked, filter: Filter | None) -> float:
    """Of the ten nearest by brute force over the library's own vectors, the share that is found."""
    nearest = index.storage.nearest
    allowed = index.storage.reader.allowed(Scope(filter=filter))
    found, langs, matrix = index.storage.reader.vectors(index.storage.reader.rows().tolist())
    owners = index.storage.reader.owners(rows=found.tolist())
    inside = np.ones(len(found), bool) if allowed is None else allowed[[owners[row] for row in found.tolist()]]
    rows, vectors = found[inside], nearest.means.centred(matrix, langs)[inside]
    shares = []
    for text, vector in asked:
        centred = nearest.means.question(vector, "en" if text.startswith("What") else "es")
        exact = rows[np.argsort(-(vectors @ centred), kind="stable")[:10]].tolist()
        shares.append(len(set(exact) & set(nearest.find(centred, allowed, 100)[:10])) / len(exact))
    return statistics.mean(shares)


def _first_delete(folder: Path) -> float:
    """Seconds of CPU of deleting an article where Chroma is not open."""
    with tempfile.TemporaryDirectory(dir=KEPT) as name:
        copy = shutil.copytree(folder, Path(name) / "copy")
        with Index(copy, embeddings=Placed()) as index:
            before = time.process_time()
            assert index.delete(["made-up-0-1"]) == 1
            return time.process_time() - before


def _raw(folder: Path, n: int) -> Callable[[str, NDArray[np.float32]], object]:
    """A query of raw Chroma: ten documents with their metadata. Fills it first."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    passages: Any = client.get_or_create_collection(
        "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    if passages.count() < 5 * n:
        for one in articles(n):
            article, spans = one.prepared.article, one.prepared.spans[1:]
            published = article.published
            about: Sequence[dict[str, str | int]] = [
                {
                    "id": article.id, "title": article.title, "outlet": article.outlet, "lang": article.lang, "start": start,
                    "published_from": published.start if published else 0, "published_to": published.end if published else 0,
                }
                for start, _ in spans
            ]  # fmt: skip
            passages.upsert(
                ids=[f"{article.id}:{start}" for start, _ in spans], documents=[article.text[s:e] for s, e in spans],
                embeddings=one.vectors[1:].astype(np.float32), metadatas=about,
            )  # fmt: skip
    return lambda text, vector: passages.query(query_embeddings=vector.reshape(1, DIMENSION), n_results=10)
