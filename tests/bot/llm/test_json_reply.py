"""bot/llm/json_reply.py: a reply in JSON is read sentence by sentence, whatever stands round it and however it is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.json_reply import begins
from bot.llm.reply_parser import drafts
from index.errors import ModelError

Read = list[tuple[str, tuple[int, ...], tuple[tuple[int, str], ...]]]


def entry(sentence: object, *evidence: object) -> dict[str, object]:
    return {"sentence": sentence, "evidence": [{"passage": n, "words": words} for n, words in evidence]}  # type: ignore[misc]


def reply(*entries: object, found: object = True) -> str:
    return json.dumps({"found": found, "sentences": entries}, ensure_ascii=False)


def read(text: str, size: int) -> Read:
    found = drafts(text[i : i + size] for i in range(0, len(text), size))
    return [(draft.text, draft.cites, draft.words) for draft in found]


TWO = [entry("The port is open.", (2, "reopened on Monday"), (3, "“open” {again}")), entry("Two died.", (2, "two dead"))]
READ = [
    ("The port is open.", (2, 3), ((2, "reopened on Monday"), (3, "“open” {again}"))),
    ("Two died.", (2,), ((2, "two dead"),)),
]
REPLIES: dict[str, tuple[str, Read]] = {
    "as asked for": (reply(*TWO), READ),
    "in a code fence": (f"```json\n{reply(*TWO)}\n```", READ),
    "announced": (f"Here is the answer:\n\n```\n{reply(*TWO)}\n```\nI hope this helps.", READ),
    "a list alone": (json.dumps(TWO), READ),
    "indented": (json.dumps({"sentences": TWO}, indent=2), READ),
    "nothing found": (reply(found=False), []),
    "nothing found, and something written": (reply(*TWO, found=False), []),
    "no sentences": (reply(), []),
    "the refusal of the other form": (reply(entry("NO EVIDENCE")), []),
    "a comma too many": (reply(*TWO).replace("}]}]}", "}]},]}"), READ),
    "marks in a sentence": (reply(entry("Two died【2†source】 [3].", (2, "two dead"))), [("Two died.", (2, 3), ((2, "two dead"),))]),
    "a number as a word": (reply(entry("Two died.", ("2", "two dead"))), [("Two died.", (2,), ((2, "two dead"),))]),
    "no words": (reply(entry("Two died.", (2, ""))), [("Two died.", (2,), ())]),
    "evidence of another kind": (reply({"sentence": "Two died.", "evidence": "x"}, {"sentence": 3}, entry("It rained.", (None, 5))),
                                 [("Two died.", (), ()), ("It rained.", (), ())]),
    "the same again": (reply(TWO[0], TWO[0], TWO[1]), READ[:1]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REPLIES.values(), ids=REPLIES)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_every_sentence_is_read_with_its_words(text: str, expected: Read, size: int) -> None:
    assert read(text, size) == expected


def test_a_sentence_is_passed_on_before_the_next_is_begun() -> None:
    def pieces() -> Iterator[str]:
        yield '{"found": true, "sentences": [' + json.dumps(TWO[0])
        raise AssertionError("the rest was waited for")

    assert next(drafts(pieces())).text == "The port is open."


@pytest.mark.parametrize(
    "text", ['{"found": true}', '{"answer": "Two died."}', '{"found": true, "sentences": [{"sentence": "Tw']
)
def test_a_reply_without_a_sentence_is_a_failure(text: str) -> None:
    with pytest.raises(ModelError, match="holds no sentence"):
        read(text, 7)


def test_a_reply_without_end_is_cut() -> None:
    with pytest.raises(ModelError, match="does not end"):
        list(drafts(iter(['{"sentences": ["'] + ["x" * 100] * 1000)))


@pytest.mark.parametrize(
    ("text", "in_json"),
    [
        ("", None), ("[", None), ("``", None), ("```json\n", None), ("Here is it:\n", None), ("Two di", None),
        ('{"', True), ("[\n {", True), ("```\n{", True), ("Two died. [2]\n", False), ("[1] says {", False), ("x" * 70, False),
    ],
)  # fmt: skip
def test_the_form_is_told_by_how_a_reply_begins(text: str, in_json: bool | None) -> None:
    assert begins(text) is in_json


@given(st.text(max_size=200), st.integers(min_value=1, max_value=20))
def test_no_reply_breaks_the_reader(text: str, size: int) -> None:
    for whole in (text, "{" + text, reply(entry(text, (1, text)))[: len(text) + 30]):
        try:
            read(whole, size)
        except ModelError:
            continue
