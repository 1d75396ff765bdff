"""Zones by name in pages, mail and tables as in feeds; a date that cannot be is named and dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest import sources
from index.ingest.publication_date import parse
from index.records import Article
from tests.support.wild import article, item, rss, save

TEXT = "The council of Halvesund voted nine to four on Monday to flood the old quarry."


def written(form: str, date: str, folder: Path) -> Path:
    """One article with a date, as a program of that form writes it."""
    if form == "feed":
        save(folder, "feed.xml", rss("Tidings", "https://h.example/", item("Quarry", TEXT, "https://h.example/1", "1", date)))
    if form == "page":
        save(folder, "page.html", article("Quarry", TEXT, head=f'<meta property="article:published_time" content="{date}">'))
    if form == "mail":
        save(
            folder, "m.eml", f"From: Desk <desk@h.example>\nSubject: Quarry\nDate: {date}\nContent-Type: text/plain\n\n{TEXT}\n"
        )
    if form == "csv":
        save(folder, "rows.csv", f'title,text,date\nQuarry,"{TEXT}","{date}"\n')
    if form == "jsonl":
        save(folder, "rows.jsonl", json.dumps({"title": "Quarry", "text": TEXT, "date": date}) + "\n")
    return folder


def items(form: str, date: str, folder: Path) -> Iterator[Article | SourceError]:
    return sources.read([written(form, date, folder)])


FORMS = ("feed", "page", "mail", "csv", "jsonl")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Wed, 18 Oct 2023 07:30:00 CEST", "2023-10-18T05:30:00Z"),
        ("18 Oct 2023 07:30 MESZ", "2023-10-18T05:30:00Z"),
        ("2023-10-18 07:30 AEST", "2023-10-17T21:30:00Z"),
        ("Oct 18, 2023 7:30 PM EDT", "2023-10-18T23:30:00Z"),
        ("Wed Oct 18 07:30:00 BST 2023", "2023-10-18T06:30:00Z"),
        ("18.10.2023 07:30 IST", "2023-10-18T02:00:00Z"),
        ("18.10.2023, 07:30 Uhr (MESZ)", "2023-10-18T05:30:00Z"),
    ],
)
def test_zones_by_name_in_every_form(form: str, date: str, moment: str, tmp_path: Path) -> None:
    [one] = items(form, date, tmp_path)
    assert isinstance(one, Article) and str(one.published) == moment


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "date",
    ["Wed, 18 Oct 2568 10:00:00 +0700", "2568-10-18", "0025-10-18", "Wed, 18 Oct 0025 10:00:00 GMT", "31 Jun 2023 10:00"],
)
def test_a_date_that_cannot_be_is_named_and_dropped(form: str, date: str, tmp_path: Path) -> None:
    one, said = items(form, date, tmp_path)
    assert isinstance(one, Article) and one.published is None
    assert isinstance(said, SourceError) and "without its date" in said.why and date[:10] in said.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18. Oktober 2023, 07:30 Uhr MESZ", "2023-10-18T05:30:00Z"),
        ("18 October 2023 7:30 a.m. GMT+2", "2023-10-18T05:30:00Z"),
        ("Wed Oct 18 2023 07:30:00 GMT+0200 (Central European Summer Time)", "2023-10-18T05:30:00Z"),
        ("2023-10-18 07:30:00 Europe/Berlin", "2023-10-18T05:30:00Z"),
        ("18 Oct 2023 07:30:00 XYZ", "2023-10-18"),  # of a zone that is not known the day
        ("Wed, 18 Oct 2023 18:00:00 ACDT", "2023-10-18T07:30:00Z"),
        ("18 Oct 2023 10:30:00 EAT", "2023-10-18T07:30:00Z"),
        ("18. Oktober 2023, 07:30 Uhr", "2023-10-18T07:30:00Z"),
        ("Wed, 18 Oct 23 07:30:00 GMT", "2023-10-18T07:30:00Z"),  # RFC 822
        ("18 Oct 2023 07:30:00 +9900", "2023-10-18"),
        ("Wed, 18 Oct 2023 00:00:00 CEST", "2023-10-18"),
        ("18 October 2023 12:05 am", "2023-10-18T00:05:00Z"),
        ("<b>2023-10-18</b>", "2023-10-18"),
    ],
)
def test_what_stands_behind_a_time(text: str, expected: str) -> None:
    assert str(parse(text)) == expected


@pytest.mark.parametrize(
    ("date", "lang", "moment"),
    [
        ("miércoles, 18 de octubre de 2023, 07:30 h (CEST)", "es", "2023-10-18T05:30:00Z"),
        ("Mittwoch, 18. Oktober 2023, 7.30 Uhr (MESZ)", "de", "2023-10-18T05:30:00Z"),
        ("18 octobre 2023, 07:30 h (CET)", "fr", "2023-10-18T06:30:00Z"),
        ("October 18, 2023, 07:30 hrs (IST)", "en", "2023-10-18T02:00:00Z"),
        ("18 ottobre 2023, 07:30 ore (CEST)", "it", "2023-10-18T05:30:00Z"),
        ("18 de outubro de 2023, 07:30 h (Lisboa)", "pt", "2023-10-18"),  # no name of a zone: the day
    ],
)
def test_a_zone_beside_the_word_for_hours(date: str, lang: str, moment: str) -> None:
    assert str(parse(date, lang)) == moment


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2023-W42-3", "2023-10-18"),
        ("2023W423", "2023-10-18"),
        ("20231018", "2023-10-18"),
        ("2020W537", "2021-01-03"),
        ("2023-W42", "2023-10"),  # of a row as coarse as a month that holds it
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_week_is_a_week_and_its_day_a_day(form: str, date: str, days: str, tmp_path: Path) -> None:
    [one] = items(form, date, tmp_path)
    assert isinstance(one, Article) and str(one.published) == days


@pytest.mark.parametrize(
    ("date", "expected"), [("1697614200", "2023-10-18T07:30:00Z"), ("2023-13-45", "None"), ("2023-10-18", "2023-10-18")]
)
def test_a_feed_is_not_guessed_at(date: str, expected: str, tmp_path: Path) -> None:
    """feedparser reads 1697614200 as a day of 2016, and the thirteenth month as the next year."""
    (one, *_) = items("feed", date, tmp_path)
    assert isinstance(one, Article) and str(one.published) == expected
