"""index/embedding/graph_cache.py: what is kept comes back whole or not at all, and what nobody uses goes."""

import os
import time
from pathlib import Path

import pytest

from index.embedding import graph_cache


@pytest.mark.parametrize("content", [b"", b"a graph", bytes(100_000)])
def test_what_is_kept_comes_back(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "new" / "e5-1.onnx"
    assert graph_cache.read(path) is None
    graph_cache.write(path, content)
    assert graph_cache.read(path) == content
    assert list(path.parent.iterdir()) == [path]


def test_what_is_damaged_does_not(tmp_path: Path) -> None:
    path = tmp_path / "e5-1.onnx"
    graph_cache.write(path, b"a graph")
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[:10], whole[:-1] + b"!", whole + b"\0"):
        path.write_bytes(damaged)
        assert graph_cache.read(path) is None


def test_graphs_of_older_versions_go_once_nobody_uses_them(tmp_path: Path) -> None:
    old, used, other = tmp_path / "e5-old.onnx", tmp_path / "e5-used.onnx", tmp_path / "notes.txt"
    long_ago = time.time() - graph_cache.UNUSED - 60
    for path in (old, used):
        graph_cache.write(path, b"a graph")
    other.write_text("somebody else's")
    for path in (old, used, other):
        os.utime(path, (long_ago, long_ago))
    assert graph_cache.read(used)
    graph_cache.write(tmp_path / "e5-new.onnx", b"another")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e5-new.onnx", "e5-used.onnx", "notes.txt"]
