"""What a sentence can be an answer to: nothing, if it is a date alone."""

from __future__ import annotations

import pytest

from bot.retrieval.candidates import tells_nothing


@pytest.mark.parametrize(
    ("text", "lang", "nothing"),
    [
        ("date 2023-10", "es", True),
        ("Fecha: 12 de mayo de 2023", "es", True),
        ("Datum: 3. Februar 2023", "de", True),
        ("Date : lundi 3 février 2023", "fr", True),
        ("Published 12 May 2023", "en", True),
        ("The date is 12 May 2023.", "en", True),
        ("The date was put off to 12 May 2023.", "en", False),
        ("Olsen published it on 12 May 2023.", "en", False),
        ("Das Datum der Wahl ist der 3. Februar.", "de", False),
    ],
)
def test_a_date_alone_tells_nothing(text: str, lang: str, nothing: bool) -> None:
    assert tells_nothing(text, lang) is nothing
