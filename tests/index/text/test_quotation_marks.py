"""index/text/quotation_marks.py: nothing looks quoted that is not in the article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.quotation_marks import balanced, plain, quotations, shown, unquoted

# A reader's view of an answer: our own restatement of how quotations are recognised and compared by others.
CURLY = re.compile(r"„([^“”„]*)[“”]|[“«‹]([^“”«»„‹›]{12,}?)[”»›]")
STRAIGHT = re.compile(r"\"([^\"]{12,}?)\"")
DIRTY = st.text(alphabet=list("abc XYZ.,;:()-—6'’\n\t") + list('"“”„«»‹›') * 2, max_size=120)


def alike(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[“”„«»‹›\"‘’']", "'", text)).strip()


def seen(answer: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(answer):  # leftmost first, whichever kind
        matches = [m for m in (CURLY.search(answer, at), STRAIGHT.search(answer, at)) if m]
        if not matches:
            break
        first = min(matches, key=lambda m: m.start())
        found.append(next(group for group in first.groups() if group is not None))
        at = first.end()
    return found


@given(st.lists(DIRTY, min_size=1, max_size=5))
def test_whatever_looks_quoted_in_an_answer_is_in_one_of_its_sentences(sentences: list[str]) -> None:
    answer = " ".join(f"{shown(sentence)} [{n}]" for n, sentence in enumerate(sentences, 1))
    for quotation in seen(answer):
        assert any(alike(quotation) in alike(sentence) for sentence in sentences), quotation


@given(DIRTY)
def test_shown_text_is_one_line_of_the_same_words(text: str) -> None:
    result = shown(text)
    assert re.findall(r"\w", result) == re.findall(r"\w", text)
    assert result == " ".join(result.split())
    assert '"' not in result


@given(DIRTY)
def test_unquoted_text_shows_no_quotation(text: str) -> None:
    assert not seen(unquoted(text)) and not quotations(unquoted(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The mayor said "the bridge stays" on Monday.', "The mayor said “the bridge stays” on Monday."),
        ("Sie sagte: „Die Brücke bleibt“, und ging.", "Sie sagte: „Die Brücke bleibt“, und ging."),
        ("Powiedział: „Most zostaje” i wyszedł.", "Powiedział: „Most zostaje” i wyszedł."),
        ('Er sagte „bald", dann „nie“ und ein “ zu viel', "Er sagte “bald”, dann „nie“ und ein zu viel"),
        ("„Er sagte „bald“ und ging“", "„Er sagte „bald“ und ging“"),
        ("Er sagte »Nein« und ging.", "Er sagte «Nein» und ging."),
        ("Elle a dit « non, jamais » hier.", "Elle a dit « non, jamais » hier."),
        ("“In line with the plan, “We will open in May.” she said", "In line with the plan, “We will open in May.” she said"),
        ('A 6" pipe and a 10" pipe', "A 6″ pipe and a 10″ pipe"),
        ("“They met. “A copy would break the rules,” he said.", "They met. “A copy would break the rules,” he said."),
        ("“outer «inner words» outer”", "“outer «inner words» outer”"),
        ('("yes", he said)', "(“yes”, he said)"),
        ("and never” he said", "and never he said"),
        ("rock ’n’ roll and the mayor’s bridge", "rock ’n’ roll and the mayor’s bridge"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("“a” b", True), ("“a b", False), ("a “b „c“ d”", True), ('"a', False)])
def test_balanced(text: str, expected: bool) -> None:
    assert balanced(text) is expected


def test_plain_makes_marks_and_white_space_alike() -> None:
    assert plain("„Der \n Rat“") == plain('"Der Rat"') == plain("«Der Rat»") == plain("‘Der Rat’")


def test_quotations_finds_every_kind_of_double_mark() -> None:
    assert quotations("a “b c” d «e f» g „h i“ j \"k l\" m 'n o'") == ["b c", "e f", "h i", "k l"]
