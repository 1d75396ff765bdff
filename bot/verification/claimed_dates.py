"""Pure: the dates of a sentence that its source does not name, if only as "on Wednesday" or "four days later"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import chain

from bot.verification.claim import Claim
from bot.verification.durations import DAYS_OF, lengths_of_time
from bot.verification.evidence import CitedPassage
from index.records import Period
from index.text.dates import Mention, mentions

DAY = 86_400
WEEK = 7 * DAY


def strange_dates(claim: Claim) -> list[str]:
    """Days, months and years that the passage does not name, if only as "on Wednesday"."""
    named, above = (
        [p for s, text in texts for m in mentions_beside(text, [s], s.passage.lang) for p in _dates_of(m, text)]
        for texts in ([(s, s.passage.text) for s in claim.sources], [(s, s.heading) for s in claim.sources])
    )
    days = [p for p in named + above if p.end - p.start == DAY]
    named += [Period(p.start + WEEK, p.end + WEEK) for p in days]  # "on Thursday" may be the next
    later = _days_later(claim)
    named += [Period(p.start + n * DAY, p.end + n * DAY) for p in days for n in later]
    found = []
    for mention in mentions_beside(claim.text, claim.sources, claim.lang):
        known = named if mention.kind == "relative" else named + above  # no heading says "on Tuesday"
        if not any(end.overlaps(other) for end in _dates_of(mention, claim.text) for other in known):
            found.append(claim.text[mention.start : mention.end])
    return found or _other_day(claim, later)


def _other_day(claim: Claim, later: Collection[int]) -> list[str]:
    """The one day of a sentence, if its own words name days and not this one: Friday's strike, of words about Tuesday's.

    `later`: days that its words count from another day.
    """
    mine = [m for m in mentions_beside(claim.text, claim.sources, claim.lang) if _is_day(m)]
    theirs = [(m, text) for text, lang in claim.stretches("sentences") for m in mentions_beside(text, claim.sources, lang)]
    if len(mine) != 1 or not any(_is_day(m) for m, _ in theirs) or not claim.pointed_at:
        return []
    days = [Period(start, start + DAY) for m, text in theirs for p in _dates_of(m, text) for start in (p.start, p.end - DAY)]
    days += [Period(p.start + n * DAY, p.end + n * DAY) for p in days for n in (7, *later)]
    known = any(one.overlaps(other) for one in _dates_of(mine[0], claim.text) for other in days)
    return [] if known else [claim.text[mine[0].start : mine[0].end]]


def _is_day(mention: Mention) -> bool:
    """Whether a date is one day."""
    return mention.kind in ("day", "relative") and mention.period.end - mention.period.start == DAY


def _days_later(claim: Claim) -> set[int]:
    """Days that its words count from another day, forth and back: "four days later", "a week before"."""
    lengths = [
        value * DAYS_OF[unit]
        for text, lang in claim.stretches("sentences")
        for value, unit in lengths_of_time(text, lang)
        if unit in ("days", "weeks")
    ]
    return {sign * round(length) for length in lengths for sign in (1, -1)}


def _dates_of(mention: Mention, text: str) -> list[Period]:
    """What a date may mean: without a year that of its source, or the next one."""
    ends = _ends(mention)
    if mention.kind not in ("day", "month") or re.search(r"\d{4}", text[mention.start : mention.end]):
        return ends
    return ends + [later for period in ends if (later := _a_year_later(period))]


def _a_year_later(period: Period) -> Period | None:
    """The same day or month of the next year; None for a 29 February."""
    year, rest = str(period)[:4], str(period)[4:]
    try:
        return Period.parse(f"{int(year) + 1:04}{rest}")
    except ValueError:
        return None


def _ends(mention: Mention) -> list[Period]:
    """The period of a date; of "since 1992", "after 1991" its first moment, of "until" its last, with what it borders on."""
    period = mention.period
    first, last = Period(period.start - 1, period.start + 1), Period(period.end - 1, period.end + 1)
    return {"since": [first], "until": [last], "range": [first, last]}.get(mention.kind, [period])


def days_apart(claim: Claim) -> set[float]:
    """Days from each date of the sentence to each other one of it, or of what it stands on."""
    near = [(claim.text, claim.lang), *claim.stretches("sentences")]
    mine, *theirs = (
        [period.start for mention in mentions_beside(text, claim.sources, lang) for period in _dates_of(mention, text)]
        for text, lang in near
    )
    return {abs(one - other) / DAY for one in mine for other in chain(mine, *theirs) if one != other}


def mentions_beside(text: str, sources: Sequence[CitedPassage], lang: str) -> list[Mention]:
    """The dates of a text, as if it had been written with its source."""
    said = next((s.passage.published for s in sources if s.passage.published), None)
    return [m for m in mentions(text, said or Period(0, 1), lang) if said or m.kind in ("day", "month", "year")]
