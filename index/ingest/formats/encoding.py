"""Bytes of a document -> its characters."""

from __future__ import annotations

import codecs
import re


def decode(data: bytes, charset: str = "") -> str:
    """Text of a page: by byte order mark, the server's charset, UTF-8, the page's own charset, in this order. Never fails."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").replace("\0", "")
    declared = re.search(
        rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|encoding=[\"']([\w.:-]{1,40})", data[:4096], re.I
    )
    own = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    for name in (charset, "utf-8", own):
        try:
            if name and codecs.lookup(_ALIASES.get(name.lower(), name)).name.replace("-", "_") not in _NOT_TEXT:
                return data.decode(_ALIASES.get(name.lower(), name)).replace("\0", "")
        except (LookupError, UnicodeError):
            continue
    return data.decode("utf-8", "replace").replace("\0", "")


# What pages call these is a subset of what they send (WHATWG Encoding Standard).
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
}
_NOT_TEXT = frozenset(  # codecs of Python that are no charsets
    "base64 bz2 hex quopri rot13 uu zlib idna punycode unicode_escape raw_unicode_escape utf_7".split()
)
