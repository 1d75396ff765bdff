"""Feeds, pages and rows as strangers publish them: what makes them, two hosts that serve them, a library that reads them."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from index import Index
from index.ingest import sources
from index.ingest.feeds.feed_list import Feed
from index.ingest.feeds.watcher import Watch
from index.records import AddReport, Article
from tests.support.embedding import HashEmbeddings

HOSTS = {"BASE": "127.0.0.1", "BASE2": "127.0.0.2"}


# --- what makes them ---------------------------------------------------------------------------------------------------------


def item(title: str, text: str = "", link: str = "", guid: str = "", date: str = "", more: str = "") -> str:
    """One <item>; empty parts are left out."""
    parts = [f"<title>{escape(title)}</title>" if title else ""]
    parts.append(f"<link>{escape(link)}</link>" if link else "")
    parts.append(f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else "")
    parts.append(f"<pubDate>{date}</pubDate>" if date else "")
    parts.append(f"<description>{escape(text)}</description>" if text else "")
    return "<item>" + "".join(parts) + more + "</item>\n"


def rss(title: str, link: str, *items: str, lang: str = "en", more: str = "") -> str:
    """A feed of RSS 2.0."""
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    )
    head = f"<title>{escape(title)}</title><link>{escape(link)}</link><description>-</description><language>{lang}</language>"
    channel = f"<channel>{head}{more}\n{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {spaces}>{channel}</rss>\n'


def full(html: str) -> str:
    """<content:encoded> of an item."""
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


def page(title: str, body: str, lang: str = "en", head: str = "") -> str:
    """A page of HTML."""
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>\n'
        f"<body>{body}</body></html>\n"
    )


def article(title: str, *paragraphs: str, lang: str = "en", head: str = "", extra: str = "") -> str:
    """A page with one article."""
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    inside = f"<main><article><h1>{escape(title)}</h1>\n{body}{extra}</article></main>"
    return page(title, f"<header><a href='/'>Home</a></header>{inside}", lang, head)


def save(folder: Path, name: str, text: str) -> None:
    """One input file that is no part of a site."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


class Site:
    """Files that `serving` serves, and site.json.

    A path added twice answers the first request with the first file, the next with the second; the last one repeats.
    "BASE2/x" is path /x of the second host. {BASE} and {BASE2} in files and headers stand for the two addresses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[str, list[dict[str, object]]] = {}

    def add(
        self,
        path: str,
        text: str,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        answers = self.paths.setdefault(path, [])
        name = f"site/{list(self.paths).index(path) + 1:02d}-{len(answers) + 1}"
        save(self.folder, name, text)
        answers.append({"file": name, "type": kind, "status": status, "headers": headers or {}})

    def feed(self, path: str, text: str) -> None:
        self.add(path, text, "application/rss+xml; charset=utf-8")

    def save(self) -> None:
        save(self.folder, "site.json", json.dumps(self.paths, ensure_ascii=False))


# --- what serves them --------------------------------------------------------------------------------------------------------


@contextmanager
def serving(folder: Path) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The hosts' addresses by their names, and the log of requests, as long as the block lives."""
    table = json.loads((folder / "site.json").read_text("utf-8"))
    turns: dict[str, int] = {}
    log: list[str] = []
    addresses: dict[str, str] = {}

    def fill(text: str) -> str:
        for name, address in addresses.items():
            text = text.replace("{" + name + "}", address)
        return text

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = "BASE2" if self.server.server_address[0] == HOSTS["BASE2"] else ""
            log.append(host + self.path)
            paths = {fill(path): path for path in table}
            path = paths.get(host + self.path) or paths.get(host + self.path.partition("?")[0])
            if path is None:
                self.answer(404, "text/plain", b"nothing here", {})
                return
            turn = turns[path] = turns.get(path, -1) + 1
            one = table[path][min(turn, len(table[path]) - 1)]
            self.answer(one["status"], one["type"], fill((folder / one["file"]).read_text("utf-8")).encode(), one["headers"])

        def answer(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, fill(value))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    first = http.server.ThreadingHTTPServer((HOSTS["BASE"], 0), Handler)
    second = http.server.ThreadingHTTPServer((HOSTS["BASE2"], first.server_port), Handler)
    addresses.update({name: f"http://{host}:{first.server_port}" for name, host in HOSTS.items()})
    for server in (first, second):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield addresses, log
    finally:
        for server in (first, second):
            server.shutdown()
            server.server_close()


# --- what reads them ---------------------------------------------------------------------------------------------------------


class Wild:
    """Inputs in a folder, and libraries that read them."""

    def __init__(self, make: Callable[[Path], None], folder: Path) -> None:
        self.folder = folder / "in"
        self.folder.mkdir()
        make(self.folder)
        self.library = folder / "L"
        self.now = 1_750_000_000.0  # June 2025
        self.addresses: dict[str, str] = {}

    def another(self, name: str) -> Wild:
        """The same inputs, an empty library."""
        wild = object.__new__(Wild)
        wild.folder, wild.library, wild.now, wild.addresses = self.folder, self.library.parent / name, self.now, self.addresses
        return wild

    def ingest(self, *names: str) -> AddReport:
        with Index(self.library, embeddings=HashEmbeddings()) as index:
            return index.add(sources.read([self.folder / name for name in names]))

    def watch(self, *paths: str, hours: float = 0.5) -> dict[str, AddReport]:
        """One visit of feeds on the two hosts, `hours` after the one before."""
        self.now += 3600 * hours
        reports: dict[str, AddReport] = {}
        feeds = [Feed(self.url(path)) for path in paths]
        with (
            Index(self.library, embeddings=HashEmbeddings()) as index,
            Watch(index, feeds, allow_hosts=list(HOSTS.values()), wait=lambda _: None, clock=lambda: self.now) as watch,
        ):
            watch.round(on_feed=lambda told: reports.update({told.feed.url: told.report}))
        return {path: reports[self.url(path)] for path in paths}

    def url(self, path: str) -> str:
        name = "BASE2" if path.startswith("BASE2") else "BASE"
        return self.addresses[name] + path.removeprefix("BASE2")

    @property
    def articles(self) -> list[Article]:
        with Index(self.library, embeddings=HashEmbeddings()) as index:
            return list(index.articles())

    @property
    def words(self) -> str:
        """Title, text and outlet of every article."""
        return "\n".join(f"{one.title}\n{one.text}\n{one.outlet}" for one in self.articles)

    def versions(self, id: str) -> list[Article]:
        with Index(self.library, embeddings=HashEmbeddings()) as index:
            found = (index.article(id, version) for version in range(1, 20))
            return [one for one in found if one]


@contextmanager
def served(wild: Wild) -> Iterator[list[str]]:
    """The wild's site, as long as the block lives; every request is in the log."""
    with serving(wild.folder) as (addresses, log):
        wild.addresses = addresses
        yield log
