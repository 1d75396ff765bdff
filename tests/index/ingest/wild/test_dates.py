"""Times as feeds write them."""

from __future__ import annotations

import json

import pytest

from tests.support.wild import Wild


@pytest.mark.inputs("n01_zone_names")
@pytest.mark.slow
def test_zones_by_name(wild: Wild) -> None:
    wild.ingest("feed.xml")
    expected = json.loads((wild.folder / "times.json").read_text("utf-8"))
    found = {one.title: str(one.published)[:16] + "Z" for one in wild.articles}
    assert len(found) == 21
    assert {title: when for title, when in found.items() if when not in expected[title].replace(" or ", " ").split()} == {}
