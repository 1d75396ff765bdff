"""An ingestion in a process of its own, over a stand-in for the model: python -m tests.support.killed LIBRARY [ID=TEXT…]

A text with "kill me" in it ends the process in the model, as the memory killer does. Prints what failed or was set aside, a line each.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from index import Article, Index
from index.embedding import e5
from tests.support.embedding import HashEmbeddings


class Deadly(HashEmbeddings):
    """The stand-in, with texts that it does not survive."""

    def embed_documents(self, texts: Sequence[str]) -> e5.Floats:
        if any("kill me" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_documents(texts)


def main(library: str, *given: str) -> None:
    articles = [Article(id=id, text=text, lang="en") for id, _, text in (one.partition("=") for one in given)]
    with Index(library, embeddings=Deadly()) as index:
        report = index.add(articles)
        report.include(index.catch_up())
        print(*report.failed, *report.set_aside, sep="\n", end="", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
