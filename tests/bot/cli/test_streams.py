"""Standard streams that are closed, or full: quiet work or one line, and the exit code of the same command with all of them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.support.library import COMMAND, Run, environment

pytestmark = [pytest.mark.model, pytest.mark.skipif(os.name == "nt", reason="a shell is asked to close them")]

CLOSED = {0: "<&-", 1: ">&-", 2: "2>&-"}


def run(home: Path, library: Path, words: list[str], *streams: str) -> subprocess.CompletedProcess[bytes]:
    line = " ".join(map(shlex.quote, [*COMMAND, "--library", str(library), *words]))
    return subprocess.run(
        f"exec {line} {' '.join(streams)}", shell=True, capture_output=True, stdin=subprocess.DEVNULL, env=environment(home),
        cwd=home, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["stats"], 0, ""),
        (["--help"], 0, ""),
        (["--version"], 0, ""),
        (["ask", "When will the port of Sarvella reopen?"], 0, ""),
        (["show", "nowhere"], 1, "dragoman: nowhere: no such article"),
        (["search"], 2, "dragoman search: error: "),
    ],
)
def test_without_an_output_a_command_works_in_quiet(home: Path, library: Path, words: list[str], code: int, said: str) -> None:
    done = run(home, library, words, CLOSED[1])
    assert done.returncode == code
    assert done.stderr.decode().startswith(said) and bool(done.stderr) == bool(said)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["chat"], 0, ""),
        (["ask", "-"], 2, "a question is needed"),
        (["verify", "-"], 1, "there is no text in it"),
        (["ingest", "-"], 1, "there is no text in it"),
        (["search", "--batch", "-"], 1, "there is no question in it"),
        (["delete", "port-1"], 1, "Nobody can be asked here"),
    ],
)
def test_without_an_input_a_command_reads_nothing(home: Path, library: Path, words: list[str], code: int, said: str) -> None:
    done = run(home, library, words, CLOSED[0])
    assert done.returncode == code and said in done.stderr.decode() and b"NoneType" not in done.stderr


def test_a_file_that_is_opened_does_not_become_a_closed_stream(home: Path, tmp_path: Path, dragoman: Run) -> None:
    """Its descriptor would be the next to be given: what is printed would be written into the library."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": "The tunnel reopened on Monday.", "lang": "en"}) + "\n")
    done = run(home, tmp_path / "L", ["ingest", str(tmp_path / "a.jsonl"), str(tmp_path / "none.txt")], *CLOSED.values())
    assert done.returncode == 0
    again = dragoman("stats", "--json", "--library", tmp_path / "L")
    assert again.returncode == 0 and json.loads(again.stdout)["articles"] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_an_output_that_is_full_is_said_in_one_line(home: Path, library: Path) -> None:
    for words in (["stats"], ["export"], ["search", "port"]):
        done = run(home, library, words, ">/dev/full")
        assert done.returncode == 1
        assert done.stderr.decode() == "dragoman: the output: no space left on the device; make room, and run it again\n"
