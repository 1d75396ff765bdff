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
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal

from index.records import Period

FIRST, LAST = -62_135_596_800, 253_402_300_799  # the years 1 and 9999: an open end

Kind = Literal["day", "month", "year", "relative", "since", "until"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A date named in a text."""

    start: int  # code points of the text
    end: int
    period: Period
    kind: Kind


def mentions(text: str, said: Period, lang: str = "") -> list[Mention]:
    """The dates named in `text`, in its order, without overlaps. `said` is when the text was written or the question asked.

    >>> [str(m.period) for m in mentions("What happened in mid-September?", Period.parse("2023-10-20"), "en")]
    ['2023-09-11T00:00:00Z/2023-09-21T00:00:00Z']
    """
    folded = _fold(text)
    found: list[Mention] = []
    for mention in sorted(_found(folded, said, lang), key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return [_bounded(folded, mention, said) for mention in found]


def window(question: str, asked: Period, lang: str = "") -> tuple[Period | None, bool]:
    """The time a question is about, and whether it insists on it ("since Monday", "before 2020"). (None, False): no date."""
    named = mentions(question, asked, lang)
    if not named:
        return None, False
    bounds = [m.period for m in named if m.kind in ("since", "until")]
    if bounds:
        period = Period(max(p.start for p in bounds), min(p.end for p in bounds))
        return (period, True) if period.start < period.end else (None, False)
    return Period(min(m.period.start for m in named), max(m.period.end for m in named)), False


MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "de": "januar|janner februar marz april mai juni juli august september oktober november dezember",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ru": "января|январе|январь февраля|феврале|февраль марта|марте|март апреля|апреле|апрель мая|мае|май июня|июне|июнь "
    "июля|июле|июль августа|августе|август сентября|сентябре|сентябрь октября|октябре|октябрь ноября|ноябре|ноябрь "
    "декабря|декабре|декабрь",
    "ar": "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
}
"""Twelve months a language, folded (lower case, no accents), alternatives by "|"."""

DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    "pt": "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
    "it": "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "ru": "понедельник вторник среду|среда четверг пятницу|пятница субботу|суббота воскресенье",
}

RELATIVE = {
    "today": "today|hoy|aujourd'hui|heute|hoje|oggi|сегодня|今天|今日|اليوم",
    "yesterday": "yesterday|ayer|hier|gestern|ontem|ieri|вчера|昨天|昨日|امس",
    "before": "the day before yesterday|anteayer|antier|avant-hier|vorgestern|anteontem|l'altro ieri|позавчера|前天",
    "this week": "this week|esta semana|cette semaine|diese woche|dieser woche|questa settimana|на этой неделе|本周|今週",
    "last week": "last week|(?:la )?semana pasada|(?:la )?semaine derniere|letzte[rn]? woche|vergangene[rn]? woche"
    "|(?:na )?semana passada|(?:la )?settimana scorsa|на прошлой неделе|上周|先週|الاسبوع الماضي",
    "this month": "this month|este mes|ce mois-ci|diesen monat|diesem monat|este mes|questo mese|в этом месяце|本月|今月",
    "last month": "last month|(?:el )?mes pasado|(?:le )?mois dernier|letzten monat|vergangenen monat|mes passado|mese scorso"
    "|в прошлом месяце|上个月|先月|الشهر الماضي",
    "this year": "this year|este ano|cette annee|dieses jahr|diesem jahr|quest'anno|в этом году|今年",
    "last year": "last year|(?:el )?ano pasado|(?:l')?annee derniere|letztes jahr|letzten jahr|vergangenen jahr|ano passado"
    "|anno scorso|l'anno scorso|в прошлом году|去年|العام الماضي",
}

AGO = (
    r"(?P<n>\d{1,3}) (?P<unit>days?|weeks?|months?|years?) ago",
    r"hace (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
    r"il y a (?P<n>\d{1,3}) (?P<unit>jours?|semaines?|mois|ans?)",
    r"vor (?P<n>\d{1,3}) (?P<unit>tag(?:en)?|woche[n]?|monat(?:en)?|jahr(?:en)?)",
    r"ha (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
    r"(?P<n>\d{1,3}) (?P<unit>giorni|settimane|mesi|anni) fa",
)
RECENT = (
    r"(?:in |over |during )?the (?:last|past) (?P<n>\d{1,3}) (?P<unit>days?|weeks?|months?|years?)",
    r"(?:en )?(?:los|las) ultim[oa]s (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
    r"(?:dans |durant |ces )?(?:les )?(?P<n>\d{1,3}) dernier(?:e)?s (?P<unit>jours?|semaines?|mois|annees)",
    r"(?:in den )?letzten (?P<n>\d{1,3}) (?P<unit>tagen?|wochen|monaten?|jahren?)",
    r"(?:n[oa]s )?ultim[oa]s (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
)
UNITS = {"d": 1, "j": 1, "t": 1, "g": 1, "w": 7, "s": 7}  # first letter -> days; months and years by the calendar

PARTS = {
    "early": r"early|beginning of|a principios de|principios de|debut|anfang|inicio de|no inicio de|inizio|в начале",
    "mid": r"mid|middle of|a mediados de|mediados de|mi|mitte|meados de|em meados de|meta|в середине",
    "late": r"late|end of|a finales de|finales de|a fines de|fin|ende|fim de|no fim de|fine|в конце",
}
SINCE = r"(?:since|after|starting|desde|a partir del?|despues del?|depuis|a partir du|apres|seit|nach|ab|dopo|da|apos|с|после)"
UNTIL = r"(?:until|till|before|up to|hasta|antes del?|jusqu'a[u]?|avant|bis|vor|ate|prima del?|fino a[l]?|до)"
YEAR = (  # what makes a number a year
    "in|of|during|since|after|before|until|en|de|del|desde|antes de|hasta|depuis|avant|im|seit|vor|jahr|em|no ano|nel"
    "|год[ау]?|в|с|до"
)
LINK = r"[ ,.]*(?:(?:the|el|le|la|den|dem|der|o|il|de|del|dia|of|on|am|im|um|em|en|in|zum|jour)[ ]+)*"
LAST_WORD = (
    r"(?:last|past|pasado|dernier|derniere|letzten|letzter|vergangenen|passado|passada|scorso|scorsa|прошл\w+|в прошл\w+)"
)
THIS_WORD = r"(?:this|on|este|el|ce|diesen|diesem|am|nesta|na|no|questo|в|во|эту?)"


def _found(text: str, said: Period, lang: str) -> Iterator[Mention]:
    pattern, today = _patterns(), _day(said)
    for match in pattern["iso"].finditer(text):
        yield from _dated(match, int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None)
    for match in pattern["han"].finditer(text):
        yield from _dated(
            match, int(match["y"]), int(match["m"]) if match["m"] else None, int(match["d"]) if match["d"] else None
        )
    for match in pattern["slash"].finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 or second > 12 or first == second or lang != "en":  # 10/11 in English may be either: no guess
            d, m = (second, first) if second > 12 else (first, second)
            yield from _dated(match, int(match["y"]), m, d)
    for match in pattern["named"].finditer(text):
        yield from _named(match, said, today)
    for match in pattern["year"].finditer(text):
        yield Mention(match.start("y"), match.end("y"), Period.parse(match["y"]), "year")
    if today is None:
        return
    for name, phrase in pattern["relative"].items():
        for match in phrase.finditer(text):
            yield Mention(match.start(), match.end(), _relative(name, today), "relative")
    for key in ("ago", "recent"):
        for phrase in pattern[key]:
            for match in phrase.finditer(text):
                then = _back(today, int(match["n"]), match["unit"])
                period = Period(_stamp(then), _stamp(today + timedelta(days=1)))
                yield Mention(match.start(), match.end(), _whole_day(then) if key == "ago" else period, "relative")
    for match in pattern["weekday"].finditer(text):
        index = _weekdays()[match["day"]]
        back = (today.weekday() - index) % 7
        if back == 0 and (match["last"] or match["late"]):
            back = 7
        yield Mention(match.start(), match.end(), _whole_day(today - timedelta(days=back)), "relative")


def _dated(match: re.Match[str], year: int, month: int | None, day: int | None) -> Iterator[Mention]:
    try:
        period = Period.parse(
            "-".join(f"{part:02}" if i else f"{part:04}" for i, part in enumerate((year, month, day)) if part)
        )
    except ValueError:  # the 31st of February
        return
    yield Mention(match.start(), match.end(), period, "day" if day else "month" if month else "year")


def _named(match: re.Match[str], said: Period, today: datetime | None) -> Iterator[Mention]:
    """A month by its name, with or without day, part and year."""
    month = _months()[match["month"]]
    number = match["d1"] or match["d2"]
    day = int(number) if number else None
    year = int(match["year"]) if match["year"] else None
    if match["month"] in AMBIGUOUS and not (day or year or match["prep"] or match["part"]):
        return
    if year is None:
        reference = today or datetime.fromtimestamp(said.start, UTC)
        year = reference.year if (month, day or 1) <= (reference.month, reference.day if day else 31) else reference.year - 1
    start = match.start("core")
    for mention in _dated(match, year, month, day):
        period = _part(mention.period, match["part"]) if match["part"] and not day else mention.period
        yield Mention(start, match.end(), period, mention.kind)


def _part(month: Period, words: str) -> Period:
    """The first ten days, the middle ten, or the rest of a month."""
    first = datetime.fromtimestamp(month.start, UTC)
    name = next(name for name, pattern in PARTS.items() if re.fullmatch(pattern, words.strip(" -")))
    low, high = {"early": (1, 11), "mid": (11, 21), "late": (21, None)}[name]
    return Period(_stamp(first.replace(day=low)), _stamp(first.replace(day=high)) if high else month.end)


def _relative(name: str, today: datetime) -> Period:
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    first, after = {
        "today": (today, today + timedelta(days=1)),
        "yesterday": (today - timedelta(days=1), today),
        "before": (today - timedelta(days=2), today - timedelta(days=1)),
        "this week": (week, week + timedelta(days=7)),
        "last week": (week - timedelta(days=7), week),
        "this month": (month, (month + timedelta(days=32)).replace(day=1)),
        "last month": (last_month, month),
        "this year": (today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)),
        "last year": (today.replace(year=today.year - 1, month=1, day=1), today.replace(month=1, day=1)),
    }[name]
    return Period(_stamp(first), _stamp(after))


def _back(today: datetime, count: int, unit: str) -> datetime:
    """`count` units before today."""
    if unit.startswith(("month", "mes", "mois", "monat", "mesi")):
        months = today.year * 12 + today.month - 1 - count
        return today.replace(year=max(1, months // 12), month=months % 12 + 1, day=min(today.day, 28))
    if unit.startswith(("year", "an", "jahr", "annee")):
        return today.replace(year=max(1, today.year - count), day=min(today.day, 28))
    return today - timedelta(days=count * UNITS.get(unit[0], 1))


def _bounded(text: str, mention: Mention, said: Period) -> Mention:
    """The mention with "since" or "until" in front of it taken into account."""
    before = text[max(0, mention.start - 30) : mention.start]
    if match := re.search(rf"\b{SINCE}{LINK}$", before):
        start = (
            mention.period.end
            if match[0].startswith(("after", "despues", "apres", "nach", "dopo", "apos", "после"))
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


AMBIGUOUS = {
    "may",
    "march",
    "august",
    "mars",
    "marco",
    "mai",
    "марта",
    "мая",
    "april",
}  # words and names too: not without a number


@cache
def _months() -> dict[str, int]:
    """Folded name -> 1..12; English and Romance three-letter forms too."""
    found: dict[str, int] = {}
    for names in MONTHS.values():
        for number, alternatives in enumerate(names.split(), 1):
            for name in alternatives.split("|"):
                found.setdefault(name, number)
    for number, short in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1):
        found.setdefault(short, number)
    found.setdefault("sept", 9)
    return found


@cache
def _weekdays() -> dict[str, int]:
    """Folded name -> 0 (Monday) .. 6."""
    return {name: i for names in DAYS.values() for i, alts in enumerate(names.split()) for name in alts.split("|")}


@cache
def _patterns() -> dict[str, Any]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    parts = "|".join(PARTS.values())
    named = (
        rf"(?<!\w)(?:(?P<prep>in|on|since|until|before|after|en|de|del|au|im|am|em|a|в|с|до|desde|hasta|depuis|seit|bis) )?"
        rf"(?:the |el |le |den |dem |o |il |l')?"
        rf"(?P<core>(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th|er|º|ro)?\.?,? (?:of |de |d'|del )?)?"
        rf"(?:(?P<part>{parts})[ -])?"
        rf"(?P<month>{months})\b\.?(?: (?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*(?:%|:)))?"
        rf"(?:,? (?:of |de |del )?(?P<year>(?:19|20)\d\d)\b)?)"
    )
    relative = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in RELATIVE.items()}
    days = "|".join(sorted(_weekdays(), key=len, reverse=True))
    return {
        "iso": re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d?)(?:-(?P<d>\d\d?))?(?!\d)"),
        "han": re.compile(r"(?P<y>(?:19|20)\d\d)年(?:(?P<m>\d\d?)月(?:(?P<d>\d\d?)日)?)?"),
        "slash": re.compile(r"(?<![\d/])(?P<a>[0-3]?\d)[./](?P<b>[0-3]?\d)[./](?P<y>(?:19|20)\d\d)(?!\d)"),
        "named": re.compile(named),
        "year": re.compile(rf"\b(?:{YEAR}) (?:the year |ano |jahr )?(?P<y>(?:19|20)\d\d)\b(?![-/.]\d)"),
        "relative": relative,
        "ago": [re.compile(rf"(?<!\w)(?:{part})(?!\w)") for part in AGO],
        "recent": [re.compile(rf"(?<!\w)(?:{part})(?!\w)") for part in RECENT],
        "weekday": re.compile(
            rf"(?<!\w)(?:(?P<last>{LAST_WORD}) |(?P<this>{THIS_WORD}) )?(?P<day>{days})(?: (?P<late>{LAST_WORD}))?(?!\w)"
        ),
    }  # fmt: skip


def _fold(text: str) -> str:
    """Lower case without accents, of the same length, so that offsets hold."""
    folded = []
    for character in text.replace("’", "'"):
        base = unicodedata.normalize("NFD", character)[0].lower()
        folded.append(base if len(base) == 1 else character)
    return "".join(folded)


def _day(said: Period) -> datetime | None:
    """The day that relative words count from; None if the text is dated less precisely."""
    if said.end - said.start > 86_400:
        return None
    return datetime.fromtimestamp(said.start, UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _whole_day(day: datetime) -> Period:
    return Period(_stamp(day), _stamp(day + timedelta(days=1)))


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp())
