"""The formats that are read: one row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from index.ingest.formats import docx, email, html, pdf
from index.ingest.formats.extracted import Extracted

Kind = Literal["html", "feed", "sitemap", "pdf", "docx", "email", "warc", "csv", "jsonl", "json", "packed", "text", ""]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document. `extract` is there where one document is one article: (bytes, where, url, the server's charset)."""

    kind: Kind
    suffixes: str = ""
    media: str = ""  # parts of media types, as servers name them
    shape: Literal["text", "rows", "document", "archive"] = "document"  # how a file of it is read: whole, or as it comes
    extract: Callable[[bytes, str, str, str], Extracted] | None = None


FORMATS = (
    Format("html", "html htm xhtml", "html", extract=lambda data, where, url, sent: html.html(data, url, sent, where)),
    Format("feed", "xml rss atom", "rss atom xml"),
    Format("pdf", "pdf", "pdf", extract=lambda data, where, url, sent: pdf.pdf(data, where)),
    Format("docx", "docx docm dotx", extract=lambda data, where, url, sent: docx.docx(data, where)),
    Format("csv", "csv tsv", "csv"),
    Format("email", "eml mbox", "rfc822 mbox", extract=lambda data, where, url, sent: email.email(data, where)),
    Format("jsonl", "jsonl ndjson", "ndjson jsonl", "rows"),
    Format("json", "json", "json"),
    Format("text", "txt text md markdown", "text/", "text"),
    Format("warc", "warc arc", shape="archive"),
)  # fmt: skip
BY_KIND = {row.kind: row for row in FORMATS}
BY_SUFFIX: dict[str, Kind] = {suffix: row.kind for row in FORMATS for suffix in row.suffixes.split()}
BY_MEDIA: tuple[tuple[str, Kind], ...] = tuple((part, row.kind) for row in FORMATS for part in row.media.split())
