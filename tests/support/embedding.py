"""One embedding model for all tests: loaded once, and no text is embedded twice."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from index.embedding import e5


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
