"""The outlet is who published, not what carried it: Google News, FeedBurner, planets, feeds named "RSS"."""

from __future__ import annotations

import pytest

from index.text.publishers import SHIPPED, independent
from tests.support.wild import Wild

pytestmark = pytest.mark.slow


@pytest.mark.inputs("o01_google_news")
def test_an_item_of_google_news_is_its_outlets_and_its_title_ends_before_that(wild: Wild) -> None:
    wild.ingest("news.xml")
    found = {one.outlet: one for one in wild.articles}
    assert len(found) == 12 and not any("google" in name.lower() for name in found)
    assert found["Halvesund Tidings"].title == "Halvesund ferry resumes after four-day strike"
    assert found["Coast Post-Gazette"].title == "Halvesund - Corvanne ferry resumes"
    assert found["Ольшанская правда"].title == "Паром снова ходит"
    assert found["sariova.example"].title == "Vapur yeniden sefere başladı"
    assert found["Gazeta da Ria"].title == "O barco volta - Ria Funda - Notícias"
    assert found["Głos Brzezinowa"].title == "Prom wrócił - i co dalej"
    assert "Elsewhere" not in wild.words and "Other headline" not in wild.words


@pytest.mark.inputs("o02_feedburner_and_relays")
def test_a_relay_is_no_outlet(wild: Wild) -> None:
    for name in ("feedburner.xml", "own.xml", "relay.xml", "bridge.xml", "mail.xml"):
        wild.ingest(name)
    found = {one.title: one for one in wild.articles}
    assert len(wild.articles) == 5  # the same entry by FeedBurner and from the site is one
    assert found["Ropeway to Grey Skerry"].outlet == "Halvesund Tidings"
    assert found["Terlower Bote am Dienstag"].outlet == "Terlower Bote"
    assert "gazeta-ria.example" in found["Sal da ria premiado"].outlet
    assert "corriere-pontebruno.example" in found["Riapre la funivia"].outlet


@pytest.mark.inputs("o03_aggregator_of_outlets")
def test_a_planets_entries_name_their_outlets_and_who_told_them(wild: Wild) -> None:
    wild.ingest("planet.xml")
    assert {one.outlet for one in wild.articles} == {
        "青松晚报 (planet.example)", "北浜新聞 (planet.example)", "Głos Brzezinowa (planet.example)", "sada.example (planet.example)",
    }  # fmt: skip


@pytest.mark.inputs("o04_one_outlet_many_doors")
def test_four_articles_of_one_outlet_are_one_report_and_an_agencys_are_one(wild: Wild) -> None:
    def reports() -> int:
        return independent(SHIPPED.labels(one.outlet, one.url, one.agency) for one in wild.articles)

    wild.ingest("rows.jsonl")
    assert (len(wild.articles), reports()) == (4, 1)
    wild.ingest("other.jsonl")
    assert reports() == 2
    wild.ingest("agency-0.jsonl", "agency-1.jsonl", "agency-2.jsonl", "agency-de.jsonl")
    assert (len(wild.articles), reports()) == (9, 3)


@pytest.mark.inputs("o05_feeds_named_feed_and_same_names")
def test_a_feed_whose_title_names_nobody_is_of_its_host(wild: Wild) -> None:
    wild.ingest("blank")
    assert {one.outlet for one in wild.articles} == {f"n{n}.example" for n in range(11)}
    for name in ("slogan.xml", "markup.xml", "post-a.xml", "post-b.xml"):
        wild.ingest(name)
    named = {one.outlet for one in wild.articles if "Well" not in one.title}
    assert named == {"Głos Brzezinowa", "La Voz de Valdemora", "The Post"}
