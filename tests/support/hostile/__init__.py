"""Inputs of other programs and other people's habits, five a kind: `make(folder)` writes them below folder/input.

Every text is invented. The letter is the kind: C encodings, D comparing words, E Word, F PDF, K tables, L JSON rows, N dates,
R mail, S the rest.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from index.errors import SourceError
from index.ingest.sources import read
from index.records import Article


def made(name: str, folder: Path) -> Path:
    """The folder with the input of a module of this package."""
    importlib.import_module(f"tests.support.hostile.{name}").make(folder)
    return folder / "input"


def articles(name: str, folder: Path) -> tuple[dict[str, list[Article]], list[str]]:
    """What is read of it: the articles by the file's name, and the lines about the rest."""
    found: dict[str, list[Article]] = {}
    lines = []
    for path in sorted(made(name, folder).rglob("*")):
        if path.is_file():
            for item in read([str(path)]):
                if isinstance(item, SourceError):
                    lines.append(f"{path.name}: {item.where.rpartition('/')[2]}: {item.why}")
                else:
                    found.setdefault(path.name, []).append(item)
    return found, lines
