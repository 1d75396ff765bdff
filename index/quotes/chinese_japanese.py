"""Pure: who said what in Chinese and Japanese, whose scripts put no spaces between words: patterns over characters.

A speaker stands between the last mark and the verb of speech; what it says is in marks “ ” 「 」 or goes on to the full stop.
Only the commonest forms of news agencies are read; other quotations are left without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, cast

from index.quotes.tokens import Kind
from index.text.lexicon import Lexicon
from index.text.quotation_marks import Quote
from index.text.verb_forms import Sense

NO_MARK = r"[^，。；：、！？“”「」『』\s…（）()《》,:;]"
_STOP = re.compile(r"[。！？\n]")


class Patterns(NamedTuple):
    """A language's expressions; groups `who` and `verb`."""

    attribution: re.Pattern[str]  # who said, in front of what is said; in Japanese behind it
    source: re.Pattern[str]  # according to whom
    role: re.Pattern[str]  # an office in front of a name: group `name`
    topic: re.Pattern[str]  # Japanese: who a sentence is about


@cache
def _patterns(language: Lexicon) -> Patterns:
    verbs, sources, roles = ("|".join(words) for words in (language.speech_signs, language.source_signs, language.office_signs))
    if language.lang == "ja":
        attribution = rf"^(?:など)?と(?:(?P<who>{NO_MARK}{{1,24}}?)[はが])?[^。「]{{0,12}}?(?P<verb>{verbs})"
        source = rf"^(?P<who>{NO_MARK}{{2,24}}?)に(?P<verb>{sources})、"
    else:
        between = "|".join(row.replace("MARK", NO_MARK).replace("VERBS", verbs) for row in language.speech_insertions)
        attribution = rf"(?P<who>{NO_MARK}{{1,24}}?)(?:{between})*(?P<verb>{verbs})道?(?P<mark>[，：,:])?"
        source = rf"^据(?P<who>{NO_MARK}{{2,16}}?)(?P<verb>{sources})，"
    role = rf"^.*(?:{roles or '(?!)'})(?P<name>[\u4e00-\u9fff·]{{2,12}})$"
    return Patterns(
        re.compile(attribution), re.compile(source), re.compile(role), re.compile(rf"(?P<who>{NO_MARK}{{1,24}}?)(?:[はが])")
    )


class Saying(NamedTuple):
    """A statement; offsets in code points."""

    start: int
    end: int
    kind: Kind
    cue: tuple[int, int] | None
    who: tuple[int, int] | None
    name: str  # resolved; "" where nothing is certain
    verb: str
    sense: Sense
    confidence: float


def sayings(text: str, tag: str, quotes: Sequence[Quote]) -> list[Saying]:
    """All statements of a Chinese or Japanese text, in order of start."""
    language = Lexicon(tag)
    outer = [quote for quote in quotes if quote.depth == 0 and any(map(str.isalnum, text[quote.start : quote.end]))]
    statements: list[Saying] = []
    for start, end in _sentences(text, outer):
        inside = [quote for quote in outer if start <= quote.start < end]
        read = _japanese if tag == "ja" else _chinese
        statements += _named(text, list(read(text, start, end, inside, language)), statements, language)
    return statements


def _sentences(text: str, outer: Sequence[Quote]) -> Iterator[tuple[int, int]]:
    """Spans up to a full stop that is not inside a quotation; an attribution behind a closing mark belongs to its sentence."""
    stops = [match.end() for match in _STOP.finditer(text) if not any(q.start < match.start() < q.end for q in outer)]
    for start, end in pairwise([0, *stops, len(text)]):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if end > start:
            yield start, end


def _chinese(text: str, start: int, end: int, quotes: Sequence[Quote], language: Lexicon) -> Iterator[Saying]:
    patterns = _patterns(language)
    source = patterns.source.match(text[start:end])
    if source is not None:
        yield _saying(text, start + source.end(), end, "indirect", start, source, language)
        return
    if not quotes:
        match = patterns.attribution.match(text, start, end)
        if match and match.end() < end - 2:
            yield _saying(text, match.end(), end, "indirect", 0, match, language)
        return
    last: re.Match[str] | None = None
    at = start
    for number, quote in enumerate(quotes):
        before = _last(text, at, quote.start, patterns)
        following = quotes[number + 1].start if number + 1 < len(quotes) else end
        after = patterns.attribution.match(text, quote.end + (text[quote.end : quote.end + 1] in tuple("，,")), following)
        whole = text[quote.end - 2 : quote.end - 1] in tuple("。！？，,…") or text[quote.end : quote.end + 1] in tuple("，,")
        if before is not None:
            last = before
            yield _saying(text, quote.start, quote.end, "direct", 0, before, language)
        elif after is not None and whole and _ends_clause(text, after.end()):
            last = after
            yield _saying(text, quote.start, quote.end, "direct", 0, after, language)
        elif last is not None and not text[at : quote.start].strip("，, "):
            yield _saying(text, quote.start, quote.end, "direct", 0, last, language)
        at = after.end() if after is not None and last is after else quote.end


def _last(text: str, start: int, end: int, patterns: Patterns) -> re.Match[str] | None:
    """The attribution that ends where a quotation begins."""
    clause = max((text.rfind(mark, start, end - 1) for mark in "，。；！？\n"), default=-1)
    match = patterns.attribution.match(text, max(start, clause + 1), end)
    return match if match is not None and match.end() == end else None


def _ends_clause(text: str, at: int) -> bool:
    return text[at - 1] in "，：,:" or text[at : at + 1] in tuple("。！？，,；;\n") or at == len(text)


def _japanese(text: str, start: int, end: int, quotes: Sequence[Quote], language: Lexicon) -> Iterator[Saying]:
    patterns = _patterns(language)
    source = patterns.source.match(text[start:end])
    if source is not None:
        yield _saying(text, start + source.end(), end, "indirect", start, source, language)
        return
    at = start
    for quote in quotes:
        after = patterns.attribution.match(text[quote.end : end])
        if after is None:
            continue
        clause = max(at, text.rfind("、", at, quote.start) + 1)  # "と述べ、Bは": who speaks changes
        topic = patterns.topic.match(text, clause, quote.start) or patterns.topic.match(text, start, quote.start)
        at = quote.end + after.end()
        who = after.span("who") if after["who"] else (-1, -1)
        span = (quote.end + who[0], quote.end + who[1]) if who[0] >= 0 else topic.span("who") if topic else None
        cue = (quote.end + after.start("verb"), quote.end + after.end("verb"))
        yield Saying(quote.start, quote.end, "direct", cue, span, "", after["verb"], _sense(after["verb"], language), 0.8)


def _saying(text: str, start: int, end: int, kind: Kind, shift: int, match: re.Match[str], language: Lexicon) -> Saying:
    """With the speaker and the verb of `match`, whose positions begin at `shift`."""
    who, cue = ((shift + a, shift + b) for a, b in (match.span("who"), match.span("verb")))
    lead = max((len(word) for word in language.conjunctions if text.startswith(word, who[0])), default=0)
    who = (who[0] + lead if who[0] + lead + 1 < who[1] else who[0], who[1])
    while kind == "indirect" and end > start and text[end - 1] in "。！？\n ":
        end -= 1
    return Saying(start, end, kind, cue, who, "", match["verb"], _sense(match["verb"], language), 0.8)


def _sense(verb: str, language: Lexicon) -> Sense:
    return cast(Sense, language.sign_senses.get(verb, "asserts"))


def _named(text: str, new: Sequence[Saying], before: Sequence[Saying], language: Lexicon) -> Iterator[Saying]:
    """With the names: without the office in front; for "he" the person who spoke last, else the one last named."""
    for new_name in new:
        phrase = text[slice(*new_name.who)] if new_name.who else ""
        if phrase in language.he | language.she | language.they:
            last = next((other.name for other in reversed(before) if other.name), "")
            yield new_name._replace(name=last, confidence=0.7 if last else 0.6)
            continue
        role = _patterns(language).role.match(phrase)
        name = role["name"] if role else _bare(phrase, language)
        yield new_name._replace(name=name, confidence=new_name.confidence if phrase else 0.0)


def _bare(phrase: str, language: Lexicon) -> str:
    """A name without what stands before "の", and without the title behind it."""
    name = phrase.rpartition("の")[2]
    for title in language.title_endings:
        name = name.removesuffix(title)
    return name
