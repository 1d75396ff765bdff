"""bot/answers/names_beside.py: a surname that stands alone is told with the full name that its article has; of two never one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from bot.answers.names_beside import not_told, speakers
from bot.records import Sentence
from index import Article, Index, Period


def beside(text: str, sentence: str, lang: str = "en") -> list[str]:
    article = Article(id="a", text=text, lang=lang)
    start = text.index(sentence)
    found = speakers(article, start, start + len(sentence))
    assert all(start < at <= start + len(sentence) for at, _ in found)
    return [name for _, name in found]


@pytest.mark.parametrize(
    ("text", "sentence", "lang", "name"),
    [
        ("Oona Brannock runs the ferry. Brannock said that no ship could be hired.", "Brannock said", "en", "Oona Brannock"),
        ("El presidente Lino Voss llegó tarde. “Hemos venido a escuchar”, dijo Voss.", "“Hemos", "es", "Lino Voss"),
        ("Minister Paul Renner war da. „Niemand sitzt fest“, sagte Renner.", "„Niemand", "de", "Paul Renner"),
        ("Le maire Jean Aubry a parlé. « Nous partons », a dit Aubry.", "« Nous", "fr", "Jean Aubry"),
        ("Emma Velt is here, and President Velt was ill. Velt said that it was late.", "Velt said", "en", "Emma Velt"),
    ],
)
def test_a_surname_has_its_full_name(text: str, sentence: str, lang: str, name: str) -> None:
    (found,) = beside(text, text[text.index(sentence) :], lang)
    assert found.endswith(name)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # two of one name: nobody knows which
        (
            "Agnes Smith objected. Howard Smith agreed. Smith said that the books would go.",
            "Smith said that the books would go.",
        ),
        ("Agnes Smith objected. Howard Smith agreed. Smith is to leave in May.", "Smith is to leave in May."),
        ("Anna Smith and Xiomar Smith are siblings. Smith said that it was late.", "Smith said that it was late."),
        ("Ursula von der Leyen met Otto von der Leyen. Leyen said that it was late.", "Leyen said that it was late."),
        # what begins a sentence may be a place or a thing
        ("Actress Kerry Washington spoke. Washington warned Iran on Tuesday.", "Washington warned Iran on Tuesday."),
        ("Lloyd Austin visited Texas. Austin is the capital of the state.", "Austin is the capital of the state."),
        ("Condoleezza Rice spoke. Rice prices rose sharply.", "Rice prices rose sharply."),
        ("Anna Smith and Xiomar Smith are siblings. Smith was arrested.", "Smith was arrested."),
        ("Actress Kerry Washington spoke. Washington said that Iran must stop.", "Washington said that Iran must stop."),
        # the full name stands in the sentence
        ("Oona Brannock said that Brannock was ill.", "Oona Brannock said that Brannock was ill."),
        # no person's name
        ("The Supreme Court of Sele sits today. Court documents name the ship.", "Court documents name the ship."),
        ("Port Halden is shut. Halden is a town of dockers and herons.", "Halden is a town of dockers and herons."),
        ("Elena Robledo of Sanvara signed. Sanvara will release the ship.", "Sanvara will release the ship."),
        ("Elena Robledo of Sanvara signed. Sanvara said that the ship is free.", "Sanvara said that the ship is free."),
        ("Brannock said that no ship could be hired.", "Brannock said that no ship could be hired."),
    ],
)
def test_where_it_is_not_sure_or_not_needed_nothing_is_put_beside(text: str, sentence: str) -> None:
    assert beside(text, sentence) == []


@pytest.mark.parametrize(
    ("text", "sentence", "lang"),
    [
        ("Marta Córdoba habló. Córdoba es una ciudad del sur.", "Córdoba es una ciudad del sur.", "es"),
        ("Ana Ruiz y Xiomar Ruiz son hermanos. Ruiz dijo que era tarde.", "Ruiz dijo que era tarde.", "es"),
        ("Peter Kohl sprach. Kohl wird teurer.", "Kohl wird teurer.", "de"),
        ("Anna Renner und Xiomar Renner kamen. Renner sagte, es sei spät.", "Renner sagte, es sei spät.", "de"),
    ],
)
def test_nor_in_other_languages(text: str, sentence: str, lang: str) -> None:
    assert beside(text, sentence, lang) == []


def test_a_surname_is_explained_once_and_a_pronoun_each_time() -> None:
    text, told = "Brannock said so, and she said more.", [Sentence(text="Oona Brannock came.", citations=())]
    asides = ((8, "Oona Brannock"), (24, "Oona Brannock"))
    assert not_told(asides, text, []) == asides
    assert not_told(asides, text, told) == asides[1:]


@pytest.mark.model
def test_an_answer_tells_the_full_name_at_its_first_mention(tmp_path: Path) -> None:
    text = (
        "The ferry to the Salt Isles stops for the winter. Oona Brannock, the director of the line, spoke on Monday.\n\n"
        "Brannock said that no replacement for the ferry could be hired before spring."
    )
    with Index(tmp_path / "library") as index:
        index.add([Article(id="a", text=text, title="Ferry stops", lang="en", published=Period.parse("2026-03-02"))])
        answer = Bot(index).ask("Will there be a replacement for the ferry?")
    shown = " ".join(sentence.text for sentence in answer.sentences)
    assert "Brannock [Oona Brannock] said that no replacement" in shown
    assert all(citation.quote in text for sentence in answer.sentences for citation in sentence.citations)


@pytest.mark.model
def test_within_a_quotation_nothing_is_put(tmp_path: Path) -> None:
    text = (
        "Oona Brannock runs the ferry to the Salt Isles.\n\n"
        "Mayor Emma Corvo was angry. “The ferry is needed. Brannock has let the islands down for the winter. We want a ship,” "
        "said Emma Corvo."
    )
    with Index(tmp_path / "library") as index:
        index.add([Article(id="a", text=text, title="Ferry stops", lang="en", published=Period.parse("2026-03-02"))])
        answer = Bot(index).ask("Who has let the islands down for the winter?")
    shown = " ".join(sentence.text for sentence in answer.sentences)
    assert "Brannock has let the islands down" in shown
