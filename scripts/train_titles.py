"""Fit bot/briefings/title_weights.json: python scripts/train_titles.py [--shared ../shared] [--write] [--ridge 80]

Rows: `scripts/titles.tsv`, of our own writing in six languages, and the titles that tests/data/briefings/labels.jsonl labels
for the half called dev (NTREX in five languages). A ridge logistic regression (`logistic.py`). Prints, for each set, how surely
titles that tell news are told from others, each tenth of what is fitted on held back; takes a minute.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from logistic import regression  # noqa: E402
from shared_sets import needed  # noqa: E402

from bot.briefings.title_classifier import TELLS  # noqa: E402
from bot.retrieval.packed import packed  # noqa: E402
from index.embedding.e5 import E5, load  # noqa: E402

FILE = ROOT / "bot/briefings/title_weights.json"
LABELS = ROOT / "tests/data/briefings/labels.jsonl"
TRANSLATED = 0.4  # weight of a title that stands there in five languages
FOLDS = 10
ABOUT = (
    "Whether a title tells news (what happened, was said, found, decided) and is no feature, interview, review, list, "
    "question, explainer, live ticker or betting tip: logistic regression over multilingual-e5-small's vector of it. Fitted "
    "on our own rows in six languages and on labelled titles of Wikinews (CC BY 2.5), the Spanish Fake News Corpus (CC BY "
    "4.0), MultiHop-RAG (ODC-BY) and NTREX (CC BY-SA 4.0), and so licensed CC BY-SA 4.0: see scripts/train_titles.py. "
    "Mistakes to expect: analyses and opinions whose title is a plain statement, news that is headed by a play on words, "
    "previews."
)

Row = tuple[str, bool, float, str]  # set, whether it tells news, weight, title


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ridge", type=float, default=80.0)
    args = parser.parse_args()
    with needed():
        rows = [*own_rows(), *labelled(args.shared)]
    x = np.array(load().embed_documents([title for *_, title in rows]), float)
    news, of = np.array([row[1] for row in rows]), np.array([row[0] for row in rows])
    fitted_on = ~np.char.startswith(of, "held")
    even = np.where(news, 0.5 / news[fitted_on].mean(), 0.5 / (1 - news[fitted_on].mean()))
    weight = even * np.array([row[2] for row in rows])
    vector, bias = regression(x[fitted_on], news[fitted_on], weight[fitted_on], args.ridge)
    score = x @ vector + bias
    fold = np.random.default_rng(1).integers(0, FOLDS, len(rows))
    for tenth in range(FOLDS):
        out, others = fitted_on & (fold == tenth), fitted_on & (fold != tenth)
        held_vector, held_bias = regression(x[others], news[others], weight[others], args.ridge)
        score[out] = x[out] @ held_vector + held_bias
    for name in np.unique(of):
        told, other = score[(of == name) & news], score[(of == name) & ~news]
        print(
            f"{name:18} {len(told):4} news, {len(other):4} others: AUC {(told[:, None] > other).mean():.3f}; "
            f"above {TELLS}: {(told > TELLS).mean():.3f} and {(other > TELLS).mean():.3f}"
        )
    made = {
        "about": ABOUT,
        "rows": {str(name): int((of == name).sum()) for name in np.unique(of[fitted_on])},
        "model": E5.name,
        "bias": round(bias, 4),
        "vector": packed(vector),
    }
    if args.write:
        FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def own_rows() -> Iterator[Row]:
    for line in (ROOT / "scripts/titles.tsv").read_text(encoding="utf-8").splitlines():
        half, kind, _, title = line.split("\t")
        yield "own" if half == "train" else "held, own", kind == "news", 1.0, title


def labelled(shared: Path) -> Iterator[Row]:
    """The labelled titles; one of NTREX in all its languages."""
    titles: dict[str, dict[str, str]] = {}
    for name in ("wikinews", "multihop_rag", "fakenews_es", "ntrex"):
        with gzip.open(shared / f"data/{name}/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                titles.setdefault(about(row["id"], name), {})[row["lang"]] = row["title"]
    for label in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        if label["set"] == "title":
            of = titles[label["article"]]
            held = "held, " if label["half"] == "held" else ""
            for title in of.values():
                yield held + label["article"].split(":")[0], label["news"], TRANSLATED if len(of) > 1 else 1.0, title


def about(id: str, corpus: str) -> str:
    """What a label calls an article: an NTREX document by its English version."""
    return f"ntrex:en:{id.rsplit(':', 1)[-1]}" if corpus == "ntrex" else id


if __name__ == "__main__":
    main()
