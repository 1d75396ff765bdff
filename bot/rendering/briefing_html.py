"""A Briefing as one page: self-contained, without script, for a screen of any width, a screen reader and a printer. Pure.

The page is made by the templates beside this file. Jinja escapes every string that it writes, and what could act on a reader is
taken out before; addresses are http(s), or they are no links. `letter` and `body` are the same without picture and links
within the page: what mail and feeds get.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.phrases import count, say
from bot.rendering import timeline_svg
from bot.rendering.answer_text import facts
from bot.rendering.briefing_text import (
    ASIDE,
    happened,
    label,
    listed,
    made_by,
    nothing,
    placed,
    quotes,
    sections,
    tally,
    title,
    titled,
    top,
    when,
    window,
)
from bot.rendering.links import deep_link, web_address
from bot.rendering.status import status_label, words_beneath
from index.text.printable import clean, line

if TYPE_CHECKING:
    from jinja2 import Environment

    from bot.records import Briefing, Citation, Sentence, Source

RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


@dataclass(frozen=True, slots=True)
class Speech:
    """The attributes of words in another language than that around them."""

    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class CitationMark:
    """The number of a source behind a sentence, and where it leads."""

    number: int
    href: str  # the words cited, else the list of sources, else nowhere
    outside: bool
    name: str | None


def html(briefing: Briefing) -> str:
    """The whole page."""
    return _written("page.html.jinja", briefing, page=True)


def letter(briefing: Briefing) -> str:
    """The same for a mail program: no picture, hardly any style."""
    return _written("letter.html.jinja", briefing, page=False)


def body(briefing: Briefing) -> str:
    """What is inside the page, for places that have a style of their own and no room for a picture."""
    return _written("body.html.jinja", briefing, page=False)


def _written(template: str, briefing: Briefing, *, page: bool) -> str:
    lang, marks = briefing.lang, timeline_svg.marks(briefing) if page else []
    langs = {source.number: source.lang for source in briefing.sources}
    return _environment().get_template(template).render(
        briefing=briefing, page=page, top=top(briefing), marks=marks, drawing=timeline_svg.drawing(briefing, marks),
        hidden=timeline_svg.hidden(briefing), colors=timeline_svg.COLORS,
        title=title(briefing), window=window(briefing), tally=tally(briefing), nothing=nothing(briefing),
        made_by=made_by(briefing),
        say=lambda key, **values: say(key, lang, **values), counted=lambda key, n: count(key, lang, n),
        label=lambda event: label(event, lang), listed=lambda event: listed(event, lang),
        titled=lambda shown: titled(shown, lang),
        placed=lambda event: placed(event, briefing.timezone),
        happened=lambda event: happened(event, lang),
        when=lambda period: when(period, briefing.timezone, lang), speech=partial(speech, ours=lang),
        cited=partial(_marks, briefing=briefing, page=page),
        mark_of=lambda of: _mark(of.number, "", {one.number: one for one in briefing.sources}, lang, page),
        quotes=partial(quotes, briefing),
        lang_of=lambda n: langs.get(n, ""),
        pieces=pieces, sections=sections, facts=partial(facts, ours=lang), web_address=web_address, status_label=status_label,
        words_beneath=words_beneath,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    """The templates. A name that a template asks for and nobody gives is an error, and so is a string that is not escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("bot.rendering"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )  # fmt: skip
    made.filters |= {"line": line, "trim_end": lambda text: type(text)(text.rstrip())}
    return made


def speech(lang: str, ours: str) -> Speech | None:
    """The attributes `lang` and `dir` of words in a language, where it is not the one around them."""
    if lang == ours or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
        return None
    return Speech(lang, "rtl" if lang.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr")


def pieces(sentence: Sentence) -> Iterator[tuple[str, bool]]:
    """The words of a sentence, and apart from them what we put into it: a date or a name, which is no word of the article's."""
    for i, part in enumerate(ASIDE.split(line(sentence.text))):
        ours = i % 2 == 1 and not any(part in citation.quote for citation in sentence.citations)
        yield (f" {part}" if i % 2 and not ours else part), ours


def _marks(citations: Sequence[Citation], briefing: Briefing, page: bool) -> Iterator[CitationMark]:
    """[1][3], each a link to the words cited, or to the list of sources where an article has no address."""
    words = {citation.number: citation.quote for citation in reversed(citations)}
    sources = {source.number: source for source in briefing.sources}
    for number in dict.fromkeys(citation.number for citation in citations):
        yield _mark(number, words[number], sources, briefing.lang, page)


def _mark(number: int, words: str, sources: Mapping[int, Source], lang: str, page: bool) -> CitationMark:
    """The number of a source; `words`: those cited, which the link leads to. A title's mark leads to its article."""
    source = sources.get(number)
    url = web_address(source.url) if source else ""
    url = deep_link(url, words) if words else url
    name = say("source", lang, n=number, outlet=line(source.outlet or source.title)) if source else None
    return CitationMark(number, url or (f"#source-{number}" if page and source else ""), bool(url), name)
