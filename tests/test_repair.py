"""Missing spaces are found beside the text; the text stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.repair import original, spaced, splits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dahl came. Later Dahlhas left.", "Dahl came. Later Dahl has left."),
        ("Kim Dong-un spoke. Then Kim Dong-unand she left.", "Kim Dong-un spoke. Then Kim Dong-un and she left."),
        ("Ms Dahlberg won. Dahlberg left. Dahlbergattacked again.", "Ms Dahlberg won. Dahlberg left. Dahlberg attacked again."),
        ("The talks in Iran. The Iranian side and Iranians.", None),
        ("From London. The Londoners of London.", None),
        ("The border is a borderline case.", None),
        ("Meanwhile they mean it.", None),
    ],
)
def test_missing_spaces(text: str, expected: str | None) -> None:
    assert spaced(text, splits(text, "en")) == (expected or text)


@given(st.text(alphabet="abAB -'’éß.", max_size=120))
def test_offsets_lead_back(text: str) -> None:
    missing = splits(text, "en")
    matched = spaced(text, missing)
    assert len(matched) == len(text) + len(missing)
    for offset, char in enumerate(matched):
        if char != " ":
            assert text[original(offset, missing)] == char


def test_the_dirt_of_the_sample_articles(shared: Path) -> None:
    (file,) = (shared / "data" / "seeds").glob("000_*.txt")
    text = file.read_text(encoding="utf-8")
    found = spaced(text, splits(text, "en"))
    for words in ("Lavrov has", "Blinken attacked", "Jong-un and"):
        assert words.replace(" ", "") in text
        assert words in found
