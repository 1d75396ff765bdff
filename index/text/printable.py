"""Strangers' text made safe to show: nothing in it acts on a terminal or reorders what is read. Pure."""

from __future__ import annotations

import re
from html import unescape

# Control characters (C0 but tab and newline, DEL, C1) and lone surrogates, which no terminal or UTF-8 stream can take.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Embeddings, overrides and isolates make text read in another order than it is written (CVE-2021-42574). The marks U+200E,
# U+200F and U+061C stay: Arabic and Hebrew need them, and they cannot reorder a run of letters.
_REORDER = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """The text without anything that acts on a terminal: control characters become U+FFFD, reordering ones disappear.

    >>> clean("a\\x1b[31mb\\r\\nc")
    'a�[31mb\\nc'
    """
    text = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text)
    return _CONTROL.sub("\ufffd", _REORDER.sub("", text))


def one_line(text: str) -> str:
    """The same words with a single space in place of all white space."""
    return " ".join(text.split())


def line(text: str) -> str:
    """Cleaned and on one line, spaces kept as they are elsewhere."""
    return re.sub(r"\s*[\n\t]\s*", " ", clean(text)).strip()


def title_line(title: str) -> str:
    """A title as it is shown: outlets' feeds and tables have "&#039;" in it.

    >>> title_line("&#039;No&#039;, says Ruiz")
    "'No', says Ruiz"
    """
    return line(unescape(title))
