"""Fit bot/retrieval/question_domain.json: python scripts/train_question_domain.py [--write] [--ridge 30]

Rows, all of our own writing: `scripts/questions.tsv` (what people also type into a chat, and questions for news; by people who
saw neither the program nor one another's rows) and the questions of `scripts/reader/news.jsonl.gz`. A ridge logistic regression
(`logistic.py`). Prints how well it tells the held rows from the questions of tests/data/desk; takes a minute.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from evals.desk import OWN  # noqa: E402
from logistic import regression  # noqa: E402

from bot.retrieval.packed import packed  # noqa: E402
from bot.retrieval.question_domain import SURE  # noqa: E402
from index.embedding.e5 import E5, load  # noqa: E402

Floats = NDArray[np.float64]
FILE = ROOT / "bot/retrieval/question_domain.json"
NEWS, WEIGHT = 1500, 0.3  # questions over invented articles, and the weight of each: they are like one another
ABOUT = (
    "Whether a question is one that a reader asks of a news archive: logistic regression over multilingual-e5-small's vector "
    "of it. Fitted on our own rows only, in eleven languages: see scripts/train_question_domain.py. Mistakes to expect: trivia "
    "about celebrities and films, which may be news; questions about advice, recipes, symptoms and apps that an article gives. "
    "It takes 6 from the log-odds of an answer at most, so what an article plainly answers is answered."
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ridge", type=float, default=30.0)
    args = parser.parse_args()
    model = load()
    news = [text for half, domain, text in own_rows() if half == "train" and domain == "news"]
    other = [text for half, domain, text in own_rows() if half == "train" and domain == "other"]
    asked = random.Random(3).sample(list(dict.fromkeys(of_articles())), NEWS)
    texts = [*news, *asked, *other]
    y = np.array([True] * (len(news) + len(asked)) + [False] * len(other))
    weight = np.array([1.0] * len(news) + [WEIGHT] * len(asked) + [1.0] * len(other))
    vector, bias = regression(vectors(texts, model), y, weight, args.ridge)
    held = [text for half, _, text in own_rows() if half == "held"]
    report(vectors(held, model) @ vector + bias, vectors(list(questions_of_the_tests()), model) @ vector + bias)
    made = {
        "about": ABOUT, "rows": {"news": len(news), "news, of articles": len(asked), "other": len(other)},
        "model": E5.name, "bias": round(bias, 4), "vector": packed(vector),
    }  # fmt: skip
    if args.write:
        FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def own_rows() -> Iterator[tuple[str, str, str]]:
    """(half, domain, question)"""
    for line in (ROOT / "scripts/questions.tsv").read_text(encoding="utf-8").splitlines():
        half, domain, _, text = line.split("\t")
        yield half, domain, text


def of_articles() -> Iterator[str]:
    with gzip.open(ROOT / "scripts/reader/news.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            yield from (question["q"] for question in json.loads(row)["questions"])


def questions_of_the_tests() -> Iterator[str]:
    for name in ("rows-dev", "rows-held", "near-dev", "near-held"):
        for line in (OWN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not row["history"]:
                yield row["question"]


def vectors(texts: Sequence[str], model: E5) -> Floats:
    """(texts, 384), of unit length."""
    return np.array([one.vector for one in model.embed_tokens(texts, query=True)], float)


def report(other: Floats, news: Floats) -> None:
    above = (news[:, None] > other[None, :]).mean()
    print(f"{len(other)} held questions of other things, {len(news)} for news of the tests: AUC {above:.3f}")
    for at in (SURE - 1, SURE, SURE + 1):
        print(f"below {at:.0f}: {np.mean(other < at):.2f} and {np.mean(news < at):.3f}")


if __name__ == "__main__":
    main()
