"""Pure: the dates that a text names, as UTC intervals with the precision the words have.

    "mid-September", "el miércoles pasado", "since 18 October" + the day it was said  ->  Mentions

English, Spanish, French, German, Portuguese, Italian and Russian by words; Arabic by month names; Chinese and Japanese and ISO
dates by figures. What a phrase leaves open stays open: "18/10" without a year is the latest such day that is not in the future,
and "on Wednesday" cannot be placed by a text that is itself dated by the month only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from index.records import Period
from index.text.date_words import AMBIGUOUS, FROM, HAN_PARTS, LINK, LISTED, MONTHS, ORDINAL, PARTS, SINCE, TO, UNTIL, YEAR
from index.text.relative_dates import Mention as Mention
from index.text.relative_dates import counted, day_of, number, part_named, part_of, stamp, whole_day

FIRST, LAST = -62_135_596_800, 253_402_300_799  # the years 1 and 9999: an open end


def mentions(text: str, said: Period, lang: str = "") -> list[Mention]:
    """The dates named in `text`, in its order, without overlaps. `said` is when the text was written or the question asked.

    >>> [str(m.period) for m in mentions("What happened in mid-September?", Period.parse("2023-10-20"), "en")]
    ['2023-09-11T00:00:00Z/2023-09-21T00:00:00Z']
    """
    plain = folded(text)
    found: list[Mention] = []
    for mention in sorted(_found(plain, said, lang) or _others(text, said, lang), key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return [_bounded(plain, mention, said) for mention in _ranges(plain, found)]


def window(question: str, asked: Period, lang: str = "") -> tuple[Period | None, bool]:
    """The time a question is about, and whether it insists on it ("since Monday", "before 2020"). (None, False): no date."""
    named = mentions(question, asked, lang)
    if not named:
        return None, False
    bounds = [m.period for m in named if m.kind in ("since", "until", "range")]
    if bounds:
        period = Period(max(p.start for p in bounds), min(p.end for p in bounds))
        return (period, True) if period.start < period.end else (None, False)
    return Period(min(m.period.start for m in named), max(m.period.end for m in named)), False


def _found(text: str, said: Period, lang: str) -> list[Mention]:
    return list(_known(text, said, lang))


def _known(text: str, said: Period, lang: str) -> Iterator[Mention]:
    pattern, today = _patterns(), day_of(said)
    for match in pattern["iso"].finditer(text):
        yield from _dated(match, int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None)
    for match in pattern["han"].finditer(text):
        yield from _han(match, said)
    for match in pattern["slash"].finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 or second > 12 or first == second or lang != "en":  # 10/11 in English may be either: no guess
            d, m = (second, first) if second > 12 else (first, second)
            yield from _dated(match, int(match["y"]), m, d)
    for match in pattern["named"].finditer(text):
        yield from _named(text, match, said)
    for match in pattern["year"].finditer(text):
        yield Mention(match.start("y"), match.end("y"), Period.parse(match["y"]), "year")
    if today is not None:
        yield from counted(text, today, lang)


def _dated(match: re.Match[str], year: int, month: int | None, day: int | None) -> Iterator[Mention]:
    try:
        period = Period.parse(
            "-".join(f"{part:02}" if i else f"{part:04}" for i, part in enumerate((year, month, day)) if part)
        )
    except ValueError:  # the 31st of February
        return
    yield Mention(match.start(), match.end(), period, "day" if day else "month" if month else "year")


def _han(match: re.Match[str], said: Period) -> Iterator[Mention]:
    """A date of Chinese, Japanese or Korean: "2023年9月13日", "去年9月", "九月中旬", "9월"."""
    if match["alone"]:
        yield from _dated(match, int(match["alone"]), None, None)
        return
    month, told = number(match["m"] or match["han_m"]), match["d"] or match["han_d"]
    named = match["y"] or match["last"] or match["this"]
    if match["han_m"] and not (named or told or match["month"] or match["part"]):
        return  # "三月" alone may be three months, or a name
    day, now = number(told) if told else None, datetime.fromtimestamp(said.start, UTC)
    year = int(match["y"]) if match["y"] else now.year - bool(match["last"]) if named else _latest(said, month, day)
    for mention in _dated(match, year, month, day):
        part = next((name for name, words in HAN_PARTS.items() if match["part"] in words.split("|")), "")
        yield Mention(mention.start, mention.end, part_of(mention.period, part) if part else mention.period, mention.kind)


def _named(text: str, match: re.Match[str], said: Period) -> Iterator[Mention]:
    """A month by its name, with or without day, part and year."""
    month = _months()[match["month"]]
    told = match["d1"] or match["d2"]
    day = int(told) if told else None
    year = int(match["year"]) if match["year"] else None
    lead = text[match.start() : match.start("core")].strip()  # not "the March family", "on Mars", "said to May"
    sure = (
        lead
        and lead not in ("a", "on", *(("to",) if "from " not in text[: match.start()] else ()))
        and " the" not in f" {lead}"
    )
    if match["month"] in AMBIGUOUS and not (day or year or sure or match["part"]):
        return
    if year is None:
        year = _latest(said, month, day)
    start = match.start("core")
    for mention in _dated(match, year, month, day):
        period = part_of(mention.period, part_named(match["part"])) if match["part"] and not day else mention.period
        yield Mention(start, match.end(), period, mention.kind)


def _latest(said: Period, month: int, day: int | None) -> int:
    """The year of the latest such day, or month, that is not in the future."""
    now = datetime.fromtimestamp(said.start, UTC)
    return now.year if (month, day or 1) <= (now.month, now.day if day else 31) else now.year - 1


def _ranges(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with those joined that are the two ends of one range: "between 1 and 5 March", "March 1-5"."""
    joined: list[Mention] = []
    for mention in found:
        before, day = text[: mention.start], datetime.fromtimestamp(mention.period.start, UTC)
        first = joined[-1] if joined else None
        if (
            first
            and (pair := re.search(rf"{FROM}$", text[: first.start]))
            and re.fullmatch(TO, text[first.end : mention.start])
        ):
            start = first.period.start
            if start >= mention.period.end or not re.search(r"\d{4}", text[first.start : first.end]):
                then = datetime.fromtimestamp(start, UTC)
                then = then.replace(
                    year=day.year - ((then.month, then.day) > (day.month, day.day)),
                    day=min(then.day, 28) if then.month == 2 else then.day,
                )
                start = stamp(then)
            if start < mention.period.end:
                joined[-1] = Mention(pair.start(), mention.end, Period(start, mention.period.end), "range")
                continue
        elif mention.kind == "day" and (pair := re.search(rf"{FROM}(?P<d>[0-3]?\d){ORDINAL}{TO}$", before)):
            if 0 < int(pair["d"]) <= day.day:
                start = stamp(day.replace(day=int(pair["d"])))
                joined.append(Mention(pair.start(), mention.end, Period(start, mention.period.end), "range"))
                continue
        elif mention.kind == "day" and (
            tail := re.match(r"\s?[-–—至到]\s?(?P<d>[0-3]?\d)(?:[日号]|\b)(?:, ?(?P<y>(?:19|20)\d\d)\b)?", text[mention.end :])
        ):
            year = int(tail["y"] or day.year)
            if day.day < int(tail["d"]) <= 31:
                try:
                    last = whole_day(day.replace(year=year, day=int(tail["d"])))
                except ValueError:  # the 31st of April
                    pass
                else:
                    period = Period(stamp(day.replace(year=year)), last.end)
                    joined.append(Mention(mention.start, mention.end + tail.end(), period, "range"))
                    continue
        joined.append(mention)
    return joined


def _others(text: str, said: Period, lang: str) -> list[Mention]:
    """In a language that has no lists here: what dateparser finds in it."""
    if not lang or lang in LISTED or not re.search(r"\w", text):
        return []
    from dateparser.search import search_dates

    today = day_of(said)
    base = (today or datetime.fromtimestamp(said.start, UTC)).replace(tzinfo=None)
    settings: Any = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False}
    try:
        dates = search_dates(text, languages=[lang], settings=settings) or []
    except ValueError:  # a language it does not know
        return []
    found: list[Mention] = []
    at = 0
    for words, moment in dates:
        start = text.find(words, at)
        if start >= 0 and re.search(r"[^\W\d]{4}", words):  # bare numbers and short words are no dates
            at = start + len(words)
            numbers = [int(number) for number in re.findall(r"\d+", words)]
            period = _precise(moment.replace(tzinfo=UTC), base.replace(tzinfo=UTC), numbers)
            if period and (numbers or today):
                found.append(Mention(start, at, period, "day" if numbers else "relative"))
    return found


def _precise(moment: datetime, base: datetime, numbers: list[int]) -> Period | None:
    """The day, month or year that dateparser means: what the words do not say it takes from `base`. None for durations."""
    if not set(numbers) <= {moment.day, moment.month, moment.year}:
        return None  # "48 hours", "13 years"
    if not numbers:
        near = abs((moment - base).days) <= 8  # "Sunday", "yesterday"; further off it is a month
        return whole_day(moment.replace(hour=0, minute=0, second=0, microsecond=0)) if near else Period.parse(f"{moment:%Y-%m}")
    if moment.day in numbers:
        return whole_day(moment.replace(hour=0, minute=0, second=0, microsecond=0))
    return Period.parse(f"{moment.year:04}" if moment.month == base.month else f"{moment:%Y-%m}")


def _bounded(text: str, mention: Mention, said: Period) -> Mention:
    """The mention with "since" or "until" in front of it taken into account."""
    before = text[max(0, mention.start - 30) : mention.start]
    if match := re.search(rf"\b{SINCE}{LINK}$|[自从從]$", before):
        start = (
            mention.period.end
            if match[0].startswith(("after", "despues", "apres", "nach", "dopo", "apos", "после", "بعد"))
            else mention.period.start
        )
        if start < max(said.end, mention.period.end):
            return Mention(
                mention.start - len(match[0]), mention.end, Period(start, max(said.end, mention.period.end)), "since"
            )
    if match := re.search(rf"\b{UNTIL}{LINK}$", before):
        end = mention.period.start if match[0].startswith(("before", "antes", "avant", "vor", "prima")) else mention.period.end
        return Mention(mention.start - len(match[0]), mention.end, Period(FIRST, end), "until")
    return mention


@cache
def _months() -> dict[str, int]:
    """Folded name -> 1..12; English and Romance three-letter forms too."""
    found: dict[str, int] = {}
    for names in MONTHS.values():
        for month, alternatives in enumerate(names.split(), 1):
            for name in alternatives.split("|"):
                found.setdefault(name.replace("_", " "), month)
    for month, short in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1):
        found.setdefault(short, month)
    found.setdefault("sept", 9)
    return found


@cache
def _patterns() -> dict[str, Any]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    parts = "|".join(PARTS.values())
    named = (
        r"(?:(?<!\w)|(?<=\sو))(?:(?P<prep>in|on|between|from|to|since|until|before|after|en|de|del|au|im|am|em|a|в|с|до|desde|hasta|depuis|seit"
        r"|bis) )?"
        rf"(?:the |el |le |den |dem |o |il |l')?"
        rf"(?P<core>(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th|er|º|ro)?\.?,? (?:of |de |d'|del )?)?"
        rf"(?:(?P<part>{parts})[ -](?:شهر )?)?"
        rf"(?P<month>{months})\b\.?(?: (?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*(?:%|:)))?"
        rf"(?:,? (?:of |de |del )?(?P<year>(?:19|20)\d\d)\b)?)"
    )
    return {
        "iso": re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d?)(?:-(?P<d>\d\d?))?(?!\d)"),
        "han": re.compile(
            r"(?:(?:(?P<y>(?:19|20)\d\d)\s?[年년]|(?P<last>去年|昨年|작년)|(?P<this>今年|올해))\s?)?"
            r"(?:(?<![\d个か])(?P<m>\d\d?)\s?[月월]|(?<![十个一二两三四五六七八九])(?P<han_m>十[一二]?|[一二三四五六七八九])月)"
            r"(?P<month>份)?(?:\s?(?:(?P<d>\d\d?)\s?[日号號일]|(?P<han_d>[一二三四五六七八九十]{1,3})[日号號]"
            r"|(?P<part>" + "|".join(HAN_PARTS.values()) + r")))?"
            r"|(?P<alone>(?:19|20)\d\d)\s?[年년]"
        ),
        "slash": re.compile(r"(?<![\d/])(?P<a>[0-3]?\d)[./](?P<b>[0-3]?\d)[./](?P<y>(?:19|20)\d\d)(?!\d)"),
        "named": re.compile(named),
        "year": re.compile(rf"\b(?:{YEAR}) (?:the year |ano |jahr )?(?P<y>(?:19|20)\d\d)\b(?![-/.]\d)"),
    }  # fmt: skip


def folded(text: str) -> str:
    """Lower case without accents, of the same length, so that offsets hold."""
    return text.lower() if text.isascii() else "".join(map(_folded, text.replace("’", "'")))


@cache
def _folded(character: str) -> str:
    if "\uac00" <= character <= "\ud7a3" or character in "йЙ":  # Hangul would become first letters; й is no accent
        return character.lower()
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
