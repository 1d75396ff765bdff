"""A searchable library of news: articles in, passages out.

    with Index("library") as index:
        index.add(read(["articles/"]))
        for hit in index.search("what did the minister say?"):
            print(hit.passage.outlet, hit.passage.text)

The names below are loaded when they are first used: `import index.errors` costs no numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.errors import Busy, DragomanError, LibraryError, ModelError, SettingsError, SourceError, WrongModel
    from index.index import Index
    from index.ingest.sources import read
    from index.records import AddReport, Article, Embeddings, Filter, Hit, Passage, Period, Scope
    from index.storage.records import Health, Stats

_WHERE = {
    "index.errors": ("Busy", "DragomanError", "LibraryError", "ModelError", "SettingsError", "SourceError", "WrongModel"),
    "index.storage.records": ("Health", "Stats"),
    "index.index": ("Index",),
    "index.records": ("AddReport", "Article", "Embeddings", "Filter", "Hit", "Passage", "Period", "Scope"),
    "index.ingest.sources": ("read",),
}

__all__ = [
    "AddReport",
    "Article",
    "Busy",
    "DragomanError",
    "Embeddings",
    "Filter",
    "Health",
    "Hit",
    "Index",
    "LibraryError",
    "ModelError",
    "Passage",
    "Period",
    "Scope",
    "SettingsError",
    "SourceError",
    "Stats",
    "WrongModel",
    "read",
]


def __getattr__(name: str) -> object:
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
