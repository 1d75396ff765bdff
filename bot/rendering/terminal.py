"""Lines for a terminal: wrapped, styled, linked. Pure: it makes text, its callers print it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.rendering.answer_text import facts
from bot.rendering.links import deep_link, web_address, whereabouts
from bot.rendering.status import status_label, words_beneath
from index.text.printable import clean, line

if TYPE_CHECKING:
    from bot.records import Citation, Note, Sentence, Source
    from index.records import Article, Hit
    from index.storage.records import Stats


@dataclass(frozen=True, slots=True)
class Screen:
    """What the place that is written to can show."""

    width: int = 0  # columns; 0: never wrap
    codes: bool = False  # escape codes: bold, dim and links (OSC 8)
    color: bool = False

    def style(self, text: str, code: str) -> str:
        """With an SGR code around it ("1" bold, "2" dim, "36" cyan), where the screen has that."""
        return f"\x1b[{code}m{text}\x1b[0m" if text and code and self.codes and (self.color or code in ("1", "2")) else text

    def link(self, text: str, url: str) -> str:
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url and self.codes else text


def show_sentence(sentence: Sentence, sources: Iterable[Source], screen: Screen) -> str:
    """A sentence as a block of lines, its [n] linked to the words in the article; if unconfirmed, with these beneath it."""
    urls = {source.number: web_address(source.url) for source in sources}
    above = [screen.style(wrap(line(sentence.heading), screen), "1")] if sentence.heading else []
    shown = wrap(line(sentence.text), screen, tail=_linked_marks(sentence.citations, urls, screen))
    status = [wrap(status_label(sentence), screen, indent=2, code="2")] if status_label(sentence) else []
    words = [
        wrap(f"> {line(citation.quote)}", screen, indent=2, tail=_linked_marks([citation], urls, screen), code="2")
        for citation in words_beneath(sentence)
    ]
    return "\n".join([*above, shown, *status, *words])


def show_note(note: Note, sources: Iterable[Source], screen: Screen) -> str:
    urls = {source.number: web_address(source.url) for source in sources}
    return wrap(line(note.text), screen, tail=_linked_marks(note.citations, urls, screen), code="2")


def show_source(source: Source, screen: Screen, ours: str = "en") -> str:
    """A source in up to three lines: its title (a link), what is known of it, its address whole, to be copied."""
    mark, url = f"[{source.number}]", web_address(source.url)
    indent = len(mark) + 1
    title = wrap(line(source.title) or "(no title)", screen, indent=indent)[indent:]
    about = wrap(facts(source, ours), screen, indent=indent, code="2")
    address = " " * indent + screen.style(whereabouts(source.url, source.article_id), "2")
    return f"{screen.link(screen.style(mark, '36'), url)} {title}\n{about}\n{address}"


def _linked_marks(citations: Sequence[Citation], urls: dict[int, str], screen: Screen) -> list[tuple[str, str]]:
    """(as counted, as written) for each mark: the second holds the escape codes."""
    shown = []
    for number in dict.fromkeys(citation.number for citation in citations):
        words = next(citation.quote for citation in citations if citation.number == number)
        mark = f"[{number}]"
        shown.append((mark, screen.link(screen.style(mark, "36"), deep_link(urls.get(number, ""), words))))
    return shown


# A line does not begin with these, nor end with those (the short form of the Japanese and Chinese typesetting rules).
_NOT_FIRST = "、。，．：；？！）］｝」』】〉》〕”’…・ー々"
_NOT_LAST = "（［｛「『【〈《〔“‘"


def wrapped(text: str, screen: Screen) -> str:
    """The lines of a text, each wrapped under its first word; as they are where the screen has no width."""
    lines = ((len(line) - len(line.lstrip()), line.lstrip()) for line in text.splitlines())
    return "\n".join(wrap(line, screen, indent=indent) for indent, line in lines) if screen.width else text


def wrap(text: str, screen: Screen, *, indent: int = 0, tail: Sequence[tuple[str, str]] = (), code: str = "") -> str:
    """Lines no wider than the screen, broken at spaces and between CJK characters; longer words are left whole, to be copied.

    `indent` columns stand before every line, `tail` marks come after the text and stay together with its last word.
    """
    pieces = _pieces(text)
    ends = "".join(plain_mark for plain_mark, _ in tail)
    lines, current, column = [], "", indent
    for number, (piece, space) in enumerate(pieces):
        last = number == len(pieces) - 1
        needed = width(piece) + (1 + len(ends) if last and ends else 0)
        if screen.width and current and column + len(space) + needed > screen.width:
            lines.append(current)
            current, column, space = "", indent, ""
        current += space + piece
        column += len(space) + width(piece)
    lines.append(current)
    margin = " " * indent
    shown = "\n".join(margin + screen.style(text_line, code) for text_line in lines)
    return shown + (" " + "".join(mark for _, mark in tail) if tail else "")


def _pieces(text: str) -> list[tuple[str, str]]:
    """(piece, the space before it): words, and single characters where a script is written without spaces."""
    pieces: list[tuple[str, str]] = []
    for match in re.finditer(r"( *)([^ ]+)", text):
        space, word = match[1][:1], match[2]
        start = 0
        for at in range(1, len(word)):
            before, after = word[at - 1], word[at]
            wide = unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
            joined = unicodedata.category(after) in ("Mn", "Me", "Cf", "Sk") or before == "\u200d"  # accents, emoji sequences
            if wide and not joined and after not in _NOT_FIRST and before not in _NOT_LAST:
                pieces.append((word[start:at], space if start == 0 else ""))
                start = at
        pieces.append((word[start:], space if start == 0 else ""))
    return pieces


def width(text: str) -> int:
    """Columns that the text takes: two for wide East Asian characters and emoji, none for combining and invisible ones."""
    if text.isascii():
        return len(text)
    shown = (c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


def show_quotes(text: str, spans: Iterable[tuple[int, int]], screen: Screen, around: int = 240) -> str:
    """The cited spans of an article, bold, between the words that stand around them (some 240 characters either side).

    Spans whose surroundings touch share one block, so that nothing is shown twice.
    """
    groups: list[list[tuple[int, int]]] = []
    for start, end in sorted(spans):
        if groups and start - groups[-1][-1][1] <= 2 * around:
            groups[-1].append((max(start, groups[-1][-1][1]), max(end, groups[-1][-1][1])))
        else:
            groups.append([(start, end)])
    return "\n\n".join(_quotes(text, group, screen, around) for group in groups)


def _quotes(text: str, spans: Sequence[tuple[int, int]], screen: Screen, around: int) -> str:
    """Spans that lie close together, in order and without overlaps, with what stands before, between and after them."""
    first, last = spans[0][0], spans[-1][1]
    before = text[max(0, first - around) : first].partition(" ")[2] if first > around else text[:first]
    after = text[last : last + around].rpartition(" ")[0] if last + around < len(text) else text[last:]
    parts = [wrap(f"... {line(before)}" if first > around else line(before), screen, code="2")]
    at = first
    for start, end in spans:
        parts.append(wrap(line(text[at:start]), screen, code="2"))
        quote = line(text[start:end])
        if quote:
            parts.append(wrap(quote if screen.codes else f"**{quote}**", screen, code="1"))
        at = end
    parts.append(wrap(f"{line(after)} ..." if last + around < len(text) else line(after), screen, code="2"))
    return "\n".join(part for part in parts if part)


# Other things to look at -----------------------------------------------------------------------------------------------------


def show_hits(hits: Sequence[Hit], screen: Screen, *, only: Sequence[str] = (), relaxed: Sequence[str] = ()) -> str:
    """Passages found, best first, each under its article; above them what the question was taken to ask for."""
    filters = (("Only", only), ("Nothing found, so searched without", relaxed))
    blocks = [wrap(f"{what}: {line('; '.join(words))}", screen, code="2") for what, words in filters if words]
    for number, hit in enumerate(hits, 1):
        mark, passage = f"{number}.", hit.passage
        indent = len(mark) + 1
        title = wrap(line(passage.title) or "(no title)", screen, indent=indent, code="1")[indent:]
        about = wrap(f"{facts(passage)}, {line(passage.article_id)}", screen, indent=indent, code="2")
        text = wrap(line(passage.text), screen, indent=indent)
        blocks.append(f"{mark} {title}\n{about}\n{text}")
    return "\n\n".join(blocks) if hits else "Nothing found."


def show_article(article: Article, screen: Screen) -> str:
    """An article as it is stored, cleaned for the terminal, under what is known of it."""
    about = [
        facts(article),
        ", ".join(map(line, article.authors)),
        web_address(article.url),
        f"{whereabouts('', article.id)}@{article.version}",
    ]
    head = [screen.style(line(article.title), "1"), *(screen.style(text, "2") for text in about)]
    return "\n".join(text for text in head if text) + "\n\n" + clean(article.text).strip("\n")


def show_changes(old: Article, new: Article, screen: Screen) -> str:
    """What a version took out (-) and added (+), a line each."""
    from index.text.version_diff import changes

    head = f"{line(new.id)}  @{old.version} -> @{new.version}"
    lines = [
        f"{mark} {line(text)}" for change in changes(old, new) for mark, text in (("-", change.old), ("+", change.new)) if text
    ]
    return "\n".join([screen.style(head, "1"), *(lines or ["The text is the same."])])


def _day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


def show_stats(stats: Stats) -> str:
    """A short table: what is in the library."""
    languages = ", ".join(f"{line(name) or 'unknown language'} {count:,}" for name, count in stats.languages.items())
    rows = {
        "library": line(stats.folder),
        "articles": f"{stats.articles:,} ({stats.versions:,} versions, {stats.deleted:,} deleted, {stats.undated:,} undated)",
        "passages": f"{stats.passages:,}" + (f" ({languages})" if languages else ""),
        "waiting": f"{stats.waiting:,} passages and titles to be embedded, found by their words until then"
        if stats.waiting
        else "",
        "set aside": f"{', '.join(map(line, stats.set_aside[:12]))}: not embedded; dragoman doctor says why, and what to do"
        if stats.set_aside
        else "",
        "published": f"{_day(stats.dates.start)} to {_day(stats.dates.end - 1)}" if stats.dates else "",
        "outlets": ", ".join(f"{line(name) or 'unknown'} {count:,}" for name, count in list(stats.outlets.items())[:12]),
        "embeddings": line(stats.embedder),
        "disk": f"{stats.bytes / 1e6:,.1f} MB",
    }
    return "\n".join(f"{name:<11}{value}" for name, value in rows.items() if value)
