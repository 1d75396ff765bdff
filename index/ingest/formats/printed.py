"""What a printed document (Word, PDF) says of itself: in its words, and in properties that a template or a printer wrote. Pure.

The day a file was made is not the day its news was published, "Document1" is no headline and "Administrator" no author.
"""

from __future__ import annotations

import re

from index.ingest.formats import plain_text
from index.ingest.formats.extracted import Extracted
from index.text import credits
from index.text.fold import fold
from index.text.language import identify

TITLE = 200  # characters of a headline, at most
HEAD = 1_500  # characters in which a headline's words are looked for
_PLACE = re.compile(r"^[^\W\d_][^,\d]{1,40},\s+")


def described(text: str, extractor: str, *, title: str = "", author: str = "", notes: tuple[str, ...] = ()) -> Extracted:
    """The document. `title` and `author` are its properties' word for them: a title that its text bears out, a full name."""
    lang = identify(text[:4000])
    name = " ".join(author.split())
    lines = [line for line in text[:600].split("\n") if line.strip()]
    date = plain_text.dateline(text, lang) or next(
        (found for line in lines[:4] if (found := plain_text.date_line(_PLACE.sub("", line), lang))), None
    )
    return Extracted(
        text=text,
        title=_borne_out(title, text) or _first_line(lines, lang),
        authors=(name,) if len(name.split()) > 1 and len(name) < 100 else (),
        agency=credits.agency(text),
        published=date,
        date_source="text" if date else "",
        extractor=extractor,
        notes=notes,
    )


def _borne_out(title: str, text: str) -> str:
    """The title, if most of its words stand where the text begins."""
    title = " ".join(title.split())[:TITLE]
    head = set(re.findall(r"\w+", fold(text[:HEAD])))
    words = re.findall(r"\w+", fold(title))
    return title if words and sum(word in head for word in words) > 0.6 * len(words) else ""


def _first_line(lines: list[str], lang: str) -> str:
    """A first line that reads like a headline, and is not all there is."""
    first = lines[0].strip() if lines else ""
    fits = len(lines) > 1 and len(first) <= TITLE and not first.endswith(tuple(".。।:;,۔…-"))
    return first if fits and not plain_text.date_line(first, lang) else ""
