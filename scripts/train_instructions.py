"""Fit bot/retrieval/instruction_weights.json: python scripts/train_instructions.py [--write] [--cost .5] [--threshold -.2]

Rows, all of our own writing: `scripts/instructions.tsv` (instructions to machines and news that has their words), the attacks
and the examples of the tests, and as ordinary text our articles, documentation, docstrings and the rows of other tests. A ridge
logistic regression (`logistic.py`). Prints what is found of rows whose language was left out; takes two minutes.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from logistic import regression  # noqa: E402

from bot.retrieval.instruction_classifier import features, kinds_of, suspicious  # noqa: E402
from bot.retrieval.packed import packed  # noqa: E402
from bot.retrieval.prompt_injection import rows as patterns  # noqa: E402
from index.embedding.e5 import E5, load  # noqa: E402
from index.text.sentences import sentences  # noqa: E402
from tests.support.attacks import ATTACKS  # noqa: E402

Floats = NDArray[np.float64]
FILE = ROOT / "bot/retrieval/instruction_weights.json"
ROWS = ROOT / "scripts/instructions.tsv"
ORDINARY = 1500  # ordinary sentences without the words that make a suspect
WEIGHT = {"instruction": 1.0, "news": 2.0, "ordinary": 0.5}
ABOUT = (
    "Whether a sentence gives a machine instructions: logistic regression over multilingual-e5-small's vector and ten marks "
    "of words (instruction_words.toml). Fitted on our own rows only, in twelve languages: see scripts/train_instructions.py. "
    "Only asked of sentences with words of some kinds together. Mistakes to expect: technical documentation that speaks to its "
    "reader, interviews about software; instructions that name no machine and no answer. What it says costs an article its "
    "standing and is shown as a note, never as a fact."
)

Row = tuple[str, str, str]  # kind, language, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cost", type=float, default=0.5, help="inverse strength of the ridge")
    parser.add_argument("--threshold", type=float, default=-0.2, help="log-odds from which a sentence may be one")
    args = parser.parse_args()
    rows = list(dict.fromkeys([*own_rows(), *examples(), *ordinary()]))
    x = matrix(rows, load())
    report(rows, x, args.cost, args.threshold)
    w, bias = fitted(rows, x, args.cost)
    size = E5.dimension
    made = {
        "about": ABOUT,
        "rows": {kind: sum(row[0] == kind for row in rows) for kind in WEIGHT},
        "model": E5.name,
        "threshold": args.threshold,
        "bias": round(bias, 4),
        "vector": packed(w[:size]),
        "kinds": packed(w[size:]),
    }
    if args.write:
        FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def own_rows() -> Iterator[Row]:
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        kind, lang, text = line.split("\t")
        yield kind, lang, text


def examples() -> Iterator[Row]:
    """What the tests and the patterns have."""
    for attack in ATTACKS:
        if attack.text and attack.text[0] not in "\n<!" and len(attack.text) < 300:
            yield "instruction", attack.lang, attack.text
    for pattern in patterns():
        if pattern.counter:
            yield "news", pattern.lang, pattern.counter


def ordinary() -> list[Row]:
    """Our own text of other kinds: all that has the words of a suspect, and some of the rest."""
    found = list(dict.fromkeys(_ordinary()))
    near = [row for row in found if suspicious(kinds_of(row[2], row[1]))]
    rest = [row for row in found if not suspicious(kinds_of(row[2], row[1]))]
    random.Random(3).shuffle(rest)
    return near + rest[:ORDINARY]


def _ordinary() -> Iterator[Row]:
    for name in ("tests/data/desk/articles.jsonl", "scripts/samples/articles.jsonl"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            lang = row.get("lang", "en")
            yield from (("ordinary", lang, row["text"][a:b]) for a, b in sentences(row["text"], lang))
    for path in [
        *sorted(ROOT.glob("docs/*.md")),
        *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")),
    ]:
        for part in re.split(r"\n\s*\n|\n- |\n\|", re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)):
            yield from _parts(part)
    for path in sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("index/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and "inject" not in path.name:
                yield from _parts((ast.get_docstring(node) or "").partition(">>>")[0])
    for path in sorted(ROOT.glob("tests/bot/verification/data/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts = [text for value in row.values() for text in (value if isinstance(value, list) else [value])]
            yield from (("ordinary", row.get("lang", "en"), t) for t in texts if isinstance(t, str) and 40 < len(t) < 400)


def _parts(text: str) -> Iterator[Row]:
    text = " ".join(text.split())
    yield from (("ordinary", "en", part) for part in re.split(r"(?<=[.:;?!])\s+(?=[A-Z`])", text) if 40 < len(part) < 400)


def matrix(rows: list[Row], model: E5) -> Floats:
    """(rows, 384 + features)"""
    vectors = model.embed_documents([" ".join(text.split()) for _, _, text in rows]).astype(float)
    return np.hstack([vectors, np.array([features(kinds_of(text, lang)) for _, lang, text in rows])])


def fitted(rows: list[Row], x: Floats, cost: float) -> tuple[Floats, float]:
    """Weights and bias."""
    y = np.array([row[0] == "instruction" for row in rows])
    weight = np.array([WEIGHT[row[0]] for row in rows])
    return regression(x, y, weight / weight.mean(), 1 / cost, deviation=0.1)  # the cosines of any two texts: .7 to 1


def report(rows: list[Row], x: Floats, cost: float, threshold: float) -> None:
    langs = np.array([row[1] for row in rows])
    score = np.zeros(len(rows))
    for lang in sorted({row[1] for row in rows if row[0] != "ordinary"}):
        out = langs == lang
        w, bias = fitted([row for row, held in zip(rows, out, strict=True) if not held], x[~out], cost)
        score[out] = x[out] @ w + bias
    asked = np.array([suspicious(kinds_of(text, lang)) for _, lang, text in rows])
    for kind in WEIGHT:
        of = np.array([row[0] == kind for row in rows])
        print(f"{kind:12} {of.sum():5} rows, suspects {asked[of].mean():.2f}, language left out:", end="")
        for at in (threshold - 1, threshold - 0.5, threshold, threshold + 0.5, threshold + 1):
            print(f"  >{at:.1f} {(asked & (score > at))[of].mean():.3f}", end="")
        print()


if __name__ == "__main__":
    main()
