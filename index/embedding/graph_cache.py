"""Graphs that were built once, in the cache folder: each begins with its own hash, and goes when unused for long."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

UNUSED = 60 * 86_400  # seconds since it was last used, after which a graph is an older version's: some 20 MB each
_HASH = hashlib.sha256().digest_size


def read(path: Path) -> bytes | None:
    """What was kept, marked as used now; None if it is absent or damaged."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    if kept[:_HASH] != hashlib.sha256(kept[_HASH:]).digest():
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return kept[_HASH:]


def write(path: Path, content: bytes) -> None:
    """Keep it, so that no reader sees half of it, and drop what is unused. Failure costs only time."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            temporary = Path(file.name)
            file.write(hashlib.sha256(content).digest() + content)
        temporary.replace(path)
        _drop_unused(path)
    except OSError:
        if temporary:
            temporary.unlink(missing_ok=True)


def _drop_unused(path: Path) -> None:
    """Remove the files beside it, of its suffix, that were last used long ago."""
    for other in path.parent.glob(f"*{path.suffix}"):
        with contextlib.suppress(OSError):  # another process may be faster
            if time.time() - other.stat().st_mtime > UNUSED:
                other.unlink()
