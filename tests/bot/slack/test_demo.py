"""scripts/slack_demo.py: every kind of message, and run again over the same library it shows them again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index import Index
from index.ingest.sources import read
from tests.support import ROOT

SHOWN = (
    "Here I can see every article of the library", "[Home tab]", "I answer questions from news articles",
    "rejected on Thursday", "Thank you. What was wrong with it?", "(kept: -1 missing;", "asks for your help with",
    "You are welcome.", "No evidence found.", "Name a person, a place or a topic", "What I see here",
    "only when I am mentioned (follow-ups)", "This channel gets strait from now on, next on", "Soy Dragoman",
    "column.txt: 2 quotations: 1 altered, 1 in no article.", ". Corrected:", "Only El Faro de Lirio reports this.",
    "ended with exit code 0",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.model
def test_the_demo_runs_twice_over_one_library(tmp_path: Path) -> None:
    with Index(tmp_path / "library") as index:
        index.add(read([str(ROOT / "scripts/samples")]))
    for run in (1, 2):
        page = tmp_path / f"{run}.html"
        command = [sys.executable, "scripts/slack_demo.py", "--library", str(tmp_path / "library"), "--html", str(page)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert [words for words in SHOWN if words not in done.stdout] == []
        assert page.read_text(encoding="utf-8").count("<article") > 50
