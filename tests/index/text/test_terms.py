"""Lexical keys: stems, names across spellings and alphabets, scripts without spaces."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.fold import fold
from index.text.language import identify
from index.text.terms import NAME, asks_what_was_said, keys, names, question_keys, skeleton, terms


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The ministers were meeting in Geneva.", "en", ["minist", "meet", "geneva"]),
        ("¿Qué dijeron los ministros sobre la elección?", "es", ["dijeron", "ministr", "eleccion"]),
        ("министры встретились", "ru", ["министр", "встрет"]),
        ("U.N. aid, 1,200 tonnes", "en", ["un", "aid", "1200", "tonn"]),
        ("1.200 toneladas para EE.UU.", "es", ["1200", "tonel", "eeuu"]),
        ("北京的天气", "zh", ["北京", "京的", "的天", "天气"]),
        ("東京タワーは高い", "ja", ["東京", "京タ", "タワ", "ワー", "ーは", "は高", "高い"]),
        ("서울시", "ko", ["서울", "울시"]),
        ("", "en", []),
    ],
)
def test_terms(text: str, lang: str, expected: list[str]) -> None:
    assert terms(text, lang) == expected


def test_a_language_without_a_stemmer_is_folded_only() -> None:
    assert terms("Zprávy o počasí", "sk") == ["zpravy", "o", "pocasi"]


def test_accents_and_case_do_not_matter() -> None:
    assert terms("ELECCIÓN", "es") == terms("eleccion", "es")


def test_vowel_signs_stay_in_the_word() -> None:
    assert terms("हिन्दी समाचार", "") == [unicodedata.normalize("NFC", word) for word in ("हिनदी", "समाचार")]


@pytest.mark.parametrize(
    "spellings",
    [
        "Antony Anthony أنتوني",
        "Serguéi Sergey Sergej Сергей Sergei",
        "Lavrov Lawrow Lavroff Лавров لافروف",
        "Pionyang Pyongyang",
        "Zelensky Zelenskyy Selenskyj Зеленский Zelenski زيلينسكي",
        "Ucrania Ukraine Украина أوكرانيا",
        "Moscú Moskau Moscou",
        "Jamenei Khamenei خامنئي",
        "Erdogan Erdoğan Эрдоган",
    ],
)
def test_one_name_one_key(spellings: str) -> None:
    assert len({skeleton(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["Putin Biden", "Kim Kima", "Berlin Brazil", "Xi Xu", "Oslo Seoul"])
def test_other_names_have_other_keys(pair: str) -> None:
    first, second = pair.split()
    assert skeleton(first) != skeleton(second)


def test_names_are_capitalised_words_and_numbers() -> None:
    assert names("The minister met Kim Jong-un in 2023", "en") == ["kim", "jong", "2023"]


def test_a_question_in_small_letters_may_name_somebody() -> None:
    assert NAME + skeleton("Lavrov") in question_keys("when did lavrov arrive", ["en"])
    assert question_keys("When did Lavrov arrive", ["en"])[NAME + skeleton("Lavrov")] == NAME


def test_a_question_of_unknown_language_is_asked_in_all() -> None:
    assert {"en·budget", "es·budget"} <= question_keys("Budget", ["en", "es"]).keys()


@pytest.mark.parametrize(
    "question",
    [
        "What did Lavrov say?",
        "¿Qué dijo Blinken en la ONU?",
        "Was sagte Lawrow?",
        "Что сказал Лавров?",
        "ماذا قال لافروف؟",
        "布林肯说了什么？",
    ],
)
def test_a_question_about_somebody_s_words(question: str) -> None:
    assert asks_what_was_said(question, identify(question))


@pytest.mark.parametrize("text", ["Kim says he will not disarm", "When did Lavrov arrive?", "布林肯什么时候到达？", ""])
def test_no_question_about_somebody_s_words(text: str) -> None:
    assert not asks_what_was_said(text)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Corea del Norte dice que no se desarmará", "es"),
        ("Macron dit que la réforme passera", "fr"),
        ("Was Lavrov told to leave?", "en"),
    ],
)
def test_a_statement_is_no_question(text: str, lang: str) -> None:
    assert not asks_what_was_said(text, lang)


def test_keys_are_distinct_and_sorted() -> None:
    found = keys("Talks, talks and more talks in Oslo", "en")
    assert found == sorted(set(found))
    assert "en·talk" in found


@given(st.text(), st.sampled_from(["", "en", "es", "ru", "ar", "zh", "hi", "th", "tr"]))
def test_keys_pass_the_full_text_index_unharmed(text: str, lang: str) -> None:
    found = keys(text, lang)
    assert all(key and not any(c.isspace() or (c.isascii() and not c.isalnum()) for c in key) for key in found)
    assert keys(text, lang) == found


def test_every_key_can_be_looked_up() -> None:
    text = "Lavrov said 1,200 हिन्दी 北京的天气 กรุงเทพ موسكو in Ñuñoa's U.N."
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE lexical USING fts5 (keys, content='', tokenize='ascii', detail=none)")
    found = keys(text, "en")
    db.execute("INSERT INTO lexical (rowid, keys) VALUES (1, ?)", (" ".join(found),))
    for key in found:
        assert db.execute("SELECT rowid FROM lexical WHERE lexical MATCH ?", (f'"{key}"',)).fetchall() == [(1,)], key


@given(st.text())
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)
