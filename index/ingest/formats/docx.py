"""A Word file -> its paragraphs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.extracted import Extracted
from index.text import credits

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
