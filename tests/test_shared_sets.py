"""scripts/shared_sets.py: a script whose sets are not there says so in a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import shared_sets
from tests.support import ROOT


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("script", ["eval", "calibrate", "calibrate_ties"])
def test_a_script_without_its_sets_ends_with_one_line(script: str) -> None:
    command = [sys.executable, f"scripts/{script}.py", "--shared", "/nowhere/shared"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("/nowhere/shared") and done.stderr.count("\n") == 1 and "--shared" in done.stderr


def test_only_what_lies_outside_the_checkout_is_a_missing_set(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"^/nowhere/xquad is not there: "), shared_sets.needed():
        Path("/nowhere/xquad").read_text(encoding="utf-8")
    for ours in (ROOT / "nowhere", tmp_path / "nowhere"):
        with pytest.raises(FileNotFoundError), shared_sets.needed():
            ours.read_text(encoding="utf-8")
