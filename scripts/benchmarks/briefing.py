"""A daily briefing over 1,000 new articles in a library of 100,000 vectors, as a share of the time it took to take them in.

The articles are made up, and embedded by the default model; a third of them are reports of 60 events, each in its own words.
CPU of the whole process. The library is the one of `search.py`, kept in the folder for temporary files.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot import Bot
from bot.records import Beat
from index import Article, Index
from index.embedding.e5 import load
from index.records import Period, Scope
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import DAYS, FIRST, fill, words
from scripts.benchmarks.ingest import articles
from scripts.benchmarks.search import ARTICLES, KEPT

NEW = 1_000
EVENTS = 60
DAY = 86_400
UNTIL = FIRST + (DAYS + 1) * DAY  # the day after the library's last
NOW = Scope(as_of=Period(UNTIL - 1, UNTIL))


def main() -> list[Figure]:
    n = ARTICLES["100k"]
    fill(KEPT / f"library-{n}", n)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        shutil.copytree(KEPT / f"library-{n}", folder)
        embeddings = load()
        embeddings.embed_documents(["warm"])
        with Index(folder, embeddings=embeddings, create=False) as index:
            index.stats()
            given = list(today())
            taken = _timed(lambda: index.add(given))
            bot = Bot(index)
            beat = Beat(name="everything", length=8)
            written = _timed(lambda: bot.brief(beat, scope=NOW, keep=False))
            topical = Beat(name="topics", length=8, topics=("harbour strike", "trade talks", "floods"))
            narrow = _timed(lambda: bot.brief(topical, scope=NOW, keep=False))
    return [
        Figure("a briefing of everything / taking 1,000 articles in, CPU", written / taken, at_most=0.2),
        Figure("a briefing on three topics / taking 1,000 articles in, CPU", narrow / taken, at_most=0.2),
        Figure("CPU seconds of the first", written),
        Figure("CPU seconds to take 1,000 articles in", taken),
    ]


def today() -> Iterator[Article]:
    """NEW articles of one day: every third is another report of one of EVENTS events, with half of its words."""
    rng = np.random.default_rng(5)
    core = {event: words(rng, ("en", "es")[event % 2], 60) for event in range(EVENTS)}
    for i, article in enumerate(articles(NEW, seed=9)):
        at = UNTIL - DAY + int(rng.integers(DAY - 60))
        text, title = article.text, article.title
        if i % 3 == 0:
            of = core[i // 3 % EVENTS]
            told = [" ".join(of[j : j + 12]).capitalize() + "." for j in rng.permutation(len(of) - 12)[:4].tolist()]
            text, title = " ".join(told) + "\n\n" + text[:1500], " ".join(of[:8]).capitalize()
        yield replace(article, id=f"today-{i}", text=text, title=title, published=Period(at, at + 60))


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before
