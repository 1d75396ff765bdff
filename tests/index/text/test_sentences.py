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
        ("en", "The mayor died at 7:15 a.m. Samoan time on Sunday. She was 80."),
        ("en", "The vote begins at 10 a.m. New York time. All may come."),
        ("en", "It was seen at 3:40 p.m. (0840 UTC) over Oslo. It fell."),
        ("en", "Polls close at 8 p.m. Central European Time. Results follow."),
        ("en", "The state bought Orla Ipari Kft. (Orla Limited) last week. It paid in bonds."),
        ("es", "El informe de EE.UU. (DEA, por sus siglas), citado ayer, lo niega. No hay más."),
        ("en", "The storm hit St. Lucia on Jan. 14 and moved on. Roofs flew."),
        ("en", "The blast came at 4 p.m. Police closed the road."),
        ("de", "Dr. med. Anna Lenz kam um 9 Uhr. Sie blieb."),
        ("es", "La Sra. Ruiz vive en el km. 14 de la carretera. Está sola."),
        ("es", "Murió a las 9 p. m. (hora de Lima) en su casa. Tenía 80 años."),
        ("fr", "L'avion a atterri à 5 a.m. heure de Paris. Personne n'est mort."),
    ],
)
def test_abbreviations_end_no_sentence(lang: str, text: str) -> None:
    assert len(sentences(text, lang)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The ferry ran to Skerrane. (The buses did not.) Shops opened.",
        "It sails to Lund. (Nobody knows why) They wait. It left.",
    ],
)
def test_a_sentence_may_stand_in_brackets(text: str) -> None:
    assert len(sentences(text, "en")) == 3
