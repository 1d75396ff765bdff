"""Nobody speaks in another's name, and what nobody sees is no text."""

from __future__ import annotations

import pytest

from index.ingest.documents import document
from index.ingest.provenance import checked
from index.records import Article, Period
from index.text.publishers import SHIPPED
from tests.support.wild import Wild, article, served

pytestmark = pytest.mark.slow

LIES = ("four hundred dead", "vergiftet", "ha quebrado")


@pytest.mark.inputs("q01_feed_item_with_other_sites_link")
@pytest.mark.parametrize("first", ["/honest.xml", "BASE2/liar.xml"])
def test_a_feed_does_not_speak_under_another_sites_addresses(wild: Wild, first: str) -> None:
    feeds = ["/honest.xml", "BASE2/liar.xml"]
    with served(wild):
        for feed in sorted(feeds, key=lambda path: path != first) * 2:
            report = wild.watch(feed)[feed]
            assert report.changed == 0
        base = wild.addresses["BASE"]
    ours = {one.id.rpartition("/")[2]: one for one in wild.articles if one.url.startswith(base)}
    assert {"pier", "banco"} <= ours.keys()
    assert "two hundred people" in ours["pier"].text and "dos por ciento" in ours["banco"].text
    for one in wild.articles:
        if one.url.startswith(base) or one.id.startswith(base):
            assert not any(lie in one.text for lie in LIES) and "resigned" not in one.text and "sank" not in one.text
        else:
            assert "127.0.0.2" in one.outlet


@pytest.mark.inputs("q01_feed_item_with_other_sites_link")
def test_a_feed_in_a_file_does_not_either(wild: Wild) -> None:
    wild.ingest("files/honest.xml")
    wild.ingest("files/liar.xml")
    ours = [one for one in wild.articles if "halvesund-tidings.example" in one.url]
    assert len(ours) == 3 and all(one.version == 1 and not any(lie in one.text for lie in LIES) for one in ours)
    assert all("liar.example.net" in one.outlet for one in wild.articles if one not in ours)


@pytest.mark.inputs("q02_publisher_that_does_not_fit")
def test_a_publisher_that_does_not_fit_its_host_is_a_claim(wild: Wild) -> None:
    with served(wild):
        wild.watch("/feed.xml")
    assert len(wild.articles) == 8
    assert all("Skerry" in one.outlet or "127.0.0.1" in one.outlet for one in wild.articles)
    assert not any("2031" in str(one.published) for one in wild.articles)
    rows = wild.another("R")
    report = rows.ingest("rows.jsonl")
    assert ["example.net" in one.outlet for one in rows.articles] == [True, True] and len(report.failed) == 2
    files = wild.another("F")
    files.ingest("files")
    known = {
        "Reuters",
        "Deutsche Presse-Agentur",
        "dpa",
        "新华社",
        "ТАСС",
        "Agência Lusa",
        "BBC News",
        "ANSA",
        "Le Monde",
        "tagesschau.de",
    }
    assert len(files.articles) == 8 and not any(one.outlet in known for one in files.articles)


@pytest.mark.parametrize(
    ("hidden", "seen", "fed"),
    [
        pytest.param(20, 7, 11, marks=pytest.mark.inputs("q03_hidden_by_style")),
        pytest.param(25, 6, 25, marks=pytest.mark.inputs("q04_hidden_by_element")),
    ],
)
def test_text_that_nobody_sees_is_no_text(wild: Wild, hidden: int, seen: int, fed: int) -> None:
    assert wild.ingest("hidden").new == hidden
    kept = [one.id for one in wild.articles if "PLANT-" in one.title + one.text]
    assert kept in ([], ["nested.html"])  # its rule asks for a child of <main>, which the planted text is not: it is seen
    shown = wild.another("S")
    assert shown.ingest("seen").new == seen
    lost = [one.id for one in shown.articles if "SEEN-" not in one.text]
    assert lost in ([], ["figcaption.html"])  # captions are left out of articles
    feed = wild.another("F")
    assert feed.ingest("feed.xml").new == fed
    assert [one.id for one in feed.articles if "PLANT-" in one.title + one.text] == []


@pytest.mark.inputs("q05_lookalikes_and_redirects")
def test_a_look_alike_host_or_a_taken_id_displaces_nothing(wild: Wild) -> None:
    wild.ingest("1-honest.jsonl")
    report = wild.ingest("2-lies.jsonl")
    honest = {one.id: one for one in wild.articles}
    assert "four percent" in honest["ht-1"].text and honest["ht-1"].outlet == "Halvesund Tidings"
    assert any("ht-1" in line for line in report.failed)
    assert not any(one.url.startswith("javascript") or "@" in one.url for one in wild.articles)
    site = wild.another("S")
    with served(wild):
        site.addresses = wild.addresses
        site.watch("/honest.xml")
        site.watch("BASE2/evil.xml")
    base = wild.addresses["BASE"]
    at_base = [one for one in site.articles if one.id.startswith(base) or one.url.startswith(base)]
    assert len(at_base) == 1 and "stay open" in at_base[0].text


HONEST = "https://halvesund-tidings.example/pier"
LIE = "The pier of Halvesund has collapsed and four hundred people are dead, a harbour engineer said."


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("rss", f"<item><title>Pier</title><link>https://www.google.com/url?sa=t&amp;url={HONEST}</link>TEXT</item>"),
        ("rss", f"<item><title>Pier</title><link>https://liar.example.net/1</link><feedburner:origLink>{HONEST}</feedburner:origLink>"
                "TEXT</item>"),
        ("rss", f"<item xml:base='{HONEST}'><title>Pier</title><link>{HONEST}#top</link>TEXT</item>"),
        ("rss", f"<item><title>Pier</title><guid isPermaLink='true'>{HONEST}</guid>TEXT</item>"),
        ("rss", f"<item><title>Pier</title><link>{HONEST}?utm_source=liar</link><source url='{HONEST}'>Halvesund Tidings</source>"
                "TEXT</item>"),
        ("atom", f"<entry><id>{HONEST}</id><title>Pier</title><link rel='alternate' href='{HONEST}'/>TEXT</entry>"),
        ("json", f'{{"id": "{HONEST}", "url": "{HONEST}", "title": "Pier", "content_text": "TEXT"}}'),
        ("json", f'{{"id": "1", "external_url": "{HONEST}", "title": "Pier", "content_text": "TEXT"}}'),
    ],
)  # fmt: skip
def test_no_form_of_link_lets_a_feed_speak_under_another_sites_address(kind: str, entry: str) -> None:
    base = "https://liar.example.net/feed"
    match kind:
        case "rss":
            entry = entry.replace("TEXT", f"<description>{LIE}</description>")
            data = (
                '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Halvesund Tidings'
                f"</title><link>https://halvesund-tidings.example/</link>{entry}</channel></rss>"
            )
        case "atom":
            entry = entry.replace("TEXT", f"<summary>{LIE}</summary>")
            data = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Halvesund Tidings</title><id>x</id>{entry}</feed>'
        case _:
            entry = entry.replace("TEXT", LIE)
            home = "https://halvesund-tidings.example/"
            data = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "{home}", "items": [{entry}]}}'
    found = [one for one in document(data.encode(), base, url=base) if isinstance(one, Article)]
    assert [one.text for one in found] == [LIE]
    for one in found:
        assert not one.id.startswith(HONEST) and "halvesund-tidings.example" not in one.url
        assert "liar.example.net" in one.outlet


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "publisher": "Reuters"}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "publisher": [{"name": "Reuters"}]}</script>',
        '<script type="application/ld+json">{"@type": "Report", "headline": "x", "publisher": {"name": "Reuters | World"}}</script>',
        '<meta property="og:site_name" content="Reuters">',
        '<meta property="og:site_name" content="World - Reuters">',
        '<meta name="application-name" content="REUTERS"><meta property="og:site_name" content="REUTERS">',
    ],
)
def test_no_form_of_publisher_makes_a_page_anothers(head: str) -> None:
    page = article(
        "Bank closes", "The savings bank of Halvesund closed all counters.", "Customers were told by letter.", head=head
    )

    def outlet(url: str) -> str:
        found = [one for one in document(page.encode(), url, url=url, content_type="text/html") if isinstance(one, Article)]
        return checked(found[0], SHIPPED, Period.now())[0].outlet

    assert outlet("https://news.liar.example.net/1").endswith(" (news.liar.example.net)")
    assert "(" not in outlet("https://www.reuters.com/1")


def test_a_mail_in_another_outlets_name_is_a_claim() -> None:
    def outlet(sender: str) -> str:
        mail = (
            f"From: {sender}\nSubject: Bank\nContent-Type: text/plain\n\nThe savings bank of Halvesund closed all counters.\n"
        )
        (found,) = document(mail.encode(), "a.eml", name="a.eml", id="a.eml")
        assert isinstance(found, Article)
        return found.outlet

    assert outlet("BBC News <news@bbc-news.example>") == "BBC News (bbc-news.example)"
    assert outlet("BBC News <news@email.bbc.com>") == "BBC News"
    assert outlet("Halvesund Tidings <post@tidings.example>") == "Halvesund Tidings"
