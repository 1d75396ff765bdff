"""Writes one file of an input."""

from __future__ import annotations

from pathlib import Path


def write(folder: Path, name: str, data: bytes | str) -> None:
    """Bytes, or text as UTF-8, to folder/name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
