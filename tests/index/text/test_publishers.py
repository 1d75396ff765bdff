"""Who published an article: names that mean one outlet, hosts that fit or do not, and what counts as one report."""

from __future__ import annotations

import pytest

from index.text.publishers import SHIPPED, Publisher, Publishers, carried, forwarded, host_of, independent, transport


@pytest.mark.parametrize(
    "outlet", ["BBC中文", "BBC News中文", "NHK ニュース", "朝日 新聞", "読売新聞 オンライン", "The New York Times"]
)
def test_a_space_beside_letters_that_need_none_makes_no_other_name(outlet: str) -> None:
    assert SHIPPED.claim(outlet, "https://kuaidi.example/1") == (outlet, "kuaidi.example")


@pytest.mark.parametrize(
    ("outlet", "host", "claimed"),
    [
        ("Reuters", "reuters.com", False),
        ("Reuters", "reuters-world.example", True),
        ("Reuters", "reuters.example", True),
        ("Reuters", "reuters.wordpress.com", True),
        ("Reuters", "news.google.com", False),
        ("Reuters", "feeds.feedburner.com", True),
        ("Reuters", "", False),
        ("Reuters - World", "a.example", True),
        ("World | Reuters", "a.example", True),
        ("BBC", "bbc.co.uk", False),
        ("BBC News", "feeds.bbci.co.uk", False),
        ("BBC News", "bbc.news.example", True),
        ("新华社", "xinhua.example", True),
        ("ТАСС", "tass.ru", False),
        ("Bild", "welt.de", False),
        ("The Times", "times-of-hollow.example", False),
        ("El País", "elpais.com.uy", False),
        ("Notes on Le Monde", "notes.example", False),
        ("Kreisbote Nord", "kb.example", False),
        ("Le Monde", "web.archive.org/web/2025/https://www.lemonde.fr", False),
        ("Le Monde", "web.archive.org/web/2025/https://le-monde.example", True),
        ("Le Monde", "www-lemonde-fr.translate.goog", False),
    ],
)
def test_an_outlet_that_does_not_fit_its_host_is_a_claim(outlet: str, host: str, claimed: bool) -> None:
    url = f"https://{host}/a" if host else ""
    claim = SHIPPED.claim(outlet, url)
    assert (claim is not None) is claimed
    kept = SHIPPED.kept(outlet, url)
    assert kept == (f"{outlet} ({host_of(url)})" if claimed else outlet)
    assert SHIPPED.kept(kept, url) == kept
    assert (SHIPPED.claim(kept, "") is not None) is claimed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Guardian", "Guardian", True),
        ("The Guardian", "theguardian.com", True),
        ("The Guardian", "www.theguardian.com", True),
        ("Agence France-Presse", "AFP", True),
        ("SZ", "Süddeutsche Zeitung", True),
        ("EL PAIS", "El País", True),
        ("Xinhua", "新华社", True),
        ("The Harrow Post", "Harrow Post", True),
        ("Le Monde", "Le Monde diplomatique", False),
        ("The Times", "The Times of India", False),
        ("Deutsche Welle", "Die Welt", False),
        ("The Guardian", "The Guardian of Harrow", False),
        ("Bild", "Die Welt", True),
        ("The Sun", "Daily Mail", False),
    ],
)
def test_names_of_one_outlet_or_owner_count_once(one: str, other: str, same: bool) -> None:
    assert (independent([SHIPPED.labels(one), SHIPPED.labels(other)]) == 1) is same


def test_reports_of_one_site_owner_or_agency_are_one() -> None:
    labels = SHIPPED.labels
    assert (
        independent([labels("Tidings", "https://www.tidings.example/1"), labels("HT | Sport", "https://m.tidings.example/2")])
        == 1
    )
    assert independent([labels("The Sun", "https://thesun.co.uk/1"), labels("The Times", "https://thetimes.com/2")]) == 1
    assert independent([labels("A", "https://a.wordpress.com/1"), labels("B", "https://b.wordpress.com/2")]) == 2
    assert independent([labels("A", "https://news.google.com/1"), labels("B", "https://news.google.com/2")]) == 2
    dispatch = [labels("A", "https://a.example/1", "AFP"), labels("B", "https://b.example/2", "AFP"), labels("AFP")]
    assert independent(dispatch) == 1
    assert independent([*dispatch, labels("A", "https://a.example/3")]) == 2
    assert independent([labels("A", "", "AFP"), labels("B", "", "AFP, EFE")]) == 1
    assert independent([labels(""), labels("")]) == 2
    liar = labels("Reuters", "https://liar.example/1")
    assert independent([liar, labels("Reuters", "https://www.reuters.com/1")]) == 2
    assert independent([liar, labels("BBC News", "https://liar.example/2")]) == 1


def test_a_name_that_several_have_needs_its_host() -> None:
    assert SHIPPED.shown("El País", "https://www.elpais.com.uy/1") == "El País"
    assert SHIPPED.shown("EL PAÍS", "https://elpais.com/1") == "El País"
    assert SHIPPED.shown("Guardian") == "The Guardian"
    assert SHIPPED.shown("World news | The Guardian", "https://www.theguardian.com/1") == "The Guardian"
    assert SHIPPED.shown("M, le magazine", "https://www.lemonde.fr/1") == "M, le magazine"
    assert SHIPPED.shown("Reuters (a.example)", "https://a.example/1") == "Reuters (a.example)"


def test_settings_add_outlets_and_go_before_what_is_known() -> None:
    own = Publishers((
        Publisher(name="Harrow Post", names=("HP",), hosts=("harrow.example",), owner="Harrow Group", tier="trusted"),
        Publisher(name="Reuters", hosts=("reuters.com", "mirror.example")),
    ))  # fmt: skip
    assert own.called("hp") == own.at("https://www.harrow.example/1") == own.called("The Harrow Post")
    assert own.claim("HP", "https://liar.example/1") == ("HP", "liar.example")
    assert own.claim("Reuters", "https://mirror.example/1") is None
    assert own.shown("Reuters (mirror.example)") == "Reuters"
    assert {"hp", "harrow post", "the harrow post", "harrow.example"} <= own.spellings("Harrow Post")
    assert own.tier("HP", "https://harrow.example/1") == "trusted" and own.tier("HP", "https://liar.example/1") == "doubtful"


def test_what_carries_others_reports_publishes_nothing() -> None:
    kinds = {"news.google.com": "aggregator", "de.nachrichten.yahoo.com": "aggregator", "www.msn.com": "aggregator",
             "feeds.feedburner.com": "relay", "feedly.com": "relay", "archive.ph": "archive", "rss.nytimes.com": "",
             "feeds.bbci.co.uk": "", "sites.google.com": "", "a.substack.com": ""}  # fmt: skip
    assert {host: carried(f"https://{host}/a") for host in kinds} == kinds
    assert forwarded("http://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fa.example%2f1&c=2") == "https://a.example/1"
    assert forwarded("https://www.google.com/url?rct=j&sa=t&url=https://a.example/2&ct=ga") == "https://a.example/2"
    assert forwarded("https://a.example/3?url=https://b.example/") == ""
    named = ["«Hafen» - Google News", '"port" - Google Actualités', "MSN", "Yahoo News", "BingNews", "RSS", "Главная", ""]
    assert all(map(transport, named))
    assert not any(map(transport, ["Terlower Bote", "The Feed Store", "News of Harrow", "Pocket Gazette"]))


def test_a_name_that_mixes_alphabets_calls_itself_what_it_looks_like() -> None:
    for name, outlet in (
        ("R\u0435uters", "Reuters"),
        ("Le \u041conde", "Le Monde"),
        ("BB\u0421 News", "BBC News"),
        ("ВВС", ""),
        ("Газета.Ru", ""),
    ):
        found = SHIPPED.called(name)
        assert (found.name if found else "") == outlet
