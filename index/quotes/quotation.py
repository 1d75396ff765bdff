"""Pure: a statement together with the article it stands in: what a search for statements returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from math import inf

from index.quotes.extraction import UNCLEAR, Statement, statements
from index.records import Article, Passage, Period
from index.text.person_names import same_person

FEW = 5  # words that two speeches hardly have in common
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Statement):
    """A statement and where it stands."""

    article_id: str
    version: int
    outlet: str = ""
    published: Period | None = None
    origin: str = ""  # id of the story that the article is a copy of
    text: str = ""  # article.text[start:end]
    passage: Passage  # the one that it begins in
    closeness: float = 0.0  # of its passage to what was asked about, 0..1; 0 where nothing was

    @property
    def date(self) -> Period | None:
        """When it was said as far as is known: the date beside the verb, else the article's."""
        if self.event_from is not None and self.event_to is not None:
            return Period(self.event_from, self.event_to)
        return self.published


def whole(statement: Statement, text: str) -> Statement:
    """With the speaker and the occasion as `text`, the article's, has them: they are not stored twice."""
    speaker, event = statement.speaker, statement.event
    if not speaker and statement.speaker_start is not None and statement.speaker_end is not None:
        speaker = text[statement.speaker_start : statement.speaker_end]
    if not event and statement.event_start is not None and statement.event_end is not None:
        event = text[statement.event_start : statement.event_end]
    return replace(statement, speaker=speaker, event=event)


def read(article: Article) -> list[Statement]:
    """Who says what in an article, read now: for a text that is in no library, or an older version of it."""
    return statements(article.text, lang=article.lang, title=article.title, published=article.published)


def quotation(statement: Statement, text: str, passage: Passage, closeness: float = 0.0) -> Quotation:
    """A stored statement with what its article tells. `text` is the article's."""
    of = {field.name: getattr(statement, field.name) for field in fields(Statement)}
    return Quotation(
        **of, article_id=passage.article_id, version=passage.version, outlet=passage.outlet, published=passage.published,
        origin=passage.origin, text=text[statement.start : statement.end], passage=passage, closeness=closeness,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaidOnce:
    """The same words of the same speaker, once, with the other outlets that print them."""

    quotation: Quotation  # as it came out first
    outlets: tuple[str, ...]  # the others, the newest first


def said_once(quotations: Sequence[Quotation], *, best_first: bool = False) -> list[SaidOnce]:
    """Some statements, those of one speaker in the same words as one, as it came out first.

    It stands where its best is in a list with the best first, else where it came out first: lists have the newest first.

    The same words are one speaker's in copies of one story, and elsewhere where the names are one person's; a few words
    somebody may say twice.
    """
    groups: list[list[Quotation]] = []
    alike: dict[str, list[list[Quotation]]] = {}
    for one in quotations:
        said = " ".join(_WORD.findall(one.text.lower()))
        group = next((group for group in alike.get(said, ()) if _same_statement(group[-1], one, said)), None)
        if group is None:
            groups.append(group := [])
            alike.setdefault(said, []).append(group)
        group.append(one)
    if not best_first:
        place = {id(one): n for n, one in enumerate(quotations)}
        groups.sort(key=lambda group: place[id(group[-1])])
    made = []
    for group in groups:
        *others, first = sorted(group, key=lambda one: -one.date.start if one.date else inf)  # the newest first
        outlets = dict.fromkeys(one.outlet for one in others if one.outlet and one.outlet != first.outlet)
        made.append(SaidOnce(first, tuple(outlets)))
    return made


def _same_statement(one: Quotation, other: Quotation, said: str) -> bool:
    copies = bool(one.origin) and one.origin == other.origin
    if not copies and said.count(" ") + 1 < FEW:
        return False
    name, its = (speaker(of) for of in (one, other))
    if not name or not its:  # a copy that lacks the paragraph with the name
        return copies
    return name.lower() == its.lower() or same_person(name, its, one.lang, other.lang) is True


def speaker(quotation: Quotation) -> str:
    """Who said it, in full where the article tells; "" where the rules are not sure enough."""
    return (quotation.speaker_resolved or quotation.speaker) if quotation.confidence >= UNCLEAR else ""


def distinct(quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """Without what several articles of one story repeat word for word: the first of each."""
    seen: set[tuple[str, str]] = set()
    for quotation in quotations:
        key = (quotation.origin, " ".join(_WORD.findall(quotation.text.lower())))
        if key not in seen:
            seen.add(key)
            yield quotation
