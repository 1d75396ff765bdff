"""Fit bot/retrieval/talk_weights.json: python scripts/train_talk.py [--write] [--ridge 40]

Rows, all of our own writing: `scripts/talk.tsv` (talk by its kind, and questions that look like it), `scripts/questions.tsv`
and the questions of `scripts/reader/news.jsonl.gz`. Ridge logistic regressions (`logistic.py`): talk against all else, and each
kind against other talk. Prints how each tenth of the rows is told when it is held back, and what the tests' questions for news
are taken for; takes two minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from logistic import regression  # noqa: E402
from train_question_domain import NEWS, of_articles, own_rows, questions_of_the_tests, vectors  # noqa: E402

from bot.questions.small_talk import ORDER  # noqa: E402
from bot.retrieval.packed import packed  # noqa: E402
from bot.retrieval.talk_classifier import LIKELY, SURE  # noqa: E402
from index.embedding.e5 import E5, load  # noqa: E402

Floats = NDArray[np.float64]
FILE = ROOT / "bot/retrieval/talk_weights.json"
FOLDS = 10
WEIGHT = {"talk": 1.0, "question": 2.0, "news": 1.0, "other": 0.5, "of articles": 0.3}  # of a row, by where it is from
ABOUT = (
    "Whether a message to a newsroom's bot is talk (a greeting, thanks, a question about the bot, something between "
    "colleagues, a mood) and no question for news, and which kind: logistic regressions over multilingual-e5-small's vector "
    "of it. Fitted on our own rows only, in twelve languages: see scripts/train_talk.py. Mistakes to expect: questions to "
    "colleagues that could be about the news (“did legal approve it?”), titles that begin with a greeting, a single word."
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ridge", type=float, default=40.0)
    args = parser.parse_args()
    rows = list(dict.fromkeys(read_rows()))
    kinds = np.array([kind for kind, _ in rows])
    model = load()
    x = vectors([text for _, text in rows], model)
    source = np.array(["talk" if kind in ORDER else kind for kind in kinds])
    weight = np.array([WEIGHT[one] for one in source])
    is_talk = source == "talk"
    fitted = {"talk": regression(x, is_talk, weight, args.ridge)}
    fitted |= {kind: regression(x[is_talk], kinds[is_talk] == kind, weight[is_talk], args.ridge) for kind in ORDER}
    vector, bias = fitted["talk"]
    report(x, source, weight, args.ridge, vectors(list(questions_of_the_tests()), model) @ vector + bias)
    made = {
        "about": ABOUT,
        "rows": {one: int((source == one).sum()) for one in WEIGHT},
        "model": E5.name,
        "biases": {name: round(bias, 4) for name, (_, bias) in fitted.items()},
        "vectors": {name: packed(vector) for name, (vector, _) in fitted.items()},
    }
    if args.write:
        FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def read_rows() -> list[tuple[str, str]]:
    """(kind of talk, or where a question is from; text); talk that also stands among other questions counts as talk."""
    own = [line.split("\t") for line in (ROOT / "scripts/talk.tsv").read_text(encoding="utf-8").splitlines()]
    said = {text for kind, _, text in own if kind in ORDER}
    questions = [(domain, text) for half, domain, text in own_rows() if half == "train" and text not in said]
    asked = random.Random(3).sample(list(dict.fromkeys(of_articles())), NEWS)
    return [*((kind, text) for kind, _, text in own), *questions, *(("of articles", text) for text in asked)]


def report(x: Floats, source: NDArray[np.str_], weight: Floats, ridge: float, tests: Floats) -> None:
    fold, score = np.random.default_rng(1).integers(0, FOLDS, len(x)), np.zeros(len(x))
    for held in range(FOLDS):
        others = fold != held
        vector, bias = regression(x[others], source[others] == "talk", weight[others], ridge)
        score[~others] = x[~others] @ vector + bias
    for name, of in [*((one, score[source == one]) for one in WEIGHT), ("questions of the tests", tests)]:
        shares = "  ".join(f">{at:.1f} {np.mean(of > at):.3f}" for at in (LIKELY, SURE / 2, SURE, SURE * 2))
        print(f"{name:22} {len(of):5}  {shares}")


if __name__ == "__main__":
    main()
