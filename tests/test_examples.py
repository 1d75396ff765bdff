"""The examples of docs/python-examples.md run as they stand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support import ROOT

BLOCKS = re.findall(r"(?ms)^## ([^\n]*)\n.*?^```python\n(.*?)^```$", (ROOT / "docs" / "python-examples.md").read_text("utf-8"))


@pytest.mark.parametrize(("title", "code"), BLOCKS, ids=[title for title, _ in BLOCKS])
def test_an_example_runs(title: str, code: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_LIBRARY", str(shutil.copytree(library, tmp_path / "library")))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("DRAGOMAN_MODEL", raising=False)
    exec(compile(code, title, "exec"), {"__name__": "example"})


def test_there_is_an_example_under_every_heading() -> None:
    headings = re.findall("(?m)^## ", (ROOT / "docs" / "python-examples.md").read_text("utf-8"))
    assert len(BLOCKS) == len(headings) >= 6
