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

from index.text.language import function_words
from index.text.lexicon import Lexicon

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
_ROMAN = re.compile("[IVXLC]{1,6}")
_DOTTED = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)*[^\W\d_]$")  # "U.S", "a. m", "т. д"
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Abbreviations without their full stops, lower case.
# A title, written with a capital, stands before a name: its full stop ends no sentence ("sig." and "det." are words).
_TITLES = _words("""mr mrs ms mx dr drs prof profs gen col lt capt cpt maj sgt cpl adm cmdr insp supt rev revd hon sen rep reps
    gov pres st sts ste mt ft messrs mme mmes mlle mgr msgr atty det amb sec treas sra srta sres sr dña fco lic ing arq pbro
    mons gral tte cnel sto sta ud uds hr hrn frl dipl mag sig sigg dott avv geom egr spett exmo exma eng dep dra drª profª exª
    sr.ª sig.na ecc.mo d.ª v.ex""")
# Something follows these in any case.
_NEVER_LAST = _words("""dott avv dott.ssa sig.ra vs viz cf eg ie e.g i.e approx esp incl dr dra sr sra srta prof lic ing gral
    arq p.ej bzw bspw z.b d.h u.a.m ggf evtl zzgl inkl exkl vgl ehem г-н г-жа ул пер просп обл р-н корп т.е т.к т.н акад проф
    доц ред зам о-в""")
# Followed by a figure; before anything else the full stop is an end ("He said no.").
_BEFORE_NUMBER = _words("""no nos nr nrs núm num n.º nº n art arts arte abs s p pp pg pgs pág págs pag vol vols ch chap cap sec
    sect fig figs eq op para ver bd bde ziff rn kap jan feb mar apr jun jul aug sep sept oct nov dec ene abr ago dic janv févr
    avr juil déc okt dez mär gen mag giu lug set ott fev ст п пп гл рис табл стр с янв фев февр мар апр авг сент окт нояб дек
    см""")
# May stand last or in the middle: the word after decides.
_MAYBE_LAST = _words("""b c d f g h j k l m n p q r s t v w z inc corp ltd co bros plc llc llp jr snr esq etc al est dept univ
    assn ave blvd rd u.s u.n u.k e.u a.m p.m a.d b.c ph.d d.c ee uu ee.uu ff.aa rr.hh ss.mm jj.oo s.a s.l s.r.l s.p.a a.c cía
    hnos aprox av avda ctra tel etcétera usw u.a uvm u.v.m etc.p co.kg str mio mrd tsd jh jhd v.chr n.chr z.t i.d.r o.ä s.o s.u
    u.u m.e ecc sec.a p.zza p.le ltda cia т.д т.п др пр г гг с р д им в вв н.э д.н.э руб коп тыс млн млрд трлн долл чел кв ч
    мин сек""")
_ABBREVIATED = _TITLES | _NEVER_LAST | _BEFORE_NUMBER | _MAYBE_LAST
# Name particles look like sentence openers after an initial: "L. La Rosa", "M. Le Goff".
_PARTICLES = _words("a al da das de del della den der des di do dos du e el i la las le les lo los o van von y ter ten zu")
_ORDINAL_LANGS = _words("de da no nb nn fi et lv lt cs sk sl hr bs hu is tr lb")
_GERMAN_BEFORE = _words("am im vom zum beim bis dem der des ab ins zur seit")

# Scripts that write sentences without spaces between them, and words too.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GLUE_SCRIPT = re.compile(r"[\u0590-\u1cff\u2d80-\u2ddf\u3040-\ud7ff]")  # caseless scripts that web addresses do not use
_HAN = re.compile(f"[{UNSPACED}]")
# Japanese and Chinese put "he said" after the closed quotation: 「…。」と述べた。 The quotation is not the whole sentence.
_QUOTE_GOES_ON = re.compile(r"と|って|など|[、，,]|[^，。！？：；\s]{1,12}(?:说|說|表示|指出|称|稱|强调|強調|透露|问道)[。，]")


def sentences(text: str, lang: str = "") -> list[Span]:
    """Spans of the sentences, in order, without surrounding white space; together they cover every character that is not blank.

    `lang` (BCP 47 primary tag) settles cases that only the language can: German "am 3. Oktober". Without it they are guessed.

    >>> sentences("Mr. Ash left. “Why?” she asked.")
    [(0, 13), (14, 31)]
    """
    return list(_remembered(text, lang)) if len(text) <= 20_000 else _sentences(text, lang)


@lru_cache(maxsize=256)  # a text is cut into passages, and then read for statements
def _remembered(text: str, lang: str) -> tuple[Span, ...]:
    return tuple(_sentences(text, lang))


def _sentences(text: str, lang: str) -> list[Span]:
    spans: list[Span] = []
    for start, end in _blocks(text, lang):
        block: list[Span] = []
        at = start
        for stop in _sentence_ends(text, start, end, lang):
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


def _sentence_ends(text: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Where a sentence of text[start:end] ends before the last one does."""
    cased = any(map(str.isupper, text[start:end]))  # a text all in lower case cannot show a beginning by a capital
    last, counted, straight = start, start, 0
    for match in _CANDIDATE.finditer(text, start, end):
        mark, after = match.span()
        if mark < last:
            continue
        if _is_plain_end(text, last, mark, after, end):
            yield after
            last = after
            continue
        straight += text.count('"', counted, match.start())
        counted = match.start()
        stop = _closers(text, match.end(), end, straight % 2 == 1)
        if stop >= end:
            return
        if _is_end(text, last, match.start(), match.end(), stop, end, lang, cased):
            yield stop
            last = stop


def _is_plain_end(text: str, last: int, mark: int, after: int, end: int) -> bool:
    """The case of nine sentences in ten, told at a fifth of the cost: a full stop after a word, then a space and a capital."""
    if text[mark : after + 1] != ". " or not last < mark < end - 2 or not text[after + 1].isupper():
        return False
    word = text[max(0, mark - 24) : mark].rpartition(" ")[2]
    return len(word) > 1 and word.isalpha() and word.islower() and word not in _ABBREVIATED


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


def _is_end(text: str, first: int, mark: int, after: int, stop: int, end: int, lang: str, cased: bool) -> bool:
    """Whether the marks text[mark:after], with closers up to `stop`, end the sentence that began at `first`."""
    marks = text[mark:after]
    said = text[max(first, mark - 60) : mark].strip()
    if not any(map(str.isalnum, said)):
        return False  # nothing said yet: "...and then", "[...]"
    if marks == "." and mark - first < 60 and _MARKER.fullmatch(said):
        return False  # "1. First", "Q. How"
    if text[mark - 1] in "([" and stop > after:
        return False  # an omission: [...]
    if any(map(_FULL.__contains__, marks)):
        if marks == "．" and text[mark - 1].isdigit() and text[stop].isdigit():
            return False
        return stop == after or not _QUOTE_GOES_ON.match(text, stop)
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
    return not _is_abbreviation(text, mark, following, end, lang)


def _is_glued_end(text: str, mark: int, after: int, stop: int, end: int) -> bool:
    """Whether the marks end a sentence although no white space follows: "ended.The next", not "1.5", "U.S.A." or an address."""
    char = text[stop]
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


def _is_abbreviation(text: str, mark: int, following: int, end: int, lang: str) -> bool:
    """Whether the full stop at `mark` belongs to its word and the sentence goes on with the word at `following`."""
    word = text[max(0, mark - 24) : mark].rpartition(" ")[2]
    if len(word) > 1 and word.isalpha() and word.islower() and word not in _ABBREVIATED:
        return False  # nine of ten
    before = re.split(r"[\s(\[{“„«\"/]", text[max(0, mark - 24) : mark])[-1].lstrip(_OPENERS + _DASHES)
    before = re.sub(r"^(?:[^\W\d_]|[dDlL]ell|qu)['’]", "", before)  # l'O.N.U.
    if not before:
        return False
    key = before.lower()
    following_word = _WORD.match(text, following, min(end, following + 40))
    after = following_word[0] if following_word else ""
    opens = _opens_sentence(after, lang)
    if before.isdecimal():
        return _is_ordinal(text, mark, before, after, opens, lang)
    if key in _BEFORE_NUMBER and (after[:1].isdigit() or text[following] in "№§"):
        return True
    if key in _NEVER_LAST or (key in _TITLES and before[0].isupper()):
        return not (opens and key in ("sr", "st"))  # "Robert Ash Sr. He ...", "on Main St. The ..."
    lettered = len(after) == 1 and text[following + 1 : following + 2] == "."  # the next is an initial too: "z. B.", "J. K."
    if len(before) == 1 and before.isupper():
        return not opens or lettered or after.lower() in _PARTICLES
    if len(before) == 1 and before.isalpha() and not before.islower():
        return True  # scripts without case: Arabic "د."
    abbreviated = key in _MAYBE_LAST or _DOTTED.search(text[max(0, mark - 24) : mark])
    if abbreviated or (lang in _ORDINAL_LANGS and _ROMAN.fullmatch(before)):
        return not opens or lettered
    return lettered and len(before) == 1


def _is_ordinal(text: str, mark: int, number: str, after: str, opens: bool, lang: str) -> bool:
    """Whether "3." is the third and not three."""
    if len(number) > 2 or opens:
        return False
    if lang in _ORDINAL_LANGS:
        return True
    words = text[max(0, mark - 40) : mark - len(number)].lower().split()
    return not lang and bool(words) and words[-1] in _GERMAN_BEFORE


def _opens_sentence(word: str, lang: str) -> bool:
    """Whether the capitalised word is a function word, which has a capital only where a sentence begins."""
    if not word[:1].isupper() or (len(word) > 1 and word.isupper()):
        return False
    return word.lower() in (function_words(lang) or _all_words()) and word.lower() not in _IN_NAMES


# Function words of `language.WORDS` that also stand in names and titles: "U.S. First Lady", "the U.N. New York office".
_IN_NAMES = _words(
    "first last new nuevo nueva two three people news noticias nouvelles nachrichten notícias notizie year years"
)


@cache
def _all_words() -> frozenset[str]:
    return frozenset().union(*(function_words(language) for language in ("en", "es", "fr", "de", "pt", "it", "ru", "uk", "nl")))
