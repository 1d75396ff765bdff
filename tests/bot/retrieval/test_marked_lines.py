"""bot/retrieval/marked_lines.py: the lines that an article sets under each other."""

from __future__ import annotations

from bot.retrieval.candidates import passage_of
from bot.retrieval.marked_lines import runs
from index.records import Article, Hit

RISKS = (
    "The bank of Sele sees these risks this year:\n- a new tariff on the timber that Norwick buys,\n- a dry summer in the hills,\n"
    "- the election in the autumn.\nThe governor spoke for an hour on Monday.\n"
)
ASKED = "1. Was the pier built too late for the storm?\nNobody has said so.\n2. Did the harbour office know of it?\nIt did.\n"


def _hit(text: str) -> Hit:
    article = Article(id="a", text=text, title="A report", lang="en")
    return Hit(passage=passage_of(article), score=1.0)


def _lines(text: str) -> list[list[str]]:
    return [[line.text.strip() for line in run.lines] for run in runs(_hit(text))]


def test_lines_behind_a_dash_are_a_list_and_what_announces_it_is_known() -> None:
    (run,) = runs(_hit(RISKS))
    assert [line.text.strip()[:11] for line in run.lines] == ["a new tarif", "a dry summe", "the electio"]
    assert run.announced_at == 0
    assert all(RISKS[line.start : line.end] == line.text for line in run.lines)


def test_numbers_that_go_up_are_a_list_though_other_lines_stand_between() -> None:
    third = "3. Is anybody to pay for the damage?\n"
    assert [len(lines) for lines in _lines(ASKED + third)] == [3]
    assert _lines(ASKED + third.replace("3.", "7.")) == []


def test_two_lines_are_a_list_only_where_they_are_announced() -> None:
    two = "- a new tariff on timber,\n- a dry summer in the hills.\n"
    assert _lines(two) == []
    assert [len(lines) for lines in _lines("The bank sees these risks:\n" + two)] == [2]


def test_what_is_announced_anew_is_another_list() -> None:
    better = "It would help the bank, it said, if this came true:\n- a wet spring in the hills,\n- a treaty with Norwick.\n"
    assert [len(lines) for lines in _lines(RISKS + better)] == [3, 2]


def test_dialogue_is_no_list() -> None:
    assert _lines("— Where is the ship now?\n— It has left the port.\n— Then we are late again.\n") == []
