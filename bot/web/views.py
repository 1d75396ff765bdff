"""What the pages show, worked out before the templates write it: answers, articles, checks. Pure: records in, views out.

Offsets are cut before a text is cleaned, so that what is marked is what was cited, character for character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from bot.phrases import languages, say
from bot.records import Answer, Citation, Note, Sentence, Source
from bot.rendering.answer_text import facts, nothing_found
from bot.rendering.briefing_html import pieces
from bot.rendering.links import deep_link, web_address
from bot.rendering.status import status_label, words_beneath
from index.records import Article, Passage, Period
from index.text.printable import clean, line

OURS = "/articles/"  # where an article is read here
LOCALES = {"en": "en_GB"}  # 15 May 2025, not May 15, 2025


@dataclass(frozen=True, slots=True)
class CitationChip:
    """What stands for a citation: outlet, date and language, and where its words are read."""

    number: int
    outlet: str
    date: str
    lang: str
    name: str  # for those who hear it
    href: str  # works without a script
    read: str  # the article alone, for one
    open: bool = False


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence as the page shows it. `beneath`: the article's words with their language, where a reader has to judge."""

    pieces: tuple[tuple[str, bool], ...]
    lang: str
    heading: str
    status: str
    label: str
    beneath: tuple[tuple[str, str], ...]
    marks: tuple[CitationChip, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    kind: str
    text: str
    marks: tuple[CitationChip, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """An article of the list below an answer. `url`: on the web, "" if it is nowhere; `here`: on this server."""

    number: int
    title: str
    lang: str
    facts: str
    url: str
    here: str


@dataclass(frozen=True, slots=True)
class ChipView:
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """A question and its answer."""

    id: str
    question: str
    lang: str
    parent: str
    chips: tuple[ChipView, ...] = ()
    dropped: tuple[str, ...] = ()
    sentences: tuple[SentenceView, ...] = ()
    notes: tuple[NoteView, ...] = ()
    nothing: str = ""
    sources: tuple[SourceView, ...] = ()
    made: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderView:
    """An article; `paragraphs` are stretches of text, each with whether it is marked and whether it is the first that is."""

    title: str
    facts: str
    version: str
    authors: str
    lang: str
    url: str
    paragraphs: tuple[tuple[tuple[str, bool, bool], ...], ...]
    translate: str = ""  # where its marked words are translated
    translation: str | None = None  # None: not asked for; "": none that held


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where a turn is shown: under which path, in the conversation of which answer, as the how manyth, and what is open."""

    base: str
    id: str
    turn: int
    lang: str  # of the page
    open: str = ""
    dropped: tuple[str, ...] = ()

    def address(self, opened: str = "") -> str:
        """Of the conversation, with a citation open."""
        query = [*(("w", kind) for kind in self.dropped), *([("open", opened)] if opened else [])]
        return f"{self.base}/a/{self.id}" + (f"?{urlencode(query)}" if query else "") + ("#cited" if opened else "")


# Answers ---------------------------------------------------------------------------------------------------------------------


def turn(answer: Answer, parent: str, place: TurnPlace) -> TurnView:
    """An answer as the page shows it."""
    sources = {source.number: source for source in answer.sources}
    sentences = tuple(sentence(one, i, sources, place, answer.lang) for i, one in enumerate(answer.sentences))
    shown = [note for note in answer.notes if note.kind != "narrowed"]  # the chips say it
    first = len(answer.sentences)
    notes = tuple(_note(note, first + i, sources, place, answer.lang) for i, note in enumerate(shown))
    made = say("quoted", answer.lang)
    if answer.generator != "extractive":
        made = say("worded", answer.lang, model=line(answer.generator.partition(":")[2] or answer.generator))
    return TurnView(
        id=answer.id, question=answer.question, lang=answer.lang, parent=parent, dropped=place.dropped, sentences=sentences,
        chips=tuple(ChipView(kind, words) for kind, words in answer.narrowed().items()), notes=notes,
        nothing="" if sentences or notes else nothing_found(answer),
        sources=tuple(_source(one, place.base, answer.lang) for one in answer.sources), made=made if sentences else "",
    )  # fmt: skip


def _note(note: Note, i: int, sources: dict[int, Source], place: TurnPlace, lang: str) -> NoteView:
    return NoteView(note.kind, note.text, chips(note.citations, i, sources, place, lang))


def sentence(one: Sentence, i: int, sources: dict[int, Source], place: TurnPlace, lang: str) -> SentenceView:
    """The i-th sentence. `lang`: of our own words."""
    label = status_label(one) or (say("web_verified", lang) if one.status == "verified" else "")
    beneath = tuple((c.quote, sources[c.number].lang if c.number in sources else "") for c in words_beneath(one))
    return SentenceView(
        tuple(pieces(one)), one.lang, one.heading, one.status, label, beneath, chips(one.citations, i, sources, place, lang)
    )


def chips(
    citations: Sequence[Citation], i: int, sources: dict[int, Source], place: TurnPlace, lang: str
) -> tuple[CitationChip, ...]:
    """The citations of the i-th part of an answer, sentences first, then notes."""
    made = []
    for j, citation in enumerate(citations):
        source, opened = sources.get(citation.number), f"{place.turn}.{i}.{j}"
        outlet = (line(source.outlet or source.agency or source.title) if source else "") or line(citation.article_id)
        chip = CitationChip(
            citation.number, outlet, date_words(source.published if source else None, lang), source.lang if source else "",
            say("web_read", lang), place.address(opened),
            article_address(place.base, citation, fragment=True, lang=lang), opened == place.open,
        )  # fmt: skip
        made.append(chip)
    return tuple(made)


def opened(answers: Sequence[Answer], open: str) -> Citation | None:
    """The citation that an address names: turn, part and citation, "0.2.1"."""
    try:
        turn, part, nth = (int(number) for number in open.split("."))
    except ValueError:
        return None
    if not 0 <= turn < len(answers):
        return None
    answer = answers[turn]
    parts: list[Sentence | Note] = [*answer.sentences, *(note for note in answer.notes if note.kind != "narrowed")]
    if not (0 <= part < len(parts) and 0 <= nth < len(parts[part].citations)):
        return None
    return parts[part].citations[nth]


def _source(source: Source, base: str, ours: str) -> SourceView:
    return SourceView(
        source.number, line(source.title) or source.article_id, source.lang, facts(source, ours), web_address(source.url),
        f"{base}{OURS}{quote(source.article_id, safe='')}",
    )  # fmt: skip


# Articles --------------------------------------------------------------------------------------------------------------------


def article_address(base: str, citation: Citation | Passage, *, fragment: bool = False, lang: str = "", **more: str) -> str:
    """Where an article is read here, with the words cited marked."""
    query = {"v": citation.version, "s": citation.start, "e": citation.end}
    if fragment:
        query |= {"fragment": 1, "lang": lang}  # type: ignore[dict-item]
    return f"{base}{OURS}{quote(citation.article_id, safe='')}?{urlencode(query | more)}#cited"


def reader(
    article: Article, start: int, end: int, lang: str, *, translate: str = "", translation: str | None = None
) -> ReaderView:
    """An article with text[start:end] marked; nothing is where they are equal. `lang`: of our own words."""
    words = article.text[start:end]
    url = deep_link(web_address(article.url), clean(words)) if words else web_address(article.url)
    return ReaderView(
        title=line(article.title) or say("untitled", lang), facts=facts(article, lang), lang=article.lang,
        version=say("web_version", lang, n=article.version) if article.version > 1 else "",
        authors=", ".join(map(line, article.authors)), url=url,
        paragraphs=tuple(_paragraphs(article.text, start, end)), translate=translate, translation=translation,
    )  # fmt: skip


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[tuple[str, bool, bool], ...]]:
    """Each paragraph in stretches: before the mark, marked, after it."""
    at, found = 0, False
    for paragraph in text.splitlines(keepends=True):
        first, last = at, at + len(paragraph.rstrip())
        at += len(paragraph)
        if not paragraph.strip():
            continue
        low, high = min(max(start, first), last), min(max(end, first), last)
        stretches = [(text[first:low], False, False), (text[low:high], True, not found), (text[high:last], False, False)]
        found = found or low < high
        yield tuple((clean(words), marked, begins) for words, marked, begins in stretches if words)


# What they share -------------------------------------------------------------------------------------------------------------


def date_words(period: Period | None, lang: str) -> str:
    """A date as a newspaper writes it, as precise as it is known: 15 May 2025, May 2025, 2025; "" where it is not."""
    from babel.dates import format_skeleton

    if period is None:
        return ""
    moment, seconds = datetime.fromtimestamp(period.start, UTC), period.end - period.start
    form = "yMMMd" if seconds <= 86_400 else "yMMM" if seconds <= 31 * 86_400 else "y" if seconds <= 366 * 86_400 else ""
    written: str = (
        format_skeleton(form, moment, locale=LOCALES.get(lang, lang) if lang in languages() else "en_GB") if form else ""
    )
    return written or str(period)


def stretches(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str, int]]:
    """A text in parts: (words, the label of their span or "", which span it is, from 1)."""
    at = 0
    for n, (start, end, label) in enumerate(spans, 1):
        yield clean(text[at:start]), "", 0
        yield clean(text[start:end]), label, n
        at = end
    yield clean(text[at:]), "", 0


def preferred(header: str, own: str) -> str:
    """The language of the page: the Bot's, else the first of Accept-Language that we write."""
    if own in languages():
        return own
    wishes: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, more = part.partition(";")
        weight = more.strip().removeprefix("q=") or "1"
        try:
            wishes.append((-float(weight), tag.strip().lower().partition("-")[0]))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(wishes, key=lambda wish: wish[0]) if tag in languages()), "en")
