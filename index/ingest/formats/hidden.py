"""What of a page nobody sees: elements that markup or styles hide. They are cut out before the text is read.

    drop_hidden(tree)    by element, attribute, inline style and the page's own style sheets
    drop_notices(tree)   what lies over a page until it is answered: dialogs, banners about cookies
    is_hidden(element)   by element, attribute and inline style, for a piece of HTML in a feed

Style sheets that a page links are not fetched, so text that only they hide is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = frozenset(
    "template noscript noframes noembed object iframe video audio canvas textarea datalist svg select script style".split()
)
MOST = 0.8  # of a page's text that its style sheets may hide: more is a page that scripts fade in
RULES = 400  # of the style sheets of a page that are looked at
_PAGE = frozenset("html body main article".split())
_INLINE = frozenset("a abbr b em i mark strong".split())  # sites fade links in, in the midst of a sentence


def drop_hidden(tree: HtmlElement) -> None:
    """Cut out of a page what is not seen; its data for machines (JSON-LD, meta) stays."""
    for element in [one for one in tree.iter() if isinstance(one.tag, str) and one.tag not in _PAGE]:
        if element.tag not in ("script", "style") and is_hidden(element):
            _drop(element)
    styled = [element for element in _hidden_by_sheets(tree) if element.tag not in _PAGE | _INLINE]
    whole = len(tree.text_content())
    if styled and sum(len(element.text_content()) for element in styled) <= MOST * whole:
        for element in styled:
            _drop(element)


_NOTICE = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|cmp|onetrust|didomi|usercentrics|cookiebot|cybotcookiebotdialog)"
    r"(?:[-_]?(?:banner|bar|notice|box|popup|modal|dialog|overlay|layer|message|consent|law|info|wrapper|container|root|sdk|host))*(?:$|[-_\s])"
)
ELSE = 100  # characters in paragraphs outside of notices: a page with as many has something else to say


def drop_notices(tree: HtmlElement) -> None:
    """Cut out what lies over a page until it is answered, unless the page is nothing else."""
    found = [element for element in tree.iter("div", "section", "aside", "form", "dialog") if _is_notice(element)]
    if not found:
        return
    inside = {one for element in found for one in element.iter("p")}
    if sum(len(one.text_content().strip()) for one in tree.iter("p") if one not in inside) >= ELSE:
        for element in found:
            _drop(element)


def _is_notice(element: HtmlElement) -> bool:
    if (element.get("role") or "").lower() in ("dialog", "alertdialog"):
        return True
    return any(_NOTICE.search(mark.lower()) for name in ("id", "class") if (mark := element.get(name)) and len(mark) < 200)


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element is not seen, by what it is and says of itself."""
    if element.tag in UNSEEN or (element.tag == "dialog" and element.get("open") is None):
        return True
    hidden = element.get("hidden")
    if (hidden is not None and hidden.lower() != "until-found") or (element.get("aria-hidden") or "").lower() == "true":
        return True
    style = element.get("style")
    return bool(style) and hides(declared(style), alone="color" in style and _without_background(element))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _without_background(element: HtmlElement) -> bool:
    """Whether nothing but the white of the page can be behind an element."""
    above = [element, *element.iterancestors()]
    return not any("background" in (one.get("style") or "") or one.get("class") or one.get("bgcolor") for one in above)


# ----------------------------------------------------------------------------------------------------------------- styles


def declared(style: str) -> dict[str, str]:
    """Property -> value of declarations, in lower case; the later ones win."""
    pairs = (part.partition(":") for part in _COMMENT.sub("", style).lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value.strip()}


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ZERO = re.compile(r"0(?:\.0*)?(?:px|em|rem|pt|%|vh|vw)?")
_SHORTHAND = re.compile(r"(?:[a-z]+ )*([\d.]+[a-z%]*)(?:\s*/.*| .*)?")  # the size in "italic 0/0 a"
_OFF = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|vh|%)")
_WHITE = re.compile(r"#fff(?:fff)?|#f[c-f]f[c-f]f[c-f]|white|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,\s*1(?:\.0)?\s*)?\)")
_CLEAR = re.compile(r"transparent|rgba\([^)]*,\s*0(?:\.0*)?\s*\)")
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1)(?:px)?[ ,]+(?:0|1)(?:px)?[ ,]+(?:0|1)(?:px)?[ ,]+(?:0|1)(?:px)?\s*\)|inset\((?:50|100)%\)"
)


def hides(style: dict[str, str], *, alone: bool = False) -> bool:
    """Whether declarations hide text. `alone`: no other background than the page's white can be behind it."""
    cut = "hidden" in style.get("overflow", "") or "clip" in style.get("overflow", "")
    background = style.get("background-color") or style.get("background") or ("white" if alone else "")
    size = re.fullmatch(r"([\d.]+)px", style.get("font-size", ""))
    color = style.get("color", "")
    return (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or bool(_ZERO.fullmatch(style.get("max-height", "")))
        or style.get("visibility") in ("hidden", "collapse")
        or bool(_ZERO.fullmatch(style.get("opacity", "")))
        or style.get("content-visibility") == "hidden"
        or bool(re.search(r"opacity\(\s*0(?:\.0*)?%?\s*\)", style.get("filter", "")))
        or bool(_ZERO.fullmatch(style.get("font-size") or _SHORTHAND.sub(r"\1", style.get("font", ""))))
        or bool(size and float(size[1].strip(".") or 0) <= 2)
        or any(_OFF.fullmatch(style.get(name, "")) for name in ("left", "right", "top", "text-indent", "margin-left"))
        or (cut and any(_ZERO.fullmatch(style.get(name, "")) for name in ("height", "max-height", "width", "max-width")))
        or (cut and style.get("width") == "1px")
        or bool(_CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")))
        or "scale(0)" in style.get("transform", "")
        or bool(_CLEAR.fullmatch(color))
        or bool(_WHITE.fullmatch(color) and _WHITE.fullmatch(background))
    )


_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@([\w-]+)([^{};]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)


def _hidden_by_sheets(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that the page's own style sheets hide."""
    rules = [rule for sheet in tree.iter("style") for rule in _rules(sheet.text or "")]
    hiding = [selector for selector, style in rules if hides(style, alone=True)][:RULES]
    if not hiding:
        return []
    linked = any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))
    by_mark: dict[str, list[HtmlElement]] = {}
    for element in tree.iter():
        if isinstance(element.tag, str):
            for mark in (element.tag, f"#{element.get('id')}", *(f".{name}" for name in (element.get("class") or "").split())):
                by_mark.setdefault(mark, []).append(element)
    held = {mark for selector, _ in rules if (mark := _mark(selector)) in by_mark}
    near = [(selector, style) for selector, style in rules if _mark(selector) in held]
    found = dict.fromkeys(e for selector in hiding for e in by_mark.get(_mark(selector), ()) if _matches(e, selector))
    styles: dict[HtmlElement, dict[str, str]] = {}
    for element in found:
        for one in (element, *element.iterancestors()):
            if one not in styles:
                styles[one] = {k: v for selector, style in near if _matches(one, selector) for k, v in style.items()}
    return [one for one in found if hides(styles[one], alone=not linked and not _on_dark(one, styles))]


def _mark(selector: str) -> str:
    """What the elements of a selector are looked up by: an id, a class or a name."""
    last = selector.rpartition(" ")[2]
    marks = re.findall(r"[.#][\w-]+", last)
    return marks[0] if marks else last.lower()


def _on_dark(element: HtmlElement, styles: dict[HtmlElement, dict[str, str]]) -> bool:
    """Whether something above an element has a background that is not white, or that is not known."""
    above = [styles.get(one, {}) for one in element.iterancestors()]
    backgrounds = [value for style in above for name, value in style.items() if name in ("background", "background-color")]
    inline = any("background" in (one.get("style") or "") or one.get("bgcolor") for one in element.iterancestors())
    return inline or any(not _WHITE.fullmatch(value) for value in backgrounds)


def _rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(selector, declarations), those for screens only."""
    sheet = _COMMENT.sub("", sheet[:200_000])
    media = [match for match in _AT_RULE.finditer(sheet) if match[1] == "media"]
    screens = " ".join(match[3] for match in media if re.fullmatch(r"\s*(?:only\s+)?(?:screen|all)?\s*", match[2]))
    for match in _RULE.finditer(f"{_AT_RULE.sub('', sheet)} {screens}"):
        style = declared(match[2])
        for selector in match[1].split(","):
            yield selector.strip(), style


@lru_cache(maxsize=4096)
def _parts(selector: str) -> tuple[str, ...]:
    """A selector made of names, classes, ids, descendants and children; () for any other."""
    parts = re.sub(r"\s*>\s*", " > ", selector).split()
    plain = all(part == ">" or ((match := _SIMPLE.fullmatch(part)) and match[0]) for part in parts)
    return tuple(parts) if plain else ()


def _matches(element: HtmlElement, selector: str) -> bool:
    parts = _parts(selector)
    last = _SIMPLE.fullmatch(parts[-1]) if parts else None
    return last is not None and _fits(element, last) and _stands(element, list(parts[:-1]))


def _fits(element: HtmlElement, simple: re.Match[str]) -> bool:
    marks = re.findall(r"[.#][\w-]+", simple[2])
    classes = (element.get("class") or "").split()
    return (not simple[1] or element.tag == simple[1].lower()) and all(
        mark[1:] in classes if mark[0] == "." else mark[1:] == element.get("id") for mark in marks
    )


def _stands(element: HtmlElement, above: list[str]) -> bool:
    """Whether an element stands below what a selector asks for."""
    if not above:
        return True
    child = above[-1] == ">"
    wanted = _SIMPLE.fullmatch(above[-2 if child else -1])
    rest = above[: -2 if child else -1]
    parents = list(element.iterancestors())
    return wanted is not None and any(_fits(one, wanted) and _stands(one, rest) for one in (parents[:1] if child else parents))
