"""The library as a LangChain retriever: a question in, Documents out, each with what a citation needs in its metadata."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.index import Index
from index.records import Hit, Passage, Scope


class DragomanRetriever(BaseRetriever):
    """The passages that fit a question best, one Document each, the best article first.

    `page_content` is the passage, character for character. Metadata: article_id, version, start, end (code points of the
    article's text), title, source (its address, else its id), url, outlet, agency, lang, published (ISO 8601 in UTC, as precise
    as it is known, or None), score, copies. `Index.article(article_id, version).text[start:end]` is the passage again.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 8
    """Articles at most."""
    scope: Scope = Scope()
    """What may be found, and as of when."""
    more: bool = False
    """Also the further passages of each article."""

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.index.search(query, k=self.k, scope=self.scope)
        return [_document(passage, hit) for hit in hits for passage in (hit.passage, *(hit.more if self.more else ()))]


def _document(passage: Passage, hit: Hit) -> Document:
    url = passage.url if passage.url.startswith(("https://", "http://")) else ""
    metadata: dict[str, Any] = {
        "article_id": passage.article_id,
        "version": passage.version,
        "start": passage.start,
        "end": passage.end,
        "title": passage.title,
        "source": url or passage.article_id,
        "url": url,
        "outlet": passage.outlet,
        "agency": passage.agency,
        "lang": passage.lang,
        "published": str(passage.published) if passage.published else None,
        "score": hit.score,
        "copies": list(hit.copies),
    }
    return Document(page_content=passage.text, metadata=metadata, id=passage.id)
