"""PDF, DOCX, e-mail, CSV, sitemaps, archives: files made here, whole, damaged and hostile."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.ingest.formats.archives import Record, unpack, warc
from index.ingest.formats.csv import rows
from index.ingest.formats.detect import kind
from index.ingest.formats.docx import docx
from index.ingest.formats.email import email
from index.ingest.formats.pdf import pdf
from index.ingest.formats.sitemap import sitemap
from tests.support import reads_without_an_error

LINES = [
    "NORBY, Oct 18 (AFP) - The ferry between Norby and Saint Elm will run again from",
    "next week, the harbour office said on Wednesday, after a winter of repairs to both land-",
    "ing stages.",
    "The council has promised help.",
]

# --- kinds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "content_type", "name", "expected"),
    [
        (b"%PDF-1.7\n", "text/html", "a.txt", "pdf"),
        (b"\x1f\x8b\x08", "", "", "packed"),
        (b"\xfd7zXZ\0", "", "", "packed"),
        (b"WARC/1.0\r\n", "", "", "warc"),
        (b"PK\x03\x04", "", "a.docx", "docx"),
        (b"PK\x03\x04", "", "a.xlsx", ""),
        (b'<?xml version="1.0"?><rss version="2.0">', "text/html", "", "feed"),
        (b'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">', "", "", "feed"),
        (b'<?xml version="1.0"?><urlset xmlns="x">', "", "", "sitemap"),
        (b"<!DOCTYPE html><html><head><title>rss feed</title>", "", "", "html"),
        (b"\xef\xbb\xbf  <HTML>", "", "", "html"),
        (b"From: a@b.example\nSubject: x\n\nhi", "", "", "email"),
        (b"Received: by x\n  with y\nMIME-Version: 1.0\n", "", "", "email"),
        (b"title,text\n", "", "a.csv", "csv"),
        (b"hello", "text/plain", "", "text"),
        (b"\0\1\2", "", "", ""),
    ],
)
def test_kinds(head: bytes, content_type: str, name: str, expected: str) -> None:
    assert kind(head, content_type, name) == expected


@given(st.binary(max_size=400), st.text(max_size=20), st.text(max_size=20))
def test_kind_never_fails(head: bytes, content_type: str, name: str) -> None:
    reads_without_an_error(kind, head, content_type, name)


# --- packed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress, bytes])
def test_unpack(pack: object) -> None:
    assert unpack(pack(b"text " * 100), "a") == b"text " * 100  # type: ignore[operator]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_bombs_and_damage_are_one_line(pack: object) -> None:
    packed: bytes = pack(b"\0" * 20_000_000)  # type: ignore[operator]
    with pytest.raises(SourceError, match="larger than 1,000,000 bytes"):
        unpack(packed, "a.gz", limit=1_000_000)
    for damaged in (packed[:-20], packed[:40] + b"\xff" * 40 + packed[80:]):
        with pytest.raises(SourceError, match="damaged or cut short"):
            unpack(damaged, "a.gz")


# --- PDF -------------------------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def make_pdf(lines: list[str], objects: list[bytes] | None = None) -> bytes:
    """A PDF of one page, written by hand (ISO 32000-1 §7.5)."""
    shown = "".join(f"({escaped(line)}) Tj T*\n" for line in lines)
    content = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1")
    stream = zlib.compress(content)
    objects = objects or [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Ferry to run again) /Author (Mara Lind) /CreationDate (D:20231018073000+02'00') >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>" % (len(objects) + 1, len(objects))
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + trailer
        + b"\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_pdf() -> None:
    found = pdf(make_pdf(LINES), "a.pdf")
    assert found.text == (
        "NORBY, Oct 18 (AFP) - The ferry between Norby and Saint Elm will run again from next week, the harbour office said on "
        "Wednesday, after a winter of repairs to both landing stages.\nThe council has promised help."
    )
    assert (found.title, found.authors, found.agency) == ("Ferry to run again", ("Mara Lind",), "AFP")
    assert found.published is None  # the day it was made is not the day of its news
    assert found.extractor.startswith("pypdf ")


def pages_in_a_loop() -> bytes:
    tree = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>", b"<< >>"]
    return make_pdf([], tree)


def contents_in_a_loop() -> bytes:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\n"
    form += b"stream\n/X Do\nendstream"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>"
    tree = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, form]
    return make_pdf([], [*tree, b"<< /Length 5 >>\nstream\n/X Do\nendstream", b"<< >>"])


def bomb() -> bytes:
    stream = zlib.compress(zlib.compress(b"\0" * 300_000_000))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(stream) + stream + b"\nendstream"
    return make_pdf(
        [], [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, body, b"<< >>"]
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.4\n" + b"\xff" * 3000,
        make_pdf(LINES)[:300],
        make_pdf([]),
        pages_in_a_loop(),
        contents_in_a_loop(),
        bomb(),
        b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    ],
    ids=["empty", "heading", "noise", "cut", "no text", "page loop", "form loop", "bomb", "deep"],
)
def test_hostile_pdfs_are_one_line(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        pdf(data, "a.pdf", seconds=30)
    assert str(caught.value).startswith("a.pdf: ")
    assert str(caught.value).isprintable()


def test_a_slow_pdf_is_stopped() -> None:
    with pytest.raises(SourceError, match=r"within 0\.001 s"):
        pdf(make_pdf(LINES), "a.pdf", seconds=0.001)


# --- DOCX ------------------------------------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f"""<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>
<w:p><w:r><w:t>The ferry </w:t></w:r><w:r><w:t>runs again.</w:t></w:r>
<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>
<w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Four</w:t><w:tab/><w:t>crossings</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"""
CORE = """<?xml version="1.0"?><c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="t">
<dc:title>Ferry</dc:title><dc:creator>Mara Lind</dc:creator><t:created>2023-10-18T07:30:00Z</t:created></c:coreProperties>"""


def make_zip(**members: str | bytes) -> bytes:
    names = {"document": "word/document.xml", "core": "docProps/core.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(names.get(name, name), content)
    return out.getvalue()


def test_docx() -> None:
    found = docx(make_zip(document=DOCUMENT, core=CORE), "a.docx")
    assert found.text == "The ferry runs again.\nFour\tcrossings"
    assert (found.title, found.authors, found.published) == ("Ferry", ("Mara Lind",), None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        make_zip(other="x"),
        make_zip(document="<broken"),
        make_zip(document=DOCUMENT.replace("<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document')),
        make_zip(document=f"<w:document xmlns:w='{WORD}'/>"),
        make_zip(document=b"<a>" + b" " * 70_000_000),
        make_zip(document=b"<a>" * 200_000),
        make_zip(document=DOCUMENT)[:-30],
    ],
    ids=["empty", "no zip", "no word", "xml", "entities", "no text", "bomb", "deep", "cut"],
)
def test_hostile_word_files_are_one_line(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        docx(data, "a.docx")
    assert str(caught.value).startswith("a.docx: ")


# --- e-mail ----------------------------------------------------------------------------------------------------------

MAIL = """From: =?utf-8?q?El_Faro_=C2=B7_bolet=C3=ADn?= <boletin@elfaro.example>
Subject: =?utf-8?b?VnVlbHZl?= el
 transbordador
Date: Wed, 18 Oct 2023 07:30:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Vea la edición en línea.
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><style>p {}</style><p>El transbordador entre Norby y San Elmo volver=E1 a navegar.</p><p>Con informaci=F3n de EFE</p>
--b
Content-Type: text/plain
Content-Disposition: attachment; filename=secret.txt

attached
--b--
"""


def test_email() -> None:
    found = email(MAIL.encode(), "a.eml")
    assert found.text == "El transbordador entre Norby y San Elmo volverá a navegar.\nCon información de EFE"
    assert (found.title, found.outlet, found.agency) == ("Vuelve el transbordador", "El Faro · boletín", "EFE")
    assert str(found.published) == "2023-10-18T05:30:00Z"


def nested(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)) + b"\nhello"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff" * 500,
        nested(3000),
        b"Content-Type: text/html; charset=zlib\n\n",
        b"From: " + b"=?utf-8?b?" * 5000 + b"\n\n",
    ],
)
def test_hostile_messages(data: bytes) -> None:
    try:
        assert email(data, "a.eml").text
    except SourceError as error:
        assert str(error).startswith("a.eml: ")


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_no_message_escapes_as_another_exception(tail: bytes) -> None:
    for data in (tail, b"Content-Type: multipart/mixed; boundary=x\nSubject: " + tail + b"\n\n--x\n\n" + tail):
        try:
            email(data, "a.eml")
        except SourceError as error:
            assert error.why


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv(separator: str) -> None:
    table = [
        ["Headline", "Body", "Fecha", "other"],
        ["Ferry", '"Runs,\nagain; ""soon"""', "2023-10", "x"],
        ["", "Second", "", ""],
    ]
    data = ("\ufeff" + "\n".join(separator.join(row) for row in table)).encode()
    assert list(rows(data, "a.csv")) == [
        (2, {"title": "Ferry", "text": 'Runs,\nagain; "soon"', "date": "2023-10"}),
        (4, {"text": "Second"}),
    ]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b'"unclosed', b"\0\0"])
def test_tables_without_text(data: bytes) -> None:
    with pytest.raises(SourceError):
        list(rows(data, "a.csv"))


@given(st.binary(max_size=200))
def test_no_table_escapes_as_another_exception(data: bytes) -> None:
    try:
        list(rows(b"title,text\n" + data, "a.csv"))
    except SourceError as error:
        assert error.why


# --- sitemaps --------------------------------------------------------------------------------------------------------

MAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://norby.example/ferry </loc><lastmod>2023-10-20</lastmod>
<n:news><n:publication><n:name>Post</n:name></n:publication>
<n:publication_date>2023-10</n:publication_date><n:title>Ferry</n:title></n:news></url>
<url><loc>javascript:alert(1)</loc></url><url/></urlset>"""


def test_sitemap() -> None:
    (link,) = sitemap(MAP.encode(), "https://norby.example/map.xml")
    assert (link.url, link.is_map, link.title) == ("https://norby.example/ferry", False, "Ferry")
    assert (str(link.published), str(link.modified)) == ("2023-10", "2023-10-20")
    index = b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"
    assert [(link.url, link.is_map) for link in sitemap(index, "https://norby.example/map.xml")] == [
        ("https://norby.example/news.xml", True)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html/>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><urlse>&b;</urlse>',
        b"<a>" * 100_000,
    ],
)
def test_what_is_no_sitemap(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a sitemap"):
        sitemap(data, where="map.xml")


def test_a_sitemap_reads_no_file() -> None:
    secret = (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&b;</loc></url></urlset>'
    )
    assert [link.url for link in sitemap(secret)] in ([], ["https://a.example/"])


# --- web archives ----------------------------------------------------------------------------------------------------


def archived(url: str, body: bytes, status: str = "200 OK", kind: str = "response") -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-10-18T07:30:00Z\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


ARCHIVE = archived("https://norby.example/ferry", b"<p>one") + archived("https://norby.example/b", b"gone", "404 Not Found")
ARCHIVE += archived("https://norby.example/c", b"two")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_warc(pack: object) -> None:
    found = list(warc(io.BytesIO(pack(ARCHIVE)), "a.warc"))  # type: ignore[operator]
    assert [(page.url, page.body) for page in found if isinstance(page, Record)] == [
        ("https://norby.example/ferry", b"<p>one"),
        ("https://norby.example/c", b"two"),
    ]
    first = found[0]
    assert isinstance(first, Record)
    assert (first.content_type, first.charset, str(first.fetched)) == ("text/html", "utf-8", "2023-10-18T07:30:00Z")


def test_a_damaged_archive_gives_what_comes_before() -> None:
    *pages, last = warc(io.BytesIO(ARCHIVE[:400] + b"\xff" * 400), "a.warc")
    assert isinstance(pages[0], Record) if pages else isinstance(last, SourceError | Record)
    packed = gzip.compress(ARCHIVE)
    *_, last = warc(io.BytesIO(packed[: len(packed) // 2]), "a.warc.gz")
    assert isinstance(last, SourceError)


def test_large_pages_of_an_archive_are_passed_over(capfd: pytest.CaptureFixture[str]) -> None:
    first, second = warc(
        io.BytesIO(archived("https://a.example/", b"x" * 5000) + archived("https://b.example/", b"y")), "a.warc", 1000
    )
    assert "larger than 1,000 bytes" in str(first)
    assert isinstance(second, Record)
    assert capfd.readouterr().err == ""


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 600))
@pytest.mark.slow
def test_no_archive_escapes_as_another_exception(noise: bytes, place: int) -> None:
    for item in warc(io.BytesIO(ARCHIVE[:place] + noise + ARCHIVE[place:]), "a.warc"):
        assert isinstance(item, Record | SourceError)


def test_every_archive_of_the_shared_collection(shared: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pages = files = 0
    with tarfile.open(shared / "data" / "feeds_warc" / "warcio_testdata.tar.xz") as members:
        for member in members:
            content = members.extractfile(member) if member.isfile() else None
            if content and ("warc" in member.name or "arc" in member.name):
                files += 1
                pages += sum(isinstance(item, Record) for item in warc(io.BytesIO(content.read()), member.name))
    assert files == 16
    assert pages >= 16
    assert capfd.readouterr().err == ""
