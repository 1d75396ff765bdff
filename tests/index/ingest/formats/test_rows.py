"""Tables and JSON as other programs export them: no row is lost without a line, and no optional field costs one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.ingest.formats import fields, jsonl
from index.ingest.formats.feed import feed
from index.records import Article
from tests.support.hostile import articles

Found = dict[str, list[Article]]


def count(found: Found) -> dict[str, int]:
    return {name.partition(".")[0]: len(one) for name, one in found.items()}


def text_of(found: Found) -> str:
    return "\n".join(f"{one.title}\n{one.text}\n{one.outlet}\n{one.authors}" for rows in found.values() for one in rows)


# ------------------------------------------------------------------------------------------------------------------ tables


def test_a_stray_quotation_mark_costs_no_row(tmp_path: Path) -> None:
    found, lines = articles("k01", tmp_path)
    assert [line.partition(":")[0] for line in lines] == ["closed-by-chance.csv", "never-closed.csv"]
    assert all("a quotation mark opens a cell here and is not closed" in line for line in lines)
    assert set(count(found).values()) == {6}
    assert found["mysql.csv"][1].text == 'Rosa Tena dijo: "El puerto, cerrado hoy, abrirá mañana", según la radio.'
    assert found["inches.csv"][2].text.endswith('otro de 40".')
    assert all(len(one.text) < 120 and one.published for rows in found.values() for one in rows)
    assert [one.title for one in found["never-closed.csv"]][:2] == ["Nota 1", "Nota 2"]


def test_the_hint_for_excel_is_no_heading(tmp_path: Path) -> None:
    found, lines = articles("k02", tmp_path)
    assert lines == []
    assert {name: one.title for name, (one,) in found.items()} == {f"{name}": f"Havn {name[:-4]}" for name in found}
    assert len(found) == 7
    assert {str(one.published) for (one,) in found.values()} == {"2025-06-10"}


def test_headings_in_eleven_languages(tmp_path: Path) -> None:
    found, lines = articles("k03", tmp_path)
    assert lines == []
    assert len(found) == 11
    for (one,) in found.values():
        assert one.title and one.outlet and str(one.published) == "2025-06-10"


def test_ragged_rows(tmp_path: Path) -> None:
    found, lines = articles("k04", tmp_path)
    assert count(found) == {"preamble": 1, "ragged": 3, "semicolons-in-comma-file": 2}
    assert found["ragged.csv"][0].text == "Kapteinis Mari Õun ütles, et sadam, mis suleti esmaspäeval, jääb kinni."
    assert '"Tilts; ceļš; osta – viss slēgts."' in found["semicolons-in-comma-file.csv"][0].text
    assert len(lines) == 2 and "ragged.csv:3" in lines[0] and "ragged.csv:9" in lines[1]


def test_a_table_without_headings_is_named(tmp_path: Path) -> None:
    found, lines = articles("k05", tmp_path)
    assert count(found) == {"headline-like-headings": 2}
    assert len(lines) == 3 and all("no heading row" in line for line in lines)


def test_headings_are_those_of_one_language() -> None:
    assert fields.columns(["Titel", "Text", "Datum", "x"]) == ["title", "text", "date", ""]
    assert fields.columns(["titulo", "text", "date"]) == ["title", "text", "date"]
    assert fields.columns(["BAŞLIK", "METİN", "TARİH"]) == ["title", "text", "date"]
    assert fields.columns(["id", "data"]) == ["id", "date"]  # Italian, Polish, Portuguese


# -------------------------------------------------------------------------------------------------------------------- JSON


def test_dates_of_other_programs_cost_no_row(tmp_path: Path) -> None:
    found, lines = articles("l01", tmp_path)
    rows = found["dates.jsonl"]
    assert len(rows) == 17
    days = {one.id: str(one.published)[:10] for one in rows if one.published}
    assert set(days.values()) == {"2025-06-12"}
    assert {one.id for one in rows} - set(days) == {"d12", "d13", "d14", "d15"}
    (line,) = lines
    assert "3 rows were read, but without their dates" in line


def test_nested_outlets_authors_and_links(tmp_path: Path) -> None:
    found, lines = articles("l02", tmp_path)
    assert lines == []
    rows = found["nested.jsonl"]
    assert [one.outlet for one in rows] == [
        "Diário de Norby", "Вестник", "Gazeta Łącka", "AFP", "Norby Herald", "fakel.example", "Lirio Post",
    ]  # fmt: skip
    assert [one.authors for one in rows[1:4]] == [("Ана Шульц",), ("Jan Bug",), ("Léa Morand",)]
    assert rows[1].url == "https://vestnik.example/2" and rows[2].url == "https://gazeta.example/3"
    assert not any(sign in text_of(found) for sign in ("{", "None", "null", "[object"))


def test_text_under_other_names_and_in_other_shapes(tmp_path: Path) -> None:
    found, lines = articles("l03", tmp_path)
    assert lines == []
    assert len(found) == 6
    assert [found[name][0].title for name in ("wordpress.json", "blocks.jsonl", "html.jsonl")] == [
        "Hafen – zu",
        "Mühle",
        "Markt",
    ]
    assert found["wordpress.json"][0].text.endswith("\nDer Rat & die Bürger warten.")
    assert "und der Rat stimmte ihr zu" in found["newsapi.json"][0].text
    spoilt = ("chars]", "Mont…", "rendered", "'type'", "&#8211;", "<p>", "var x", "p{}", "WERBUNG", "Kurz.")
    assert [sign for sign in spoilt if sign in text_of(found)] == []


def test_arrays_wrappers_and_other_layouts(tmp_path: Path) -> None:
    found, lines = articles("l04", tmp_path)
    assert count(found) == {
        "array": 2, "by-id": 2, "commas": 2, "lines": 2, "pretty": 2, "sequence": 2, "single": 1, "wrapped": 2,
    }  # fmt: skip
    assert lines == ["empty.json: empty.json:1: nothing in it"]


def test_nulls_separators_and_half_characters(tmp_path: Path) -> None:
    found, lines = articles("l05", tmp_path)
    rows = {one.id: one for one in found["rows.jsonl"]}
    assert list(rows) == ["a", "b", "c", "d", "e", "f"]
    assert "«A ponte reabre no outono.»" in rows["b"].text
    assert not any(sign in text_of(found) for sign in ("\0", "\ufffd", "nan", "None", "Rascunho"))
    text_of(found).encode()
    assert [line.split(":")[2] for line in lines] == ["8", "9", "10"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2024, "2024"),
        ("2568-06-10", "None"),
        ("0025-06-10", "None"),
        ("0000-00-00", "None"),
        ("1970-01-01T00:00:00Z", "None"),
        (0, "None"),
        (float("nan"), "None"),
        ([2025, 6], "2025-06"),
        ({"other": 1}, "None"),
        ("2025-W24", "2025-06"),
        ("2025-Q2", "2025"),
        ("1899-12-30", "None"),
        ("-2025-06-12", "None"),
        ("12.06.25", "2025-06-12"),
        ("31.12.99", "1999-12-31"),
        ("06/13/25", "2025-06-13"),
        ("05/06/25", "None"),
        (" 2025-6-12 ", "2025-06-12"),
    ],
)
def test_dates(value: object, expected: str) -> None:
    assert str(fields.date(value)) == expected


DAY, NONE = "2025-06-12T08:00:00", "0000-00-00T00:00:00"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"date_gmt": DAY}, DAY),
        ({"date": None, "date_gmt": DAY}, DAY),
        ({"date": "", "date_gmt": DAY}, DAY),
        ({"date": NONE, "pubDate": DAY}, DAY),
        ({"post_date": NONE, "post_date_gmt": DAY}, DAY),
        ({"date_gmt": NONE, "modified_gmt": DAY}, ""),  # a draft
        ({"date_gmt": NONE, "date": "2025-06-11"}, "2025-06-11"),
        ({"published": "2025-06-11", "date_gmt": DAY}, "2025-06-11"),
    ],
)
def test_where_one_field_has_no_date_another_tells_it(dates: dict[str, object], expected: str) -> None:
    """As WordPress gives its posts: with the time in Greenwich beside the local one, or alone; drafts have noughts."""
    row = {"id": 7, "title": {"rendered": "Havn"}, "content": {"rendered": "<p>The harbour is closed.</p>"}, **dates}
    (read,) = [one for one in jsonl.of_row(row, "posts.json", "7") if isinstance(one, Article)]
    assert str(read.published or "").removesuffix("Z") == expected


def test_a_table_of_a_wordpress_database_is_read() -> None:
    row = {
        "ID": 7,
        "post_title": "Havn",
        "post_content": "The harbour is closed.",
        "post_date_gmt": DAY,
        "post_excerpt": "Closed.",
    }
    (read,) = jsonl.of_row(row, "posts.json", "a")
    assert isinstance(read, Article)
    assert (read.id, read.title, read.text, str(read.published)) == ("7", "Havn", "The harbour is closed.", f"{DAY}Z")


def test_a_json_feed_may_tell_the_time_in_greenwich_alone() -> None:
    item = {"id": "7", "url": "https://havn.example/7", "content_text": "The harbour is closed.", "date_gmt": DAY}
    channel = {"version": "https://jsonfeed.org/version/1.1", "title": "Havn", "items": [item]}
    (entry,) = feed(json.dumps(channel).encode(), "https://havn.example/feed.json")
    assert str(entry.published) == f"{DAY}Z" and not entry.undated
