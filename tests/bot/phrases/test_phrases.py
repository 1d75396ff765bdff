"""Our own words: every language has every phrase, with the same variables, and nothing else."""

from __future__ import annotations

import re

import pytest

from bot.phrases import count, language_name, languages, phrases, say

ENGLISH = phrases("en")


@pytest.mark.parametrize("lang", languages())
def test_a_language_has_every_phrase_and_its_variables(lang: str) -> None:
    ours = phrases(lang)
    assert list(ours) == list(ENGLISH)
    for key, text in ours.items():
        assert sorted(re.findall(r"\$\w+", text)) == sorted(re.findall(r"\$\w+", ENGLISH[key])), key


@pytest.mark.parametrize("lang", languages())
def test_a_language_names_twelve_months(lang: str) -> None:
    assert len(set(say("months", lang).split())) == 12


def test_words_are_filled_in_and_a_missing_one_is_an_error() -> None:
    assert say("late", "de", seconds=60) == "es wurde nicht in 60 s fertig."
    assert count("event", "fr", 1) == "1 événement" and count("event", "fr", 3) == "3 événements"
    with pytest.raises(KeyError):
        say("late", "de")


def test_a_language_that_we_do_not_write_gets_english() -> None:
    assert say("untitled", "it") == say("untitled", "en") == say("untitled", "")


def test_languages_have_english_names() -> None:
    assert [language_name(lang) for lang in ("de", "pl", "it", "xx", "")] == ["German", "Polish", "Italian", "", ""]
