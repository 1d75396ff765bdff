"""index/text/enumerations.py: how many things a sentence sets in a row."""

from __future__ import annotations

import pytest

from index.text.enumerations import items


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("He won in Sele, Norwick, Halden, and Marwick.", "en", 4),
        ("The suit was joined by Osk, Lind and Marsh.", "en", 3),
        ("El maíz, el arroz, la leche y la cerveza lo contienen.", "es", 4),
        ("Beteiligt waren Sele, Norwick oder Halden.", "de", 3),
        ("Ils viennent de Sele, Norwick, Halden et Marwick.", "fr", 4),
        ("Ann Lee, the mayor of Sele, ended her campaign.", "en", 0),
        ("She came late, and he left.", "en", 0),
        ("Osk and Lind left.", "en", 0),
        ("He said: “Red, green, blue and white are ours.”", "en", 0),
        ("", "en", 0),
    ],
)
def test_what_stands_between_commas_before_a_word_that_joins_is_counted(text: str, lang: str, number: int) -> None:
    assert items(text, lang) == number
