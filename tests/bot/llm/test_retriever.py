"""The LangChain retriever: Documents that can be cited."""

from __future__ import annotations

import asyncio
from pathlib import Path

from langchain_core.runnables import RunnableLambda

from bot import DragomanRetriever
from index import Filter, Index, Scope

QUESTION = "When will the port of Sarvella reopen?"


def test_documents_are_passages_that_can_be_cited(library: Path) -> None:
    with Index(library, create=False) as index:
        found = DragomanRetriever(index=index, k=3).invoke(QUESTION)
        assert found[0].metadata["article_id"] == "port-1" and found[0].metadata["outlet"] == "Coast Courier"
        assert found[0].metadata["published"] == "2024-05-14"
        for document in found:
            at = document.metadata
            article = index.article(at["article_id"], at["version"])
            assert article and article.text[at["start"] : at["end"]] == document.page_content
            assert at["source"] in (article.url, article.id) or at["source"].startswith("https://")


def test_it_is_a_part_of_a_chain_and_keeps_to_its_scope(library: Path) -> None:
    with Index(library, create=False) as index:
        scope = Scope(filter=Filter(langs=frozenset({"es"})))
        chain = DragomanRetriever(index=index, scope=scope, more=True) | RunnableLambda(
            lambda found: [d.metadata["lang"] for d in found]
        )
        assert set(asyncio.run(chain.ainvoke(QUESTION))) == {"es"}
