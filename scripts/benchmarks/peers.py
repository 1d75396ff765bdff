"""The same articles, passages, vectors and questions in other libraries and in ours: what is found, and what a search costs.

Needs `pip install langchain-chroma llama-index-core haystack-ai` beside Dragoman; what is not installed is left out. Sets are
those of scripts/evals/retrieval.py. CPU of a search is without the embedding, which is the same model for all, remembered.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index import Article, Index
from index.embedding.e5 import E5
from index.ingest.embedding import passage_text
from index.text.passages import split
from scripts.benchmarks import Figure
from scripts.evals import retrieval
from scripts.evals.retrieval import Asked, Remembered

SHARED = Path(__file__).resolve().parents[3] / "shared"
DEPTH = 30  # passages asked of a library that knows no articles, for ten of them
Find = Callable[[str], list[str]]  # question -> article ids, best first
Chunk = tuple[str, str]  # article id, text


def main() -> list[Figure]:
    """Prints a table; nothing is asserted of others."""
    from platformdirs import user_cache_dir

    model = Remembered(Path(user_cache_dir("dragoman")) / f"eval-{E5.name}.npz")
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for articles, questions in _sets():
        for asked in questions:
            model.embed_query(asked.text)
        chunks = list(_chunks(articles, model))
        for name, make in PEERS.items():
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                try:
                    find = make(Path(folder), articles, chunks, model)
                except ImportError:
                    continue
                for asked in questions:
                    before = time.process_time()
                    ids = list(dict.fromkeys(find(asked.text)))[:10]
                    found[name]["CPU ms"].append((time.process_time() - before) * 1e3)
                    for column, value in _measures(asked, ids):
                        found[name][column].append(value)
    columns = [column for column in next(iter(found.values())) if column != "CPU ms"]
    print(f"| | {' | '.join(columns)} | CPU of a search, median |\n|---|{'---|' * (len(columns) + 1)}")
    for name, values in found.items():
        cells = [f"{statistics.mean(values[column]):.3f}" for column in columns]
        print(f"| {name} | {' | '.join(cells)} | {statistics.median(values['CPU ms']):.1f} ms |")
    return []


def _sets() -> Iterator[tuple[list[Article], list[Asked]]]:
    """Two libraries half in English, half in Spanish, and one in English with questions on several articles at once."""
    data = SHARED / "data"
    yield next(one for one in retrieval._xquad(data / "xquad", True) if "mixed" in one[1][0].tags[0])
    yield next(one for one in retrieval._headlines(data, True) if "half" in one[1][0].tags[0])
    yield next(one for one in retrieval._libraries(data, True) if one[1][0].tags[0] == "MultiHop-RAG")


def _measures(asked: Asked, ids: Sequence[str]) -> Iterator[tuple[str, float]]:
    if asked.tags[0] == "MultiHop-RAG":
        yield "MultiHop-RAG, recall@10", sum(id in ids for id in asked.gold) / len(asked.gold)
        return
    what = asked.tags[0].split(",")[0].split()[0]
    where = "same" if "same-language" in asked.tags[-1] else "other"
    yield f"{what}, {where} language, Hit@1", float(ids[:1] == list(asked.gold))


def _chunks(articles: Sequence[Article], model: Remembered) -> Iterator[Chunk]:
    """The passages that our own library makes, title in front."""
    for article in articles:
        for start, end in split(article.text, lang=article.lang, count=model.count, window=model.window):
            yield article.id, passage_text(article.title, article.text[start:end])


def _ours(folder: Path, articles: Sequence[Article], chunks: Sequence[Chunk], model: Remembered) -> Find:
    index = Index(folder, embeddings=model)
    index.add(articles)
    return lambda question: [hit.passage.article_id for hit in index.search(question)]


def _langchain(folder: Path, articles: Sequence[Article], chunks: Sequence[Chunk], model: Remembered) -> Find:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class Same(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return model.embed_documents(texts).tolist()

        def embed_query(self, text: str) -> list[float]:
            return model.embed_query(text).tolist()

    store = Chroma(collection_name="peers", embedding_function=Same(), persist_directory=str(folder))
    for at in range(0, len(chunks), 1000):
        part = chunks[at : at + 1000]
        store.add_texts([text for _, text in part], [{"article": id} for id, _ in part])
    return lambda question: [found.metadata["article"] for found in store.similarity_search(question, k=DEPTH)]


def _llamaindex(folder: Path, articles: Sequence[Article], chunks: Sequence[Chunk], model: Remembered) -> Find:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.schema import TextNode

    class Same(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return model.embed_documents([text])[0].tolist()

        def _get_query_embedding(self, query: str) -> list[float]:
            return model.embed_query(query).tolist()

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    nodes: list[Any] = [
        TextNode(text=text, metadata={"article": id}, excluded_embed_metadata_keys=["article"]) for id, text in chunks
    ]
    retriever = VectorStoreIndex(nodes, embed_model=Same()).as_retriever(similarity_top_k=DEPTH)
    return lambda question: [found.node.metadata["article"] for found in retriever.retrieve(question)]


def _haystack(hybrid: bool) -> Callable[[Path, Sequence[Article], Sequence[Chunk], Remembered], Find]:
    def make(folder: Path, articles: Sequence[Article], chunks: Sequence[Chunk], model: Remembered) -> Find:
        from haystack import Document
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        vectors = model.embed_documents([text for _, text in chunks])
        store.write_documents(
            [
                Document(id=str(i), content=text, meta={"article": id}, embedding=vector.tolist())
                for i, ((id, text), vector) in enumerate(zip(chunks, vectors, strict=True))
            ]
        )
        near, words = InMemoryEmbeddingRetriever(store, top_k=DEPTH), InMemoryBM25Retriever(store, top_k=DEPTH)
        joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)

        def find(question: str) -> list[str]:
            found = near.run(query_embedding=model.embed_query(question).tolist())["documents"]
            if hybrid:
                found = joiner.run([found, words.run(query=question)["documents"]])["documents"]
            return [document.meta["article"] for document in found]

        return find

    return make


PEERS = {
    "Dragoman": _ours,
    "LangChain + Chroma": _langchain,
    "LlamaIndex, in memory": _llamaindex,
    "Haystack, in memory": _haystack(False),
    "Haystack, BM25 and vectors by rank fusion": _haystack(True),
}
