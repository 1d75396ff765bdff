"""Pure: what the lines above a plain text say of it, labelled or not. Conservative: better none than wrong.

    "Titel: Hafen öffnet\\nQuelle: Norby Bote\\nDatum: 14.5.2024\\n\\n…"       -> all that they name
    "Harbour to reopen\\nNorby Herald\\n14 May 2024\\nBy Ida Brandt\\n\\n…"     -> title, date, author; an outlet needs a label

A label names a column of a table (`csv_columns` of the language, and the English ones) or opens a byline. Labels count where
at least two of them follow each other; lines without labels, where a date or a byline is among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.ingest.formats import fields
from index.records import Period
from index.text import credits
from index.text.lexicon import Lexicon
from index.text.names import CAPITALISED

HEAD = 2_000  # characters in which it is looked for
LINES = 8  # of it, at most
TITLE = 200  # characters of a headline, at most
_BREAK = re.compile(r"\r\n|\n|\r")
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d][\w .-]{0,30}?)\s*[:：]\s*(?P<value>\S.*?)\s*")
_PERSON = re.compile(rf"{CAPITALISED}(?: (?:[a-z]{{1,3}} )?(?:{CAPITALISED}|[A-ZÀ-Þ]\.)){{1,3}}")

DateLine = Callable[[str, str], Period | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHead:
    """What a head says; "" and None where it says nothing."""

    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: Period | None = None


def text_head(text: str, lang: str, date_line: DateLine) -> TextHead:
    """The head of a text. `date_line`: the day that a line consists of.

    >>> text_head("Title: Port to reopen\\nBy: Ida Brandt\\n\\nThe port will reopen.", "en", lambda line, lang: None).authors
    ('Ida Brandt',)
    """
    lines = _BREAK.split(text.lstrip()[:HEAD])
    if lines[0].strip() == "---":  # front matter
        lines = lines[1:]
    block = lines[: next((n for n, line in enumerate(lines) if line.strip() in ("", "---")), 0)]
    if not 2 <= len(block) <= LINES:
        return TextHead()
    return _labelled(block, lang, date_line) or _bare(block, lang, date_line) or TextHead()


def _labelled(block: Sequence[str], lang: str, date_line: DateLine) -> TextHead | None:
    above = [] if _LABELLED.fullmatch(block[0]) else [block[0].strip()]  # a title needs no label
    matches = [match for line in block[len(above) :] if (match := _LABELLED.fullmatch(line))]
    if len(above) + len(matches) < len(block):
        return None
    byline = Lexicon(lang).byline
    names = fields.columns([match["label"] for match in matches])
    found: dict[str, str] = {}
    for match, name in zip(matches, names, strict=True):
        name = "authors" if byline.fullmatch(match["label"]) or byline.fullmatch(f"{match['label']}:") else name
        if name in ("title", "source", "authors", "date", "url", "lang"):
            found.setdefault(name, match["value"].strip("\"'"))
    if len(found) < 2:
        return None
    day = found.get("date", "")
    return TextHead(
        title=found.get("title", "".join(above))[:TITLE],
        outlet=found.get("source", ""),
        authors=_people(found.get("authors", ""), lang),
        published=date_line(day, lang) or (fields.date(day, lang) if day else None),
    )


def _bare(block: Sequence[str], lang: str, date_line: DateLine) -> TextHead | None:
    title, *rest = (line.strip() for line in block)
    if any(len(line) > TITLE or line.endswith(tuple(".。।:;,۔…")) for line in (title, *rest)) or len(title.split()) < 2:
        return None
    authors = next((people for line in rest if (people := _signed(line, lang))), ())
    day = next((found for line in rest if (found := date_line(line, lang))), None)
    if not (authors or day) or date_line(title, lang) or _signed(title, lang):
        return None
    return TextHead(title=title, authors=authors, published=day)


def _signed(line: str, lang: str) -> tuple[str, ...]:
    """Whom a byline names."""
    match = Lexicon(lang).byline.match(line)
    return _people(line[match.end() :], lang) if match and not line[match.end() :][:1].isalnum() else ()


def _people(names: str, lang: str) -> tuple[str, ...]:
    """Those who are named, where each is a full name and none an agency."""
    split = re.split(rf"[,;&]|\s(?:{Lexicon(lang).credit_and.pattern})\s", names)
    people = [name.strip(" :") for name in split if name.strip(" :")]
    if any(not _PERSON.fullmatch(name) or credits.agency("", byline=name) for name in people):
        return ()
    return tuple(people)
