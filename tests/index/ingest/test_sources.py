"""Files, folders and standard input -> articles, and one clear line for each item that cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.ingest import sources
from index.ingest.formats.plain_text import date_line, dateline, headline
from index.ingest.sources import read
from index.records import Article, Period
from tests.support import ROOT, permissions


def articles(*paths: Path | str, stdin: bytes = b"") -> list[Article]:
    items = list(read(map(str, paths), stdin=io.BytesIO(stdin)))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def errors(*paths: Path | str, stdin: bytes = b"") -> list[str]:
    return [str(item) for item in read(map(str, paths), stdin=io.BytesIO(stdin)) if isinstance(item, SourceError)]


def rows(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


# ------------------------------------------------------------------------------------------------------------------ text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_kept_character_for_character(tmp_path: Path, encoding: str) -> None:
    text = " \r\nTalks in Selwyn\r\rThe ministers “met”.\n\n\u2028e\u0301 \ufb01 ﷺ 👩‍👩‍👧\t \n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert [a.text for a in articles(tmp_path / "a.txt")] == [text]


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_standard_input_is_kept_character_for_character(text: str) -> None:
    found = list(read(["-"], stdin=io.BytesIO(text.encode())))
    if text.lstrip("\ufeff").strip() and "\0" not in text and not text.lstrip("\ufeff").lstrip().startswith("{"):
        assert isinstance(found[0], Article)
        assert found[0].text == text.removeprefix("\ufeff")
    assert len(found) >= 1


@pytest.mark.parametrize("data", ["Café".encode("latin-1"), "Порт".encode("cp1251"), b"\x89PNG\r\n\x1a\n\0\0"])
def test_an_unreadable_encoding_is_never_guessed(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (line,) = errors(tmp_path / "a.txt")
    assert line.startswith(f"{tmp_path}/a.txt: ") and "UTF-8" in line and "iconv" in line


def test_empty_text_is_an_error(tmp_path: Path) -> None:
    for data in (b"", b" \n\t\r\n", b"\xef\xbb\xbf"):
        (tmp_path / "a.txt").write_bytes(data)
        assert errors(tmp_path / "a.txt") == [f"{tmp_path}/a.txt: empty: there is no text in it"]


def test_a_text_says_its_title_date_language_and_agency(tmp_path: Path) -> None:
    text = (
        "Ministers meet in Selwyn\n\nFriday, January 4, 2019\n\nThe ministers met. They were calm.\n\nWith information from EFE"
    )
    (tmp_path / "a.txt").write_text(text)
    (article,) = articles(tmp_path / "a.txt")
    assert (article.id, article.title, str(article.published)) == ("a.txt", "Ministers meet in Selwyn", "2019-01-04")
    assert (article.date_source, article.lang, article.agency, article.outlet) == ("text", "en", "EFE", "")
    assert article.text == text


def test_headlines() -> None:
    assert headline("\nTalks in Selwyn\r\n\r\nThe ministers met.") == "Talks in Selwyn"
    assert headline("The ministers met in Selwyn.\n\nThey were calm.") == ""  # a sentence
    assert headline("Talks in Selwyn\nThe ministers met.") == ""  # nothing sets it apart
    assert headline("Talks in Selwyn") == ""  # the text itself
    assert headline("Friday, January 4, 2019\n\nThe ministers met.") == ""
    assert headline("word " * 60 + "\n\nThe ministers met.") == ""
    assert headline("## Talks in Selwyn ##\nThe ministers met.", markdown=True) == "Talks in Selwyn"
    assert headline("# Talks in Selwyn\nThe ministers met.") == ""


@pytest.mark.parametrize(
    ("lang", "opening"),
    [
        ("en", "HALDEN, 3 March 2026 (Nordwire) - The ferry struck the pier."),
        ("en", "Ferry strikes pier\n\nHALDEN, Norway, March 3, 2026 (Nordwire) — The ferry struck the pier."),
        ("en", "NEW SELWYN, March 3, 2026 – The ferry struck the pier."),
        ("en", "Halden, Tuesday, 3 March 2026 - The ferry struck the pier."),
        ("en", "Port of Halden (3 March 2026) - The ferry struck the pier."),
        ("es", "LIMA, 3 de marzo de 2026 (Nordwire).- El transbordador chocó."),
        ("es", "La Paz, 3 de marzo de 2026 (Nordwire). El transbordador chocó."),
        ("fr", "PARIS, le 3 mars 2026 (Nordwire) – Le bac a heurté le quai."),
        ("de", "Tarnow, 3. März 2026 (nw). Der Stadtrat hat ein Dach bewilligt."),
        ("de", "Frankfurt am Main, den 3. März 2026 - Der Stadtrat hat ein Dach bewilligt."),
        ("pt", "LISBOA, 3 de março de 2026 (Nordwire) - O barco bateu no cais."),
        ("it", "ROMA, 3 marzo 2026 (Nordwire) - Il traghetto ha urtato il molo."),
        ("pl", "WARSZAWA, 3 marca 2026 r. (Nordwire) - Prom uderzył w nabrzeże."),
        ("ru", "МОСКВА, 3 марта 2026 (Нордвайр). — Паром ударился о причал."),
    ],
)
def test_where_and_when_a_report_was_filed_is_its_date(lang: str, opening: str) -> None:
    assert str(dateline(f"{opening} {'More was not known. ' * 30}", lang)) == "2026-03-03"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, January 4, 2019 - nobody knew why - they met.",
        "In Lima, 3 March 2026. That is where it began.",
        "Mara Olsen, 3 March 2026. She died at home.",
        "Mara Olsen, 3 March 2026: “We will not wait.”",
        "Review: Ann Lee, 3 March 2026 - a novel of the coast.",
        "The treaty was signed in Rome, 3 March 2026.",
        "Anna Berg, 3 March 1961 to 5 May 2020, was a painter.",
        "HALDEN, March 3 (Nordwire) - The ferry struck the pier.",
        "HALDEN, 33 March 2026 (Nordwire) - The ferry struck the pier.",
        "Halden, 3 March 2026, was a day that nobody there forgets.",
    ],
)
def test_a_date_in_a_sentence_is_not_when_it_was_filed(text: str) -> None:
    assert dateline(text) is None


def test_dates_in_plain_text() -> None:
    dates = {
        ("es", " date 2023-10 El ministro llegó este miércoles."): "2023-10",
        ("en", "Date: 2023-10-18\nText"): "2023-10-18",
        ("en", "\n\nFriday, January 4, 2019\u00a0\n\nText"): "2019-01-04",
        ("de", "Titel\n\n2023-10-18T07:30:00+02:00\n\nText"): "2023-10-18T05:30:00Z",
        ("es", "Título\n4 de enero de 2019\nTexto"): "2019-01-04",
        ("fr", "Titre\nvendredi 4 janvier 2019\nTexte"): "2019-01-04",
        ("de", "Titel\nFreitag, den 4. Januar 2019\nText"): "2019-01-04",
        ("ru", "Заголовок\n4 января 2019\nТекст"): "2019-01-04",
        ("pl", "Tytuł\npiątek, 4 stycznia 2019 r.\nTekst"): "2019-01-04",
    }
    assert {(lang, text): str(dateline(text, lang)) for lang, text in dates} == dates
    for text in (
        "The treaty of 2019-01-04 is void.",  # inside a sentence
        "On January 4, 2019 they met.\nThen they left.",
        "Monday, January 4, 2019\n\nText",  # it was a Friday
        "Boeing 12 2019\nText",
        "2019-13-44\nText",
        "x" * 300 + "\n2019-01-04\n",  # too far down
        "word " * 59 + "2019-01-04 and more",
    ):
        assert dateline(text) is None, text
    assert date_line("3 Mai 2019", "de") == Period.parse("2019-05-03")


# ----------------------------------------------------------------------------------------------------------------- JSONL


def test_every_field_of_a_row(tmp_path: Path) -> None:
    row = {"id": 7, "title": " T ", "text": "One.\r\n", "date": "2023-10", "source": "Infobox", "url": "https://a.example/x#y"}
    row |= {"lang": "ES-mx", "authors": ["Ana", "Luz"], "agency": "EFE", "unknown": {"deep": [1]}}
    (tmp_path / "a.jsonl").write_bytes(rows(row))
    assert articles(tmp_path / "a.jsonl") == [
        Article(
            id="7",
            text="One.\r\n",
            title="T",
            outlet="Infobox",
            agency="EFE",
            authors=("Ana", "Luz"),
            published=Period.parse("2023-10"),
            date_source="row",
            lang="es",
            url="https://a.example/x#y",
        )
    ]


def test_only_text_is_required_and_null_means_absent(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("id", "title", "date", "source", "outlet", "url", "lang", "authors", "agency"))
    (tmp_path / "a.jsonl").write_bytes(rows({"text": "The minister said so."}, nothing | {"text": "La ministra lo dijo."}))
    one, two = articles(tmp_path / "a.jsonl")
    assert one == Article(id="a.jsonl#1", text="The minister said so.", lang="en")
    assert two == Article(id="a.jsonl#2", text="La ministra lo dijo.", lang="es")


def test_ids_come_from_the_row_the_url_or_the_path(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    url = "HTTPS://News.Example:443/A?b=c#part"
    (tmp_path / "in" / "deep" / "a.jsonl").write_bytes(
        rows({"id": "x y", "text": "t", "url": url}, {"text": "t", "url": url}, {"text": "t"})
    )
    (tmp_path / "in" / "b.md").write_text("text")
    ids = ["b.md", "x y", "https://news.example/A?b=c#part", "deep/a.jsonl#3"]
    assert [a.id for a in articles(tmp_path / "in")] == ids
    assert [a.id for a in articles(tmp_path / "in" / "b.md")] == ["b.md"]
    assert [a.id for a in articles("-", stdin=rows({"text": "t"}))] == ["-#1"]


LONG = (
    "The harbour of Sele reopened on Monday, after the storm had closed it for three weeks, the harbour master told reporters."
)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_many_rows_without_a_text_are_two_lines_that_say_which_field_may_hold_it(tmp_path: Path, name: str) -> None:
    given = [{"headline": "Harbour open", "bodytxt": f"{LONG} {n}", "when": "2025-06-10"} for n in range(40)]
    (tmp_path / name).write_bytes(json.dumps(given).encode() if name == "a.json" else rows(*given))
    first, rest = read([str(tmp_path / name)])
    assert isinstance(first, SourceError) and first.where == f"{tmp_path}/{name}:1"
    assert first.why == (
        '"text" is missing or empty; there are: headline, bodytxt, when; if it is in "bodytxt", call that "text"'
    )
    assert isinstance(rest, SourceError) and rest.why == '39 more rows without a "text"'


def test_two_rows_without_a_text_are_each_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows({"text": ""}, {"text": LONG}, {"id": "x", "date": LONG}))
    errors = [item for item in read([str(tmp_path / "a.jsonl")]) if isinstance(item, SourceError)]
    assert [(one.where.rpartition(":")[2], one.why.partition(";")[2].strip()) for one in errors] == [
        ("1", "there are: text"), ("3", "there are: id, date"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"text": "t"', "not a JSON object on one line"),
        (b"[1]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"title": "t"}', '"text" is missing or empty'),
        (b'{"text": " "}', '"text" is missing or empty'),
        (b'{"text": 5}', '"text" holds no word'),
        (b'{"text": "\\ud800"}', '"text" holds no word'),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"9" * 5000 + b"}", ""),
    ],
)
def test_a_bad_row_costs_one_line_and_the_rest_goes_on(tmp_path: Path, line: bytes, why: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows({"text": "one"}) + b"\n" + line + b"\n" + rows({"text": "two"}))
    first, error, last = read([str(tmp_path / "a.jsonl")])
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(error, SourceError)
    assert error.where == f"{tmp_path}/a.jsonl:3"
    assert why in error.why and "\n" not in str(error)


def test_a_row_with_an_unreadable_date_is_kept_without_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        rows({"text": "one", "date": "soon"}, {"text": "two", "date": "Sat, 05 Oct 2019 10:00:00 +0200"})
    )
    one, two, error = read([str(tmp_path / "a.jsonl")])
    assert isinstance(one, Article) and one.published is None and one.date_source == ""
    assert isinstance(error, SourceError) and "'soon'" in error.why and "2023-10" in error.why
    assert isinstance(two, Article) and str(two.published) == "2019-10-05T08:00:00Z"


def test_line_separators_of_unicode_do_not_end_a_row() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        data = '{"text": "a\u2028b\x85c"}\r\n\n  {"text": "d"}'.encode(encoding)
        assert [a.text for a in articles("-", stdin=data)] == ["a\u2028b\x85c", "d"]


def test_a_row_over_the_limit_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TEXT_LIMIT", 1000)
    (tmp_path / "a.jsonl").write_bytes(rows({"text": "x" * 5000}, {"text": "two"}))
    error, two = read([str(tmp_path / "a.jsonl")])
    assert isinstance(error, SourceError) and error.where.endswith(":1")
    assert isinstance(two, Article) and two.id == "a.jsonl#2"
    (tmp_path / "a.txt").write_text("x" * 2000)
    assert len(errors(tmp_path / "a.txt")) == 1


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    """The first row arrives although the rest of the stream never does."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb") as pen:
        pen.write(rows(*({"text": "word " * 100} for _ in range(100))))  # under the 64 KB a pipe holds
        pen.flush()
        assert isinstance(next(read(["-"], stdin=stream)), Article)


# ------------------------------------------------------------------------------------------------- files and folders


def test_compressed_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows({"text": "one"})))
    (tmp_path / "b.TXT.XZ").write_bytes(lzma.compress(b"two"))
    assert [(a.id, a.text) for a in articles(tmp_path)] == [("a.jsonl.gz#1", "one"), ("b.TXT.XZ", "two")]


def test_a_damaged_archive_gives_what_it_holds_and_one_error(tmp_path: Path) -> None:
    whole = gzip.compress(rows(*({"text": f"row {n} {os.urandom(64).hex()}"} for n in range(2000))))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    *read_, error = read([str(tmp_path / "a.jsonl.gz")])
    assert len(read_) > 500 and all(isinstance(item, Article) for item in read_)
    assert isinstance(error, SourceError) and "damaged" in error.why
    (tmp_path / "b.txt.xz").write_bytes(b"not xz")
    (tmp_path / "c.txt.gz").write_bytes(b"not gzip")
    assert len(errors(tmp_path / "b.txt.xz", tmp_path / "c.txt.gz")) == 2


def test_decompressed_bytes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "FILE_LIMIT", 10_000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows(*({"text": "x" * 500} for _ in range(100)))))
    items = list(read([str(tmp_path / "a.jsonl.gz")]))
    assert isinstance(items[-1], SourceError) and "decompressed" in items[-1].why
    assert len(items) < 25


def test_a_folder_is_read_in_order_without_what_is_hidden_or_unknown(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.md", ".hidden.txt", ".git/x.txt", "picture.png", "c/deep/er/x.ndjson", "README"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"text": "t"}' if name.endswith("json") else "text")
    assert [a.id for a in articles(tmp_path)] == ["a.md", "b/10.txt", "b/2.txt", "c/deep/er/x.ndjson#1"]
    assert [a.id for a in articles(f"{tmp_path}/b/")] == ["10.txt", "2.txt"]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (inside / "sub" / "a.txt").write_text("text")
    (inside / "link.txt").symlink_to("sub/a.txt")
    (inside / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "gone.txt").symlink_to(inside / "nowhere.txt")
    (inside / "sub" / "up").symlink_to(tmp_path)
    items = list(read([str(inside)]))
    assert [item.id for item in items if isinstance(item, Article)] == ["link.txt", "sub/a.txt"]
    wrong = [item.where for item in items if isinstance(item, SourceError)]
    assert wrong == [f"{inside}/gone.txt", f"{inside}/out.txt", f"{inside}/sub/up"]


def test_what_cannot_be_read_costs_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.docm").write_text("x")
    wrong = errors(tmp_path / "nowhere.txt", tmp_path / "empty", tmp_path / "a.docm", "a\0b", "/dev/null", "")
    assert len(wrong) == 6
    assert all("\n" not in line and "\0" not in line for line in wrong)
    assert "check the path" in wrong[0] and ".jsonl" in wrong[1] and ".docm" in wrong[2]


@pytest.mark.skipif(os.name == "nt", reason="permissions are other ones")
def test_a_file_without_permission(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not permissions.hold(tmp_path):
        return permissions.again(request)
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in errors(tmp_path)[0]


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system refuses such names")
def test_names_with_control_characters_and_broken_encoding(tmp_path: Path) -> None:
    for name in (b"a\nb.txt", b"\x1b[31mred.txt", b"\xff.txt", "\u202ereversed.txt".encode()):
        (tmp_path / os.fsdecode(name)).write_text("text")
    ids = [a.id for a in articles(tmp_path)]
    assert sorted(ids) == sorted(["a\\nb.txt", "\\x1b[31mred.txt", "\\udcff.txt", "\\u202ereversed.txt"])
    assert all(id.isprintable() and id.encode() for id in ids)


def test_a_file_without_a_suffix_is_read_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(rows({"text": "row"}))
    (tmp_path / "two").write_text("text")
    assert [(a.id, a.text) for a in articles(tmp_path / "one", tmp_path / "two")] == [("one#1", "row"), ("two", "text")]


def test_standard_input_is_rows_or_one_text() -> None:
    assert [a.text for a in articles("-", stdin=b"\n\n" + rows({"text": "a"}, {"text": "b"}))] == ["a", "b"]
    assert [a.text for a in articles("-", stdin=b"\nNot {json}\n")] == ["\nNot {json}\n"]
    assert [a.text for a in articles("-", stdin="Señor".encode("utf-16"))] == ["Señor"]
    assert errors("-", stdin=b"") == ["-: empty: there is no text in it"]


def test_the_sample_articles_are_read_whole() -> None:
    samples = articles(ROOT / "scripts" / "samples")
    assert len(samples) == len({a.id for a in samples}) >= 20
    assert {a.lang for a in samples} == {"en", "es", "fr", "de", "ar"}
    assert sum(a.agency == "Meridian Press" for a in samples) == 3
    assert [a.id for a in samples if a.published is None] == ["the-amber-strait.md"]
    assert "2025-05" in {str(a.published) for a in samples}


def test_paths_may_be_path_objects(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour opens on Monday.", encoding="utf-8")
    assert [item.text for item in read([tmp_path]) if isinstance(item, Article)] == ["The harbour opens on Monday."]
