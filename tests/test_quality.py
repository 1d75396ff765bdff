"""The floors of retrieval, on a sample of the public sets, through the public Index. The full run is scripts/eval.py's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_retrieval_is_above_its_floors(shared: Path) -> None:
    command = [sys.executable, "scripts/eval.py", "retrieval", "--sample", "--shared", str(shared)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "seeds, cross-language" in run.stdout
