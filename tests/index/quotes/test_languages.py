"""Who said what by language: sentences beside this file, data/LANG.jsonl, each with its statements (kind, words, speaker)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from index.quotes import UNCLEAR, statements
from index.text.lexicon import Lexicon, languages
from index.text.lexicon_tables import listed_rows
from index.text.name_cases import nominative

DATA = Path(__file__).parent / "data"
ROWS = [(file.stem, row) for file in sorted(DATA.glob("*.jsonl")) for row in map(json.loads, file.open(encoding="utf-8"))]
EDGE = " \n.,;:!…“”\"'«»„()-–—"


@pytest.mark.parametrize(("lang", "row"), ROWS, ids=[f"{lang}: {row['text'][:60]}" for lang, row in ROWS])
def test_statements_of_a_sentence(lang: str, row: dict[str, object]) -> None:
    text = str(row["text"])
    found = statements(text, lang=lang)
    said = [[s.kind, text[s.start : s.end].strip(EDGE), s.speaker_resolved or s.speaker] for s in found]
    wanted = [[kind, words.strip(EDGE), speaker] for kind, words, speaker in row["said"]]  # type: ignore[attr-defined]
    assert said == wanted
    assert all(s.confidence >= UNCLEAR for s in found if s.speaker)


@pytest.mark.parametrize("table", ["word_pieces", "asked_participles", "voices", "spoken_in"])
def test_a_pattern_that_is_no_literal_has_an_example_and_a_counter_example(table: str) -> None:
    for lang in languages():
        for row in listed_rows(Lexicon(lang).rows(table)):
            assert re.fullmatch(r"[\w -]+", row) if isinstance(row, str) else {"example", "counter"} <= set(row), (lang, row)


@pytest.mark.parametrize(
    ("lang", "genitive", "expected"),
    [
        ("pl", "Jana Kowalskiego", "Jan Kowalski"),
        ("pl", "Anny Kowalskiej", "Anna Kowalska"),
        ("pl", "Leokadii Wolny", "Leokadia Wolny"),
        ("pl", "Marka Wilka", "Marek Wilk"),
        ("pl", "Pawła Wróbla", "Paweł Wróbel"),
        ("pl", "Brzozowskiego", "Brzozowski"),
        ("pl", "Moniki Duszy", "Monika Dusza"),
        ("pl", "Jerzego Antoniego", "Jerzy Antoni"),
        ("en", "Jana Kowalskiego", "Jana Kowalskiego"),
    ],
)
def test_names_in_the_nominative(lang: str, genitive: str, expected: str) -> None:
    assert nominative(genitive, lang) == expected


@pytest.mark.parametrize(
    ("lang", "form", "lemma", "shape"),
    [
        ("en", "conceded", "concede", "finite"),
        ("en", "admitting", "admit", "ing"),
        ("en", "agreeing", "agree", "ing"),
        ("en", "denies", "deny", "finite"),
        ("es", "niegan", "negar", "finite"),
        ("es", "dicho", "decir", "part"),
        ("fr", "annonçait", "annoncer", "finite"),
        ("fr", "répète", "répéter", "finite"),
        ("it", "ribadito", "ribadire", "part"),
        ("pt", "afirmando", "afirmar", "ing"),
        ("de", "antwortete", "antworten", "finite"),
        ("ru", "возмутилась", "возмутиться", "finite"),
        ("ar", "وأضاف", "أضاف", "finite"),
        ("pl", "oznajmiła", "oznajmić", "finite"),
        ("pl", "ostrzegli", "ostrzec", "finite"),
    ],
)
def test_forms_of_verbs(lang: str, form: str, lemma: str, shape: str) -> None:
    cue = Lexicon(lang).speech_verbs[form]
    assert (cue.lemma, cue.shape) == (lemma, shape)
