"""125 pairs of sentences of two reports, made up in seven languages: which contradict or overtake one another, and which do not.

`pairs_1` was in use when the rules were made; `pairs_2`
was written after most of them: .67 of its notes were right in its first run.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.answers.writer import likeness
from bot.questions.question import read
from bot.retrieval.candidates import Candidate, sentences_of
from bot.retrieval.later_outcome import done_after_all
from bot.verification.disagreements import compare
from index.embedding.e5 import E5
from index.records import Hit, Passage, Period

pytestmark = pytest.mark.model

DAY = 86_400
FIRST = Period.parse("2026-05-05").start
PAIRS = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "difference_pairs.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("name", "precision", "recall"), [("pairs_1", 0.95, 0.75), ("pairs_2", 0.75, 0.75)])
def test_notes_on_differences_are_right_and_most_are_made(model: E5, name: str, precision: float, recall: float) -> None:
    like = likeness(model.embed_documents)

    def differ(row: dict[str, Any]) -> bool:
        older, newer = _report(row, "older", 0), _report(row, "newer", row["days"])
        deeds = done_after_all(read("What was said?", lang="en"), [older], [Hit(passage=newer.passage, score=1.0)])
        return compare(older, newer, like) is not None or bool(list(deeds))

    told = Counter((row["differ"], differ(row)) for row in PAIRS if row["set"] == name)
    assert told[True, True] >= precision * (told[True, True] + told[False, True]), told
    assert told[True, True] >= recall * (told[True, True] + told[True, False]), told


def _report(row: dict[str, Any], side: str, days: int) -> Candidate:
    text, start = row[side], FIRST + days * DAY
    passage = Passage(
        id=text, article_id=text, version=1, start=0, end=len(text), text=text, lang=row[f"{side}_lang"],
        published=Period(start, start + DAY),
    )  # fmt: skip
    [sentence] = sentences_of(passage, 0)
    return sentence
