"""How well pages become articles: token F1 over 181 real pages, by that set's own scorer, beside the extraction library alone.

Rows: set, measure, value, floor (None: reported, not required). Pages: scrapinghub/article-extraction-benchmark.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from index.errors import SourceError
from index.ingest.formats.feed import feed
from index.ingest.formats.html import html

Row = tuple[str, str, float, float | None]


def run(shared: Path | None, sample: bool) -> list[Row]:
    """`sample`: every fourth page, for a quick look; floors hold for all pages only."""
    if shared is None:
        return []
    folder = shared / "data" / "html_article_extraction"
    truth: dict[str, dict[str, str]] = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    names = sorted(truth)[:: 4 if sample else 1]
    ours: list[tuple[float, float, float]] = []
    alone: list[tuple[float, float, float]] = []
    dated = 0
    for name in names:
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        url, wanted = truth[name].get("url", ""), truth[name]["articleBody"]
        try:
            found = html(page, url)
            text, dated = found.text, dated + (found.published is not None)
        except SourceError:
            text = ""
        ours.append(overlap(wanted, text))
        alone.append(overlap(wanted, library_alone(page, url)))
    f1, precision, recall = scores(ours)
    floor = None if sample else scores(alone)[0]
    return [
        ("html_article_extraction", "F1", f1, None if sample else 0.960),
        ("html_article_extraction", "F1 less the library's own", f1 - scores(alone)[0], None if floor is None else 0.0),
        ("html_article_extraction", "precision", precision, None),
        ("html_article_extraction", "recall", recall, None),
        ("html_article_extraction", "pages dated", dated / len(names), None),
        *_feeds(shared, sample),
    ]


def library_alone(page: bytes, url: str) -> str:
    """What trafilatura gives in the same mode, with no line of ours."""
    import trafilatura

    return trafilatura.extract(page, url=url or None, favor_precision=True, include_comments=False) or ""


def overlap(wanted: str, found: str) -> tuple[float, float, float]:
    """True positives, false positives, false negatives among runs of four words, as shares: the benchmark's own measure."""
    true, ours = _runs(wanted), _runs(found)
    counts = (sum((true & ours).values()), sum((ours - true).values()), sum((true - ours).values()))
    total = sum(counts) or 1
    return counts[0] / total, counts[1] / total, counts[2] / total


def scores(pages: Iterable[tuple[float, float, float]]) -> tuple[float, float, float]:
    """F1, precision, recall: means over the pages on which they are defined, as the benchmark takes them."""
    pages = list(pages)
    precision = statistics.mean(
        1.0 if not wrong and not missed else right / (right + wrong) if right or wrong else 0.0
        for right, wrong, missed in pages
        if right + wrong > 0
    )
    recall = statistics.mean(
        1.0 if not wrong and not missed else right / (right + missed) if right or missed else 0.0
        for right, wrong, missed in pages
        if right + missed > 0
    )
    return 2 * precision * recall / (precision + recall), precision, recall


def _runs(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    import re

    words = re.findall(r"\w+", text)
    return Counter(run for at in range(max(1, len(words) - length + 1)) if (run := tuple(words[at : at + length])))


def _feeds(shared: Path, sample: bool) -> list[Row]:
    """Every feed file of feedparser's own tests and of four real outlets: an answer or one clear error, nothing else."""
    import tarfile

    entries = unread = files = 0
    for archive in sorted((shared / "data" / "feeds_warc").glob("*feed*.tar.xz")):
        with tarfile.open(archive) as members:
            for number, member in enumerate(members):
                content = members.extractfile(member) if member.isfile() else None
                if content is None or not member.name.endswith((".xml", ".rss", ".json")) or (sample and number % 20):
                    continue
                files += 1
                try:
                    entries += len(feed(content.read(), "http://127.0.0.1/feed", where=member.name))
                except SourceError:
                    unread += 1
    return [
        ("feeds", "files", float(files), None),
        ("feeds", "entries read", float(entries), None),
        ("feeds", "files refused with a clear line", float(unread), None),
    ]
