"""Pure: what the lines above a plain text say of it, labelled or not. Conservative: better none than wrong.

    "Titel: Hafen öffnet\\nQuelle: Norby Bote\\nDatum: 14.5.2024\\n\\n…"       -> all that they name; the text begins below them
    "Von: Bote <b@a.example>\\nGesendet: …\\nBetreff: Hafen öffnet\\n\\n…"     -> likewise, as programs export a message
    "Harbour to reopen\\nNorby Herald\\n14 May 2024\\nBy Ida Brandt\\n\\n…"     -> title, date, author; an outlet needs a label

A label names a column of a table (`csv_columns` of the language, and the English ones), a header of a message (`mail_headers`)
or opens a byline. Labels count where at least two of them follow each other, between the rules of front matter one, and each
has a value of its kind; lines without labels, where a date or a byline is among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from index.ingest.formats import fields
from index.records import Period
from index.text import credits
from index.text.lexicon import Lexicon
from index.text.names import CAPITALISED
from index.text.publishers import SHIPPED

HEAD = 4_000  # characters in which it is looked for
LINES = 20  # of it, at most
TITLE = 200  # characters of a headline, at most
OUTLET = 80
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_LABELLED = re.compile(r"[\s>*_]*(?P<label>[^\W\d][\w .-]{0,30}?)[*_]*\s*[:：][*_]*(?:\s+(?P<value>\S.*?)|(?P<near>\S.*?))?\s*")
_FRONT = re.compile(r"\s*(?:#.*|[-\s].*|[\w.-]+\s*:(?:\s.*)?)?")
_MARKDOWN_TITLE = re.compile(r"#{1,2}\s+(.*?)\s*#*")
_SENTENCE_ENDS = tuple(".。।!?…")
_PERSON = re.compile(rf"{CAPITALISED}(?: (?:[a-z]{{1,3}} )?(?:{CAPITALISED}|[A-ZÀ-Þ]\.)){{1,3}}")

DateLine = Callable[[str, str], Period | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHead:
    """What a head says; "" and None where it says nothing."""

    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: Period | None = None
    url: str = ""
    end: int = 0  # where the text begins below labelled lines; 0: the lines are text


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    end: int  # of it and its line break


def text_head(text: str, lang: str, date_line: DateLine) -> TextHead:
    """The head of a text. `date_line`: the day that a line consists of.

    >>> text_head("Title: Port to reopen\\nBy: Ida Brandt\\n\\nThe port will reopen.", "en", lambda line, lang: None).authors
    ('Ida Brandt',)
    """
    lines = _lines(text)
    first = next((n for n, line in enumerate(lines) if line.text.strip("\ufeff \t")), 0)
    lines = lines[first:]
    head = _front_matter(lines, lang, date_line) or _labelled(lines, lang, date_line)
    if head:
        return head if text[head.end :].strip() else TextHead()
    block = [line.text for line in lines]
    block = block[: next((n for n, line in enumerate(block) if not line.strip()), 0)]
    return (_bare(block, lang, date_line) if 2 <= len(block) <= 8 else None) or TextHead()


def _lines(text: str) -> list[_Line]:
    """The first lines, but for one that goes on beyond what is looked at."""
    found: list[_Line] = []
    at = 0
    while at < min(len(text), HEAD) and len(found) < 3 * LINES and (match := _LINE.match(text, at)):
        found.append(_Line(match[1], match.end()))
        at = match.end()
    return found


def _front_matter(lines: Sequence[_Line], lang: str, date_line: DateLine) -> TextHead | None:
    """What stands between two rules, each line a key, something below a key, or a comment."""
    if not lines or lines[0].text.strip() != "---":
        return None
    close = next((n for n, line in enumerate(lines[1:], 1) if line.text.strip() in ("---", "...")), 0)
    if not close or not all(_FRONT.fullmatch(line.text) or _LABELLED.fullmatch(line.text) for line in lines[1:close]):
        return None
    keys = [line for line in lines[1:close] if line.text[:1] not in ("", " ", "\t", "-", "#")]
    found = _values([match for line in keys if (match := _LABELLED.fullmatch(line.text))], lang)
    return _read(found, "", lang, date_line, lines[close].end) if found else None


def _labelled(lines: Sequence[_Line], lang: str, date_line: DateLine) -> TextHead | None:
    """Labelled lines at the head of a text, below a title of its own or not."""
    at, above = 0, ""
    if lines and not _LABELLED.fullmatch(lines[0].text):  # a title needs no label
        markdown = _MARKDOWN_TITLE.fullmatch(lines[0].text)
        above = (markdown[1] if markdown else lines[0].text).strip()
        at = 2 if markdown and len(lines) > 1 and not lines[1].text.strip() else 1
    end = next((n for n in range(at, min(len(lines), at + LINES)) if not _LABELLED.fullmatch(lines[n].text)), len(lines))
    matches = [match for line in lines[at:end] if (match := _LABELLED.fullmatch(line.text))]
    names = _names(matches, lang)
    while matches and not names[-1] and ((end < len(lines) and lines[end].text.strip()) or _is_sentence(matches[-1])):
        matches, names, end = matches[:-1], names[:-1], end - 1  # the text begins with it: "Mayor: we have no money."
    found = _values(matches, lang)
    alone = set(found) == {"title"} and not above and len(matches) == 1 and end < len(lines) and not lines[end].text.strip()
    if not alone and len(found) < 2:
        return None
    return _read(found, above, lang, date_line, lines[end - 1].end)


def _is_sentence(match: re.Match[str]) -> bool:
    return _value(match).endswith(_SENTENCE_ENDS)


def _value(match: re.Match[str]) -> str:
    value = (match["value"] or match["near"] or "").strip("*_ ")
    if value[:1] == value[-1:] and value[:1] in ("'", '"') and len(value) > 1:
        mark = value[0]
        return value[1:-1].replace(mark * 2 if mark == "'" else '\\"', mark).strip()
    return value


def _names(matches: Sequence[re.Match[str]], lang: str) -> list[str]:
    """The field that each label names, "" for none."""
    labels = [match["label"] for match in matches]
    mail = fields.columns(labels, "mail_headers")
    if {"sender", "title"} <= set(mail):
        return mail
    byline = Lexicon(lang).byline
    plain = fields.columns(labels)
    signed = [byline.fullmatch(label) or byline.fullmatch(f"{label}:") for label in labels]
    return [
        "authors" if by else name if name in ("title", "source", "authors", "date", "url", "lang") else ""
        for by, name in zip(signed, plain, strict=True)
    ]


def _values(matches: Sequence[re.Match[str]], lang: str) -> dict[str, str]:
    """Field -> what its line says, of several the first."""
    found: dict[str, str] = {}
    for match, name in zip(matches, _names(matches, lang), strict=True):
        if name and (value := _value(match)):
            found.setdefault(name, value)
    return found


def _read(found: dict[str, str], above: str, lang: str, date_line: DateLine, end: int) -> TextHead | None:
    """None where a value is not of its label's kind: then these lines are text."""
    day = found.get("date", "")
    published = (date_line(day, lang) or fields.date(day, lang)) if day else None
    sender, address = parseaddr(re.sub(r"\[(?:mailto:)?(\S+@\S+?)\]", r"<\1>", found.get("sender", "")))
    host = address.rpartition("@")[2] if "@" in address else ""
    outlet = found.get("source", "") or (SHIPPED.kept(sender, f"http://{host}/") if host else found.get("sender", "")) or host
    title = found.get("title", above)
    prose = outlet.endswith((".", "。")) and len(outlet.split()) > 4
    if (day and not published) or prose or len(outlet) > OUTLET or len(title) > TITLE:
        return None
    return TextHead(
        title=title,
        outlet=outlet,
        authors=_people(found.get("authors", ""), lang),
        published=published,
        url=url if re.fullmatch(r"https?://\S+", url := found.get("url", "")) else "",
        end=end,
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
