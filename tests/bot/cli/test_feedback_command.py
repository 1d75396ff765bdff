"""`dragoman feedback`: what people thought, with what it was about, in a form that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from bot.state.opening import open_state
from bot.state.records import ConversationPlace, Kept
from tests.support.library import Run


def test_feedback_is_listed_with_question_answer_and_why(tmp_path: Path, dragoman: Run) -> None:
    assert dragoman("feedback", "--library", tmp_path).stdout.strip() == "No feedback yet."
    state = open_state(tmp_path)
    place = ConversationPlace("T", "C", "1.0")
    state.conversations.keep(Kept("a1", place, "=cmd()", "On 3 June.", None, (), ()))
    state.conversations.rate("a1", "U0ANN", -1, "wrong")
    state.conversations.prune(9e12)  # the answer is forgotten, what was thought of it is not
    state.close()
    (row,) = json.loads(dragoman("feedback", "--library", tmp_path, "--json").stdout)["feedback"]
    assert (row["value"], row["reason"], row["question"], row["reply"]) == (-1, "wrong", "=cmd()", "On 3 June.")
    (cells,) = csv.DictReader(io.StringIO(dragoman("feedback", "--library", tmp_path, "--csv").stdout))
    assert (cells["question"], cells["value"]) == ("'=cmd()", "-1")
    assert "bad, wrong" in dragoman("feedback", "--library", tmp_path, "--since", "7d").stdout
    assert "No feedback" in dragoman("feedback", "--library", tmp_path, "--since", "2200").stdout
