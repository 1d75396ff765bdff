"""Messages as people and newsletters send them: what the sender wrote, whole, once, and under the sender's name and date."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest.formats.email import email, own_words
from index.ingest.formats.markup import fragment, tidy
from index.records import Article
from tests.support.hostile import articles


def texts(name: str, folder: Path) -> dict[str, str]:
    found, lines = articles(name, folder)
    assert lines == []
    return {file: one.text for file, (one,) in found.items()}


def test_a_newsletter_without_its_padding_preheader_and_buttons(tmp_path: Path) -> None:
    found = texts("r01", tmp_path)
    assert found["it.eml"] == "La sindaca Rosa Tèndola ha detto che il traghetto è più caro da venerdì."
    assert found["es.eml"].split("\n")[:2] == [
        "El túnel de Sanvara",
        "La alcaldesa Inés Peña anunció el martes que el túnel de Sanvara abrirá en otoño. «No costará más de nueve coronas», prometió.",
    ]
    hidden = (
        "Hoy: túneles",
        "casino",
        "Ver en el navegador",
        "LEER MÁS",
        "Anteprima",
        "\u034f",
        "\u200c",
        "\u2007",
        "\u00ad",
        "\ufeff",
    )
    assert [sign for sign in hidden if any(sign in text for text in found.values())] == []


def test_lines_that_flow_are_put_together(tmp_path: Path) -> None:
    found = texts("r02", tmp_path)
    assert found["hu.eml"].split("\n") == [
        "A kikötő vezetője, Őszi Tünde azt mondta: „Nem indul a komp, amíg a vihar tart, és senki se kérjen ilyet.” A város polgármestere egyetértett.",
        "",
        "From Norby to Lirio: ez a komp neve.",
        "> 12 méteres hullámok voltak.",
        "",
        "Menetrend:",
        "08:00 Norby",
        "09:30 Lirio",
    ]
    assert "渡し船は出さない。" in found["ja.eml"] and "記者団に述べた。" in found["ja.eml"]
    assert "The Norby Express" in found["ja.eml"]


def test_split_letters_and_odd_labels(tmp_path: Path) -> None:
    found, lines = articles("r03", tmp_path)
    mails = {name: one for name, (one,) in found.items()}
    assert lines == []
    words = {
        "split.eml": "Zoé Lebœuf", "charset3d.eml": "Bo Østergård", "cp-850.eml": "Ines Größl", "unknown-8bit.eml": "Żaneta Śliwa",
        "he.eml": "רות אלון אמרה כי הנמל", "base64-nopad.eml": "Инесса Фалк",
    }  # fmt: skip
    assert [name for name, word in words.items() if word not in mails[name].text] == []
    assert "pas plus" in mails["split.eml"].text and "?a=1&b=2" in mails["split.eml"].text
    assert (mails["split.eml"].title, mails["he.eml"].title, mails["base64-nopad.eml"].title) == (
        "Café de l'écluse",
        "הנמל",
        "Паром",
    )
    assert {one.outlet for one in mails.values()} == {"Вестник"}


def test_the_message_that_is_answered_is_not_the_senders(tmp_path: Path) -> None:
    found, lines = articles("r04", tmp_path)
    assert lines == []
    assert {name: one.text for name, (one,) in found.items()} == {
        "da.eml": "Havnen i Norby åbner igen lørdag.",
        "de.eml": "Der Streik der Fährleute ist abgesagt, wir fahren am Montag normal.",
        "es.eml": "El túnel de Sanvara abrirá en otoño.",
        "fr.eml": "Le pont de Norby ouvrira finalement en septembre.",
        "ru.eml": "Паром в Лирио пойдёт в субботу.",
    }
    assert (found["es.eml"][0].title, found["ru.eml"][0].outlet) == ("Re: Túnel", "Анна Щукина")


def test_a_mailbox_and_a_message_in_a_message(tmp_path: Path) -> None:
    found, lines = articles("r05", tmp_path)
    mails: list[Article] = found["desk.mbox"]
    assert lines == []
    assert [(one.title, one.outlet, str(one.published)[:10]) for one in mails] == [
        ("Pier", "Ines Falk", "2025-06-12"),
        ("Tram", "Rosa Teng", "2025-06-12"),
        ("Fwd: Mill", "Desk", "2025-06-12"),
        ("Mill", "Mia Holt", "2025-06-11"),
    ]
    assert "\nFrom Lirio the ferry" in mails[0].text and "\nFrom next week on" in mails[0].text
    assert not any(sign in one.text for one in mails for sign in ("555", "VCALENDAR", "Redaktionssitzung"))
    assert len({one.id for one in mails}) == 4


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("> all of it\n> is quoted", "> all of it\n> is quoted"),
        ("Above.\nOn 3 June, A <a@b.example> wrote:\n> Old.", "Above."),
        ("Times:\n08:00 Norby\n09:00 Lirio", "Times:\n08:00 Norby\n09:00 Lirio"),
        ("Who: Ana\nWhat: a fair\nWhen: 3 June 2025\nCome!", "Who: Ana\nWhat: a fair\nWhen: 3 June 2025\nCome!"),
        ("Text\n-- \nName", "Text"),
    ],
)
def test_own_words(text: str, own: str) -> None:
    assert own_words(text) == own


def test_hidden_parts_of_a_fragment_are_no_text() -> None:
    assert fragment(
        '<p>Seen.</p><p hidden>Not.</p><span style="display: none">Nor this.</span><p style="font-size:14px">Big.</p>'
    ) == ("Seen.\nBig.")
    assert tidy("مهتاب نیک\u200cپور 👨\u200d👩") == "مهتاب نیک\u200cپور 👨\u200d👩"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:/* x */none">{}</p>', '<p style="font:0/0 a">{}</p>', '<p style="filter: opacity(0%)">{}</p>',
        '<p style="content-visibility:hidden">{}</p>', "<noframes>{}</noframes>", "<style>.x p{{font-size:0}}</style><div class=x><p>{}</p></div>",
        "<style>#pre{{max-height:0}}</style><div id=pre>{}</div>",
    ],
)  # fmt: skip
def test_more_ways_to_hide(hidden: str) -> None:
    shown = "<p>The ferry to Norby sails again.</p><p style='font:italic 14px/1.2 serif'>Tickets cost nine crowns.</p>"
    assert fragment(shown + hidden.format("Nobody sees this.")).split("\n") == [
        "The ferry to Norby sails again.", "Tickets cost nine crowns.",
    ]  # fmt: skip


def test_a_subject_is_in_the_letters_of_its_message() -> None:
    head = b"From: a@d.example\nSubject: Br\xfccke gesperrt\nDate: Tue, 14 May 2024 10:00:00 +0000\n\n"
    body = "Die Brücke in Lahnbach ist gesperrt, sagte Bürgermeister Jürgen Köhler.\n".encode("cp1252")
    assert email(head + body, "a.eml").title == "Brücke gesperrt"
