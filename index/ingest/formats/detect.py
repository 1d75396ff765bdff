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
        return "docx" if BY_SUFFIX.get(suffix, "") == "docx" or not suffix or "wordprocessing" in content_type else ""
    if lowered.startswith(b"<"):
        if re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", lowered):
            return "sitemap"
        if re.search(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", lowered) and not lowered.startswith(
            (b"<!doctype html", b"<html")
        ):
            return "feed"
        if re.search(rb"<!doctype html|<html|<head|<body|<meta|<title|<div|<p\b|<article", lowered):
            return "html"
    if start.startswith(b"{") and b"jsonfeed.org/version" in start:
        return "feed"
    if BY_SUFFIX.get(suffix, "docx") != "docx":  # a zip file, which would have shown itself
        return BY_SUFFIX[suffix]
    if re.match(rb"(?:[\x21-\x39\x3b-\x7e]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:from|subject|mime-version|message-id):", lowered):
        return "email"
    return next((found for part, found in BY_MEDIA if part in content_type.lower()), "")


def why_not(head: bytes, name: str) -> str:
    """What a file is that is not read, and what to do about it; "" if it is not known."""
    if name.rpartition("/")[2].startswith(("~$", ".~lock.")):
        return "a lock file that an office program keeps beside an open document: close it there, or read the document itself"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "an old Word file (.doc), or one with a password: save it as .docx without one"
    if head.startswith(b"PK\x03\x04"):
        return "a zip file that is no Word document: unpack it first"
    return ""
