"""Word files and PDFs as many programs write them: the text that a reader sees, once, and nothing that a template says."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest.formats import pdf_pages
from index.records import Article
from tests.support.hostile import articles


def only(found: dict[str, list[Article]]) -> Article:
    ((article,),) = found.values()
    return article


def text_of(found: dict[str, list[Article]]) -> str:
    return "\n".join(article.text for one in found.values() for article in one)


# ------------------------------------------------------------------------------------------------------------------- Word


def test_the_main_part_is_where_the_package_says(tmp_path: Path) -> None:
    found, lines = articles("e01", tmp_path)
    assert lines == []
    assert len(found) == 5
    text = text_of(found)
    assert all(
        words in text for words in ("Inês Falcão", "Оксана Дуб", "Aino Kivi", "Mari Õun ütles", "Otsus tehti", "Kari Øye")
    )
    assert "UTKAST" not in text


def test_a_text_box_is_read_once_and_two_boxes_twice(tmp_path: Path) -> None:
    text = text_of(articles("e02", tmp_path)[0])
    counted = {
        words: text.count(words) for words in ("Nie oddamy promu", "dziewięć koron", "stoczni Norby", "Reklama", "głosowała")
    }
    assert list(counted.values()) == [1, 1, 1, 2, 1]
    assert "Rada miasta głosowała w poniedziałek wieczorem." in text.split("\n")


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    assert only(articles("e03", tmp_path)[0]).text.split("\n") == [
        "Prístav zatvorený",
        "Primátorka Žofia Ďuríková povedala, že zahynulo 2 ľudí a kompa nepôjde do piatka.",
        "Rozhodnutie platí od pondelka večera.",
        "Cena 90 korún",
        "Hovorkyňa prístavu potvrdila dátum.",
        "Starosta Selwynu odmietol komentár.",
        "Viac zajtra.",
    ]


def test_hyphens_stay_and_hidden_text_goes(tmp_path: Path) -> None:
    assert only(articles("e04", tmp_path)[0]).text.split("\n") == [
        "Ferjen",
        "Statsrad Kari Berg-Hansen sa at EU-avtalen og ferjeleiet koster 1,5 milliarder.",
        "Hun møter pressen fredag.",
        "Rederiet bekreftet prisen. Styret sa ja.",
        "Billetten er dyr, sa rederen.",
        "tirsdag kveld: vedtaket gjelder.",
        "森川市長は能美港を閉鎖すると述べた。",
    ]


def test_a_template_names_neither_title_nor_date_nor_author(tmp_path: Path) -> None:
    found = {name: article for name, (article,) in articles("e05", tmp_path)[0].items()}
    titles = {name: article.title for name, article in found.items()}
    assert titles == {
        "de.docx": "Hafen bleibt bis Freitag geschlossen",
        "lv.docx": "Tramvajs gar upi",
        "pt.docx": "Ponte reabre no outono",
    }
    days = {name: str(article.published or "") for name, article in found.items()}
    assert days == {"de.docx": "2026-03-14", "lv.docx": "", "pt.docx": ""}  # where and when its report was filed
    assert {article.authors for article in found.values()} == {()}


# -------------------------------------------------------------------------------------------------------------------- PDF


def test_an_empty_password_is_none(tmp_path: Path) -> None:
    found, lines = articles("f01", tmp_path)
    assert "Rosa Tèndola" in text_of(found) and "Åsa Ek" in text_of(found)
    assert {article.title for one in found.values() for article in one} == {""}
    (line,) = lines
    assert line.startswith("de-needs-password.pdf") and "password" in line


def test_numbers_of_glyphs_are_no_text(tmp_path: Path) -> None:
    found, lines = articles("f02", tmp_path)
    assert list(found) == ["mixed.pdf"]
    assert only(found).text.split("\n") == [
        "La alcaldesa Begoña Núñez anunció que el túnel abrirá en otoño, según señaló ayer.",
        "La alcaldesa Begoña Núñez anunció que el túnel abrirá en otoño, según señaló hoy .",
    ]
    assert sum("like a scan" in line for line in lines) == 4
    assert sum("without page 2" in line for line in lines) == 1
    assert len(lines) == 5


def test_running_heads_go_and_a_refrain_stays(tmp_path: Path) -> None:
    text = only(articles("f03", tmp_path)[0]).text
    for whole in (
        "„Der Preis bleibt bei neun Kronen, und wer mehr verlangt, der lügt.“",
        "der Verkehrsminister habe die Brücke nie besucht.",
        "mit sieben zu vier Stimmen für die neue Straßenbahn",
    ):
        assert whole in text
    assert text.count("„Wir bleiben hier“, riefen die Leute.") == 4
    assert not any(head in text for head in ("Tageblatt", "Seite", "Nachdruck", "Donnerstag", "- 3 -"))


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    found = articles("f04", tmp_path)[0]
    french, polish = (found[name][0].text for name in ("deux-colonnes.pdf", "tight.pdf"))
    for whole in (
        "le bac ne partira pas avant vendredi à cause de la tempête. Elle a refusé de payer les pêcheurs, qui demandent une aide.",
        "Luc Falque, a promis que son entreprise paiera tous les salaires de juin.",
        "Lirio 12 33",
    ):
        assert whole in french
    assert "Burmistrz Anna Kot powiedziala ze most pozostanie zamkniety do piatku z powodu sztormu." in polish


def test_columns_that_were_drawn_one_by_one_stay_as_drawn() -> None:
    left, right = (
        ["The mayor said on Monday", "that the ferry would run", "again before the winter."],
        ["Two of her", "six deputies", "were absent."],
    )
    pieces = [
        (x, 700.0 - 12 * n, x + 150, 11.0, line)
        for x, column in ((50.0, left), (220.0, right))
        for n, line in enumerate(column)
    ]
    page = pdf_pages.Page("\n".join([*left, *right]), pieces=pieces)
    assert pdf_pages.article([page])[0].split("\n")[0] == " ".join(left)


def test_the_page_and_not_its_properties_names_title_and_date(tmp_path: Path) -> None:
    found = {name: article for name, (article,) in articles("f05", tmp_path)[0].items()}
    assert [found[name].title for name in sorted(found)] == [
        "Havnen lukker",
        "Harbour stays shut",
        "El túnel abrirá en otoño",
        "Le bac reste à quai",
        "Porto fechado até sexta",
    ]
    dates = {name: str(article.published) for name, article in found.items() if article.published}
    assert dates == {"es.pdf": "2026-03-14"}
    assert {article.authors for article in found.values()} == {()}


@pytest.mark.parametrize(
    ("text", "rubbish"),
    [
        ("The mayor said that 5 of 12 piers (41 %) stay shut.", False),
        ("§ 12 (3) — 4.5 / 6.7 : 8.9", False),
        ("(cid:35)(cid:36)(cid:3)(cid:40)", True),
        ("\x03\x04\x05 abc \x06\x07", True),
        ("", False),
    ],
)
def test_what_is_no_text(text: str, rubbish: bool) -> None:
    assert pdf_pages.is_rubbish(text) is rubbish
