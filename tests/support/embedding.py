"""One embedding model for all tests: loaded once, and no text is embedded twice; and a stand-in where vectors do not matter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from index.embedding import e5


class HashEmbeddings:
    """A stand-in for an embedding model: a vector that depends on the text alone and costs nothing."""

    name = "hash-64"

    def embed_documents(self, texts: Sequence[str]) -> e5.Floats:
        """(len(texts), 64), deterministic."""
        digests = b"".join(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=64).digest() for text in texts)
        return np.frombuffer(digests, np.uint8).reshape(len(texts), 64).astype(np.float32) - 127.5

    def embed_query(self, text: str) -> e5.Floats:
        """(64,)"""
        vector: e5.Floats = self.embed_documents([text])[0]
        return vector


class Remembering(e5.E5):
    """The real model, which keeps what it made of the last texts: a text's vectors depend on that text alone."""

    @lru_cache(maxsize=3000)  # noqa: B019 (there is one, for as long as the tests run)
    def _states(self, prefix: str, text: str) -> tuple[e5.Floats, list[int]]:
        states, ends = super()._states(prefix, text)
        states.flags.writeable = False
        return states, ends


read_weights = e5.load


def load(weights: Path | None = None) -> e5.E5:
    """In place of `e5.load`: the default model is the same for all."""
    return read_weights(weights) if weights else shared_model()


@cache
def shared_model() -> e5.E5:
    model = read_weights()
    model.__class__ = Remembering
    return model
