"""HTML that cannot be broken out of: every string is escaped unless `tag` made it. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from index.text.printable import clean

VOID = ("br", "hr", "meta")  # elements without an end
RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


class Markup(str):
    """HTML already. Made by `tag`, `joined` and our own constants only."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | int | None) -> Markup:
    """An element. A child that is no Markup is text. In names of attributes `_` stands for `-`; None leaves one out.

    >>> tag("p", "a < b", tag("b", "c"), class_="x", title='"')
    '<p class="x" title="&quot;">a &lt; b<b>c</b></p>'
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    written = "".join(f' {key}="{html.escape(clean(str(value)), quote=True)}"' for key, value in given.items())
    return Markup(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[str], between: str = "") -> Markup:
    """Children one after another."""
    return Markup(_safe(between).join(map(_safe, children)))


def _safe(text: str) -> str:
    return text if isinstance(text, Markup) else html.escape(clean(text), quote=False)


def speech(lang: str, ours: str) -> dict[str, str | None]:
    """The attributes `lang` and `dir` of words in a language, where it is not the one around them."""
    code = lang if lang != ours and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang) else None
    return {"lang": code, "dir": ("rtl" if lang.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr") if code else None}
