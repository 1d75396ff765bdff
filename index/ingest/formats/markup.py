"""HTML within limits, and a piece of it as plain text.

lxml takes quadratic time on some inputs, so the size, tags and attributes of a page are bounded before it sees them (measured:
300,000 <br> took 15 s, 100,000 attributes 46 s).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.ingest.formats.hidden import drop_hidden, is_hidden
from index.text.fold import UNSEEN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BYTES = 20_000_000
MAX_PAGE = 5_000_000  # characters, without scripts and styles
MAX_TAGS = 40_000  # the largest of 181 news pages has 3,229
MAX_TAG = 4_000  # characters of one tag with its attributes


def bounded(source: str, where: str) -> str:
    """The page without what makes parsers slow. Raises SourceError if too much of it is left."""
    if len(source) > MAX_BYTES:
        raise SourceError(where, f"the page is larger than {MAX_BYTES:,} characters")
    # An overlong tag is an inline image or an application's state: its name is enough.
    source = re.sub(rf"<([a-zA-Z][\w:-]{{0,40}})\b[^<>]{{{MAX_TAG},}}>?", r"<\1>", source)
    if source.count("<") > MAX_TAGS or len(source) > MAX_PAGE:
        source = _without(source, "script", "style", "svg")
    if len(source) > MAX_PAGE:
        raise SourceError(where, f"the page holds more than {MAX_PAGE:,} characters")
    if source.count("<") > MAX_TAGS:
        raise SourceError(where, f"the page has more than {MAX_TAGS:,} tags")
    return source


def _without(source: str, *names: str) -> str:
    """Cuts elements out by name, in linear time."""
    for name in names:
        kept: list[str] = []
        at = 0
        lowered = source.lower()
        while (start := lowered.find(f"<{name}", at)) >= 0 and (end := lowered.find(f"</{name}", start)) >= 0:
            if name == "script" and "ld+json" in lowered[start : lowered.find(">", start) + 1]:
                kept.append(source[at:end])
            else:
                kept.append(source[at:start])
            at = end
        source = "".join([*kept, source[at:]])
    return source


SHORTEST = 20  # characters of a message of one's own
_ANSWERED = re.compile(r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|OutlookMessageHeader)\b")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_LOOSE_JOINER = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)")
_PADDING = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]{3,}")
_BLOCK = frozenset(
    "p div br li ul ol table tr h1 h2 h3 h4 h5 h6 blockquote pre section article figure figcaption hr dl dt dd".split()
)


def fragment(source: str) -> str:
    """Plain text of a piece of HTML, as feeds and e-mails carry it: one line a block, no scripts, entities resolved."""
    if "<" not in source and "&" not in source:
        return tidy(source).strip()
    from lxml import etree
    from lxml.html import HTMLParser, fromstring

    try:
        within = bounded(source.replace("\0", ""), "")
        tree = fromstring(
            f"<div>{within}</div>".encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (SourceError, etree.LxmlError, ValueError):
        return re.sub(r"<[^<>]*>", " ", source).strip()
    if "<style" in source:
        drop_hidden(tree)
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        block = element.tag in _BLOCK
        if is_hidden(element):
            hidden += 1 if event == "start" else -1
        if block:
            parts.append("\n")
        if event == "start" and element.text and not hidden:
            parts.append(re.sub(r"\s+", " ", element.text) if element.tag != "pre" else element.text)
        if event == "end" and element.tail and not hidden:
            parts.append(re.sub(r"\s+", " ", element.tail))
    return re.sub(r"[ \t]*\n[ \n\t]*", "\n", tidy("".join(parts))).strip()


def tidy(text: str) -> str:
    """Without characters that are not seen, but for the joiners between letters, and without the blanks that pad newsletters.

    >>> tidy("ve\u00adner\u200bdì" + "\u034f \u200c \u00a0" * 9 + "fin")
    'venerdì fin'
    """
    if text.isascii() or not _UNSEEN.search(text):
        return text
    return _PADDING.sub(
        " ", _LOOSE_JOINER.sub("", _UNSEEN.sub(lambda match: match[0] if match[0] in "\u200c\u200d" else "", text))
    )


def letter(source: str) -> str:
    """The text of an HTML message, without the message that it answers, and without links that stand by themselves."""
    from lxml import etree
    from lxml.html import HTMLParser, fromstring, tostring

    try:
        tree = fromstring(f"<div>{bounded(source, '')}</div>", parser=HTMLParser(encoding="utf-8", remove_comments=True))
    except (SourceError, etree.LxmlError, ValueError):
        return fragment(source)
    for element in list(tree.iter("div", "blockquote", "span", "p")):
        answered = _ANSWERED.search(element.get("class") or "") or (
            element.tag == "blockquote" and element.get("type") == "cite"
        )
        if answered and element.getparent() is not None:
            element.drop_tree()
    for link in list(tree.iter("a")):
        if link.getparent() is not None and _stands_alone(link):
            link.drop_tree()
    own = fragment(tostring(tree, encoding="unicode"))
    return own if len(own) > SHORTEST else fragment(source)


def _stands_alone(link: HtmlElement) -> bool:
    """Whether a link is a line of its own, as buttons and "view in the browser" are."""
    before, after, above = link.getprevious(), link.getnext(), link.getparent()
    text = link.text_content().strip()
    left = not (above.text or "").strip() if before is None else before.tag in _BLOCK and not (before.tail or "").strip()
    right = not (link.tail or "").strip() and (after is None or after.tag in _BLOCK)
    return (
        left
        and right
        and above.tag in _BLOCK | {"td", "th"}
        and 0 < len(text) < 60
        and not text.endswith((".", "!", "?", "。"))
    )


def one_line(text: str) -> str:
    import html as entities

    return re.sub(r"\s+", " ", entities.unescape(text)).strip()[:500]
