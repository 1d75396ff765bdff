"""What a document is, by its first bytes, its name, or the server's word."""

from __future__ import annotations

import re

from index.ingest.formats.registry import BY_MEDIA, BY_SUFFIX, Kind


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
    if suffix in BY_SUFFIX and suffix != "docx":  # a zip file, which would have shown itself
        return BY_SUFFIX[suffix]
    if re.match(rb"(?:[\x21-\x39\x3b-\x7e]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:from|subject|mime-version|message-id):", lowered):
        return "email"
    return next((found for part, found in BY_MEDIA if part in content_type.lower()), "")
