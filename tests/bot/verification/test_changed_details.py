"""What a copy has changed is found word against word, and a copy that says the same, or something else, is not taken for it."""

from __future__ import annotations

import pytest

from bot.retrieval.candidates import Candidate
from bot.verification.changed_details import changed_detail
from index.records import Passage


def said(text: str, lang: str) -> Candidate:
    passage = Passage(
        id="", article_id=text, version=1, start=0, end=len(text), text=text, title="", outlet="", agency="", lang=lang, url="",
        published=None, origin="",
    )  # fmt: skip
    return Candidate(passage=passage, hit=0, start=0, end=len(text), text=text)


CHANGED = [
    ("en", "Some 900 kilograms of ammonia escaped from a cracked pipe.", "Some 90 kilograms of ammonia escaped from a cracked pipe."),
    ("en", "The ban on the spray begins on 1 April next year, she said.", "The ban on the spray begins on 1 October next year, she said."),
    ("de", "Der Rat stimmte am Dienstag mit 14 zu 9 Stimmen für den Abriss.", "Der Rat stimmte am Dienstag mit 40 zu 9 Stimmen für den Abriss."),
    ("de", "Die Brücke bleibt nach Angaben der Stadt bis März gesperrt.", "Die Brücke bleibt nach Angaben der Stadt bis August gesperrt."),
    ("es", "La alcaldesa anunció que Tomás Iriarte dirigirá la obra.", "La alcaldesa anunció que Lucas Belmonte dirigirá la obra."),
    ("fr", "Vingt-six soignants sont concernés par la fermeture.", "Soixante-deux soignants sont concernés par la fermeture."),
    ("ru", "Огонь охватил склад площадью 4600 квадратных метров.", "Огонь охватил склад площадью 460 квадратных метров."),
    ("pt", "O prefeito foi condenado a 6 anos de prisão pela juíza.", "O prefeito foi condenado a 16 anos de prisão pela juíza."),
    ("zh", "地铁起步价将于明年由2元调至3元。", "地铁起步价将于明年由2元调至8元。"),
    ("ar", "كانت الشركة تزود 34 مدرسة بالوجبات كل يوم.", "كانت الشركة تزود 134 مدرسة بالوجبات كل يوم."),
]  # fmt: skip
KEPT = [
    ("en", "Some 900 kilograms of ammonia escaped.", "Some 900 kilograms of ammonia escaped."),
    ("en", "Some 900 kilograms of ammonia escaped, police said.", "Some 900 kilograms of ammonia escaped, officers said."),
    ("en", "Some 900 kilograms of ammonia escaped.", "Ninety people were brought to safety from the estate."),
    ("en", "The vote was won by 58 to 41.", "Der Rat stimmte mit 40 zu 9."),
    ("de", "Die Feuerwehr rückte mit neun Wagen an.", "Die Polizei rückte mit neun Wagen an."),
    ("es", "Unas 2.900 toneladas se acumulan en las calles.", "Unas 2900 toneladas se acumulan en las calles."),
    ("fr", "Vingt-six soignants sont concernés.", "26 soignants sont concernés."),
]


@pytest.mark.parametrize(("lang", "first", "copy"), CHANGED)
def test_another_figure_month_or_name_in_the_same_words_is_found(lang: str, first: str, copy: str) -> None:
    other = said(first, lang)
    assert changed_detail(said(copy, lang), [said("x", lang), other]) is other


@pytest.mark.parametrize(("lang", "first", "copy"), KEPT)
def test_the_same_and_other_sentences_are_left_alone(lang: str, first: str, copy: str) -> None:
    assert changed_detail(said(copy, lang), [said(first, "de" if first.startswith("Der Rat") else lang)]) is None


def test_a_sentence_that_stands_there_unchanged_too_is_no_change() -> None:
    same, near = "Room 4 has 90 seats and a stage.", "Room 5 has 40 seats and a stage."
    assert changed_detail(said(same, "en"), [said(near, "en"), said(same, "en")]) is None
