"""`quotes`: what many print is printed once, costs a program that reads rows nothing, and a mistyped name is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main
from index.index import Index

pytestmark = pytest.mark.model


@pytest.mark.parametrize(("form", "read"), [("--json", 1), ("--csv", 1), ("", 4)])
def test_more_statements_are_read_than_asked_for_only_where_they_are_printed_once(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str, read: int
) -> None:
    asked: list[int] = []
    quotes = Index.quotes
    monkeypatch.setattr(Index, "quotes", lambda index, **given: asked.append(given["limit"]) or quotes(index, **given))
    assert main(["quotes", "--limit", "1", *([form] if form else []), "--library", str(library)]) == 0
    printed = capsys.readouterr().out.strip()
    assert asked == [read]
    if form == "--json":
        assert len(json.loads(printed)["quotes"]) == 1
    elif form == "--csv":
        assert len(printed.splitlines()) == 2
    else:
        assert "\n\n" not in printed


@pytest.mark.parametrize(("asked", "said"), [("Osie", "did you mean '"), ("Zzyzx", "No statements found.\n")])
def test_a_name_that_nobody_speaks_by_is_answered_with_the_one_meant(
    library: Path, capsys: pytest.CaptureFixture[str], asked: str, said: str
) -> None:
    assert main(["quotes", "--speaker", asked, "--library", str(library)]) == 3
    assert said in capsys.readouterr().out
