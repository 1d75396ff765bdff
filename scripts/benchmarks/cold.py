"""A cold start: how long a person waits for one command in a new process.

`ask` over 1,000 passages against a bare script that imports chromadb, opens the same folder, loads the model and makes one
query; `--help` against `python -c pass`. CPU seconds (user + system) of whole processes, A B A B …: the median of the ratios.
The chat is measured in a pseudo-terminal, where its prompt is first seen.
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

import pexpect

RUNS = 7
BYTECODE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as where it is installed
WORDS = """harbour minister treaty grain river bridge council vote energy border strike wages festival museum orchard railway
storm insurance hospital school budget tariff fishery satellite election village airport drought market court""".split()

QUESTION = "What did the council say about the bridge?"
COUNT_PATTERNS = """
import sys
import re._compiler as compiler
count, compiled = 0, compiler.compile
def counting(pattern, flags=0):
    global count
    count += 1
    return compiled(pattern, flags)
compiler.compile = counting
from bot.cli.main import main
main(["ask", "--library", *sys.argv[1:]])
print(count)
"""
BARE = """
import sys, chromadb
from chromadb.config import Settings
from index.embedding.e5 import load
client = chromadb.PersistentClient(sys.argv[1] + "/chroma", settings=Settings(anonymized_telemetry=False))
passages = client.get_collection("passages", embedding_function=None)
print(passages.query(query_embeddings=[load().embed_query("What did the council say about the bridge?")], n_results=10)["ids"])
"""


def main() -> list[tuple[str, float, float | None]]:
    """Rows: figure, value, ceiling."""
    with tempfile.TemporaryDirectory() as name:
        library = Path(name) / "library"
        _fill(library)
        ask = [sys.executable, "-m", "bot.cli", "--library", str(library), "ask", QUESTION]
        bare = [sys.executable, "-c", BARE, str(library)]
        cold = _ratio(ask, bare)
        seconds = statistics.median(_cpu(ask) for _ in range(RUNS))
        prompt = statistics.median(_until_prompt(library) for _ in range(RUNS))
        help = _ratio([sys.executable, "-m", "bot.cli", "--help"], [sys.executable, "-c", "pass"])
        patterns = _patterns(library)
    return [
        ("cold ask / bare chromadb script, 1,000 passages", cold, 1.3),
        ("cold ask, CPU seconds", round(seconds, 3), None),
        ("patterns compiled by a cold ask", patterns, 120),
        ("chat, CPU seconds until its prompt is seen", prompt, 0.4),
        ("--help / python -c pass", help, 3.0),
    ]


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


def _until_prompt(library: Path) -> float:
    """CPU seconds of `dragoman chat` when its prompt is on the screen; its loading may have begun."""
    command = ["-m", "bot.cli", "chat", "--library", str(library)]
    chat = pexpect.spawn(sys.executable, command, env=BYTECODE, encoding="utf-8", timeout=60)  # type: ignore[arg-type]
    chat.expect("dragoman>")
    spent = Path(f"/proc/{chat.pid}/stat").read_text().rpartition(")")[2].split()
    chat.send("/quit\r")
    chat.expect(pexpect.EOF)
    chat.close()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _patterns(library: Path) -> int:
    """Regular expressions that Python compiles in one cold `ask`, those of libraries too."""
    command = [sys.executable, "-c", COUNT_PATTERNS, str(library), QUESTION]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


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
