"""A small news site on loopback: pages, feeds, robots.txt, validators, and how sites fail. Real HTTP, no sleeps."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Page:
    """What one path answers."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validated: bool = True  # sends an ETag, and 304 to who has it


@dataclass
class Site:
    """Paths and what they answer; `log` holds every request: (path, answered status)."""

    address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    log: list[tuple[str, int]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, content_type: str = "text/html; charset=utf-8", **options: object) -> str:
        """Publish something; returns its URL."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, content_type, **options)  # type: ignore[arg-type]
        return self.address + path

    def article(self, path: str, title: str, *paragraphs: str, date: str = "", lang: str = "en", outlet: str = "") -> str:
        """Publish a page with an article."""
        meta = f'<meta property="article:published_time" content="{date}">' if date else ""
        meta += f'<meta property="og:site_name" content="{outlet}">' if outlet else ""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return self.put(
            path,
            f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{meta}</head><body><nav><a href="/">Home</a></nav>'
            f"<article><h1>{title}</h1>{text}</article><footer>All rights reserved</footer></body></html>",
        )

    def feed(self, path: str, title: str, *items: str, **options: object) -> str:
        """Publish an RSS feed of items; see `item`."""
        channel = f"<title>{title}</title><link>{self.address}/</link><description>News</description>{''.join(items)}"
        body = f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}</channel></rss>'
        return self.put(path, body, "application/rss+xml", **options)

    def requests(self) -> list[tuple[str, int]]:
        """What was asked since the last call, sorted."""
        seen, self.log[:] = sorted(self.log), []
        return seen


def item(link: str, title: str = "", summary: str = "", date: str = "") -> str:
    """One item of a feed."""
    when = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description>{summary}</description>{when}</item>"
    )


@contextmanager
def serving() -> Iterator[Site]:
    """A site that lives as long as the block."""
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(self.path.partition("?")[0]) or Page(b"nothing here", status=404, validated=False)
            etag = f'"{hashlib.sha256(page.body).hexdigest()[:12]}"'
            fresh = page.status == 200 and page.validated and self.headers["If-None-Match"] == etag
            status = 304 if fresh else page.status
            site.log.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", page.content_type)
            if page.validated:
                self.send_header("ETag", etag)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if fresh else str(len(page.body)))
            self.end_headers()
            if not fresh:
                self.wfile.write(page.body)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
