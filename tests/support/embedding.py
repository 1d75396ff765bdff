"""One embedding model for all tests: loaded once, and no text is embedded twice; and a stand-in where vectors do not matter."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from index.embedding import e5, e5_graph
from index.embedding.adapter import Adapter


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


def encoded(weights: e5_graph.ModelWeights, adapter: Adapter, x: e5.Floats, layers: int = 12) -> e5.Floats:
    """(tokens, n) what the encoder with an adapter gives, computed plainly, layer by layer."""

    def dense(x: e5.Floats, name: str) -> e5.Floats:
        y = x @ weights.matrix(f"{name}.w") + weights.vector(f"{name}.b")
        if f"{name}.w" in adapter.changes:
            down, up = adapter.changes[f"{name}.w"]
            y = y + x @ down @ up
        return y

    def norm(x: e5.Floats, name: str) -> e5.Floats:
        x = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + weights.epsilon)
        return x * weights.vector(f"{name}.w") + weights.vector(f"{name}.b")

    erf = np.vectorize(math.erf)
    x = norm(x, "emb.ln")
    for layer in range(layers):
        at, n = f"l{layer}", len(x)
        q, k, v = (dense(x, f"{at}.{name}").reshape(n, weights.heads, -1).transpose(1, 0, 2) for name in "qkv")
        close = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        close = np.exp(close - close.max(axis=-1, keepdims=True))
        seen = (close / close.sum(axis=-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, -1)
        x = norm(x + dense(seen, f"{at}.ao"), f"{at}.aln")
        y = dense(x, f"{at}.fi")
        x = norm(x + dense(y * (1 + erf(y / math.sqrt(2))) / 2, f"{at}.fo"), f"{at}.oln")
    matrix, bias = adapter.head
    output: e5.Floats = (x @ matrix + bias).astype(np.float32)
    return output
