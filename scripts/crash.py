#!/usr/bin/env python3
"""Kill an ingesting process at random moments, run it once more, and compare the library with one that nobody disturbed.

    python scripts/crash.py --kills 10 [--seed 1] [--model hash|default] [--mixed]

Every round makes a library in two runs: a first input, and a second one that changes a third of its articles and adds as
many. Each run is killed (SIGKILL) at random moments until it comes through by itself. `--model hash` replaces the embedding
model with a hash of the text, so that most of the time goes into writing and more kills hit a write; `default` is the product
as it is. `--mixed` takes the articles from files (JSONL, text, HTML), a sitemap's pages and a watched feed, served on loopback.
Exits 1 if any library differs.
"""

from __future__ import annotations

import argparse
import http.server
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index import Index

ARTICLES = 240
WORDS = """harbour minister treaty grain river bridge council vote energy border strike wages festival museum orchard
railway storm insurance hospital school budget tariff fishery satellite election village airport drought market court""".split()


class HashEmbeddings:
    """A stand-in for an embedding model: a vector that depends on the text alone and costs nothing."""

    name = "hash-64"

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 64), deterministic."""
        import hashlib

        import numpy as np

        digests = b"".join(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=64).digest() for text in texts)
        return np.frombuffer(digests, np.uint8).reshape(len(texts), 64).astype(np.float32) - 127.5

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(64,)"""
        vector: NDArray[np.float32] = self.embed_documents([text])[0]
        return vector


def differences(one: Path, two: Path) -> list[str]:
    """How two libraries differ: articles, versions, passages, ids, offsets, statements, vectors (cosine .999), Chroma's ids."""
    import numpy as np

    from index import Index

    found: list[str] = []
    with Index(one, create=False) as a, Index(two, create=False) as b:
        for name, of in (("articles", _articles), ("passages", _passages), ("statements", _statements)):
            left, right = of(a), of(b)
            if left != right:
                alone, other = (
                    left.keys() ^ right.keys(),
                    [key for key in left.keys() & right.keys() if left[key] != right[key]],
                )
                sizes = f"of {len(left)} and {len(right)}"
                found.append(f"{name} differ: {len(alone)} only in one, {len(other)} not the same, {sizes}")
        for name, index in (("first", a), ("second", b)):
            health = index.doctor()
            found += [f"{name}: {problem}" for problem in (*health.problems, *health.done)]
            if health.vectors != health.passages:
                found.append(f"{name}: {health.vectors} vectors in Chroma for {health.passages} passages")
        left, right = _vectors(a), _vectors(b)
        far = [id for id in left.keys() & right.keys() if float(np.dot(left[id], right[id])) < 0.999]
        if far:
            found.append(f"{len(far)} vectors differ")
    return found


def _articles(index: Index) -> dict[str, object]:
    rows: dict[str, object] = {}
    for article in index.articles():
        for version in range(1, article.version + 1):
            rows[f"{article.id}@{version}"] = index.article(article.id, version)
    return rows


def _passages(index: Index) -> dict[str, object]:
    return {id: (start, end) for id, _, start, end in index.storage.reader.all_passages()}


def _statements(index: Index) -> dict[str, object]:
    from index import Filter, Scope
    from index.storage.records import StatementQuery

    ids = [article.id for article in index.articles()]
    said = {id: index.storage.statements(StatementQuery(), Scope(filter=Filter(ids=frozenset({id})))) for id in ids}
    return {id: sorted(str(row.statement) for row in rows) for id, rows in said.items() if rows}


def _vectors(index: Index) -> dict[str, NDArray[np.float32]]:
    import numpy as np

    rows = index.storage.reader.rows_of([id for id, *_ in index.storage.reader.all_passages()])
    numbers, _, matrix = index.storage.reader.vectors(list(rows.values()))
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    by_row = dict(zip(numbers.tolist(), matrix, strict=True))
    return {id: by_row[row] for id, row in rows.items()}


Edition = dict[int, tuple[str, list[str]]]  # number -> (title, paragraphs)


def editions(articles: int, seed: int) -> tuple[Edition, Edition]:
    """Made-up articles: the second edition changes a third of the first and adds as many."""
    rng = random.Random(seed)

    def article(i: int, version: int) -> tuple[str, list[str]]:
        sentences = [f"{' '.join(rng.choices(WORDS, k=12)).capitalize()}." for _ in range(rng.randint(4, 30))]
        sentences += [
            f"“{sentence[:-1]},” {who} Marlow said." for who, sentence in zip(("Ann", "Ben"), sentences, strict=False)
        ]
        return f"Story {i}, edition {version}", [" ".join(sentences[n : n + 5]) for n in range(0, len(sentences), 5)]

    first = {i: article(i, 1) for i in range(articles)}
    changed = {i: article(i, 2) for i in range(0, articles, 3)}
    return first, first | changed | {i: article(i, 1) for i in range(articles, articles + articles // 3)}


def write(edition: Edition, folder: Path, *, mixed: bool) -> None:
    """As files: JSONL rows; `mixed`: every third article as text or HTML."""
    folder.mkdir()
    rows = []
    for i, (title, paragraphs) in edition.items():
        if mixed and i % 6 == 1:
            (folder / f"{i}.txt").write_text("\n\n".join([title, *paragraphs]), "utf-8")
        elif mixed and i % 6 == 2:
            (folder / f"{i}.html").write_bytes(page(title, paragraphs))
        else:
            rows.append(json.dumps({"id": f"made-up-{i}", "title": title, "text": "\n\n".join(paragraphs), "lang": "en"}))
    (folder / "rows.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


def page(title: str, paragraphs: Sequence[str]) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><html lang='en'><title>{title}</title><article><h1>{title}</h1>{text}</article></html>".encode()


class Site(http.server.BaseHTTPRequestHandler):
    """/feed.xml leads to the even articles of `edition`, /map.xml to the odd ones."""

    edition: ClassVar[Edition] = {}

    def do_GET(self) -> None:
        name = self.path.strip("/").removesuffix(".html")
        if self.path in ("/feed.xml", "/map.xml"):
            about = [(i, title) for i, (title, _) in self.edition.items() if i % 2 == (self.path == "/map.xml")]
            items = "".join(f"<item><link>/{i}.html</link><title>{title}</title></item>" for i, title in about)
            links = "".join(f"<url><loc>/{i}.html</loc></url>" for i, _ in about)
            feed = f"<rss version='2.0'><channel><title>Made up</title>{items}</channel></rss>"
            body, kind = (
                (feed if items and self.path == "/feed.xml" else f"<urlset>{links}</urlset>").encode(),
                "application/xml",
            )
        elif name.isdecimal() and int(name) in self.edition:
            body, kind = page(*self.edition[int(name)]), "text/html; charset=utf-8"
        else:
            body, kind = b"", ""
        etag = f'"{zlib.crc32(body)}"'
        self.send_response(404 if not body else 304 if self.headers["If-None-Match"] == etag else 200)
        for header in (("Content-Type", kind), ("ETag", etag), ("Content-Length", str(len(body)))):
            self.send_header(*header)
        self.end_headers()
        if self.headers["If-None-Match"] != etag:
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def serve() -> str:
    """Start the site; returns its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def ingest(library: Path, source: Path, model: str, site: str = "") -> list[str]:
    """The command of one ingesting process."""
    return [sys.executable, __file__, "--child", str(library), str(source), "--model", model, "--site", site]


def child(library: Path, source: Path, model: str, site: str) -> None:
    """What runs in the process that is killed."""
    from index import Index
    from index.ingest.feeds.feed_list import Feed
    from index.ingest.feeds.watcher import Watch
    from index.ingest.sources import read

    with Index(library, embeddings=HashEmbeddings() if model == "hash" else None) as index:
        paths = [str(source), f"{site}/map.xml"] if site else [str(source)]
        failed = index.add(read(paths, allow_hosts=["127.0.0.1"])).failed
        if site:
            with Watch(index, [Feed(f"{site}/feed.xml")], allow_hosts=["127.0.0.1"]) as watch:
                watch.round(on_feed=lambda told: failed.extend([*told.report.failed, *filter(None, [told.error])]))
        if failed:
            sys.exit("\n".join(failed))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--model", choices=("hash", "default"), default="hash")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--mixed", action="store_true", help="files, pages and a feed instead of one file")
    parser.add_argument("--site", default="", help=argparse.SUPPRESS)
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    if args.child:
        child(*args.child, args.model, args.site)
        return 0

    print(f"seed {args.seed}, {args.articles} articles, embeddings: {args.model}{', mixed' * args.mixed}")
    rng, kills, wrong, rounds = random.Random(args.seed), 0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        inputs = list(zip((work / "first", work / "second"), editions(args.articles, args.seed), strict=True))
        site = serve() if args.mixed else ""
        took = []
        for source, edition in inputs:
            write(edition, source, mixed=args.mixed)
            Site.edition = edition
            began = time.perf_counter()
            subprocess.run(ingest(work / "calm", source, args.model, site), check=True)
            took.append(time.perf_counter() - began)
        while kills < args.kills:
            library = work / f"killed-{rounds}"
            for (source, edition), seconds in zip(inputs, took, strict=True):
                Site.edition = edition
                while kills < args.kills:
                    process = subprocess.Popen(ingest(library, source, args.model, site))
                    try:
                        process.wait(rng.uniform(0.1, 1.0) * seconds)
                        break  # it came through
                    except subprocess.TimeoutExpired:
                        process.kill()
                        process.wait()
                        kills += 1
                subprocess.run(ingest(library, source, args.model, site), check=True)
            found = differences(work / "calm", library)
            wrong += bool(found)
            rounds += 1
            print(f"library {rounds}, {kills} kills so far: {'; '.join(found) or 'equal'}", flush=True)
    print(f"{kills} kills, {rounds} libraries, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
