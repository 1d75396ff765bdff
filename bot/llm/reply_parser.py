"""Pure: what a chat model writes, piece by piece as it comes -> Drafts, each with the numbers it cites.

A reply is in JSON (`json_reply.py`) or in lines with marks: it is read as what it is, whatever was asked for.

Small models cite seldom, write headings, and speak of their passages: what is none of the articles' words is left out here, and
a sentence without a number is still a draft, to be found in some passage or withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from bot.llm import json_reply
from bot.llm.evidence_lines import EvidenceLines
from bot.llm.reply_marks import plain_marks
from bot.records import Draft
from index.errors import ModelError
from index.text.fold import Folded
from index.text.lexicon import Lexicon, languages
from index.text.passages import sentences as split_sentences
from index.text.printable import one_line

REFUSAL = "NO EVIDENCE"
UNCITED = 600  # characters without a mark after which a reply's sentences are taken one by one
REPLY = 6000  # characters after which a reply is cut: it does not end by itself

_MARK = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
# A sentence of a reply ends behind its marks, or at a full stop with a space or a line's end behind it.
_END = re.compile(
    r"(?:[.!?…。！？]+[”\"»’)]*\s*)?(?:\s*\[\s*\d[\d\s,;]*\]\s*)+[.!?。]?[”\"»]?(?=\s|$)|[.!?…][”\"»’)]*(?=\s+[^\s\[])|[。！？]+[”」』]?(?!\s*\[)|\n+"
)
_MARKS_ONLY = re.compile(r"[^.!?…。！？\n]*")
_FOOTNOTE = re.compile(r"^\s*\[\d[\d, ]*\]:")  # "[1]: title, outlet", as Markdown explains a mark
_MARK_BEGINS = re.compile(r"\s*\[[\d, ]*\]?")
_LAST_WORD = re.compile(r"(\w[\w.]*)\.$")


def drafts(pieces: Iterator[str], most: int = 100) -> Iterator[Draft]:
    """A reply, piece by piece -> at most so many Drafts; none for a refusal.

    A model that repeats itself has nothing more to say: reading ends there, and with it the call, which may go on for minutes.
    """
    seen: set[str] = set()
    for draft in _read(pieces):
        if draft.text in seen:
            return
        seen.add(draft.text)
        yield draft
        if len(seen) == most:
            return


def _read(pieces: Iterator[str]) -> Iterator[Draft]:
    """A reply of either form."""
    start, in_json = "", None
    for piece in pieces:
        start += piece
        if (in_json := json_reply.begins(start)) is not None:
            break
    rest = chain([start], pieces)
    if not in_json:
        yield from _in_lines(rest)
        return
    for draft in map(_cleaned, json_reply.drafts(rest, 2 * REPLY)):
        if re.search(r"\w", draft.text) and not refuses(draft.text):
            yield draft


def _cleaned(draft: Draft) -> Draft:
    """A sentence from JSON, without what a model puts into it beside its words."""
    marked = "".join(plain_marks(iter([draft.text])))
    cites = tuple(int(n) for match in _MARK.finditer(marked) for n in re.findall(r"\d+", match[1]))
    return replace(draft, text=_bare(marked), cites=tuple(dict.fromkeys((*draft.cites, *cites))))


def _in_lines(pieces: Iterator[str]) -> Iterator[Draft]:
    lines = EvidenceLines(pieces)
    for draft in _all(plain_marks(iter(lines))):
        cites, words = lines.told_apart(draft.cites)
        yield replace(draft, cites=cites, words=words)


def _all(pieces: Iterator[str]) -> Iterator[Draft]:
    """A reply, piece by piece -> Drafts; none for a refusal. A sentence without marks is joined to the next that has some.

    ModelError if the reply holds no sentence and is no refusal, or does not end.
    """
    whole = buffer = waiting = ""
    drafted = False
    for piece in pieces:
        whole += piece
        buffer += piece
        while (cut := _cut(buffer)) is not None:
            sentence, gap, buffer = buffer[: cut[0]], buffer[cut[0] : cut[1]], buffer[cut[1] :]
            sentence += "\n" if "\n" in gap else ""
            done, waiting = _drafts(waiting, sentence)
            drafted = drafted or bool(done)
            yield from done
        if len(whole) > REPLY:
            raise ModelError("the model's reply does not end")
    done, waiting = _drafts(waiting, buffer)
    rest = [*done, *uncited(waiting)]
    yield from rest
    if not drafted and not rest and not refuses(_MARK.sub("", whole)):
        raise ModelError("the model's reply holds no sentence")


def uncited(text: str) -> Iterator[Draft]:
    """Text without any marks, line by line and sentence by sentence: each may still be found in some passage.

    What does not end like a sentence is a heading or a caption, and left out where there is anything else.
    """
    pieces = [line[a:b] for line in map(_bare, text.splitlines()) for a, b in split_sentences(line)]
    pieces = [piece for piece in pieces if re.search(r"\w", piece) and not refuses(piece)]
    yield from (Draft(text=piece) for piece in [p for p in pieces if _ENDS.search(p)] or pieces)


_ENDS = re.compile(r"[.!?…。！？][”\"»’)\]]*$")


def _cut(buffer: str) -> tuple[int, int] | None:
    """Where the first finished sentence of a growing text ends, and where the next begins; None until more is known."""
    for match in _END.finditer(buffer):
        end = match.end()
        rest = buffer[end:]
        if _is_abbreviation(buffer[:end], rest.lstrip()):
            continue
        if _MARKS_ONLY.fullmatch(match[0]) and rest.lstrip()[:1].islower():  # a mark in the middle: "The port, he said [1], …"
            continue
        if not rest.strip():  # more marks may follow
            return None
        if rest.lstrip().startswith("[") and not _FOOTNOTE.match(rest):
            if _MARK_BEGINS.fullmatch(rest):
                return None
            continue
        return end, end + len(rest) - len(rest.lstrip())
    return None


def _is_abbreviation(text: str, after: str) -> bool:
    """Whether a text ends with an abbreviation and not with a sentence. A reply is in any language that we write."""
    match = _LAST_WORD.search(text)
    if match is None:
        return False
    word, key = match[1], match[1].lower()
    return bool(re.search(r"\b[A-Z]$", word)) or any(
        key in words.before_anything
        or (word[0].isupper() and key in words.title_abbreviations)
        or (after[:1].isdigit() and key in words.before_number)
        for words in map(Lexicon, languages())
    )


def _drafts(waiting: str, piece: str) -> tuple[list[Draft], str]:
    """(the drafts that are finished, the text that waits for its marks)."""
    if _FOOTNOTE.match(piece):
        return [], waiting
    text = f"{waiting}{piece}"
    cites = tuple(int(n) for match in _MARK.finditer(text) for n in re.findall(r"\d+", match[1]))
    clean = _bare(text)
    if refuses(clean) or not re.search(r"\w", clean):
        return [], ""
    if cites:
        above, _, last = _MARK.sub("", text.rstrip()).rpartition("\n")
        if not above.rstrip().endswith(":") and re.search(r"\w", last):  # a heading, or a line of its own without marks
            return [*uncited(above), Draft(text=_bare(last), cites=tuple(dict.fromkeys(cites)))], ""
        return [Draft(text=clean, cites=tuple(dict.fromkeys(cites)))], ""
    if len(text) > UNCITED:
        return list(uncited(text)), ""
    return [], text if text.endswith("\n") else f"{text} "


_HEADER = re.compile(r"\([^()]*\)[.]?")  # "(title, outlet, date, language)", as it stands over a passage
_TAIL = re.compile(r",\s*\d{4}(?:-\d\d){0,2}(?: \d\d:\d\d(?: UTC)?)?,\s*[a-z]{2}\.?$")  # "…, 2025-06-03, en": its end


def _bare(text: str) -> str:
    """A sentence without its marks, bullets and stars, and without what it says of the passages."""
    clean = one_line(re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", _MARK.sub("", text)).replace("**", ""))
    if _HEADER.fullmatch(clean):
        return ""
    clean = _TAIL.sub(".", clean)
    rest = _without_lead(clean)
    return rest if rest == clean else rest[:1].upper() + rest[1:]


def _without_lead(text: str) -> str:
    """A sentence without what a model says of its passages, which are none of their words: "Based on the context, …".

    A reply is in any language that we write, and such a lead is nothing else in the others.
    """
    folded = Folded(text)
    for words in map(Lexicon, languages()):
        label = re.match(r"(\w+)\s*:\s*", folded.text)
        start = label.end() if label and label[1] in words.reply_labels else 0
        if match := words.about_passages.match(folded.text, start):
            return text[folded.at(match.end()) :]
    return text


def refuses(text: str) -> bool:
    """Whether a reply is the refusal that the prompt asks for."""
    return text.strip(" .\"'“”*").upper() == REFUSAL


def begins_answer(text: str) -> bool:
    """Whether a reply that begins so is an answer: its first sentence cites, or it is in JSON. Thinking does neither."""
    start = "".join(plain_marks(iter([text]))).lstrip()
    cut = _cut(f"{start} x")
    return bool(re.match(r"\[?\s*\{", start)) or (cut is not None and bool(_CITED.search(start[: cut[0]])))


_CITED = re.compile(r"\[\d[\d, ]*\]\s*[.!?。]?[”\"»]?\s*$")
