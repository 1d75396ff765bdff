"""Pure: the sentences of a text with every quotation as one token, read for cues.

quotation marks -> pieces (cut where "—he said—" is inserted; spoken parts of dialogue after a dash) -> the text with each
piece masked, so that no sentence ends inside one -> sentences -> tokens -> readings
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

from index.quotes import tokens as clauses
from index.quotes.parsing import readings
from index.quotes.tokens import Reading, Token
from index.text.lexicon import Lexicon
from index.text.quotation_marks import Quote
from index.text.sentences import sentences

Span = tuple[int, int]
LONGEST = 400  # tokens of a sentence that are read for cues; what is longer is a list or a table
INSERTION = re.compile(r"[—–―]\s?(?P<said>[^—–―“”\"«»\n]{3,120}?)\s?[—–―]\s*[,.;:]?\s*")
SPEECH_DASH = re.compile(r"(?<=[.!?…])\s[—―–](?=\s[^\W\d_a-zß-öø-ÿ])")  # behind a full stop, before a capital
DASHES = re.compile(r"[—―–]|(?<=\s)-(?=\w)")
MARKS = frozenset('“”„«»"‹›')
CLOSING = "”\"»“’'›」』\u00a0 "
WORD = re.compile(r"[^\W_]+")
WORD_OR_MARK = re.compile(r"[^\W_]+|[,;:.“\"«]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotation, or a part of one that an inserted "—he said—" has cut, or what is spoken in a line of dialogue."""

    start: int
    end: int
    mark: Quote | None  # None: dialogue
    whole: bool = True  # False: cut by an insertion
    ending: str = ""  # the last character inside the marks


@dataclass
class ParsedSentence:
    """A sentence, read."""

    start: int
    end: int
    paragraph: int
    quoted: bool  # whether a quotation is one of its tokens
    make: Callable[[], list[Token]]
    readings: list[Reading] = field(default_factory=list)

    @cached_property
    def tokens(self) -> list[Token]:
        """Made when they are asked for: half of the sentences of a report announce nothing, and are only looked back at."""
        return self.make()

    def span(self, tokens: Span) -> Span | tuple[None, None]:
        """Offsets of the tokens [first, after); (None, None) if there are none."""
        if tokens[0] >= tokens[1]:
            return None, None
        return self.tokens[tokens[0]].start, self.tokens[tokens[1] - 1].end


def pieces(text: str, paragraphs: Sequence[Span], marks: Sequence[Quote], language: Lexicon) -> list[Piece]:
    """The quotations that are not inside another, and dialogue, in order."""
    quoted: list[Piece] = []
    for mark in marks:
        if mark.depth == 0 and any(map(str.isalnum, text[mark.start : mark.end])):
            quoted += _cut(text, mark, language)
    if language.dash_speech:
        paragraphs = [part for span in paragraphs for part in _at_dashes(text, span)]
    starts = [piece.start for piece in quoted]
    for start, end in paragraphs:
        if text[start] in "—―–" or (text[start] == "-" and text[start + 1 : start + 2].isalpha()):
            at = bisect_right(starts, start)
            if at == len(starts) or starts[at] >= end:  # else quotation marks are used here: the dash is a bullet
                quoted += _dialogue(text, start, end, language)
    return sorted(quoted, key=lambda piece: piece.start)


def _at_dashes(text: str, span: Span) -> list[Span]:
    """A paragraph cut where somebody begins to speak inside it: "Nowak was not content. – We go on – he said."."""
    if text[span[0]] in "—―–":
        return [span]
    cut = SPEECH_DASH.search(text, *span)
    return [span] if cut is None else [(span[0], cut.start()), (cut.end() - 1, span[1])]


def _cut(text: str, mark: Quote, language: Lexicon) -> list[Piece]:
    cut_pieces: list[Piece] = []
    at = mark.start
    for match in INSERTION.finditer(text, mark.start + 1, mark.end - 1):
        words = match["said"].split()
        if not words:
            continue
        named = len(words) > 1 and words[0][0].isupper() and words[1].lower() in language.speech_verbs
        if words[0].lower() in language.speech_verbs or named:
            end = at + len(text[at : match.start()].rstrip())
            cut_pieces.append(Piece(at, end, mark, False, _ending(text, at, end)))
            at = match.end()
    return [*cut_pieces, Piece(at, mark.end, mark, at == mark.start, _ending(text, at, mark.end))]


def _ending(text: str, start: int, end: int) -> str:
    return text[start : end - _tail(text[start:end])][-1:]


def _tail(quoted: str) -> int:
    """How many characters close a quotation behind its last one: the marks, and an editor's bracket, “is late[.]”."""
    words = quoted.rstrip(CLOSING)
    return len(quoted) - len(words) + (words[-3:-2] == "[" and words[-1] == "]" and words[-2] in ".,?!")


def _dialogue(text: str, start: int, end: int, language: Lexicon) -> list[Piece]:
    """The spoken parts of "—Text —said X—. More text", if a cue shows that it is dialogue."""
    dashes = [match.start() for match in DASHES.finditer(text, start + 1, end)]
    turns: list[Piece] = []
    cued = is_cue = False
    for number, (first, after) in enumerate(zip([start, *dashes], [*dashes, end], strict=True)):
        inner = text[first + 1 : after]
        begin = first + 1 + len(inner) - len(inner.lstrip(" ,.;:"))
        stop = first + 1 + len(inner.rstrip())
        is_cue = (
            number > 0 and not is_cue and any(word in language.speech_verbs for word in WORD.findall(inner[:60].lower())[:2])
        )
        cued = cued or is_cue
        if not is_cue and stop - begin > 1:
            turns.append(Piece(begin, stop, None, False, text[stop - 1]))
    return turns if cued else []


def read_all(
    text: str, tag: str, language: Lexicon, paragraphs: Sequence[Span], quoted: Sequence[Piece], glued: Mapping[str, int]
) -> list[ParsedSentence]:
    """Every sentence of the text, read. `quoted`: its pieces; `glued`: words to cut (`clauses.lost_spaces`)."""
    masked = _masked(text, quoted)
    starts = [start for start, _ in paragraphs]
    heads = _heads(tag)
    read_sentences: list[ParsedSentence] = []
    at = 0
    for start, end in _joined(masked, sentences(masked, tag), quoted, language):
        inside: list[tuple[int, int, int, str]] = []
        while at < len(quoted) and quoted[at].start < end:
            if quoted[at].end > start:
                inside.append((max(start, quoted[at].start), min(end, quoted[at].end), at, quoted[at].ending))
            at += 1
        make = partial(_tokens, text, start, end, inside, glued, language)
        sentence = ParsedSentence(start, end, bisect_right(starts, start) - 1, bool(inside), make)
        if inside or glued or not heads.isdisjoint(WORD.findall(text[start:end].lower())):
            sentence.readings = readings(sentence.tokens[:LONGEST], language)
        read_sentences.append(sentence)
    return read_sentences


def _tokens(
    text: str, start: int, end: int, inside: Sequence[tuple[int, int, int, str]], glued: Mapping[str, int], language: Lexicon
) -> list[Token]:
    return clauses.without_asides(clauses.words(text, start, end, inside, language, glued), language)


@cache
def _heads(tag: str) -> frozenset[str]:
    """Words of which a sentence has at least one where something in it is announced: parts of cues, and of "according to"."""
    known = Lexicon(tag)
    return frozenset(
        part for form in (*known.speech_verbs, *(phrase[0] for phrase in known.according)) for part in WORD.findall(form)
    )


def inner(text: str, start: int, end: int, language: Lexicon) -> ParsedSentence:
    """What is inside one quotation, read as one sentence without quotations."""
    tokens = [token for token in clauses.words(text, start, end, (), language) if token.low not in MARKS]
    return ParsedSentence(start, end, -1, False, lambda: tokens, readings(tokens[:LONGEST], language))


def _masked(text: str, quoted: Sequence[Piece]) -> str:
    """The text with quotations replaced by as many letters: a capital if the quotation begins with one, marks as they are."""
    out: list[str] = []
    at = 0
    for piece in quoted:
        out.append(text[at : piece.start])
        length = piece.end - piece.start
        tail = _tail(text[piece.start : piece.end])
        if length > 3 + tail:
            first = next((char for char in text[piece.start : piece.end] if char.isalnum()), "x")
            filled = ("x" if first.islower() else "X") + "x" * (length - 3 - tail)
            out.append(text[piece.start] + filled + text[piece.end - 1 - tail : piece.end].replace("]", text[piece.end - 1]))
        else:
            out.append(text[piece.start : piece.end])
        at = piece.end
    return "".join([*out, text[at:]])


def _joined(masked: str, spans: Sequence[Span], quoted: Sequence[Piece], language: Lexicon) -> list[Span]:
    """Puts an attribution back to its quotation: “Why?” Trump asked. Both are one sentence, whatever the capital says."""
    ends = {piece.end for piece in quoted}
    joined: list[Span] = []
    for start, end in spans:
        before = joined[-1][1] if joined else -1
        if joined and before - 1 in ends and masked[before - 1] == "." and _is_attribution(masked[start:end], language):
            joined[-1] = (joined[-1][0], end)
            continue
        if before in ends and "\n" not in masked[before:start] and masked[before - 2] in "?!…" and end - start < 90:
            near = WORD_OR_MARK.findall(masked[start:end].lower())[:7]
            cue = next((n for n, word in enumerate(near) if word in language.speech_verbs), -1)
            follows = near[cue + 1] if 0 <= cue < len(near) - 1 else "."
            if cue >= 0 and not set(near[:cue]) & set(',;:.“"«') and follows not in language.that and follows != ":":
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _is_attribution(sentence: str, language: Lexicon) -> bool:
    """Whether a sentence is no more than a cue and its subject: "Comentó Peña Nieto."."""
    words = WORD_OR_MARK.findall(sentence.lower())
    short = language.elides_subject and 3 <= len(words) <= 6 and not set(words[:-1]) & set(',;:.“"«')
    return short and words[0] in language.speech_verbs and not language.that & set(words)


def written(text: str, span: Span | tuple[None, None]) -> str:
    """What a text has at a span; "" where there is none."""
    return "" if span[0] is None or span[1] is None else text[span[0] : span[1]]
