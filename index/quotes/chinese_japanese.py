"""Pure: who said what in Chinese and Japanese, whose scripts put no spaces between words: patterns over characters.

A speaker stands between the last mark and the verb of speech; what it says is in marks “ ” 「 」 or goes on to the full stop.
Only the commonest forms of news agencies are read; other quotations are left without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.text.quote_pairs import Quote

SENSES = {"否认": "denies", "否認": "denies", "否定": "denies", "警告": "warns", "承诺": "promises",
          "承諾": "promises", "呼吁": "urges", "呼籲": "urges", "要求": "asks", "问": "asks", "問": "asks",
          "批评": "criticizes", "批評": "criticizes", "批判": "criticizes", "訴え": "urges"}  # fmt: skip
NO_MARK = r"[^，。；：、！？“”「」『』\s…（）()《》,:;]"
_ZH_VERB = (
    "表示|指出|强调|強調|宣布|宣佈|认为|認為|警告|否认|否認|透露|坦言|写道|寫道|回应|回應|承认|承認|呼吁|呼籲|解释|解釋|补充|補充|批评|批評"
    "|重申|承诺|承諾|说|說|称|稱|问|問|介绍|介紹|告诉记者"
)
_ZH_WHEN = (
    rf"(?:(?:周|週|星期)[一二三四五六日天]|\d+[月日](?:\d+日)?|[昨今当當][天日]|日前|近日|随后|隨後|还|還|也|则|再次|曾|已|接受{NO_MARK}+采访时"
    rf"|在{NO_MARK}{{2,16}}?(?:上|中|时|時|会|會)|[对向]{NO_MARK}{{2,10}}?(?=(?:{_ZH_VERB})))"
)
_ZH = re.compile(rf"(?P<who>{NO_MARK}{{1,24}}?)(?:{_ZH_WHEN})*(?P<verb>{_ZH_VERB})道?(?P<mark>[，：,:])?")
_ZH_SOURCE = re.compile(rf"^据(?P<who>{NO_MARK}{{2,16}}?)(?P<verb>称|稱|说|說|介绍|介紹|透露|报道|報道|消息)，")
_ZH_ROLE = re.compile(
    r"^.*(?:发言人|發言人|部长|部長|总统|總統|主席|总理|總理|市长|市長|院长|院長|教练|教練|大使|会长|會長|总裁|總裁|首相|省长|省長|书记|書記"
    r"|专家|教授|博士|律师|議員|议员|秘书长|秘書長|董事长|經理|经理|主任|局长|局長|司令|州长|州長|国务卿|國務卿|外长|外長|防长|代表|记者|农民|居民)"
    r"(?P<name>[\u4e00-\u9fff·]{2,12})$"
)
_JA_VERB = "述べ|語[っり]|話し|話す|強調|指摘|説明|発表|訴え|主張|批判|コメント|答え|否定|明らかに|警告|発言|言[いっ]"
_JA_TOPIC = re.compile(rf"(?P<who>{NO_MARK}{{1,24}}?)(?:[はが])")
_JA_AFTER = re.compile(rf"^(?:など)?と(?:(?P<who>{NO_MARK}{{1,24}}?)[はが])?[^。「]{{0,12}}?(?P<verb>{_JA_VERB})")
_JA_SOURCE = re.compile(rf"^(?P<who>{NO_MARK}{{2,24}}?)に(?P<verb>よると|よれば)、")
_HE = frozenset("他 她 他们 她们 彼 彼女 彼ら 同氏".split())
_STOP = re.compile(r"[。！？\n]")


class Saying(NamedTuple):
    """A statement; offsets in code points."""

    start: int
    end: int
    kind: str  # direct | mixed | indirect
    cue: tuple[int, int] | None
    who: tuple[int, int] | None
    name: str  # resolved; "" where nothing is certain
    verb: str
    sense: str
    confidence: float


def sayings(text: str, tag: str, quotes: Sequence[Quote]) -> list[Saying]:
    """All statements of a Chinese or Japanese text, in order of start."""
    outer = [quote for quote in quotes if quote.depth == 0 and any(map(str.isalnum, text[quote.start : quote.end]))]
    found: list[Saying] = []
    for start, end in _sentences(text, outer):
        inside = [quote for quote in outer if start <= quote.start < end]
        read = _japanese if tag == "ja" else _chinese
        found += _named(text, list(read(text, start, end, inside)), found)
    return found


def _sentences(text: str, outer: Sequence[Quote]) -> Iterator[tuple[int, int]]:
    """Spans up to a full stop that is not inside a quotation; an attribution behind a closing mark belongs to its sentence."""
    stops = [match.end() for match in _STOP.finditer(text) if not any(q.start < match.start() < q.end for q in outer)]
    for start, end in pairwise([0, *stops, len(text)]):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if end > start:
            yield start, end


def _chinese(text: str, start: int, end: int, quotes: Sequence[Quote]) -> Iterator[Saying]:
    source = _ZH_SOURCE.match(text[start:end])
    if source is not None:
        yield _saying(text, start + source.end(), end, "indirect", start, source)
        return
    if not quotes:
        match = _ZH.match(text, start, end)
        if match and match.end() < end - 2:
            yield _saying(text, match.end(), end, "indirect", 0, match)
        return
    last: re.Match[str] | None = None
    at = start
    for number, quote in enumerate(quotes):
        before = _last(text, at, quote.start)
        following = quotes[number + 1].start if number + 1 < len(quotes) else end
        after = _ZH.match(text, quote.end + (text[quote.end : quote.end + 1] in tuple("，,")), following)
        whole = text[quote.end - 2 : quote.end - 1] in tuple("。！？，,…") or text[quote.end : quote.end + 1] in tuple("，,")
        if before is not None:
            last = before
            yield _saying(text, quote.start, quote.end, "direct", 0, before)
        elif after is not None and whole and _ends_clause(text, after.end()):
            last = after
            yield _saying(text, quote.start, quote.end, "direct", 0, after)
        elif last is not None and not text[at : quote.start].strip("，, "):
            yield _saying(text, quote.start, quote.end, "direct", 0, last)
        at = after.end() if after is not None and last is after else quote.end


def _last(text: str, start: int, end: int) -> re.Match[str] | None:
    """The attribution that ends where a quotation begins."""
    clause = max((text.rfind(mark, start, end - 1) for mark in "，。；！？\n"), default=-1)
    match = _ZH.match(text, max(start, clause + 1), end)
    return match if match is not None and match.end() == end else None


def _ends_clause(text: str, at: int) -> bool:
    return text[at - 1] in "，：,:" or text[at : at + 1] in tuple("。！？，,\n") or at == len(text)


def _japanese(text: str, start: int, end: int, quotes: Sequence[Quote]) -> Iterator[Saying]:
    source = _JA_SOURCE.match(text[start:end])
    if source is not None:
        yield _saying(text, start + source.end(), end, "indirect", start, source)
        return
    for quote in quotes:
        after = _JA_AFTER.match(text[quote.end : end])
        if after is None:
            continue
        topic = _JA_TOPIC.match(text, start, quote.start)
        who = after.span("who") if after["who"] else (-1, -1)
        span = (quote.end + who[0], quote.end + who[1]) if who[0] >= 0 else topic.span("who") if topic else None
        cue = (quote.end + after.start("verb"), quote.end + after.end("verb"))
        yield Saying(quote.start, quote.end, "direct", cue, span, "", after["verb"], SENSES.get(after["verb"], "asserts"), 0.8)


def _saying(text: str, start: int, end: int, kind: str, shift: int, match: re.Match[str]) -> Saying:
    """With the speaker and the verb of `match`, whose positions begin at `shift`."""
    who, cue = ((shift + a, shift + b) for a, b in (match.span("who"), match.span("verb")))
    while kind == "indirect" and end > start and text[end - 1] in "。！？\n ":
        end -= 1
    return Saying(start, end, kind, cue, who, "", match["verb"], SENSES.get(match["verb"], "asserts"), 0.8)


def _named(text: str, new: Sequence[Saying], before: Sequence[Saying]) -> Iterator[Saying]:
    """With the names: without the office in front; for "he" the person who spoke last, else the one last named."""
    for one in new:
        phrase = text[slice(*one.who)] if one.who else ""
        if phrase in _HE:
            last = next((other.name for other in reversed(before) if other.name), "")
            yield one._replace(name=last, confidence=0.7 if last else 0.6)
            continue
        role = _ZH_ROLE.match(phrase)
        name = role["name"] if role else phrase.rpartition("の")[2].removesuffix("氏").removesuffix("さん")
        yield one._replace(name=name, confidence=one.confidence if phrase else 0.0)
