"""What is read again: less of the same, a correction, an old copy, what was exported."""

from __future__ import annotations

import json

import pytest

from index import Index
from tests.support.embedding import HashEmbeddings
from tests.support.wild import Wild, served

pytestmark = pytest.mark.slow


@pytest.mark.inputs("p01_shorter_summary_after_full")
def test_a_summary_read_after_the_full_article_does_not_replace_it(wild: Wild) -> None:
    feeds = [f"/{lang}.xml" for lang in ("fr", "ru", "ja", "ar")]
    with served(wild):
        for visit in range(4):
            reports = wild.watch(*feeds)
            assert len(wild.articles) == 4 and "[…]" not in wild.words
            assert all(len(one.text.split("\n")) == 4 for one in wild.articles)
            assert visit == 0 or not any(report.new + report.changed for report in reports.values())
    files = wild.another("M")
    for n in (1, 2, 3, 4):
        report = files.ingest(*(f"files/{lang}-{n}.xml" for lang in ("fr", "ru", "ja", "ar")))
        assert (report.new, report.changed) == (4 if n == 1 else 0, 0)
    assert all(len(one.text.split("\n")) == 4 for one in files.articles)


@pytest.mark.inputs("p02_page_becomes_wall_or_goes")
def test_a_page_that_becomes_a_teaser_a_wall_or_nothing_leaves_what_was_read(wild: Wild) -> None:
    with served(wild):
        wild.watch("/all.xml")
        wild.watch("/all.xml")
    assert len(wild.articles) == 5
    for words in ("70.000 Euro", "doce mil euros", "duecento chili", "czterdzieści kilo", "yüz on yaşındaydı"):
        assert words in wild.words


def exported(wild: Wild) -> list[str]:
    from bot.rendering.json_rows import article_row

    with Index(wild.library, embeddings=HashEmbeddings()) as index:
        rows = [article_row(one) for one in index.articles()]
    return sorted(json.dumps({**row, "version": 1}, ensure_ascii=False) for row in rows)  # the newest versions are exported


@pytest.mark.inputs("p03_export_then_ingest")
def test_what_is_exported_and_read_again_gives_an_equal_library(wild: Wild) -> None:
    wild.ingest("rows.jsonl", "page.html", "feed.xml", "later.jsonl")
    lines = exported(wild)
    (wild.folder / "a.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    copy = wild.another("B")
    copy.ingest("a.jsonl")
    assert exported(copy) == lines
    again = wild.ingest("a.jsonl")
    assert (again.new, again.changed) == (0, 0)
    feed = copy.ingest("feed.xml")
    assert (feed.new, feed.changed) == (0, 0)


@pytest.mark.inputs("p04_two_feeds_in_either_order")
def test_the_main_feed_a_section_the_phone_page_and_a_row_are_one_article_in_either_order(wild: Wild) -> None:
    files = ("1-main.xml", "2-section.xml", "3-http.xml", "4-page.html", "5-row.jsonl")
    back = wild.another("B")
    for name in files:
        wild.ingest(name)
    for name in files[::-1]:
        back.ingest(name)
    for library in (wild, back):
        (one,) = library.articles
        assert all(words in one.text for words in ("3 de julho", "dois milhões", "a barca", "grátis até"))
    with served(wild):
        for order in (("/main.xml", "/amp.xml"), ("/amp.xml", "/main.xml")):
            library = wild.another("".join(order).replace("/", ""))
            for feed in order:
                library.watch(feed)
            (one,) = library.articles
            assert all(words in one.text for words in ("3 de julho", "dois milhões", "a barca", "grátis até"))


@pytest.mark.inputs("p05_corrections_and_old_copies")
def test_a_shorter_correction_replaces_and_an_older_copy_does_not(wild: Wild) -> None:
    for name in ("1.xml", "2.xml", "3.xml", "stub.xml"):
        wild.ingest(name)
        corrected = name != "1.xml"
        assert ("Kurzschluss" in wild.words, "Bodo" in wild.words) == (corrected, not corrected)
    (one,) = wild.articles
    assert [version.text.count("Bodo S.") for version in wild.versions(one.id)] == [1, 0]
    for name in ("page-1.html", "page-2.html", "page-1.html"):
        wild.ingest(name)
    assert "nine to four" in wild.words and "Odd Brun" not in wild.words
    feed = wild.another("F")
    with served(wild):
        feed.addresses = wild.addresses
        for _ in range(3):
            feed.watch("/feed.xml")
    assert "Kurzschluss" in feed.words and "Bodo" not in feed.words
