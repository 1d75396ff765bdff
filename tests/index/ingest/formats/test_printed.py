"""Word files and PDFs as many programs write them: the text that a reader sees, once, and nothing that a template says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from index.ingest.formats import pdf_pages
from index.ingest.sources import read
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


def test_columns_that_one_text_object_draws(tmp_path: Path) -> None:
    """A line at a time across three columns, as typesetters write them; the last column is shorter."""
    columns = [
        [
            "In the north the snow lay",
            "four feet deep and trains",
            "stood still for three days.",
            "Two hundred sheep were lost.",
        ],
        ["In the south the sun shone", "and children bathed in the", "river at Marl, where it was", "warmer than in any July."],
        ["In the east there was no", "news at all, and the paper", "printed a recipe for cake."],
    ]
    lines = [
        (60 + 170 * n, 760 - 14 * at, line)
        for at in range(4)
        for n, column in enumerate(columns)
        for line in column[at : at + 1]
    ]
    (tmp_path / "thirds.pdf").write_bytes(one_text_object(lines))
    (article,) = [item for item in read([str(tmp_path / "thirds.pdf")]) if isinstance(item, Article)]
    assert article.text.replace("days.\n", "days. ").split("\n\n") == [" ".join(column) for column in columns]


def one_text_object(lines: list[tuple[int, int, str]]) -> bytes:
    """A PDF of one page."""
    drawn = "BT /F1 11 Tf " + " ".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[4 0 R]/Count 1>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
    ]  # fmt: skip
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return (body + tail).encode("latin-1")


@pytest.mark.parametrize("name", ["note.docx", "note.docm", "note.dotx"])
def test_white_and_tiny_letters_of_a_word_file_are_no_text(name: str, tmp_path: Path) -> None:
    runs = [
        ("", "The ferry sails again."), ('<w:color w:val="FFFFFF"/>', "White on white."), ('<w:sz w:val="2"/>', "Of one point."),
        ('<w:color w:val="ffffff"/><w:shd w:val="clear" w:fill="000000"/>', "White on black."),
        ('<w:color w:val="auto"/><w:sz w:val="18"/>', "Nine points."),
    ]  # fmt: skip
    body = "".join(f"<w:p><w:r><w:rPr>{style}</w:rPr><w:t>{text}</w:t></w:r></w:p>" for style, text in runs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}"><Relationship Type="{kind}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    (article,) = [item for item in read([str(tmp_path)]) if isinstance(item, Article)]
    assert article.text.split("\n") == ["The ferry sails again.", "White on black.", "Nine points."]


def test_a_number_by_itself_in_the_text_is_no_number_of_a_page() -> None:
    def page(number: int, *lines: str) -> pdf_pages.Page:
        every = ["Norby Gazette", *lines, str(number)]
        return pdf_pages.Page("\n".join(every), starts=[(60.0, 800.0 - 14 * at, line) for at, line in enumerate(every)])

    votes = (
        "Votes for the harbour plan:",
        "41",
        "Votes against it, and those who stayed away:",
        "12",
        "3",
        "So it was carried.",
    )
    text, _ = pdf_pages.article(
        [page(1, *votes), page(2, *votes[:3], "7", "2", "It fell."), page(3, "The end.", "Norby Gazette", "asks")]
    )
    assert [word for word in text.split() if word.isdigit()] == ["41", "12", "3", "41", "7", "2"]
    assert text.count("Norby Gazette") == 1 and "2\nIt fell." in text
