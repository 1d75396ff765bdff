"""Feeds on a schedule, over a real site on loopback and a real library. The clock and the waits are ours: no test sleeps."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Index
from index.errors import LibraryError, SettingsError, SourceError
from index.ingest.feeds.feed_list import Feed, read_feeds
from index.ingest.feeds.feed_state import FeedState
from index.ingest.feeds.ledger import states
from index.ingest.feeds.watcher import LONGEST, Told, Visit, Watch, after
from index.records import AddReport
from tests.support.embedding import HashEmbeddings
from tests.support.feed_server import Site, item, serving
from tests.support.library import COMMAND, Run, environment

pytestmark = pytest.mark.slow

STORY = (
    "The harbour council of Norby voted on Tuesday to build pier number {} for the grain ships that call in autumn.",
    "“We will not wait for number {} any longer,” said Mira Osei, who leads the council.",
)


class Desk:
    """A site, a library and a watch over it with a clock of its own."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.now = 1_700_000_000.0
        self.waits: list[float] = []

    def story(self, n: int, extra: str = "") -> str:
        self.site.article(f"/{n}.html", f"Pier {n}", *(text.format(n) for text in STORY), *filter(None, [extra]))
        return item(f"/{n}.html", f"Pier {n}", f"Short {n}.{extra}")

    def round(self, *feeds: Feed, all: bool = True) -> tuple[int, dict[str, Told]]:
        told: dict[str, Told] = {}
        with (
            Index(self.folder, embeddings=HashEmbeddings()) as index,
            Watch(index, feeds, allow_hosts=["127.0.0.1"], wait=self.waits.append, clock=lambda: self.now) as watch,
        ):
            answered = watch.round(all=all, on_feed=lambda one: told.update({one.feed.url: one}))
        return answered, told

    def articles(self) -> dict[str, int]:
        with Index(self.folder, embeddings=HashEmbeddings()) as index:
            return {article.id.removeprefix(self.site.address): article.version for article in index.articles()}

    def state(self, feed: Feed) -> FeedState:
        return {state.url: state for state in states(self.folder)}[feed.url]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving() as site:
        yield Desk(site, tmp_path / "L")


# --- rounds ------------------------------------------------------------------------------------------------------------------


def test_a_second_round_fetches_nothing_new(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), desk.story(2)))
    answered, told = desk.round(feed)
    assert answered == 1 and told[feed.url].report.new == 2
    assert len(desk.site.requests()) == 4  # robots.txt, the feed, two pages
    answered, told = desk.round(feed)
    assert answered == 1 and told[feed.url].unchanged
    assert desk.site.requests() == [("/feed.xml", 304)]


def test_a_server_without_validators_is_not_asked_for_its_pages_again(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), validated=False))
    desk.round(feed)
    desk.site.requests()
    desk.round(feed)
    assert desk.site.requests() == [("/feed.xml", 200)]


def test_only_new_and_changed_entries_are_followed(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), desk.story(2)))
    desk.round(feed)
    desk.site.requests()
    renamed = item("/2.html", "Pier two", "Short 2.")  # the entry changed, its page did not
    desk.site.feed(
        "/feed.xml", "Norby Herald", desk.story(3), desk.story(1, "Corrected on Friday: it was number one."), renamed
    )
    _, told = desk.round(feed)
    assert (told[feed.url].report.new, told[feed.url].report.changed, told[feed.url].report.failed) == (1, 1, [])
    assert desk.site.requests() == [
        ("/1.html", 200),
        ("/2.html", 304),
        ("/3.html", 200),
        ("/feed.xml", 200),
        ("/robots.txt", 404),
    ]
    assert desk.articles() == {"/1.html": 2, "/2.html": 1, "/3.html": 1}


def test_what_was_deleted_does_not_come_back(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)))
    desk.round(feed)
    with Index(desk.folder, embeddings=HashEmbeddings()) as index:
        index.delete([f"{desk.site.address}/1.html"])
    desk.site.feed("/feed.xml", "Norby Herald", desk.story(1, "With a correction."))
    _, told = desk.round(feed)
    assert told[feed.url].report.deleted == 1 and desk.articles() == {}


def test_a_dead_feed_does_not_stop_the_others(desk: Desk) -> None:
    good = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)), outlet="The Herald", lang="en")
    gone, page = Feed(f"{desk.site.address}/gone.xml"), Feed(desk.site.put("/page.html", "<html><body>A page</body></html>"))
    nowhere = Feed("http://127.0.0.1:1/feed.xml")
    answered, told = desk.round(gone, good, page, nowhere)
    assert answered == 1 and told[good.url].report.new == 1
    assert "404" in told[gone.url].error and "not a feed" in told[page.url].error and "connection" in told[nowhere.url].error
    state = desk.state(good)
    assert (state.outlet, state.items, state.errors, state.succeeded, state.error) == ("The Herald", 1, 0, int(desk.now), "")
    assert (desk.state(gone).succeeded, desk.state(gone).errors, desk.state(gone).failures) == (0, 1, 1)


def test_a_page_that_fails_for_now_is_tried_again_although_the_feed_did_not_change(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), desk.story(2)))
    whole = desk.site.pages["/1.html"]
    desk.site.put("/1.html", "busy", status=503, validated=False)
    _, told = desk.round(feed)
    assert (told[feed.url].report.new, len(told[feed.url].report.failed)) == (2, 1)  # one with the feed's own text
    desk.site.pages["/1.html"] = whole
    desk.site.requests()
    _, told = desk.round(feed)
    assert told[feed.url].report.changed == 1
    assert desk.site.requests() == [("/1.html", 200), ("/feed.xml", 200), ("/robots.txt", 404)]
    desk.round(feed)
    assert desk.site.requests() == [("/feed.xml", 304)]


def test_retry_after_is_obeyed_in_later_rounds(desk: Desk) -> None:
    feed = Feed(desk.site.put("/feed.xml", "later", status=429, headers={"Retry-After": "7200"}, validated=False), every=600)
    assert desk.round(feed)[0] == 0
    desk.site.feed("/feed.xml", "Norby Herald", desk.story(1))
    desk.site.requests()
    desk.now += 3600
    answered, told = desk.round(feed)
    assert answered == 0 and "left alone for another 3600 s" in told[feed.url].error and desk.site.requests() == []
    desk.now += 3600
    assert desk.round(feed)[0] == 1


def test_each_feed_keeps_its_own_schedule(desk: Desk) -> None:
    often = Feed(desk.site.feed("/often.xml", "Often", desk.story(1)), every=600)
    seldom = Feed(desk.site.feed("/seldom.xml", "Seldom", desk.story(2)), every=7200)
    assert desk.round(often, seldom, all=False)[0] == 2
    desk.site.requests()
    assert desk.round(often, seldom, all=False)[0] == 0
    desk.now += 600
    assert desk.round(often, seldom, all=False)[0] == 1
    assert desk.site.requests() == [("/often.xml", 304)]


def test_forever_waits_until_the_next_feed_is_due(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)), every=900)

    class Enough(Exception):
        pass

    def wait(seconds: float) -> None:
        desk.waits.append(seconds)
        desk.now += seconds
        if len(desk.waits) == 3:
            raise Enough

    with (
        Index(desk.folder, embeddings=HashEmbeddings()) as index,
        Watch(index, [feed], allow_hosts=["127.0.0.1"], wait=wait, clock=lambda: desk.now) as watch,
        pytest.raises(Enough),
    ):
        watch.forever()
    assert desk.waits == [900.0] * 3
    assert [path for path, _ in desk.site.requests()].count("/feed.xml") == 3


def test_nothing_is_noted_as_seen_before_it_is_in_the_library(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run leaves is what it leaves here: the articles are fetched again, none is lost."""
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)))

    def full(*_: object) -> AddReport:
        raise LibraryError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Index, "add", full)
        with pytest.raises(LibraryError):
            desk.round(feed)
    assert desk.round(feed)[1][feed.url].report.new == 1


@given(st.integers(0, 40), st.integers(0, 10**6))
def test_a_failing_feed_waits_longer_every_time_up_to_a_day(failures: int, asked: int) -> None:
    feed, error = Feed("http://norby.example/feed", every=900), SourceError("feed", "it is down")
    state = after(FeedState(feed.url, failures=failures), Visit(feed, error=error, asked=asked), AddReport(), 1000)
    following = after(state, Visit(feed, error=error, asked=asked), AddReport(), 1000)
    assert 1000 + max(900, asked) < state.due + (asked > 0) and state.due <= following.due <= 1000 + max(LONGEST, asked)
    again = after(following, Visit(feed), AddReport(new=2), 5000)
    assert (again.due, again.failures, again.error, again.items) == (5900, 0, "", 2)


def test_a_damaged_feeds_db_says_what_to_do(desk: Desk) -> None:
    with Index(desk.folder, embeddings=HashEmbeddings()):
        (desk.folder / "feeds.db").write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryError, match="delete it"):
        desk.round(Feed("http://127.0.0.1:1/feed"))
    (desk.folder / "feeds.db").unlink()
    with sqlite3.connect(desk.folder / "feeds.db") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer"):
        desk.round(Feed("http://127.0.0.1:1/feed"))


# --- pages once more ---------------------------------------------------------------------------------------------------------

HOUR = 3600


def test_a_page_that_is_corrected_while_its_feed_says_nothing_becomes_a_new_version(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), desk.story(2)), outlet="The Herald")
    desk.round(feed)
    with Index(desk.folder, embeddings=HashEmbeddings()) as index:
        before = {article.id: article for article in index.articles()}
    desk.story(1, "Correction: the council voted on Monday.")
    desk.site.requests()
    desk.round(feed)
    assert desk.site.requests() == [("/feed.xml", 304)]  # it is too early
    desk.now += HOUR
    _, told = desk.round(feed)
    assert desk.site.requests() == [("/1.html", 200), ("/2.html", 304), ("/feed.xml", 304), ("/robots.txt", 404)]
    assert told[feed.url].report.changed == 1 and not told[feed.url].unchanged
    with Index(desk.folder, embeddings=HashEmbeddings()) as index:
        for article in index.articles():
            old = before[article.id]
            corrected = article.id.endswith("/1.html")
            assert article.version == 1 + corrected and ("Correction" in article.text) == corrected
            assert (article.title, article.outlet, article.published) == (old.title, old.outlet, old.published)
            assert index.article(article.id, 1) == old


def test_pages_are_looked_at_less_and_less_and_then_no_more(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)), every=1800)
    desk.round(feed)
    start, looks = desk.now, []
    with (
        Index(desk.folder, embeddings=HashEmbeddings()) as index,
        Watch(index, [feed], allow_hosts=["127.0.0.1"], wait=desk.waits.append, clock=lambda: desk.now) as watch,
    ):
        for _ in range(2 * 24 * 4):
            desk.site.requests()
            desk.now += 1800
            watch.round()
            if ("/1.html", 304) in desk.site.requests():
                looks.append((desk.now - start) / HOUR)
    assert looks == [1, 6, 24, 72]
    with sqlite3.connect(desk.folder / "feeds.db") as db:
        assert db.execute("SELECT look, whole FROM seen").fetchall() == [(0, "")]


def test_a_feed_that_is_read_once_a_day_makes_up_for_looks_but_once(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)), every=86_400)
    desk.round(feed)
    looks = []
    for day in range(1, 6):
        desk.site.requests()
        desk.now += 86_400
        desk.round(feed)
        looks += [day] * desk.site.requests().count(("/1.html", 304))
    assert looks == [1, 3]


def test_an_entry_that_has_left_its_feed_is_looked_at_all_the_same(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)))
    desk.round(feed)
    desk.site.feed("/feed.xml", "Norby Herald", desk.story(2))
    desk.story(1, "Correction: the council voted on Monday.")
    desk.now += HOUR
    _, told = desk.round(feed)
    assert (told[feed.url].report.new, told[feed.url].report.changed) == (1, 1)


def test_a_page_that_is_gone_stays_in_the_library_and_is_said_once(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), desk.story(2)))
    desk.round(feed)
    desk.site.put("/1.html", "gone", status=410, validated=False)
    desk.site.put("/2.html", "busy", status=503, validated=False)  # that may pass: nobody has to be told
    desk.now += HOUR
    _, told = desk.round(feed)
    (line,) = told[feed.url].report.failed
    assert "/1.html: the server answered 410 (gone): it stays as it was read" in line
    assert desk.articles() == {"/1.html": 1, "/2.html": 1}
    desk.site.requests()
    desk.now += 6 * HOUR
    _, told = desk.round(feed)
    assert told[feed.url].unchanged and {path for path, _ in desk.site.requests()} == {"/feed.xml", "/robots.txt", "/2.html"}


def test_old_news_and_news_without_a_page_are_not_looked_at_again(desk: Desk) -> None:
    desk.story(3)
    old = item("/3.html", "Pier 3", "Short 3.", "Mon, 06 Nov 2023 09:00:00 GMT")  # the clock says 14 November
    bare = "<item><title>Bare</title><guid>b</guid><description>The council met and spoke of piers.</description></item>"
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", old, bare))
    desk.round(feed)
    desk.site.requests()
    desk.now += 10 * HOUR
    desk.round(feed)
    assert desk.site.requests() == [("/feed.xml", 304)]


def test_a_feeds_db_of_the_first_schema_is_used_on(desk: Desk) -> None:
    feed = Feed(desk.site.feed("/feed.xml", "Norby Herald", desk.story(1)))
    desk.round(feed)
    with sqlite3.connect(desk.folder / "feeds.db") as db:
        for column in ("taken", "look", "whole"):
            db.execute(f"ALTER TABLE seen DROP COLUMN {column}")
        db.execute("PRAGMA user_version = 1")
    desk.site.requests()
    desk.now += 10 * HOUR
    desk.round(feed)
    assert desk.site.requests() == [("/feed.xml", 304)]
    assert desk.state(feed).items == 1


# --- the feeds file ----------------------------------------------------------------------------------------------------------


def test_feeds_toml(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(
        '[[feed]]\nurl = "https://a.example/rss"\nevery = "15m"\noutlet = "A"\nlang = "ES"\n\n[[feed]]\nurl = "http://b.example/"\n'
    )
    assert read_feeds(file) == [Feed("https://a.example/rss", 900, "A", "es"), Feed("http://b.example/")]


def test_one_odd_line_of_an_opml_file_costs_one_line(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    urls = ("https://a.example/", "feed://b.example/x", "feed:https://c.example/", "/relative.xml", "mailto:d@example.org")
    file.write_text("<opml><body>" + "".join(f"<outline xmlUrl='{url}'/>" for url in urls) + "</body></opml>", encoding="utf-8")
    problems: list[str] = []
    feeds = read_feeds(file, problems.append)
    assert [feed.url for feed in feeds] == ["https://a.example/", "https://b.example/x", "https://c.example/"]
    assert len(problems) == 2 and "/relative.xml" in problems[0] and "mailto:" in problems[1]


def test_opml_as_feed_readers_export_it(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(
        '<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="Folder">'
        '<outline type="rss" text="A" xmlUrl="https://a.example/rss" language="es-ES"/></outline>'
        '<outline type="rss" text="B" XMLURL=" http://b.example/ "/></body></opml>'
    )
    assert read_feeds(file) == [Feed("https://a.example/rss", lang="es"), Feed("http://b.example/")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no feed"),
        ("feed = [", "TOML"),
        ("[feeds]\nx = 1", "feeds"),
        ("[[feed]]\nevery = '1h'", "url must be"),
        ("[[feed]]\nurl = 'ftp://a.example'", "url must be"),
        ("[[feed]]\nurl = 'http://a.example'\nevery = 'hourly'", 'like "15m"'),
        ("[[feed]]\nurl = 'http://a.example'\nevery = '5s'", "a minute or more"),
        ("[[feed]]\nurl = 'http://a.example'\nevery = 15", "quotation marks"),
        ("[[feed]]\nurl = 'http://a.example'\nevry = '1h'", "'evry' is not known"),
        ("<opml><body/></opml>", "names no feed"),
        ("<opml><body><outline xmlUrl='file:///etc/passwd'/></body></opml>", "no http"),
    ],
)
def test_a_wrong_feeds_file_costs_one_clear_line(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "feeds"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_feeds(file)
    assert why in str(caught.value) and "\n" not in str(caught.value) and str(file) in str(caught.value)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_feeds(tmp_path / "none.toml")


# --- from outside ------------------------------------------------------------------------------------------------------------


def test_from_a_feeds_file_to_a_cited_answer(dragoman: Run, desk: Desk, tmp_path: Path) -> None:
    url = desk.site.feed("/feed.xml", "Norby Herald", desk.story(1), desk.story(2))
    (tmp_path / "feeds.toml").write_text(
        f'[[feed]]\nurl = "{url}"\nevery = "15m"\n\n[[feed]]\nurl = "{desk.site.address}/gone.xml"\n'
    )
    watch = ("watch", "--library", desk.folder, "--allow-host", "127.0.0.1", tmp_path / "feeds.toml", "--once")
    done = dragoman(*watch)
    assert done.returncode == 0 and done.stdout == "" and re.search(r"(?m)Z info feeds: .*/feed.xml: 2 new", done.stderr)
    assert re.search(r"(?m)Z warning feeds: .*/gone.xml: the server answered 404", done.stderr)
    logged = [json.loads(row) for row in dragoman(*watch, "--log-format", "json", "--verbose").stderr.splitlines()]
    assert [(row["level"], row["logger"]) for row in logged] == [("debug", "feeds"), ("warning", "feeds")]
    assert logged[0]["message"].endswith("/feed.xml: nothing new")
    feeds = {feed["url"]: feed for feed in json.loads(dragoman("stats", "--library", desk.folder, "--json").stdout)["feeds"]}
    assert (feeds[url]["outlet"], feeds[url]["items"], feeds[url]["errors"]) == ("Norby Herald", 2, 0)
    assert feeds[url]["last_success"] and feeds[url]["age"] >= 0
    asked = json.loads(
        dragoman("ask", "--library", desk.folder, "What did Mira Osei say about pier number 2?", "--json").stdout
    )
    assert asked["outcome"] == "answered" and "/2.html" in json.dumps(asked)
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{desk.site.address}/gone.xml"\n')
    assert dragoman(*watch).returncode == 1


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_watch_runs_until_it_is_told_to_stop(
    desk: Desk, home: Path, tmp_path: Path, sent: signal.Signals, code: int, request: pytest.FixtureRequest
) -> None:
    url = desk.site.feed("/feed.xml", "Norby Herald", desk.story(1))
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{url}"\n')
    command = [*COMMAND, "watch", "--library", str(desk.folder), "--allow-host", "127.0.0.1", str(tmp_path / "feeds.toml")]
    env = environment(home) | {"PYTHONFAULTHANDLER": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=env, cwd=home, text=True)
    stop: Callable[[], None] = process.kill
    request.addfinalizer(stop)
    assert process.stderr and "1 new" in process.stderr.readline()  # a round is over: it waits now
    os.kill(process.pid, sent)
    try:
        assert process.wait(timeout=60) == code
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        pytest.fail(process.stderr.read())  # where its threads are
    assert "watch: stopped. What was written is kept" in process.stderr.read()
    process.stderr.close()


def test_a_sitemap_index_leads_to_its_newest_maps(desk: Desk) -> None:
    maps = []
    for month in range(1, 8):  # the first two are older than the newest five
        desk.story(month)
        pages = f"<urlset><url><loc>{desk.site.address}/{month}.html</loc></url></urlset>"
        url = desk.site.put(f"/map-{month}.xml", pages, "application/xml")
        maps.append(f"<sitemap><loc>{url}</loc><lastmod>2024-0{month}-01</lastmod></sitemap>")
    feed = Feed(desk.site.put("/maps.xml", f"<sitemapindex>{''.join(maps)}</sitemapindex>", "application/xml"))
    _, told = desk.round(feed)
    assert (told[feed.url].report.new, told[feed.url].report.failed, told[feed.url].error) == (5, [], "")
    assert set(desk.articles()) == {f"/{month}.html" for month in range(3, 8)}
