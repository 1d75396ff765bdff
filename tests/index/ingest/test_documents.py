"""Pages, feeds, sitemaps, documents and archives -> articles, from files and from a real site on loopback."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.main import main
from index import Index
from index.errors import SourceError
from index.ingest.http.fetch import FetchError
from index.ingest.http.polite import Web
from index.ingest.sources import read
from index.records import Article
from tests.index.ingest.formats.test_files import make_pdf
from tests.support.embedding import HashEmbeddings
from tests.support.feed_server import Site, item, serving
from tests.support.library import Run

PIER = (
    "The harbour council of Norby voted on Tuesday to build a second pier for the grain ships that call every autumn.",
    "“We will not wait another year,” said Mira Osei, who leads the council. The vote was seven to two.",
    "The work starts in May and takes eighteen months. Fishermen asked for a slipway beside it.",
)
BRIDGE = (
    "The road office of Selwyn closed the old bridge on Monday after divers found cracks in two of its pillars.",
    "Buses take the northern road until the repairs are done, and the school year starts a week later.",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def articles(*paths: Path | str, **options: object) -> list[Article]:
    return [found for found in taken(*paths, **options) if isinstance(found, Article)]


def taken(*paths: Path | str, stdin: bytes = b"") -> list[Article | SourceError]:
    return list(read(map(str, paths), stdin=io.BytesIO(stdin), allow_hosts=["127.0.0.1"]))


# --- pages -------------------------------------------------------------------------------------------------------------------


def test_a_page_by_url(site: Site) -> None:
    url = site.article("/news/pier.html", "A second pier", *PIER, date="2024-03-05T10:00:00Z", outlet="Norby Herald")
    (found,) = articles(f"{url}?utm_source=mail&id=7#top")
    assert found.id == f"{site.address}/news/pier.html?id=7"
    assert found.url == f"{site.address}/news/pier.html?utm_source=mail&id=7"  # as fetched: it is a link
    assert (found.title, found.outlet, found.lang) == ("A second pier", "Norby Herald", "en")
    assert (str(found.published), found.date_source) == ("2024-03-05T10:00:00Z", "metadata")
    assert all(paragraph in found.text for paragraph in PIER) and "All rights" not in found.text


def test_a_page_that_names_the_home_page_as_its_address_keeps_its_own(site: Site) -> None:
    url = site.article("/pier.html", "A second pier", *PIER)
    page = site.pages["/pier.html"]
    page.body = page.body.replace(b"<head>", f'<head><link rel="canonical" href="{site.address}/">'.encode())
    assert [found.id for found in articles(url)] == [url]
    page.body = page.body.replace(b'/">', b'/news/pier">', 1)
    assert [found.id for found in articles(url)] == [f"{site.address}/news/pier"]


def test_a_private_host_is_refused_unless_it_is_allowed(site: Site) -> None:
    (error,) = read([f"{site.address}/feed.xml"])
    assert isinstance(error, FetchError) and "--allow-host 127.0.0.1" in str(error)
    assert site.requests() == []


@pytest.mark.parametrize("url", ["ftp://news.example/a", "file:///etc/passwd", "http://", "http://user:pw@news.example/"])
def test_what_is_no_web_address_costs_one_line(url: str) -> None:
    (error,) = taken(url)
    assert isinstance(error, SourceError) and "\n" not in str(error) and "pw" not in str(error)


# --- feeds and sitemaps -------------------------------------------------------------------------------------------------------


def test_a_feed_is_followed_to_its_pages_and_each_entry_fails_alone(site: Site) -> None:
    site.article("/pier.html", "A second pier", *PIER, date="2024-03-05T10:00:00Z")
    site.article("/bridge.html", "Old bridge closed", *BRIDGE)
    feed = site.feed(
        "/feed.xml",
        "Norby Herald",
        item("/pier.html?utm_source=rss", "Pier", "Short.", "Mon, 04 Mar 2024 08:00:00 GMT"),
        item("/gone.html", "Gone", "All that is left of this story is its summary."),
        item("/nothing.html", "Nothing"),
        item("/bridge.html", "Bridge", "Short.", "Wed, 06 Mar 2024 08:00:00 GMT"),
    )
    found = taken(feed)
    pier, gone, kept, nothing, bridge = found
    assert isinstance(pier, Article) and isinstance(gone, Article) and isinstance(bridge, Article)
    assert (pier.id, pier.title, pier.outlet) == (f"{site.address}/pier.html", "A second pier", "Norby Herald")
    assert (str(pier.published), pier.date_source) == ("2024-03-05T10:00:00Z", "metadata")  # the page knows better
    assert (str(bridge.published), bridge.date_source) == ("2024-03-06T08:00:00Z", "feed")  # the page says nothing
    assert gone.text == "All that is left of this story is its summary." and gone.id == f"{site.address}/gone.html"
    assert isinstance(kept, SourceError) and "only the feed's own text was kept" in str(kept)
    assert isinstance(nothing, SourceError) and "404" in str(nothing)


def test_robots_txt_is_asked_once_and_obeyed_for_what_a_feed_leads_to(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n", "text/plain")
    for path in ("/closed/a.html", "/open/b.html", "/open/c.html"):
        site.article(path, "A story", *PIER)
    feed = site.feed(
        "/closed/feed.xml", "Norby", *(item(path, "T", "The summary stands.") for path in site.pages if "html" in path)
    )
    found = taken(feed)
    assert [isinstance(one, Article) for one in found] == [True, False, True, True]
    assert "robots.txt" in str(found[1])
    assert "/closed/a.html" not in [path for path, _ in site.log]
    assert [path for path, _ in site.log].count("/robots.txt") == 1


def test_an_entry_that_leads_to_the_home_page_now_is_not_taken_for_its_article(site: Site) -> None:
    site.article("/", "Norby Herald", *PIER, *BRIDGE)
    site.put("/old.html", "", status=301, headers={"Location": "/"}, validated=False)
    (kept, error) = taken(site.feed("/feed.xml", "Norby", item("/old.html", "Old", "The summary of an old story.")))
    assert isinstance(kept, Article) and kept.text == "The summary of an old story."
    assert "home page" in str(error)


def test_a_sitemap_leads_to_pages_and_other_sitemaps(site: Site) -> None:
    site.article("/pier.html", "A second pier", *PIER)
    news = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    url = f"<url><loc>{site.address}/pier.html</loc><n:news><n:publication_date>2024-03-05</n:publication_date></n:news></url>"
    site.put("/news.xml", f"<urlset {news}>{url}<url><loc>http://10.1.2.3/x</loc></url></urlset>", "application/xml")
    index = f"<sitemapindex><sitemap><loc>{site.address}/news.xml</loc></sitemap></sitemapindex>"
    found, error = taken(site.put("/map.xml", index, "application/xml"))
    assert isinstance(found, Article) and (found.id, str(found.published)) == (f"{site.address}/pier.html", "2024-03-05")
    assert isinstance(error, SourceError) and "10.1.2.3" in str(error)


def test_a_feed_in_a_file_gives_the_text_it_carries_and_nothing_is_fetched(tmp_path: Path, site: Site) -> None:
    site.article("/pier.html", "A second pier", *PIER)
    site.feed(
        "/feed.xml", "Norby", item(f"{site.address}/pier.html", "Pier", "<p>Short.</p>"), "<item><title>No text</title></item>"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "feed.rss").write_bytes(site.pages["/feed.xml"].body)
    found, error = taken(tmp_path / "in")
    assert isinstance(found, Article) and (found.text, found.id) == ("Short.", f"{site.address}/pier.html")
    assert "without text" in str(error)
    assert site.requests() == []


def test_an_entry_without_address_cannot_take_the_id_of_an_article(tmp_path: Path) -> None:
    entry = "<item><guid>port-1</guid><title>T</title><description>Words of a stranger.</description></item>"
    (tmp_path / "f.xml").write_text(f'<rss version="2.0"><channel><title>N</title>{entry}</channel></rss>')
    assert [found.id for found in articles(tmp_path / "f.xml")] == ["f.xml#port-1"]


# --- politeness ---------------------------------------------------------------------------------------------------------------


def test_a_crawl_delay_is_kept_between_requests_to_one_host(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    waits: list[float] = []
    web = Web(["127.0.0.1"], wait=waits.append, clock=lambda: 100.0)
    for path in ("/a", "/b", "/c"):
        web.get(site.put(path, path))
    assert waits == [7.0, 7.0]


def test_a_lost_answer_is_tried_once_more_and_a_failing_host_is_left_alone(site: Site) -> None:
    waits: list[float] = []
    web = Web(["127.0.0.1"], wait=waits.append, clock=lambda: 100.0)
    url = site.put("/a", "busy", status=503, validated=False)
    for _ in range(3):
        with pytest.raises(FetchError) as caught:
            web.get(url, named=True)
        assert caught.value.transient
    assert "failed 3 times" in str(caught.value)
    assert [status for _, status in site.requests()] == [503] * 3  # two tries, then one, then none


def test_a_long_retry_after_closes_the_host_for_the_run(site: Site) -> None:
    waits: list[float] = []
    web = Web(["127.0.0.1"], wait=waits.append, clock=lambda: 100.0)
    url = site.put("/a", "later", status=429, headers={"Retry-After": "3600"}, validated=False)
    other = site.put("/b", "fine")
    for address in (url, other):
        with pytest.raises(FetchError) as caught:
            web.get(address, named=True)
        assert caught.value.retry_after == 3600
    assert waits == [] and site.requests() == [("/a", 429)]


# --- files of every kind ------------------------------------------------------------------------------------------------------


def docx(*paragraphs: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def warc(url: str, page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    head += "Content-Type: application/http; msgtype=response\r\n"
    return head.encode() + f"Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def page(*paragraphs: str) -> bytes:
    return f"<!doctype html><html><body><article>{''.join(f'<p>{p}</p>' for p in paragraphs)}</article></body></html>".encode()


MAIL = f"""From: Norby Herald <news@norby.example>
Subject: A second pier
Date: Tue, 05 Mar 2024 10:00:00 +0000

{PIER[0]}
"""


def test_a_folder_of_every_format(tmp_path: Path) -> None:
    files = {
        "a.docx": docx(*PIER),
        "b.eml": MAIL.encode(),
        "c.csv": f'headline;body;date\nPier;"{PIER[0]}";2024-03-05\nBridge;"{BRIDGE[0]}";2024-03\n'.encode(),
        "d/e.html": page(*PIER),
        "f.html.gz": gzip.compress(page(*BRIDGE)),
        "g.pdf": make_pdf([PIER[0]]),
        "h.warc": warc("https://www.norby.example/pier?utm_source=x", page(*PIER)),
        "i.warc.gz": gzip.compress(warc("https://norby.example/bridge", page(*BRIDGE))),
        "j.csv.xz": lzma.compress(b"text\nThe mayor spoke.\n"),
        "k.png": b"\x89PNG",
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = {one.id: one for one in articles(tmp_path)}
    assert list(found) == [
        *("a.docx", "b.eml", "c.csv#2", "c.csv#3", "d/e.html", "f.html.gz", "g.pdf"),
        *("https://norby.example/pier", "https://norby.example/bridge", "j.csv.xz#2"),
    ]
    assert (found["b.eml"].title, str(found["b.eml"].published)) == ("A second pier", "2024-03-05T10:00:00Z")
    assert (found["c.csv#3"].title, str(found["c.csv#3"].published)) == ("Bridge", "2024-03")
    assert found["g.pdf"].text == PIER[0]
    assert found["https://norby.example/pier"].url == "https://www.norby.example/pier?utm_source=x"


def test_standard_input_and_patterns(tmp_path: Path) -> None:
    assert [one.text for one in articles("-", stdin=page(*BRIDGE))] == ["\n".join(BRIDGE)]
    assert [one.text for one in articles("-", stdin=gzip.compress(page(*BRIDGE)))] == ["\n".join(BRIDGE)]
    assert [one.text for one in articles("-", stdin=b"<b>Not</b> a page, a text.")] == ["<b>Not</b> a page, a text."]
    for name in ("a.html", "sub/b.html", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(page(*PIER))
    assert [one.id for one in articles(f"{tmp_path}/**/*.html")] == ["a.html", "b.html"]


# --- from outside -------------------------------------------------------------------------------------------------------------


def test_from_a_feed_to_an_export(dragoman: Run, tmp_path: Path, site: Site) -> None:
    site.article("/pier.html", "A second pier", *PIER, date="2024-03-05T10:00:00Z", outlet="Norby Herald")
    site.article("/copy.html", "Pier to be built", *PIER, "With information from EFE", date="2024-03-05T12:00:00Z")
    site.article("/bridge.html", "Old bridge closed", *BRIDGE)
    items = [item(path, "T", "Short.") for path in ("/pier.html", "/copy.html", "/bridge.html")]
    url = site.feed("/feed.xml", "Wire Feed", *items)
    first = ("ingest", "--library", tmp_path / "L", "--allow-host", "127.0.0.1", url)
    done = dragoman(*first)
    assert done.returncode == 0, done.stderr
    exported = dragoman("export", "--library", tmp_path / "L")
    rows = {row["id"]: row for row in map(json.loads, exported.stdout.splitlines())}
    assert list(rows) == [f"{site.address}/{name}.html" for name in ("pier", "copy", "bridge")]
    pier, copy, bridge = rows.values()
    assert (pier["published_from"], pier["date_source"], pier["outlet"]) == ("2024-03-05T10:00:00Z", "metadata", "Norby Herald")
    assert (copy["agency"], copy["origin"], copy["outlet"]) == ("EFE", pier["id"], "Wire Feed")
    assert bridge["origin"] == bridge["id"]
    assert "0 new, 0 changed, 3 same" in dragoman(*first).stdout


@pytest.mark.slow
def test_delete_by_address_outlet_and_age(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://www.norby.example/a?utm_source=x"
    rows = [
        {"id": "a", "text": "The pier opens.", "source": "Norby Hérald", "date": "2020-05", "url": url},
        {"id": "b", "text": "The bridge closes.", "source": "Norby Herald", "date": "2024-05-01"},
        {"id": "c", "text": "The school opens.", "source": "Selwyn Post", "date": "2020-05-01"},
        {"id": "d", "text": "The road closes.", "source": "Selwyn Post"},
        {"text": "The ferry sails.", "url": "https://m.norby.example/e/"},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Index(tmp_path / "L", embeddings=HashEmbeddings()) as index:
        index.add(read([str(tmp_path / "a.jsonl")]))

    def delete(*flags: str) -> set[str]:
        """What is left after it."""
        assert main(["delete", "--library", str(tmp_path / "L"), "--yes", *flags]) == 0
        main(["export", "--library", str(tmp_path / "L")])
        return {json.loads(line)["id"] for line in capsys.readouterr().out.splitlines() if line.startswith("{")}

    ferry = "https://norby.example/e"
    assert delete("--url", "https://norby.example/none") == {"a", "b", "c", "d", ferry}
    assert delete("--outlet", "norby herald", "--older-than", "2024") == {"b", "c", "d", ferry}
    assert delete("--older-than", "365d") == {"d", ferry}  # undated: nobody knows its age
    assert delete("--url", "http://www.norby.example/e?utm_source=y") == {"d"}
    with pytest.raises(SystemExit):
        main(["delete", "--library", str(tmp_path / "L"), "--yes"])
