"""Where a reply's sentences end."""

from __future__ import annotations

import pytest

from bot.llm.reply_parser import drafts


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        ("Dr. Osei left the port. Mr. Lind stayed there.", ["Dr. Osei left the port.", "Mr. Lind stayed there."]),
        ("La Sra. Ruiz habló en EE. UU. ayer.", ["La Sra. Ruiz habló en EE. UU. ayer."]),
        ("They signed rule No. 12 in May. It holds.", ["They signed rule No. 12 in May.", "It holds."]),
        ("Did they sign? No. They left in May.", ["Did they sign?", "No.", "They left in May."]),
    ],
)
def test_an_abbreviation_ends_no_sentence(reply: str, sentences: list[str]) -> None:
    assert [draft.text for draft in drafts(iter([reply]))] == sentences
