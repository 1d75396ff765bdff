"""Anybody's text against the library: is every quotation in it word for word in an article, and in the one that it names?

    text -> quotations -> passages that share their words (lexical index) -> verdicts
    exact | misattributed | altered | elsewhere | nowhere

An article is named by its id or address, its outlet by name, in the paragraph of the quotation. What a writer leaves out (…) or
puts into brackets is no change. `quotations.py` does the matching. A quotation is misattributed where the text and every
article that has its words say plainly who said it, and mean different people. Where the text names a speaker, exact words are
confirmed as theirs only if the article plainly says so.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from bot.verification import editorial_brackets as brackets
from bot.verification import quotations as quoting
from bot.verification import speakers
from bot.verification.evidence import CitedPassage
from index.index import Index
from index.quotes import Statement, paragraphs, quotes, statements
from index.quotes.people import Person, people
from index.records import Article, Passage, Scope
from index.text import quotation_marks
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.verbatim import locate

VERDICTS: tuple[quoting.Verdict, ...] = ("exact", "misattributed", "altered", "elsewhere", "nowhere")
Status = Literal["exact", "unconfirmed", "misattributed", "altered", "elsewhere", "nowhere"]
STATUSES: tuple[Status, ...] = ("exact", "unconfirmed", "misattributed", "altered", "elsewhere", "nowhere")
LOOKED_AT = 12  # articles that a quotation is looked for in, those that share most of its words
SHORTEST = 5  # words that a quotation has to have, to be a changed copy by one of them
NEARBY = 400  # characters around a passage that are searched for a changed quotation
_GAP = re.compile(r"(?:(?<!\s)\s+)?(?:\[[^\]]*\]|\((?:\.\.\.|…)\)|\.\.\.|…)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One quotation of the text and what became of it. Offsets are code points of the text and the article, without marks."""

    quote: str
    start: int
    end: int
    verdict: quoting.Verdict
    passage: Passage | None = None  # where the article has it, or nearly has it
    source_start: int | None = None
    source_end: int | None = None
    source_text: str = ""
    difference: str = ""  # "article: … | here: …" where altered
    line: int = 1  # of the text, where it begins
    said_by: str = ""  # whose words they are in the article, where misattributed
    speaker: str = ""  # whom the text lets say it, where exact or elsewhere; "": nobody by name
    confirmed: bool = False  # the article, too, lets `speaker` say it

    @property
    def unconfirmed(self) -> bool:
        """Whether the words are right and nothing in the article plainly says that they are the one's who is named."""
        return bool(self.speaker) and not self.confirmed

    @property
    def status(self) -> Status:
        """The verdict, or "unconfirmed" where that is "exact" and the speaker is not confirmed."""
        return "unconfirmed" if self.verdict == "exact" and self.unconfirmed else self.verdict


def proofs(text: str, index: Index, *, scope: Scope = Scope()) -> list[Proof]:
    """The quotations of a text in its order, each with its verdict. LibraryError when the library cannot be read.

    `scope`: only such articles are looked at.
    """
    draft = _Draft(text, identify(text, default="en"), tuple(name for name in index.stats().outlets if name))
    checked = []
    for start, end in quotations(text):
        passages = index.sharing(text[start:end], k=4 * LOOKED_AT, scope=scope)
        if not passages:  # a quotation of small words only is looked for by those around it
            passages = index.sharing(f"{text[start:end]} {draft.outside(start, end)}", k=4 * LOOKED_AT, scope=scope)
        checked.append(replace(_proof(draft, start, end, passages, index), line=text.count("\n", 0, start) + 1))
    return checked


@dataclass(frozen=True)
class _Draft:
    """The text that is checked."""

    text: str
    lang: str
    outlets: tuple[str, ...]  # of the library

    @cached_property
    def told(self) -> Sequence[Statement]:
        """Whom it lets say what; not what it takes from an outlet. Its own language may not be that of what is quoted."""
        langs = dict.fromkeys(filter(None, (identify(self.own(0, len(self.text))), self.lang)))
        told = [one for lang in langs for one in statements(self.text, lang=lang)]
        for first, last in paragraphs(self.text):
            other = identify(self.own(first, last))
            if other and other not in langs:
                inside = statements(self.text[first:last], lang=other)
                told += [replace(one, start=one.start + first, end=one.end + first) for one in inside]
        return [one for one in told if not any(_holds(name, one.speaker) for name in self.outlets)]

    def named(self, start: int, end: int) -> tuple[str, ...]:
        """The names of whom the text lets say a quotation, the fullest first; () where it names nobody.

        Where no rule tells who speaks ("Brix calls it »a diversion«"), the person named first beside it.
        """
        told = [one for one in self.told if one.start <= start and end <= one.end]
        if told:
            best = max(told, key=lambda one: one.confidence)
            names = tuple(filter(None, dict.fromkeys((best.speaker_resolved, best.speaker))))
            return names if speakers.is_by_name(best) else ()
        begin = max((match.end() for match in _STOP.finditer(self.text, 0, start)), default=0)
        stop = _STOP.search(self.text, end)
        beside = [
            (place, person)
            for person in self.persons
            for place in person.places
            if begin <= place < start or end <= place < (stop.start() if stop else len(self.text))
        ]
        subjects = [(place, person.name) for place, person in beside if person.human or (place == begin and not person.body)]
        return (min(subjects)[1],) if subjects else ()

    @cached_property
    def persons(self) -> Sequence[Person]:
        """Everybody it names in full, by the words of its languages."""
        langs = dict.fromkeys(identify(self.own(*span)) or self.lang for span in paragraphs(self.text))
        return [person for lang in langs for person in people(self.text, Lexicon(lang)).persons]

    def own(self, first: int, last: int) -> str:
        """The words of a stretch that stand in no quotation."""
        words, at = "", first
        for start, end in [*(span for span in quotations(self.text) if first <= span[0] and span[1] <= last), (last, last)]:
            words, at = f"{words} {self.text[at:start]}", end
        return words

    def outside(self, start: int, end: int) -> str:
        """The paragraph of a quotation, without its words."""
        first, last = next(((a, b) for a, b in paragraphs(self.text) if a <= start < b), (start, end))
        return f"{self.text[first:start]} {self.text[end:last]}"

    def another(self, start: int, end: int, article: Article, passage: Passage, span: tuple[int, int]) -> str:
        """Whose words a quotation is in an article, where the text gives them to somebody else."""
        return speakers.said_by(self.told, start, end, CitedPassage(1, passage, article.text), span)


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Spans between quotation marks that hold a word, without the marks and without quotations inside quotations."""
    marks = quotes(text)
    for quote in marks:
        inner = text[quote.start : quote.end]
        start = quote.start + (len(inner) - len(inner.lstrip(_MARKS)))
        end = quote.start + len(inner.rstrip(_MARKS))
        end = next((mark.end for mark in marks if mark.depth == 1 and start <= mark.start < end < mark.end < quote.end), end)
        if not quote.depth and start < end and WORD.search(text[start:end]):
            yield start, end


_STOP = re.compile(r"[.!?…][\"”“»’)]*\s+|\n\s*")  # where a sentence ends
_MARKS = " \n\t\r\u00a0\"'’‘`" + quotation_marks.OPENERS + quotation_marks.CLOSERS


def _proof(draft: _Draft, start: int, end: int, passages: Sequence[Passage], index: Index) -> Proof:
    quote, outside = draft.text[start:end], draft.outside(start, end)
    pieces = [piece for piece in _GAP.split(brackets.marked(quote)) if WORD.search(piece)] or [quote]
    articles: dict[str, Article] = {}
    for passage in passages:
        if len(articles) < LOOKED_AT and passage.article_id not in articles:
            article = index.article(passage.article_id)
            if article is not None and article.version == passage.version:
                articles[passage.article_id] = article
    named = [id for id, article in articles.items() if _named(article, outside, draft.outlets)]
    if not named and not any(_holds(outlet, outside) for outlet in draft.outlets):
        named = list(articles)  # nobody is named: anybody's words will do
    others = [id for id in articles if id not in named]
    by_article = {passage.article_id: passage for passage in reversed(passages)}
    names = draft.named(start, end)
    found: list[Proof] = []
    for id in [*named, *others]:
        if span := _located(pieces, articles[id].text):
            verdict: quoting.Verdict = "exact" if id in named else "elsewhere"
            proof = _found(quote, start, end, verdict, articles[id], by_article[id], span)
            said_by = draft.another(start, end, articles[id], by_article[id], span)
            if said_by:
                found.append(replace(proof, verdict="misattributed", said_by=said_by))
                continue
            source = CitedPassage(1, by_article[id], articles[id].text)
            confirmed = bool(names) and speakers.is_given_to(names, source, span)
            found.append(replace(proof, speaker="".join(names[:1]), confirmed=confirmed))
            if verdict == "exact" and not found[-1].unconfirmed:
                return found[-1]
    if found:  # the first of the best kind
        return min(found, key=lambda proof: (proof.verdict == "misattributed", proof.verdict == "elsewhere", proof.unconfirmed))
    for id in [*named, *others]:
        if _bare(articles[id].title) == _bare(quote):
            passage = by_article[id]
            return Proof(
                quote=quote, start=start, end=end, verdict="exact", passage=passage, source_text=articles[id].title
            )  # fmt: skip
    said = brackets.Said(quote).text
    for passage in sorted(passages, key=lambda passage: passage.article_id not in named):
        if passage.article_id in articles and (span := _nearly(said, articles[passage.article_id].text, passage)):
            return _found(quote, start, end, "altered", articles[passage.article_id], passage, span)
    return Proof(quote=quote, start=start, end=end, verdict="nowhere")


def _found(
    quote: str, start: int, end: int, verdict: quoting.Verdict, article: Article, passage: Passage, span: tuple[int, int]
) -> Proof:
    original = article.text[span[0] : span[1]]
    difference = quoting.difference(quoting.core(quote), quoting.core(original)) if verdict == "altered" else ""
    return Proof(
        quote=quote, start=start, end=end, verdict=verdict, passage=passage, source_start=span[0], source_end=span[1],
        source_text=original, difference=difference,
    )  # fmt: skip


def _located(pieces: Sequence[str], text: str) -> tuple[int, int] | None:
    """The span from the first piece to the last, all word for word and in this order, whatever an editor wrote between."""
    if span := _in_order(pieces, text):
        return span
    said = brackets.Said(text)
    span = _in_order(pieces, said.text) if said.changed else None
    return said.origin(span) if span else None


def _in_order(pieces: Sequence[str], text: str) -> tuple[int, int] | None:
    first, at = None, 0
    for piece in pieces:
        span = _word_for_word(piece, text[at:]) or _word_for_word(quoting.core(piece), text[at:])
        if span is None:
            return None
        first = at + span[0] if first is None else first
        at += span[1]
    return None if first is None else (first, at)


def _word_for_word(piece: str, text: str) -> tuple[int, int] | None:
    """Where a text has the words; how it writes dashes and whether the first letter is a capital are no change."""
    if brackets.is_marked(piece):
        return brackets.located(piece, text)
    if span := locate(piece, text):
        return span
    first, rest = piece[:1], piece[1:]
    for begun in dict.fromkeys((first.upper() + rest, first.lower() + rest)):
        if span := locate(begun, text):
            return span
    if not _DASH.search(piece):
        return None
    parts = [r"\s+".join(map(re.escape, part.split())) for part in _DASH.split(_straight(piece))]
    match = re.search(r"\s*[-‐–—―]+\s*".join(parts), _straight(text))
    return match.span() if match else None


_DASH = re.compile(r"\s*[–—―]+\s*|\s+-+\s+")


def _straight(text: str) -> str:
    """With straight marks, character for character: offsets stay."""
    return "".join(plain if len(plain := quotation_marks.plain(char)) == 1 else char for char in text)


def _bare(text: str) -> str:
    """The words alone, in small letters."""
    return " ".join(match.group().lower() for match in WORD.finditer(text))


def _nearly(quote: str, text: str, passage: Passage) -> tuple[int, int] | None:
    """Where the article has nearly the same words, in the passage or just around it; "won't" is "will not" with one change."""
    first = max(0, passage.start - NEARBY)
    near = text[first : passage.end + NEARBY]
    span = quoting.nearly(quote, near) or _alike(quote, near)
    return _to_its_ends(quote, text, (first + span[0], first + span[1])) if span else None


def _to_its_ends(quote: str, text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The stretch with the words that stand where the quotation's first or last ones are others: "another [winter]"."""
    here, there = ([match.group().lower() for match in WORD.finditer(part)] for part in (quote, text[span[0] : span[1]]))
    changes = difflib.SequenceMatcher(None, there, here, autojunk=False).get_opcodes()
    start, end = span
    if changes[-1][0] == "insert":
        words = [match.end() for match in WORD.finditer(_ENDS.split(text[end:], maxsplit=1)[0])]
        end += words[min(len(words), changes[-1][4] - changes[-1][3]) - 1] if words else 0
    if changes[0][0] == "insert":
        before = _ENDS.split(text[:start])[-1]
        words = [len(before) - match.start() for match in WORD.finditer(before)]
        start -= words[-min(len(words), changes[0][4] - changes[0][3])] if words else 0
    return start, end


_ENDS = re.compile(r"[.!?…\n\"“”„«»]")  # of a sentence or a quotation


def _alike(quote: str, text: str) -> tuple[int, int] | None:
    """The stretch of a text with the same words but one of five, contractions written out."""
    wanted = [word for _, _, word in _written_out(quote)]
    written = _written_out(text)
    if len(wanted) < SHORTEST:
        return None
    have = set(wanted)
    best, at = quoting.ALIKE, None
    matcher: difflib.SequenceMatcher[str] = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for i in range(len(written)):
        if written[i][2] not in have:
            continue
        for window in (written[i : i + size] for size in range(len(wanted) - 1, len(wanted) + 2)):
            if sum(word in have for _, _, word in window) < quoting.ALIKE * len(wanted):
                continue
            matcher.set_seq1([word for _, _, word in window])
            ratio = matcher.ratio()
            if ratio > best or (ratio == best and at is None):
                best, at = ratio, (window[0][0], window[-1][1])
    return at


def _written_out(text: str) -> list[tuple[int, int, str]]:
    """Words with their offsets; "won't" is two words of one place."""
    parts = []
    for match in WORD.finditer(text):
        word = quotation_marks.plain(match.group().lower())
        short = next((short for short in _SHORT if word.endswith(short)), "")
        head, tail = word.removesuffix(short), _SHORT.get(short, "")
        head = {"wo": "will", "ca": "can", "sha": "shall"}.get(head, head) if tail == "not" else head
        parts += [(match.start(), match.end(), part) for part in (head, tail) if part]
    return parts


_SHORT = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'s": "is"}


def _named(article: Article, outside: str, outlets: Sequence[str]) -> bool:
    """Whether the words beside a quotation name the article, or its outlet."""
    if any(name and name in outside for name in (article.url, article.title)):
        return True
    if len(article.id) > 3 and _holds(article.id, outside):
        return True
    return bool(article.outlet) and _holds(article.outlet, outside)


def _holds(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
