"""`quotes`: what an agency's many printers repeat is printed once, and costs a program that reads rows nothing."""

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
