"""Articles with vectors made by hand, put into a storage and embedded in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.records import AddReport, passage_id
from index.storage.protocol import Storage
from index.storage.records import Model, Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Placed(NamedTuple):
    """An article ready to be written, and what its passages are to have for vectors."""

    prepared: Prepared
    vectors: NDArray[np.float16]  # (spans, dimension), of unit length


def stock(storage: Storage, batch: Sequence[Placed], model: Model) -> AddReport:
    """Put the articles, and give those passages that wait for one their vector."""
    report = storage.put([one.prepared for one in batch])
    of: dict[str, NDArray[np.float16]] = {}
    for one in batch:
        article = storage.article(one.prepared.article.id)
        if article is not None:
            ids = [passage_id(article.id, article.version, start, end) for start, end in one.prepared.spans]
            of |= zip(ids, one.vectors, strict=True)
    if of:
        storage.embed(list(of), np.stack(list(of.values())), model)
    return report
