"""The two articles the product was asked for, and the fifteen questions about them, through the real pipeline.

What is measured, and by whom: `score.py` of the shared folder, as strangers measure us. The whole table is scripts/eval.py's.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot import Bot
from bot.rendering.json_rows import run_row
from index import Index, read

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def score(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def asked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[Any], list[Any]]:
    """(questions, answers as rows of a run, the corpus)"""
    seeds = shared / "data" / "seeds"
    files = sorted(str(path) for path in seeds.glob("*.txt"))
    questions = [json.loads(line) for line in (seeds / "golden.jsonl").read_text("utf-8").splitlines()]
    with Index(tmp_path_factory.mktemp("golden")) as index:
        assert index.add(read(files)).failed == []
        bot = Bot(index)
        rows = [run_row(q["id"], bot.ask(q["question"])) for q in questions]
        corpus = [{"id": article.id, "text": article.text} for article in index.articles()]
    return questions, rows, corpus


def test_the_stored_text_is_the_files_text(shared: Path, asked: tuple[list[Any], list[Any], list[Any]]) -> None:
    assert {d["id"]: d["text"] for d in asked[2]} == {
        path.name: path.read_bytes().decode("utf-8") for path in (shared / "data" / "seeds").glob("*.txt")
    }


def test_everything_shown_is_cited_and_verbatim(score: ModuleType, asked: tuple[list[Any], list[Any], list[Any]]) -> None:
    measured = score.score(*asked)
    assert [measured[name] for name in ("cited", "citation_verbatim", "answer_quotes_verbatim")] == [1.0, 1.0, 1.0]
    assert measured["quoted_chars"] <= 900
    assert all(sum(len(c["quote"]) for c in row["citations"]) <= 1200 for row in asked[1])
    assert measured["forbidden"] == 0.0


def test_the_answers_are_found_and_what_is_not_there_is_refused(
    score: ModuleType, asked: tuple[list[Any], list[Any], list[Any]]
) -> None:
    by_id = {row["id"]: row for row in asked[1]}
    answerable = [q for q in asked[0] if not score.unanswerable(q)]

    def found(question: Any) -> bool:
        cited = by_id[question["id"]]["citations"]
        hits = [
            any(c["doc_id"] == s["doc_id"] and score.covered(s["text"], c["quote"]) >= 0.8 for c in cited)
            for s in question["gold_spans"]
        ]
        return any(hits) if question["span_policy"] == "any" else all(hits)

    # Of 12; two are asked in English of a Spanish report, which the reader tells worse than near misses (docs/evaluation.md).
    assert sum(map(found, answerable)) >= 10, [q["id"] for q in answerable if not found(q)]
    assert all(by_id[q["id"]]["abstained"] for q in asked[0] if score.unanswerable(q))
