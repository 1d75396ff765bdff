"""The floors of retrieval and of answers, on samples of the public sets. The full runs are scripts/eval.py's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.model


def test_retrieval_is_above_its_floors(shared: Path) -> None:
    command = [sys.executable, "scripts/eval.py", "retrieval", "--sample", "--shared", str(shared)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "seeds, cross-language" in run.stdout


def test_languages_that_nothing_was_chosen_on_are_above_their_floors(shared: Path) -> None:
    command = [sys.executable, "scripts/eval.py", "languages", "--sample", "--shared", str(shared)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "stories zh, cross-language" in run.stdout


def test_answers_are_above_their_floors(shared: Path) -> None:
    command = [sys.executable, "scripts/eval.py", "answers", "--sample", "--shared", str(shared)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "all answers | citation_verbatim" in run.stdout
