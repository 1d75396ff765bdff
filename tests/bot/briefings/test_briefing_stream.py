"""The fictional fortnight of tests/data/stream, briefed day by day: see scripts/evals/briefings.py for what is measured."""

from __future__ import annotations

import sys

import pytest

from tests.support import ROOT

sys.path[:0] = [str(ROOT / "scripts")]

from evals import briefings  # noqa: E402

pytestmark = pytest.mark.model

Measured = dict[tuple[str, str], tuple[float, float | None]]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    rows = briefings.stream(tmp_path_factory.mktemp("stream"), topical=False)
    return {(name, measure): (value, floor) for name, measure, value, floor in rows}


def test_no_measure_is_below_its_floor(measured: Measured) -> None:
    below = {key: value for key, (value, floor) in measured.items() if floor is not None and value < floor - 0.0005}
    assert not below


def test_what_is_measured(measured: Measured) -> None:
    assert {
        "events told", "labels beside New that are right", "events that are not new labelled so", "events told once",
        "citation_verbatim", "sentences with support",
    } <= {measure for _, measure in measured}  # fmt: skip
