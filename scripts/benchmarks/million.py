"""`Index.search` without the model's own time over a million vectors, against 100,000 in the same run: latency and growth.

The million is the library of `bench.py search` ten times over, with vectors of its own (`_corpus.amplify`). Made once and kept:
4 GB beside that library, and some 15 minutes of CPU, of which Chroma's graph takes 12.
"""

from __future__ import annotations

import time

from index import Index
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import Placed, amplify, fill, own, questions
from scripts.benchmarks.search import ARTICLES, ASKED, KEPT, disk, latencies

TIMES = 10


def main() -> list[Figure]:
    base = ARTICLES["100k"]
    fill(KEPT / f"library-{base}", base)
    before = time.process_time()
    amplify(KEPT / f"library-{TIMES * base}", KEPT / f"library-{base}", TIMES)
    figures = [Figure("1M: minutes of CPU to make it (0: it was there)", (time.process_time() - before) / 60)]
    asked, times = list(questions(ASKED)), []
    for size, n, lexical in (("100k", base, 10.0), ("1M", TIMES * base, 40.0)):
        folder, placed, empty = KEPT / f"library-{n}", Placed(), own()
        with Index(folder, embeddings=placed, create=False) as index:
            plain, told = latencies(size, index, placed, asked, lexical=lexical)
            figures += [*told, Figure(f"{size}: memory with the library open, MB", (own() - empty) / 1e6)]
        figures.append(Figure(f"{size}: disk, MB", disk(folder) / 1e6))
        times.append(plain)
    figures.append(Figure("search over 1M / over 100k, p95", times[1] / times[0], at_most=2))
    return figures
