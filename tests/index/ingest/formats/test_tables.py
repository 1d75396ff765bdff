"""index/ingest/formats/tables.py: a row of a table names its columns; prose stays prose."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from index.ingest.formats.docx import docx
from index.ingest.formats.tables import named
from index.ingest.sources import read
from index.records import Article

WANTED = "Team: Orla · Won: 1,200 · 2017: 3\nTeam: Tarn · Won: 9"


@pytest.mark.parametrize(
    "table",
    [
        "| Team | Won | 2017 |\n|:--|--:|---|\n| **Orla** | 1,200 | 3 |\n| Tarn | 9 |  |",
        "Team | Won | 2017\n---|---|---\nOrla | 1,200 | 3\nTarn | 9 |",
        "Team\tWon\t2017\nOrla\t1,200\t3\nTarn\t9\t",
        "Team;Won;2017\nOrla;1,200;3\nTarn;9;",
        'Team,Won,2017\nOrla,"1,200",3\nTarn,9,',
    ],
)
def test_a_row_names_its_columns(table: str) -> None:
    assert named(f"Results:\n\n{table}\n\nOrla leads.") == f"Results:\n\n{WANTED}\n\nOrla leads."


@pytest.mark.parametrize(
    "text",
    [
        "He came, he saw, he left.\nShe came, she saw, she stayed.\nThey came, they saw, they laughed.",
        "Orla; a town\nTarn; a river\nLunsay; an island",
        "1,204,000\n3,977,000\n4,812,000",  # figures head no column
        "| a | b |\r\nNo rule stands below it.\r\n",
        f"| Left | Right |\n|---|---|\n| {'A long story in a column of its own. ' * 9} | and another |",
    ],
)
def test_what_may_be_no_table_stays_as_it_is(text: str) -> None:
    assert named(text) == text


def test_a_page_and_a_word_file_say_their_rows_so_too(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    rows = [("Team", "Won", "2017"), ("Orla", "1,200", "3"), ("Tarn", "9", "")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    told = "<p>The league has played its last day, and the clerk of Orla was pleased with what he saw.</p>"
    page.write_text(f"<html><body><article><h1>League</h1>{told}<table>{cells}</table>{told}</article></body></html>")
    (found,) = read([page])
    assert isinstance(found, Article) and WANTED in found.text

    words = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body><w:tbl>{words}</w:tbl></w:body></w:document>")
    assert docx(packed.getvalue(), "a.docx").text == WANTED


def test_a_message_kept_as_a_text_is_read_as_a_message(tmp_path: Path) -> None:
    message = (
        "From: Orla Brief <brief@orla.example>\nSubject: =?utf-8?q?No_water_=E2=80=93_yet?=\nDate: Sun, 8 May 2022 09:30:00 +0000\n\n"
        "Engineers shut the main valve on Saturday night.\n"
    )
    (tmp_path / "a.txt").write_text(message)
    (tmp_path / "b.eml").write_text(message)
    text, letter = read([tmp_path])
    assert isinstance(text, Article) and isinstance(letter, Article)
    assert (text.title, text.outlet, text.published, text.text) == (letter.title, letter.outlet, letter.published, letter.text)
    assert (text.title, str(text.published)) == ("No water – yet", "2022-05-08T09:30:00Z")
