"""PDF, DOCX, e-mail, CSV and sitemaps, read within limits.

    kind(head, content_type, name)  ->  which reader
    pdf docx email                  ->  Extracted           rows           ->  dictionaries, as from JSONL
    sitemap                         ->  [Link, ...]

Everything raises SourceError with one clear line. A PDF is read in a process of its own, which can be stopped: pypdf bounds
memory, but a page may take any time, and a thread cannot be killed.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.html import Extracted, decode, fragment
from index.ingest.http.urls import join
from index.records import Period
from index.text import credits

if TYPE_CHECKING:
    pass

CELL = 16 * 2**20  # characters of one cell of a table
HEADER = 10_000  # characters of one header of a message
PDF_SECONDS = 60
PDF_MEMORY = 900_000_000  # bytes
PDF_PAGES = 2_000

Kind = Literal["html", "feed", "sitemap", "pdf", "docx", "email", "warc", "csv", "jsonl", "packed", "text", ""]


def kind(head: bytes, content_type: str = "", name: str = "") -> Kind:
    """What a file is, by its first bytes (1,000 are enough), else by its name, else by the server's word; "" if unknown."""
    start = head[:1000].lstrip(b"\xef\xbb\xbf\r\n\t ")
    lowered = start.lower()
    if head.startswith((b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh")):
        return "packed"
    if start.startswith(b"%PDF-") or b"\n%PDF-" in head[:1000]:
        return "pdf"
    if start.startswith((b"WARC/", b"filedesc://")):
        return "warc"
    suffix = name.lower().rpartition(".")[2] if "." in name else ""
    if start.startswith(b"PK\x03\x04"):
        return "docx" if suffix in ("docx", "") or "wordprocessing" in content_type else ""
    if lowered.startswith(b"<"):
        if re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", lowered):
            return "sitemap"
        if re.search(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", lowered) and not lowered.startswith(
            (b"<!doctype html", b"<html")
        ):
            return "feed"
        if re.search(rb"<!doctype html|<html|<head|<body|<meta|<title|<div|<p\b|<article", lowered):
            return "html"
    by_name: dict[str, Kind] = {
        "html": "html", "htm": "html", "xhtml": "html", "rss": "feed", "atom": "feed", "xml": "feed", "eml": "email",
        "csv": "csv", "tsv": "csv", "warc": "warc", "arc": "warc", "jsonl": "jsonl", "ndjson": "jsonl", "txt": "text",
        "md": "text", "pdf": "pdf",
    }  # fmt: skip
    if suffix in by_name:
        return by_name[suffix]
    if re.match(rb"(?:[\x21-\x39\x3b-\x7e]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:from|subject|mime-version|message-id):", lowered):
        return "email"
    by_type: tuple[tuple[str, Kind], ...] = (
        ("html", "html"), ("rss", "feed"), ("atom", "feed"), ("xml", "feed"), ("pdf", "pdf"), ("csv", "csv"),
        ("rfc822", "email"), ("ndjson", "jsonl"), ("jsonl", "jsonl"), ("text/", "text"),
    )  # fmt: skip
    return next((found for part, found in by_type if part in content_type.lower()), "")


# --- PDF ----------------------------------------------------------------------------------------------------------------------


def pdf(data: bytes, where: str, *, seconds: float = PDF_SECONDS) -> Extracted:
    """The text of a PDF, page by page. Pages that are pictures have none."""
    if len(data) > LIMIT:
        raise SourceError(where, f"the PDF is larger than {LIMIT:,} bytes")
    code = f"import sys; sys.path[:] = {sys.path!r}; from index.ingest.formats.office import _pdf_process; _pdf_process()"
    try:
        child = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(where, f"the PDF could not be read within {seconds:g} s") from None
    except OSError as error:
        raise SourceError(where, f"no process could be started to read the PDF: {error.strerror}") from None
    try:
        found = json.loads(child.stdout)
    except ValueError:
        raise SourceError(where, "the PDF could not be read: it is damaged or asks for too much memory") from None
    if reason := found.get("error"):
        raise SourceError(where, reason)
    text = _paragraphs(found["text"])
    if not text.strip():
        raise SourceError(where, "the PDF holds no text: its pages may be pictures")
    created = _pdf_date(found["created"])
    return Extracted(
        text=text,
        title=found["title"].strip(),
        authors=tuple(name for name in [found["author"].strip()] if name),
        agency=credits.agency(text),
        published=created,
        date_source="metadata" if created else "",
        extractor=found["extractor"],
    )


def _pdf_process() -> None:
    """The other side of `pdf`: bytes from standard input, JSON to standard output."""
    import logging

    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY, PDF_MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this platform; pypdf's own remain
    import pypdf

    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(2000)
    result: dict[str, str] = {"extractor": f"pypdf {pypdf.__version__}"}
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            result["error"] = "the PDF is protected by a password"
        elif len(reader.pages) > PDF_PAGES:
            result["error"] = f"the PDF has more than {PDF_PAGES:,} pages"
        else:
            about = reader.metadata
            result |= {key: str(about.get(f"/{key.title()}") or "") if about else "" for key in ("title", "author")}
            result["created"] = str(about.get("/CreationDate") or "") if about else ""
            pages: list[str] = []
            for page in reader.pages:
                pages.append(page.extract_text() or "")
                if sum(map(len, pages)) > 10_000_000:
                    break
            result["text"] = "\n\n".join(pages).encode("utf-8", "replace").decode()
    except MemoryError:
        result = {"error": "the PDF asks for too much memory"}
    except Exception as error:  # noqa: BLE001  the door of a process: whatever pypdf raises, the answer is one line
        result = {"error": f"the PDF is damaged ({type(error).__name__})"}
    sys.stdout.write(json.dumps(result))


def _pdf_date(text: str) -> Period | None:
    """D:20231018073000+02'00', with any tail missing."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?", text)
    if not match:
        return None
    year, month, day, hour, minute, second, sign, zone, zone_minute = match.groups()
    date = "-".join(part for part in (year, month, day) if part)
    if hour and minute:
        offset = f"{sign}{zone}:{zone_minute or '00'}" if sign else "Z"
        return published.parse(f"{date}T{hour}:{minute}:{second or '00'}{offset}")
    return published.parse(date)


def _paragraphs(text: str) -> str:
    """Lines of a printed page joined to paragraphs: a hyphen at a line's end is closed, a short line ends its paragraph."""
    text = re.sub(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zß-ÿ])", "", text.replace("\r\n", "\n").replace("\0", ""))
    lines = [line.strip() for line in text.split("\n")]
    width = sorted(len(line) for line in lines if line)
    full = width[int(len(width) * 0.7)] * 0.75 if width else 0
    joined: list[list[str]] = []
    last = ""
    for line in lines:
        if last and line and len(last) >= full and not re.search(r"[.!?:»”\"]$", last):
            joined[-1].append(line)
        else:
            joined.append([line])
        last = line
    return re.sub(r"\n{2,}", "\n\n", "\n".join(map(" ".join, joined))).strip()


# --- DOCX ---------------------------------------------------------------------------------------------------------------------

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx(data: bytes, where: str) -> Extracted:
    """The paragraphs of a Word file, tables included, without headers, footnotes and deleted text."""
    from xml.etree import ElementTree

    lines: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _member(archive, "word/document.xml", where)
            about = _member(archive, "docProps/core.xml", where) if "docProps/core.xml" in archive.namelist() else b""
        lines += _word_lines(body)
        properties = (
            {element.tag.rpartition("}")[2]: element.text or "" for element in ElementTree.fromstring(about)} if about else {}
        )
    except KeyError:
        raise SourceError(where, "this is a zip file, but no Word document") from None
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        RuntimeError,  # encrypted, or packed in a way that zipfile does not know
    ):
        raise SourceError(where, "the Word file is damaged or protected by a password") from None
    text = "\n".join(line for line in lines if line)
    if not text:
        raise SourceError(where, "the Word file holds no text")
    created = published.parse(properties.get("created", ""))
    return Extracted(
        text=text,
        title=properties.get("title", "").strip(),
        authors=tuple(name for name in [properties.get("creator", "").strip()] if name),
        agency=credits.agency(text),
        published=created,
        date_source="metadata" if created else "",
        extractor="docx 1",
    )


def _word_lines(body: bytes) -> Iterator[str]:
    """The paragraphs, each text in the innermost one around it: a text box stands inside a paragraph. ParseError."""
    from xml.etree import ElementTree

    open: list[list[str]] = []
    for event, element in ElementTree.iterparse(io.BytesIO(body), events=("start", "end")):
        if element.tag == f"{_WORD}p" and event == "start":
            open.append([])
        elif not open or event == "start":
            continue
        elif element.tag == f"{_WORD}p":
            yield "".join(open.pop()).strip()
        elif element.tag == f"{_WORD}t":
            open[-1].append(element.text or "")
        elif element.tag in (f"{_WORD}tab", f"{_WORD}br"):
            open[-1].append("\t" if element.tag.endswith("tab") else "\n")


def _member(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(LIMIT + 1)  # the size a zip declares is only a claim
    if len(content) > LIMIT:
        raise SourceError(where, f"larger than {LIMIT:,} bytes when unpacked")
    if re.search(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", content.replace(b"\0", b"")):
        raise SourceError(where, "the Word file defines XML entities, which no word processor does")
    return content


# --- e-mail -------------------------------------------------------------------------------------------------------------------


def email(data: bytes, where: str) -> Extracted:
    """A message: its subject, sender, date and text. Of the text and HTML forms the longer one; attachments are not read."""
    from email import policy
    from email.parser import BytesParser
    from email.utils import parseaddr

    if len(data) > LIMIT:
        raise SourceError(where, f"the message is larger than {LIMIT:,} bytes")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)  # the newer policies raise on broken headers
        parts = [part for part in message.walk() if part.get_content_maintype() == "text" and not part.get_filename()]
        texts = dict.fromkeys(("plain", "html"), "")
        for part in parts[:50]:
            payload = part.get_payload(decode=True)
            form = part.get_content_subtype()
            if isinstance(payload, bytes) and form in texts:
                content = decode(payload, part.get_content_charset() or "")
                texts[form] += (fragment(content) if form == "html" else content) + "\n"
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise SourceError(where, f"the message could not be read ({type(error).__name__})") from None
    plain, rich = texts["plain"].replace("\r\n", "\n").strip(), texts["html"].strip()
    text = plain if len(plain) >= 0.7 * len(rich) else rich
    if not text:
        raise SourceError(where, "the message holds no text")
    name, address = parseaddr(_header(message.get("From")))
    when = published.parse(_header(message.get("Date")))
    return Extracted(
        text=text,
        title=_header(message.get("Subject")),
        outlet=name or address.rpartition("@")[2],
        agency=credits.agency(text, byline=name),
        published=when,
        date_source="metadata" if when else "",
        extractor="email 1",
    )


def _header(value: object) -> str:
    """A header in plain characters: =?utf-8?q?...?= decoded, folded lines joined."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    if value is None:
        return ""
    try:
        pieces = decode_header(str(value)[:HEADER])  # 200,000 encoded words took minutes
    except (HeaderParseError, ValueError):
        return re.sub(r"\s+", " ", str(value)[:HEADER]).strip()
    words = [piece if isinstance(piece, str) else decode(piece, charset or "") for piece, charset in pieces]
    return re.sub(r"\s+", " ", "".join(words)).strip()


# --- CSV ----------------------------------------------------------------------------------------------------------------------

_COLUMNS = {
    "id": "id", "title": "title", "headline": "title", "titulo": "title", "título": "title", "text": "text", "body": "text",
    "content": "text", "article": "text", "texto": "text", "date": "date", "published": "date", "published_at": "date",
    "publish_date": "date", "fecha": "date", "source": "source", "outlet": "source", "publisher": "source", "fuente": "source",
    "url": "url", "link": "url", "lang": "lang", "language": "lang", "idioma": "lang", "author": "authors",
    "authors": "authors",
}  # fmt: skip


def rows(data: bytes, where: str) -> Iterator[dict[str, object]]:
    """The rows of a CSV file with the field names of JSONL: a column "headline" is "title", "body" is "text", and so on.

    Separator comma, semicolon or tab, whichever the heading has most of. Raises SourceError if there is no text column.
    """
    text = decode(data)
    heading = text.partition("\n")[0]
    separator = max(",;\t|", key=heading.count)
    csv.field_size_limit(CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [_COLUMNS.get(name.strip().lower(), "") for name in next(reader, [])]
        if "text" not in names:
            raise SourceError(where, 'the first line names no column "text"')
        for values in reader:
            row: dict[str, object] = {}
            for name, value in zip(names, values, strict=False):
                if name and value.strip() and name not in row:
                    row[name] = value
            if row:
                yield row
    except csv.Error as error:
        why = f"a cell of more than {CELL // 2**20} MB" if "field larger" in str(error) else f"not readable as CSV: {error}"
        raise SourceError(f"{where}:{reader.line_num}", why) from None


# --- sitemaps -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a sitemap."""

    url: str
    is_map: bool  # it leads to another sitemap, not to a page
    published: Period | None = None  # from a news sitemap; `modified` is only a hint
    modified: Period | None = None
    title: str = ""


def sitemap(data: bytes, url: str = "", where: str = "") -> list[Link]:
    """The entries of a sitemap or sitemap index, at most 50,000 (the protocol's own limit)."""
    from lxml import etree

    where = where or url or "sitemap"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or etree.QName(root).localname not in ("urlset", "sitemapindex"):
        raise SourceError(where, "this is not a sitemap")
    links: list[Link] = []
    for entry in root.iterchildren("{*}url", "{*}sitemap"):
        values: dict[str, str] = {}
        for element in entry.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}title"):
            values.setdefault(etree.QName(element).localname, (element.text or "").strip())
        address = join(url, values["loc"]) if values.get("loc") else ""
        if address:
            links.append(
                Link(
                    address,
                    etree.QName(entry).localname == "sitemap",
                    published.parse(values.get("publication_date", "")),
                    published.parse(values.get("lastmod", "")),
                    values.get("title", ""),
                )
            )
        if len(links) == 50_000:
            break
    return links
