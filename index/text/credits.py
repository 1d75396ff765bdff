"""Pure: whose report it is, and which lines of it are photo credits and captions.

    agency("PARIS, Oct 18 (AFP) - The minister ...")  ->  "AFP"
    furniture(text)                                   ->  [(start, end, "caption"), ...]

A news agency signs in four places: the dateline ("LIMA, 3 Mar (EFE).-"), a closing line ("With information from AP and EFE"), a
byline ("By Reuters"), or the last words in brackets. An agency named anywhere else is somebody's source ("according to TASS"),
and one beside a picture ("Photo: AFP") made the picture, not the report. The text itself is never altered: what is found is
given as spans, so that splitting can skip a bare credit and rank a caption lower.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Literal

from index.records import Furniture
from index.text.lexicon import every_row

# Below, <name> stands for a table: <agency> for any agency, <list> for one or several, and the rest for words of all languages,
# since a page in Spanish may well credit "Photo: AFP".
LONGEST = 500_000  # characters
_DASH = r"[-–—―]"

_CLOSING = r"(?i)^\W*(?:<credit_closing>)"  # "With information from"; what follows is searched for agencies
_DESK = r"^\W*(?:<desk_credit>)"
_BYLINE = r"^\W*(?:<byline>)(?!\w)[^.!?\n]{0,80}?(<list>)(?:(?: \w+)? \w*[Ww]riter)?\W*$"
_ALONE = r"^[\W_]*(?:©\s*(?:\d{4})?\s*)?(<list>)(?:/[a-z]{2,4}(?:/[a-z]{2,4})*)?(?:\s*©?\s*\d{4})?[\W_]*$"
_TAIL = rf"(?:[(\[（]\s*(<list>)[^)\]）\n]{{0,20}}[)\]）]|[.!?»”\"]\s*(?:{_DASH}+\s*|/\s*|©\s*(?:\d{{4}}\s*)?)?(<list>))[\s.]*$"

_DATELINES = (
    # LIMA, 3 Mar (EFE).-   |   (ANSA) - ROMA, 18 OTT -   |   MOSCOW, October 18. /TASS/.   |   (서울=연합뉴스)
    (rf"^[^\n(（/]{{0,90}}[(（]\s*(?:[^\n()（）=]{{1,20}}=\s*)?(<list>)[^\n)）]{{0,25}}[)）]\s*(?:[.:,]?\s*{_DASH}|[.:]|\s\w)"),
    r"^[^\n/]{0,90}/\s?(<list>)\s?/",
    # МОСКВА, 18 окт - РИА Новости.   |   BERLIN/dpa -   |   Reuters -   |   EFE.-
    rf"^[^\n.!?]{{0,60}}{_DASH}\s?(<list>)\s?(?:[.:]|{_DASH})",
    rf"^(?:[\w .'’-]{{2,40}}/)?(<list>)\s*[.:]?\s?{_DASH}+\s",
    # 新华社北京10月18日电   |   【AFP=時事】   |   [서울=뉴시스]
    r"^\W{0,3}(<wires>)[^\n]{0,30}?[电電]",
    r"^\W{0,3}[【\[［][^\n】\]］]{0,30}?(<agency>)[^\n】\]］]{0,30}[】\]］]",
    r"^\W{0,3}[（(](<bracketed_wires>)[^\n]{0,60}?[电電]?[）)]",
)
# An agency we have never heard of, where the form leaves no doubt: "DHAKA, Oct 18 (XYZ) - ".
_STRANGER = (
    r"^[A-ZÀ-Þ][^\n(/.!?]{1,60}(?:\d|[A-ZÀ-Þ]{3})[^\n(/!?]{0,20}"
    rf"\(([A-Z][A-Za-z]{{1,11}}(?: [A-Z][a-z]+)?)\)\s?[.:]?\s?{_DASH}"
)


@functools.cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled at first use: all of them take 50 ms, and not every command reads articles."""
    verbose = source.startswith("(?x)")
    return re.compile(re.sub(r"<([a-z_]+)>", lambda table: _table(table[1]).replace(" ", r"\ " if verbose else " "), source))


@functools.cache
def _table(name: str) -> str:
    """The alternatives that <name> stands for in a pattern."""
    agency = "|".join(f"(?:{spelling})" for spelling in _agencies()["agencies"].values())
    if name == "agency":
        return agency
    if name == "list":
        single = rf"(?<![\w-])(?:{agency})(?![\w])"
        return rf"{single}(?:\s*(?:[/,=&+|-]|{every_row('credit_and')})\s*{single})*"
    if name in ("wires", "bracketed_wires"):
        return _agencies()["datelines"][name]
    if name == "agents":
        return f"(?:{agency}|{_agencies()['pictures']['names']})"
    return f"(?:{every_row(name)})"


@functools.cache
def _hints() -> tuple[str, ...]:
    """What a credit has one of, lower case: nine lines of ten have none, and this look costs a fiftieth of the pattern."""
    words = (re.sub(r"\[\w(\w)\]", r"\1", word) for word in every_row("picture_words").split("|"))
    starts = {re.split(r".\?|\W", word)[0].lower() for word in words}
    return (*")]）©|/", *sorted(word for word in starts if word and not any(word.startswith(s) for s in starts - {word})))


@functools.cache
def _agencies() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("index.text") / "data" / "agencies.toml").read_text(encoding="utf-8"))


@functools.cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_agencies()['agencies'][name]})(?!\w)")


def agencies_in(text: str) -> list[str]:
    """The canonical names of the agencies a credit names, sorted.

    >>> agencies_in("Europa Press and EFE"), agencies_in("AFP/Reuters")
    (['EFE', 'Europa Press'], ['AFP', 'Reuters'])
    """
    spellings = _agencies()["agencies"]
    names = {name for name in spellings if _compiled(name).search(text)}
    if not names:  # scripts without word borders, as in 新华社北京
        names = {
            name for name, spelling in spellings.items() if re.search(r"[^\x00-\x7F]{2}", text) and re.search(spelling, text)
        }
    if "ACAN-EFE" in names:
        names.discard("EFE")
    return sorted(names, key=str.casefold)


def agency(text: str, *, byline: str = "") -> str:
    """Whose report a text is: "AFP", "EFE, Europa Press" (sorted), or "" if no agency signed it.

    `byline` is the author line of the page, if it is known apart from the text.
    """
    names: set[str] = set()
    for part in re.split(r"[;,]", byline):
        if len(part) < 60 and (match := _pattern(_ALONE).match(part.strip()) or _pattern(_BYLINE).match("By " + part.strip())):
            names.update(agencies_in(match[1]))
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + "\n" + text[-LONGEST // 2 :]
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines[:4]):
        if _picture(text, lines, number) is None:
            names.update(_opening(text[start : min(end, start + 300)]))
    for number in range(max(0, len(lines) - 4), len(lines)):
        if _picture(text, lines, number) is None:
            names.update(_ending(text[slice(*lines[number])], last=number == len(lines) - 1))
    return ", ".join(sorted(names, key=str.casefold))


def _opening(line: str) -> list[str]:
    for pattern in (*_DATELINES, _BYLINE, _ALONE):
        if match := _pattern(pattern).match(line):
            return agencies_in(match[1])
    if match := _pattern(_STRANGER).match(line):
        return [match[1]]
    return []


def _ending(line: str, *, last: bool) -> list[str]:
    if len(line) <= 250:
        if match := _pattern(_ALONE).match(line):
            return agencies_in(match[1])
        if _pattern(_DESK).match(line):
            return ["Reuters"]
        if named := _named_after_intro(line):
            return named
    if last:
        line = line[-300:]
        sentence = re.split(r"(?<=[.!?»”])\s+", line)[-1]
        bracket = re.search(r"[(\[]([^()\[\]\n]{4,120})[)\]]\W*$", line)
        for closing in (sentence, bracket[1] if bracket else ""):
            if named := _named_after_intro(closing):
                return named
        if match := _pattern(_TAIL).search(line[-120:]):
            return agencies_in(match[1] or match[2])
    return []


def _named_after_intro(line: str) -> list[str]:
    """The agencies of "With information from AP and EFE"; none when prose goes on: "With files from AP, the judge ruled"."""
    if not (match := _pattern(_CLOSING).match(line)):
        return []
    rest = line[match.end() :]
    names = agencies_in(rest)
    for name in names:
        rest = _compiled(name).sub(" ", rest)
    return names if len(re.findall(r"[^\W\d_]{4,}", rest)) <= 3 else []


# --- photo credits and captions -----------------------------------------------------------------------------------------------

_WHO = r"[^\n().|]{1,60}"
# A picture's credit at the end of a line. Tried again and again, so that "(REUTERS/A. Doe) (A. DOE/)" goes whole.
_BREAK = r"(?:^|(?<=[.!?»”\"'\s|]))"
_CREDIT = rf"""(?x)\s*(?:
      # (KCNA via Reuters), (AFP/)
      [(\[（]\s*(?:<picture_words>\s*[:.]?\s*)?(?:{_WHO}/\s*)?<agents>(?:\s*(?:via|/|,|-)\s*{_WHO})?\s*/?\s*[)\]）]
      # (Photo: A. Doe), (A. DOE/)
    | [(\[（]\s*<picture_words>\s*[:.]?\s*{_WHO}[)\]）]
    | [(\[（]\s*[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{{2,40}}/\s*[)\]）]
      # Foto: EFE, Photo: A. Doe
    | {_BREAK}(?:<picture_words>|©)\s*[:/©]?\s*(?:©\s*)?(?:{_WHO}/\s*)?<agents>(?:\s*[/,-]\s*{_WHO})?
    | {_BREAK}<picture_words>\s*:\s*(?=[^\sa-zß-ÿ]){_WHO}
      # | AFP, Ana Doe / AP
    | \s*(?:©|[|/])\s*(?:{_WHO}/\s*)?<agents>(?:\s*[/,]\s*{_WHO})?
    | {_BREAK}(?:[A-ZÀ-Þ][\w.'’-]*\s){{1,3}}/\s?<agents>
    )[\s.]*$"""
_PICTURE_ANY = r"<picture_words>"
_PICTURE_HEAD = r"^\W*<picture_words>\s*[:：]\s*(?=\S)|^\W*(?:<picture_words>)\s+<picture_from_archive>\b\W*"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\r]+", text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        if start < match.end():
            yield start, match.end() - (len(line) - len(line.rstrip()))


def furniture(text: str) -> list[Furniture]:
    """The lines that are not the story's prose, as (start, end, kind), in order. Half-open, code points.

    `caption`: what a picture shows; worth finding, ranked lower. `copy`: the same caption again; skip it. `credit`: who made a
    picture and nothing else ("Foto: EFE"); skip it. Kind `closing`: the line that says whose report it is; it is no evidence.
    Of a text longer than any article, a dump, nothing is said.
    """
    if len(text) > LONGEST:
        return []
    spans: list[Furniture] = []
    captions: dict[str, int] = {}  # bare caption -> index in `spans`
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        if len(line) > 500:
            continue
        picture = _picture(text, lines, number)
        if picture is not None and len(key := _key(picture)) < 12 and len(key.split()) < 3:
            spans.append((start, end, "credit"))
        elif picture is not None:
            kind: Literal["caption", "copy"] = "caption"
            if key in captions:
                earlier = captions[key]
                # Of the two, the one that says more stays; the credit is part of it.
                if (
                    earlier >= 0
                    and spans[earlier][1] - spans[earlier][0] < end - start
                    and lines[number - 1] == spans[earlier][:2]
                ):
                    spans[earlier] = (spans[earlier][0], spans[earlier][1], "copy")
                else:
                    kind = "copy"
            captions[key] = len(spans)
            spans.append((start, end, kind))
        elif number >= len(lines) - 3 and _ending(line, last=False) and len(line) <= 250:
            spans.append((start, end, "closing"))
        elif number and _repeats(line, text[slice(*lines[number - 1])]):
            spans.append((start, end, "copy"))
    return spans


def _repeats(line: str, before: str) -> bool:
    """Whether a line is the caption before it again, without its credit."""
    before = _without_credit(before)
    if _last(line) != _last(before):  # as eleven of twelve: their keys need not be made
        return False
    key = _key(line)
    return len(key.split()) >= 3 and key == _key(before)


def _last(line: str) -> str:
    """The last letter or digit of a line, as its key has it."""
    return next((char for one in reversed(line) for char in reversed(one.casefold()) if char.isalnum() or char == "_"), "")


def _picture(text: str, lines: list[tuple[int, int]], number: int) -> str | None:
    """What a line that belongs to a picture says without its credit; None if it belongs to none."""
    line = text[slice(*lines[number])]
    if len(line) > 500:
        return None
    bare = _without_credit(line)
    if (
        (bare == line and not _pattern(_PICTURE_HEAD).match(line))
        or not _few_sentences(bare)
        or _signs(lines, number, bare, text)
    ):
        return None
    return bare


def _without_credit(line: str) -> str:
    """The line without the picture credits at its end."""
    if not any(map(line[-160:].lower().__contains__, _hints())):
        return line
    for _ in range(4):
        match = _pattern(_CREDIT).search(line, max(0, len(line) - 160))
        if not match or not match[0].strip():
            break
        line = line[: match.start()].rstrip(" |/-–—")
    return line


@functools.lru_cache(maxsize=16)  # a line is compared with the one before it, and then with the one after
def _key(line: str) -> str:
    """For comparing captions: words only, without case."""
    return " ".join(re.findall(r"\w+", _pattern(_PICTURE_HEAD).sub("", line).casefold()))


def _few_sentences(line: str) -> bool:
    return len(re.findall(r"[.!?。！？](?=\s|$|[^\s\w])", line)) <= 2 and len(line) <= 400


def _signs(lines: list[tuple[int, int]], number: int, bare: str, text: str) -> bool:
    """Whether it signs the report and no picture: "AFP" as first or last line, or a last paragraph ending in "(AFP)"."""
    start, end = lines[number]
    if number not in (0, len(lines) - 1) or _pattern(_PICTURE_ANY).search(text[start:end]):
        return False
    prose = number > 0 and bare.endswith((".", "”", '"', "»", "。", "!", "?"))
    return prose or bool(_pattern(_ALONE).match(text[start:end])) or bool(_pattern(_CLOSING).match(text[start:end]))
