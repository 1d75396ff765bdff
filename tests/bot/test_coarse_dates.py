"""What is dated by its month or year, or not at all, is told apart everywhere: in search, statements, briefings and answers.

The library holds one article of each date; windows are drawn. Properties:

    found in a window      its date shares a second with it; what has no date is in none
    a date by its name     `--since D --until D` finds what is dated D, and all that lies in it
    new                    what is known to have come out in the window; never what has no date
    later                  what is known to have come out afterwards
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.briefings import briefing
from bot.briefings.news_overview import latest_days
from bot.cli.flags import narrow
from bot.records import Beat
from bot.retrieval.later_reports import known_later
from index import Index
from index.records import Article, Filter, Period, Scope
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.slow

DATES = (
    "2022 2023 2024 2023-09 2023-10 2023-11 2024-02 2022-12-31 2023-01-01 2023-09-30 2023-10-01 2023-10-18 2023-10-31 2023-11-01 "
    "2024-02-29 2023-10-01T00:00:00Z 2023-10-18T07:30:00Z 2023-10-31T23:59:59Z 2023-12-31T23:59:59Z"
).split()
PLACES = "Orvik Selmar Tandil Brennau Corvo Lirio Norby Halden Fjord Marn Osten Pravik Quill Rostad Sund Tarn Ulvik Varna Wend".split()
DAY = 86_400

windows = st.tuples(st.sampled_from(DATES), st.sampled_from(DATES)).map(lambda pair: [Period.parse(date) for date in pair])
properties = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)  # fmt: skip


def text(place: str) -> str:
    """A story of its own: no two are copies of one."""
    streets = ", ".join(f"{place}{ending} Street" for ending in ("gate", "wick", "holm", "stead", "ford", "by", "ness", "dale"))
    return f"The bridge of {place} was closed. It leads to {streets}.\n“{place} has an unsafe bridge,” said engineer Ada Moll."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    articles = [
        Article(
            id=date, lang="en", title=f"Bridge of {place} closed", text=text(place), outlet=place, published=Period.parse(date)
        )
        for date, place in zip(DATES, PLACES, strict=True)
    ]
    undated = Article(id="undated", lang="en", title="Bridge of Nowhere closed", text=text("Nowhere"), outlet="Nowhere")
    with Index(tmp_path_factory.mktemp("coarse"), embeddings=HashEmbeddings()) as index:
        index.add([*articles, undated])
        yield index


def within(window: Period) -> set[str]:
    return {date for date in DATES if Period.parse(date).overlaps(window)}


@properties
@given(windows)
def test_what_is_found_in_a_window_shares_a_second_with_it(index: Index, drawn: list[Period]) -> None:
    filter = narrow([], [], [], *drawn)
    assert filter is not None and filter.window is not None
    window = filter.window
    if window.start >= window.end:
        return
    scope = Scope(filter=Filter(window=window))
    hits = index.search("Which bridge was closed?", k=50, scope=scope)
    assert {hit.passage.article_id for hit in hits} == within(window)
    assert {report.article.id for report in index.reports(window, scope=scope)} == within(window)
    said = index.quotes(speaker="Ada Moll", since=drawn[0], until=drawn[1], limit=50)
    assert {one.article_id for one in said} == within(window)
    assert index.extent(scope=scope).articles == len(within(window))


@pytest.mark.parametrize("date", DATES)
def test_a_date_by_its_name_finds_what_is_dated_so(index: Index, date: str) -> None:
    found = {
        hit.passage.article_id
        for hit in index.search(
            "Which bridge was closed?", k=50, scope=Scope(filter=narrow([], [], [], *[Period.parse(date)] * 2))
        )
    }
    assert {date, *(other for other in DATES if other.startswith(date))} <= found and "undated" not in found


@properties
@given(windows)
def test_a_briefing_tells_as_new_what_is_known_to_be(index: Index, drawn: list[Period]) -> None:
    window = Period(drawn[0].start, max(drawn[0].end, drawn[1].end))
    made = briefing.brief(index, Beat(name="", language="en", length=30), window)
    told = {id for event in made.events for id in event.article_ids}
    certain = {date for date in DATES if window.start <= Period.parse(date).start < window.end}
    overlapping = {date for date in within(window) if Period.parse(date).end - Period.parse(date).start <= 2 * DAY}
    assert "undated" not in told and told <= certain | overlapping
    for event in made.events:
        dates = [Period.parse(id) for id in event.article_ids]
        assert event.published == Period(min(date.start for date in dates), max(date.end for date in dates))


@properties
@given(windows)
def test_later_is_what_is_known_to_have_come_out_afterwards(index: Index, drawn: list[Period]) -> None:
    window = Period(drawn[0].end, max(drawn[0].end + 1, drawn[1].end))
    later = {report.article.id for report in known_later(index, window, Scope())}
    assert later == {date for date in DATES if window.start <= Period.parse(date).start < window.end}


def test_the_last_days_are_those_of_the_last_known_day(index: Index) -> None:
    """An article of "2024" is no news of the end of 2024: the last that is known to have come out then is the 29th of February."""
    days = latest_days(index.extent(), Period.parse("2030"))
    assert days.start < Period.parse("2024-02-29").start < days.end <= Period.parse("2024-02-29").end
    assert latest_days(index.extent(), Period.parse("2023-10-20")).end == Period.parse("2023-10-20").end
