"""index/text/names.py, numbers.py, calendar.py: what is the same across languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.calendar import weekdays_in
from index.text.names import holds_name, names_in, same_name
from index.text.numbers import numbers_in
from tests.support import reads_without_an_error


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("What did Olsen say at the UN?", "en", ("Olsen", "UN")),
        ("Who is the director of the Norwick Port Authority?", "en", ("Norwick", "Port", "Authority")),
        ("Has anything changed since Monday in October?", "en", ()),
        ("¿Cuándo llegó Lucía Ferrer a Sarvella?", "es", ("Lucía", "Ferrer", "Sarvella")),
        ("Qu'a dit Mme Olsen à Bruxelles ?", "fr", ("Mme", "Olsen", "Bruxelles")),
        ("Wann kam Brandt zu seinem Besuch in Harrow an?", "de", ("Brandt", "Harrow")),
        ("Where did Omar al-Haddad meet them?", "en", ("Omar", "al-Haddad")),
        ("ما الذي قالته الوزيرة؟", "ar", ()),
    ],
)
def test_names(text: str, lang: str, expected: tuple[str, ...]) -> None:
    assert names_in(text, lang) == expected


@pytest.mark.parametrize(
    ("one", "other", "same_lang", "expected"),
    [
        ("Pyongyang", "Pionyang", False, True),
        ("Sergey", "Serguéi", False, True),
        ("Antony", "Anthony", True, True),
        ("Zelensky", "Selenskyj", False, True),
        ("Lavrov", "Лавров", False, True),
        ("Korea", "Corea", False, True),
        ("Haddad", "al-Haddad", True, True),
        ("Olsen", "Olsenhas", True, True),  # glued by a lost space
        ("Berlin", "Blinken", False, False),
        ("Iran", "Iraq", False, False),
        ("Austria", "Australia", True, False),
        ("Haddad", "حداد", False, True),
        ("Torben", "الطرفين", False, False),  # consonants alone are soon alike
        ("Quillmere", "كلمته", False, False),
    ],
)
def test_same_name(one: str, other: str, same_lang: bool, expected: bool) -> None:
    assert same_name(one, other, same_lang=same_lang) is expected
    assert same_name(other, one, same_lang=same_lang) is expected


@pytest.mark.parametrize("consonants", ["trv", "krm", "mrt", "snl", "bdn", "ptr"])
@pytest.mark.parametrize(("vowels", "others"), [("oa", "eo"), ("au", "io"), ("ei", "ou"), ("eo", "ia")])
def test_few_consonants_in_one_order_are_no_name(consonants: str, vowels: str, others: str) -> None:
    """Torvay is not Trofeo: what is left of a name without its vowels says little where it is short."""
    (a, b, c), (v, w), (x, y) = consonants, vowels, others
    assert not same_name(f"{a}{v}{b}{w}{c}".title(), f"{a}{b}{x}{c}{y}".title(), same_lang=False)


@pytest.mark.parametrize(
    "pair", ["Putin Poutine", "Biden Байден", "Cohen Коэн", "Sharif شريف", "Karim كريم", "Praga Prague", "Petrov Petroff"]
)
def test_a_short_name_is_one_in_each_spelling(pair: str) -> None:
    one, other = pair.split()
    assert same_name(one, other, same_lang=False)


def test_a_name_is_not_found_in_a_lower_case_word() -> None:
    assert holds_name("Park", "Mr Park spoke.", same_lang=True)
    assert not holds_name("Park", "They met in the park.", same_lang=True)
    assert holds_name("UN", "at the U.N. in May", same_lang=True)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("más de mil contenedores", "es", {1000}),
        ("more than 1,000 containers", "en", {1000, 1}),
        ("mil doscientos", "es", {1200}),
        ("1.5 million", "en", {1_500_000}),
        ("two hundred thousand", "en", {200_000}),
        ("treinta y cinco", "es", {35}),
        ("7 500 euros", "fr", {7, 500, 7500}),
        ("la cuarta visita", "es", {4}),
        ("the fourth visit", "en", {4}),
        ("zwölf Schiffe", "de", {12}),
        ("no figures", "en", set()),
    ],
)
def test_numbers(text: str, lang: str, expected: set[float]) -> None:
    assert numbers_in(text, lang) == expected


@given(st.integers(0, 10**9))
def test_separators_of_every_language_read_alike(n: int) -> None:
    for mark in (",", ".", " ", "\u00a0"):
        assert float(n) in numbers_in(f"about {n:,} tonnes".replace(",", mark), "en")


@given(st.text(max_size=80), st.sampled_from(["", "en", "es", "fr", "de", "pt", "zh"]))
def test_any_text_is_read_without_an_error(text: str, lang: str) -> None:
    for read in (names_in, numbers_in, weekdays_in):
        reads_without_an_error(read, text, lang)


def test_weekdays_are_the_same_in_every_language() -> None:
    assert weekdays_in("on Wednesday", "en") == weekdays_in("este miércoles", "es") == weekdays_in("mercredi", "fr") == {3}
    assert weekdays_in("am Mittwochabend", "de") == weekdays_in("w środę", "pl") == {3}
