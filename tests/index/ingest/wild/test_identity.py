"""Every item is an article of its own, and the same item stays one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.wild import Wild, served

pytestmark = pytest.mark.slow


@pytest.mark.inputs("a01_ticker_fragments_one_address")
def test_links_that_differ_in_a_fragment_or_not_at_all(wild: Wild) -> None:
    tickers = ("ticker-de.xml", "agora-pt.xml", "live-zh.xml")
    assert [wild.ingest(name).new for name in tickers] == [5, 3, 2]
    assert len(wild.articles) == len({one.text for one in wild.articles}) == 10
    market = [wild.ingest(f"corvanne-{name}.xml") for name in ("matin", "soir", "nu")]
    assert [report.new for report in market] == [1, 0, 0] and len(wild.articles) == 11
    again = wild.ingest(*tickers, "corvanne-matin.xml")
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.inputs("a02_query_names_the_article")
def test_a_query_or_hash_bang_names_the_article_and_campaign_marks_do_not(wild: Wild) -> None:
    feeds = [f"/{lang}.xml" for lang in ("en", "es", "it", "tr", "ja")]
    with served(wild):
        assert [report.new for report in wild.watch(*feeds).values()] == [2] * 5
        assert not any(report.new + report.changed for report in wild.watch(*feeds).values())
        assert any(one.url.endswith("/story.php?src=90211") for one in wild.articles)
    assert wild.ingest("rows.jsonl").new == 2
    assert {"https://olshan.example.org/#!/novosti/17", "https://olshan.example.org/#!/novosti/18"} <= {
        a.url for a in wild.articles
    }
    assert [wild.ingest(f"tracked-{n}.jsonl").new for n in range(4)] == [1, 0, 0, 0]
    assert len(wild.articles) == 13


@pytest.mark.inputs("a03_same_file_name_in_folders")
def test_the_same_file_name_in_many_folders(wild: Wild, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wild.ingest("in").new == 13 and wild.ingest("in").new == 0
    alone = wild.another("M")
    files = sorted(path for path in (wild.folder / "in").rglob("*") if path.is_file())
    for path in files:
        monkeypatch.chdir(path.parent)
        alone.folder = Path()
        assert alone.ingest(path.name).changed == 0
    assert len(alone.articles) == 13
    for path in files:
        monkeypatch.chdir(path.parent)
        assert alone.ingest(path.name).new == 0


@pytest.mark.inputs("a04_no_links_new_guids")
def test_entries_without_links_are_known_by_their_words_where_guids_are_new_at_every_visit(wild: Wild) -> None:
    with served(wild):
        visits = [wild.watch("/notes.xml", "/whitespace.xml") for _ in range(3)]
    notes = [visit["/notes.xml"] for visit in visits]
    assert (notes[0].new, notes[1].new, notes[1].changed) == (7, 0, 0)
    assert notes[2].new + notes[2].changed == 1 and "dwanaście" in wild.words
    white = [visit["/whitespace.xml"] for visit in visits]
    assert [(report.new, report.changed) for report in white] == [(1, 0), (0, 0), (0, 0)]


@pytest.mark.inputs("a05_moved_date_alone")
def test_a_moved_date_alone_is_no_news(wild: Wild) -> None:
    with served(wild) as log:
        reports = [wild.watch("/mossa.xml", "/atom.xml", hours=0.2) for _ in range(3)]
        assert len(wild.articles) == 5
        assert [sum(report.new for report in visit.values()) for visit in reports] == [5, 0, 0]
        assert [sum(report.changed for report in visit.values()) for visit in reports] == [0, 0, 1]
        assert "neun Tage" in wild.words and "sieben Tage" not in wild.words
        days = {one.title: str(one.published)[:10] for one in wild.articles}
        assert days["Corvanne : festival"] == days["Riapre il museo"] == "2025-06-17" and days["El pozo"] == "2025-06-15"
        assert [log.count(path) for path in ("/museo", "/consiglio", "/pozo")] == [1, 1, 1]


@pytest.mark.inputs("a06_guid_reused")
def test_a_guid_that_names_a_place_on_the_page_names_no_article(wild: Wild) -> None:
    with served(wild):
        reports = []
        for _ in range(3):
            before = {one.text for one in wild.articles}
            reports.append(wild.watch("/sira.xml", "/weekday.xml", "/zero.xml", "/one-ar.xml", "/one-pl.xml"))
            assert before <= {one.text for one in wild.articles}
    assert [visit["/sira.xml"].new for visit in reports] == [3, 1, 1]
    assert not any(visit["/sira.xml"].changed for visit in reports)
    titles = {one.title for one in wild.articles}
    assert {"Vapur kazası", "Zeytin rekoru", "Okul tadilatı", "Yeni köprü", "Yangın söndü"} <= titles
    assert {"Ferry late", "Ferry sold", "Ferry late again"} <= titles
    assert {"青松桥限行", "青松图书馆延时", "青松足球队夺冠", "إغلاق السوق", "Nowy most"} <= titles
