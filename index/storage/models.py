"""One library, one embedding model."""

from __future__ import annotations

from index.errors import WrongModel
from index.storage.records import Model


def other_model(held: Model, wanted: str, where: object) -> WrongModel:
    """The error of a library in `where` that holds vectors of one model where another is configured, or has changed."""
    if held.name != wanted:
        return WrongModel(
            f"{where} was built with the embedding model {held.name}, and {wanted} is configured. "
            f"Set embeddings back, or export the articles and ingest them into a new library."
        )
    return WrongModel(f"{wanted} now makes vectors of another length than {held.dimension} numbers, which {where} holds.")
