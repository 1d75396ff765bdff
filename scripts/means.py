"""Make index/embedding/means.npz, the language means that ship, from scripts/means_text.jsonl: python scripts/means.py

Rows with the same kind and n translate each other. A language that has only some of the texts gets the mean of all texts in the
languages that have all, plus its own mean difference over the texts that it has: the means then differ by language only.
The key "" is their mean, for every other language.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index.embedding.e5 import load  # noqa: E402

Floats = NDArray[np.float32]


def means(vectors: dict[str, dict[int, Floats]]) -> dict[str, Floats]:
    """language -> n -> vector, to language -> mean."""
    longest = max(map(len, vectors.values()))
    full = [of for of in vectors.values() if len(of) == longest]
    texts = {n: np.mean([of[n] for of in full], axis=0) for n in full[0]}
    everything = np.mean(list(texts.values()), axis=0)
    found = {lang: everything + np.mean([v - texts[n] for n, v in of.items()], axis=0) for lang, of in vectors.items()}
    return {"": np.mean(list(found.values()), axis=0), **found}


def main() -> None:
    model = load()
    rows = [json.loads(line) for line in (ROOT / "scripts/means_text.jsonl").read_text(encoding="utf-8").splitlines()]
    vectors: dict[str, dict[str, dict[int, Floats]]] = {"passage": defaultdict(dict), "question": defaultdict(dict)}
    embedded = model.embed_documents([row["text"] for row in rows])
    for row, as_passage in zip(rows, embedded, strict=True):
        vector = as_passage if row["kind"] == "passage" else model.embed_query(row["text"])
        vectors[row["kind"]][row["lang"]][row["n"]] = vector
    passages, questions = means(vectors["passage"]), means(vectors["question"])
    langs = list(passages)
    np.savez(
        ROOT / "index/embedding/means.npz",
        embedder=np.array(model.name),
        langs=np.array(langs),
        passages=np.stack([passages[lang] for lang in langs]).astype(np.float16),
        questions=np.stack([questions[lang] for lang in langs]).astype(np.float16),
    )
    print(f"{len(langs) - 1} languages from {len(rows)} texts")


if __name__ == "__main__":
    main()
