"""Walls between a feed and its pages: the feed's own text stays, and the wall is named in one line."""

from __future__ import annotations

import json

import pytest

from tests.support.wild import Wild, served

pytestmark = pytest.mark.slow

WALLS = [
    "b01_consent_and_cookie_walls",
    "b02_javascript_and_bot_checks",
    "b04_soft_404_and_login",
]
REAL = [
    "b06_real_article_cookie_banners_de",
    "b07_real_article_paywall_en",
    "b08_real_article_captcha_ja",
    "b09_real_article_404_page_fr",
    "b10_real_article_login_es",
]


def feeds(wild: Wild) -> list[str]:
    return [path for path in json.loads((wild.folder / "site.json").read_text("utf-8")) if path.endswith(".xml")]


@pytest.mark.parametrize("_", [pytest.param("", marks=pytest.mark.inputs(name), id=name) for name in WALLS])
def test_a_wall_behind_a_feed_leaves_the_feeds_own_text(wild: Wild, _: str) -> None:
    with served(wild):
        reports = wild.watch(*feeds(wild)).values()
    found = wild.articles
    assert sum(report.new for report in reports) == len(found) == sum(len(report.failed) for report in reports) > 6
    assert all("only the feed's own text was kept" in line for report in reports for line in report.failed)
    assert all(one.text.endswith((".", "。")) for one in found)
    alone = wild.another("A")
    report = alone.ingest("alone")
    assert report.new == 0 and all("no article" in line for line in report.failed)


@pytest.mark.inputs("b03_paywall_notes")
def test_the_teaser_above_a_paywall_stays_and_its_note_goes(wild: Wild) -> None:
    with served(wild):
        reports = wild.watch(*feeds(wild))
    assert sum(report.new for report in reports.values()) == 6 and not any(report.failed for report in reports.values())
    assert not any(
        word in wild.words
        for word in ("abonn", "kündbar", "assin", "有料会員", "prenumerat", "subscri", "Zum Login", "Zaloguj", "free account")
    )
    assert all(word in wild.words for word in ("Trois fissures", "elf Millionen", "Dário Lemos", "亀裂", "Jan Wilga", "1998"))
    alone = wild.another("A")
    alone.ingest("alone")
    [kept] = alone.articles
    assert kept.text.endswith("seit …")


@pytest.mark.inputs("b05_captchas_and_mixed_pages")
def test_captchas_are_no_articles_and_a_notice_over_an_article_is_left_out(wild: Wild) -> None:
    wild.ingest("alone")
    assert wild.articles == []
    wild.ingest("mixed")
    assert len(wild.articles) == 3
    assert all("engineer Pia Lund told" in one.text and "cookies" not in one.text for one in wild.articles)
    later = wild.another("L")
    with served(wild):
        later.addresses = wild.addresses
        later.watch("/later.xml")
        later.watch("/later.xml", hours=2)
    assert "forty metres deep" in later.words and "robot" not in later.words.lower()


@pytest.mark.parametrize("_", [pytest.param("", marks=pytest.mark.inputs(name), id=name) for name in REAL])
def test_an_article_about_walls_is_read(wild: Wild, _: str) -> None:
    for name in ("page.html", "short.html", "row.jsonl", "feed.xml"):
        library = wild.another(name)
        report = library.ingest(name)
        assert (report.new, report.failed) == (1, [])
    with served(wild):
        report = wild.watch("/feed.xml")["/feed.xml"]
    assert (report.new, report.failed) == (1, [])
