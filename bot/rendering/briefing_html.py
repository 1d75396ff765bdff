"""A Briefing as one page: self-contained, without script, for a screen of any width, a screen reader and a printer. Pure.

Nothing reaches the page but through `markup.tag`, which escapes. Addresses are http(s), or they are no links. `body` is the
same without style, picture and links within the page: what mail and feeds get.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.phrases import count, say
from bot.rendering import timeline_svg
from bot.rendering.answer_text import deep_link, facts, web_address
from bot.rendering.briefing_text import ASIDE, happened, label, made_by, nothing, quotes, sections, tally, title, when, window
from bot.rendering.html_tags import Markup, joined, speech, tag
from bot.rendering.status import status_label, words_beneath
from index.text.printable import line

if TYPE_CHECKING:
    from bot.records import Briefing, BriefingEvent, Citation, Note, Sentence, Source

LISTED = 3  # events from which the page begins with a list of them
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # the page loads nothing, whatever is in it

STYLE = Markup("""
:root { color-scheme: light; --ink: #1a1a1a; --soft: #555; --line: #d5d5d0; --link: #0b4a8f; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 46rem; background: #fff; color: var(--ink);
  font: 1.0625rem/1.55 Georgia, "Noto Serif", "Times New Roman", serif; overflow-wrap: anywhere; }
h1, h2, h3, header, nav, figure, .about, .label, .lang, .cite, footer, .sources, .notes {
  font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", Arial, sans-serif; }
header { border-bottom: 3px solid var(--ink); padding-bottom: .75rem; margin-bottom: 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; }
h2 { font-size: 1.2rem; line-height: 1.35; margin: 0 0 .4rem; }
h3 { font-size: .8125rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin: 1rem 0 .3rem; }
p { margin: 0 0 .6rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; border-radius: 2px; }
header p, .about { color: var(--soft); font-size: .9rem; margin: 0 0 .6rem; }
nav ol { margin: .3rem 0 0; padding-left: 1.6rem; font-size: .95rem; }
nav li { margin: .25rem 0; }
nav a { color: inherit; }
.label { color: #fff; border-radius: 3px; padding: .1rem .45rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.lang { border: 1px solid var(--line); border-radius: 3px; color: var(--soft); font-size: .7rem; padding: 0 .25rem;
  text-transform: uppercase; }
.aside { color: var(--soft); font-size: .85em; white-space: nowrap; }
.cite { font-size: .75rem; vertical-align: .3em; line-height: 1; white-space: nowrap; }
.cite a { padding: .2em .1em; }
.event, nav, figure, .quiet, .sources, .notes { border-bottom: 1px solid var(--line); padding-bottom: .75rem;
  margin: 0 0 1.25rem; }
ul { margin: 0 0 .6rem; padding-left: 1.15rem; padding-right: 0; }
ul > li { margin: .35rem 0; }
li[dir=rtl] { margin-right: 1.15rem; }
li[dir=rtl], p[dir=rtl], h2[dir=rtl] { text-align: right; }
.before { color: var(--soft); }
figcaption { font-size: .85rem; color: var(--soft); margin: .2rem 0 .4rem; }
svg { display: block; overflow: visible; }
svg text { font: 11.5px system-ui, "Noto Sans", Arial, sans-serif; fill: var(--ink); }
svg .name { font-weight: 600; } svg .time { fill: var(--soft); text-anchor: middle; }
svg .mark { fill: #fff; font-weight: 700; text-anchor: middle; }
svg .ring { fill: var(--ink); }
svg .rule { stroke: var(--line); } svg .tick { stroke: var(--line); stroke-dasharray: 2 3; }
summary { cursor: pointer; font-size: .85rem; padding: .3rem 0; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
th, td { text-align: start; border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; vertical-align: top; }
.sources ol { padding-left: 1.9rem; margin: 0; font-size: .9rem; } .sources li { margin: .45rem 0; }
.sources .about { display: inline; }
blockquote { margin: .25rem 0 .25rem .2rem; padding-left: .7rem; border-left: 3px solid var(--line); font-size: .95em; }
footer { font-size: .85rem; color: var(--soft); }
@media (max-width: 30rem) { body { padding: 1rem .9rem 2rem; } h1 { font-size: 1.45rem; } h2 { font-size: 1.1rem; } }
@media print {
  @page { margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } h1 { font-size: 18pt; } h2 { font-size: 12.5pt; }
  h1, h2, h3, .about { break-after: avoid; } h2, li, p, figure, tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; } details { display: none; }
  .sources a::after { content: " (" attr(href) ")"; color: var(--soft); font-size: 8.5pt; }
  nav li { margin: .1rem 0; } nav ol { font-size: 9.5pt; line-height: 1.35; } figcaption { font-size: 8.5pt; }
  svg { zoom: .85; }
  .label, svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
""")

LETTER = Markup("""
body { font: 16px/1.5 Georgia, serif; color: #1a1a1a; max-width: 44em; } h1, h2, h3, .about { font-family: sans-serif; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; line-height: 1.3; margin: 1.6em 0 .3em; } h3 { font-size: .85em; color: #555; }
.about, .aside { font-size: .85em; color: #555; } sup { font-size: .7em; }
""")


def html(briefing: Briefing) -> str:
    """The whole page."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{title(briefing)}, {window(briefing)}"),
        tag("style", STYLE),
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', _written(briefing, page=True)), lang=briefing.lang)}\n"


def letter(briefing: Briefing) -> str:
    """The same for a mail program: no picture, hardly any style."""
    head = tag("head", tag("meta", charset="utf-8"), tag("title", title(briefing)), tag("style", LETTER))
    return f"<!doctype html>\n{tag('html', head, tag('body', body(briefing)), lang=briefing.lang)}\n"


def body(briefing: Briefing) -> Markup:
    """What is inside the page, for places that have a style of their own and no room for a picture."""
    return tag("div", _written(briefing, page=False), lang=briefing.lang)


def _written(briefing: Briefing, *, page: bool) -> Markup:
    """The parts in the order they are read. A quiet day is one line, and what was watched."""
    lang = briefing.lang
    parts: list[Markup] = []
    if briefing.events:
        about = tag("p", f"{window(briefing)}; {tally(briefing)}")
        parts += [_figure(briefing)] if page else []
        parts += [_event(event, briefing, page) for event in briefing.events]
    else:
        about = Markup()
        parts.append(tag("p", nothing(briefing)))
    if briefing.quiet:
        stories = tag("ul", *(_sentence("li", sentence, briefing, page) for sentence in briefing.quiet))
        parts.append(tag("section", tag("h2", say("quiet", lang)), stories, class_="quiet"))
    if briefing.notes:
        notes = tag("ul", *(_note(note, briefing, page) for note in briefing.notes))
        parts.append(tag("section", tag("h2", say("notes", lang)), notes, class_="notes"))
    if briefing.sources:
        listed = tag("ol", *(_source(source, briefing, page) for source in briefing.sources))
        parts.append(tag("section", tag("h2", say("sources", lang)), listed, class_="sources"))
    header = tag("header", tag("h1", title(briefing)), about)
    contents = _contents(briefing) if page else Markup()
    footer = tag("footer", tag("p", made_by(briefing))) if briefing.events else Markup()
    return joined([header, contents, tag("main", joined(parts, "\n")), footer], "\n")


def _contents(briefing: Briefing) -> Markup:
    if len(briefing.events) < LISTED:
        return Markup()
    listed = [
        tag("li", tag("a", line(e.headline.text), href=f"#event-{e.number}", **speech(e.headline.lang, briefing.lang)))
        for e in briefing.events
    ]
    heading = tag("h2", say("contents", briefing.lang), id="contents")
    return tag("nav", heading, tag("ol", *listed), aria_labelledby="contents")


def _figure(briefing: Briefing) -> Markup:
    """When each outlet reported, drawn and as a table."""
    lang, shown = briefing.lang, timeline_svg.marks(briefing)
    if not shown:
        return Markup()
    head = tag("tr", *(tag("th", say(key, lang), scope="col") for key in ("outlet", "publication", "number")))
    copied = f" ({say('copy', lang)})"
    rows = [
        tag("tr", tag("th", tag("bdi", m.outlet), scope="row"), tag("td", when(m.published, briefing.timezone, lang)),
            tag("td", f"{m.event}. {say(m.label, lang)}{copied if m.copy else ''}"))
        for m in shown
    ]  # fmt: skip
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    others = timeline_svg.hidden(briefing)
    more = f" {say('others', lang, n=others)}" if others else ""
    caption = tag("figcaption", tag("strong", say("picture", lang)), ". ", say("marks", lang), more)
    return tag(
        "figure", caption, timeline_svg.picture(briefing, shown), tag("details", tag("summary", say("table", lang)), table)
    )


def _event(event: BriefingEvent, briefing: Briefing, page: bool) -> Markup:
    lang = briefing.lang
    words = speech(event.headline.lang, lang)
    parts = [
        tag(
            "h2",
            f"{event.number}. ",
            _words(event.headline, briefing, page),
            id=f"event-{event.number}" if page else None,
            **words,
        ),
        *([tag("p", *status)] if (status := _status(event.headline, briefing, page)) else []),
        tag("p", _label(event, lang, page), " " if page else " – ", _standing(event, lang), class_="about"),
    ]
    for role, some in sections(event):
        if role == "what":
            parts += [_sentence("p", sentence, briefing, page) for sentence in some]
            continue
        listed = tag("ul", *(_sentence("li", sentence, briefing, page) for sentence in some), class_=role)
        parts += [tag("h3", say(role, lang)), listed]
    return tag("section", *parts, class_="event")


def _label(event: BriefingEvent, lang: str, page: bool) -> Markup:
    color = f"background-color: {timeline_svg.COLORS[event.label]}" if page else None
    return tag("strong", label(event, lang), class_="label" if page else None, style=color)


def _standing(event: BriefingEvent, lang: str) -> Markup:
    """Who reports it, each name in its own direction."""
    names = joined([tag("bdi", line(outlet)) for outlet in event.outlets], ", ")
    languages = f" ({', '.join(map(line, event.languages))})" if event.languages else ""
    return joined([count("origin", lang, event.origins), ": " if names else "", names, languages, happened(event, lang)])


def _sentence(name: str, sentence: Sentence, briefing: Briefing, page: bool) -> Markup:
    """A sentence as an element of its own, in its language."""
    return tag(
        name, _words(sentence, briefing, page), *_status(sentence, briefing, page), **speech(sentence.lang, briefing.lang)
    )


def _status(sentence: Sentence, briefing: Briefing, page: bool) -> list[Markup]:
    """How far a sentence is verified, and the article's words beneath it where a reader has to judge."""
    label = status_label(sentence)
    status = [joined([" ", tag("small", label)])] if label else []
    langs = {source.number: source.lang for source in briefing.sources}
    words = [
        tag("q", line(c.quote), class_="words" if page else None, **speech(langs.get(c.number, ""), briefing.lang))
        for c in words_beneath(sentence)
    ]
    return [*status, *(joined([tag("br"), quote]) for quote in words)]


def _words(sentence: Sentence, briefing: Briefing, page: bool) -> Markup:
    """The words, a note of their language where it is another one, the numbers of the sources."""
    foreign = speech(sentence.lang, briefing.lang)["lang"]
    said = [_aside(part, sentence) if i % 2 else part for i, part in enumerate(ASIDE.split(line(sentence.text)))]
    badge = joined(["\u00a0", tag("span", foreign, class_="lang", aria_hidden="true")]) if foreign and page else Markup()
    return joined([*said, badge, _marks(sentence.citations, briefing, page)])


def _aside(text: str, sentence: Sentence) -> Markup:
    """A date or name that we put into a sentence is no word of the article's: it looks so, and is not broken."""
    ours = not any(text in citation.quote for citation in sentence.citations)
    return joined([" ", tag("span", text, class_="aside") if ours else text])


def _note(note: Note, briefing: Briefing, page: bool) -> Markup:
    return tag("li", line(note.text), _marks(note.citations, briefing, page))


def _marks(citations: Sequence[Citation], briefing: Briefing, page: bool) -> Markup:
    """[1][3], each a link to the words cited, or to the list of sources where an article has no address."""
    words = {citation.number: citation.quote for citation in reversed(citations)}
    sources = {source.number: source for source in briefing.sources}
    made = []
    for number in dict.fromkeys(citation.number for citation in citations):
        source = sources.get(number)
        url = deep_link(web_address(source.url), words[number]) if source else ""
        where = url or (f"#source-{number}" if page and source else "")
        name = say("source", briefing.lang, n=number, outlet=line(source.outlet or source.title)) if source else None
        rel = "noopener noreferrer" if url else None
        made.append(tag("a", f"[{number}]", href=where, rel=rel, aria_label=name) if where else f"[{number}]")
    return joined(["\u00a0", tag("sup", *made, class_="cite")]) if made else Markup()


def _source(source: Source, briefing: Briefing, page: bool) -> Markup:
    """An article cited: title, what is known of it, and the words where the briefing does not have them as they are."""
    url, lang = web_address(source.url), briefing.lang
    name, words = line(source.title) or say("untitled", lang), speech(source.lang, lang)
    shown = tag("a", name, href=url, rel="noopener noreferrer", **words) if url else tag("cite", name, **words)
    cited = [tag("blockquote", line(quote), **words) for quote in quotes(briefing, source)]
    about = tag("span", tag("bdi", facts(source)), class_="about")
    return tag("li", shown, ", ", about, *cited, id=f"source-{source.number}" if page else None, value=source.number)
