"""A library that may only be read: whatever writes nothing works as ever, and what would write is one line that says why not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from index.ingest.feeds.feed_state import FeedState
from index.ingest.feeds.file_ledger import FileLedger
from tests.support import permissions
from tests.support.library import ARTICLES, BACKGROUND, Run

pytestmark = [pytest.mark.model, pytest.mark.skipif(os.name == "nt", reason="permissions are other ones")]

BRIEF = ("brief", "Sarvella port", "--since", "2024-05-01", "--until", "2024-06-01")
FEED = "https://courier.example/all.xml"


@pytest.mark.parametrize("watched", [False, True], ids=["alone", "with what was kept beside it"])
def test_what_writes_nothing_works(
    library: Path, articles: Path, dragoman: Run, tmp_path: Path, request: pytest.FixtureRequest, watched: bool
) -> None:
    if not permissions.hold(tmp_path):
        return permissions.again(request)
    own = shutil.copytree(library, tmp_path / "L", ignore=shutil.ignore_patterns("state.db*", "feeds.db*"))
    if watched:
        FileLedger(own).note(FeedState(FEED, succeeded=1_700_000_000), {})
        assert dragoman(*BRIEF, "--library", own).stderr == ""
    (tmp_path / "draft.txt").write_text("“We will not wait for another winter,” Mira Osei told reporters.", encoding="utf-8")
    (tmp_path / "more.jsonl").write_text('{"id": "new", "text": "The lighthouse is lit.", "lang": "en"}\n', encoding="utf-8")
    files = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    for path in (own, *own.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    count = len(ARTICLES + BACKGROUND)
    expected: dict[tuple[str, ...], tuple[int, str, str]] = {  # exit code, what is printed, what is said beside it
        ("export",): (0, '"id": "port-1"', ""),
        ("ask", "When will the port of Sarvella reopen?"): (0, "3 June", ""),
        ("verify", str(tmp_path / "draft.txt")): (0, "1 exact", ""),
        ("stats",): (0, FEED if watched else f"{count} versions", ""),
        BRIEF: (0, "will reopen on 3 June", f"not kept: {own} may only be read\n"),
        ("ingest", str(articles)): (0, f"{count} same, 0 failed: nothing changed", ""),
        ("copy", str(own), str(tmp_path / "copy")): (0, "the two are equal", ""),
        ("ingest", str(tmp_path / "more.jsonl")): (1, "", f"dragoman: {own} cannot be written: it may only be read."),
        (*BRIEF, "--told"): (1, "", f"dragoman: Cannot open {own}/state.db: "),
    }
    try:
        for command, (code, printed, said) in expected.items():
            done = dragoman(*command, *(("--library", own) if command[0] != "copy" else ()))
            assert (done.returncode, printed in done.stdout, done.stderr[: len(said)]) == (code, True, said), (command, done)
            assert done.stderr.count("\n") == bool(said) and "Errno" not in done.stderr, (command, done.stderr)
    finally:
        for path in (own, *own.rglob("*")):
            path.chmod(0o700)
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == files
    kept = dragoman("chat", "--briefing", "latest", "--library", tmp_path / "copy", stdin="")
    assert kept.returncode == (0 if watched else 1), kept
