"""Pure: where the sentences of a text are.

By rules, not by a model: a news text is full of abbreviations, initials, quotations and lost spaces, and a rule can be read
and corrected. `_sentence_ends` finds a mark that may end a sentence and takes the closing quotation marks and brackets with it;
`_is_end` looks at the word before and the word after. Where the two disagree the text is not cut: a sentence that is too long
is found and cited, half a sentence misleads. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from index.text.fold import fold
from index.text.language import function_words, identify
from index.text.lexicon import Lexicon
from index.text.lexicon_tables import NEVER

Span = tuple[int, int]  # [start, end) in code points

# Sentence marks that need no context. ASCII and Arabic-script marks are in `_MARKS` only: they also stand inside words.
_FULL = "。！？｡．⁇⁈⁉।॥։።፧፨။៕។༎᙮᱾꓿𑁇"
_MARKS = ".!?…؟۔" + _FULL
_QUOTES = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞〟＂＇"
_CLOSERS = ")]}）］｝〕】》〉」』”’»›〞〟\"'＂＇"  # “ and « close in German, „so“ and »so«: see `_closers`
_OPENERS = "([{（［｛〔【《〈「『“„‟‘‚‛«‹〝\"'＂＇»›”¿¡*_"
_DASHES = "-‐‑‒–—―"

# One candidate: a run of marks; ". ." and "! !" with lost or doubled spaces count as one run.
_CANDIDATE = re.compile(rf"[{re.escape(_MARKS)}]+(?:[ \u00a0]{{1,3}}[.!?…]+(?=\s|$))*")
LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# "date 2023-10 The minister …": what a text says of itself before it begins, in the line of its first sentence.
ISO_DATE = r"\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)?"
_BULLET = re.compile(r"(?:[-*+•‣◦·▪■●►–—>#|]|\(?(?:\d{1,3}|[a-zA-Z])[.)]|\[\d+\])\s")
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z])\]")
# French puts a space before », and careless typing before any closing mark.
_SPACED_CLOSER = re.compile(r"[ \u00a0\u202f\u2009]([»›”\"’)\]])(?=[\s.,;:!?]|$)")
_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[^\W\d_])")
_INITIALS = re.compile(r"[^\W\d_]{1,2}(?:\.-?[^\W\d_]{1,2})+")  # J.-P
_BRACKETED_ASIDE = re.compile(r"\s+\([^().!?\n]{1,80}\)(?:[,;:]|\s+(?![A-ZÀ-ÞА-Я])[^\W\d_])")  # the sentence goes on behind it
_ROMAN = re.compile("[IVXLC]{1,6}")
_DOTTED = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)*[^\W\d_]$")  # "U.S", "a. m", "т. д"
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


# Scripts that write sentences without spaces between them, and words too.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GLUE_SCRIPT = re.compile(r"[\u0590-\u1cff\u2d80-\u2ddf\u3040-\ud7ff]")  # caseless scripts that web addresses do not use
_HAN = re.compile(f"[{UNSPACED}]")


def sentences(text: str, lang: str = "") -> list[Span]:
    """Spans of the sentences, in order, without surrounding white space; together they cover every character that is not blank.

    `lang` (BCP 47 primary tag) says which abbreviations there are, and settles cases such as German "am 3. Oktober".

    >>> sentences("Mr. Ash left. “Why?” she asked.")
    [(0, 13), (14, 31)]
    """
    lang = lang or identify(text, "en")
    return list(_remembered(text, lang)) if len(text) <= 20_000 else _sentences(text, lang)


@lru_cache(maxsize=256)  # a text is cut into passages, and then read for statements
def _remembered(text: str, lang: str) -> tuple[Span, ...]:
    return tuple(_sentences(text, lang))


def _sentences(text: str, lang: str) -> list[Span]:
    spans, words = list[Span](), _abbreviations(lang)
    for start, end in _blocks(text, lang):
        block: list[Span] = []
        at = start
        for stop in _sentence_ends(text, start, end, words):
            _append(text, block, at, stop)
            at = stop
        _append(text, block, at, end)
        if spans and block and not text[block[0][0] : block[0][1]].strip(_CLOSERS + _MARKS + "“« "):
            spans[-1] = (spans[-1][0], block.pop(0)[1])  # a closing mark alone on its line ends the sentence before
        spans += block
    return spans


def _append(text: str, block: list[Span], start: int, end: int) -> None:
    """Trim the span and add it; one without a letter or digit joins the sentence before it."""
    piece = text[start:end].lstrip()
    start = end - len(piece)
    piece = piece.rstrip()
    end = start + len(piece)
    if not piece:
        return
    if block and not piece[0].isalnum() and not any(map(str.isalnum, piece)):
        block[-1] = (block[-1][0], end)
    else:
        block.append((start, end))


# ---------------------------------------------------------------------------------------------------------------- lines


def _blocks(text: str, lang: str) -> Iterator[Span]:
    """Stretches between line breaks that separate (paragraphs, headlines, list items); breaks of hard-wrapped lines do not."""
    lines: list[Span] = []  # the lines since the last blank one
    header = date_header(lang).match(text)
    at = header.end() if header else 0
    if at:
        yield 0, at
    for match in LINE_BREAK.finditer(text, at):
        if text[at : match.start()].strip():
            lines.append((at, match.start()))
        else:
            yield from _joined(text, lines)
            lines = []
        at = match.end()
    if text[at:].strip():
        lines.append((at, len(text)))
    yield from _joined(text, lines)


@cache
def date_header(lang: str) -> re.Pattern[str]:
    """ "date 2023-10" or "Fecha: 2023-10" before a text, in its language or in English."""
    labels = "|".join(map(re.escape, sorted(Lexicon(lang).date_labels | {"date"})))
    return re.compile(rf"\s*(?:{labels})\s*:?\s+({ISO_DATE})(?=\s)", re.IGNORECASE)


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Join the lines of one paragraph that were cut by a fixed width."""
    if not lines:
        return
    trimmed = [text[start:end].strip() for start, end in lines]
    widest = max(map(len, trimmed))
    full = [len(line) + _first_word(after) > widest for line, after in pairwise(trimmed)]
    small = [_starts_small(line) for line in trimmed[1:]]
    cased = any(map(str.islower, trimmed[0]))
    # In wrapped text nearly every line but the last had no room for the next word, and some go on in lower case.
    wrapped = (
        len(lines) > 2 and 20 <= widest <= 120 and sum(full) >= 0.7 * len(full) and (not cased or 3 * sum(small) >= len(small))
    )
    start = lines[0][0]
    for i, after in enumerate(trimmed[1:]):
        goes_on = (wrapped and full[i]) or (small[i] and len(trimmed[i]) >= 30 and trimmed[i][-1] not in _MARKS + ":;")
        if not goes_on or _BULLET.match(after) or trimmed[i].startswith("#"):
            yield start, lines[i][1]
            start = lines[i + 1][0]
    yield start, lines[-1][1]


def _first_word(line: str) -> int:
    """Columns the first word needs, with the space before it; scripts without spaces need one character."""
    return 1 if _HAN.match(line) else 1 + len(line[:40].split(maxsplit=1)[0])


def _starts_small(line: str) -> bool:
    """Whether the line starts with a lower-case letter, after any opening quotation mark."""
    return line[:4].lstrip(_OPENERS)[:1].islower()


# ------------------------------------------------------------------------------------------------------------ sentences


def _sentence_ends(text: str, start: int, end: int, words: Abbreviations) -> Iterator[int]:
    """Where a sentence of text[start:end] ends before the last one does."""
    cased = any(map(str.isupper, text[start:end]))  # a text all in lower case cannot show a beginning by a capital
    last, counted, straight = start, start, 0
    for match in _CANDIDATE.finditer(text, start, end):
        mark, after = match.span()
        if mark < last:
            continue
        if _is_plain_end(text, last, mark, after, end, words):
            yield after
            last = after
            continue
        straight += text.count('"', counted, match.start())
        counted = match.start()
        stop = _closers(text, match.end(), end, straight % 2 == 1)
        if stop >= end:
            return
        if _is_end(text, last, match.start(), match.end(), stop, end, words, cased):
            yield stop
            last = stop


def _is_plain_end(text: str, last: int, mark: int, after: int, end: int, words: Abbreviations) -> bool:
    """The case of nine sentences in ten, told at a fifth of the cost: a full stop after a word, then a space and a capital."""
    if text[mark : after + 1] != ". " or not last < mark < end - 2 or not text[after + 1].isupper():
        return False
    word = text[max(0, mark - 24) : mark].rpartition(" ")[2]
    return len(word) > 1 and word.isalpha() and word.islower() and not words.known(word)


def _closers(text: str, at: int, end: int, quoting: bool) -> int:
    """End of the closing marks after a sentence mark: quotation marks, brackets, footnote numbers."""
    while at < end:
        char = text[at]
        if char in _CLOSERS + "“«‹":
            opens = char in "“«‹\"'" and at + 1 < end and text[at + 1].isalnum()
            if opens and not (char == '"' and quoting):
                return at  # 'end.“Next': the space was lost
            at += 1
            if at < end and text[at] in ".…" and char in _QUOTES + ")":
                at += 1  # ”. and ).
        elif note := _FOOTNOTE.match(text, at, end):
            at = note.end()
        elif (spaced := _SPACED_CLOSER.match(text, at, end)) and (spaced[1] != '"' or quoting):
            at = spaced.end()
        else:
            break
    return at


def _is_end(text: str, first: int, mark: int, after: int, stop: int, end: int, words: Abbreviations, cased: bool) -> bool:
    """Whether the marks text[mark:after], with closers up to `stop`, end the sentence that began at `first`."""
    marks = text[mark:after]
    before = text[max(first, mark - 60) : mark].strip()
    if not any(map(str.isalnum, before)):
        return False  # nothing said yet: "...and then", "[...]"
    if marks == "." and mark - first < 60 and _MARKER.fullmatch(before):
        return False  # "1. First", "Q. How"
    if text[mark - 1] == ")" and mark - first < 60 and text[stop : stop + 3].strip()[:1] in tuple(_DASHES):
        return False  # a dateline: "МОСКВА, 3 мая (ТАСС). — …"
    if text[mark - 1] in "([" and stop > after:
        return False  # an omission: [...]
    if any(map(_FULL.__contains__, marks)):
        if marks == "．" and text[mark - 1].isdigit() and text[stop].isdigit():
            return False
        return stop == after or not words.lexicon.quote_goes_on.match(text, stop)
    if marks != "." and stop > after and words.lexicon.quote_goes_on.match(text, stop):
        return False  # «…?» سأل القائد
    if not text[stop].isspace():
        return _is_glued_end(text, mark, after, stop, end)
    following = stop
    while following < end and (text[following].isspace() or text[following] in _OPENERS or text[following] in _DASHES):
        following += 1
    if following == end:
        return False
    char = text[following]
    if char.islower() and cased:
        return False
    if marks != "." or (stop > after and text[after] in _QUOTES):
        return True
    return not _is_abbreviation(text, first, mark, following, end, words)


def _is_glued_end(text: str, mark: int, after: int, stop: int, end: int) -> bool:
    """Whether the marks end a sentence although no white space follows: "ended.The next", not "1.5", "U.S.A." or an address."""
    char = text[stop]
    if _HAN.match(char) and text[mark - 1].isascii() and text[mark - 1].isalpha():
        return False  # Yahoo!
    if text[after - 1] in "؟۔" or _HAN.match(char) or _HAN.match(text, mark - 1):
        return not char.isdigit() and char not in ",;:،؛、，" and not set("!?؟۔").isdisjoint(text[mark:after])
    token = text[max(0, mark - 40) : stop + 12]
    word_before = re.search(r"[^\W\d_]+$", text[max(0, mark - 20) : mark])
    if word_before is None or len(word_before[0]) < 2 or "://" in token or "www." in token or "@" in token or "/" in token:
        return False
    opener = char in "“«‹„¿¡「『" and stop + 1 < end
    letters = text[stop + opener : min(end, stop + opener + 3)]
    if _GLUE_SCRIPT.match(char) and char.isalpha():
        return len(word_before[0]) > 2 and letters.isalpha()
    if stop > after and not opener:
        return False  # '.”Lavrov said': the space fell out between a quotation and who said it
    return word_before[0][-1].islower() and letters[:1].isupper() and (letters[1:2].islower() or letters[1:2] in " ")


def _is_abbreviation(text: str, first: int, mark: int, following: int, end: int, words: Abbreviations) -> bool:
    """Whether the full stop at `mark` belongs to its word and the sentence goes on with the word at `following`."""
    word = text[max(0, mark - 24) : mark].rpartition(" ")[2]
    if len(word) > 1 and word.isalpha() and word.islower() and not words.known(word):
        return False  # nine of ten
    if _BRACKETED_ASIDE.match(text, mark + 1, end):
        return True  # "Ipari Kft. (HDT Limited) acquired", "EE.UU. (DEA, por sus siglas), en"
    before = re.split(r"[\s(\[{“„«\"/]", text[max(0, mark - 24) : mark])[-1].lstrip(_OPENERS + _DASHES)
    before = re.sub(r"^(?:[^\W\d_]|[dDlL]ell|qu)['’]", "", before)  # l'O.N.U.
    if not before:
        return False
    following_word = _WORD.match(text, following, min(end, following + 40))
    after = following_word[0] if following_word else ""
    stopped = following_word is not None and text[following_word.end() : following_word.end() + 1] == "."
    opens = _opens_sentence(after, words) or (stopped and len(after) > 1 and after.lower() in words.lexicon.title_abbreviations)
    if before.isdecimal():
        return len(before) <= 2 and not opens and words.lexicon.dotted_ordinals
    lettered = len(after) == 1 and stopped  # the next is an initial too: "z. B.", "J. K."
    listed = _listed(text, first, mark, following, before, after, opens, words)
    if listed is not None:
        return listed and not (opens and before.lower() in words.lexicon.maybe_last and not lettered)
    if len(before) == 1 and before.isupper():
        return not opens or lettered or after.lower() in words.lexicon.name_particles
    if len(before) == 1 and before.isalpha() and not before.islower():
        return True  # scripts without case: Arabic "د."
    dotted = _DOTTED.search(text[max(0, mark - 24) : mark]) or _INITIALS.fullmatch(before)
    if dotted or before.lower() in words.lexicon.maybe_last or (words.lexicon.dotted_ordinals and _ROMAN.fullmatch(before)):
        return not opens or lettered
    return lettered and len(before) == 1


def _listed(
    text: str, first: int, mark: int, following: int, before: str, after: str, opens: bool, words: Abbreviations
) -> bool | None:
    """What the lists of abbreviations say of a word with a full stop; None if they leave it open."""
    key, lexicon = before.lower(), words.lexicon
    figure = after[:1].isdigit() or text[following] in "№§"
    if figure and (key in lexicon.before_number or key.endswith(lexicon.abbreviation_endings)):
        return True
    if key in words.months and (figure or "(" in text[mark:following]):
        return True  # a dateline: "ROMA, 3 mag. (ANSA)"
    if key in lexicon.before_anything or (key in lexicon.title_abbreviations and (before[0].isupper() or lexicon.small_titles)):
        return not (opens and key in ("sr", "st"))  # "Robert Ash Sr. He ...", "on Main St. The ..."
    if key in lexicon.clock_marks and after[:1].isupper():
        zone = lexicon.after_clock.match(text, following)
        return after.isupper() or zone is not None or fold(after) in words.calendar
    if key in lexicon.year_marks and after[:1].isupper() and mark - first >= 30:
        return not re.search(r"\d{4}\s*\w+$", text[mark - 10 : mark])  # "in 2025."
    return None


def _opens_sentence(word: str, words: Abbreviations) -> bool:
    """Whether the capitalised word is a function word, which has a capital only where a sentence begins."""
    if not word[:1].isupper() or (len(word) > 1 and word.isupper()):
        return False
    return word.lower() in words.openers and word.lower() not in words.lexicon.openers_in_names


class Abbreviations:
    """What the lists of a language say of words with a full stop; those of English stand in where there are none."""

    def __init__(self, lang: str) -> None:
        own = Lexicon(lang)
        self.lexicon = own if own.maybe_last or own.quote_goes_on is not NEVER or own.unspaced else Lexicon("en")
        self.endings = self.lexicon.abbreviation_endings
        self.openers = function_words(lang) or function_words("en")
        self.months = own.months_short
        self.calendar = own.months.keys() | own.weekdays.keys()
        lexicon = self.lexicon
        self.every = lexicon.title_abbreviations.union(
            *(lexicon.before_anything, lexicon.before_number, lexicon.maybe_last, lexicon.clock_marks, lexicon.year_marks),
            self.months,
        )

    def known(self, word: str) -> bool:
        """Whether a word in small letters is an abbreviation."""
        return word in self.every or (bool(self.endings) and word.endswith(self.endings))


_abbreviations = cache(Abbreviations)
