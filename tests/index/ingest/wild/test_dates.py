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


def read(wild: Wild) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """(what each entry should be dated, what it is, to the minute; what was said)."""
    report = wild.ingest(*sorted(path.name for path in wild.folder.iterdir() if path.name in ("feed.xml", "atom.xml", "feeds")))
    expected = json.loads((wild.folder / "times.json").read_text("utf-8"))
    found = {one.title.removeprefix("Atom "): str(one.published or "undated") for one in wild.articles}
    return expected, {title: f"{when[:16]}Z" if when[10:11] == "T" else when for title, when in found.items()}, report.failed


@pytest.mark.inputs("n02_offset_forms")
@pytest.mark.slow
def test_offsets_in_every_form(wild: Wild) -> None:
    expected, found, _ = read(wild)
    assert {title: when for title, when in found.items() if when not in expected[title].replace(",", "").split()} == {}


# A time of day without a zone is read as UTC, which these do not expect.
UNZONED = {f"Date {name}" for name in ("de lang", "zh", "day first", "dotted", "month first")}


@pytest.mark.inputs("n03_local_words_no_zone")
@pytest.mark.slow
def test_dates_in_the_words_of_eleven_languages(wild: Wild) -> None:
    expected, found, failed = read(wild)
    wrong = {title: when for title, when in found.items() if title not in UNZONED and when not in expected[title].split()}
    assert wrong == {"Date ja": "undated"} and all(found[title].startswith("2025-07-") for title in UNZONED)
    assert len(failed) == 1 and "令和7年7月1日" in failed[0]  # years of an emperor are not counted


@pytest.mark.inputs("n04_edges_of_clocks")
@pytest.mark.slow
def test_clocks_that_cannot_be(wild: Wild) -> None:
    expected, found, failed = read(wild)
    coarse = {"Edge hour 24": "2025-06-30", "Edge second 60": "2024-12-31"}  # the day, and not a time that was not
    own = {"Edge gap": "2025-03-30T01:30Z", "Edge twice": "2025-07-01T00:30Z"}
    right = {**coarse, **own}
    wrong = {
        title: when
        for title, when in found.items()
        if when != right.get(title) and when not in expected[title].replace(",", " ").replace("(", " ").split()
    }
    assert wrong == {}
    assert len(failed) == 1 and "5 entries were read, but without their dates" in failed[0]
