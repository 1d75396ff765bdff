"""README.md prints what the demo prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.rendering.answer_text import plain
from index import Index, read
from tests.support import ROOT

pytestmark = pytest.mark.model


def test_the_answer_in_the_readme_is_the_one_that_is_given(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r'```\n\$ dragoman ask "([^"\n]+)"\n\n(.*?)\n```', readme, re.DOTALL)
    assert shown and f'question="{shown[1]}"' in (ROOT / "scripts/demo").read_text(encoding="utf-8")
    with Index(tmp_path / "library") as index:
        index.add(read([str(ROOT / "scripts/samples")]))
        assert plain(Bot(index).ask(shown[1])).rstrip("\n") == shown[2]
