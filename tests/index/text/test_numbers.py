"""index/text/numbers.py against the rows of tests/index/text/data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.text.numbers import numerals_in

ROWS = [
    (file.stem.removeprefix("numbers_"), json.loads(line))
    for file in sorted((Path(__file__).parent / "data").glob("numbers_*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("lang", "row"), ROWS)
def test_the_numbers_of_a_sentence(lang: str, row: dict[str, list[float]]) -> None:
    """As many numerals as the sentence has, in its order, each with its value among its readings."""
    readings = [values for _, values in numerals_in(str(row["text"]), lang)]
    assert len(readings) == len(row["values"])
    assert all(pytest.approx(value) in list(values) for value, values in zip(row["values"], readings, strict=True))
