"""What else is found in a newsroom's folders and on the web: plain titles with tags, lock files, pages without visible text."""

from __future__ import annotations

import io
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bot.settings.settings import load
from index.errors import SourceError
from index.ingest.damaged import LONGEST
from index.ingest.formats.archives import Record, warc
from index.ingest.sources import read
from index.records import Article
from tests.support.hostile import articles, made


def test_a_plain_title_of_atom_keeps_its_tags_and_a_json_feed_is_read(tmp_path: Path) -> None:
    found, lines = articles("s01", tmp_path)
    assert lines == []
    assert [one.title for one in found["atom.xml"]] == [
        "De <b>-tag is dertig", "De kade is dicht", "De brug & de sluis", "<3 Norby", "Prijs < 9 en > 3 kronen", "R&D: 5 < 7", "",
    ]  # fmt: skip
    assert {one.outlet for one in found["atom.xml"]} == {"De Kade"}
    feed = found["feed.json"]
    assert [(one.title, one.outlet, str(one.published)) for one in feed] == [
        ("Bryggan stängd", "Kajen", "2025-06-12T08:00:00Z"), ("", "Kajen", "None"), ("", "Kajen (j.example)", "2025-06-12"),
    ]  # fmt: skip
    assert [one.id for one in feed] == ["https://j.example/1", "feed.json#2", "feed.json#3"]  # the third links another site
    assert "Kort." not in feed[1].text and "<" not in feed[0].text


def test_lock_files_and_those_of_the_system_are_no_news(tmp_path: Path) -> None:
    folder = made("s02", tmp_path)
    items = list(read([str(folder)]))
    assert sorted(item.id for item in items if isinstance(item, Article)) == [
        "stôl/správa o prístave.docx",
        "stôl/~poznámka.txt",
    ]
    why = sorted(item.why for item in items if isinstance(item, SourceError))
    assert len(why) == 2 and "old Word file" in why[0] and "empty" in why[1]
    (line,) = read([str(next(folder.rglob("~$r*")))])
    assert isinstance(line, SourceError) and "lock file" in line.why


def test_pages_whose_text_is_only_in_their_data(tmp_path: Path) -> None:
    found, lines = articles("s03", tmp_path)
    pages = {name: one for name, (one,) in found.items()}
    assert {name: one.title for name, one in pages.items()} == {
        "array-escaped.html": "Titre pl", "graph.html": "Titre fr", "live.html": "Titre vi", "raw-breaks.html": "Titre tr",
    }  # fmt: skip
    assert all(str(one.published)[:10] == "2025-06-12" for one in pages.values())
    text = "\n".join(f"{one.text} {one.outlet}" for one in pages.values())
    assert not any(sign in text for sign in ("&lt;", "<p>", "{", "]]>", "sztormu.Rada", "JavaScript", "Abonnez"))
    assert [line.partition(":")[0] for line in lines] == ["recipe.html", "teaser.html"]


def test_long_titles_are_cut_and_odd_packings_refused(tmp_path: Path) -> None:
    found, lines = articles("s05", tmp_path)
    assert all(len(one.title) <= LONGEST for rows in found.values() for one in rows)
    assert found["long.jsonl"][0].title.endswith("…") and "森川恵" in found["long.jsonl"][0].text
    assert "lautta numero viisi" in found["long.html"][0].text
    assert "laituri numero 3" in found["stored.docx"][0].text
    assert sorted(line.partition(":")[0] for line in lines) == ["bzip2.docx", "deflate64.docx", "lzma.docx"]
    assert all("save it again" in line for line in lines)


def test_a_page_that_an_archive_holds_in_brotli() -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "br")], protocol="HTTP/1.1")
    body = io.BytesIO(brotli.compress(b"<html><p>The pier opens on Friday.</p></html>"))
    writer.write_record(writer.create_warc_record("http://norby.example/", "response", payload=body, http_headers=head))
    (record,) = warc(io.BytesIO(file.getvalue()), "a.warc")
    assert isinstance(record, Record) and b"The pier opens" in record.body


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("\ufeff# für Köln\n".encode())
    assert load(tmp_path / "a.toml", environ={}) == load(environ={})
