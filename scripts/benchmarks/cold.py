"""A cold start: how long a person waits for one command in a new process.

`ask` over 1,000 passages against a bare script that imports chromadb, opens the same folder, loads the model and makes one
query; `--help` against `python -c pass`. CPU seconds (user + system) of whole processes, A B A B …: the median of the ratios.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 7
BYTECODE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as where it is installed
WORDS = """harbour minister treaty grain river bridge council vote energy border strike wages festival museum orchard railway
storm insurance hospital school budget tariff fishery satellite election village airport drought market court""".split()

BARE = """
import sys, chromadb
from chromadb.config import Settings
from index.embedding.e5 import load
client = chromadb.PersistentClient(sys.argv[1] + "/chroma", settings=Settings(anonymized_telemetry=False))
passages = client.get_collection("passages", embedding_function=None)
print(passages.query(query_embeddings=[load().embed_query("What did the council say about the bridge?")], n_results=10)["ids"])
"""


def main() -> list[tuple[str, float, float | None]]:
    """Rows: figure, ratio, ceiling."""
    with tempfile.TemporaryDirectory() as name:
        library = Path(name) / "library"
        _fill(library)
        ask = [sys.executable, "-m", "bot.cli", "--library", str(library), "ask", "What did the council say about the bridge?"]
        bare = [sys.executable, "-c", BARE, str(library)]
        cold = _ratio(ask, bare)
        help = _ratio([sys.executable, "-m", "bot.cli", "--help"], [sys.executable, "-c", "pass"])
    return [("cold ask / bare chromadb script, 1,000 passages", cold, 1.3), ("--help / python -c pass", help, 3.0)]


def _fill(library: Path) -> None:
    from index import Article, Index

    rng = random.Random(7)

    def story(i: int) -> str:
        return (
            " ".join(f"{' '.join(rng.choices(WORDS, k=11)).capitalize()}." for _ in range(8))
            + f" The council meets on day {i}."
        )

    with Index(library) as index:
        index.add(Article(id=f"made-up-{i}", title=f"Story {i}", text=story(i), lang="en") for i in range(1000))
        assert index.stats().passages >= 1000


def _ratio(one: list[str], two: list[str]) -> float:
    """Median of the pairwise ratios of CPU time; the first pair only warms the disk cache and writes the bytecode."""
    pairs = [(_cpu(one), _cpu(two)) for _ in range(RUNS + 1)][1:]
    return round(statistics.median(a / b for a, b in pairs), 2)


def _cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=BYTECODE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 3):  # 3: no evidence, which is an answer too
        raise SystemExit(process.stderr.decode())
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
