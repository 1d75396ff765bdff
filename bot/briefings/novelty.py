"""Pure: what is new about an event, claim by claim, against what was told or known before.

    sentences now, sentences before -> the nearest before each -> new | developed | corrected | withdrawn | superseded

A sentence is a claim. It repeats one from before when the two say the same in whatever language; it is fresh when nothing
before says it, when its numbers are others, or when it reports as done what was planned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.briefings.key_sentences import KeySentence, old, whole_by_itself
from bot.records import Label
from bot.verification.quantities import agree, figures
from bot.verification.vocabulary import ahead, happened
from bot.verification.vocabulary import planned as plans_of
from index.records import Article, Period
from index.text.calendar import weekdays_in
from index.text.dates import Mention, mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import content_stems
from index.text.numbers import numbers_in
from index.text.places import codes, without
from index.text.publishers import key
from index.text.terms import names

SAME = 0.62  # centred cosine of two sentences from which they say the same
OTHER_WORDS = 0.25  # share of a sentence's words that a report before has not, up to which it repeats that
ON_IT = 0.35  # from which one is about what the other says
LEAD = 5.2  # weight of the cosine of a first sentence with what its story told before, beside `story_clusters.GOES_ON`
SURE = 0.68  # log-odds from which an event surely goes on from an earlier story: 28 of 30, each left out, do
OURS = 0.15  # preference for the reader's language, as a cosine
AFTER = 43_200  # seconds after the day of a plan in which it is still news that it came true
NOTICES: tuple[Label, ...] = ("withdrawn", "corrected")  # tried in this order
DAY, WEEK, MONTH, HALF_YEAR, YEAR = 86_400, 604_800, 2_678_400, 15_552_000, 31_536_000  # seconds
PLANS = 3  # sentences of a report that its plans are read from
ALIKE = 2  # people and places that a plan and what came of it have in common


@dataclass(frozen=True, slots=True)
class Novelty:
    """What an event is, seen from before."""

    label: Label
    before: tuple[KeySentence, ...] = ()  # what was known of it, where the label says that it changed
    fresh: frozenset[int] = frozenset()  # indices of the claims now that nothing before says


def change(
    now: Sequence[KeySentence], past: Sequence[KeySentence], lang: str = "", same: Mapping[str, float] | None = None
) -> Novelty:
    """The label of an event: `now` its claims, report by report; `past` those of earlier ones.

    `same`: id of an earlier article -> the log-odds that its story goes on in this event; None: all do. It develops only what
    surely does, and where a sentence from before shows it.
    """
    for label in NOTICES:
        for notice in _notices(now, label):
            if _of_its_outlet(notice, [*now, *past]):
                return Novelty(label, nearest(notice, past, lang), _all(now))
    if plan := _fulfilled(now, past, lang):
        return Novelty("superseded", (plan,), _all(now))
    past = [claim for claim in past if claim.report.article.published]  # what has no date may be later
    if not past:
        return Novelty("new", (), _all(now))
    alike = np.stack([c.vector for c in now]) @ np.stack([c.vector for c in past]).T
    leads = [i for i, claim in enumerate(now) if not claim.place] or [0]
    of_it = np.array(_of_its_story(past, alike[leads].max(axis=0).tolist(), same))
    fresh, came = set(), []
    for i, claim in enumerate(now):
        best = int(alike[i].argmax())
        if alike[i, best] < SAME or not repeats(claim, past[best]):
            fresh.add(i)
        for j in np.flatnonzero(of_it & (alike[i] >= ON_IT)).tolist() if claim.place < 2 else ():
            if past[j].place < PLANS and (came_true(past[j], claim) or called_off(past[j], claim)):
                fresh.add(i)
                came.append((float(alike[i, j]) + OURS * (past[j].lang == lang), past[j]))
    if came:
        return Novelty("superseded", (max(came, key=lambda pair: pair[0])[1],), frozenset(fresh))
    of_it &= (alike[leads].max(axis=0) >= ON_IT) & np.array([_shows(claim) for claim in past])
    if not of_it.any() or not fresh:
        return Novelty("new", (), frozenset(fresh))
    first = np.array([claim.place == 0 for claim in past], np.float32)  # a first sentence tells most
    best = int(np.where(of_it, alike[leads].mean(axis=0) + OURS * ours(past, lang) + OURS * first, -np.inf).argmax())
    return Novelty("developed", (past[best],), frozenset(fresh))


def _shows(claim: KeySentence) -> bool:
    """Whether a sentence from before shows what was known: whole, and of that time, not "He founded the firm in 2017"."""
    return whole_by_itself(claim) and not old(claim.text, claim.lang, claim.report.article.published)


def _of_its_story(past: Sequence[KeySentence], lead: Sequence[float], same: Mapping[str, float] | None) -> list[bool]:
    """Whether each claim from before is of a story that surely goes on. `lead`: its cosine with the nearest first sentence."""
    if same is None:
        return [True] * len(past)
    nearest_of: dict[str, float] = {}
    for claim, cosine in zip(past, lead, strict=True):
        id = claim.report.article.id
        nearest_of[id] = max(cosine, nearest_of.get(id, -1.0))
    sure = {id for id, cosine in nearest_of.items() if surely(same.get(id, -math.inf), cosine)}
    return [claim.report.article.id in sure for claim in past]


def surely(odds: float, cosine: float) -> bool:
    """Whether an earlier story surely goes on: its log-odds by `story_clusters`, and how near a first sentence is."""
    return odds + LEAD * cosine >= SURE


def came_true(plan: KeySentence, now: KeySentence) -> bool:
    """Whether a later sentence on the same matter is of the day that an earlier one looks forward to."""
    days = due(plan)
    if not days or planned(now) or due(now):
        return False
    told = [m.period for m in _named(now) if m.kind in ("relative", "day") and m.period.end - m.period.start <= DAY]
    return any(
        start <= now.report.moment < end + AFTER and (not told or any(p.start < end and start < p.end for p in told))
        for start, end in days
    )


def _fulfilled(now: Sequence[KeySentence], past: Sequence[KeySentence], lang: str) -> KeySentence | None:
    """The nearest sentence from before whose plan one of the first sentences now tells as done."""
    found = [
        (float(claim.vector @ plan.vector) + OURS * (plan.lang == lang), plan)
        for claim in now
        if claim.place < 2
        for plan in past
        if plan.place < PLANS and float(claim.vector @ plan.vector) >= ON_IT and fulfilled(plan, claim)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def fulfilled(plan: KeySentence, now: KeySentence) -> bool:
    """Whether a sentence tells as done what an earlier one on the same people or places tells as planned: travel, arrived.

    The time that the plan names has to have come. An undated plan is read from the day of the report.
    """
    kinds = {one.kind for one in plans_of(plan.text, plan.lang)} & {one.kind for one in happened(now.text, now.lang)}
    if not kinds or len(_who_and_where(plan) & _who_and_where(now)) < ALIKE:
        return False
    undated = plan.report.article.published is None
    published = now.report.article.published or _day(now)
    if not undated and plan.report.moment >= published.end:
        return False
    named = [m.period for m in mentions(plan.text, published if undated else _day(plan), plan.lang)]
    days = [period for period in named if period.end - period.start <= MONTH and (undated or period.end > _day(plan).end)]
    return not days or any(p.start < published.end + AFTER and published.start < p.end + AFTER for p in days)


def _who_and_where(claim: KeySentence) -> frozenset[str]:
    """The people and places that a sentence, or its article's title, names, by keys that hold across languages."""
    text = f"{claim.report.article.title}\n{claim.text}"
    places = {code.partition("/")[0] for code in codes(text, claim.lang)}
    return frozenset(places) | frozenset(names(without(text, claim.lang), claim.lang))


def called_off(plan: KeySentence, now: KeySentence) -> bool:
    """Whether a later sentence on the same matter, or its title, calls off or puts off what an earlier one looks forward to.

    That is a day that it names; a plan in words for what is to come names a month, too: "will go to Castrel in April".
    """
    told = now.text if now.place else f"{now.report.article.title}\n{now.text}"
    if not _matches(Lexicon(now.lang).calls_off, told):
        return False
    ends = [end for _, end in due(plan)]
    if planned(plan):  # "in June" without its year is the next one
        months = [mention.period for mention in _named(plan) if mention.kind == "month"]
        ends += [month.end + YEAR * (month.start < _day(plan).start - HALF_YEAR) for month in months]
    return any(end > now.report.moment for end in ends)


def due(claim: KeySentence) -> list[tuple[int, int]]:
    """The days [start, end) that a sentence names and that lie after its publication, UTC seconds.

    "On Wednesday" is the next one where the sentence speaks of the future; a date without a year the nearest one.
    """
    day = _day(claim)
    due_claims = []
    for mention in _named(claim):
        start, end = mention.period.start, mention.period.end
        if mention.kind in ("relative", "day") and end - start <= DAY:
            if start < day.start and weekdays_in(claim.text[mention.start : mention.end], claim.lang):
                start, end = (start + WEEK, end + WEEK) if planned(claim) else (start, end)
            elif start < day.start - HALF_YEAR:
                start, end = start + YEAR, end + YEAR
        if start >= day.end and end - start <= WEEK:
            due_claims.append((start, end))
    return due_claims


def _day(claim: KeySentence) -> Period:
    at = claim.report.moment
    return Period(at - at % DAY, at - at % DAY + DAY)


def _named(claim: KeySentence) -> list[Mention]:
    return mentions(claim.text, _day(claim), claim.lang)


def planned(claim: KeySentence) -> bool:
    """Whether a sentence tells of something that is still to come."""
    return ahead(claim.text, claim.lang)


def nearest(claim: KeySentence, past: Sequence[KeySentence], lang: str) -> tuple[KeySentence, ...]:
    """What was said before that is nearest to a claim; () where nothing is on it."""
    if not past:
        return ()
    alike = np.stack([c.vector for c in past]) @ claim.vector
    best = int((alike + OURS * ours(past, lang)).argmax())
    return (past[best],) if alike[best] >= ON_IT else ()


def ours(claims: Sequence[KeySentence], lang: str) -> NDArray[np.float32]:
    """(len(claims),) 1 where one is in the reader's language."""
    return np.array([claim.lang == lang for claim in claims], np.float32)


def denied(denial: KeySentence, claims: Sequence[KeySentence]) -> KeySentence | None:
    """What a denial denies: the claim of another story that is nearest to it and is no denial itself."""
    if not _denies(denial):
        return None
    origin = denial.report.article.origin
    others = [c for c in claims if c.report.article.origin != origin and c.place < 2 and not _denies(c)]
    best = nearest(denial, others, denial.lang)
    return best[0] if best and best[0].report.moment < denial.report.moment + AFTER else None


def repeats(claim: KeySentence, before: KeySentence) -> bool:
    """Whether a claim has nothing that the report of a sentence like it has not: no number, and in its language no word.

    What reads alike may say the opposite: "will travel to Castrel", "cancelled his journey to Castrel". The same numbers may
    count other things: "five people died" where five fire engines came.
    """
    known, lang = f"{before.report.article.title}\n{before.report.article.text}", before.lang
    mine = {value for value in numbers_in(claim.text, claim.lang) if value > 1}
    theirs = figures(before.text, lang)
    others = [
        one
        for one in figures(claim.text, claim.lang)
        if (of := [f for f in theirs if f.unit == one.unit]) and not any(agree(one, f) for f in of)
    ]
    if others or not mine <= numbers_in(known, lang):
        return False
    words = content_stems(claim.text, lang)
    return claim.lang != lang or len(words - content_stems(known, lang)) <= OTHER_WORDS * len(words)


def _all(claims: Sequence[KeySentence]) -> frozenset[int]:
    return frozenset(range(len(claims)))


def _notices(now: Sequence[KeySentence], label: Label) -> Iterator[KeySentence]:
    """The claims of reports whose title or first sentences are such a notice."""
    for claim in now:
        words = Lexicon(claim.lang)
        pattern = words.withdraws if label == "withdrawn" else words.corrects
        if claim.place < 2 and (_matches(pattern, claim.text) or _matches(pattern, claim.report.article.title)):
            yield claim


def corrects(article: Article) -> bool:
    """Whether an article is a notice that corrects a report, by its title."""
    return _matches(Lexicon(article.lang).corrects, article.title)


def _of_its_outlet(notice: KeySentence, claims: Sequence[KeySentence]) -> bool:
    """Whether a notice may be that of an outlet whose report it takes back, an agency's that it printed, too: it is not where
    all that there is to take back is others'."""
    others = [c.report for c in claims if c.report.article.origin != notice.report.article.origin]
    own, outlet = notice.report.labels, key(notice.report.article.outlet)
    printed = any(outlet and key(report.article.outlet) == outlet for report in others)
    return printed or not others or not own or any(not report.labels or report.labels & own for report in others)


def _denies(claim: KeySentence) -> bool:
    return any(_matches(pattern, claim.text) for pattern in (Lexicon(claim.lang).denial, Lexicon(claim.lang).refusal))


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(Folded(text).text) is not None
