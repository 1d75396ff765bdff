"""index/text/sentences.py against the rows of tests/index/text/data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.text.sentences import sentences

ROWS = [
    (file.stem.removeprefix("sentences_"), json.loads(line))
    for file in sorted((Path(__file__).parent / "data").glob("sentences_*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("lang", "row"), ROWS)
def test_the_sentences_of_a_passage(lang: str, row: dict[str, str]) -> None:
    text = row["text"]
    assert [text[start:end] for start, end in sentences(text, lang)] == row["sentences"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Er kam am 3. Oktober. Dann ging er."),
        ("pl", "Prof. Nowak mieszka przy ul. Długiej. Ma 3 tys. książek."),
        ("nl", "Mr. Ash vertrok. Hij bleef weg."),  # by the abbreviations of English
        ("", "Mr. Ash left. He stayed away."),
    ],
)
def test_abbreviations_end_no_sentence(lang: str, text: str) -> None:
    assert len(sentences(text, lang)) == 2
