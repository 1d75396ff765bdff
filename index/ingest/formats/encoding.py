"""Bytes of a document -> its characters.

    a byte order mark -> UTF-16 without one -> ISO-2022 -> UTF-8, or nearly, whatever the label says
    -> the server's label -> the document's own label -> these, nearly -> the code page that its language gives away
    -> UnicodeError

Labels are read as browsers read them (WHATWG Encoding Standard): "gb2312" is GBK, "iso-8859-1" is Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from index.ingest.formats import code_pages

HELP = "not UTF-8, and its encoding cannot be told: save it as UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8"
HEAD = 16_384  # bytes in which a document names its encoding
DAMAGED = 0.1  # of the characters beyond ASCII, at most, in a document that is read in spite of them

_OWN = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|encoding=[\"']([\w.:-]{1,40})", re.I)
_LANG = re.compile(rb"<html[^>]{0,200}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.I)
_ISO_2022 = re.compile(rb"\x1b(?:\$[@AB]|\(J|\$\)[AC])")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_NOT_TEXT = frozenset(  # codecs of Python that are no charsets
    "base64 bz2 hex quopri rot13 uu zlib idna punycode unicode_escape raw_unicode_escape utf_7".split()
)


def decode(data: bytes, charset: str = "") -> str:
    """The text, without NUL characters; `charset` is the server's word for it. UnicodeError if its letters cannot be told.

    U+FFFD stands for the few broken bytes of a document that is otherwise sound.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _plain(data[len(codecs.BOM_UTF8) :].decode("utf-8", "replace"))
    if name := wide(data):
        return _plain(data.decode(name, "replace").removeprefix("\ufeff"))
    try:
        if not (b"\x1b" in data and _ISO_2022.search(data)):
            return _plain(data.decode("utf-8"))
    except UnicodeError:
        pass
    return _plain(_labelled(data, charset))


def codec(label: str) -> str:
    """Python's codec for a label as the web uses it; "" for an unknown one."""
    import webencodings

    if encoding := webencodings.lookup(label):
        return "gb18030" if encoding.name == "gbk" else encoding.codec_info.name
    for name in (label, re.sub(r"^(?:x|windows|cp)?-", "", label), label.replace("-", "")):
        try:
            info = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        return "" if info.name.replace("-", "_") in _NOT_TEXT else info.name
    return ""


def _labelled(data: bytes, charset: str) -> str:
    """Bytes that are not UTF-8."""
    own = _OWN.search(data, 0, HEAD)
    labels = [charset, (own[1] or own[2]).decode("ascii", "replace") if own else "", "iso-2022-jp" if b"\x1b" in data else ""]
    names = [name for label in labels if label and (name := codec(label.strip()))]
    if text := _nearly(data, "utf-8"):
        return text
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        if not _CONTROLS.search(text):
            return text
    for name in names:
        if text := _nearly(data, name):
            return text
    lang = _LANG.search(data, 0, HEAD)
    text = code_pages.decoded(data, lang[1].decode().lower() if lang else "") or ""
    if not text:
        raise UnicodeError(HELP)
    return text


def _nearly(data: bytes, name: str) -> str:
    """The text with its few broken bytes, "" if they are not few."""
    text = data.decode(name, "replace")
    broken = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if broken <= DAMAGED * beyond and not _CONTROLS.search(text) else ""


def wide(data: bytes) -> str:
    """The codec of UTF-16 and UTF-32; "" for the rest. Without a byte order mark, UTF-16 is known by the zeros of its ASCII."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return _unmarked(data)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"


def _unmarked(data: bytes) -> str:
    head = data[:2000]
    if b"\0" not in head or len(data) % 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > 10 * even else "utf-16-be"
    if max(even, odd) < 0.2 * len(head) or max(even, odd) <= 10 * min(even, odd):
        return ""
    try:
        data.decode(name)
    except UnicodeError:
        return ""
    return name


def _plain(text: str) -> str:
    return text.replace("\0", "")
