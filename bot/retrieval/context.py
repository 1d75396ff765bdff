"""The words around a span that it needs: the rest of a quotation, who said it, and what takes it back. Pure."""

from __future__ import annotations

import re

from bot.questions.sentence_kind import says
from bot.verification.taken_back import with_what_takes_it_back
from index.text import quotation_marks
from index.text.lexicon import Lexicon
from index.text.names import names_in
from index.text.passages import sentences as split_sentences
from index.text.quotation_cuts import around

INQUIT = 8  # words of "Wong asks.", between two quotations


def widen(text: str, start: int, end: int, lang: str = "", limit: int = 600) -> tuple[int, int]:
    """The span with the neighbouring sentences that complete a quotation, name its speaker or take it back.

    The result is one contiguous span of `text` that begins and ends on sentence borders and is at most `limit` long, unless the
    span already was longer.
    """
    first, last = paragraph(text, start, end)
    spans = [(first + a, first + b) for a, b in split_sentences(text[first:last], lang)]
    inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
    if not inside:
        return start, end
    low, high = inside[0], inside[-1]
    for quote in around(text, start, end, lang):  # the middle of a quotation has no marks of its own
        of = [i for i, (a, b) in enumerate(spans) if a < quote.end and b > quote.start]
        if of and max(spans[high][1], spans[of[-1]][1]) - min(spans[low][0], spans[of[0]][0]) <= limit:
            low, high = min(low, of[0]), max(high, of[-1])
    for _ in range(4):
        step = _step(text, spans, low, high, lang)
        new_low, new_high = low + min(0, step), high + max(0, step)
        if not step or new_low < 0 or new_high >= len(spans) or spans[new_high][1] - spans[new_low][0] > limit:
            break
        low, high = new_low, new_high
    return with_what_takes_it_back(text, min(start, spans[low][0]), max(end, spans[high][1]), lang)


def whole(text: str, start: int, end: int, lang: str = "") -> tuple[int, int]:
    """The span with all that the same speaker says before and behind it in its paragraph.

    “Whenever they wave,” Wong wrote. “They always strike.” | “What did he say?” Wong asks. “An idea like it?”
    """
    first, last = paragraph(text, start, end)
    spans = [(first + a, first + b) for a, b in split_sentences(text[first:last], lang)]
    inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
    if not inside or not quotation_marks.DOUBLE.search(text, start, end):
        return start, end
    low, high = inside[0], inside[-1]
    pieces = [text[a:b].strip() for a, b in spans]
    bare = not quotation_marks.DOUBLE.search(pieces[low]) and len(pieces[low].split()) <= INQUIT
    if low and bare and _closes(pieces[low - 1]):
        low -= 1
        while low and not quotation_marks.balanced(text[spans[low][0] : spans[high][1]]):
            low -= 1
    while high + 1 < len(spans) and (_opens(pieces[high + 1]) or around(text, *spans[high + 1], lang)):
        high += 1
    return min(start, spans[low][0]), max(end, spans[high][1])


def _opens(piece: str) -> bool:
    return quotation_marks.DOUBLE.match(piece) is not None


def _closes(piece: str) -> bool:
    return bool(piece) and quotation_marks.DOUBLE.match(piece[-1]) is not None


def _step(text: str, spans: list[tuple[int, int]], low: int, high: int, lang: str) -> int:
    """-1: needs the sentence before; 1: the one after; 0: complete."""
    piece = text[spans[low][0] : spans[high][1]]
    if not quotation_marks.balanced(piece):
        before = high + 1 < len(spans) and quotation_marks.balanced(text[spans[low][0] : spans[high + 1][1]])
        after = low > 0 and quotation_marks.balanced(text[spans[low - 1][0] : spans[high][1]])
        return 1 if before else -1 if after else 0
    if (
        quotation_marks.DOUBLE.match(piece)
        and not names_in(quotation_marks.DOUBLE.sub("", outside(piece)))
        and not any(is_pronoun(word, lang) for word in re.findall(r"\w+", outside(piece)))
    ):
        following = text[spans[high + 1][0] : spans[high + 1][1]] if high + 1 < len(spans) else ""
        if following and says(following, lang) and len(following) < 200:
            return 1
    return 0


def is_pronoun(word: str, lang: str) -> bool:
    """Whether a word stands for a speaker who is named elsewhere: "she"."""
    return word.lower() in Lexicon(lang).third_person


def outside(piece: str) -> str:
    """A text without what is quoted in it."""
    return re.sub('[“«„‹][^“”«»„‹›]*[”»“›]|"[^"]*"', " ", piece)


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that a span stands in."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last
