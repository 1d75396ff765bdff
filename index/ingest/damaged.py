"""The last look at an article: what could not be decoded is left out and named, so that U+FFFD never reaches the library;
titles and names are of a length that can be listed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.errors import SourceError
from index.records import Article
from index.text.printable import one_line
from index.text.sentences import sentences

MARK = "\ufffd"
_ALONE = re.compile(rf"(?<!\S){MARK}(?!\S)")  # which was no letter of a word
LONGEST = 300  # characters of a title or name
MOST = 0.3  # of a text, in sentences with broken letters, beyond which the rest is no article


def without_damage(items: Iterable[Article | SourceError], where: str = "") -> Iterator[Article | SourceError]:
    """The items; an article with U+FFFD in it without the sentences that hold one, and a line about them."""
    for item in items:
        if isinstance(item, Article):
            item = _short(item)
        if isinstance(item, SourceError) or MARK not in f"{item.text}{item.title}{item.outlet}{item.authors}":
            yield item
        else:
            yield from _sound(item, where or item.url or item.id)


def _short(article: Article) -> Article:
    """With a title and names that can be listed."""
    given = (article.title, article.outlet, *article.authors)
    if max(map(len, given)) <= LONGEST and not any("\n" in name for name in given):
        return article
    names = tuple(_cut(name) for name in article.authors)
    return replace(article, title=_cut(article.title), outlet=_cut(article.outlet), authors=names)


def _cut(name: str) -> str:
    """On one line, and at a word's end, with "…"."""
    name = one_line(name) if "\n" in name else name
    if len(name) <= LONGEST:
        return name
    head = name[: LONGEST - 1]
    return (head[: head.rfind(" ")] if " " in head[LONGEST // 2 :] else head).rstrip() + "…"


def _sound(article: Article, where: str) -> Iterator[Article | SourceError]:
    text, lost = _ALONE.sub("", article.text), 0
    article = replace(article, title=_ALONE.sub("", article.title).strip())
    for start, end in reversed(sentences(text, article.lang)):
        if MARK in text[start:end]:
            text, lost = text[:start].rstrip(" ") + text[end:], lost + 1
    if len(text) < (1 - MOST) * len(article.text) or not text.strip():
        yield SourceError(where, "its letters cannot be read: they were lost before, or its encoding cannot be told")
        return
    sound = {name: value for name in ("title", "outlet", "agency") if MARK not in (value := getattr(article, name))}
    blank = dict.fromkeys(("title", "outlet", "agency"), "") | sound
    authors = tuple(name for name in article.authors if MARK not in name)
    yield replace(article, text=text, authors=authors, **blank)
    if lost:
        yield SourceError(where, f"read, but without {lost} {'sentence' if lost == 1 else 'sentences'} with broken letters")
    elif article.title and not blank["title"]:
        yield SourceError(where, "read, but without its title, which has broken letters")
